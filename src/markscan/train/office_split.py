"""Divides an office's documents into those to train on and those to judge by.

By time and by folder, never by passage: the newest documents and whole folders are held out, so
that the figures tell how the model does on work that is still to come. Documents that are
nearly a copy of one held out are not trained on.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from markscan.train.material import unlike
from markscan.train.office_texts import Labelled

_NEWEST = 0.15  # of the documents of a side, by their day
_FOLDERS = 0.15  # and so many more, in whole folders
_FEWEST_FOLDERS = 3  # else only time divides


@dataclass(frozen=True, eq=False, slots=True)
class Divided:
    """Documents to train on and to judge by. `copies` counts what was too like the latter."""

    train: tuple[Labelled, ...]
    held: tuple[Labelled, ...]
    copies: int


def divide(found: Sequence[Labelled], seed: int) -> Divided:
    """Return the documents divided; each side (public, internal) by itself."""
    rng = random.Random(seed)
    held: list[Labelled] = []
    for secret in (False, True):
        held += _held([one for one in found if one.secret == secret], rng)
    names = {one.document.name for one in held}
    rest = [one for one in found if one.document.name not in names]
    kept = unlike([one.document for one in rest], [one.document for one in held])
    own = {made.name for made in kept}
    train = tuple(one for one in rest if one.document.name in own)
    return Divided(train, tuple(held), len(rest) - len(train))


def folds(found: Sequence[Labelled], count: int, seed: int) -> list[int]:
    """Return the fold of each document; a folder is in one fold, if there are enough of them."""
    folders = sorted({one.folder for one in found})
    random.Random(seed).shuffle(folders)
    if len(folders) >= 2 * count:
        of = {folder: number % count for number, folder in enumerate(folders)}
        return [of[one.folder] for one in found]
    order = sorted(range(len(found)), key=lambda n: (found[n].day, found[n].document.name))
    made = [0] * len(found)
    for place, number in enumerate(order):  # runs of days
        made[number] = place * count // len(found)
    return made


def _held(side: list[Labelled], rng: random.Random) -> list[Labelled]:
    newest = sorted(side, key=lambda one: (-one.day, one.document.name))
    held = newest[: round(_NEWEST * len(side))]
    rest = newest[len(held) :]
    folders = sorted({one.folder for one in rest})
    if len(folders) < _FEWEST_FOLDERS:
        return held + rest[: round(_FOLDERS * len(side))]
    rng.shuffle(folders)
    wanted = len(held) + _FOLDERS * len(side)
    for folder in folders[:-1]:
        if len(held) >= wanted:
            break
        held += [one for one in rest if one.folder == folder]
    return held
