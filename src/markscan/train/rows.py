"""Windows to train on: generated passages planted in public text, and public text as it is.

Secret texts and their public twins are planted alike: behind the end of a sentence of a public
Chinese document, with text of it on both sides. A planted text is a bag of windows of which
training takes one at a time, since not every window of a secret text is a secret.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from markscan.classify.content import windows
from markscan.fold import fold
from markscan.pool import Units
from markscan.train.corpora import Document, share_of_han
from markscan.train.recipe import Recipe
from markscan.train.sample import Sample

_FULL_STOP = ord("。")
_CONTEXT = 400  # units of the host on each side of a planted text
_SHARE = 0.6  # of a window, or of the text if that is shorter, that a window must hold of it


@dataclass(frozen=True, eq=False, slots=True)
class Row:
    """One window. `bag` is shared by the windows of one planted text, `host` its source.

    `family` and `template` are empty for public text, whose `name` is that of the document.
    """

    units: Units
    secret: bool
    matter: str
    family: str
    template: str
    host: str
    name: str
    bag: int
    kind: str


@dataclass(frozen=True, eq=False, slots=True)
class Planted:
    """A text of public words in which [start, end) was put."""

    units: Units
    start: int
    end: int
    host: Document


def plant(text: Units, host: Document, rng: random.Random, context: int = _CONTEXT) -> Planted:
    """Return `text` behind a sentence of `host`, with `context` units of it on either side."""
    stops = np.flatnonzero(host.units == _FULL_STOP)
    place = int(stops[rng.randrange(len(stops))]) + 1 if len(stops) else 0
    before = host.units[max(place - context, 0) : place]
    after = host.units[place : place + context]
    whole = np.concatenate((before, text, after))
    return Planted(whole, len(before), len(before) + len(text), host)


def hosts(documents: Sequence[Document]) -> Callable[[random.Random], Document]:
    """Return what draws a Chinese document, every source of five and more alike."""
    by_source: dict[str, list[Document]] = {}
    for made in documents:
        if made.is_chinese and len(made.units) >= 2 * _CONTEXT:
            by_source.setdefault(made.source, []).append(made)
    kept = [found for _, found in sorted(by_source.items()) if len(found) >= 5]
    kept = kept or list(by_source.values())

    def draw(rng: random.Random) -> Document:
        return rng.choice(rng.choice(kept))

    return draw


def planted_rows(
    family: str,
    samples: Sequence[Sample],
    draw: Callable[[random.Random], Document],
    recipe: Recipe,
    first_bag: int,
) -> Iterator[Row]:
    """Yield the windows of generated texts, each planted in a host of its own."""
    rng = random.Random(f"{recipe.seed}/{family}")
    for bag, sample in enumerate(samples, first_bag):
        made = plant(fold(sample.text).bare.units, draw(rng), rng)
        size = min(recipe.window, len(made.units))
        phase = rng.randrange(recipe.window // 2)
        least = _SHARE * min(size, made.end - made.start)
        for start in range(phase, len(made.units) - size + 1, recipe.window // 4):
            inside = min(start + size, made.end) - max(start, made.start)
            if inside >= least:
                yield Row(
                    made.units[start : start + size],
                    sample.secret,
                    sample.matter,
                    family,
                    sample.template,
                    made.host.source,
                    made.host.name,
                    bag,
                    "family",
                )


def public_rows(
    documents: Sequence[Document],
    ornaments: Sequence[Units],
    recipe: Recipe,
    kind: str,
    most: int | None,
) -> Iterator[Row]:
    """Yield windows of public text, some with a piece of a public generated text put in.

    Args:
        ornaments: public generated texts; without them text stays as it is.
        most: windows of one document; None: all.
    """
    rng = random.Random(f"{recipe.seed}/{kind}")
    left: dict[str, int] = {}
    for made in rng.sample(documents, len(documents)):
        starts, ends = windows(len(made.units), recipe.window, recipe.window // 2)
        spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
        if most is not None:
            spans = rng.sample(spans, min(most, len(spans)))
        for start, end in spans:
            if left.setdefault(made.source, recipe.source_windows) <= 0:
                break
            left[made.source] -= 1
            units = made.units[start:end]
            if ornaments and rng.random() < recipe.ornamented and share_of_han(units) >= 0.5:
                units = _ornamented(units, rng.choice(ornaments), rng)
            yield Row(units, False, "", "", "", made.source, made.name, -1, kind)


def _ornamented(units: Units, ornament: Units, rng: random.Random) -> Units:
    size = min(rng.randint(15, 60), len(ornament), len(units) // 2)
    start = rng.randint(0, len(ornament) - size)
    place = rng.randint(0, len(units) - size)
    piece = ornament[start : start + size]
    return np.concatenate((units[:place], piece, units[place + size :]))
