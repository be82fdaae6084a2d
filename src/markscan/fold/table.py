"""The table of the fold: what lexicons/fold/table.npz says of every code point."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from zipfile import BadZipFile

from markscan import data
from markscan.errors import LexiconError
from markscan.fold.alike import ALIKE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from markscan.pool import Units

    Codes = NDArray[np.uint32]
    Indexes = NDArray[np.intp]

Number = TypeVar("Number", bound="np.integer[Any]")

# An entry of `units` is a code point, or the number of an expansion, below one of these bits.
CODE = 0x1FFFFF
SPACE = 1 << 21
DROPPED = 1 << 22
TONE = 1 << 23
MANY = 1 << 24
_BITS = (0, DROPPED, SPACE, TONE, MANY)  # by the kinds of table.npz

# An entry of `Narrow.units` is a code point or a mark. White space and what is dropped are marks
# in the range of the surrogates; the two highest units ask for more than the table tells.
MARKS = 0xD800  # the highest five bits of marks
MARK_DROPPED = 0xD800
MARK_SPACE = 0xDC00  # and the space or line end in the lower byte
MARK_MANY = 0xFFFE  # an expansion
MARK_HARD = 0xFFFF  # a tone mark, or a character beyond U+FFFF
_NONCHARACTERS = (MARK_MANY, MARK_HARD)
_REPLACEMENT = 0xFFFD

_UNICODE = 0x110000
_BASIC = 0x10000
_ARRAYS = ("gap", "target", "kind", "expansion", "expansion_length")
LF, CR = 10, 13
PINYIN = 18  # characters of a syllable at most: six letters with two marks each

# Unified ideographs, the compatibility ideographs that NFKC keeps, 々 and 〇.
HAN = (
    *((0x3005, 0x3006), (0x3007, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000)),
    *((0xF900, 0xFB00), (0x20000, 0x323B0)),
)


class _Known(dict[str, int]):
    """Units by character, as plain numbers: quicker one by one than the array."""

    def __init__(self, units: Codes) -> None:
        super().__init__()
        self._all = units

    def __missing__(self, char: str) -> int:
        if len(self) > 20_000:
            self.clear()
        unit = self[char] = int(self._all[ord(char)])
        return unit


@dataclass(frozen=True, slots=True)
class Expansions(Generic[Number]):
    """The characters that one character becomes, one expansion after the other."""

    units: NDArray[Number]
    starts: Indexes
    lengths: Indexes


@dataclass(frozen=True, slots=True)
class Narrow:
    """What becomes of a code point to U+FFFF, as units or marks."""

    units: Units
    expansions: Expansions[np.uint16]


@dataclass(frozen=True, slots=True)
class Table:
    """What becomes of a code point.

    `exact` and `coarse` know those to U+FFFF, in 16 bits; `coarse` makes one of signs that
    are written one for another, as `alike` does unit by unit.
    """

    units: Codes
    expansions: Expansions[np.uint32]
    exact: Narrow
    coarse: Narrow
    alike: Units
    expands_hard: NDArray[np.bool_]  # by expansion: it holds what 16 bits cannot tell
    han: NDArray[np.bool_]  # by code point; and by unit, for those below U+10000
    known: _Known
    pinyin: re.Pattern[str]


@lru_cache(maxsize=1)
def table() -> Table:
    """Load the table.

    Raises:
        LexiconError: if it is missing or damaged.
    """
    import numpy as np

    from markscan.pool import ASTRAL_HAN

    path = data.folder("lexicons") / "fold" / "table.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as package:
            stored: dict[str, NDArray[Any]] = {name: package[name] for name in _ARRAYS}
        units = np.arange(_UNICODE, dtype=np.uint32)
        bits = np.array(_BITS, np.uint32)
        units[np.cumsum(stored["gap"], dtype=np.uint32)] = stored["target"] | bits[stored["kind"]]
        units[[*_NONCHARACTERS]] = _REPLACEMENT
        lengths = stored["expansion_length"].astype(np.intp)
        expansions = units[stored["expansion"]]
    except (OSError, KeyError, IndexError, ValueError, EOFError, BadZipFile) as error:
        raise LexiconError(f"{path}: no table of the fold: {error}") from error
    han = np.zeros(_UNICODE, np.bool_)
    for start, end in HAN:
        han[start:end] = True
    han[ASTRAL_HAN] = True
    starts = np.cumsum(lengths) - lengths
    exact = Narrow(narrow(units[:_BASIC]), Expansions(narrow(expansions), starts, lengths))
    same = np.arange(_BASIC, dtype=np.uint16)
    for group in ALIKE:
        same[[ord(sign) for sign in group]] = ord(group[0])
    coarse = Narrow(same[exact.units], Expansions(same[exact.expansions.units], starts, lengths))
    hard = np.logical_or.reduceat(exact.expansions.units >= MARK_MANY, starts)
    tones = stored["target"][stored["kind"] == _BITS.index(TONE)].tolist()
    return Table(
        units,
        Expansions(expansions, starts, lengths),
        exact,
        coarse,
        same,
        hard,
        han,
        _Known(units),
        _pinyin_pattern(tones),
    )


def narrow(units: Codes) -> Units:
    """Return entries of the table as `Narrow` has them."""
    import numpy as np

    codes = units & CODE
    marked = codes.astype(np.uint16)
    marked[units & SPACE != 0] |= MARK_SPACE
    marked[(units & TONE != 0) | (codes >= _BASIC)] = MARK_HARD
    marked[units & MANY != 0] = MARK_MANY
    marked[units & DROPPED != 0] = MARK_DROPPED
    return marked


def _pinyin_pattern(tones: list[int]) -> re.Pattern[str]:
    letters = "".join(chr(code) for code in sorted(set(tones)) if not _is_mark(code))
    marks = "".join(chr(code) for code in sorted(set(tones)) if _is_mark(code))
    # ɑ and ɡ are how many fonts for schools write the two letters.
    return re.compile(
        rf"\((?=[^()]{{0,{PINYIN - 1}}}[{letters}{marks}])"
        rf"(?:[a-zɑɡ{letters}][{marks}]{{0,2}}){{1,6}}\)"
    )


def _is_mark(code: int) -> bool:
    return unicodedata.combining(chr(code)) > 0
