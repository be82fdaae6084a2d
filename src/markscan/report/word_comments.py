"""Adds comments to a Word document, byte for byte: nothing else in the package changes.

The main part takes the marks of the comments, the comments go to their own part; where
there is none yet, it is made and named in the content types and relationships
(ECMA-376 part 1, 17.13.4; part 2, 6.2 and 6.5). A library that reads and writes the whole
document would write styles, settings and headers anew and drop what it does not know.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from markscan.extract.markup import encoding_of
from markscan.extract.opc import parse_relations, relations_of
from markscan.report.word_paragraphs import Paragraph, find_paragraphs

_BOM = b"\xef\xbb\xbf"
_MOST_BYTES = 512 << 20  # of all entries, unpacked
_TYPES = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
# Where Word keeps its names, transitional and strict, and the relationships beside them.
_RELATIONS = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    ),
    "http://purl.oclc.org/ooxml/wordprocessingml/main": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
    ),
}
_NEW_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_ID = re.compile(rb"\bid\s*=\s*[\"'](\d{1,9})[\"']")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: the label of the place it stands at, and its lines."""

    label: str
    text: str


def with_comments(
    package: bytes, comments: Iterable[Comment], *, author: str, initials: str, when: datetime
) -> bytes:
    """Return the Word document `package` with `comments` added to those it has.

    Raises:
        ValueError: it is damaged, encrypted, too large, or has no paragraph.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as file:
            return _Package(file).commented(list(comments), author, initials, when)
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, OSError) as error:
        raise ValueError("no sound package") from error


class _Package:
    """The entries of a package, and what replaces them."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._changed: dict[str, bytes] = {}
        entries = file.infolist()
        names = [entry.filename for entry in entries]
        if sum(entry.file_size for entry in entries) > _MOST_BYTES:
            raise ValueError("too large")
        if len(set(names)) < len(names):
            raise ValueError("an entry stands twice")
        self._names = {name.lower(): name for name in names}

    def commented(
        self, comments: list[Comment], author: str, initials: str, when: datetime
    ) -> bytes:
        """Return the bytes of the package with the comments in it."""
        main = self._target("_rels/.rels", "officeDocument")
        body, mark = self._read(main), b""
        if encoding_of(body) not in {"utf-8", "ascii"}:
            raise ValueError("not UTF-8")
        if body.startswith(_BOM):
            body, mark = body[len(_BOM) :], _BOM
        paragraphs = find_paragraphs(body)
        if not paragraphs.found:
            raise ValueError("no paragraph")
        space = paragraphs.found[0].space
        held, part = self._comments_part(main, space)
        first = 1 + max((int(number) for number in _ID.findall(held)), default=-1)
        numbered = list(enumerate(comments, start=first))
        self._changed[main] = mark + _anchored(
            body, [(paragraphs.at(each.label), number) for number, each in numbered]
        )
        added = b"".join(
            _comment(number, each.text, space, author, initials, when) for number, each in numbered
        )
        self._changed[part] = _grown(held, b"comments", added)
        return self._written()

    def _target(self, relations: str, kind: str) -> str:
        for relation in parse_relations(self._read(relations), relations):
            if relation.kind == kind and not relation.external:
                return self._names[relation.target.lower()]
        raise ValueError(f"no {kind}")

    def _read(self, name: str) -> bytes:
        return self._changed.get(name) or self._file.read(self._names[name.lower()])

    def _comments_part(self, main: str, space: str) -> tuple[bytes, str]:
        """Return the comments there are and the name of their part; make one if need be."""
        relations = self._names.get(relations_of(main).lower(), relations_of(main))
        known = relations.lower() in self._names
        held = self._read(relations) if known else _NEW_RELATIONS
        for relation in parse_relations(held, relations):
            if relation.kind == "comments" and not relation.external:
                name = self._names[relation.target.lower()]
                return self._read(name), name
        folder = posixpath.dirname(main)
        name = self._free(f"{folder}/comments{{}}.xml".lstrip("/"))
        base = posixpath.basename(name)
        identity = "rIdMarkScan"
        while f'"{identity}"'.encode() in held:
            identity += "0"
        arrow = (
            f'<Relationship Id="{identity}" Type="{_RELATIONS[space]}" Target="{base}"'
            ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
        )
        kind = (
            f'<Override PartName="/{name}" ContentType="{_COMMENTS_TYPE}"'
            ' xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        self._changed[relations] = _grown(held, b"Relationships", arrow.encode())
        self._changed[self._names[_TYPES.lower()]] = _grown(
            self._read(_TYPES), b"Types", kind.encode()
        )
        empty = f'<?xml version="1.0" encoding="UTF-8"?>\n<w:comments xmlns:w="{space}"/>'
        return empty.encode(), name

    def _free(self, pattern: str) -> str:
        """The first name of this form that no entry has."""
        number = 0
        while (name := pattern.format(number or "")).lower() in self._names:
            number += 1
        return name

    def _written(self) -> bytes:
        """Return all entries in their order, the changed ones replaced, new ones behind."""
        buffer = io.BytesIO()
        new = [name for name in self._changed if name.lower() not in self._names]
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in self._file.infolist():
                data = self._changed.get(entry.filename)
                copy.writestr(entry, self._file.read(entry) if data is None else data)
            for name in new:
                copy.writestr(name, self._changed[name])
        return buffer.getvalue()


def _anchored(body: bytes, anchors: list[tuple[Paragraph, int]]) -> bytes:
    """Put the marks of each comment around all that stands in its paragraph."""
    grouped: dict[int, tuple[Paragraph, list[int]]] = {}
    for paragraph, number in anchors:
        grouped.setdefault(paragraph.end, (paragraph, []))[1].append(number)
    edits: list[tuple[int, int, bytes]] = []
    for paragraph, numbers in grouped.values():
        starts = b"".join(_mark(paragraph, "commentRangeStart", each) for each in numbers)
        ends = b"".join(_end(paragraph, each) for each in numbers)
        if paragraph.content is None:  # <w:p/>
            whole = b">" + starts + ends + b"</" + paragraph.name + b">"
            edits.append((body.rindex(b"/", 0, paragraph.end), paragraph.end, whole))
        else:
            edits.append((paragraph.content, paragraph.content, starts))
            edits.append((paragraph.end, paragraph.end, ends))
    pieces, at = [], 0
    for start, stop, data in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [body[at:start], data]
        at = stop
    return b"".join([*pieces, body[at:]])


def _mark(paragraph: Paragraph, name: str, number: int) -> bytes:
    prefix, _, _ = paragraph.name.decode().rpartition(":")
    # Attributes take no default namespace, so without a prefix one is bound here.
    bound = "" if prefix else f' xmlns:w="{paragraph.space}"'
    prefix = prefix or "w"
    return f'<{prefix}:{name}{bound} {prefix}:id="{number}"/>'.encode()


def _end(paragraph: Paragraph, number: int) -> bytes:
    run = b"r" if b":" not in paragraph.name else paragraph.name.rpartition(b":")[0] + b":r"
    reference = _mark(paragraph, "commentReference", number)
    end = _mark(paragraph, "commentRangeEnd", number)
    return end + b"<" + run + b">" + reference + b"</" + run + b">"


def _comment(
    number: int, text: str, space: str, author: str, initials: str, when: datetime
) -> bytes:
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in text.split("\n")
    )
    return (
        f'<w:comment xmlns:w="{space}" w:id="{number}" w:author={quoteattr(author)}'
        f' w:date="{when:%Y-%m-%dT%H:%M:%SZ}" w:initials={quoteattr(initials)}>{lines}</w:comment>'
    ).encode()


def _grown(data: bytes, root: bytes, added: bytes) -> bytes:
    """Put `added` at the end of the root element of a part.

    Raises:
        ValueError: the part does not end in it.
    """
    close = re.search(rb"</(?:[\w.-]+:)?" + root + rb"\s*>\s*$", data)
    if close is not None:
        return data[: close.start()] + added + data[close.start() :]
    empty = re.search(rb"<((?:[\w.-]+:)?" + root + rb")(\s[^<>]*?)?/>\s*$", data)
    if empty is None:
        raise ValueError("unusual end of a part")
    tag = b"<" + empty[1] + (empty[2] or b"") + b">"
    return data[: empty.start()] + tag + added + b"</" + empty[1] + b">"
