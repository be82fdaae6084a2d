"""Openness notes: （此件公开发布）, 公开属性：依申请公开 (政府信息公开条例 13-16)."""

from __future__ import annotations

import re

from markscan.marking import Marking
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import CLOSE, FORMS, LABEL, OPEN, any_of
from markscan.match.grammar.pattern import Pattern

_O = FORMS["openness"]
_LEVEL_OF = {word: level for level in ("open", "onreq", "closed") for word in _O[level]}
# Stray points are what is left of brackets in a wrong character set (usage).
_NOTE = Pattern(
    rf"[{re.escape(OPEN)}.]{{0,2}}(?:{any_of(_O['subjects'])}(?:为|属于)?|{any_of(_O['fields'])}[:：])"
    rf"(?:可以?)?(?P<word>{any_of(_LEVEL_OF)})[{re.escape(CLOSE)}.。]{{0,2}}"
)
_WHETHER = Pattern(
    r"(?:是否|可否)(?:同意|对外|主动|网上)?公开[:：](?:(?P<yes>是|可以|可|同意)|否|不)"
)
# Without 此件 it is a note only in brackets.
_BRACKETED = Pattern(r"[(（](?P<word>主动公开|依申请公开|公开发布|不予公开|不公开)[)）]")
_PUBLIC = Pattern(rf"(?P<label>{LABEL})公开")


def parse_openness(candidate: Candidate) -> Marking | None:
    """Return the openness note that the whole candidate is."""
    text = candidate.text
    if "公开" not in text:
        return None
    found = _NOTE.fullmatch(text)
    bare = _BRACKETED.fullmatch(text)
    if bare:
        return Marking("openness", _LEVEL_OF[bare["word"]])
    asked = _WHETHER.fullmatch(text)
    if asked:
        return Marking("openness", "open" if asked["yes"] else "closed")
    script = candidate.script_defects
    if found:
        level = _LEVEL_OF[found["word"]]
        return Marking("openness", level, defects=(*script, *candidate.sign_defects))
    if "密" in text and _PUBLIC.fullmatch(text):
        return Marking("openness", "open", defects=(*script, "label", *candidate.sign_defects))
    return None
