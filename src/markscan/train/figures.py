"""Figures of an evaluation, each with its 95 % interval by Wilson, ready for JSON."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.train.cross_fitting import CrossFit, Found
from markscan.train.recipe import Recipe
from markscan.train.thresholds import Scored, counts, passed

_Z = 1.96
_BINS = 10


def share(hits: int, of: int) -> dict[str, Any]:
    """Return hits, count, share and its interval; the share of nothing is None."""
    if not of:
        return {"hits": 0, "of": 0, "share": None, "interval": None}
    rate = hits / of
    middle = rate + _Z * _Z / (2 * of)
    reach = _Z * math.sqrt(rate * (1 - rate) / of + _Z * _Z / (4 * of * of))
    whole = 1 + _Z * _Z / of
    low, high = (middle - reach) / whole, (middle + reach) / whole
    interval = [round(max(low, 0.0), 4), round(min(high, 1.0), 4)]
    return {"hits": hits, "of": of, "share": round(rate, 4), "interval": interval}


def false_alarms(scored: Scored, thresholds: Sequence[float]) -> dict[str, Any]:
    """Return the share of documents that reach a band, of all and of each source."""
    wrong = passed(scored, thresholds)
    by_source = counts(scored, thresholds)
    return {
        "all": share(int(wrong.sum()), len(wrong)),
        "sources": {source: share(*found) for source, found in by_source.items()},
    }


def found_share(found: Iterable[Found], thresholds: Sequence[float]) -> dict[str, Any]:
    """Return the share of planted texts found: flagged, by a window that holds some of it."""
    rows = list(found)
    hits = sum(row.hit and row.score >= thresholds[row.length] for row in rows)
    return share(hits, len(rows))


def matter_shares(found: Iterable[Found], most: int) -> dict[str, Any]:
    """Return how often the matter is among the first `most` told, where a window was hit."""
    rows = [row for row in found if row.hit]
    return share(sum(row.matter in row.told[:most] for row in rows), len(rows))


def of_cross_fit(crossed: CrossFit, thresholds: dict[str, list[float]], recipe: Recipe) -> Any:
    """Return the figures of models that had not seen what they were judged on."""
    medium = thresholds["medium"]
    planted = crossed.planted
    secret = [row for row in planted if row.secret]
    twins = [row for row in planted if not row.secret]
    families = sorted({row.family for row in planted})
    matters = sorted({row.matter for row in planted})
    return {
        "false_alarms": {
            band: false_alarms(crossed.public, row) for band, row in thresholds.items()
        },
        "near_topic": {
            band: false_alarms(crossed.near, r)["all"] for band, r in thresholds.items()
        },
        "unseen_family": {
            "recall": found_share(secret, medium),
            "recall_high": found_share(secret, thresholds["high"]),
            "twins_flagged": found_share(twins, medium),
            "auc_twins": auc([r.score for r in secret], [r.score for r in twins]),
            "families": {
                f: found_share([r for r in secret if r.family == f], medium) for f in families
            },
            "matters": {
                m: found_share([r for r in secret if r.matter == m], medium) for m in matters
            },
            "matter_first": matter_shares(secret, 1),
            "matter_first_three": matter_shares(secret, 3),
        },
        "prior": recipe.prior,
    }


def auc(high: Sequence[float], low: Sequence[float]) -> float | None:
    """Return the chance that a number of `high` is above one of `low`."""
    if not high or not low:
        return None
    ordered = np.sort(np.array(low))
    values = np.array(high)
    below = np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")
    return round(float(below.mean() / 2 / len(ordered)), 4)


def calibration_error(
    told: NDArray[np.float64], truth: NDArray[np.float64], weight: NDArray[np.float64]
) -> dict[str, float]:
    """Return the expected calibration error over ten bins, and the Brier score, weighted."""
    share_of = weight / weight.sum()
    bins = np.minimum((told * _BINS).astype(int), _BINS - 1)
    error = 0.0
    for number in range(_BINS):
        inside = bins == number
        if inside.any():
            error += abs(float((share_of[inside] * (told - truth)[inside]).sum()))
    brier = float((share_of * (told - truth) ** 2).sum())
    return {"ece": round(error, 4), "brier": round(brier, 4)}
