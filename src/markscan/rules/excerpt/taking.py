"""What is taken from registered documents, their titles aside, and whether a copy was made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from markscan.document import Area
from markscan.finding import Evidence, Tier
from markscan.match.elements import TextLine
from markscan.match.excerpts import Reuse
from markscan.rules.derivation import plain_name
from markscan.rules.excerpt.citing import content
from markscan.rules.excerpt.reuse_kinds import in_force, is_copy
from markscan.rules.rule import Case

_MADE = r"(?:复制|复印|翻印)"
# How whoever copies a file names it: 通知 - 副本, 复件 通知, 通知（复印件）, Copy of 通知.
_COPY_NAME = re.compile(
    r"副本|复件|抄本|拷贝|(?:复印|复制|翻印)(?:件|本|稿)?|(?<![A-Za-z])copy(?![A-Za-z])",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"personal", "removable", "mail", "sync"})  # no place of originals
_LONGEST_STAMP = 40  # characters of the line
_STAMP = re.compile(
    rf"{_MADE}(?:专用)?章|{_MADE}(?:机关|单位)|{_MADE}件(?:与原件|.{{0,4}}第)|"
    rf"(?:机关|委|办|局|厅|部|院|署|处|科|室|府|会|组|中心|公司|集团|大学|学校|日|×){_MADE}(?!机|室|社|店|费)"
)
# What rules on copying say stands in documents that are none: 未经批准不得复制, 请勿翻印.
_NO_STAMP = re.compile(r"不得|不准|不可|严禁|禁止|未经|勿|谢绝|如需|确需|需要|擅自|应当|规定|。.")


def excerpted(case: Case) -> list[Reuse]:
    """Return what is surely taken of documents in force, more than a title, most first.

    Their passages are those that are more than the title.
    """
    found = (replace(reuse, passages=content(reuse)) for reuse in case.reuse)
    return [each for each in found if each.tier is Tier.ALERT and in_force(case, each)]


def doubtful(case: Case) -> list[Reuse]:
    """Return of which documents in force so little stands here that it may be an accident."""
    found = (replace(reuse, passages=content(reuse)) for reuse in case.reuse)
    return [each for each in found if each.tier is Tier.REVIEW and in_force(case, each)]


def copied(case: Case, reuse: Reuse) -> bool:
    """Return whether the file is a copy (复制件) of a registered document, not the original.

    Both read alike. It is a copy if its name says so, if a stamp or note of copying stands in
    it, or if it lies where no original does: a personal folder, a removable medium, mail.
    Without such a sign it may be the original, and nothing is said of it.
    """
    if not is_copy(reuse):
        return False
    place = case.location
    elsewhere = place is not None and place.listed and place.kind in _ELSEWHERE
    return elsewhere or named_a_copy(case) or next(stamps(case), None) is not None


def named_a_copy(case: Case) -> bool:
    """Return whether the name of the file says that it is a copy."""
    names = (part.text for part in case.document.parts if part.place.area is Area.FILENAME)
    return any(_COPY_NAME.search(name) for name in names)


def stamps(case: Case) -> Iterator[TextLine]:
    """Yield the lines that are a stamp or note of copying: 某某局复制, 翻印机关：……."""
    for line in case.lines():
        if len(line.text) > _LONGEST_STAMP or is_prohibition(line.text):
            continue
        if _STAMP.search(line.bare):
            yield line


def stamped(case: Case, reuse: Reuse) -> bool:
    """Return whether a stamp of copying stands here, or the words of the registered stamp."""
    words = plain_name(reuse.entry.stamp)
    if words and any(words in plain_name(part.text) for part in case.document.parts):
        return True
    return next(stamps(case), None) is not None


def is_prohibition(text: str) -> bool:
    """Return whether a line says that nobody may copy, or how it is to be done."""
    return _NO_STAMP.search(text) is not None


def evidence_of(line: TextLine) -> Evidence:
    """Return a line as evidence."""
    return Evidence(line.part, line.span)
