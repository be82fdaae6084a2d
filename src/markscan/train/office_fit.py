"""Fits the content model to an office's documents, with the shipped weights as the prior.

What is fitted is a difference from the shipped weights, held small (the prior of Bayes: a
normal distribution around them), by L-BFGS of scipy: what the office's documents don't speak
of stays as it was shipped. Of internal documents the windows that look most suspicious are
taken for secret, twice: not every window of an internal document is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.classify.content import ContentModel
from markscan.train.content_fit import gated
from markscan.train.corpora import Document
from markscan.train.matrices import (
    SCALE,
    Matrix,
    frequent,
    lexical_matrix,
    slot_matrix,
    word_matrix,
)
from markscan.train.office_texts import Labelled

Numbers = NDArray[np.float64]

_SECRET, _WRONG, _RANDOM = 3, 4, 4  # windows of a document: of an internal, of a public one
_ROUNDS = 2
_RAREST = 3  # windows that a feature must stand in to be fitted
STRENGTH = 0.03  # how freely weights leave the prior: the variance of one weight of 100 units
_GATE_SHARE = 0.02


def fit_office(prior: ContentModel, found: Sequence[Labelled], seed: int) -> ContentModel:
    """Return `prior` moved towards the documents; thresholds and calibration as they were."""
    model = prior
    for _ in range(_ROUNDS):
        rng = np.random.default_rng(seed)
        windows = [_windows(model, one, rng) for one in found]
        units = [piece for pieces in windows for piece in pieces]
        secret = np.array(
            [one.secret for one, pieces in zip(found, windows, strict=True) for _ in pieces]
        )
        model = _moved(prior, units, secret)
    gate = gated(model, [one.document for one in found if not one.secret], _GATE_SHARE)
    least = min(gate, float(prior.parameters["gate"]))
    return replace(model, parameters={**model.parameters, "gate": round(least, 4)})


def _windows(model: ContentModel, one: Labelled, rng: np.random.Generator) -> list[Any]:
    """Return the worst windows of a document, apart from each other; of a public one others too."""
    made: Document = one.document
    starts, ends = model.windows(len(made.units))
    scores = model.first_stage(made.chars, made.slots, starts, ends)
    taken: list[int] = []
    most = _SECRET if one.secret else _WRONG
    for n in np.argsort(-scores, kind="stable").tolist():
        if len(taken) == most:
            break
        if all(starts[n] >= ends[other] or ends[n] <= starts[other] for other in taken):
            taken.append(n)
    if not one.secret:
        taken += rng.choice(len(starts), min(_RANDOM, len(starts)), replace=False).tolist()
    return [made.units[starts[n] : ends[n]] for n in taken]


def _moved(prior: ContentModel, units: Sequence[Any], secret: NDArray[np.bool_]) -> ContentModel:
    from scipy.sparse import csr_array, hstack

    slots, words = slot_matrix(units), word_matrix(units)
    terms = lexical_matrix(units)
    singles = len(prior.single)
    first: Numbers = np.concatenate((prior.single, prior.pair)).astype(np.float64) / SCALE
    parts = (prior.second_single, prior.second_pair, prior.words)
    counted: Numbers = np.concatenate(parts).astype(np.float64) / SCALE
    second: Numbers = np.concatenate((counted, prior.terms))
    whole = hstack((slots, words, csr_array(terms)), format="csr")
    first, bias = _fitted(slots, first, float(prior.parameters["bias"]), secret)
    second, second_bias = _fitted(whole, second, float(prior.parameters["second_bias"]), secret)
    width = slots.shape[1]
    told = {"bias": round(bias, 5), "second_bias": round(second_bias, 5)}
    return replace(
        prior,
        single=_scaled(first[:singles]),
        pair=_scaled(first[singles:]),
        second_single=_scaled(second[:singles]),
        second_pair=_scaled(second[singles:width]),
        words=_scaled(second[width : -len(prior.terms)]),
        terms=second[-len(prior.terms) :].astype(np.float32),
        parameters={**prior.parameters, **told},
    )


def _scaled(weights: Numbers) -> NDArray[np.float32]:
    return (weights * SCALE).astype(np.float32)


def _fitted(
    matrix: Matrix, weights: Numbers, bias: float, secret: NDArray[np.bool_]
) -> tuple[Numbers, float]:
    """Return weights and bias that lie near those given and tell `secret` rows from others.

    Both kinds of rows weigh alike. Only columns that stand in three rows and more are moved.
    """
    from scipy.optimize import minimize

    kept = frequent(matrix, _RAREST)
    of = matrix[:, kept]
    before: Numbers = matrix @ weights + bias
    sign = np.where(secret, 1.0, -1.0)
    weight = np.where(secret, 0.5 / secret.sum(), 0.5 / (~secret).sum()) * len(secret)

    def loss(told: Numbers) -> tuple[float, Numbers]:
        move = told[:-1]
        margin = sign * (before + of @ move + told[-1])
        wrong = -sign * weight / (1 + np.exp(np.clip(margin, -500, 500)))
        value = weight @ np.logaddexp(0, -margin) + move @ move / (2 * STRENGTH)
        return float(value), np.concatenate((of.T @ wrong + move / STRENGTH, [wrong.sum()]))

    start = np.zeros(int(kept.sum()) + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    moved = weights.astype(np.float64).copy()
    moved[kept] += found[:-1]
    return moved, bias + float(found[-1])
