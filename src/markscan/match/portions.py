"""Finds portion marks (密点标注): （机密）本段…, [秘密★5年]第三节…, 密点：机密.

Besides the overall marking the level may stand directly before a paragraph that is secret
(标志 1990 art. 5; 条例17). A portion mark is the first token of a paragraph, and text follows
it; a bracketed level on a line of its own is the marking of the file, not of a portion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markscan.document import Area, Document, Span
from markscan.finding import Evidence
from markscan.marking import Marking
from markscan.match.grammar import parse
from markscan.match.grammar.pattern import Pattern

_OPEN, _CLOSE = "（(【〔［\\[〖", "）)】〕］\\]〗"
_LEVEL = r"(?:绝密|机密|秘密)级?"
_BRACKETED = (
    rf"[{_OPEN}](?P<mark>(?:密级[:：])?{_LEVEL}[^{_OPEN}{_CLOSE}\n，,、；;。]{{0,16}})[{_CLOSE}]"
)
_NUMBERED = (
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、])"
)
_PORTION = Pattern(
    rf"^[ \t\u3000\u00a0]*(?:{_NUMBERED}[ \t\u3000]*)?"
    rf"(?:密点[\d一二三四五六七八九十]{{0,2}}[:：]?)?"
    rf"{_BRACKETED}[:：]?[ \t\u3000]*(?P<text>[^\n]*)"
    rf"|^[ \t\u3000\u00a0]*密点[\d一二三四五六七八九十]{{0,2}}(?:密级)?[:：]?[ \t\u3000]*"
    rf"(?P<bare>{_LEVEL}(?:[★☆]?\d{{1,2}}(?:年|个月))?)[。；;，,：:]?(?P<rest>[^\n]*)"
    rf"|^[ \t\u3000\u00a0]*(?P<plain>{_LEVEL}★\d{{1,2}}(?:年|个月))[ \t\u3000]+[^\n]{{6,}}。",
    re.MULTILINE,
)
_SEEN = frozenset({Area.BODY, Area.TEXTBOX})  # a cell with a level is a ledger's, or a form's
_FEWEST = 4  # characters that make a paragraph
_ENUMERATED = Pattern(rf"^[、和及或，,]?[{_OPEN}]?{_LEVEL}[{_CLOSE}]?[、和及或，,]?")
_LISTED = Pattern(r"[ \t\u3000]*\d{1,2}[.．、]")  # 1.（机密）某某方案: a list of papers
_ABOUT = Pattern(
    r"^(?:文件|资料|材料|公文|事项|信息|载体|级|国家秘密|是指|指|为|应当|不超过|的|以上|以下|表示|标志)"
)


@dataclass(frozen=True, slots=True)
class Portion(Evidence):
    """A portion mark stands here: `marking` is what it says of the paragraph behind it."""

    marking: Marking


def find_portions(document: Document) -> list[Portion]:
    """Return the portion marks of `document`, in reading order."""
    found: list[Portion] = []
    for index, part in enumerate(document.parts):
        if part.place.area in _SEEN and "密" in part.text:
            after = _after(document, index)
            found += _in_text(index, part.text, after)
    return found


def highest(portions: Iterable[Portion], ranks: dict[str, int]) -> Portion | None:
    """Return the first portion of the highest level by `ranks`; None if there is none."""
    best: Portion | None = None
    for portion in portions:
        rank = ranks.get(portion.marking.level or "", -1)
        if best is None or rank > ranks.get(best.marking.level or "", -1):
            best = portion
    return best


def _in_text(index: int, text: str, after: str) -> Iterator[Portion]:
    for found in _PORTION.finditer(text):
        name = next(name for name in ("mark", "bare", "plain") if found[name] is not None)
        behind = (found["text"] or "").strip()
        marking = parse(found[name])
        if marking is None or marking.scheme != "cn-state" or marking.level is None:
            continue
        if name == "mark" and not _paragraph(behind, found, after):
            continue
        yield Portion(index, Span(found.start(name), found.end(name)), marking)


def _paragraph(behind: str, found: re.Match[str], after: str) -> bool:
    """Whether what follows the mark is a paragraph that it marks."""
    if len(behind) < _FEWEST:
        return "密点" in found[0] and bool(after)
    if _LISTED.match(found[0]) and "。" not in behind:
        return False
    return not (_ENUMERATED.match(behind) or _ABOUT.match(behind))


def _after(document: Document, index: int) -> str:
    return document.parts[index + 1].text if index + 1 < len(document.parts) else ""
