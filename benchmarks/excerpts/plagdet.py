"""Plagdet: how well passages are found, by the published definition (Potthast et al. 2010).

Precision and recall are means over passages (macro-averaged), each measured in characters of
both documents; granularity is how many detections one found passage has on average.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

# Half-open places in code points: in the suspicious text, in the source.
Passage = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Score:
    """The four figures; `plagdet` is their summary."""

    precision: float
    recall: float
    granularity: float

    @property
    def plagdet(self) -> float:
        """F1 of precision and recall, divided by log2(1 + granularity)."""
        both = self.precision + self.recall
        f1 = 2 * self.precision * self.recall / both if both else 0.0
        return f1 / math.log2(1 + self.granularity)


def score(pairs: Iterable[tuple[Sequence[Passage], Sequence[Passage]]]) -> Score:
    """Return the score of detections; each pair of documents has (true passages, detections)."""
    recalls, precisions, counts = [], [], []
    for cases, detections in pairs:
        for case in cases:
            part, seen = _found(case, detections)
            recalls.append(part)
            if seen:
                counts.append(seen)
        precisions.extend(_found(each, cases)[0] for each in detections)
    return Score(
        fmean(precisions) if precisions else 0.0,
        fmean(recalls) if recalls else 0.0,
        fmean(counts) if counts else 1.0,
    )


def _found(one: Passage, others: Sequence[Passage]) -> tuple[float, int]:
    """The part of `one` that those of `others` cover which meet it in both texts; how many do."""
    meeting = [
        other
        for other in others
        if one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
    ]
    covered = 0
    for start, end in ((0, 1), (2, 3)):
        reached = one[start]
        for other in sorted(meeting, key=lambda other: other[start]):
            covered += max(min(other[end], one[end]) - max(other[start], reached), 0)
            reached = max(reached, min(other[end], one[end]))
    return covered / (one[1] - one[0] + one[3] - one[2]), len(meeting)
