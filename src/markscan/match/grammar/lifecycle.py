"""Stamps of change and release: 已解密, 密级变更为秘密★5年, 保密期限延长至… (标志 art. 7)."""

from __future__ import annotations

import re
from collections.abc import Callable

from markscan.marking import Marking, Period
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.dates import read_date
from markscan.match.grammar.forms import CLOSE, FORMS, LEVEL_WORD, OPEN, STAR, any_of
from markscan.match.grammar.pattern import Pattern
from markscan.match.grammar.periods import readings

_SUBJECT = any_of(FORMS["openness"]["subjects"])
_OPENING, _CLOSING = f"[{re.escape(OPEN)}]{{0,2}}", f"[{re.escape(CLOSE)}]{{0,2}}"
_BECOMES = "(?:变更为|变更成|更改为|调整为|改为|升为|降为|提升为|降至|降低为|提高为)[:：]?"
_DATE = r"(?P<date>[\d一二三四五六七八九十零〇○年月日号./-]{4,14})"

_DATED = Pattern(rf"[,，;；]{_DATE}{_CLOSING}$")

_RELEASED = Pattern(
    rf"{_OPENING}(?:{_SUBJECT}|原件)?(?:经(?:保密)?审[核查],?，?)?(?:已经?|现已?|现予)?于?(?:{_DATE}起?)?"
    rf"(?:已经?|同意|准予|予以|提前|自行|决定)?解密{_CLOSING}"
)
_RELEASED_ON = Pattern(
    rf"{_OPENING}(?:{_SUBJECT})?(?:经(?:保密)?审[核查],?，?)?(?:已经?|同意|准予|予以|提前)?解密"
    rf"{_OPENING}{_DATE}{_CLOSING}"
)
_CHANGED = Pattern(
    rf"{_OPENING}(?:{_SUBJECT})?(?:原?密级(?:由{LEVEL_WORD}级?)?|由{LEVEL_WORD}级?)已?{_BECOMES}(?P<new>.+)"
)
_CHANGED_PERIOD = Pattern(
    rf"{_OPENING}(?:{_SUBJECT})?保密期限(?:由.{{1,12}})?已?{_BECOMES}(?P<new>.+)"
)
_OLD_AND_NEW = Pattern(rf"(?P<old>.+?)[(（\[【〔,，;；]?(?:现?已)?{_BECOMES}(?P<new>.+)")
_OLD_RELEASED = Pattern(rf"(?P<old>.+?){_OPENING}(?:现?已)解密{_CLOSING}")
_EXTENDED = Pattern(
    rf"{_OPENING}(?:{_SUBJECT})?(?:保密期限(?:已)?延长|延长保密期限)(?:至|到|为)?(?P<new>.+)"
)


def parse_lifecycle(
    candidate: Candidate, parse_core: Callable[[Candidate], Marking | None]
) -> Marking | None:
    """Return the stamp that the whole candidate is.

    Level: decl, change or extend; for 机密★10年（已变更为…） the old mark's own level and
    period. `parse_core` reads a state mark.
    """
    text = candidate.text
    if "解密" not in text and "延长" not in text and "为" not in text and "密级" not in text:
        return None
    for pattern in (_RELEASED, _RELEASED_ON):
        found = pattern.fullmatch(text)
        if found and (found["date"] is None or _date(found["date"])):
            return Marking("lifecycle", "decl", _date(found["date"]), None, _script(candidate))
    extended = _EXTENDED.fullmatch(text)
    if extended:
        period = _period(extended["new"])
        if period is None:
            return None
        return Marking("lifecycle", "extend", period, None, _script(candidate))
    level, period = _change(candidate, parse_core)
    return Marking("lifecycle", level, period, None, _script(candidate)) if level else None


def _script(candidate: Candidate) -> tuple[str, ...]:
    return (*candidate.script_defects, *candidate.sign_defects)


def _change(
    candidate: Candidate, parse_core: Callable[[Candidate], Marking | None]
) -> tuple[str | None, Period | None]:
    """Level and period of a stamp that changes or ends an earlier mark; (None, None) if none."""
    text = candidate.text
    found = _OLD_RELEASED.fullmatch(text)
    if found and parse_core(candidate.part(0, found.end("old"))):
        return "decl", None
    found = _CHANGED.fullmatch(text)
    if found:
        new = parse_core(_inner(candidate, found.start("new")))
        return ("change", None) if new else (None, None)
    found = _CHANGED_PERIOD.fullmatch(text)
    if found:
        return ("change", None) if _period(found["new"]) else (None, None)
    found = _OLD_AND_NEW.fullmatch(text)
    if found:
        old = parse_core(candidate.part(0, found.end("old")))
        if old and parse_core(_inner(candidate, found.start("new"))):
            bare = old.period is None and STAR not in found["old"]
            return ("change", None) if bare else (old.level, old.period)
    return None, None


def _inner(candidate: Candidate, start: int) -> Candidate:
    dated = _DATED.search(candidate.text, start)
    end = dated.start() if dated else len(candidate.text)
    while end > start and candidate.text[end - 1] in CLOSE:
        end -= 1
    return candidate.part(start, end)


def _date(text: str | None) -> Period | None:
    found = read_date(text, 0) if text else None
    return found.period if found and text is not None and found.end == len(text) else None


def _period(text: str) -> Period | None:
    stripped = text.strip(CLOSE)
    for reading in readings(stripped, 0):
        if reading.end == len(stripped) and reading.kind in ("solid", "year"):
            return reading.period
    return None
