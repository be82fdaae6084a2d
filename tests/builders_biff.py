"""Writes the records of Excel workbooks (BIFF 2 to 8), one function each."""

from __future__ import annotations

import struct

GLOBALS, SHEET, CHART = 0x0005, 0x0010, 0x0020


def record(code: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", code, len(data)) + data


def chars(text: str) -> bytes:
    """The flags and the characters of a BIFF8 string."""
    if all(ord(char) < 256 for char in text):
        return b"\0" + text.encode("latin-1")
    return b"\1" + text.encode("utf-16-le")


def counted(text: str, form: str = "<H") -> bytes:
    return struct.pack(form, len(text)) + chars(text)


def start(kind: int, version: int = 0x0600) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 6))


END = record(0x000A)


def font(height: int = 200, colour: int = 0x7FFF) -> bytes:
    return record(
        0x0031, struct.pack("<HHHHHBBBB", height, 0, colour, 400, 0, 0, 0, 0, 0) + b"\1\0A"
    )


def form(font_number: int = 0, code: int = 0, pattern: int = 0, ground: int = 64) -> bytes:
    data = struct.pack("<HH10sIH", font_number, code, bytes(10), pattern << 26, ground)
    return record(0x00E0, data)


def number_format(number: int, code: str) -> bytes:
    return record(0x041E, struct.pack("<H", number) + counted(code))


def strings(*texts: str) -> bytes:
    data = struct.pack("<II", len(texts), len(texts)) + b"".join(map(counted, texts))
    return record(0x00FC, data)


def shared(row: int, column: int, number: int, form_number: int = 0) -> bytes:
    return record(0x00FD, struct.pack("<HHHI", row, column, form_number, number))


def label(row: int, column: int, text: str, form_number: int = 0) -> bytes:
    return record(0x0204, struct.pack("<HHH", row, column, form_number) + counted(text))


def number(row: int, column: int, value: float, form_number: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, form_number, value))


def formula(
    row: int, column: int, tokens: bytes, result: bytes = bytes(8), after: bytes = b""
) -> bytes:
    head = struct.pack("<HHH8sHIH", row, column, 0, result, 0, 0, len(tokens))
    return record(0x0006, head + tokens + after)


TEXT_RESULT = b"\0\0\0\0\0\0\xff\xff"


def literal(text: str) -> bytes:
    return b"\x17" + counted(text, "<B")


def row(number_: int, *, hidden: bool = False) -> bytes:
    flags = 0x0120 if hidden else 0x0100
    return record(0x0208, struct.pack("<HHHHHHHH", number_, 0, 9, 255, 0, 0, flags, 15))


def columns(first: int, last: int, *, hidden: bool = False) -> bytes:
    return record(0x007D, struct.pack("<HHHHHH", first, last, 2000, 0, int(hidden), 0))


def shape_object(number_: int, kind: int) -> bytes:
    return record(0x005D, struct.pack("<HHHHH12sHH", 0x15, 18, kind, number_, 0, bytes(12), 0, 0))


def box_text(text: str) -> bytes:
    head = struct.pack("<HH6sHHI", 0, 0, bytes(6), len(text), 16, 0)
    runs = struct.pack("<HHIHHI", 0, 0, 0, len(text), 0, 0)
    return record(0x01B6, head) + record(0x003C, chars(text)) + record(0x003C, runs)


def note(row_: int, column: int, number_: int, author: str) -> bytes:
    return record(0x001C, struct.pack("<HHHH", row_, column, 0, number_) + counted(author) + b"\0")


def link(row_: int, column: int, address: str) -> bytes:
    raw = (address + "\0").encode("utf-16-le")
    return record(
        0x01B8,
        struct.pack("<HHHH16sII", row_, row_, column, column, bytes(16), 2, 3)
        + bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
        + struct.pack("<I", len(raw))
        + raw,
    )


def validation(prompt: str, items: str) -> bytes:
    tokens = literal(items.replace(",", "\0"))
    texts = b"".join(counted(text or "\0") for text in ("", "", prompt, ""))
    rules = struct.pack("<HH", len(tokens), 0) + tokens + struct.pack("<HH", 0, 0)
    return record(
        0x01BE, struct.pack("<I", 0x83) + texts + rules + struct.pack("<HHHHH", 1, 1, 3, 2, 2)
    )


def name(text: str, tokens: bytes) -> bytes:
    head = struct.pack("<HBBHHH4s", 0, 0, len(text), len(tokens), 0, 0, bytes(4))
    return record(0x0018, head + chars(text) + tokens)


def options(code: int, text: str) -> bytes:
    """A drawing record with one property that is a text."""
    raw = (text + "\0").encode("utf-16-le")
    data = struct.pack("<HI", code | 0x8000, len(raw)) + raw
    return struct.pack("<HHI", 0x0013, 0xF00B, len(data)) + data


def sheets(
    *contents: bytes | tuple[bytes, int], names: tuple[str, ...] = ()
) -> list[tuple[str, int, bytes]]:
    """Name, state (0 visible, 1 hidden, 2 very hidden) and records of each sheet."""
    found = []
    for number_, content in enumerate(contents):
        data, state = content if isinstance(content, tuple) else (content, 0)
        found.append((names[number_] if names else f"Sheet{number_ + 1}", state, data))
    return found


def workbook(
    globals_: bytes, *contents: bytes | tuple[bytes, int], names: tuple[str, ...] = ()
) -> bytes:
    """The stream Workbook: globals, then sheets, whose places the globals say."""
    listed = sheets(*contents, names=names)
    size = sum(len(record(0x85, bytes(6) + counted(n, "<B"))) for n, _, _ in listed)
    at = len(start(GLOBALS) + globals_) + size + len(END)
    entries, bodies = b"", b""
    for title, state, data in listed:
        entries += record(
            0x0085, struct.pack("<IBB", at + len(bodies), state, 0) + counted(title, "<B")
        )
        bodies += start(SHEET) + data + END
    return start(GLOBALS) + globals_ + entries + END + bodies
