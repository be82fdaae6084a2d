"""Writes the records of PowerPoint presentations, one function each."""

from __future__ import annotations

import struct
import zlib

WIDTH, HEIGHT = 5760, 4320  # 1/576 inch


def atom(kind: int, data: bytes = b"", instance: int = 0, version: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4 | version, kind, len(data)) + data


def box(kind: int, *inside: bytes, instance: int = 0) -> bytes:
    """A container of records."""
    return atom(kind, b"".join(inside), instance, 0x0F)


def string(text: str, instance: int = 0) -> bytes:
    return atom(0x0FBA, text.encode("utf-16-le"), instance)


def characters(text: str) -> bytes:
    return atom(0x0FA0, text.encode("utf-16-le"))


def in_bytes(text: str) -> bytes:
    return atom(0x0FA8, text.encode("latin-1"))


def options(*properties: tuple[int, int | str], kind: int = 0xF00B) -> bytes:
    """A table of properties of a shape; a text is stored behind the table."""
    head = tail = b""
    for code, value in properties:
        raw = (value + "\0").encode("utf-16-le") if isinstance(value, str) else b""
        head += struct.pack("<HI", code | (0x8000 if raw else 0), len(raw) if raw else value)
        tail += raw
    return atom(kind, head + tail, len(properties), 3)


def anchor(left: int, top: int, right: int, bottom: int) -> bytes:
    return atom(0xF010, struct.pack("<4h", top, left, right, bottom))


def child_anchor(left: int, top: int, right: int, bottom: int) -> bytes:
    return atom(0xF00F, struct.pack("<4i", left, top, right, bottom))


def placeholder(kind: int) -> bytes:
    return box(0xF011, atom(0x0BC3, struct.pack("<iBBH", 0, kind, 0, 0)))


def shape(*inside: bytes, text: str | bytes = b"") -> bytes:
    said = characters(text) if isinstance(text, str) else text
    return box(0xF004, *inside, *([box(0xF00D, atom(0x0F9F, bytes(4)), said)] if said else []))


def group(*shapes: bytes, of: bytes = b"") -> bytes:
    return box(0xF003, box(0xF004, of), *shapes)


def drawing(*shapes: bytes) -> bytes:
    return box(0x040C, box(0xF002, group(*shapes)))


def slide(*inside: bytes, hidden: bool = False, notes: int = 0) -> bytes:
    show = struct.pack("<iIBBH4x", 0, 0, 0, 0, 4 if hidden else 0)
    head = struct.pack("<I8sIIHH", 0, bytes(8), 0, notes, 0, 0)
    return box(0x03EE, atom(0x03EF, head, version=2), atom(0x03F9, show), *inside)


def notes(of_slide: int, *inside: bytes) -> bytes:
    return box(0x03F0, atom(0x03F1, struct.pack("<IHH", of_slide, 0, 0), version=1), *inside)


def master(*inside: bytes) -> bytes:
    return box(0x03F8, *inside)


def listed(instance: int, *entries: tuple[int, int, bytes]) -> bytes:
    """A list of slides (0), masters (1) or notes (2): object, number, texts of the outline."""
    inside = [
        atom(0x03F3, struct.pack("<IIiII", persist, 0, 0, number, 0)) + texts
        for persist, number, texts in entries
    ]
    return box(0x0FF0, *inside, instance=instance)


def headers(flags: int, *strings: bytes, instance: int = 3) -> bytes:
    return box(0x0FD9, atom(0x0FDA, struct.pack("<HH", 0, flags)), *strings, instance=instance)


def comment(author: str, text: str) -> bytes:
    """A comment on a slide, in the tags where newer versions keep it."""
    said = box(0x2EE0, string(author), string(text, 1), string("ZS", 2))
    return box(0x1388, box(0x138A, string("___PPT10"), atom(0x138B, said)))


def embedded(content: bytes, *, size: int | None = None) -> bytes:
    head = struct.pack("<I", len(content) if size is None else size)
    return atom(0x1011, head + zlib.compress(content), instance=1)


def streams(
    slides: list[bytes],
    *,
    masters: list[bytes] | None = None,
    pages: list[bytes] | None = None,
    outline: list[bytes] | None = None,
    document: bytes = b"",
    loose: bytes = b"",
    token: int = 0xE391C05F,
) -> dict[str, bytes]:
    """The streams of a presentation. Slides are numbered from 256.

    `pages` are the notes, `outline` the texts that the list of slides keeps, `loose` is what
    lies in the stream and in no directory.
    """
    masters, pages = masters or [], pages or []
    objects = [*slides, *masters, *pages]
    first_master, first_page = 2 + len(slides), 2 + len(slides) + len(masters)
    texts = [*(outline or []), *[b""] * len(slides)]
    head = struct.pack("<iiii", WIDTH, HEIGHT, HEIGHT, WIDTH) + bytes(24)
    main = box(
        0x03E8,
        atom(0x03E9, head, version=1),
        document,
        listed(1, *[(first_master + n, 2**31 + n, b"") for n in range(len(masters))]),
        listed(0, *[(2 + n, 256 + n, texts[n]) for n in range(len(slides))]),
        listed(2, *[(first_page + n, 512 + n, b"") for n in range(len(pages))]),
    )
    data = loose
    offsets = []
    for item in (main, *objects):
        offsets.append(len(data))
        data += item
    directory = len(data)
    data += atom(0x1772, struct.pack(f"<I{len(offsets)}I", 1 | len(offsets) << 20, *offsets))
    edit = len(data)
    data += atom(0x0FF5, struct.pack("<IIIIIIHH", 0, 0, 0, directory, 1, len(offsets) + 1, 1, 0))
    user = atom(0x0FF6, struct.pack("<IIIHHBBH", 20, token, edit, 0, 0x3F4, 3, 0, 0) + bytes(4))
    return {"PowerPoint Document": data, "Current User": user}
