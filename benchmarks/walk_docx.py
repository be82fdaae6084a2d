"""The least that a checker on python-docx does: all runs of a Word file, with their fonts.

`python walk_docx.py FILE` prints what `walk` returns; it loads nothing but python-docx.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

_MARKING = re.compile("[绝机秘]密[★☆][0-9]+年")


def walk(path: str) -> tuple[int, int, int]:
    """Return the characters, the markings and the fonts (name and size) of the file at `path`."""
    document = docx.Document(path)
    characters = markings = 0
    fonts: set[tuple[object, ...]] = set()
    for paragraph in _paragraphs(document):
        text = paragraph.text
        characters += len(text)
        markings += len(_MARKING.findall(text))
        for run in paragraph.runs:
            fonts.add((*_font(run), run.font.size, run.font.bold, paragraph.alignment))
    return characters, markings, len(fonts)


def _paragraphs(document: Any) -> Iterator[Any]:
    for section in document.sections:
        yield from section.header.paragraphs
        yield from section.footer.paragraphs
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def _font(run: Any) -> tuple[object, object]:
    """The name of the font of Latin letters, and that of Chinese characters."""
    properties = run._r.rPr
    fonts = None if properties is None else properties.rFonts
    return run.font.name, None if fonts is None else fonts.get(qn("w:eastAsia"))


if __name__ == "__main__":
    print(*walk(sys.argv[1]))
