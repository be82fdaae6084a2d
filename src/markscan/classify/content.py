"""Scores unmarked text: does a passage look like a matter that must not be published?

Stage one slides windows of several sizes over the whole text and adds up the weights of their
characters and pairs: two table look-ups a character. Windows above the gate, a few in a hundred,
reach stage two, which also weighs words and the terms of the matter lexicon, and tells the matter.
The score of a window is drawn towards a floor, the shorter it is the more: little text proves
little. A document is as suspicious as its worst window; the longer it is the more it takes, since
every window is a chance to be wrong.

The text alone can't tell whether a matter has been published since. A score is advice to a
person, who determines the level (定密责任人, 法19).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from markscan.classify.characters import HASH, PAIRS, SINGLES, characters, ideographs, pair_slots
from markscan.classify.lexical_features import WORDS, lexical, word_slots
from markscan.classify.matters import lexicon
from markscan.classify.model_file import ModelFile
from markscan.errors import ModelError
from markscan.pool import Units
from markscan.wording import MODEL

Band = Literal["high", "medium", "low"]
Weights = NDArray[np.float32]

_MOST = 24  # windows of one document that reach stage two
LENGTHS = 16  # doublings of length for which a model has thresholds
_RUN = 80  # units
_TOPICS = 3
_NUMBERS = ("step", "floor", "inertia", "gate", "bias", "second_bias", "matter_terms")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What stage two says of the worst window of a text.

    `start` and `end` are in units of the bare text. `score` is a logit, `probability` what it is
    worth by the calibration of the model, among documents of which a few in a hundred are
    secret. `band` is by the false alarms among public documents of this length: `high` and
    `medium` have few, all else is `low`. `matters` are codes with their share, most first;
    `topics` names of `Lexicon.features` that spoke for it, the weightiest first.
    """

    start: int
    end: int
    score: float
    probability: float
    band: Band
    matters: tuple[tuple[str, float], ...]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class ContentModel:
    """The weights of both stages. `parameters` are those of the model file."""

    parameters: Mapping[str, Any]
    single: Weights
    pair: Weights
    second_single: Weights
    second_pair: Weights
    words: Weights
    terms: Weights
    matter_single: Weights
    matter_pair: Weights
    matter_words: Weights

    @classmethod
    def of(cls, file: ModelFile) -> ContentModel:
        """Return the model in `file`.

        Raises:
            ModelError: it is no model of this kind, or of other hashes.
        """
        try:
            told, arrays = file.parameters, file.arrays
            if file.kind != "content" or told["hash"] != HASH:
                raise ValueError("kind")
            shapes: dict[str, tuple[int, ...]] = {
                "single": (SINGLES,),
                "pair": (PAIRS,),
                "second_single": (SINGLES,),
                "second_pair": (PAIRS,),
                "words": (WORDS,),
                "terms": (len(lexicon().features),),
                "matter_single": (len(told["matters"]), SINGLES),
                "matter_pair": (len(told["matters"]), PAIRS),
                "matter_words": (len(told["matters"]), WORDS),
            }
            made = {}
            for name, shape in shapes.items():
                weights = arrays[name].astype(np.float32) * np.float32(told["scale"][name])
                if weights.shape != shape:
                    raise ValueError("shape")
                made[name] = weights
            model = cls(told, **made)
            model._check()
        except (KeyError, TypeError, ValueError):
            raise ModelError(MODEL["model.wrong"].fill(name="content")) from None
        return model

    def _check(self) -> None:
        told = self.parameters
        numbers = [told[name] for name in _NUMBERS] + told["sizes"]
        numbers += [value for row in told["thresholds"].values() for value in row]
        numbers += [value for pair in told["calibration"] for value in pair]
        if not all(isinstance(n, int | float) and math.isfinite(n) for n in numbers):
            raise ValueError("numbers")
        if not (0 < told["step"] <= min(told["sizes"]) and set(told["thresholds"]) == set(_RAISED)):
            raise ValueError("windows")
        if any(len(row) != LENGTHS for row in told["thresholds"].values()):
            raise ValueError("thresholds")

    @cached_property
    def matters(self) -> tuple[str, ...]:
        """The codes of the matters, in the order of their weights."""
        return tuple(self.parameters["matters"])

    def assess(
        self, units: Units, split: Callable[[str], list[str]], *, gated: bool = True
    ) -> Suspicion | None:
        """Return what is worst in a bare text; None where no window passes the gate.

        Args:
            units: the bare text (`Folded.bare.units`).
            split: cuts text into words, called with windows of stage two only.
            gated: false: the worst windows reach stage two whatever their score; then None
                is returned only for texts too short for a window.
        """
        starts, ends = self.windows(len(units))
        if not len(starts):
            return None
        chars = ideographs(characters(units))
        slots = pair_slots(chars)
        first = self.first_stage(chars, slots, starts, ends)
        least = self.parameters["gate"] if gated else -np.inf
        passed = np.flatnonzero(first > least)
        if not len(passed):
            return None
        best = passed[np.argsort(-first[passed], kind="stable")][:_MOST]
        scores = [
            self.second_stage(chars, slots, int(starts[n]), int(ends[n]), split, units)
            for n in best
        ]
        worst = int(np.argmax(scores))
        start, end = int(starts[best[worst]]), int(ends[best[worst]])
        score = float(scores[worst])
        words = word_slots(split(text_of(units[start:end])))
        shown = lexical(text_of(units[start:end]))
        return Suspicion(
            start,
            end,
            score,
            self.probability(score),
            self._band(score, len(units)),
            self._matters(chars[start:end], slots[start : max(end - 1, start)], words, shown),
            self._topics(shown),
        )

    def windows(self, length: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return starts and ends of the windows of all sizes of a text of so many units."""
        least, *more = sorted(self.parameters["sizes"])
        step = self.parameters["step"]
        made = [windows(length, least, step)]
        made += [windows(length, size, step) for size in more if length > least]
        starts, ends = (np.concatenate(each) for each in zip(*made, strict=True))
        return starts, ends

    def first_stage(
        self, chars: Units, slots: NDArray[np.intp], starts: Any, ends: Any
    ) -> NDArray[np.float64]:
        """Return the logit of stage one for each window [start, end) of the text."""
        weights = self.single.take(chars)
        weights[:-1] += self.pair.take(slots)
        total = np.concatenate(([0.0], np.cumsum(weights, dtype=np.float64)))
        sizes = ends - starts
        made: NDArray[np.float64] = (total[ends] - total[starts]) / sizes
        made += self.parameters["bias"]
        drawn: NDArray[np.float64] = self.drawn(made, sizes)
        return drawn

    def drawn(self, score: Any, size: Any) -> Any:
        """Return scores of windows of `size` units, drawn towards the floor: less proves less."""
        floor, inertia = self.parameters["floor"], self.parameters["inertia"]
        return floor + (score - floor) * (size / (size + inertia))

    def second_stage(
        self,
        chars: Units,
        slots: NDArray[np.intp],
        start: int,
        end: int,
        split: Callable[[str], list[str]],
        units: Units,
    ) -> float:
        """Return the logit of stage two for one window."""
        text = text_of(units[start:end])
        size = end - start
        found = float(self.second_single.take(chars[start:end]).sum())
        found += float(self.second_pair.take(slots[start : max(end - 1, start)]).sum())
        found /= size
        words = word_slots(split(text))
        if len(words):
            found += float(self.words.take(words).mean())
        found += float(lexical(text) @ self.terms) + float(self.parameters["second_bias"])
        return float(self.drawn(found, size))

    def probability(self, score: float) -> float:
        """Return what a score of stage two is worth, by the calibration of the model."""
        scores, shares = zip(*self.parameters["calibration"], strict=True)
        return float(np.interp(score, scores, shares))

    def _band(self, score: float, units: int) -> Band:
        thresholds, length = self.parameters["thresholds"], doublings(units)
        return next((band for band in _RAISED if score >= thresholds[band][length]), "low")

    def _matters(
        self, chars: Units, slots: NDArray[np.intp], words: NDArray[np.intp], shown: Any
    ) -> tuple[tuple[str, float], ...]:
        raw = self.parameters["matter_terms"] * shown[: len(self.matters)]
        raw = raw + self.matter_single[:, chars].mean(axis=1)
        for weights, found in ((self.matter_pair, slots), (self.matter_words, words)):
            if len(found):
                raw = raw + weights[:, found].mean(axis=1)
        share = np.exp(raw - raw.max())
        share /= share.sum()
        order = np.argsort(-share, kind="stable")
        return tuple((self.matters[n], float(share[n])) for n in order)

    def _topics(self, shown: NDArray[np.float64]) -> tuple[str, ...]:
        """The groups of terms that raised the score of the passage, three at most."""
        worth = shown * self.terms
        order = np.argsort(-worth, kind="stable")[:_TOPICS]
        names = lexicon().features
        return tuple(names[n] for n in order if worth[n] > 0)


_RAISED: tuple[Band, ...] = ("high", "medium")


def text_of(units: Units) -> str:
    """Return units as text; a unit that is no character becomes U+FFFD."""
    return units.tobytes().decode("utf-16-le", "replace")


def doublings(units: int) -> int:
    """Return how often the length of a text, in runs of 80 units, doubles: 0 to 15.

    By this number thresholds go; a longer text has more windows to be wrong about.
    """
    return min(max((units // _RUN).bit_length() - 1, 0), LENGTHS - 1)


def windows(length: int, size: int, step: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return starts and ends of the windows of a text; the last ends with it.

    A text shorter than a window is one window, one shorter than a third of a window none.
    """
    if length < size // 3:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    starts = np.arange(0, max(length - size, 0) + 1, step)
    if starts[-1] + size < length:
        starts = np.append(starts, length - size)
    return starts, np.minimum(starts + size, length)
