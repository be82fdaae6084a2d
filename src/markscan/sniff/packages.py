"""Tells the packages apart that share the zip container, by what they hold."""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO

_LOCAL = b"PK\x03\x04"
_SIZE_FOLLOWS = 0x08
_END = b"PK\x05\x06"
_MOST_DIRECTORY = 1 << 18  # bytes of the central directory that are searched
_MOST_TAIL = 22 + 0xFFFF
_MOST_PART = 1 << 18  # bytes of a part that are read, packed or unpacked

_TYPES = b"[content_types].xml"
# Types of main parts in [Content_Types].xml, in lower case.
_MAIN_TYPES: tuple[tuple[bytes, str], ...] = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroenabled.main+xml", "docx"),
    (b"ms-word.template.macroenabledtemplate.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroenabled.main+xml", "xlsx"),
    (b"ms-excel.template.macroenabled.main+xml", "xlsx"),
    (b"ms-excel.addin.macroenabled.main+xml", "xlsx"),
    (b"ms-excel.sheet.binary.macroenabled.main", "xlsb"),
    (b"presentationml.presentation.main+xml", "pptx"),
    (b"presentationml.slideshow.main+xml", "pptx"),
    (b"presentationml.template.main+xml", "pptx"),
    (b"ms-powerpoint.presentation.macroenabled.main+xml", "pptx"),
    (b"ms-powerpoint.slideshow.macroenabled.main+xml", "pptx"),
    (b"ms-powerpoint.template.macroenabled.main+xml", "pptx"),
    (b"ms-powerpoint.addin.macroenabled.main+xml", "pptx"),
    (b"ms-visio.", "vsdx"),
    (b"fixeddocumentsequence+xml", "xps"),
)
# Content of the file `mimetype`, in lower case.
_MIME_TYPES: tuple[tuple[bytes, str], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
    (b"application/vnd.oasis.opendocument.graphics", "odg"),
    (b"application/vnd.oasis.opendocument.", "odf"),
    (b"application/vnd.sun.xml.writer", "odt"),
    (b"application/vnd.sun.xml.calc", "ods"),
    (b"application/vnd.sun.xml.impress", "odp"),
    (b"application/epub+zip", "epub"),
)
# Where the types are lost, the names of the parts must do.
_FOLDERS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
)
_MAIN_PARTS: tuple[tuple[bytes, str], ...] = (
    (b"word/document.xml", "docx"),
    (b"xl/workbook.xml", "xlsx"),
    (b"ppt/presentation.xml", "pptx"),
)


def kind(head: bytes, file: BinaryIO) -> str:
    """Return the format of a zip file, "zip" if it is no package that we know.

    Args:
        head: its first bytes.
        file: the file itself, anywhere; it is left anywhere.
    """
    local = _local_names(head)
    early = _by_mimetype(head, local)
    if early:
        return early
    if b"ofd.xml" in local:
        return "ofd"
    start = local.get(_TYPES)
    if start is not None:
        known = _by_types(_inflate_local(head[start:]))
        if known:
            return _not_disguised(known, local, file)
    central = _central_names(file)
    if not central:
        # The end is lost: what stands further on can only be seen in the local headers.
        file.seek(0)
        local = _local_names(file.read(_MOST_DIRECTORY))
    return _by_names(file, local, central)


def _not_disguised(known: str, local: dict[bytes, int], file: BinaryIO) -> str:
    """Return `known`, unless the types name a main part that is not there and another one is."""
    folders = {format: folder for folder, format in _FOLDERS}
    folder = folders.get(known)
    if folder is None or any(name.startswith(folder) for name in local):
        return known
    names = _central_names(file)
    if any(name.startswith(folder) for name in names):
        return known
    return next((format for name, format in _MAIN_PARTS if name in names), known)


