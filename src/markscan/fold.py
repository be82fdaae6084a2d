"""Fold: text to the one form in which it is matched, and the way back.

Per character, by the table of lexicons/fold: compatibility forms (NFKC, but the stars and
separators of markings stay), lower case, traditional and variant ideographs to simplified
ones. Dropped: invisible characters, white space between ideographs, pinyin in parentheses
after an ideograph. U+0000 is a border: never dropped, and nothing joins across it.

Every folded character comes from exactly one character of the text, and folding twice
changes nothing more. Accents written as marks of their own are not composed, since that
would make one character out of two.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, reduce
from itertools import compress
from operator import or_
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from markscan import data
from markscan.document import Span
from markscan.errors import LexiconError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Units = NDArray[np.uint32]
    Indexes = NDArray[np.intp]

# A unit of the table is a code point, or a number of an expansion, below one of these bits.
_CODE = 0x1FFFFF
_SPACE = 1 << 21
_DROPPED = 1 << 22
_TONE = 1 << 23
_MANY = 1 << 24
_BITS = (0, _DROPPED, _SPACE, _TONE, _MANY)  # by the kinds of table.npz

_UNICODE = 0x110000
_ARRAYS = ("gap", "target", "kind", "expansion", "expansion_length")
_LF, _CR = 10, 13
_PINYIN = 18  # characters of a syllable at most: six letters with two marks each
_SHORT = 64  # characters; below, a plain loop beats twenty calls of numpy

# Unified ideographs, the compatibility ideographs that NFKC keeps, 々 and 〇.
_HAN = (
    *((0x3005, 0x3006), (0x3007, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000)),
    *((0xF900, 0xFB00), (0x20000, 0x323B0)),
)

_ASCII = bytes(range(256)).lower()
_ASCII = _ASCII.translate(bytes.maketrans(b"\t\v\f\x1c\x1d\x1e\x1f", b" \n\n\n\n\n "))
# Control characters that the table drops, and \r, whose fold depends on what follows.
_ASCII_HARD = bytes([*range(1, 9), _CR, *range(14, 28), 127])


@dataclass(frozen=True, eq=False)
class Folded:
    """A folded text and the way back to the text it was folded from."""

    text: str
    _length: int = field(repr=False)  # of the original text
    _kept: NDArray[np.bool_] | list[bool] | None = field(repr=False)  # expanded text; None: all
    _extra: Indexes | None = field(repr=False)  # where the expanded text repeats an origin

    @cached_property
    def origin(self) -> NDArray[np.intp]:
        """For every folded character, the index of its character in the original text.

        Never decreases. Computed at the first call; do not write to it.
        """
        import numpy as np

        if self._extra is None:
            return np.arange(self._length) if self._kept is None else np.flatnonzero(self._kept)
        length = self._length + len(self._extra)
        bounds = np.concatenate(([0], self._extra, [length]))
        index = np.arange(length) - np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        return index if self._kept is None else index[self._kept]

    def unfold(self, span: Span) -> Span:
        """Return the span of the original text that `span` of the folded text came from.

        Both half-open, in code points. The result starts at the origin of the first folded
        character and ends after that of the last: dropped characters between them are
        inside, those around them outside. An empty span gives the empty span at the origin
        of the character after it; at the end, the end of the original text.

        Raises:
            ValueError: if `span` ends after the folded text.
        """
        if span.end > len(self.text):
            raise ValueError(f"span ends at {span.end}, folded text at {len(self.text)}")
        if span.start == len(self.text):
            return Span(self._length, self._length)
        if self._kept is None and self._extra is None:
            return span
        start = int(self.origin[span.start])
        return Span(start, int(self.origin[span.end - 1]) + 1 if span.end > span.start else start)


class _Known(dict[str, int]):
    """Units by character, as plain numbers: quicker one by one than the array."""

    def __init__(self, units: Units) -> None:
        super().__init__()
        self._all = units

    def __missing__(self, char: str) -> int:
        if len(self) > 20_000:
            self.clear()
        unit = self[char] = int(self._all[ord(char)])
        return unit


@dataclass(frozen=True, slots=True)
class _Table:
    units: Units  # by code point
    expansions: Units  # one after the other
    starts: Indexes  # of each expansion in `expansions`
    lengths: Indexes
    han: NDArray[np.bool_]  # by code point
    known: _Known
    pinyin: re.Pattern[str]


def fold(text: str) -> Folded:
    """Return `text` folded, as the first lines of this module say.

    White space that stays becomes " ", or "\\n" where it ends a line (line feed, vertical
    tab, form feed, U+0085, U+2028, U+2029); "\\r\\n" becomes "\\n", a lone "\\r" too.
    Pinyin is one to six Latin letters with a tone mark among them; ü counts as one.
    Lone surrogates become U+FFFD.
    """
    if text.isascii():
        plain = text.encode().translate(_ASCII, _ASCII_HARD)
        if len(plain) == len(text):
            return Folded(plain.decode("ascii"), len(text), None, None)
    table = _table()
    if len(text) <= _SHORT:
        units = list(map(table.known.__getitem__, text))
        found = reduce(or_, units, 0)
        if found <= _CODE:
            return Folded("".join(map(chr, units)), len(text), None, None)
        if not found & (_TONE | _MANY):
            return _fold_short(table, text, units)
    return _fold_long(table, text)


def _fold_long(table: _Table, text: str) -> Folded:
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    units = table.units.take(codes, mode="wrap")  # never out of range; saves the check
    marks = (units > _CODE).nonzero()[0]
    if not len(marks):
        return Folded(str(units.data, "utf-32-le"), len(text), None, None)
    extra, kept = None, None
    marked = units.take(marks)
    found = int(np.bitwise_or.reduce(marked))
    if found & _MANY:
        units, extra = _expand(table, units, marks[marked & _MANY != 0])
        marks = (units > _CODE).nonzero()[0]
        marked = units.take(marks)
        found = int(np.bitwise_or.reduce(marked, initial=0))
    if found & _TONE:
        _drop_pinyin(table, units, marks, marked)
        marks = (units > _CODE).nonzero()[0]
        marked = units.take(marks)
    gone = marks[_is_gone(table, units, marks, marked)]
    units[marks] &= _CODE
    if len(gone):
        kept = np.ones(len(units), np.bool_)
        kept[gone] = False
        units = units[kept]
    return Folded(str(units.data, "utf-32-le"), len(text), kept, extra)


def _fold_short(table: _Table, text: str, units: list[int]) -> Folded:
    """Fold a text without expansions and tone marks, as `_fold_long` would."""
    marks = [place for place, unit in enumerate(units) if unit > _CODE]
    kept = [True] * len(units)
    start = 0
    for rank, place in enumerate(marks):
        if units[place] & _DROPPED:
            kept[place] = False
        elif units[place] == _SPACE | _CR:
            kept[place] = units[place + 1 : place + 2] != [_SPACE | _LF]
            units[place] = _LF
        units[place] &= _CODE
        if marks[rank + 1 : rank + 2] == [place + 1]:
            continue
        # A run of marks ends here. At the ends of the text this looks at the run itself.
        before, after = max(marks[start] - 1, 0), min(place + 1, len(units) - 1)
        if table.han[units[before]] and table.han[units[after]]:
            kept[marks[start] : place + 1] = [False] * (place + 1 - marks[start])
        start = rank + 1
    shown = "".join(map(chr, compress(units, kept)))
    return Folded(shown, len(text), None if all(kept) else kept, None)


def is_han(char: str) -> bool:
    """Return whether `char`, one character, is a CJK ideograph; 々 and 〇 count as such."""
    return any(start <= ord(char) < end for start, end in _HAN)


def what_changed(text: str) -> frozenset[str]:
    """Return what the fold had to undo in `text`, a line or a marking.

    * zw: an invisible character was dropped
    * ruby: pinyin in parentheses was dropped
    * trad: a traditional or variant ideograph was simplified
    * glyph: an ideograph, Latin letter or digit came as a sign of another block: ㊙, ⼯, ⻓, ①
    * fullwidth: a Latin letter or digit was full-width; brackets and points do not count
    * space: white space stood inside, between the first and the last visible character
    """
    tags = frozenset().union(*map(_tags, set(text)))
    table = _table()
    kinds = [(char, int(table.units[ord(char)])) for char in text]
    shown = [(char, unit) for char, unit in kinds if not unit & _DROPPED]
    blank = "".join(" " if unit & _SPACE else "x" for _, unit in shown).strip()
    if " " in blank:
        tags |= {"space"}
    if _pinyin(table.pinyin, "".join(_fold_one(char) for char, _ in shown)):
        tags |= {"ruby"}
    return tags


@lru_cache(maxsize=4096)
def _tags(char: str) -> frozenset[str]:
    if int(_table().units[ord(char)]) & _DROPPED:
        return frozenset({"zw"})
    compatible = unicodedata.normalize("NFKC", char)
    tags = set()
    if any(is_han(part) and _fold_one(part) != part for part in compatible):
        tags.add("trad")
    if "\uff10" <= char <= "\uff5a" and compatible.isalnum():
        tags.add("fullwidth")
    elif "\u2e80" <= char <= "\u2eff" and _fold_one(char) != char:
        tags.add("glyph")
    elif _fold_one(char) != char != compatible:
        shown = (is_han(part) or (part.isascii() and part.isalnum()) for part in compatible)
        tags |= {"glyph"} if any(shown) else set()
    return frozenset(tags)


def _fold_one(char: str) -> str:
    """Return the fold of one character by the table alone."""
    table = _table()
    unit = int(table.units[ord(char)])
    if unit & _DROPPED:
        return ""
    if not unit & _MANY:
        return chr(unit & _CODE)
    start, length = table.starts[unit & _CODE], table.lengths[unit & _CODE]
    return "".join(chr(part & _CODE) for part in table.expansions[start : start + length].tolist())


def _expand(table: _Table, units: Units, places: Indexes) -> tuple[Units, Indexes]:
    """Return `units` with the expansions at `places`, and the places that repeat an origin."""
    import numpy as np

    which = (units[places] & _CODE).astype(np.intp)
    lengths = table.lengths[which]
    repeats = np.ones(len(units), np.intp)
    repeats[places] = lengths
    expanded = np.repeat(units, repeats)
    first = np.repeat(np.cumsum(lengths) - lengths, lengths)
    rank = np.arange(len(first)) - first
    target = np.repeat(places + np.cumsum(lengths - 1) - (lengths - 1), lengths) + rank
    expanded[target] = table.expansions[np.repeat(table.starts[which], lengths) + rank]
    return expanded, target[rank > 0]


def _drop_pinyin(table: _Table, units: Units, marks: Indexes, marked: Units) -> None:
    """Turn the units of pinyin in parentheses into dropped ones, tones into plain letters."""
    import numpy as np

    tones, dropped = marks[marked & _TONE != 0], marks[marked & _DROPPED != 0]
    units[tones] &= _CODE
    opening = (units == ord("(")).nonzero()[0]
    opening = opening[opening < tones[-1]]
    tone = tones[np.searchsorted(tones, opening)]
    hidden = np.searchsorted(dropped, tone) - np.searchsorted(dropped, opening)
    if not (tone - opening - hidden <= _PINYIN).any():
        return
    shown = (units & _DROPPED == 0).nonzero()[0]
    text = str((units[shown] & _CODE).data, "utf-32-le")
    for start, end in _pinyin(table.pinyin, text):
        units[shown[start:end]] = _DROPPED


def _pinyin(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Return where folded `text` has pinyin in parentheses right after an ideograph."""
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        start, end = match.span()
        # A second pair of parentheses follows the ideograph once the first is dropped.
        follows = found and found[-1][1] == start
        if follows or (start > 0 and is_han(text[start - 1])):
            found.append((start, end))
    return found


