"""A level and a ★ before a period that nobody can read: 机密★1O年, 绝密★9999年12月31日.

★ after a level is reserved for state secrets (法22), so the mark counts although its
period does not: a person must say what was meant.
"""

from __future__ import annotations

from markscan.marking import Marking, Unusable
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import LEVEL_NAMES, LEVEL_OF, LEVEL_WORD, STAR
from markscan.match.grammar.pattern import Pattern

# Digits, letters taken for digits, and the words of periods; at least one that counts time.
_SIGNS = r"[\da-z年月日天周时个期至到前后止约零〇○一二三四五六七八九十百.,/\- ]"
_MARK = Pattern(rf"(?P<word>{LEVEL_WORD})[级件]?{STAR}+(?=.*[\d年月日]){_SIGNS}{{1,16}}")


def parse_unreadable(candidate: Candidate) -> Marking | None:
    """Return the mark that the whole candidate is, its period unusable."""
    found = _MARK.fullmatch(candidate.text)
    if found is None:
        return None
    level = LEVEL_OF[found["word"]]
    tags = ("date-form", *candidate.script_defects, *candidate.sign_defects)
    return Marking("cn-state", level, Unusable(), f"{LEVEL_NAMES[level]}★?", tags)
