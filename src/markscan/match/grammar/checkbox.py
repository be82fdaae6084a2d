"""Forms to tick (checkbox): 密级：□绝密 ☑机密 □秘密."""

from __future__ import annotations

import re

from markscan.marking import Marking, Period
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import FORMS, LABEL, PERIOD_LABEL, any_of
from markscan.match.grammar.pattern import Pattern
from markscan.match.grammar.periods import readings

_C = FORMS["checkbox"]
_WORDS: dict[str, str] = _C["words"]
_TICKED, _UNTICKED = re.escape(_C["ticked"]), re.escape(_C["unticked"])
_BOX = rf"[{_TICKED}{_UNTICKED}]|[(（\[](?:[x{_TICKED}])?[)）\]]"
_ANY_BOX = Pattern(_BOX)
_WORD = rf"(?P<word>{any_of(_WORDS)})级?"
_LABEL = Pattern(rf"(?P<label>{LABEL})?")
_BOX_FIRST = Pattern(rf"(?P<box>{_BOX}){_WORD}[、,，/|;；]?")
_WORD_FIRST = Pattern(rf"{_WORD}(?P<box>{_BOX})[、,，/|;；]?")
_PERIOD = Pattern(PERIOD_LABEL)
_STATE = frozenset(("juemi", "jimi", "mimi"))


def parse_checkbox(candidate: Candidate) -> Marking | None:
    """Return the form that the whole candidate is: two boxes or more, or a label and one.

    Level: that of the ticked box; None if none is ticked, only 非密 is, or several are.
    """
    text = candidate.text
    if not _ANY_BOX.search(text):
        return None
    label = _LABEL.match(text)
    start = label.end() if label else 0
    for item in (_BOX_FIRST, _WORD_FIRST):
        boxes, end = _boxes(text, start, item)
        labelled = label is not None and bool(label["label"])
        levels = [_WORDS[word] for word, _ in boxes]
        if len(boxes) < (1 if labelled else 2):
            continue
        if not (labelled and label and "密" in label[0]) and not _STATE.intersection(levels):
            continue
        period, end = _period(text, end)
        if end == len(text):
            return _marking(candidate, boxes, period, labelled=labelled)
    return None


def _boxes(text: str, at: int, item: Pattern) -> tuple[list[tuple[str, bool]], int]:
    boxes = []
    while found := item.match(text, at):
        sign = found["box"].strip("()（）[]")
        boxes.append((found["word"], sign != "" and sign not in _C["unticked"]))
        at = found.end()
    return boxes, at


def _period(text: str, at: int) -> tuple[Period | None, int]:
    label = _PERIOD.match(text, at)
    if label:
        for reading in readings(text, label.end()):
            if reading.end == len(text):
                return reading.period, reading.end
    return None, at


def _marking(
    candidate: Candidate, boxes: list[tuple[str, bool]], period: Period | None, *, labelled: bool
) -> Marking:
    ticked = {_WORDS[word] for word, is_ticked in boxes if is_ticked} - {"none"}
    defects = list(candidate.script_defects)
    if labelled:
        defects.append("label")
    if len(ticked) > 1:
        defects.append("multi")
    level = ticked.pop() if len(ticked) == 1 else None
    return Marking("checkbox", level, period, None, (*defects, *candidate.sign_defects))
