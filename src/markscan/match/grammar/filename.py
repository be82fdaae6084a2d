"""Markings in file names: 【机密】会议纪要.docx, 机密_10年_方案.docx, 方案（秘密★5年）.pdf.

A token of a file name is a weak mark (clarification 13). No system lets * or ? into every
name, and many people avoid ★, so the separator is often _ or -.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markscan.marking import Duration, EndDate, Marking
from markscan.match.grammar.forms import LEVEL_WORD, STAR, STARS
from markscan.match.grammar.pattern import Pattern

_EXTENSION = Pattern(r"\.[A-Za-z0-9]{1,8}$")
# Titles: what stands in them is a name.
_TITLE = Pattern(r"《[^《》]*》?")
_BRACKETED = Pattern(
    r"[【〖\[［]([^【】〖〗\[\]［］]{1,40})[】〗\]］]|[(（〔「『{]([^()（）〔〕「」『』{}]{1,40})[)）〕」』}]"
)
_BRACKET_SIGN = "【】〖〗[]［］()（）〔〕「」『』{}"
_DELIMITER = Pattern(rf"[\s:：_\-—–~+,，、;；@#&=|.．·{re.escape(_BRACKET_SIGN)}]+")
_LEADING = Pattern(
    rf"\s*(?:{LEVEL_WORD})级?[{STAR}{STARS}](?:[\d〇一二三四五六七八九十.\s]*[年个月日天]+){{1,3}}"
)
_SCHEMES = frozenset(("cn-state", "cn-work", "cn-internal", "cn-commercial", "cn-military", "tw"))
# A mark has at most this many tokens between its delimiters: 机密_2030_12_31.
_MOST_TOKENS = 5
_MOST_LENGTH = 255


def find(name: str, parse: Callable[[str], Marking | None]) -> Marking | None:
    """Return the marking that a token of the file name `name` is, or None.

    The whole stem, a token in brackets, then the tokens between delimiters are tried.
    """
    stem = _TITLE.sub("《》", _stem(name))
    whole = parse(stem)
    if whole is not None and _counts(whole):
        return whole
    for found in _BRACKETED.finditer(stem):
        marking = parse(found[0])
        if marking is not None and _counts(marking):
            return marking
    best = None
    for token, apart in _tokens(stem):
        marking = parse(token)
        if marking is None or not _counts(marking):
            continue
        if _is_full(marking):
            return marking
        if apart and best is None:
            best = marking
    if best is None:
        leading = _LEADING.match(stem)
        best = parse(leading[0]) if leading else None
    return best


def _stem(name: str) -> str:
    last = re.split(r"[/\\]", name[-_MOST_LENGTH:])[-1]
    return _EXTENSION.sub("", last)


def _counts(marking: Marking) -> bool:
    """A released or ticked form is no name's business; 已解密 there means decrypted."""
    stamped = marking.scheme == "lifecycle" and marking.level in ("juemi", "jimi", "mimi")
    number = marking.scheme == "docno" and marking.level is not None
    return marking.scheme in _SCHEMES or stamped or number


def _is_full(marking: Marking) -> bool:
    return isinstance(marking.period, Duration | EndDate) or "nostar" not in marking.defects


def _tokens(stem: str) -> Iterator[tuple[str, bool]]:
    """Yield runs of neighbouring tokens, longer ones first at each place.

    The flag tells whether more than white space sets the run apart: an end of the stem or a
    sign. 保守 秘密 教育 is a sentence.
    """
    gaps = [found.span() for found in _DELIMITER.finditer(stem)]
    starts = [0, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), len(stem)]
    signs = [True, *(not stem[start:end].isspace() for start, end in gaps), True]
    for first in range(len(starts)):
        for last in range(min(len(starts), first + _MOST_TOKENS) - 1, first - 1, -1):
            token = stem[starts[first] : ends[last]]
            if token:
                yield token, signs[first] or signs[last + 1]
