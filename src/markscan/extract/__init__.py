"""Turns a file into parts of text. One format family a file, listed here.

To add a format, write extract/NAME.py with a function `extract(source, budget)`, add it to
EXTRACTORS and teach sniff its first bytes. A module is loaded when its first file is met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from markscan.document import Layout, Page, Part
from markscan.errors import LimitExceeded, UnsupportedFormat
from markscan.extract.extractor import Budget, Extractor, Item, Limits, Recogniser
from markscan.source import Source

__all__ = [
    "EXTRACTORS",
    "OPTIONAL",
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
    _reads("plain", "text empty", 3),
    _reads("docx", "docx", 3, layout=True),
    _reads("xlsx", "xlsx", 1),
    _reads("pptx", "pptx", 1),
    _reads("odf", "odt ods odp odg odf xml-odf", 1),
    _reads("pdf", "pdf", 4, layout=True),
    _reads("ofd", "ofd", 1, layout=True),
    _reads("archive.zipped", "zip", 3),
    _reads("archive.sevenzip", "7z", 1),
    _reads("archive.rar", "rar", 1),
    _reads("archive.tar", "tar", 1),
    _reads("archive.streams", "gz bz2 xz lzma zst lz4", 1),
    _reads("archive.cabinets", "cab lzh", 1),
    _reads("archive.program", "exe", 1),
    _reads("picture", "png jpg gif tiff bmp webp emf wmf", 1),
    _reads("locked", "encrypted-ooxml", 1),
    _reads("ole.word", "ole-doc", 1),
    _reads("ole.excel", "ole-xls xls-biff", 1),
    _reads("ole.powerpoint", "ole-ppt", 1),
    _reads("ole.stray", "ole", 1),
    _reads("rtf", "rtf", 1),
    _reads("html", "html", 1),
    _reads("flat_xml", "xml xml-word2003 xml-package xml-excel2003 xml-uof", 1),
    _reads("mail.message", "eml mht", 1),
    _reads("mail.mbox", "mbox", 1),
    _reads("mail.outlook", "ole-msg", 1),
    _reads("mail.tnef", "tnef", 1),
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
    return all(find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2", "PIL"))


def load_recogniser() -> Recogniser | None:
    """Return what reads pictures; None where the optional group `ocr` is not installed."""
    if not ocr_installed():
        return None
    found: Recogniser = import_module("markscan.extract.ocr").load()
    return found


def libarchive_installed() -> bool:
    """Tell whether the system has libarchive, which unpacks RAR and rare methods."""
    found: bool = import_module("markscan.extract.archive.foreign").installed()
    return found


# What a scan can do without, each with what tells whether it is installed.
OPTIONAL: dict[str, Callable[[], bool]] = {"ocr": ocr_installed, "libarchive": libarchive_installed}


def layout(source: Source, format: str, budget: Budget) -> Layout | None:
    """Return how the first pages of `source` are set; None where its format does not tell.

    Raises:
        UnreadError: it cannot be read.
    """
    extractor = _BY_FORMAT.get(format)
    return None if extractor is None else extractor.layout(source, budget)


def _within(budget: Budget, items: Iterator[Item]) -> Iterator[Item]:
    """Pass `items` on while the document stays within its limits, and charge the budget."""
    limits = budget.limits
    characters = parts = pages = 0
    try:
        for item in items:
            if isinstance(item, Part):
                parts += 1
                characters += len(item.text)
                if parts > limits.parts:
                    raise LimitExceeded("limit.parts", allowed=limits.parts)
                if characters > limits.text_characters:
                    over = characters - limits.text_characters
                    yield item._replace(text=item.text[: max(len(item.text) - over, 0)])
                    raise LimitExceeded("limit.characters", allowed=limits.text_characters)
            elif isinstance(item, Page):
                pages += 1
                if pages > limits.pages:
                    raise LimitExceeded("limit.pages", allowed=limits.pages)
            yield item
    finally:
        budget.spend(characters, parts, pages)
