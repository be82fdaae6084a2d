"""Thresholds of bands by the length of a document, and calibration of scores.

Both come from documents of sources that the scoring model has not seen. A longer document has
more windows and so more chances to be wrong: thresholds never fall with length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.classify.content import LENGTHS
from markscan.train.recipe import Recipe

_NEIGHBOURS = 150  # documents that a threshold rests on, at least
_FEWEST = 30  # documents of a source that its own share of false alarms is looked at
_SHIFT = 0.05
_POINTS = 24
_NOTHING = -1e9  # the score of a document of which no window passed the gate

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Scored:
    """Documents by source, length (its doublings) and score of the worst window."""

    source: NDArray[Any]
    length: NDArray[np.int64]
    score: Numbers


def thresholds(scored: Scored, recipe: Recipe) -> dict[str, list[float]]:
    """Return the thresholds of the bands.

    `medium` is passed by `recipe.medium_rate` of all documents at most, and of no source of
    thirty documents and more by more than `recipe.worst_source`; `high` by fewer.
    """
    medium = _curve(scored, recipe.medium_rate)
    medium = _raised(scored, medium, recipe.medium_rate, recipe.worst_source)
    high = _curve(scored, recipe.high_rate)
    high = _raised(scored, np.maximum(high, medium), recipe.high_rate, recipe.worst_source / 2)
    rows = {"high": np.maximum(high, medium + 0.5), "medium": medium}
    return {band: [round(value, 4) for value in row.tolist()] for band, row in rows.items()}


def passed(scored: Scored, row: Sequence[float]) -> NDArray[np.bool_]:
    """Return which documents reach the thresholds of a band."""
    reached: NDArray[np.bool_] = scored.score >= np.array(row)[scored.length]
    return reached


def calibration(public: Numbers, secret: Numbers, prior: float) -> list[list[float]]:
    """Return points of score and probability, rising, for documents with this share of secret.

    Args:
        public: scores of public documents of sources unseen.
        secret: scores of documents with a secret text of a family unseen.
    """
    from sklearn.isotonic import IsotonicRegression

    scores = np.concatenate((public, secret))
    truth = np.concatenate((np.zeros(len(public)), np.ones(len(secret))))
    weight = np.where(truth > 0, prior / len(secret), (1 - prior) / len(public))
    seen = scores > _NOTHING
    fitted = IsotonicRegression(out_of_bounds="clip", y_min=0.0, y_max=0.99)
    fitted.fit(scores[seen], truth[seen], sample_weight=weight[seen])
    middle = np.quantile(secret[secret > _NOTHING], np.linspace(0, 1, _POINTS))
    points = np.unique(np.round(middle, 3))
    shares = fitted.predict(points)
    return [[float(s), round(float(p), 4)] for s, p in zip(points, shares, strict=True)]


def _curve(scored: Scored, rate: float) -> Numbers:
    """Return, for each length, the score that `rate` of documents near that length pass."""
    row = np.zeros(LENGTHS)
    for length in range(LENGTHS):
        near = np.abs(scored.length - length)
        for reach in range(LENGTHS):
            if (near <= reach).sum() >= min(_NEIGHBOURS, len(near)):
                break
        row[length] = np.quantile(scored.score[near <= reach], 1 - rate, method="higher")
    least = np.quantile(scored.score, 1 - rate, method="higher") - 3.0
    return np.maximum.accumulate(np.maximum(row, least)) + 1e-4


def _raised(scored: Scored, row: Numbers, rate: float, worst: float) -> Numbers:
    """Raise all thresholds alike until the shares of false alarms hold."""
    sources = [s for s in np.unique(scored.source) if (scored.source == s).sum() >= _FEWEST]
    while True:
        wrong = passed(scored, row.tolist())
        shares = [wrong[scored.source == source].mean() for source in sources]
        if wrong.mean() <= rate and max(shares, default=0.0) <= worst:
            return row
        row = row + _SHIFT


def counts(scored: Scored, row: Sequence[float]) -> Mapping[str, tuple[int, int]]:
    """Return, for each source, how many documents reach the band, and how many there are."""
    wrong = passed(scored, row)
    return {
        str(source): (
            int(wrong[scored.source == source].sum()),
            int((scored.source == source).sum()),
        )
        for source in np.unique(scored.source)
    }