def _by_names(file: BinaryIO, local: dict[bytes, int], central: dict[bytes, int]) -> str:
    if _TYPES in central:
        known = _by_types(_member(file, central[_TYPES]))
        if known:
            return known
    names = local.keys() | central.keys()
    if b"ofd.xml" in names:
        return "ofd"
    if b"mimetype" in central:
        known = _of_mimetype(_member(file, central[b"mimetype"]))
        if known:
            return known
    for name, format in _MAIN_PARTS:
        if name in names:
            return format
    if any(name.startswith(b"doc_0/") for name in names) and not central:
        return "ofd"
    if _TYPES in names or b"_rels/.rels" in names:
        for folder, format in _FOLDERS:
            if any(name.startswith(folder) for name in names):
                return format
    return "zip"


def _local_names(head: bytes) -> dict[bytes, int]:
    """Return the names of the local headers in `head`, each with its offset."""
    names: dict[bytes, int] = {}
    at = head.find(_LOCAL)
    while 0 <= at <= len(head) - 30:
        flags, packed, name, extra = struct.unpack_from("<6xH10xI4xHH", head, at)
        names.setdefault(_tidy(head[at + 30 : at + 30 + name]), at)
        # Headers inside a stored member are those of an archive within: pass over them.
        # Where the size follows the data, only the next header tells where it ends.
        end = at + 30 + name + extra + (0 if flags & _SIZE_FOLLOWS else packed)
        at = head.find(_LOCAL, max(end, at + 4))
    return names


def _tidy(name: bytes) -> bytes:
    return name.lower().replace(b"\\", b"/").lstrip(b"/")


def _central_names(file: BinaryIO) -> dict[bytes, int]:
    """Return the names of the central directory, each with the offset of its header."""
    size = file.seek(0, 2)
    tail_at = max(0, size - _MOST_TAIL)
    tail = b""
    for length in (_MOST_TAIL >> 6, _MOST_TAIL):
        tail_at = max(0, size - length)
        file.seek(tail_at)
        tail = file.read(length)
        end = tail.rfind(_END)
        if end >= 0:
            break
    if end < 0 or end + 22 > len(tail):
        return {}
    length, offset = struct.unpack_from("<II", tail, end + 12)
    # Bytes before the archive shift every offset by the same count.
    shift = max(0, tail_at + end - length - offset)
    if offset == 0xFFFFFFFF or shift > size:
        shift, offset = 0, max(0, tail_at + end - length - 76)
    file.seek(offset + shift)
    return _parse_directory(file.read(min(length, _MOST_DIRECTORY)), shift)


def _parse_directory(data: bytes, shift: int) -> dict[bytes, int]:
    names: dict[bytes, int] = {}
    at = data.find(b"PK\x01\x02")
    while 0 <= at <= len(data) - 46 and data.startswith(b"PK\x01\x02", at):
        name, extra, comment = struct.unpack_from("<3H", data, at + 28)
        offset = struct.unpack_from("<I", data, at + 42)[0]
        names.setdefault(_tidy(data[at + 46 : at + 46 + name]), offset + shift)
        at += 46 + name + extra + comment
    return names


def _member(file: BinaryIO, offset: int) -> bytes:
    file.seek(offset)
    return _inflate_local(file.read(_MOST_PART))


def _inflate_local(data: bytes) -> bytes:
    """Return what a local header at the start of `data` holds, as far as it can be read."""
    if len(data) < 30 or not data.startswith(b"PK\x03\x04"):
        return b""
    method, packed = struct.unpack_from("<8xH8xI", data)
    name, extra = struct.unpack_from("<HH", data, 26)
    start = 30 + name + extra
    if method == 0:
        return data[start : start + packed] if packed else data[start : start + 256]
    if method != 8:
        return b""
    try:
        return zlib.decompressobj(-15).decompress(data[start:], _MOST_PART)
    except zlib.error:
        return b""


def _by_mimetype(head: bytes, local: dict[bytes, int]) -> str | None:
    start = local.get(b"mimetype")
    return None if start is None else _of_mimetype(_inflate_local(head[start:]))


def _of_mimetype(content: bytes) -> str | None:
    content = content.strip().lower()
    for mime, format in _MIME_TYPES:
        if content.startswith(mime):
            return format
    return None


def _by_types(content: bytes) -> str | None:
    # UTF-16 without its NULs is near enough to ASCII here.
    content = content.replace(b"\x00", b"").lower()
    for mark, format in _MAIN_TYPES:
        if mark in content:
            return format
    return None
