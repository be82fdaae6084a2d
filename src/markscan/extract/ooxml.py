"""Reads what stands around the text of an Office document: properties, charts, diagrams.

Properties: ECMA-376 part 2, 8 and part 1, 22.2-22.3; charts: part 1, 21.2; diagrams: 21.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.extract.markup import by_local_name, read_events

# app.xml: the rest are counts, versions and the outline Word repeats from the text.
_APPLICATION = frozenset(("Company", "Manager", "HyperlinkBase", "Template", "TitlesOfParts"))

# Elements of a chart whose values are words; a c:v elsewhere is a number.
_WORDS = frozenset(("strCache", "multiLvlStrCache", "strDim", "tx"))

# Most of a chart: its numbers and how it is drawn.
_NUMBERS = re.compile(rb"<c:(numCache|spPr)>(?:(?!<!|</c:\1>|<c:\1>).)*</c:\1>", re.DOTALL)


def read_core(data: bytes) -> Iterator[Part]:
    """Yield each core property, labelled with its local name. Dates are left out."""
    for path, text in _leaves(data):
        if path[-1] not in ("created", "modified", "lastPrinted", "revision"):
            yield _property(text, path[-1])


def read_application(data: bytes) -> Iterator[Part]:
    """Yield the properties of app.xml that an author writes."""
    for path, text in _leaves(data):
        name = path[1] if len(path) > 1 else path[0]
        if name in _APPLICATION:
            yield _property(text, name)


def read_custom(data: bytes) -> Iterator[Part]:
    """Yield custom properties, labelled with the name their author gave them."""
    names: list[str] = []
    texts: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "property":
            names.append(by_local_name(attributes).get("name", ""))
            texts.append("")

    def chars(data: str) -> None:
        if texts and len(texts[-1]) < 1 << 20:
            texts[-1] += data

    read_events(data, start, None, chars)
    for name, text in zip(names, texts, strict=True):
        yield _property(text.strip(), name)


def read_settings(data: bytes) -> Iterator[Part]:
    """Yield document variables, labelled with their names."""
    found: list[Part] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "docVar":
            said = by_local_name(attributes)
            found.append(_property(said.get("val", ""), said.get("name", "")))

    if b"docVar" in data or b"\0" in data[:64]:
        read_events(data, start)
    yield from found


def read_custom_xml(data: bytes, label: str, every_attribute: bool = False) -> Iterator[Part]:
    """Yield the text of an XML part of unknown vocabulary, labelled with the part's name.

    Of attributes those that hold more than ASCII, or all: names and schemas are no text.
    """
    lines: list[str] = []

    def start(_name: str, attributes: dict[str, str]) -> None:
        lines.extend(v for v in attributes.values() if every_attribute or not v.isascii())
        lines.append("")

    def end(_name: str) -> None:
        lines.append("")

    def chars(data: str) -> None:
        if lines:
            lines.append(lines.pop() + data)

    read_events(data, start, end, chars)
    text = "\n".join(line.strip() for line in lines if line and not line.isspace())
    if text:
        yield _property(text, label)


def read_graphic(data: bytes, label: str, seen: set[str]) -> Iterator[Part]:
    """Yield the words of a chart or diagram as one part, a paragraph or value a line.

    Args:
        data: a chart, a diagram's data, or the drawing made of it.
        label: the part's name.
        seen: lines already said by another part of the same graphic; grows.
    """
    data = _NUMBERS.sub(b"", data)
    lines: list[str] = []
    current: list[str] = []
    state = {"text": 0, "cache": 0}

    def start(name: str, _attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if local in _WORDS:
            state["cache"] += 1
        elif (local == "t" and space.endswith("main")) or _is_value(local):
            state["text"] += 1

    def end(name: str) -> None:
        space, _, local = name.rpartition(" ")
        if local in _WORDS:
            state["cache"] -= 1
        elif (local == "t" and space.endswith("main")) or _is_value(local):
            state["text"] -= 1
        if local in ("p", "v", "pt", "strDim") and current:
            lines.append("".join(current))
            current.clear()

    def _is_value(local: str) -> bool:
        return local in ("v", "pt") and state["cache"] > 0

    def chars(data: str) -> None:
        if state["text"] > 0:
            current.append(data)

    read_events(data, start, end, chars)
    if current:
        lines.append("".join(current))
    fresh = [line for line in dict.fromkeys(lines) if line.strip() and line not in seen]
    seen.update(fresh)
    if fresh:
        yield Part("\n".join(fresh), Place(Area.TEXTBOX, None, label))


def _property(text: str, label: str) -> Part:
    return Part(text, Place(Area.PROPERTY, None, label))


def _leaves(data: bytes) -> list[tuple[list[str], str]]:
    """Return the text of every element that has some, with the names of those around it."""
    found: list[tuple[list[str], str]] = []
    path: list[str] = []
    pieces: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        pieces.clear()
        path.append(name.rpartition(" ")[2])

    def end(_name: str) -> None:
        text = "".join(pieces).strip()
        if text and len(path) < 64:
            found.append((path.copy(), text))
        pieces.clear()
        path.pop()

    read_events(data, start, end, pieces.append)
    return found
