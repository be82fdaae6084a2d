"""How else a title is cited: without who issued it, or by the title that it passes on."""

from __future__ import annotations

import re

import numpy as np

from markscan.fingerprint import HanText
from markscan.fingerprint.surprisal import surprisals
from markscan.fold import fold

# 关于印发《…》的通知: what is passed on has a title of its own.
_PASSED_ON = re.compile(
    r"关于(?:印发|转发|批转|下发|发布|公布|颁发|颁布|报送|呈报|上报)"
    r"(?P<core>.+)的(?:通知|函|报告|请示|意见|公告|通告|决定|决议|批复|令)$"
)
_QUOTED = re.compile(r"《(?P<core>.+)》|〈(?P<other>.+)〉|“(?P<third>.+)”")
_ABOUT = "关于"
_LEAST = 10  # ideographs of such a wording
TELLING = 40.0  # bits of it in public text: with less anybody may write so


def wordings(title: str) -> tuple[str, ...]:
    """Return folded `title`, and what of it others may call the document by, each once.

    Without the issuer before 关于, and what 关于印发《…》的通知 encloses, where it is so
    improbable in public text that it means this document and no other.
    """
    whole = "".join(fold(title).text.split())
    found = {whole: None}
    at = whole.find(_ABOUT)
    if at > 0:
        found.setdefault(whole[at:])
    passed = _PASSED_ON.search(whole)
    if passed is not None:
        quoted = _QUOTED.search(passed["core"])
        core = next(filter(None, quoted.groups())) if quoted is not None else passed["core"]
        found.setdefault(core)
    return tuple(each for each in found if each == whole or _tells(each))


def _tells(wording: str) -> bool:
    return bits(wording) >= TELLING and len(HanText(wording)) >= _LEAST


def bits(wording: str) -> float:
    """Return how improbable `wording` is in public text, in bits, its ideographs alone."""
    units = HanText(wording).units
    if len(units) < _LEAST:
        return 0.0
    ends = np.array([len(units)])
    return float(surprisals(units, np.array([0]), ends)[0]) * len(units)
