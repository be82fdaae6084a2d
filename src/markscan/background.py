"""How common a few characters are in public text: the yardstick of what a term says.

A term that stands in every newspaper tells nothing, and a text is searched fastest from the
characters of a term that stand hardly anywhere. Both need to know how often one, two, three
or four characters stand next to each other in ordinary text. lexicons/background/table.npz
holds that, counted in public text by lexicons/background/build.py: no text, only the counts
of hashed groups of characters, on a logarithmic scale.

Groups that were seen too seldom to be counted are not in the table. Their rate is estimated
from the shorter groups inside them, as if each character knew only the ones before it, and is
never above what the table would have had to hold. A collision of hashes cannot make an unseen
group look common: no group is given a higher rate than the rarest shorter group inside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from markscan import data
from markscan.errors import LexiconError
from markscan.wording import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from markscan.pool import Pool

    Units = NDArray[np.uint16]
    Rates = NDArray[np.float32]
    Bytes = NDArray[np.uint8]
    Slots = NDArray[np.int64]

LONGEST = 4  # characters of the longest groups
FLOOR = 0.001  # hits per megabyte; nothing is estimated below

_BITS = 23  # of a slot of two characters and more
_LOWEST = 1 / 128  # hits per megabyte of the value 1
_STEPS = 4  # values for each doubling
_CHUNK = 1 << 15  # positions looked up at once: fits the cache of a core
_MIX = (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93)  # odd, without pattern


@dataclass(frozen=True, eq=False)
class Background:
    """Rates of groups of characters, each in hits per megabyte (10^6 bytes of UTF-8).

    `values[n]` are those of the groups of n + 1 characters by slot, on the scale of
    `values_of`; 0: not counted. `least[n]` is the rate from which on such a group was
    counted, `units` how many characters a megabyte has.
    """

    values: tuple[Bytes, ...]
    least: tuple[float, ...]
    units: float

    @classmethod
    def unpack(cls, columns: Mapping[str, NDArray[Any]]) -> Background:
        """Return what the columns of a table.npz hold, described in its README."""
        sizes = range(1, LONGEST + 1)
        packed = [(columns[f"gap{size}"], columns[f"value{size}"]) for size in sizes]
        least = tuple(columns["least"].tolist())
        if len(least) != LONGEST:
            raise ValueError("least")
        rooms = [1 << 16, *[1 << _BITS] * (LONGEST - 1)]
        tables = [_spread(*pair, room) for pair, room in zip(packed, rooms, strict=True)]
        return cls(tuple(tables), least, float(columns["units"]))

    def per_megabyte(self, units: Units, size: int) -> Rates:
        """Return how often each group of `size` characters of `units` stands in a megabyte.

        The result has an entry for each i of range(len(units) - size + 1): the rate of
        units[i:i + size]. Never below `FLOOR`.

        Raises:
            ValueError: `size` is not 1 to 4.
        """
        import numpy as np

        if not 1 <= size <= LONGEST:
            raise ValueError(f"groups have 1 to {LONGEST} characters, not {size}")
        count = max(len(units) - size + 1, 0)
        rates = np.empty(count, np.float32)
        for start in range(0, count, _CHUNK):
            piece = units[start : start + _CHUNK + size - 1]
            found = self._rates(piece, size)
            rates[start : start + len(found)] = found
        return np.maximum(rates, np.float32(FLOOR), out=rates)

    def expected(self, pool: Pool) -> Rates:
        """Return for each text of `pool` how often it stands in a megabyte of public text.

        For texts of up to 4 characters that is the estimate for the text, for longer ones
        the least of its groups of 4, which is an upper bound. For an empty text, the
        number of characters.
        """
        import numpy as np

        found = np.full(len(pool), self.units, np.float32)
        lengths = np.minimum(pool.lengths, LONGEST)
        for size in np.unique(lengths[lengths > 0]).tolist():
            chosen = np.flatnonzero(lengths == size)
            rates = self.per_megabyte(pool.units, size)
            if size < LONGEST:
                found[chosen] = rates[pool.starts[chosen]]
                continue
            last = pool.ends[chosen] - LONGEST
            bounds = np.stack((pool.starts[chosen], last + 1), axis=1).ravel()
            # The end of the last text may be the end of `rates`, which reduceat does not take.
            rates = np.append(rates, np.float32(np.inf))
            found[chosen] = np.minimum.reduceat(rates, bounds)[::2]
        return found

    def _rates(self, units: Units, size: int) -> Rates:
        """The rates of the groups of `size` of a short piece, from those of shorter groups."""
        import numpy as np

        keys = units.astype(np.uint64)
        shorter = self._singles.take(units)
        inner = np.full(len(shorter) + 1, self.units, np.float32)
        for longer in range(2, size + 1):
            keys = (keys[:-1] << np.uint64(16)) | units[longer - 1 :]
            rates = self._scale.take(self.values[longer - 1].take(slots(keys, longer)))
            left, right = shorter[:-1], shorter[1:]
            # Not counted: as often as the first part is followed by the last character.
            guess = left * right / inner[1:-1]
            np.minimum(guess, np.float32(self.least[longer - 1]), out=guess)
            bound = np.minimum(left, right)
            rates = np.where(rates > 0, np.minimum(rates, bound), np.minimum(guess, bound))
            inner, shorter = shorter, rates
        return shorter

    @cached_property
    def _singles(self) -> Rates:
        """The rate of each character."""
        import numpy as np

        return np.maximum(self._scale.take(self.values[0]), np.float32(FLOOR))

    @cached_property
    def _scale(self) -> Rates:
        """The rate of each value; 0 for 0."""
        import numpy as np

        rates = _LOWEST * 2.0 ** ((np.arange(256) - 1) / _STEPS)
        rates[0] = 0
        return rates.astype(np.float32)


def per_megabyte(units: Units, size: int) -> Rates:
    """Return how often each group of `size` (1 to 4) characters stands in a megabyte.

    `units` are folded characters as 16 bits (`pool.units_of`). The result has an entry for
    each i of range(len(units) - size + 1): estimated hits of units[i:i + size] in 10^6 bytes
    of public Chinese text in UTF-8, at least `FLOOR`.

    Raises:
        ValueError: `size` is not 1 to 4.
        LexiconError: the table is missing or damaged.
    """
    return shipped().per_megabyte(units, size)


def expected(pool: Pool) -> Rates:
    """Return for each text of `pool` the hits to expect in a megabyte of public text.

    An estimate for texts of up to 4 characters, for longer ones an upper bound.

    Raises:
        LexiconError: the table is missing or damaged.
    """
    return shipped().expected(pool)


@lru_cache(maxsize=1)
def shipped() -> Background:
    """Return the background that ships with the program, read once a process.

    Raises:
        LexiconError: the table is missing or damaged.
    """
    return read_background(_shipped_table())


def read_background(path: Path) -> Background:
    """Return the background in the file `path`.

    Raises:
        LexiconError: it is missing or damaged.
    """
    import numpy as np

    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as package:
            return Background.unpack(package)
    except (OSError, KeyError, IndexError, ValueError, EOFError, BadZipFile) as error:
        raise _no_table(path, error) from error


def slots(keys: NDArray[np.uint64], size: int) -> Slots:
    """Return the slot of each group of `size` characters; one character is its own slot.

    A key holds the characters of a group, the last in its lowest bits.
    """
    import numpy as np

    if size == 1:
        return keys.view(np.int64)
    mixed = keys * np.uint64(_MIX[0])
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(_MIX[1])
    mixed >>= np.uint64(64 - _BITS)
    return mixed.view(np.int64)


def values_of(rates: NDArray[np.float64]) -> Bytes:
    """Return rates, in hits per megabyte, as values of the table: 1 and more, rounded."""
    import numpy as np

    steps = np.round(np.log2(rates / _LOWEST) * _STEPS) + 1
    values: Bytes = np.clip(steps, 1, 255).astype(np.uint8)
    return values


def _shipped_table() -> Path:
    return data.folder("lexicons") / "background" / "table.npz"


def _no_table(path: Path, error: Exception) -> LexiconError:
    return LexiconError(
        Text(
            f"{path.name}：没有可用的背景统计表：{error}",
            f"{path.name}: no table of background statistics: {error}",
        )
    )


def _spread(gaps: Bytes, values: Bytes, room: int) -> Bytes:
    """Return the values of `room` slots, from their distances to the slot before."""
    import numpy as np

    table = np.zeros(room, np.uint8)
    places = np.cumsum(gaps, dtype=np.intp)
    places -= 1
    table[places] = values
    return table
