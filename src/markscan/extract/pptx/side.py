"""Reads the small parts of a presentation: comments, authors, tags, old drawings.

ECMA-376 part 1, 19.4 (comments) and 19.3.3 (tags); [MS-PPTX] 2.16 (comments of 2018).
"""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area, GivenName, Part, Place
from markscan.errors import DamagedFile
from markscan.extract.extractor import Item
from markscan.extract.markup import by_local_name, read_events


def read_comments(data: bytes, label: str, page: int | None) -> Iterator[Part]:
    """Yield each comment or reply of either kind."""
    texts: list[list[str]] = []
    state = {"open": 0}

    def start(name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local in ("cm", "reply"):
            texts.append([])
        elif local in ("text", "t"):
            state["open"] += 1

    def end(name: str) -> None:
        local = name.rpartition(" ")[2]
        if local in ("text", "t"):
            state["open"] -= 1
        elif local == "p" and texts:
            texts[-1].append("\n")

    def chars(text: str) -> None:
        if state["open"] > 0 and texts:
            texts[-1].append(text)

    read_events(data, start, end, chars)
    for pieces in texts:
        text = "".join(pieces).strip("\n")
        if text and not text.isspace():
            yield Part(text, Place(Area.COMMENT, page, label))


def read_authors(data: bytes, part_name: str) -> Iterator[Item]:
    """Yield the names of those who wrote comments."""
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] in ("cmAuthor", "author"):
            found.append(by_local_name(attributes).get("name", ""))

    sound = read_events(data, start)
    for text in dict.fromkeys(found):
        if text:
            yield Part(text, Place(Area.PROPERTY, None, "comment author"))
    if not sound:
        yield DamagedFile("package.xml", part=part_name)


def read_tags(data: bytes, part_name: str) -> Iterator[Item]:
    """Yield the tags that programs have put on slides and shapes, labelled with their names."""
    found: list[Part] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "tag":
            said = by_local_name(attributes)
            place = Place(Area.PROPERTY, None, GivenName(said.get("name", "")))
            found.append(Part(said.get("val", ""), place))

    sound = read_events(data, start)
    yield from (part for part in found if part.text.strip())
    if not sound:
        yield DamagedFile("package.xml", part=part_name)


def read_old_drawing(data: bytes, label: str, page: int | None) -> Iterator[Part]:
    """Yield the words of a VML drawing, which stands in for an object in old programs."""
    lines: list[str] = []

    def start(_name: str, attributes: dict[str, str]) -> None:
        said = by_local_name(attributes)
        lines.extend(said[key] for key in ("string", "alt", "title") if said.get(key))
        lines.append("")

    def chars(text: str) -> None:
        lines.append(lines.pop() + text if lines else text)

    read_events(data, start, lambda _name: lines.append(""), chars)
    text = "\n".join(line.strip() for line in lines if line and not line.isspace())
    if text:
        yield Part(text, Place(Area.HIDDEN, page, label))
