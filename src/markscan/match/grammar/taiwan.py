"""Taiwan's grades (tw): 極機密, 密等及解密條件或保密期限：普通. Parsed, not judged.

Read from the text as it stands, since folding turns 極機密 into words of prose.
"""

from __future__ import annotations

import re

from markscan.marking import Marking
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import CLOSE, FORMS, OPEN, any_of
from markscan.match.grammar.pattern import Pattern

_T = FORMS["taiwan"]
_LEVEL_OF: dict[str, str] = _T["words"]
_OPENING, _CLOSING = f"[{re.escape(OPEN)}]{{0,2}}", f"[{re.escape(CLOSE)}]{{0,2}}"
_MARK = Pattern(
    rf"{_OPENING}(?:{any_of(_T['fields'])}[:：]{_OPENING}(?P<value>{any_of(_LEVEL_OF)})"
    rf"|(?P<word>{any_of(_T['alone'])}|機密(?=[(（]本件))){_CLOSING}(?:[(（]本件.{{1,30}}解密[)）])?"
)


def parse_taiwan(candidate: Candidate) -> Marking | None:
    """Return the grade that the whole candidate is."""
    if "密" not in candidate.text:
        return None
    found = _MARK.fullmatch(candidate.unfolded)
    if not found:
        return None
    level = _LEVEL_OF[found["value"] or found["word"]]
    return Marking("tw", level)
