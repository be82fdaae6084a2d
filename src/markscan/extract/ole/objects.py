"""Reads objects embedded in binary Office files: each lies in a storage of its own.

What it holds becomes a file: a package as it is, a document of streams written anew.
Sources: [MS-OLEDS] 2.3, [MS-OFORMS] 2.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.extract.extractor import Item
from markscan.extract.ole.carve import carve
from markscan.extract.ole.codepages import decode
from markscan.extract.ole.compound import Compound
from markscan.extract.ole.rebuild import rebuild
from markscan.source import Source

NATIVE = "\x01Ole10Native"
_PACKAGES = ("Package", "package_stream", "EmbeddedOdf", "CONTENTS")
_CONTROL = "\x03OCXNAME"
_CONTROL_DATA = ("contents", "\x03OCXDATA", _CONTROL)
# An address: of the file that a linked object shows.
_LINKS = ("\x01Ole", "\x03LINKINFO")
_LINKED = 0x01
_EQUATIONS = ("0002CE0", "00021700")  # classes of formulas, whose data have no text
_NO_TEXT = frozenset(("equation native", "ole10fmtprogid", "ole10itemname"))


def read_object(storage: Compound, source: Source, name: str) -> Iterator[Item]:
    """Yield what an object holds: files, or the words on a control.

    Args:
        storage: the object's own, as `Compound.under` gives it.
        source: the document that it lies in.
        name: of the object, for what has none of its own.
    """
    if storage.classid().startswith(_EQUATIONS):
        return
    native = storage.read(NATIVE) if storage.has(NATIVE) else None
    package = next((path for path in _PACKAGES if storage.has(path)), None)
    if native is not None:
        yield from _native(native, source, name)
    elif storage.has(_CONTROL):
        for path in _CONTROL_DATA:
            yield from _words(storage.read(path) or b"", name, Area.TEXTBOX)
    elif package is not None:
        data = storage.read(package)
        if data and not data.startswith(b"\x00\x02"):  # the version of a form's control
            yield source.member(f"{name}/{package}", data)
        elif data:
            yield from _words(data, name, Area.TEXTBOX)
    elif any(_may_hold_text(path) for path in storage.streams):
        yield source.member(name, rebuild(storage))
    for path in _LINKS:
        data = storage.read(path) or b""
        if path != _LINKS[0] or (len(data) > 20 and data[4] & _LINKED):
            yield from _words(data, name, Area.HIDDEN)
    yield from storage.drain()


def read_native(data: bytes) -> tuple[str, bytes] | None:
    """Return path and content of the file in an Ole10Native stream; None if it is no package."""
    try:
        size, kind = struct.unpack_from("<IH", data)
        label_end = data.index(b"\0", 6)
        path_end = data.index(b"\0", label_end + 1)
        command = struct.unpack_from("<I", data, path_end + 5)[0]
        at = path_end + 9 + command
        length = struct.unpack_from("<I", data, at)[0]
    except (struct.error, ValueError):
        return None
    if kind != 2 or at + 4 + length > min(size + 4, len(data)):
        return None
    label = decode(data[6:label_end], 936) or decode(data[label_end + 1 : path_end], 936)
    content, after = data[at + 4 : at + 4 + length], at + 4 + length
    return _wide_label(data, after) or label, content


def _wide_label(data: bytes, at: int) -> str:
    """Return the label in UTF-16, which newer writers put behind the content."""
    texts = []
    for _ in range(2):  # the command, the label
        if at + 4 > len(data):
            return ""
        length = 2 * struct.unpack_from("<I", data, at)[0]
        texts.append(data[at + 4 : at + 4 + length].decode("utf-16-le", "replace"))
        at += 4 + length
    return texts[1].strip("\0") if at <= len(data) else ""


def _native(data: bytes, source: Source, name: str) -> Iterator[Item]:
    found = read_native(data)
    if found is None:
        # No package but the bare data of some program: a picture, most often.
        if len(data) > 4:
            yield source.member(f"{name}/native", data[4:])
        return
    path, content = found
    yield Part(path, Place(Area.HIDDEN, None, name))
    leaf = path.replace("\\", "/").rpartition("/")[2]
    yield source.member(leaf or name, content)


def _words(data: bytes, name: str, area: Area) -> Iterator[Part]:
    text = "\n".join(dict.fromkeys(carve(data)))
    if text:
        yield Part(text, Place(area, None, name))


def _may_hold_text(path: str) -> bool:
    leaf = path.rpartition("/")[2]
    return leaf[:1] >= " " and leaf.lower() not in _NO_TEXT
