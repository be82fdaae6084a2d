"""Fills the placeholders of a Word document that an office has made its own.

A placeholder is a name in double braces, {{检查时间}}; Chinese braces do, too. Word and WPS cut
text into runs as they like: a placeholder is found whatever cuts it, and its value takes the
looks of its first character. A row of a table with names in two parts, {{问题.文件}}, is
repeated for each item of that list. Headers, footers and text boxes are filled as well.

Ten thousand rows as a tree take hundreds of megabytes. So a row that is to be repeated is taken
out of the tree, leaves a mark there, and its copies are written one after another where the mark
stands when the part is packed.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from markscan.errors import UsageError
from markscan.wording import INTERFACE, Language

_MARK = re.compile(r"[{｛]{2}\s*([^{}｛｝]+?)\s*[}｝]{2}")
_BROKEN = re.compile(r"[{｛]{2}|[}｝]{2}")
_P, _T, _TR, _BR = qn("w:p"), qn("w:t"), qn("w:tr"), qn("w:br")
_SPACE = qn("xml:space")
_ID = qn("w:rsidR")
_ROWS = re.compile(rb'<[^<>]*"markscan-rows-(\d+)"[^<>]*/>')
_TIME = (1980, 1, 1, 0, 0, 0)  # of all entries: the same input makes the same file


@dataclass(frozen=True, slots=True)
class Values:
    """What placeholders stand for: single values, and the items of each list by field."""

    single: Mapping[str, str]
    # Each can be iterated over again.
    lists: Mapping[str, Iterable[Mapping[str, str]]] = field(default_factory=dict)
    # The fields of each list, which may have no item.
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def knows(self, name: str) -> bool:
        """Whether there is a value, or a field of a list, of that name."""
        owner, dot, part = name.partition(".")
        return part in self.fields.get(owner, ()) if dot else name in self.single

    @property
    def names(self) -> Iterator[str]:
        """All names."""
        yield from self.single
        for owner, parts in self.fields.items():
            yield from (f"{owner}.{part}" for part in parts)


def filled(template: bytes, values: Values, when: datetime, language: Language) -> bytes:
    """Return the Word document `template` with its placeholders filled.

    Args:
        when: is noted as the time of its making.

    Raises:
        UsageError: it is no Word document, or has a placeholder that is unknown, unfinished, or
            of a list but in no row of a table; names it.
    """
    try:
        document = docx.Document(io.BytesIO(template))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        raise UsageError(INTERFACE["template.broken"]) from None
    stories = [
        part.element
        for part in document.part.package.iter_parts()
        if isinstance(part, XmlPart) and str(part.partname).startswith("/word/")
    ]
    unknown = dict.fromkeys(name for story in stories for name in _unknown(story, values))
    if unknown:
        told = "、".join(f"“{name}”" for name in unknown)
        known = "、".join(values.names)
        raise UsageError(INTERFACE["template.unknown"].fill(names=told, known=known))
    for story in stories:
        _check(story)
    nothing = INTERFACE["run.none"].of(language)
    repeated: list[_Repeated] = []
    for story in stories:
        for row in reversed(list(story.iter(_TR))):  # those inside others first
            if _inside_list(row):
                _repeat(row, values, nothing)
            else:
                _postpone(row, values, nothing, repeated)
        for paragraph in story.iter(_P):
            _fill(paragraph, values.single)
    properties = document.core_properties
    plain = when.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = plain
    file = io.BytesIO()
    document.save(file)
    return _packed(file.getvalue(), repeated)


def _packed(package: bytes, repeated: Sequence[_Repeated]) -> bytes:
    """Return a package with the same entries, none of which tells when it was written.

    Where a mark stands the rows come that it stands for.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            told = zipfile.ZipInfo(entry.filename, _TIME)
            told.compress_type = zipfile.ZIP_DEFLATED
            rest = old.read(entry)
            with new.open(told, "w") as stream:
                while repeated and (mark := _ROWS.search(rest)) is not None:
                    stream.write(rest[: mark.start()])
                    for row in repeated[int(mark[1])].rows():
                        stream.write(row)
                    rest = rest[mark.end() :]
                stream.write(rest)
    return made.getvalue()


def _unknown(story: Any, values: Values) -> Iterator[str]:
    """Yield the placeholders of a story for which there is no value."""
    for paragraph in story.iter(_P):
        names = _MARK.findall(_text(paragraph))
        yield from (name for name in names if not values.knows(name))


def _check(story: Any) -> None:
    """Refuse placeholders that cannot be filled.

    Raises:
        UsageError: names the placeholder.
    """
    for paragraph in story.iter(_P):
        text = _text(paragraph)
        names = _MARK.findall(text)
        if _BROKEN.search(_MARK.sub("", text)):
            raise UsageError(INTERFACE["template.unfinished"].fill(text=_near(text)))
        row = next(paragraph.iterancestors(_TR), None)
        for name in names:
            if "." in name and row is None:
                raise UsageError(INTERFACE["template.no-row"].fill(name=name))
        if row is not None and len(owners := _owners(row)) > 1:
            told = "、".join(sorted(owners))
            raise UsageError(INTERFACE["template.two-lists"].fill(names=told))


