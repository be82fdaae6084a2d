"""Fits both stages of the content model to rows, and mines public text for its worst windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.classify.characters import HASH, PAIRS, SINGLES
from markscan.classify.content import ContentModel, windows
from markscan.classify.lexical_features import WORDS
from markscan.classify.matters import lexicon
from markscan.pool import Units
from markscan.train.corpora import Document
from markscan.train.matrices import (
    SCALE,
    Matrix,
    fit,
    frequent,
    lexical_matrix,
    log_odds,
    slot_matrix,
    topic_odds,
    word_matrix,
)
from markscan.train.recipe import Recipe
from markscan.train.rows import Row

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
_NEVER = 1e9  # a threshold that nothing reaches


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Rows as columns and matrices, made once and cut for each fit."""

    slots: Matrix
    words: Matrix
    lexical: NDArray[np.float64]
    secret: Flags
    weight: Numbers
    bag: NDArray[np.int64]
    kind: NDArray[Any]
    family: NDArray[Any]
    matter: NDArray[Any]
    template: NDArray[Any]
    host: NDArray[Any]
    name: NDArray[Any]

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.secret)


def table(rows: Sequence[Row], recipe: Recipe) -> Table:
    """Return the table of `rows`."""
    texts = [row.units for row in rows]
    weights = {
        "family": 1.0,
        "corpus": recipe.corpus_weight,
        "near": recipe.near_weight,
        "mined": recipe.mined_weight,
    }
    columns = {
        name: np.array([getattr(row, name) for row in rows], dtype=object)
        for name in ("kind", "family", "matter", "template", "host", "name")
    }
    return Table(
        slot_matrix(texts),
        word_matrix(texts),
        lexical_matrix(texts),
        np.array([row.secret for row in rows], dtype=bool),
        np.array([weights[row.kind] for row in rows]),
        np.array([row.bag for row in rows], dtype=np.int64),
        **columns,
    )


def train(data: Table, rows: Flags, documents: Sequence[Document], recipe: Recipe) -> ContentModel:
    """Return a model fitted to the chosen rows, without thresholds and calibration.

    Args:
        rows: which rows of `data` may be seen.
        documents: public documents that may be mined for wrong windows.
    """
    from scipy.sparse import vstack

    chosen = _one_of_each(data, rows, np.random.default_rng(recipe.seed).random(len(data)))
    kept = frequent(data.slots[rows], recipe.rarest)
    model = _empty(recipe)
    model, first = _first(model, data.slots, data.secret, data.weight, chosen, kept, recipe)
    mined: Table | None = None
    slots, secret, weight = data.slots, data.secret, data.weight
    for _ in range(recipe.rounds):
        mined = table(mine(model, documents, recipe), recipe)
        slots = vstack((data.slots, mined.slots), format="csr")
        secret = np.concatenate((data.secret, mined.secret))
        weight = np.concatenate((data.weight, mined.weight))
        best = _one_of_each(data, rows, data.slots @ first)
        chosen = np.concatenate((best, np.ones(len(mined), dtype=bool)))
        model, first = _first(model, slots, secret, weight, chosen, kept, recipe)
    words = vstack((data.words, mined.words), format="csr") if mined else data.words
    terms = np.concatenate((data.lexical, mined.lexical)) if mined else data.lexical
    return _second(model, (slots, words, terms), secret, weight, chosen, kept, recipe)


def with_matters(model: ContentModel, data: Table, rows: Flags, recipe: Recipe) -> ContentModel:
    """Return the model with weights that tell the matter of a window.

    Log odds of characters, pairs and words by matter, of secret texts and their public twins
    alike, and how dense the terms of a matter are. They know a family that they have not seen
    better than a regression does. How far to trust them, families held out tell.
    """
    codes = [matter.code for matter in lexicon().matters]
    taken = np.flatnonzero(rows & (data.kind == "family"))
    number = np.array([codes.index(code) for code in data.matter[taken]])
    parts = data.slots[taken], data.words[taken], data.lexical[taken][:, : len(codes)]
    family = data.family[taken]
    scores, truth = [], []
    for held in sorted(set(family.tolist())):
        out = family == held
        seen = out if out.all() else ~out
        scores.append(_matter_scores(parts, number, seen, out, recipe))
        truth.append(number[out])
    heat = _temperature(np.concatenate(scores), np.concatenate(truth))
    slots, words = (topic_odds(part, number, len(codes), recipe.smoothing) for part in parts[:2])
    slots, words = (odds.astype(np.float32) / np.float32(heat) for odds in (slots, words))
    return replace(
        model,
        matter_single=slots[:, :SINGLES],
        matter_pair=slots[:, SINGLES:],
        matter_words=words,
        parameters={**model.parameters, "matter_terms": round(recipe.matter_terms / heat, 4)},
    )


