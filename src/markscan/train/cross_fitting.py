"""Judges models on what they have not seen: fold by fold, one family held out with each.

Every public document is scored by a model that saw none of its source; every planted text by
a model that saw neither its family nor its host.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from markscan.classify.content import ContentModel, Suspicion, doublings
from markscan.classify.segmenter import split_words
from markscan.fold import fold
from markscan.pool import Units
from markscan.train.content_fit import gated, train, with_matters
from markscan.train.corpora import Document
from markscan.train.families import samples
from markscan.train.material import Material
from markscan.train.recipe import Recipe
from markscan.train.rows import Planted, hosts, plant
from markscan.train.sample import Sample
from markscan.train.thresholds import Scored

NOTHING = -1e9
_CONTEXT = 1500  # units of a host on each side of a text to be found
_PLANTED = 400  # texts of a held-out family, secret and public together


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """What a model said of a host with a text planted in it.

    `hit`: the worst window holds some of the planted text.
    """

    family: str
    template: str
    matter: str
    secret: bool
    length: int
    score: float
    hit: bool
    told: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class CrossFit:
    """Scores of public documents, of near-topic pages, and of planted texts."""

    public: Scored
    near: Scored
    planted: tuple[Found, ...]


def cross_fit(
    material: Material, recipe: Recipe, note: Callable[[str], None] = lambda _: None
) -> CrossFit:
    """Fit a model for each fold and let it score what it has not seen."""
    public: list[Scored] = []
    near: list[Scored] = []
    planted: list[Found] = []
    families = material.families
    for number in range(recipe.folds):
        without = families[number % len(families)] if len(families) > 1 else ""
        seen = material.seen(number)
        rows = material.rows(seen, without)
        model = finished(train(material.data, rows, seen, recipe), seen, recipe)
        model = with_matters(model, material.data, rows, recipe)
        held, pages = material.held(number)
        public.append(score(model, held))
        near.append(score(model, pages))
        family = without or families[0]
        planted += find_planted(model, family_texts(family, recipe), held, recipe, family)
        note(f"fold {number + 1}/{recipe.folds}: {len(held)} + {len(pages)}")
    return CrossFit(joined(public), joined(near), tuple(planted))


def finished(model: ContentModel, seen: Sequence[Document], recipe: Recipe) -> ContentModel:
    """Return the model with its gate, by the windows of the documents it has seen."""
    gate = round(gated(model, seen, recipe.gate_share), 4)
    return replace(model, parameters={**model.parameters, "gate": gate})


def score(model: ContentModel, documents: Sequence[Document]) -> Scored:
    """Return the scores of whole documents."""
    found = [assessed(model, d.units) for d in documents]
    return Scored(
        np.array([d.source for d in documents], dtype=object),
        np.array([size_of(d.units) for d in documents], dtype=np.int64),
        np.array([f.score if f else NOTHING for f in found]),
    )


def find_planted(
    model: ContentModel,
    texts: Sequence[Sample],
    documents: Sequence[Document],
    recipe: Recipe,
    family: str,
) -> list[Found]:
    """Plant each text in a host of its own among `documents`, and score the whole."""
    rng = random.Random(f"{recipe.seed}/plant/{family}")
    draw = hosts(documents)
    return [
        _found(model, plant(fold(text.text).bare.units, draw(rng), rng, _CONTEXT), text, family)
        for text in texts
    ]


def family_texts(family: str, recipe: Recipe) -> list[Sample]:
    """Return texts of a family of another seed than those trained on."""
    made = samples(family, recipe.seed + 1, 2)
    return random.Random(recipe.seed).sample(made, min(_PLANTED, len(made)))


def assessed(model: ContentModel, units: Units) -> Suspicion | None:
    """Return what the model says of a bare text."""
    return model.assess(units, split_words)


def size_of(units: Units) -> int:
    """Return the length of a text as thresholds count it."""
    return doublings(len(units))


def joined(parts: Sequence[Scored]) -> Scored:
    """Return the documents of all parts."""
    return Scored(
        np.concatenate([part.source for part in parts]),
        np.concatenate([part.length for part in parts]),
        np.concatenate([part.score for part in parts]),
    )


def _found(model: ContentModel, made: Planted, text: Sample, family: str) -> Found:
    said = assessed(model, made.units)
    hit = said is not None and said.start < made.end and said.end > made.start
    told = tuple(code for code, _ in said.matters) if said else ()
    return Found(
        family,
        text.template,
        text.matter,
        text.secret,
        size_of(made.units),
        said.score if said else NOTHING,
        hit,
        told,
    )


def matters_held_out(
    material: Material, recipe: Recipe, note: Callable[[str], None] = lambda _: None
) -> list[Found]:
    """Return what models say of secret texts of matters they were not trained on, three a time."""
    codes = sorted({code for code in material.data.matter.tolist() if code})
    found: list[Found] = []
    for number in range(4):
        held = codes[number::4]
        seen = material.seen(number)
        rows = material.rows(seen) & ~np.isin(material.data.matter.astype(str), held)
        model = finished(train(material.data, rows, seen, recipe), seen, recipe)
        public, _ = material.held(number)
        for family in material.families:
            texts = [t for t in family_texts(family, recipe) if t.matter in held and t.secret]
            found += find_planted(model, texts, public, recipe, family)
        note(f"matters {number + 1}/4")
    return found
