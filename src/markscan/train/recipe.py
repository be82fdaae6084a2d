"""The numbers by which the content model is trained, in one place; the card repeats them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the training does, beside its data.

    Lengths are in units of bare text: `window` of rows to train on; `sizes`, `step`, `floor` and
    `inertia` of how the model looks through a document. `strength` is C of the regressions,
    `balance` what all secret rows weigh beside the others, `rarest` how many rows a feature must
    stand in. `smoothing` and `odds_share` are of the log odds that are added to the regression,
    `terms_scale` is how freely groups of terms are weighed beside characters and words,
    `matter_terms` what the terms of a matter count where the matter is told.

    `per_template` texts are generated of each template and of each twin; `random_windows` are
    taken of each public document, at most `source_windows` of a source, and `mined` more of
    each where the first fit is most wrong. Weights are those of windows; a generated one
    weighs 1. `folds` divide sources for thresholds; `gate_share` of the windows of public text
    may reach stage two. `prior` is the share of secret documents for which probabilities are
    stated.
    """

    seed: int = 20260
    window: int = 90
    sizes: tuple[int, ...] = (70, 120)
    step: int = 30
    floor: float = -8.0
    inertia: float = 60.0
    per_template: int = 6
    random_windows: int = 3
    source_windows: int = 6000
    mined: int = 3
    corpus_weight: float = 0.3
    near_weight: float = 1.0
    mined_weight: float = 1.0
    ornamented: float = 0.5
    strength: float = 0.03
    second_strength: float = 0.03
    balance: float = 1.0
    smoothing: float = 0.3
    odds_share: float = 1.0
    terms_scale: float = 20.0
    matter_terms: float = 0.2
    rarest: int = 5
    rounds: int = 1
    folds: int = 5
    gate_share: float = 0.04
    medium_rate: float = 0.009
    high_rate: float = 0.002
    worst_source: float = 0.03
    prior: float = 0.03


def recipe_of(told: Mapping[str, Any]) -> Recipe:
    """Return the recipe that a card repeats."""
    return Recipe(**{**told, "sizes": tuple(told["sizes"])})
