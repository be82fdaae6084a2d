"""The directories of a TIFF file, and of the Exif block in other pictures, which is one too.

Sources: TIFF 6.0, sections 2 and 8; CIPA DC-008 (Exif 2.32), 4.6; the XP tags of Windows.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

_WORDS = {
    269: "DocumentName",
    270: "ImageDescription",
    285: "PageName",
    315: "Artist",
    33432: "Copyright",
    0x9C9B: "XPTitle",
    0x9C9C: "XPComment",
    0x9C9D: "XPAuthor",
    0x9C9E: "XPKeywords",
    0x9C9F: "XPSubject",
    0x9286: "UserComment",
}
_WIDE = frozenset(range(0x9C9B, 0x9CA0))
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_EXIF = 0x8769
_OFFSETS, _COUNTS = (273, 324), (279, 325)  # of strips and of tiles
_MOST_DIRECTORIES = 5000
_MOST_ENTRIES = 512  # of one directory
_MOST_TEXTS = 1000
_LONGEST = 1 << 16  # bytes of one value
_SCREEN = 96.0


class Entry(NamedTuple):
    """One field of a directory: where its value lies, and how long it is."""

    tag: int
    kind: int
    length: int  # in values
    at: int

    @property
    def size(self) -> int:
        """The length of the value in bytes."""
        return _SIZES.get(self.kind, 0) * self.length


class Frame(NamedTuple):
    """One picture of the file: where its directory lies, its size in pixels and in points."""

    at: int
    pixels: tuple[int, int] | None
    size: tuple[float, float] | None


def is_tiff(data: bytes) -> bool:
    """Tell whether `data` begins as a TIFF file does."""
    return data[:4] in (b"II*\x00", b"MM\x00*")


def texts(data: bytes) -> Iterator[tuple[str, bytes | str]]:
    """Yield name and words of the fields that hold any, as bytes where the encoding is open."""
    if not is_tiff(data):
        return
    order = _order(data)
    count = 0
    waiting = [at for at, _ in _walk(data)]
    for at in waiting:  # which grows by the Exif directories
        for entry in _entries(data, at):
            if entry.tag == _EXIF and entry.size == 4 and len(waiting) < _MOST_DIRECTORIES:
                waiting += _unpack(data, order + "I", entry.at)
            elif entry.tag in _WORDS and count < _MOST_TEXTS:
                count += 1
                raw = data[entry.at : entry.at + min(entry.size, _LONGEST)]
                words = _words(entry.tag, raw, order)
                if words:
                    yield _WORDS[entry.tag], words


def _words(tag: int, raw: bytes, order: str) -> bytes | str:
    if tag in _WIDE:
        return raw.decode("utf-16-le", "replace").rstrip("\x00")
    if tag != 0x9286:
        return raw.rstrip(b"\x00")
    code, words = raw[:8], raw[8:]
    if code.startswith(b"UNICODE") and words.strip(b"\x00 "):
        # The standard leaves the byte order to the file; many writers use their own.
        guess = "utf-16-le" if order == "<" else "utf-16-be"
        other = "utf-16-be" if order == "<" else "utf-16-le"
        text = words.decode(guess, "replace")
        swapped = words.decode(other, "replace")
        return min(text, swapped, key=lambda t: sum(not c.isprintable() for c in t)).rstrip("\x00")
    return words.strip(b"\x00 ")


def frames(data: bytes) -> list[Frame]:
    """Return the pictures of a TIFF file, in order. A loop in their chain ends it."""
    if not is_tiff(data):
        return []
    return [Frame(at, *_sizes(data, at)) for at, _ in _walk(data)]


def alone(data: bytes, frame: Frame) -> bytes:
    """Return the file as if it held this one picture only."""
    order = _order(data)
    (count,) = _unpack(data, order + "H", frame.at) or (0,)
    after = frame.at + 2 + 12 * count
    whole = bytearray(data)
    whole[4:8] = struct.pack(order + "I", frame.at)
    if after + 4 <= len(whole):
        whole[after : after + 4] = bytes(4)
    return bytes(whole)


def is_whole(data: bytes) -> bool:
    """Tell whether the directories and the pixels they point at lie in the file."""
    order = _order(data)
    walked = list(_walk(data))
    for at, following in walked:
        (count,) = _unpack(data, order + "H", at) or (0,)
        if following > len(data) or at + 2 + 12 * count + 4 > len(data):
            return False
        found = {entry.tag: entry for entry in _entries(data, at)}
        for offsets, counts in zip(_OFFSETS, _COUNTS, strict=True):
            if offsets in found and counts in found:
                starts = _last(data, order, found[offsets])
                sizes = _last(data, order, found[counts])
                if starts is None or sizes is None or starts + sizes > len(data):
                    return False
    return bool(walked)


def _last(data: bytes, order: str, entry: Entry) -> int | None:
    size = _SIZES.get(entry.kind, 0)
    code = {2: "H", 4: "I"}.get(size)
    if code is None or not entry.length:
        return None
    return next(iter(_unpack(data, order + code, entry.at + size * (entry.length - 1))), None)


def _order(data: bytes) -> str:
    return "<" if data[:2] == b"II" else ">"


def _unpack(data: bytes, form: str, at: int) -> tuple[int, ...]:
    """Return what stands at `at`; nothing where the file has ended before."""
    if at < 0 or at + struct.calcsize(form) > len(data):
        return ()
    return struct.unpack_from(form, data, at)


def _walk(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the place of each directory in the chain, and that of the one after it."""
    order = _order(data)
    seen: set[int] = set()
    at = next(iter(_unpack(data, order + "I", 4)), 0)
    while 0 < at < len(data) and at not in seen and len(seen) < _MOST_DIRECTORIES:
        seen.add(at)
        count = next(iter(_unpack(data, order + "H", at)), 0)
        following = next(iter(_unpack(data, order + "I", at + 2 + 12 * count)), 0)
        yield at, following
        at = following