def _matter_scores(
    parts: tuple[Matrix, Matrix, Numbers],
    number: NDArray[np.int64],
    seen: Flags,
    out: Flags,
    recipe: Recipe,
) -> Numbers:
    """Return the scores of matters of the rows `out`, by odds of the rows `seen`."""
    count = parts[2].shape[1]
    made: Numbers = recipe.matter_terms * parts[2][out]
    for part in parts[:2]:
        odds = topic_odds(part[seen], number[seen], count, recipe.smoothing)
        made = made + part[out] @ odds.T / SCALE
    return made


def _temperature(scores: Numbers, truth: NDArray[np.int64]) -> float:
    """Return by what scores are to be divided so that their shares are likely."""
    best, least = 1.0, np.inf
    for heat in np.geomspace(0.02, 2.0, 41):
        raw = scores / heat
        raw = raw - raw.max(axis=1, keepdims=True)
        told = raw[np.arange(len(truth)), truth] - np.log(np.exp(raw).sum(axis=1))
        if -told.mean() < least:
            best, least = float(heat), float(-told.mean())
    return best


def mine(model: ContentModel, documents: Sequence[Document], recipe: Recipe) -> list[Row]:
    """Return the windows of each public document that stage one likes best."""
    found = []
    for made in documents:
        starts, ends = windows(len(made.units), recipe.window, recipe.window // 2)
        if not len(starts):
            continue
        scores = model.first_stage(made.chars, made.slots, starts, ends)
        taken: list[int] = []
        for n in np.argsort(-scores, kind="stable")[: 3 * recipe.mined].tolist():
            if all(abs(n - other) > 1 for other in taken):
                taken.append(n)
        for n in taken[: recipe.mined]:
            units = made.units[starts[n] : ends[n]]
            found.append((float(scores[n]), made, units))
    found.sort(key=lambda item: (-item[0], item[1].source, item[1].name))
    return [
        Row(units, False, "", "", "", made.source, made.name, -1, "mined")
        for _, made, units in found[: recipe.source_windows]
    ]


def gated(model: ContentModel, documents: Sequence[Document], share: float) -> float:
    """Return the score of stage one that `share` of the windows of public text pass."""
    scores = []
    for made in documents:
        starts, ends = model.windows(len(made.units))
        if len(starts):
            scores.append(model.first_stage(made.chars, made.slots, starts, ends))
    return float(np.quantile(np.concatenate(scores), 1 - share))


def _one_of_each(data: Table, rows: Flags, score: Numbers) -> Flags:
    """Return the rows with the highest score of each bag, and those in no bag."""
    chosen = rows & (data.bag < 0)
    numbers = np.flatnonzero(rows & (data.bag >= 0))
    order = numbers[np.lexsort((-score[numbers], data.bag[numbers]))]
    first = np.ones(len(order), dtype=bool)
    first[1:] = data.bag[order][1:] != data.bag[order][:-1]
    chosen[order[first]] = True
    return chosen


def _first(
    model: ContentModel,
    slots: Matrix,
    secret: Flags,
    weight: Numbers,
    chosen: Flags,
    kept: Flags,
    recipe: Recipe,
) -> tuple[ContentModel, Numbers]:
    """Fit stage one; return the model with it and its weights for the columns of `slots`."""
    told = secret[chosen], weight[chosen]
    of = slots[chosen][:, kept]
    weights, _ = fit(of, *told, recipe.strength, recipe.balance)
    found, bias = mixed(of, weights, log_odds(of, *told, recipe.smoothing), told, recipe)
    all_slots = np.zeros(SINGLES + PAIRS)
    all_slots[kept] = found
    scaled = (all_slots * SCALE).astype(np.float32)
    fitted = replace(
        model,
        single=scaled[:SINGLES],
        pair=scaled[SINGLES:],
        parameters={**model.parameters, "bias": bias},
    )
    return fitted, all_slots


def _second(
    model: ContentModel,
    parts: tuple[Matrix, Matrix, NDArray[np.float64]],
    secret: Flags,
    weight: Numbers,
    chosen: Flags,
    kept: Flags,
    recipe: Recipe,
) -> ContentModel:
    from scipy.sparse import csr_array, hstack

    slots, words, terms = (part[chosen] for part in parts)
    known = frequent(words, recipe.rarest)
    told = secret[chosen], weight[chosen]
    chars, of_words = slots[:, kept], words[:, known]
    whole = hstack((chars, of_words, csr_array(terms * recipe.terms_scale)), format="csr")
    fitted, _ = fit(whole, *told, recipe.second_strength, recipe.balance)
    odds = [log_odds(chars, *told, recipe.smoothing), log_odds(of_words, *told, recipe.smoothing)]
    found, bias = mixed(
        whole, fitted, np.concatenate((*odds, np.zeros(terms.shape[1]))), told, recipe
    )
    chars, rest = np.split(found, [int(kept.sum())])
    of_words, of_terms = np.split(rest, [int(known.sum())])
    all_slots = np.zeros(SINGLES + PAIRS, np.float32)
    all_slots[kept] = chars * SCALE
    all_words = np.zeros(words.shape[1], np.float32)
    all_words[known] = of_words * SCALE
    return replace(
        model,
        second_single=all_slots[:SINGLES],
        second_pair=all_slots[SINGLES:],
        words=all_words,
        terms=(of_terms * recipe.terms_scale).astype(np.float32),
        parameters={**model.parameters, "second_bias": bias},
    )


def mixed(
    matrix: Matrix, fitted: Numbers, odds: Numbers, told: tuple[Flags, Numbers], recipe: Recipe
) -> tuple[Numbers, float]:
    """Return the sum of two scores that vary alike among public text, as weights and bias.

    Regression tells a secret from its public twin, but gives text unlike all it has seen high
    and low scores by chance; log odds give such text little. The sum does better than either.
    """
    secret, weight = told
    both = [matrix @ weights for weights in (fitted, odds)]
    scales = [1 / both[0][~secret].std(), recipe.odds_share / both[1][~secret].std()]
    total = both[0] * scales[0] + both[1] * scales[1]
    factor, bias = fit(total[:, None], secret, weight, 1.0, recipe.balance)
    return factor[0] * (fitted * scales[0] + odds * scales[1]), bias


def _empty(recipe: Recipe) -> ContentModel:
    codes = [matter.code for matter in lexicon().matters]
    none = [_NEVER] * 16
    told = {
        "hash": HASH,
        "sizes": list(recipe.sizes),
        "step": recipe.step,
        "floor": recipe.floor,
        "inertia": recipe.inertia,
        "gate": -_NEVER,
        "bias": 0.0,
        "second_bias": 0.0,
        "thresholds": {"high": none, "medium": none},
        "calibration": [[-_NEVER, 0.0], [_NEVER, 1.0]],
        "matters": codes,
        "matter_terms": 0.0,
    }
    nothing = np.zeros(1, np.float32)
    terms = np.zeros(len(lexicon().features), np.float32)
    matters = [np.zeros((len(codes), n), np.float32) for n in (SINGLES, PAIRS, WORDS)]
    return ContentModel(told, nothing, nothing, nothing, nothing, nothing, terms, *matters)


def worst(model: ContentModel, units: Units) -> float:
    """Return the score of stage two of the worst window; -inf where none passes the gate."""
    from markscan.classify.segmenter import split_words

    found = model.assess(units, split_words)
    return found.score if found else -np.inf
