"""Turns an Office document in one XML file back into the package that it stands for.

Flat OPC: [MS-OI29500] and the schema of xmlPackage: each pkg:part holds XML as it is, or the
bytes of a part in base64.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from html import unescape
from xml.sax.saxutils import quoteattr

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, UnreadError
from markscan.extract.docx.reader import read as read_docx
from markscan.extract.extractor import Budget, Item
from markscan.source import Source

_PREFIX = re.compile(
    rb"xmlns(?::([\w.-]+))?\s*=\s*[\"']http://schemas.microsoft.com/office/2006/xmlPackage[\"']"
)
_ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_OPENING = re.compile(rb"[^<>]*>\s*<(?:[\w.-]+:)?(xmlData|binaryData)\b[^<>]*>")
_TAG = re.compile(rb"<[?/]?\w[^<>]*>|^[^<>]*>|<[^<>]*$")
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def read_package(data: bytes, source: Source, budget: Budget) -> Iterator[Item]:
    """Yield what the reader of Word documents finds; a package of other kind as a file.

    Args:
        data: the XML in UTF-8.
        source: the file that it came from.
        budget: pays for the package.
    """
    found = _PREFIX.search(data)
    prefix = found[1] + b":" if found and found[1] else b""
    buffer = io.BytesIO()
    types: list[str] = []
    is_whole = b"</" + prefix + b"package" in data
    is_word = False
    try:
        budget.unpack(len(data), len(data))
        with zipfile.ZipFile(buffer, "w") as package, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # two parts of one name: both are read
            before, *pieces = data.split(b"<" + prefix + b"part")
            yield from _stray(before)
            for piece in pieces:
                _, closed, after = piece.rpartition(b"</" + prefix + b"part>")
                yield from _stray(after if closed else b"")
                name, kind, content = _part(piece, prefix)
                is_whole = is_whole and content is not None
                if name and content is not None:
                    package.writestr(zipfile.ZipInfo(name), content)
                    types.append(f"<Override PartName={quoteattr('/' + name)} {kind}/>")
                    is_word = is_word or name == "word/document.xml"
            written = f'<Types xmlns="{_TYPES}">{"".join(types)}</Types>'
            package.writestr(zipfile.ZipInfo("[Content_Types].xml"), written)
    except UnreadError as error:
        yield error
        return
    if is_word:
        yield from read_docx(Source(source.path, source.members, buffer.getvalue()), budget)
    elif types:
        yield source.member("package", buffer.getvalue())
    if not is_whole:
        yield DamagedFile("xml.cut")


def _stray(data: bytes) -> Iterator[Part]:
    """Yield text that belongs to no part: no program shows it."""
    text = _TAG.sub(b" ", data).decode("utf-8", "replace").strip()
    if text:
        yield Part(text, Place(Area.HIDDEN, None, "package"))


def _part(piece: bytes, prefix: bytes) -> tuple[str, str, bytes | None]:
    """Return name, content type and content of a part; None for content that is lost."""
    opening = _OPENING.match(piece)
    head = piece.partition(b">")[0]
    said = {
        key.decode(): unescape((double or single).decode("utf-8", "replace"))
        for key, double, single in _ATTRIBUTE.findall(head)
    }
    name = said.get("name", "").lstrip("/")
    kind = f"ContentType={quoteattr(said.get('contentType', ''))}"
    if opening is None:
        return name, kind, None
    end = piece.rfind(b"</" + prefix + opening[1])
    content = piece[opening.end() : end if end >= 0 else len(piece)]
    if opening[1] == b"binaryData":
        try:
            content = base64.b64decode(content)
        except binascii.Error:
            return name, kind, None
    return name, kind, content
