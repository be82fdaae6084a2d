"""Notes on who may read: （此件发至县团级）, 传达到全体党员 (定密2014 art. 23)."""

from __future__ import annotations

import re

from markscan.marking import Marking
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import CLOSE, FORMS, OPEN, any_of
from markscan.match.grammar.pattern import Pattern

_SUBJECT = any_of(FORMS["openness"]["subjects"])
_ENDS = tuple(FORMS["scope"]["ends"])
_NOTE = Pattern(
    rf"(?P<open>[{re.escape(OPEN)}]{{0,2}})(?P<subject>{_SUBJECT})?(?:可以?|只|限)?"
    rf"{any_of(FORMS['scope']['verbs'])}"
    rf"(?P<scope>[^，。；,;.:：!?()（）【】\[\]{{}}《》“”]{{2,20}})"
    rf"(?:[，,;；][^。！？]{{2,20}})?[{re.escape(CLOSE)}。]{{0,2}}"
)
_LONGEST_RANK = 8


def parse_scope(candidate: Candidate) -> Marking | None:
    """Return the note that the whole candidate is; its level is the rank, or `named`.

    Without 此件 or brackets it must end in a rank or a kind of people, as 发至 is prose too.
    """
    text = candidate.text
    if "至" not in text and "到" not in text:
        return None
    found = _NOTE.fullmatch(text)
    if not found:
        return None
    scope = found["scope"]
    if not (found["subject"] or found["open"]) and not scope.endswith(_ENDS):
        return None
    # A rank is a level; whoever is named is part of the document, and not repeated.
    level = scope if scope.endswith(_ENDS) and len(scope) <= _LONGEST_RANK else "named"
    return Marking("scope", level, defects=(*candidate.script_defects, *candidate.sign_defects))