def _is_gone(table: _Table, units: Units, marks: Indexes, marked: Units) -> NDArray[np.bool_]:
    """Return for each of `marks`, the places of white space and of dropped units, if it goes.

    White space goes where a run of marks has an ideograph on both sides. Turns \\r into \\n,
    or drops it before \\n.
    """
    import numpy as np

    if not len(marks):
        return np.zeros(0, np.bool_)
    returns = marks[marked == (_SPACE | _CR)]
    if len(returns):
        line_feed = units.take(returns + 1, mode="clip") == (_SPACE | _LF)
        units[returns] = np.where(line_feed, _DROPPED, _SPACE | _LF)
        marked = units.take(marks)
    breaks = np.flatnonzero(marks[1:] - marks[:-1] != 1) + 1
    bounds = np.empty(len(breaks) + 2, np.intp)
    bounds[0], bounds[1:-1], bounds[-1] = 0, breaks, len(marks)
    # At the ends of the text this looks at the run itself, which is no ideograph.
    before = units.take(marks.take(bounds[:-1]) - 1, mode="clip") & _CODE
    after = units.take(marks.take(bounds[1:] - 1) + 1, mode="clip") & _CODE
    inside = table.han.take(before) & table.han.take(after)
    return np.repeat(inside, bounds[1:] - bounds[:-1]) | (marked >= _DROPPED)


