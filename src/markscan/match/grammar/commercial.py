"""Trade secrets (cn-commercial): 某某集团 普通商密 公布前, 核心商密 10年 (商密 13-15)."""

from __future__ import annotations

import re

from markscan.marking import Marking
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import BULLETS, FORMS, STAR, STARS, any_of
from markscan.match.grammar.pattern import Pattern
from markscan.match.grammar.plain import lead, mark, rest

_C = FORMS["commercial"]
_LEVEL_OF = {word: level for level in ("hxsm", "ptsm", "sm") for word in _C[level]}
_WORD = Pattern(rf"(?P<word>{any_of(_LEVEL_OF)})级?")
_NEEDS_MORE = frozenset(_C["needs_more"])
_OWNER = Pattern(r"[\w×·.()（）&-]{2,24}")
_OWNER_END = Pattern(rf"{any_of(_C['owners'])}[)）]?$")
_JOINT = f"{STAR}{STARS}{BULLETS}"


def parse_commercial(candidate: Candidate) -> Marking | None:
    """Return the mark of a trade secret that the whole candidate is.

    General words (商业秘密) need a period, a star, a label or an owner beside them: alone
    they are prose.
    """
    text = candidate.text
    if "商" not in text and "企业" not in text and "公司" not in text:
        return None
    start, labelled = lead(text)
    found = _WORD.match(text, start)
    owned = False
    if not found:
        found = _behind_owner(candidate)
        owned = found is not None
    if not found:
        return None
    for star, reading in rest(text, found.end()):
        more = star or owned or labelled or reading is not None
        if found["word"] in _NEEDS_MORE and not more:
            continue
        return mark(candidate, "cn-commercial", _LEVEL_OF[found["word"]], star, reading)
    return None


def _behind_owner(candidate: Candidate) -> re.Match[str] | None:
    """The level behind the owner's name, with a gap, a sign, or a firm's word between."""
    text = candidate.text
    for found in _WORD.finditer(text):
        name = text[: found.start()].rstrip(_JOINT)
        if not _OWNER.fullmatch(name):
            continue
        firm = _OWNER_END.search(name) is not None
        apart = found.start() in candidate.gaps or len(name) < found.start()
        particular = found["word"] not in _NEEDS_MORE
        starred = text[found.end() : found.end() + 1] in (STAR, *STARS)
        if (firm and (apart or particular)) or (particular and (apart or starred)):
            return found
    return None
