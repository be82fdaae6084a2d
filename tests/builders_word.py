"""Writes Word binaries ([MS-DOC]): a text, its stories, its formatting, tables beside it."""

import struct

from builders_ole import compound

# Numbers of the tables in the file information block [MS-DOC] 2.5.6.
FOOTNOTES, COMMENTS, SECTIONS, HEADERS, CHARACTERS, PARAGRAPHS = 3, 5, 6, 11, 12, 13
FONTS, BOOKMARKS, PIECES, COMMENT_AUTHORS, ENDNOTES, DRAWINGS = 15, 21, 33, 36, 47, 50
REVISION_AUTHORS, TEXTBOXES, VARIABLES = 51, 56, 60
STORIES = ("body", "notes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")

DELETED, HIDDEN, WHITE = b"\x00\x08\x01", b"\x3c\x08\x01", b"\x70\x68\xff\xff\xff\x00"
TINY, SHADED = b"\x43\x4a\x02\x00", b"\x66\x48" + (2 << 5).to_bytes(2, "little")
IN_TABLE, ROW_END = b"\x16\x24\x01", b"\x16\x24\x01\x17\x24\x01"
_TEXT = 1024


def word(
    body: str,
    *,
    looks: list[tuple[str, bytes]] | None = None,
    paragraphs: list[tuple[str, bytes]] | None = None,
    tables: dict[int, bytes] | None = None,
    narrow: bool = False,
    **stories: str,
) -> bytes:
    """Return a doc file; `looks` and `paragraphs` format the first occurrence of a text."""
    return compound(word_streams(body, looks, paragraphs, tables, narrow, stories))


def word_streams(
    body: str,
    looks: list[tuple[str, bytes]] | None = None,
    paragraphs: list[tuple[str, bytes]] | None = None,
    tables: dict[int, bytes] | None = None,
    narrow: bool = False,
    stories: dict[str, str] | None = None,
) -> dict[str, bytes]:
    told = {"body": body, **(stories or {})}
    texts = [told.get(name, "") for name in STORIES]
    whole = "".join(texts)
    raw = whole.encode("cp1252") if narrow else whole.encode("utf-16-le")
    width = 1 if narrow else 2
    units = len(raw) // width
    main = bytearray(_TEXT) + raw
    main += bytes(-len(main) % 512)

    def place(text: str) -> tuple[int, int]:
        at = len(whole[: whole.index(text)].encode("utf-16-le")) // 2
        return _TEXT + width * at, _TEXT + width * (at + len(text.encode("utf-16-le")) // 2)

    found = dict(tables or {})
    found[PIECES] = pieces([(0, units, _TEXT, narrow)])
    end = _TEXT + len(raw)
    for number, size, runs in ((CHARACTERS, 1, looks), (PARAGRAPHS, 13, paragraphs)):
        page = _page([(*place(text), props) for text, props in runs or []], end, size)
        found[number] = struct.pack("<3I", _TEXT, end, len(main) // 512)
        main += page
    lengths = [len(text.encode("utf-16-le")) // 2 for text in texts]
    table = bytearray(4)
    pairs = [0] * 186
    for number, data in found.items():
        pairs[2 * number : 2 * number + 2] = len(table), len(data)
        table += data
    struct.pack_into("<5H", main, 0, 0xA5EC, 193, 0, 0x0804, 0)
    struct.pack_into("<H", main, 10, 0x0200)
    struct.pack_into("<II", main, 24, _TEXT, end)
    struct.pack_into("<8i", main, 0x4C, *lengths)
    struct.pack_into("<H186I", main, 0x98, 93, *pairs)
    return {"WordDocument": bytes(main), "1Table": bytes(table)}


def pieces(found: list[tuple[int, int, int, bool]]) -> bytes:
    """Return the table of pieces: each from one character to another, its place, its width."""
    ends = [0, *(end for _, end, _, _ in found)]
    data = struct.pack(f"<{len(ends)}I", *ends)
    for _, _, place, narrow in found:
        data += struct.pack("<HIH", 0, 2 * place | 1 << 30 if narrow else place, 0)
    return b"\x02" + struct.pack("<I", len(data)) + data


def plc(places: list[int], size: int = 0) -> bytes:
    """Return places in a story, with empty data behind them."""
    return struct.pack(f"<{len(places)}I", *places) + bytes(size * (len(places) - 1))


def strings(*texts: str, extra: int = 0) -> bytes:
    """Return an STTB."""
    data = struct.pack("<HHH", 0xFFFF, len(texts), extra)
    return data + b"".join(counted(text) + bytes(extra) for text in texts)


def counted(text: str) -> bytes:
    """Return a string behind its length."""
    return struct.pack("<H", len(text)) + text.encode("utf-16-le")


def font(name: str) -> bytes:
    """Return one font of the table of fonts."""
    data = bytes(39) + name.encode("utf-16-le") + b"\0\0"
    return bytes((len(data),)) + data


def options(*properties: tuple[int, str]) -> bytes:
    """Return the properties of a shape, as [MS-ODRAW] lays them."""
    raw = [text.encode("utf-16-le") + b"\0\0" for _, text in properties]
    head = b"".join(
        struct.pack("<HI", 0xC000 | code, len(data))
        for (code, _), data in zip(properties, raw, strict=True)
    )
    body = head + b"".join(raw)
    return struct.pack("<HHI", len(raw) << 4 | 3, 0xF00B, len(body)) + body


def _page(runs: list[tuple[int, int, bytes]], end: int, size: int) -> bytes:
    """Return a page of formatting: CHPX where `size` is 1, PAPX where it is 13."""
    stretches: list[tuple[int, bytes]] = []
    at = _TEXT
    for first, last, properties in sorted(runs):
        if first > at:
            stretches.append((at, b""))
        stretches.append((first, properties))
        at = last
    if at < end or not stretches:
        stretches.append((at, b""))
        at = end
    count = len(stretches)
    page = bytearray(512)
    struct.pack_into(f"<{count + 1}I", page, 0, *(first for first, _ in stretches), at)
    free = 510
    for n, (_, properties) in enumerate(stretches):
        if not properties:
            continue
        if size == 1:
            data = bytes((len(properties),)) + properties
        else:
            padded = b"\0\0" + properties + b"\0" * (len(properties) % 2)
            data = bytes((0, len(padded) // 2)) + padded
        free = (free - len(data)) & ~1
        page[free : free + len(data)] = data
        page[4 * (count + 1) + size * n] = free // 2
    page[511] = count
    return bytes(page)