@lru_cache(maxsize=1)
def _table() -> _Table:
    """Load the table.

    Raises:
        LexiconError: if it is missing or damaged.
    """
    import numpy as np

    path = data.folder("lexicons") / "fold" / "table.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as package:
            stored: dict[str, NDArray[Any]] = {name: package[name] for name in _ARRAYS}
        units = np.arange(_UNICODE, dtype=np.uint32)
        bits = np.array(_BITS, np.uint32)
        units[np.cumsum(stored["gap"], dtype=np.uint32)] = stored["target"] | bits[stored["kind"]]
        lengths = stored["expansion_length"].astype(np.intp)
        expansions = units[stored["expansion"]]
    except (OSError, KeyError, IndexError, ValueError, EOFError, BadZipFile) as error:
        raise LexiconError(f"{path}: no table of the fold: {error}") from error
    han = np.zeros(_UNICODE, np.bool_)
    for start, end in _HAN:
        han[start:end] = True
    starts = np.cumsum(lengths) - lengths
    pinyin = _pinyin_pattern(stored["target"][stored["kind"] == _BITS.index(_TONE)].tolist())
    return _Table(units, expansions, starts, lengths, han, _Known(units), pinyin)


def _pinyin_pattern(tones: list[int]) -> re.Pattern[str]:
    letters = "".join(chr(code) for code in sorted(set(tones)) if not _is_mark(code))
    marks = "".join(chr(code) for code in sorted(set(tones)) if _is_mark(code))
    # ɑ and ɡ are how many fonts for schools write the two letters.
    return re.compile(
        rf"\((?=[^()]{{0,{_PINYIN - 1}}}[{letters}{marks}])"
        rf"(?:[a-zɑɡ{letters}][{marks}]{{0,2}}){{1,6}}\)"
    )


def _is_mark(code: int) -> bool:
    return unicodedata.combining(chr(code)) > 0
