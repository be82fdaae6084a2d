"""TermList: a million terms as a few columns, which workers share and a cache can hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markscan.fold import fold
from markscan.pool import ASTRAL_HAN, Pool, units_of
from markscan.termlist.term import Entries, Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Columns = dict[str, NDArray[Any]]

MOST_TOPICS = 1 << 16
BOUNDED = 4  # characters; a term of Han up to this long stands at the borders of words
_EVERY = ("topic_of", "weights", "bounded", "id_ends")  # the columns with a row a term
_HAN = ((0x3005, 0x3006), (0x3007, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


@dataclass(frozen=True, eq=False)
class TermList:
    """Terms by number. `pool` holds their folded texts, and the columns the rest.

    `topic_of` numbers `topics`. `sides` holds, by number of the term, the expressions that
    must match before and after it, for those that have any. Whatever is kept on disk of a
    list with a `secret` must be encrypted with it. What the terms looked like in their
    files is not kept.
    """

    pool: Pool
    topics: tuple[str, ...]
    topic_of: NDArray[np.uint16]
    weights: NDArray[np.float32]
    bounded: NDArray[np.bool_]
    sides: Mapping[int, tuple[str, str]]
    _ids: NDArray[np.uint8] = field(repr=False)  # in UTF-8, one after the other
    _id_ends: NDArray[np.int64] = field(repr=False)
    secret: bytes | None = field(default=None, repr=False)

    @classmethod
    def of(cls, terms: Iterable[Term]) -> TermList:
        """Pack `terms` in order. Their texts must hold no control character."""
        terms = list(terms)
        sides = {n: (t.before, t.after) for n, t in enumerate(terms) if t.before or t.after}
        return cls.packed(
            [term.text for term in terms],
            [term.id for term in terms],
            [term.topic for term in terms],
            [term.weight for term in terms],
            {n: term.bounded for n, term in enumerate(terms) if term.bounded is not None},
            sides,
        )

    @classmethod
    def of_entries(cls, entries: Entries) -> TermList:
        """Pack what one file says. Raises as `packed`."""
        return cls.packed(
            entries.texts,
            entries.ids,
            entries.topics,
            entries.weights,
            entries.bounded,
            entries.sides,
        )

    @classmethod
    def packed(
        cls,
        texts: Sequence[str],
        ids: Sequence[str],
        topics: Sequence[str],
        weights: Sequence[float],
        bounded: Mapping[int, bool],
        sides: Mapping[int, tuple[str, str]],
    ) -> TermList:
        """Pack columns of the same length, and what only some terms have, by number.

        An empty `weights` is 1.0 for all.

        Raises:
            ValueError: there are more than 65,536 topics.
        """
        import numpy as np

        pool = folded_pool(texts)
        names = {topic: number for number, topic in enumerate(dict.fromkeys(topics))}
        if len(names) > MOST_TOPICS:
            raise ValueError("topics")
        kept = by_default(pool)
        for number, told in bounded.items():
            kept[number] = told
        blob, ends = _blob(ids)
        count = len(texts)
        return cls(
            pool,
            tuple(names),
            np.fromiter(map(names.__getitem__, topics), np.uint16, count),
            np.array(weights, np.float32) if len(weights) else np.ones(count, np.float32),
            kept,
            dict(sides),
            blob,
            ends,
        )

    @classmethod
    def joined(cls, lists: Sequence[TermList]) -> TermList:
        """Return all terms of `lists`, in order; numbers go on from list to list."""
        import numpy as np

        lists = [part for part in lists if len(part)] or list(lists[:1])
        if len(lists) == 1:
            return lists[0]
        names = {t: n for n, t in enumerate(dict.fromkeys(t for p in lists for t in p.topics))}
        new = [np.array([names[t] for t in part.topics], np.uint16) for part in lists]
        firsts = np.cumsum([0, *map(len, lists)]).tolist()
        return cls(
            _joined_pools([part.pool for part in lists]),
            tuple(names),
            np.concatenate([to[part.topic_of] for to, part in zip(new, lists, strict=True)]),
            np.concatenate([part.weights for part in lists]),
            np.concatenate([part.bounded for part in lists]),
            {
                first + n: pair
                for first, part in zip(firsts, lists, strict=False)
                for n, pair in part.sides.items()
            },
            np.concatenate([part._ids for part in lists]),
            _moved([part._id_ends for part in lists], [len(part._ids) for part in lists]),
            _secret([part.secret for part in lists]),
        )

    def __len__(self) -> int:
        """The number of terms."""
        return len(self.pool)

    def id(self, number: int) -> str:
        """Return what reports cite of term `number`."""
        start = int(self._id_ends[number - 1]) if number else 0
        raw: bytes = self._ids[start : int(self._id_ends[number])].tobytes()
        return raw.decode()

    def topic(self, number: int) -> str:
        """Return the topic of term `number`."""
        return self.topics[int(self.topic_of[number])]

    def of_topics(self, topics: Collection[str]) -> NDArray[np.int64]:
        """Return the numbers of the terms of `topics`, ascending."""
        import numpy as np

        wanted = np.array([topic in topics for topic in self.topics], np.bool_)
        if not len(wanted):
            return np.zeros(0, np.int64)
        return np.flatnonzero(wanted[self.topic_of])

    def take(self, numbers: NDArray[np.int64]) -> TermList:
        """Return the terms of these numbers, numbered anew."""
        import numpy as np

        kept = numbers.tolist()
        pool = self.pool
        units, ends = _taken(pool.units, pool.ends, numbers)
        exotic = {new: pool.exotic[old] for new, old in enumerate(kept) if old in pool.exotic}
        ids, id_ends = _taken(self._ids, self._id_ends, numbers)
        return TermList(
            Pool(units, ends, exotic),
            self.topics,
            self.topic_of[numbers],
            self.weights[numbers],
            self.bounded[numbers],
            {new: self.sides[old] for new, old in enumerate(kept) if old in self.sides},
            np.ascontiguousarray(ids),
            id_ends,
            self.secret,
        )

    def columns(self) -> Columns:
        """Return everything as arrays by name, for a cache."""
        pool = self.pool
        return {
            "units": pool.units,
            "ends": pool.ends,
            "exotic": _json({str(n): text for n, text in pool.exotic.items()}),
            "topics": _json(self.topics),
            "topic_of": self.topic_of,
            "weights": self.weights,
            "bounded": self.bounded,
            "sides": _json({str(n): pair for n, pair in self.sides.items()}),
            "ids": self._ids,
            "id_ends": self._id_ends,
        }

    @classmethod
    def from_columns(cls, columns: Mapping[str, NDArray[Any]]) -> TermList:
        """Return the list that `columns` was made from.

        Raises:
            KeyError: a column is missing.
            ValueError: a column is of another length than the others.
        """
        count = len(columns["ends"])
        if any(len(columns[name]) != count for name in _EVERY):
            raise ValueError("columns")
        exotic = {int(n): text for n, text in _told(columns["exotic"]).items()}
        sides = {int(n): (pair[0], pair[1]) for n, pair in _told(columns["sides"]).items()}
        return cls(
            Pool(columns["units"], columns["ends"], exotic),
            tuple(_told(columns["topics"])),
            columns["topic_of"],
            columns["weights"],
            columns["bounded"],
            sides,
            columns["ids"],
            columns["id_ends"],
        )


def folded_pool(texts: Sequence[str]) -> Pool:
    """Return the folds of `texts`, none of which holds U+0000, folded all at once."""
    import numpy as np

    if not texts:
        return Pool.of([])
    # U+0000 is a border: it stays, and nothing joins across it.
    units = units_of(fold("\0".join(texts)).text + "\0")
    borders = np.flatnonzero(units == 0)
    ends = borders - np.arange(len(borders))
    units = units[units != 0]
    holders = np.searchsorted(ends, np.flatnonzero(units >= ASTRAL_HAN), side="right")
    return Pool(units, ends, {n: fold(texts[n]).text for n in holders.tolist()})


def by_default(pool: Pool) -> NDArray[np.bool_]:
    """Return which texts must stand at the borders of words unless told otherwise."""
    import numpy as np

    other = np.ones(1 << 16, np.bool_)
    for start, end in _HAN:
        other[start:end] = False
    other[ASTRAL_HAN] = False
    before = np.append(0, np.cumsum(other[pool.units]))
    found = (pool.lengths <= BOUNDED) & (before[pool.ends] == before[pool.starts])
    return np.asarray(found)


def _secret(secrets: Sequence[bytes | None]) -> bytes | None:
    """Return a secret that changes with each of `secrets`; None if there is none."""
    told = [secret for secret in secrets if secret is not None]
    return hashlib.sha256(b"".join(told)).digest() if told else None


def _taken(
    units: NDArray[Any], ends: NDArray[np.int64], numbers: NDArray[np.int64]
) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """The pieces of `units` of these numbers, one after the other, and where each ends."""
    import numpy as np

    starts = np.append(0, ends[:-1])[: len(ends)]
    lengths = (ends - starts)[numbers]
    new = np.cumsum(lengths)
    places = np.arange(int(lengths.sum())) + np.repeat(starts[numbers] - (new - lengths), lengths)
    return units[places], new


def _joined_pools(pools: Sequence[Pool]) -> Pool:
    import numpy as np

    firsts = np.cumsum([0, *map(len, pools)]).tolist()
    return Pool(
        np.concatenate([pool.units for pool in pools]),
        _moved([pool.ends for pool in pools], [len(pool.units) for pool in pools]),
        {
            first + n: text
            for first, pool in zip(firsts, pools, strict=False)
            for n, text in pool.exotic.items()
        },
    )


def _moved(ends: Sequence[NDArray[np.int64]], lengths: Sequence[int]) -> NDArray[np.int64]:
    import numpy as np

    firsts = np.cumsum([0, *lengths]).tolist()
    return np.concatenate([part + first for part, first in zip(ends, firsts, strict=False)])


def _blob(ids: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    import numpy as np

    data = "\0".join([*ids, ""]).encode("utf-8", "replace")
    units = np.frombuffer(data, np.uint8)
    borders = np.flatnonzero(units == 0)
    return units[units != 0], borders - np.arange(len(borders))


def _json(value: object) -> NDArray[np.uint8]:
    import numpy as np

    # Half a surrogate pair can be written in escapes only.
    return np.frombuffer(json.dumps(value).encode(), np.uint8)


def _told(column: NDArray[np.uint8]) -> Any:
    return json.loads(column.tobytes())
