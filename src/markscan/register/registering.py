"""Prepares a document for the register: what of it can be protected, and what cannot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from markscan.document import Span
from markscan.fingerprint import (
    REACH,
    HanText,
    Prints,
    WordText,
    in_letters,
    pieces,
    seldom,
    select,
    word_pieces,
)
from markscan.register.book import Addition
from markscan.register.entry import Entry, Point
from markscan.register.keys import Key
from markscan.register.names import SHORTEST, Names
from markscan.register.public import is_public
from markscan.register.register import Register, numbered
from markscan.register.rows import compile_rows
from markscan.wording import REGISTER, Text

_LITTLE = 0.5  # part of the text that should be protected, at least
_LINE = re.compile(r"(?:^|\n)(?=[^\n]*\w)")
_MOST_LINES = 20_000  # of one document; what comes behind is told by its part of the whole
_FEW_WORDS = 10  # words in a row that are found, at least (match/word_chain.py)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be added, and what its owner should know of it.

    `usable` is false where nothing of it can ever be found: such a document is refused.
    """

    addition: Addition
    warnings: tuple[Text, ...]
    usable: bool


def prepare(
    entry: Entry,
    text: str,
    prints: Prints,
    points: Sequence[tuple[str, str]] = (),
    *,
    public: bool = False,
) -> Prepared:
    """Return `entry` with the fingerprints of `text`, without those of public text.

    Args:
        entry: as the office describes the document; sizes and places are filled in.
        text: all that a reader sees of it.
        prints: makes the fingerprints.
        points: 密点, each as (passage, code of its level); sought in `text`.
        public: keep those of public text as well, as for a document that will be published.

    Raises:
        LexiconError: the table of public text is missing or damaged.
    """
    han = HanText(text)
    in_words = in_letters(text, len(han))
    read = WordText(text) if in_words else han
    tags, places = _taken(read, prints, public=public)
    found, lost = _points(read, points)
    whole = replace(
        entry,
        size=len(read),
        kept=len(tags),
        points=found,
        title_span=_span_of(read, entry.title) or Span(0, 0),
        words=in_words,
        lines=_lines(read, text),
    )
    told = list(_warnings(whole, places, lost))
    named = len(HanText(entry.title)) >= SHORTEST or bool(entry.document_number)
    return Prepared(Addition(whole, tags, places), tuple(told), bool(len(tags)) or named)


def register_of(additions: Iterable[Addition], key: Key) -> Register:
    """Return a register of `additions` in memory; their entries have their numbers already."""
    added = list(additions)
    none = [np.zeros(0, np.uint64)]
    tags = np.concatenate([each.tags for each in added] or none)
    payload = [each.places.astype(np.uint64) | np.uint64(each.entry.number << 32) for each in added]
    prints = Prints(key.prints, key.cipher)
    index = compile_rows(prints, tags, np.concatenate(payload or none))
    entries = [each.entry for each in added]
    return Register(numbered(entries), index, prints, Names.of(entries, key.names), key.id)


def _taken(
    read: HanText | WordText, prints: Prints, *, public: bool
) -> tuple[np.ndarray, np.ndarray]:
    """The fingerprints to be kept of a text, each once, and the place of each."""
    if isinstance(read, WordText):
        every, blocks = word_pieces(read)
        all_tags = prints.tags(blocks)
        telling = seldom(all_tags, len(read))
        tags, first = np.unique(all_tags[telling], return_index=True)
        return tags, every[telling][first]
    starts = select(read.units)
    chosen = pieces(read.units, starts)
    secret = np.ones(len(chosen), np.bool_) if public else ~is_public(chosen)
    tags, first = np.unique(prints.tags(chosen[secret]), return_index=True)
    return tags, starts[secret][first].astype(np.int64)


def _lines(read: HanText | WordText, text: str) -> tuple[int, ...]:
    """Where the lines of a text begin, those that are not blank, in ideographs or words."""
    breaks = [found.end() for found in _LINE.finditer(text)][:_MOST_LINES]
    origin = read.starts if isinstance(read, WordText) else read.origin
    return tuple(np.searchsorted(origin, np.array(breaks, np.intp)).tolist())


def _points(
    read: HanText | WordText, points: Sequence[tuple[str, str]]
) -> tuple[tuple[Point, ...], list[int]]:
    """The 密点 that stand in the text, and the numbers, from 1, of those that do not."""
    found, lost = [], []
    for number, (passage, level) in enumerate(points, start=1):
        span = _span_of(read, passage)
        if span is None:
            lost.append(number)
        else:
            found.append(Point(span, level))
    return tuple(found), lost


def _span_of(read: HanText | WordText, passage: str) -> Span | None:
    """Where the ideographs or words of `passage` stand first in a text; None if they do not."""
    sought, text = _bytes(type(read)(passage)), _bytes(read)
    size = len(text) // max(len(read), 1)  # bytes of one of them
    at = text.find(sought)
    while at >= 0 and at % size:
        at = text.find(sought, at + 1)
    return Span(at // size, (at + len(sought)) // size) if sought and at >= 0 else None


def _bytes(read: HanText | WordText) -> bytes:
    if isinstance(read, WordText):
        return read.stems.astype("<u8").tobytes()
    return read.units.astype("<u2").tobytes()


def _warnings(entry: Entry, places: np.ndarray, lost: list[int]) -> Iterable[Text]:
    few, kind = (_FEW_WORDS, "-words") if entry.words else (REACH, "")
    if entry.size < few:
        yield REGISTER[f"warning.short{kind}"].fill(size=entry.size, least=few)
    elif not entry.kept:
        yield REGISTER["warning.public"]
    elif (part := _protected(entry, places)) < _LITTLE:
        yield REGISTER[f"warning.little{kind}"].fill(part=f"{part:.0%}")
    for point in entry.points:
        size = point.span.end - point.span.start
        inside = (places < point.span.end) & (places + few > point.span.start)
        if not inside.any() or (entry.words and size < few):
            yield REGISTER[f"warning.point-public{kind}"].fill(size=size)
    if lost:
        yield REGISTER["warning.point-lost"].fill(numbers="、".join(map(str, lost)))


def _protected(entry: Entry, places: np.ndarray) -> float:
    """The part of the text in which an excerpt of `REACH` ideographs is found.

    Of words, the part that stands in a kept pair.
    """
    if entry.words:
        return len(np.unique(places)) / max(entry.size, 1)
    near = np.zeros(entry.size + 1, np.int64)
    np.add.at(near, np.maximum(places - REACH + 8, 0), 1)
    np.add.at(near, np.minimum(places + REACH, entry.size), -1)
    return float(np.count_nonzero(np.cumsum(near)[:-1] > 0)) / max(entry.size, 1)
