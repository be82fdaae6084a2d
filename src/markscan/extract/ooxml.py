"""Reads what stands around the text of an Office document: properties, charts, diagrams.

Each reader yields what it finds in the XML of one part, and a problem where that is broken.
Properties: ECMA-376 part 2, 8 and part 1, 22.2-22.3; charts: part 1, 21.2; diagrams: 21.4.
"""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area, GivenName, Part, Place
from markscan.errors import DamagedFile
from markscan.extract.extractor import Item
from markscan.extract.markup import by_local_name, read_events

# app.xml: the rest are counts, versions and the outline Word repeats from the text.
_APPLICATION = frozenset(("Company", "Manager", "HyperlinkBase", "Template", "TitlesOfParts"))

# Elements of a chart whose values are words; a c:v elsewhere is a number.
_WORDS = frozenset(("strCache", "multiLvlStrCache", "strDim", "tx"))

# Most of a chart: its numbers and how it is drawn.
_WORDLESS = (b"c:numCache>", b"c:spPr>")


def read_core(data: bytes, name: str) -> Iterator[Item]:
    """Yield each core property, labelled with its local name. Dates are left out."""
    leaves, sound = _leaves(data)
    for path, text in leaves:
        if path[-1] not in ("created", "modified", "lastPrinted", "revision"):
            yield _property(text, path[-1])
    yield from _broken(name, sound)


def read_application(data: bytes, name: str) -> Iterator[Item]:
    """Yield the properties of app.xml that an author writes."""
    leaves, sound = _leaves(data)
    for path, text in leaves:
        label = path[1] if len(path) > 1 else path[0]
        if label in _APPLICATION:
            yield _property(text, label)
    yield from _broken(name, sound)


def read_custom(data: bytes, name: str) -> Iterator[Item]:
    """Yield custom properties, labelled with the name their author gave them."""
    labels: list[str] = []
    texts: list[list[str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(" ")[2] == "property":
            labels.append(by_local_name(attributes).get("name", ""))
            texts.append([])

    def chars(data: str) -> None:
        if texts:
            texts[-1].append(data)

    sound = read_events(data, start, None, chars)
    for label, pieces in zip(labels, texts, strict=True):
        text = "".join(pieces).strip()
        if text:
            yield _property(text, GivenName(label))
    yield from _broken(name, sound)


def read_settings(data: bytes, name: str) -> Iterator[Item]:
    """Yield document variables, labelled with their names."""
    found: list[Part] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(" ")[2] == "docVar":
            said = by_local_name(attributes)
            if said.get("val", "").strip():
                found.append(_property(said["val"], GivenName(said.get("name", ""))))

    sound = True
    if b"docVar" in data or b"\0" in data[:64]:
        sound = read_events(data, start)
    yield from found
    yield from _broken(name, sound)


def read_custom_xml(data: bytes, name: str, every_attribute: bool = False) -> Iterator[Item]:
    """Yield the text of an XML part of unknown vocabulary, labelled with the part's name.

    Of attributes those that hold more than ASCII, or all: names and schemas are no text.
    """
    pieces: list[str] = []

    def start(_element: str, attributes: dict[str, str]) -> None:
        said = (v for v in attributes.values() if every_attribute or not v.isascii())
        pieces.append("\n".join(["\n", *said, ""]))

    def end(_element: str) -> None:
        pieces.append("\n")

    sound = read_events(data, start, end, pieces.append)
    lines = map(str.strip, "".join(pieces).split("\n"))
    text = "\n".join(line for line in lines if line)
    if text:
        yield _property(text, name)
    yield from _broken(name, sound)


def read_graphic(data: bytes, name: str, seen: set[str]) -> Iterator[Item]:
    """Yield the words of a chart or diagram as one part, a paragraph or value a line.

    Args:
        data: a chart, a diagram's data, or the drawing made of it.
        name: of the part, its label.
        seen: lines already said by another part of the same graphic; grows.
    """
    if b"<!" not in data:  # which might hide where an element ends
        for element in _WORDLESS:
            data = _without(data, element)
    lines: list[str] = []
    current: list[str] = []
    state = {"text": 0, "cache": 0}

    def start(element: str, _attributes: dict[str, str]) -> None:
        space, _, local = element.rpartition(" ")
        if local in _WORDS:
            state["cache"] += 1
        elif (local == "t" and space.endswith("main")) or _is_value(local):
            state["text"] += 1

    def end(element: str) -> None:
        space, _, local = element.rpartition(" ")
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

    sound = read_events(data, start, end, chars)
    if current:
        lines.append("".join(current))
    fresh = [line for line in dict.fromkeys(lines) if line.strip() and line not in seen]
    seen.update(fresh)
    if fresh:
        yield Part("\n".join(fresh), Place(Area.TEXTBOX, None, name))
    yield from _broken(name, sound)


def _without(data: bytes, element: bytes) -> bytes:
    """Return XML without the elements of this name, where they end before the next begins."""
    first, *rest = data.split(b"<" + element)
    if not rest:
        return data
    kept = [first]
    for piece in rest:
        _, closing, behind = piece.partition(b"</" + element)
        kept.append(behind if closing else b"<" + element + piece)
    return b"".join(kept)


def _broken(name: str, sound: bool) -> Iterator[DamagedFile]:
    if not sound:
        yield DamagedFile("package.xml", part=name)


def _property(text: str, label: str) -> Part:
    return Part(text, Place(Area.PROPERTY, None, label))


def _leaves(data: bytes) -> tuple[list[tuple[list[str], str]], bool]:
    """Return the text of every element that has some, with the names of those around it.

    Also whether the XML is whole.
    """
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

    sound = read_events(data, start, end, pieces.append)
    return found, sound
