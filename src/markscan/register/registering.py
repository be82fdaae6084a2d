"""Prepares a document for the register: what of it can be protected, and what cannot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

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
from markscan.register.names import SHORTEST, Names, sought
from markscan.register.public import in_formulas, is_public, stands_public
from markscan.register.register import Register, numbered
from markscan.register.rows import compile_rows
from markscan.wording import REGISTER, Text

_LITTLE = 0.5  # part of the text that should be protected, at least
_LINE = re.compile(r"(?:^|\n)(?=[^\n]*\w)")
_MOST_LINES = 20_000  # of one document; what comes behind is told by its part of the whole
_NEARLY_ALL = 0.9  # of the pieces of a text, from which on it is a public one
_FEW_WORDS = 10  # words in a row that are found, at least (match/word_chain.py)


Places = NDArray[np.intp]
Mask = NDArray[np.bool_]


class Formal(Protocol):
    """Tells which pieces of a text, by the ideograph they begin at, are formality."""

    def addressed(self, places: Places) -> Mask:
        """Which stand by half or more in the addressees (主送机关)."""

    def holds(self, places: Places) -> Mask:
        """Which stand by half or more in anything of the form: these, head, signature, date."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be added, and what its owner should know of it.

    `useless` says why nothing of it can ever be found: such a document is refused. None else.
    """

    addition: Addition
    warnings: tuple[Text, ...]
    useless: Text | None = None

    @property
    def usable(self) -> bool:
        """Whether anything of it can be found."""
        return self.useless is None


@dataclass(frozen=True, eq=False)
class _Taken:
    """Fingerprints, each once, with the place of each.

    `public` is the part of the selected pieces that are left out since they stand in public text
    or are formality, `repeated` the part that stands more than once, each but for the first time.
    """

    tags: NDArray[np.uint64]
    places: NDArray[np.int64]
    public: float = 0.0
    repeated: float = 0.0


def prepare(
    entry: Entry,
    text: str,
    prints: Prints,
    points: Sequence[tuple[str, str]] = (),
    *,
    public: bool = False,
    form: Formal | None = None,
) -> Prepared:
    """Return `entry` with the fingerprints of `text`, without those of public text.

    The title of what is a public document all but its marking is left out as well: whoever
    cites that means the public one.

    Args:
        entry: as the office describes the document; sizes and places are filled in.
        text: all that a reader sees of it.
        prints: makes the fingerprints.
        points: 密点, each as (passage, code of its level); sought in `text`.
        public: keep those of public text as well, as for a document that will be published.
        form: tells what of `text` is formality; None: nothing. Addressees are left out. Head and
            signature are too where nothing else is left; else they stay, so that a copy is known
            from end to end, and a scan makes nothing of them by themselves.

    Raises:
        LexiconError: the table of public text is missing or damaged.
    """
    han = HanText(text)
    in_words = in_letters(text, len(han))
    read = WordText(text) if in_words else han
    taken = _taken(read, prints, form, public=public)
    open_title = not public and taken.public >= _NEARLY_ALL and stands_public(entry.title)
    title = "" if open_title else entry.title
    found, lost = _points(read, points)
    whole = replace(
        entry,
        size=len(read),
        kept=len(taken.tags),
        title=title,
        points=found,
        title_span=_span_of(read, title) or Span(0, 0),
        words=in_words,
        lines=_lines(read, text),
    )
    told = [*_warnings(whole, taken, lost), *_of_names(whole, open_title=open_title)]
    useless = None
    if not len(taken.tags) and not any(sought(whole)):
        useless = REGISTER["add.useless" if len(read) else "add.figures"]
    return Prepared(Addition(whole, taken.tags, taken.places), tuple(told), useless)


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
    read: HanText | WordText, prints: Prints, form: Formal | None, *, public: bool
) -> _Taken:
    """The fingerprints to be kept of a text."""
    if isinstance(read, WordText):
        every, blocks = word_pieces(read)
        all_tags = prints.tags(blocks)
        telling = seldom(all_tags, len(read))
        tags, first = np.unique(all_tags[telling], return_index=True)
        return _Taken(tags, every[telling][first])
    starts = select(read.units)
    chosen = pieces(read.units, starts)
    secret = np.ones(len(chosen), np.bool_)
    if not public and len(chosen):
        secret = ~is_public(chosen) & ~in_formulas(read, starts)
        if form is not None:
            secret &= ~form.addressed(starts)
            if form.holds(starts[secret]).all():
                secret[:] = False  # formality alone
    tags, first = np.unique(prints.tags(chosen[secret]), return_index=True)
    number, kept = max(len(chosen), 1), int(secret.sum())
    places = starts[secret][first].astype(np.int64)
    return _Taken(tags, places, 1 - kept / number, (kept - len(tags)) / number)


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
    wanted, text = _bytes(type(read)(passage)), _bytes(read)
    if not wanted or not text:  # figures alone
        return None
    size = len(text) // len(read)  # bytes of one of them
    at = text.find(wanted)
    while at >= 0 and at % size:
        at = text.find(wanted, at + 1)
    return Span(at // size, (at + len(wanted)) // size) if at >= 0 else None


def _bytes(read: HanText | WordText) -> bytes:
    if isinstance(read, WordText):
        return read.stems.astype("<u8").tobytes()
    return read.units.astype("<u2").tobytes()


def _warnings(entry: Entry, taken: _Taken, lost: list[int]) -> Iterable[Text]:
    few, kind = (_FEW_WORDS, "-words") if entry.words else (REACH, "")
    places = taken.places
    if not entry.size:
        yield REGISTER["warning.figures"]
    elif entry.size < few:
        yield REGISTER[f"warning.short{kind}"].fill(size=entry.size, least=few)
    elif not entry.kept:
        yield REGISTER["warning.public"]
    elif (part := _protected(entry, places)) < _LITTLE:
        said = "-repeated" if taken.repeated > taken.public else kind
        yield REGISTER[f"warning.little{said}"].fill(part=f"{part:.0%}")
    for point in entry.points:
        size = point.span.end - point.span.start
        inside = (places < point.span.end) & (places + few > point.span.start)
        if not inside.any() or (entry.words and size < few):
            yield REGISTER[f"warning.point-public{kind}"].fill(size=size)
    if lost:
        yield REGISTER["warning.point-lost"].fill(numbers="、".join(map(str, lost)))


def _of_names(entry: Entry, *, open_title: bool) -> Iterable[Text]:
    """Say which names of a document nobody will find, so that citing it stays unseen."""
    title, number = sought(entry)
    if open_title:
        yield REGISTER["warning.title-public"]
    elif not title:
        said = "title-short" if entry.title else "no-title"
        yield REGISTER[f"warning.{said}"].fill(least=SHORTEST)
    if not number:
        yield REGISTER["warning.number-odd" if entry.document_number else "warning.no-number"]


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
