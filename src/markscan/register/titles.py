"""Titles of registered documents as they stand in running prose, some characters changed.

A title is kept as pairs of its groups of four ideographs: neighbours, and those with a group or
two between them. A pair is one block of AES and known or not as a whole, like the pieces of the
text of a document; no shorter part of a title is ever kept. All places of a scanned text are
looked up, so that a title is found whatever stands around it, and from the pairs that are left
where two of its characters were changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.fingerprint import HanText, Prints, pieces
from markscan.pool import Units
from markscan.register.index import Index
from markscan.register.rows import PieceHits, compile_rows, look_up

SHORTEST, LONGEST = 8, 64  # ideographs of a title that is looked for in prose
VARIANTS = 4  # wordings of one title

_GROUP = 4
_STEPS = 3  # a pair ends with the first, second or third group behind that it begins with
_REACH = (_STEPS + 1) * _GROUP  # ideographs over which a pair stands, at most
_ONE_CHANGED = 12  # ideographs of a title of which one may be changed
_TWO_CHANGED = 15
_DRIFT = 2  # ideographs by which the pairs of one title may be shifted against each other
_CHUNK = 1 << 14  # places at a time: fits the cache of a core
_NUMERALS = np.array([ord(char) for char in "〇零一二三四五六七八九十百千两"], np.uint16)
# What a row tells: how many groups lie between, place, length, wording, check.
_BITS = (2, 7, 7, 2, 14)
_PROVEN = np.array([0xFF, 0xF0F, 0xF00F], np.uint64)  # ideographs of a pair, a bit each
_ENDING = np.uint64(0xF)
_NONE = PieceHits(*(np.zeros(0, np.int64) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Cited:
    """A title in a text: half-open in its ideographs, `covered` of which are proven.

    `check` is that of the letters and digits of the title (`Titles.check`).
    """

    entry: int
    start: int
    end: int
    covered: int
    check: int


@dataclass(frozen=True, eq=False)
class Titles:
    """The pairs of all titles. `secret` is that of names, from which the key follows."""

    secret: bytes
    index: Index

    @classmethod
    def of(cls, titles: Iterable[tuple[int, int, str]], secret: bytes) -> Titles:
        """Take `titles`: the number of an entry, that of the wording, the wording folded."""
        none = cls(secret, Index.of(np.zeros(0, np.uint64), np.zeros(0, np.uint64)))
        tags, payload = [], []
        for entry, variant, title in titles:
            units = HanText(title).units
            if SHORTEST <= len(units) <= LONGEST:
                found, places = none._rows(units, variant, none.check(title))
                tags.append(found)
                payload.append(places | np.uint64(entry << 32))
        if not tags:
            return none
        return cls(
            secret, compile_rows(none._prints, np.concatenate(tags), np.concatenate(payload))
        )

    @classmethod
    def unpack(cls, columns: Mapping[str, NDArray[Any]], secret: bytes) -> Titles:
        """Return the titles that `columns` were taken from.

        Raises:
            KeyError, ValueError: they are none of titles.
        """
        names = [name for name in columns if name.startswith("title_")]
        index = Index.unpack({name.removeprefix("title_"): columns[name] for name in names})
        return cls(secret, index)

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns by name."""
        return {f"title_{name}": column for name, column in self.index.columns.items()}

    def check(self, text: str) -> int:
        """Return a keyed number that titles share whose letters and digits are the same.

        Folded `text` of 2023 and of 2024 is alike but for them.
        """
        other = "".join(char for char in text if char.isascii() and char.isalnum())
        keyed = hashlib.blake2b(other.encode(), key=self.secret, digest_size=2, person=b"check")
        return int.from_bytes(keyed.digest(), "little") >> (16 - _BITS[-1])

    def find(self, units: Units) -> list[Cited]:
        """Return the titles that stand in folded ideographs, changed a little or not at all."""
        if not len(self.index):
            return []
        hits = [self._hits(units, start) for start in range(0, len(units), _CHUNK)]
        found = [each for each in hits if len(each)]
        if not found:
            return []
        columns = (np.concatenate(c) for c in zip(*(_columns(e) for e in found), strict=True))
        return list(_cited(units, PieceHits(*columns)))

    def _hits(self, units: Units, start: int) -> PieceHits:
        """What of the titles begins at one of `_CHUNK` places from `start`."""
        piece = units[start : start + _CHUNK + _REACH - 1]
        tags = self._prints.tags(_pairs(piece))
        likely = np.flatnonzero(self._begins.take((tags >> self._skipped).view(np.int64)))
        tops = tags[likely] >> np.uint64(32)
        likely = likely[self._tops.take(np.searchsorted(self._tops, tops), mode="clip") == tops]
        if not len(likely):
            return _NONE
        between, places = np.divmod(likely, len(piece))
        kept = places < _CHUNK
        places = (places[kept] + start) * _STEPS + between[kept]
        found = look_up(self.index, self._prints, places, tags[likely[kept]])
        right = found.here % _STEPS == _told(found.there)[0]
        return PieceHits(found.entry[right], found.here[right] // _STEPS, found.there[right])

    def _rows(
        self, units: Units, variant: int, check: int
    ) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """The fingerprints of the pairs of a title, and what each row tells."""
        tags = self._prints.tags(_pairs(units)).reshape(_STEPS, -1)
        found, payload = [], []
        for between in range(_STEPS):
            last = len(units) - (between + 2) * _GROUP
            places = np.unique(np.append(np.arange(0, last + 1, _GROUP), max(last, 0)))
            if last >= 0:
                found.append(tags[between, places])
                payload.append(_packed((between, places, len(units), variant, check)))
        return np.concatenate(found), np.concatenate(payload)

    @cached_property
    def _begins(self) -> NDArray[np.bool_]:
        """By how a fingerprint begins, whether any row does: most look-ups end here."""
        begins = np.zeros(1 << (64 - int(self._skipped)), np.bool_)
        begins[(self._tops >> np.uint64(int(self._skipped) - 32)).view(np.int64)] = True
        return begins

    @cached_property
    def _tops(self) -> NDArray[np.uint64]:
        """The higher half of the fingerprint of each row: all but a few look-ups end here."""
        return np.sort(self.index.tops())

    @cached_property
    def _skipped(self) -> np.uint64:
        """Bits of a fingerprint behind those by which most are told to be none."""
        return np.uint64(64 - min(max(len(self.index).bit_length() + 5, 16), 24))

    @cached_property
    def _prints(self) -> Prints:
        """Under keys of their own: a pair of a title and a piece of a text are never alike."""
        follow = hashlib.blake2b(key=self.secret, digest_size=32, person=b"title pairs")
        return Prints(follow.digest())


def _pairs(units: Units) -> NDArray[np.uint16]:
    """The pairs that begin at each of `units`: all neighbours, then those farther apart.

    What would reach beyond the end is filled with what no title holds.
    """
    padded = np.append(units, np.zeros(_REACH - 1, np.uint16))
    halves = pieces(padded, slice(None)).view(np.uint64)
    pairs = np.empty((_STEPS, len(units), 2), np.uint64)
    pairs[0] = halves[: len(units)]
    for between in range(1, _STEPS):
        pairs[between, :, 0] = halves[: len(units), 0]
        behind = between * _GROUP
        pairs[between, :, 1] = halves[behind : behind + len(units), 1]
    return pairs.reshape(-1, 2).view(np.uint16)


def _packed(told: tuple[object, ...]) -> NDArray[np.uint64]:
    packed: NDArray[np.uint64] = np.zeros(1, np.uint64)
    shift = 0
    for value, bits in zip(told, _BITS, strict=True):
        packed = packed | (np.asarray(value, np.uint64) << np.uint64(shift))
        shift += bits
    return packed


def _told(there: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """What rows tell, by the order of `_BITS`."""
    columns, shift = [], 0
    for bits in _BITS:
        columns.append((there >> shift) & ((1 << bits) - 1))
        shift += bits
    return columns


def _columns(hits: PieceHits) -> tuple[NDArray[np.int64], ...]:
    return hits.entry, hits.here, hits.there


def _cited(units: Units, hits: PieceHits) -> Iterable[Cited]:
    """Yield the titles of which enough pairs stand in a row."""
    between, place, length, variant, check = _told(hits.there)
    shift, name = hits.here - place, hits.entry * VARIANTS + variant
    order = np.lexsort((shift, name))
    shift, name, length = shift[order], name[order], length[order]
    begins = np.ones(len(order), np.bool_)
    begins[1:] = (np.diff(name) != 0) | (np.diff(shift) > _DRIFT)
    first = np.flatnonzero(begins)
    masks = _PROVEN[between[order]] << place[order].astype(np.uint64)
    masks = np.bitwise_or.reduceat(masks, first)
    length = length[first]
    bits = np.unpackbits(masks.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little") != 0
    covered = bits.sum(axis=1, dtype=np.int64)
    ending = (masks >> (length - _GROUP).astype(np.uint64)) & _ENDING
    enough = length - covered <= _may_lack(length)
    enough &= (ending == _ENDING) | (masks & _ENDING == _ENDING)
    last = np.append(first[1:], len(order)) - 1
    for at in np.flatnonzero(enough).tolist():
        start, end = int(shift[first[at]]), int(shift[last[at]] + length[at])
        start, end = max(start, 0), min(end, len(units))
        changed = start + np.flatnonzero(~bits[at, : end - start])
        if not np.isin(units[changed], _NUMERALS).any():
            number, told = int(name[first[at]]) // VARIANTS, int(check[order[first[at]]])
            yield Cited(number, start, end, int(covered[at]), told)


def _may_lack(length: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many ideographs may be in doubt: one group for each that may be changed."""
    changed = (length >= _ONE_CHANGED).astype(np.int64) + (length >= _TWO_CHANGED)
    return changed * _GROUP
