"""Fits the occurrence model: logistic regression on hashed tokens, calibrated on texts unseen.

Folds hold whole groups of texts (styles), so that what is measured in them is how the model
does on ways of writing that it has not seen.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.classify.occurrence_features import REACH, SLOTS, slots
from markscan.classify.occurrence_rules import KINDS, ruled
from markscan.fold import fold
from markscan.train.occurrence_texts import Occurrence

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]

FOLDS = 5
_RAREST = 3  # texts that fill a slot, else it is left out
_SURE = 0.98
_LEVELS = 127  # of a weight as one byte
_TEMPERATURES = np.geomspace(0.5, 4.0, 49)


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Occurrences as a sparse matrix, one row each; `rule` is what the rules say, -1 nothing."""

    matrix: Any
    label: Labels
    weight: Numbers
    style: tuple[str, ...]
    template: tuple[str, ...]
    rule: Labels
    rule_name: tuple[str, ...]


def table(found: Sequence[Occurrence]) -> Table:
    """Return the table of occurrences."""
    from scipy.sparse import csr_matrix

    ends, columns = [0], []
    rules = [
        ruled(_folded(o.left[-REACH:]), fold(o.word).text, _folded(o.right[:REACH])) for o in found
    ]
    for one in found:
        columns += slots(one.left, one.word, one.right, one.structure)
        ends.append(len(columns))
    ones = np.ones(len(columns), dtype=np.float64)
    matrix = csr_matrix((ones, columns, ends), shape=(len(found), SLOTS))
    return Table(
        matrix,
        np.array([KINDS.index(o.kind) for o in found], dtype=np.int64),
        np.array([o.weight for o in found]),
        tuple(o.style for o in found),
        tuple(o.template for o in found),
        np.array([-1 if r is None else KINDS.index(r[1]) for r in rules], dtype=np.int64),
        tuple("" if r is None else r[0] for r in rules),
    )


def common(data: Table) -> Table:
    """Return the table without slots that fewer than three texts fill."""
    from scipy.sparse import csr_matrix, diags

    names = {name: at for at, name in enumerate(sorted(set(data.template)))}
    rows = [names[each] for each in data.template]
    size = (len(names), len(rows))
    of_text = csr_matrix((np.ones(len(rows)), (rows, range(len(rows)))), shape=size)
    texts = np.asarray(((of_text @ data.matrix) > 0).sum(axis=0)).ravel()
    kept = (data.matrix @ diags((texts >= _RAREST).astype(np.float64))).tocsr()
    kept.eliminate_zeros()
    return replace(data, matrix=kept)


def limits(data: Table, marks: Numbers) -> dict[str, float]:
    """Return where likelihoods of a marking decide, by scores of texts unseen.

    From `decide` on as many texts are called markings as are; from `sure` on 98 in a hundred are;
    below `hardly` lie 2 in a hundred of the markings.
    """
    free = (data.rule < 0) & (data.weight == 1)
    own, score = data.label[free] == 0, marks[free]
    steps = np.arange(0.02, 1.0, 0.01)
    decide = next((t for t in steps if (score >= t).sum() <= own.sum()), 0.5)
    sure = next((t for t in steps if own[score >= t].mean() >= _SURE), 0.99)
    hardly = max((t for t in steps if (score[own] < t).mean() <= 1 - _SURE), default=0.02)
    return {"decide": round(float(decide), 2), "sure": round(float(sure), 2),
            "hardly": round(float(hardly), 2)}  # fmt: skip


def fit(data: Table, rows: NDArray[np.bool_], strength: float) -> tuple[Numbers, Numbers]:
    """Return weights (slots by kinds) and biases fitted to the chosen rows.

    The kinds weigh alike, and so do the texts of a kind.
    """
    from sklearn.linear_model import LogisticRegression

    chosen = np.flatnonzero(rows & (data.rule < 0))
    label, weight = data.label[chosen], data.weight[chosen].copy()
    for kind in range(len(KINDS)):
        own = label == kind
        if own.any():
            weight[own] *= len(chosen) / len(KINDS) / weight[own].sum()
    engine = LogisticRegression(C=strength, max_iter=400, tol=1e-4)
    engine.fit(data.matrix[chosen], label, sample_weight=weight)
    weights, bias = np.zeros((SLOTS, len(KINDS))), np.full(len(KINDS), -9.0)
    weights[:, engine.classes_] = engine.coef_.T
    bias[engine.classes_] = engine.intercept_
    return weights, bias


def unseen(data: Table, strength: float, groups: Sequence[str], seed: int) -> Numbers:
    """Return raw scores of all rows, each by a model that saw nothing of its group."""
    names = sorted(set(groups))
    random.Random(seed).shuffle(names)
    fold_of = {name: at % FOLDS for at, name in enumerate(names)}
    folds = np.array([fold_of[name] for name in groups])
    made = np.zeros((len(groups), len(KINDS)))
    for at in range(FOLDS):
        weights, bias = fit(data, folds != at, strength)
        made[folds == at] = data.matrix[folds == at] @ weights + bias
    return made


def temperature(scores: Numbers, label: Labels, weight: Numbers) -> float:
    """Return by what raw scores are to be divided so that their shares are likely."""
    best, least = 1.0, np.inf
    for one in _TEMPERATURES:
        share = shares(scores / one)
        loss = -np.average(np.log(share[np.arange(len(label)), label] + 1e-9), weights=weight)
        if loss < least - 1e-9:
            best, least = float(one), float(loss)
    return best


def shares(scores: Numbers) -> Numbers:
    """Return the shares of the kinds, each row adding up to one."""
    made: Numbers = np.exp(scores - scores.max(axis=1, keepdims=True))
    made /= made.sum(axis=1, keepdims=True)
    return made


def trust(data: Table) -> Mapping[str, float]:
    """Return how often each rule is right in the training texts, as if it erred once more."""
    made = {}
    for name in sorted({each for each in data.rule_name if each}):
        own = np.array([each == name for each in data.rule_name])
        right = int((data.rule[own] == data.label[own]).sum())
        made[name] = round((right + 1) / (int(own.sum()) + 2), 4)
    return made


def packed(weights: Numbers) -> tuple[NDArray[np.int8], float]:
    """Return weights as single bytes, and by what they are to be multiplied."""
    scale = float(np.abs(weights).max()) / _LEVELS or 1.0
    return np.rint(weights / scale).astype(np.int8), scale


def _folded(text: str) -> str:
    return fold(text.replace("\f", "\0").replace("\t", "\0")).text
