"""Sparse matrices of windows, and linear models fitted to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.classify.characters import PAIRS, SINGLES, characters, ideographs, pair_slots
from markscan.classify.content import text_of
from markscan.classify.lexical_features import WORDS, lexical, word_slots
from markscan.classify.segmenter import split_words
from markscan.pool import Units

Matrix = Any  # scipy.sparse.csr_array; scipy is there for training only
SCALE = 100.0  # counts are for so many characters


def slot_matrix(texts: Sequence[Units]) -> Matrix:
    """Return, for each text, how often each character and pair stands in 100 characters."""
    columns, sizes = [], []
    for units in texts:
        chars = ideographs(characters(units))
        columns.append(chars.astype(np.int32))
        columns.append(pair_slots(chars).astype(np.int32) + SINGLES)
        sizes.append(2 * len(chars) - 1)
    values = np.repeat([SCALE / max(len(units), 1) for units in texts], sizes)
    return _matrix(columns, sizes, values, SINGLES + PAIRS)


def word_matrix(texts: Sequence[Units]) -> Matrix:
    """Return, for each text, which share of its words, in percent, each word is."""
    columns = [word_slots(split_words(text_of(units))).astype(np.int32) for units in texts]
    sizes = [len(column) for column in columns]
    values = np.repeat([SCALE / max(size, 1) for size in sizes], sizes)
    return _matrix(columns, sizes, values, WORDS)


def lexical_matrix(texts: Sequence[Units]) -> NDArray[np.float64]:
    """Return the features of `lexical` for each text."""
    return np.array([lexical(text_of(units)) for units in texts])


def fit(
    matrix: Matrix,
    secret: NDArray[np.bool_],
    weight: NDArray[np.float64],
    strength: float,
    balance: float,
) -> tuple[NDArray[np.float64], float]:
    """Return weights and bias of a logistic regression.

    Args:
        balance: what all secret rows weigh beside all others.
    """
    from sklearn.linear_model import LogisticRegression

    both = weight.copy()
    both[secret] *= balance * weight[~secret].sum() / weight[secret].sum()
    both *= len(both) / both.sum()
    model = LogisticRegression(C=strength, max_iter=100, tol=3e-3)
    model.fit(matrix, secret, sample_weight=both)
    return model.coef_[0], float(model.intercept_[0])


def topic_odds(matrix: Matrix, topic: NDArray[np.int64], topics: int, smoothing: float) -> Any:
    """Return, for each topic, how much more of its rows a column is than of all, as a logarithm.

    Rows by columns, as `log_odds`; a topic without rows has no odds.
    """
    sums = np.array([np.asarray(matrix[topic == n].sum(axis=0)).ravel() for n in range(topics)])
    shares = sums / np.maximum(sums.sum(axis=1, keepdims=True), 1e-9)
    mean = shares.mean(axis=0)
    floor = smoothing * mean[mean > 0].mean()
    odds = np.log((shares + floor) / (mean + floor))
    odds[sums.sum(axis=1) == 0] = 0.0
    return odds


def log_odds(
    matrix: Matrix, secret: NDArray[np.bool_], weight: NDArray[np.float64], smoothing: float
) -> NDArray[np.float64]:
    """Return how much more of the secret rows each column is than of the others, as a logarithm.

    Naive Bayes: a column that neither has is worth nothing, and one that is rare little; so
    text unlike all that was seen scores near nothing.
    """
    inside, outside = (
        matrix[rows].T @ weight[rows] / weight[rows].sum() for rows in (secret, ~secret)
    )
    total = inside.sum(), outside.sum()
    mean = (inside / total[0] + outside / total[1]) / 2
    floor = smoothing * mean[mean > 0].mean()
    ratio: NDArray[np.float64] = np.log((inside / total[0] + floor) / (outside / total[1] + floor))
    return ratio


def frequent(matrix: Matrix, least: int) -> NDArray[np.bool_]:
    """Return which columns stand in at least `least` rows."""
    rows: NDArray[np.bool_] = np.bincount(matrix.indices, minlength=matrix.shape[1]) >= least
    return rows


def _matrix(
    columns: list[NDArray[np.int32]], sizes: list[int], values: NDArray[np.float64], width: int
) -> Matrix:
    from scipy.sparse import csr_array

    ends = np.concatenate(([0], np.cumsum(sizes)))
    flat = np.concatenate(columns) if columns else np.zeros(0, np.int32)
    # The columns of a window come in two pieces, characters and pairs; `ends` counts both.
    made = csr_array((values.astype(np.float32), flat, ends), shape=(len(sizes), width))
    made.sum_duplicates()
    return made