def _near(text: str) -> str:
    """The text around the first brace that has no partner."""
    found = _BROKEN.search(_MARK.sub(lambda mark: "·" * len(mark[0]), text))
    start = found.start() if found is not None else 0
    return text[max(start - 5, 0) : start + 15]


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A row that stands once for each item of a list.

    `scope` are the namespaces that the place of the row knows, by prefix.
    """

    row: Any
    owner: str
    values: Values
    nothing: str
    scope: Mapping[str | None, str]

    def copies(self) -> Iterator[Any]:
        """Yield a filled copy of the row for each item; one that says so where there is none."""
        row, owner = self.row, self.owner
        marked = [number for number, p in enumerate(row.iter(_P)) if _MARK.search(_text(p))]
        for item in self._items():
            told = {**self.values.single, **{f"{owner}.{k}": text for k, text in item.items()}}
            added = copy.deepcopy(row)
            paragraphs = list(added.iter(_P))
            for number in marked:
                _fill(paragraphs[number], told)
            yield added

    def rows(self) -> Iterator[bytes]:
        """Yield the copies as they stand in a part."""
        known = [
            f' xmlns{":" if prefix else ""}{prefix or ""}="{uri}"'.encode()
            for prefix, uri in self.scope.items()
        ]
        for added in self.copies():
            _, _, text = serialize_part_xml(added).partition(b"?>")
            head, end, rest = text.lstrip().partition(b">")
            for declared in known:
                head = head.replace(declared, b"", 1)
            yield head + end + rest

    def _items(self) -> Iterator[Mapping[str, str]]:
        items = iter(self.values.lists.get(self.owner, ()))
        first = next(items, None)
        if first is not None:
            yield first
            yield from items
            return
        name = next(name for name in _names(self.row) if "." in name)
        empty = dict.fromkeys(self.values.fields[self.owner], "")
        yield {**empty, name.partition(".")[2]: self.nothing}


def _repeat(row: Any, values: Values, nothing: str) -> None:
    """Put a filled copy of a row in its place for each item of the list that it names."""
    for owner in _owners(row):
        for added in _Repeated(row, owner, values, nothing, {}).copies():
            row.addprevious(added)
        row.getparent().remove(row)


def _postpone(row: Any, values: Values, nothing: str, repeated: list[_Repeated]) -> None:
    """Put a mark in the place of a row that names a list, and note what it stands for."""
    for owner in _owners(row):
        scope = dict(row.getparent().nsmap)
        mark = OxmlElement("w:tr")
        mark.set(_ID, f"markscan-rows-{len(repeated)}")
        row.addprevious(mark)
        row.getparent().remove(row)
        repeated.append(_Repeated(row, owner, values, nothing, scope))


def _inside_list(row: Any) -> bool:
    """Tell whether a row lies in one that is itself repeated."""
    return any(_owners(outer) for outer in row.iterancestors(_TR))


def _owners(row: Any) -> set[str]:
    """The lists that are named in a row itself, not in a row inside it."""
    return {name.partition(".")[0] for name in _names(row) if "." in name}


def _names(row: Any) -> list[str]:
    return [
        name
        for paragraph in row.iter(_P)
        if next(paragraph.iterancestors(_TR)) is row
        for name in _MARK.findall(_text(paragraph))
    ]


def _fill(paragraph: Any, values: Mapping[str, str]) -> None:
    """Put values in the place of the placeholders of a paragraph that `values` knows."""
    texts = _texts(paragraph)
    whole = "".join(each.text or "" for each in texts)
    for mark in reversed(list(_MARK.finditer(whole))):
        if mark[1] in values:
            _replace(texts, mark.start(), mark.end(), values[mark[1]])
    for text in texts:
        if text.text and "\n" in text.text:
            _break(text)


def _replace(texts: list[Any], start: int, end: int, value: str) -> None:
    """Put `value` in the place of [start, end) of the joined texts, into the first of them."""
    at = 0
    for text in texts:
        old = text.text or ""
        low, high = max(start - at, 0), min(end - at, len(old))
        if low < high:
            text.text = old[:low] + value + old[high:]
            text.set(_SPACE, "preserve")
            value = ""
        at += len(old)


def _break(text: Any) -> None:
    """Make line breaks of the line feeds in a text."""
    first, *rest = text.text.split("\n")
    text.text = first
    after = text
    for line in rest:
        for tag, told in (("w:br", None), ("w:t", line)):
            added = OxmlElement(tag)
            added.text = told
            after.addnext(added)
            after = added
        after.set(_SPACE, "preserve")


def _text(paragraph: Any) -> str:
    return "".join(each.text or "" for each in _texts(paragraph))


def _texts(paragraph: Any) -> list[Any]:
    """The texts of a paragraph, without those of a text box in it."""
    return [each for each in paragraph.iter(_T) if next(each.iterancestors(_P)) is paragraph]
