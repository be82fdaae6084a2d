"""Tells what a level word (绝密, 机密, 秘密) is doing where it stands.

It marks the file; or the text speaks of it (mention), it belongs to an examination paper, a
form to be filled in, another document (reference), or is another word (other). Rules decide what
is plain, a linear model the rest. A reading advises: a marking in full needs none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from markscan.classify.model_file import ModelFile
from markscan.classify.occurrence_features import FEATURES, REACH, SLOTS, Structure, slots
from markscan.classify.occurrence_rules import KINDS, Kind, ruled
from markscan.document import Area, Document, Span
from markscan.errors import ModelError
from markscan.fold import fold
from markscan.wording import MODEL

__all__ = ["KINDS", "Kind", "OccurrenceModel", "Reading", "Structure"]

_LIMITS = ("decide", "sure", "hardly")
_LINES = frozenset({Area.BODY})


@dataclass(frozen=True, slots=True)
class Reading:
    """What an occurrence is, and how likely; `shares` holds all kinds.

    It is a marking only from the model's limit on, else the likeliest of the other kinds.

    `rule` names the rule that decided; empty where the model did.
    """

    kind: Kind
    probability: float
    shares: Mapping[Kind, float]
    rule: str = ""

    @property
    def marks(self) -> float:
        """How likely it is a marking of this file."""
        return self.shares["marking"]


@dataclass(frozen=True, eq=False)
class OccurrenceModel:
    """The weights, one row a slot and one column a kind, and how often each rule was right.

    `limits` are likelihoods of a marking: from `decide` on an occurrence is called one, from
    `sure` on almost all were, below `hardly` almost none, in texts that training had not seen.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float64]
    temperature: float
    trust: Mapping[str, float]
    limits: Mapping[str, float]

    @classmethod
    def of(cls, file: ModelFile) -> Self:
        """Return the model in `file`.

        Raises:
            ModelError: it is no model of this kind, or of other features.
        """
        told = file.parameters
        try:
            if (file.kind, told["features"], told["kinds"]) != ("occurrence", FEATURES, [*KINDS]):
                raise ValueError("kind")
            weights = file.arrays["weights"].astype(np.float32) * np.float32(told["scale"])
            bias = np.array([float(each) for each in told["bias"]])
            temperature = float(told["temperature"])
            trust = {str(name): float(share) for name, share in told["trust"].items()}
            limits = {name: float(told["limits"][name]) for name in _LIMITS}
            if weights.shape != (SLOTS, len(KINDS)) or bias.shape != (len(KINDS),):
                raise ValueError("shape")
            if not (temperature > 0 and np.isfinite(bias).all() and np.isfinite(weights).all()):
                raise ValueError("numbers")
            if not all(0 < share < 1 for share in (*trust.values(), *limits.values())):
                raise ValueError("trust")
        except (AttributeError, KeyError, TypeError, ValueError):
            raise ModelError(MODEL["model.wrong"].fill(name="occurrence")) from None
        return cls(weights, bias, temperature, trust, limits)

    def classify(
        self, left: str, word: str, right: str, structure: Structure | None = None
    ) -> Reading:
        """Return what `word` is doing between `left` and `right`.

        Lines end with a line feed and parts (cells, headers, file names) with a form feed; an
        empty side is the border of the document. 60 characters of each side are looked at.
        """
        decided = ruled(_folded(left[-REACH:]), fold(word).text, _folded(right[:REACH]))
        if decided is not None:
            rule, kind = decided
            share = self.trust.get(rule, 0.9)
            rest = (1 - share) / (len(KINDS) - 1)
            return Reading(kind, share, {k: share if k == kind else rest for k in KINDS}, rule)
        return self._weighed(slots(left, word, right, structure))

    def logits(self, found: list[int]) -> NDArray[np.float64]:
        """Return the raw scores of the kinds for the slots of one occurrence."""
        made: NDArray[np.float64] = self.weights[found].sum(axis=0, dtype=np.float64) + self.bias
        return made

    def judge(self, document: Document, part: int, span: Span, levels: int = 0) -> Reading:
        """Return what the word at `span` of a part is doing in `document`.

        Args:
            document: the document.
            part: the index of the part.
            span: the word alone, in code points of the text of the part.
            levels: how many cells of the row hold a level, where the part is a cell.
        """
        left, right = surroundings(document, part, span)
        word = span.cut(document.parts[part].text)
        return self.classify(left, word, right, structure(document, part, span, levels))

    def _weighed(self, found: list[int]) -> Reading:
        raw = self.logits(found) / self.temperature
        share = np.exp(raw - raw.max())
        share /= share.sum()
        best = int(np.argmax(share))
        if share[0] >= self.limits["decide"]:
            best = 0
        elif best == 0:
            best = 1 + int(np.argmax(share[1:]))
        shares = {kind: float(each) for kind, each in zip(KINDS, share, strict=True)}
        return Reading(KINDS[best], float(share[best]), shares)


def surroundings(document: Document, part: int, span: Span) -> tuple[str, str]:
    """Return what stands left and right of a span, up to 60 characters of each.

    Paragraphs of the body follow each other as lines; every other part stands apart.
    """
    own = document.parts[part]
    left = own.text[max(0, span.start - REACH) : span.start]
    right = own.text[span.end : span.end + REACH]
    at = part
    while len(left) < REACH and at > 0 and span.start - REACH < 0:
        between = _between(document, at - 1)
        left = document.parts[at - 1].text[-REACH:] + between + left
        at -= 1
    at = part
    while len(right) < REACH and at + 1 < len(document.parts):
        right += _between(document, at) + document.parts[at + 1].text[:REACH]
        at += 1
    return left[-REACH:], right[:REACH]


def structure(document: Document, part: int, span: Span, levels: int = 0) -> Structure:
    """Return what the document tells of the place of a span in one of its parts."""
    place = document.parts[part].place
    page = next((each for each in document.pages if each.number == place.page), None)
    box = place.box if page is not None else None
    line = 0
    for index, each in enumerate(document.parts[: part + 1]):
        if each.place.area in (Area.BODY, Area.CELL):
            text = each.text[: span.start] if index == part else each.text
            line += sum(1 for row in text[:4000].split("\n") if row.strip())
        if line > 20:
            break
    return Structure(
        area=place.area.value,
        page=place.page or 0,
        top=box.top / page.height if box is not None and page is not None else None,
        left=box.left / page.width if box is not None and page is not None else None,
        line=line,
        levels=levels,
        size=sum(len(each.text) for each in document.parts[:200]),
        repeated=place.is_repeated,
    )


def _between(document: Document, part: int) -> str:
    """What divides a part from the next: a line end between paragraphs, else a border."""
    here, after = document.parts[part].place, document.parts[part + 1].place
    return "\n" if here.area in _LINES and after.area in _LINES else "\f"


def _folded(text: str) -> str:
    return fold(text.replace("\f", "\0").replace("\t", "\0")).text
