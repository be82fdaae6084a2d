"""Turns a file into parts of text. One format family a file, listed here.

To add a format, write extract/NAME.py with a function `extract(source, budget)`, add it to
EXTRACTORS and teach sniff its first bytes. A module is loaded when its first file is met.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

from markscan.document import Layout, Page, Part
from markscan.errors import LimitExceeded, UnsupportedFormat
from markscan.extract.extractor import Budget, Extractor, Item, Limits, Recogniser
from markscan.source import Source

__all__ = [
    "EXTRACTORS",
    "Budget",
    "Extractor",
    "Item",
    "Limits",
    "Recogniser",
    "extract",
    "layout",
    "load_recogniser",
    "ocr_installed",
]


def _reads(name: str, formats: str, version: int, *, layout: bool = False) -> Extractor:
    return Extractor(name, frozenset(formats.split()), version, layout)


EXTRACTORS: tuple[Extractor, ...] = (
    _reads("plain", "text empty", 2),
    _reads("docx", "docx", 2),
    _reads("pdf", "pdf", 2),
    _reads("archive", "zip", 2),
    _reads("closed", "png jpg gif tiff bmp webp encrypted-ooxml", 2),
)

_BY_FORMAT = {name: extractor for extractor in EXTRACTORS for name in extractor.formats}


def extract(source: Source, format: str, budget: Budget) -> Iterator[Item]:
    """Yield the text of `source` and the files inside it, in reading order.

    Raises:
        UnreadError: it could not be read to its end. What was yielded before stands.
    """
    budget.enter(source)
    extractor = _BY_FORMAT.get(format)
    if extractor is None:
        raise UnsupportedFormat("unsupported", format=format)
    yield from _within(budget, extractor.extract(source, budget))


def ocr_installed() -> bool:
    """Tell whether pictures can be read: whether the optional group `ocr` is installed."""
    return find_spec("rapidocr") is not None


def load_recogniser() -> Recogniser | None:
    """Return what reads pictures; None where the optional group `ocr` is not installed."""
    if not ocr_installed():
        return None
    found: Recogniser | None = import_module("markscan.extract.ocr").load()
    return found


def layout(source: Source, format: str, budget: Budget) -> Layout | None:
    """Return how the first pages of `source` are set; None where its format does not tell.

    Raises:
        UnreadError: it cannot be read.
    """
    extractor = _BY_FORMAT.get(format)
    return None if extractor is None else extractor.layout(source, budget)


def _within(budget: Budget, items: Iterator[Item]) -> Iterator[Item]:
    """Pass `items` on while one document, and all that lie in one file, stay within limits."""
    limits = budget.limits
    characters = parts = pages = 0
    for item in items:
        if isinstance(item, Part):
            parts += 1
            characters += len(item.text)
            budget.parts += 1
            budget.characters += len(item.text)
            if parts > limits.parts or budget.parts > limits.total_parts:
                raise LimitExceeded("limit.parts", allowed=min(limits.parts, limits.total_parts))
            if characters > limits.text_characters or budget.characters > limits.total_characters:
                allowed = min(limits.text_characters, limits.total_characters)
                over = max(
                    characters - limits.text_characters, budget.characters - limits.total_characters
                )
                yield replace(item, text=item.text[: max(len(item.text) - over, 0)])
                raise LimitExceeded("limit.characters", allowed=allowed)
        elif isinstance(item, Page):
            pages += 1
            budget.pages += 1
            if pages > limits.pages or budget.pages > limits.total_pages:
                raise LimitExceeded("limit.pages", allowed=min(limits.pages, limits.total_pages))
        yield item
