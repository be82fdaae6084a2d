"""Fits both stages of the content model to rows, and mines public text for its worst windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.classify.characters import HASH, PAIRS, SINGLES
from markscan.classify.content import ContentModel, windows
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
    """Return the model with weights that tell the matter of a secret window."""
    from sklearn.linear_model import LogisticRegression

    codes = [matter.code for matter in lexicon().matters]
    taken = rows & (data.kind == "family")
    pairs = data.slots[taken][:, SINGLES:]
    kept = frequent(pairs, recipe.rarest)
    number = np.array([codes.index(code) for code in data.matter[taken]])
    fitted = LogisticRegression(C=recipe.strength, max_iter=200, tol=1e-3)
    fitted.fit(pairs[:, kept], number)
    weights = np.zeros((len(codes), PAIRS), np.float32)
    bias = np.full(len(codes), -20.0)
    for row, code in enumerate(fitted.classes_.tolist()):
        weights[code, kept] = fitted.coef_[row] * SCALE
        bias[code] = fitted.intercept_[row]
    return replace(
        model,
        matter=weights,
        parameters={**model.parameters, "matter_bias": [round(b, 4) for b in bias.tolist()]},
    )


def mine(model: ContentModel, documents: Sequence[Document], recipe: Recipe) -> list[Row]:
    """Return the windows of each public document that stage one likes best."""
    found = []
    for made in documents:
        starts, ends = windows(len(made.units), recipe.window, recipe.step)
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
    told = model.parameters
    for made in documents:
        starts, ends = windows(len(made.units), told["window"], told["step"])
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
    whole = hstack((chars, of_words, csr_array(terms)), format="csr")
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
        terms=of_terms.astype(np.float32),
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
        "window": recipe.window,
        "step": recipe.step,
        "gate": -_NEVER,
        "bias": 0.0,
        "second_bias": 0.0,
        "thresholds": {"high": none, "medium": none},
        "calibration": [[-_NEVER, 0.0], [_NEVER, 1.0]],
        "matters": codes,
        "matter_bias": [0.0] * len(codes),
    }
    nothing = np.zeros(1, np.float32)
    terms = np.zeros(len(lexicon().features), np.float32)
    matter = np.zeros((len(codes), PAIRS), np.float32)
    return ContentModel(told, nothing, nothing, nothing, nothing, nothing, terms, matter)


def worst(model: ContentModel, units: Units) -> float:
    """Return the score of stage two of the worst window; -inf where none passes the gate."""
    from markscan.classify.segmenter import split_words

    found = model.assess(units, split_words)
    return found.score if found else -np.inf