def _entries(data: bytes, at: int) -> Iterator[Entry]:
    order = _order(data)
    (count,) = _unpack(data, order + "H", at) or (0,)
    start = at + 2
    end = min(start + 12 * min(count, _MOST_ENTRIES), len(data))
    head, tail = order + "HHI", order + "I"
    for where in range(start, end - 11, 12):
        tag, kind, number = struct.unpack_from(head, data, where)
        small = _SIZES.get(kind, 0) * number <= 4
        (far,) = struct.unpack_from(tail, data, where + 8)
        yield Entry(tag, kind, number, where + 8 if small else far)


def _sizes(data: bytes, at: int) -> tuple[tuple[int, int] | None, tuple[float, float] | None]:
    """Return the size of a picture in pixels, and in points by its resolution or a screen's."""
    order = _order(data)
    found = {entry.tag: entry for entry in _entries(data, at)}
    unit = found.get(296)
    kind = next(iter(_unpack(data, order + "H", unit.at)), 2) if unit else 2
    factor = {2: 1.0, 3: 2.54}.get(kind, 0.0)
    pixels: list[int] = []
    points: list[float] = []
    for length, resolution in ((256, 282), (257, 283)):
        entry = found.get(length)
        form = "I" if entry is not None and entry.kind == 4 else "H"
        count = next(iter(_unpack(data, order + form, entry.at)), 0) if entry else 0
        entry = found.get(resolution)
        ratio = _unpack(data, order + "II", entry.at) if entry else ()
        dots = ratio[0] / ratio[1] * factor if len(ratio) == 2 and ratio[1] else 0.0
        pixels.append(count)
        points.append(round(count * 72 / (dots if 20 < dots < 5000 else _SCREEN), 2))
    if not all(pixels):
        return None, None
    return (pixels[0], pixels[1]), (points[0], points[1])
