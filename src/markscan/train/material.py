"""What the content model is trained and judged on: documents, rows, and how they are divided.

Documents are divided into folds by source (near-topic pages by file), so that a model judged
on a fold has seen no text of its sources; a family of generated texts is held out with it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from markscan.fold import fold
from markscan.pool import Units
from markscan.train.content_fit import Flags, Table, table
from markscan.train.corpora import Document, is_reserved, read_folders
from markscan.train.families import samples
from markscan.train.recipe import Recipe
from markscan.train.rows import Row, hosts, planted_rows, public_rows

_GRAM = 13
_KEPT = 16  # one gram in so many is compared
_COPY = 0.5  # of its grams in another document make a document a copy


@dataclass(frozen=True, eq=False, slots=True)
class Material:
    """Public and near-topic documents, rows of all, and the fold of each source and page."""

    public: Sequence[Document]
    near: Sequence[Document]
    data: Table
    families: tuple[str, ...]
    source_fold: dict[str, int]
    page_fold: dict[str, int]

    def fold_of(self, made: Document, *, near: bool) -> int:
        """Return the fold that holds a document out."""
        return self.page_fold[made.name] if near else self.source_fold[made.source]

    def held(self, number: int) -> tuple[list[Document], list[Document]]:
        """Return the public documents and near-topic pages of a fold."""
        public = [d for d in self.public if self.source_fold[d.source] == number]
        return public, [d for d in self.near if self.page_fold[d.name] == number]

    def seen(self, number: int) -> list[Document]:
        """Return all documents outside a fold, without copies of those in it."""
        public, near = self.held(number)
        rest = [d for d in self.public if self.source_fold[d.source] != number]
        rest += [d for d in self.near if self.page_fold[d.name] != number]
        return unlike(rest, [*public, *near])

    def rows(self, seen: Sequence[Document], without: str = "") -> Flags:
        """Return the rows from documents `seen`, the family `without` left out."""
        names = {d.name for d in seen}
        free: Flags = np.array([name in names for name in self.data.name], dtype=bool)
        free &= self.data.family != without
        return free


def gather(
    public: Sequence[Path], near: Sequence[Path], families: tuple[str, ...], recipe: Recipe
) -> Material:
    """Read the folders, generate the texts and make the rows; reserved documents are left out.

    Raises:
        OSError: a file cannot be read.
    """
    documents = [made for made in read_folders(public) if not is_reserved(made)]
    pages = read_folders(near)
    draw = hosts(documents)
    rows: list[Row] = []
    ornaments: list[Units] = []
    for family in families:
        made = samples(family, recipe.seed, recipe.per_template)
        rows += planted_rows(family, made, draw, recipe, len(ornaments) * 10 + len(rows))
        ornaments += [fold(s.text).bare.units for s in made if not s.secret]
    rows += public_rows(documents, ornaments, recipe, "corpus", recipe.random_windows)
    rows += public_rows(pages, (), recipe, "near", None)
    by_source, by_page = _folds(documents, pages, recipe)
    return Material(documents, pages, table(rows, recipe), families, by_source, by_page)


def unlike(documents: Sequence[Document], others: Sequence[Document]) -> list[Document]:
    """Return the documents of which less than half of the grams stand in `others`."""
    known = np.unique(np.concatenate([np.zeros(0, np.uint64), *(grams(d.units) for d in others)]))
    kept = []
    for made in documents:
        own = grams(made.units)
        place = np.minimum(np.searchsorted(known, own), max(len(known) - 1, 0))
        if not len(own) or not len(known) or (known[place] == own).mean() < _COPY:
            kept.append(made)
    return kept


def grams(units: Units) -> NDArray[np.uint64]:
    """Return hashes of runs of 13 units, one run in sixteen."""
    if len(units) < _GRAM:
        return np.zeros(0, np.uint64)
    count = len(units) - _GRAM + 1
    mixed = np.zeros(count, np.uint64)
    for n in range(_GRAM):
        mixed = mixed * np.uint64(0x100000001B3) + units[n : n + count]
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    kept: NDArray[np.uint64] = mixed[(mixed >> np.uint64(60)) % np.uint64(_KEPT) == 0]
    return kept


def _folds(
    documents: Sequence[Document], pages: Sequence[Document], recipe: Recipe
) -> tuple[dict[str, int], dict[str, int]]:
    """Put each source into the fold with the fewest documents, the largest source first."""
    load = [0] * recipe.folds
    by_source: dict[str, int] = {}
    for source, count in sorted(Counter(d.source for d in documents).items(), key=_largest):
        fold_number = load.index(min(load))
        by_source[source] = fold_number
        load[fold_number] += count
    rng = random.Random(recipe.seed)
    return by_source, {page.name: rng.randrange(recipe.folds) for page in pages}


def _largest(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]
