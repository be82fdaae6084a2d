"""Scores unmarked text: does a passage look like a matter that must not be published?

Stage one slides a window over the whole text and adds up the weights of its characters and pairs:
two table look-ups a character. Windows above the gate, a few in a hundred, reach stage two, which
also weighs words and the terms of the matter lexicon, and tells the matter. A document is as
suspicious as its worst window; the longer it is the more it takes, since every window is a chance
to be wrong.

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
_LENGTHS = 16  # doublings of length, in windows, for which a model has thresholds


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What stage two says of the worst window of a text.

    `start` and `end` are in units of the bare text. `score` is a logit, `probability` what it is
    worth by the calibration of the model, among documents of which a few in a hundred are
    secret. `band` is by the false alarms among public documents of this length: `high` and
    `medium` have few, all else is `low`. `matters` are codes with their share, most first.
    """

    start: int
    end: int
    score: float
    probability: float
    band: Band
    matters: tuple[tuple[str, float], ...]


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
    matter: Weights

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
                "matter": (len(told["matters"]), PAIRS),
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
        numbers = [told[name] for name in ("window", "step", "gate", "bias", "second_bias")]
        numbers += [value for row in told["thresholds"].values() for value in row]
        numbers += [value for pair in told["calibration"] for value in pair]
        if not all(isinstance(n, int | float) and math.isfinite(n) for n in numbers):
            raise ValueError("numbers")
        if not (0 < told["step"] <= told["window"] and set(told["thresholds"]) == set(_RAISED)):
            raise ValueError("window")
        if any(len(row) != _LENGTHS for row in told["thresholds"].values()):
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
        starts, ends = windows(len(units), self.parameters["window"], self.parameters["step"])
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
        return Suspicion(
            start,
            end,
            score,
            self.probability(score),
            self._band(score, len(starts)),
            self._matters(slots[start : max(end - 1, start)]),
        )

    def first_stage(
        self, chars: Units, slots: NDArray[np.intp], starts: Any, ends: Any
    ) -> NDArray[np.float64]:
        """Return the logit of stage one for each window [start, end) of the text."""
        weights = self.single.take(chars)
        weights[:-1] += self.pair.take(slots)
        total = np.concatenate(([0.0], np.cumsum(weights, dtype=np.float64)))
        made: NDArray[np.float64] = (total[ends] - total[starts]) / (ends - starts)
        made += self.parameters["bias"]
        return made

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
        text = units[start:end].tobytes().decode("utf-16-le", "replace")
        size = end - start
        found = float(self.second_single.take(chars[start:end]).sum())
        found += float(self.second_pair.take(slots[start : max(end - 1, start)]).sum())
        found /= size
        words = word_slots(split(text))
        if len(words):
            found += float(self.words.take(words).mean())
        return found + float(lexical(text) @ self.terms) + float(self.parameters["second_bias"])

    def probability(self, score: float) -> float:
        """Return what a score of stage two is worth, by the calibration of the model."""
        scores, shares = zip(*self.parameters["calibration"], strict=True)
        return float(np.interp(score, scores, shares))

    def _band(self, score: float, count: int) -> Band:
        length = min(count.bit_length() - 1, _LENGTHS - 1)
        thresholds = self.parameters["thresholds"]
        return next((band for band in _RAISED if score >= thresholds[band][length]), "low")

    def _matters(self, slots: NDArray[np.intp]) -> tuple[tuple[str, float], ...]:
        if not len(slots):
            return ()
        raw = self.matter[:, slots].mean(axis=1) + np.array(self.parameters["matter_bias"])
        share = np.exp(raw - raw.max())
        share /= share.sum()
        order = np.argsort(-share, kind="stable")
        return tuple((self.matters[n], float(share[n])) for n in order)


_RAISED: tuple[Band, ...] = ("high", "medium")


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
