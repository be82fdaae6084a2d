"""Tells a file's format from its bytes. Names lie; bytes do not.

The first 8 KB decide nearly always. Packages that share the zip or the OLE container
are told apart by what their directory names; a few hundred bytes more, wherever it lies.
What no test knows is "text" or "binary". A format named here need not be readable:
the extractors say which are.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from markscan.errors import UnreadError
from markscan.sniff import ole, packages
from markscan.source import Source

_HEAD = 8192
_TAIL = 1024

# At the file's first byte, longest marks of a kind first.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b\x08", "gz"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"MSCF\x00\x00\x00\x00", "cab"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"8BPS\x00\x01", "psd"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
    (b"\x7fELF", "elf"),
    (b"\xca\xfe\xba\xbe\x00", "class"),
    (b"ID3\x02\x00", "mp3"),
    (b"ID3\x03\x00", "mp3"),
    (b"ID3\x04\x00", "mp3"),
    (b"OggS\x00", "ogg"),
    (b"fLaC\x00", "flac"),
    (b"\x1a\x45\xdf\xa3", "mkv"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\x00\x01\x00\x00Standard Jet DB", "mdb"),
    (b"\x00\x01\x00\x00Standard ACE DB", "mdb"),
    (b"!BDN", "pst"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"ITSF\x03\x00", "chm"),
    (b"AT&TFORM", "djvu"),
    (b"%!PS-Adobe", "ps"),
    (b"\xffWPC", "wordperfect"),
    (b"\xdb\xa5\x2d\x00", "doc-word2"),
    (b"\x31\xbe\x00\x00", "wri"),
    (b"\x09\x00\x04\x00", "xls-biff"),
    (b"\x09\x02\x06\x00", "xls-biff"),
    (b"\x09\x04\x06\x00", "xls-biff"),
    (b"\x09\x08\x08\x00\x00\x05", "xls-biff"),
    (b"\x09\x08\x10\x00\x00\x06", "xls-biff"),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", "lnk"),
    (b"OTTO\x00", "font"),
    (b"wOFF\x00", "font"),
    (b"wOF2\x00", "font"),
)
# Where letters alone would not do: the whole of these bytes must fit.
_PATTERNS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", re.S), "bz2"),
    (re.compile(rb"\x5d\x00\x00.[\x00-\x08](?:\xff{8}|.{5}\x00{3})", re.S), "lzma"),
    (re.compile(rb"BM.{4}\x00{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\x00{3}", re.S), "bmp"),
    (re.compile(rb"RIFF.{4}WEBP", re.S), "webp"),
    (re.compile(rb"RIFF.{4}WAVE", re.S), "wav"),
    (re.compile(rb"RIFF.{4}AVI ", re.S), "avi"),
    (re.compile(rb"\x00\x00[\x00-\x01].ftyp", re.S), "mp4"),
    (re.compile(rb"\x01\x00\x00\x00.{36} EMF", re.S), "emf"),
    (re.compile(rb"MZ.{60}\x00\x00", re.S), "exe"),
    (re.compile(rb"AC10[0-9]{2}\x00", re.S), "dwg"),
    (re.compile(rb"\xff[\xfb\xf3\xf2][\x10-\xef].", re.S), "mp3"),
    (re.compile(rb"\x00\x01\x00\x00\x00[\x04-\x40]", re.S), "font"),
    (re.compile(rb"..-lh[0-7d]-", re.S), "lzh"),
)
_ANY_MAGIC = tuple(magic for magic, _ in _MAGIC)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK\x03\x04")
_ZIP_END = b"PK\x05\x06"

_PDF = re.compile(rb"%PDF-\d")
_PDF_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")

# Spaces, marks of byte order, declarations and comments, which may stand before the root.
_PREAMBLE = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff|\s+|<\?.*?\?>|<!--.*?-->)*", re.S)
_HTML_ROOT = re.compile(rb"<!doctype\s+html\b|<(?:html|head|body)\b", re.I)
_HTML_LATER = re.compile(rb"^[ \t]*<html[\s>]", re.I | re.M)
_HTML_OTHER = re.compile(rb"</\w|<head\b|<body\b|<title\b|<meta\b", re.I)
# Names that settle it for a text that begins with a tag.
_MARKUP_NAMES = (".htm", ".html", ".xhtml", ".shtml", ".svg")
_XML_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"http://schemas.microsoft.com/office/word/2003/wordml", "xml-word2003"),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", "xml-package"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "xml-excel2003"),
    (b"urn:oasis:names:tc:opendocument:xmlns:office", "xml-odf"),
    (b"http://schemas.uof.org/", "xml-uof"),
    (b"<uof:UOF", "xml-uof"),
)

_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:|[ \t]+\S")
# A memo may begin with From, To, Date and Subject; a mail bears marks of its transport.
_MAIL_HUMAN = frozenset([b"from", b"to", b"subject", b"date", b"cc"])
_MAIL_WIRE = frozenset(
    b"received message-id mime-version return-path delivered-to content-type "
    b"content-transfer-encoding dkim-signature x-mailer".split()
)
_MBOX = re.compile(rb"From \S+ .*\d\d:\d\d.*\r?\n[A-Za-z-]+:")

# Bytes that text does not hold. ESC colours logs, 0x1A ends old DOS texts.
_CONTROLS = bytes([*range(0x01, 0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20), 0x7F])
_NUL_RUN = re.compile(rb"\x00{8,}")
_PLAUSIBLE = re.compile(
    r"[\t\n\r\x20-\x7e\xa0-\u024f\u0370-\u045f\u2010-\u203b\u2103-\u2312\u2460-\u266f"
    r"\u3000-\u30ff\u3105-\u312f\u4e00-\u9fa5\uac00-\ud7a3\uff01-\uff65]"
)


def sniff(source: Source) -> str:
    """Return the name of the format of `source`.

    Reads the first 8 KB and, for packages, what tells them apart.

    Raises:
        UnreadError: the file cannot be opened or read; damage is no reason.
    """
    with source.open() as file:
        try:
            kind = _of_head(head := file.read(_HEAD), file)
        except OSError as error:
            raise UnreadError("system", error=error.strerror or "read") from error
    if kind == "text" and source.name.lower().endswith(_MARKUP_NAMES):
        # A fragment of a page looks like any text that begins with a sign.
        return "html" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else kind
    return kind


def _of_head(head: bytes, file: BinaryIO) -> str:
    if not head:
        return "empty"
    if head.startswith(_ZIP):
        return packages.kind(head, file)
    if head.startswith(_OLE):
        return ole.kind(head, file)
    known = _by_magic(head)
    if known:
        return known
    if b"%PDF-" in head[:1100] and _is_pdf(head, file):
        return "pdf"
    kind = _text_kind(head)
    if len(head) < _HEAD and _ZIP_END not in head:
        return kind
    # A zip may stand behind other bytes: a stub, junk, or a text meant to hide it.
    return packages.kind(head, file) if _ends_as_zip(file) else kind


def _by_magic(head: bytes) -> str | None:
    if head.startswith(_ANY_MAGIC):
        return next(name for magic, name in _MAGIC if head.startswith(magic))
    for pattern, name in _PATTERNS:
        if pattern.match(head):
            return name
    if head[257:262] == b"ustar" or _is_old_tar(head):
        return "tar"
    return None


def _is_old_tar(head: bytes) -> bool:
    """Tell whether the first block has the checksum of a tar without "ustar"."""
    field = head[148:156]
    if len(head) < 512 or head[0] == 0 or not field.strip(b" \x00").isdigit():
        return False
    try:
        stated = int(field.strip(b" \x00"), 8)
    except ValueError:
        return False
    return stated == sum(head[:148]) + 8 * 0x20 + sum(head[156:512])


def _is_pdf(head: bytes, file: BinaryIO) -> bool:
    found = _PDF.search(head, 0, 1100)
    if found is None or found.start() > 1024:
        return False
    if not head[: found.start()].strip(b" \t\r\n\xef\xbb\xbf\x00"):
        return True
    # A text about PDF may quote its first line; a PDF goes on with objects.
    return _PDF_OBJECT.search(head, found.end()) is not None or b"startxref" in _tail(file)


def _tail(file: BinaryIO) -> bytes:
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    return file.read(_TAIL)


def _ends_as_zip(file: BinaryIO) -> bool:
    tail = _tail(file)
    at = tail.rfind(_ZIP_END)
    return 0 <= at <= len(tail) - 22


def _text_kind(head: bytes) -> str:
    flat = head.replace(b"\x00", b"") if b"\x00" in head else head
    start = _PREAMBLE.match(flat)
    root = flat[start.end() if start else 0 :]
    if _HTML_ROOT.match(root):
        return "html"
    if root.startswith(b"{\\rt"):
        return "rtf"
    if not _is_text(head):
        return "binary"
    if root.startswith(b"<"):
        for mark, name in _XML_KINDS:
            if mark in flat[:4096]:
                return name
        if b"<?xml" in flat[:256]:
            return "xml"
    return _mail_kind(root) or ("html" if _html_later(flat) else "text")


def _html_later(flat: bytes) -> bool:
    """Tell whether a page begins within the first KB; one quoted in a code block does not."""
    found = _HTML_LATER.search(flat, 0, 1024)
    if found is None or b"```" in flat[: found.start()]:
        return False
    return _HTML_OTHER.search(flat) is not None


def _mail_kind(root: bytes) -> str | None:
    if root.startswith(b"From ") and _MBOX.match(root):
        return "mbox"
    if _HEADER.match(root) is None:
        return None
    names: set[bytes] = set()
    block = re.split(rb"\r?\n\r?\n|\r\r", root, maxsplit=1)[0]
    for line in block.splitlines():
        if _HEADER.match(line) is None:
            break
        names.add(line.partition(b":")[0].lower())
    wire = names & _MAIL_WIRE
    if len(wire) >= 2 and re.search(rb"^content-type:\s*multipart/related", block, re.I | re.M):
        carried = names & {b"received", b"to", b"message-id", b"return-path"}
        return "eml" if carried else "mht"
    return "eml" if wire and (names & _MAIL_HUMAN or len(wire) >= 3) else None


def _is_text(head: bytes) -> bool:
    odd = len(head) - len(head.translate(None, _CONTROLS))
    nuls = head.count(0)
    if not nuls and (odd <= 1 or odd * 100 <= len(head)):
        return True
    if _is_wide(head):
        return True
    if odd * 100 > len(head):
        return False
    # Text with a hole (a file cut by a power failure) or with a stray NUL is text.
    rest = _NUL_RUN.sub(b"", head)
    return bool(rest.strip(b"\x00")) and rest.count(0) * 200 <= len(rest)


def _is_wide(head: bytes) -> bool:
    """Tell whether `head` is UTF-16 or UTF-32, with or without a byte order mark."""
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return True
    sample = head[:2048]
    for low, high in (
        (slice(2, None, 4), slice(3, None, 4)),
        (slice(1, None, 4), slice(0, None, 4)),
    ):
        planes = sample[low]
        if len(sample) >= 8 and not any(sample[high]) and max(planes) <= 0x10 and any(sample):
            return True
    sample = sample[: len(sample) & ~1]
    for order in ("utf-16-le", "utf-16-be"):
        text = sample.decode(order, "replace").lstrip("\ufeff")
        if text and len(_PLAUSIBLE.findall(text)) >= 0.9 * len(text):
            return True
    return False
