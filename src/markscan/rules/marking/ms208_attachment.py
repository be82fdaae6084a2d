"""MS208 attachment: an attachment is marked above its document, or filed apart unmarked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice, pairwise

from markscan.document import Area, Place, Span
from markscan.finding import Evidence, MarkingEvidence, Role, Severity, Verdict
from markscan.match.elements import TextLine
from markscan.match.grammar import parse
from markscan.rules.beside import attachments, examined, marks, on_line, own_name, ranks, starts
from markscan.rules.proper_form import level_word, shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule
from markscan.wording import Text

_TOP = 5  # lines in which an attachment that is filed apart names its document
_HEAD = 6  # lines in which an attachment bears its own marking
_HEADING = re.compile(r"附件[\d一二三四五六七八九十]{0,3}[:：]?")
_NUMBERED = re.compile(
    r"(?P<number>.{1,20}\d{1,5}号)[—\-,，]?附件[\d一二三四五六七八九十]{0,3}[:：]?"
)
_ATTACHED_FILE = re.compile(r"附件[\d一二三四五六七八九十]{0,3}(?![^\W_]*目录)")
_UNMARKED = Text(
    "附件标为“{attached}”，而主件没有标志",
    "an attachment is marked “{attached}”, and the document itself bears no marking",
)
_APART = Text(
    "单独存放的附件没有标志，而它的主件是“密”字号公文",
    "an attachment filed apart bears no marking, and its document has a number of a classified "
    "series",
)
_BESIDE = Text(
    "单独存放的附件没有标志，而主件标有“{mark}”",
    "an attachment filed apart bears no marking, and its document bears “{mark}”",
)
_MARK_IT = Text(
    "单独装订、单独存放的附件另行标注：请在首页左上角标明与内容相符的密级和保密期限。",
    "An attachment that is bound or kept apart is marked by itself: put its level and period at "
    "the top left of its first page.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look at attachments in the file, at a file that is one, and at those among files inside."""
    if case.exam or case.own_problems:
        return
    yield from _inside(case)
    yield from _apart(case)
    yield from _members(case)


def _inside(case: Case) -> Iterator[Hit]:
    """The attachments behind the document in one file."""
    headings = attachments(case)
    if not headings:
        return
    rank = ranks(case)
    head = max(
        (seen for seen in case.visible if starts(seen) < headings[0]),
        key=lambda seen: _rank(rank, seen),
        default=None,
    )
    if head is None and _claimed(case):
        return  # MS101
    lines = list(case.lines())
    places = [(line.part, line.span.start) for line in lines]
    visible = sorted(case.visible, key=starts)
    for begin, end in pairwise([*headings, (len(case.document.parts), 0)]):
        first, last = bisect_left(places, begin), bisect_left(places, end)
        top = lines[first : min(last, first + _HEAD)]
        within = visible[
            bisect_left(visible, begin, key=starts) : bisect_left(visible, end, key=starts)
        ]
        own = [seen for seen in within if any(on_line(seen, line) for line in top)]
        best = max(own, key=lambda seen: _rank(rank, seen), default=None)
        if best is not None and _rank(rank, best) > (_rank(rank, head) if head else -1):
            yield _hit(case, best, head)


def _hit(case: Case, attached: MarkingEvidence, head: MarkingEvidence | None) -> Hit:
    values: dict[str, object] = {
        "attached": shown(case, attached.marking),
        "level": level_word(case, attached.marking),
    }
    if head is None:
        return Hit((attached,), values, message=_UNMARKED)
    return Hit((attached, head), {**values, "mark": shown(case, head.marking)})


def _claimed(case: Case) -> bool:
    decided = case.decision is not None and case.decision.marking is not None
    return decided or any(seen.place.area not in VISIBLE for seen in case.state)


def _apart(case: Case) -> Iterator[Hit]:
    """A file that is an attachment and names the number of its document."""
    top = list(islice(case.lines(), _TOP))
    if any(
        seen.marking.scheme == "cn-state" and seen.role is not Role.REFERENCE
        for seen in case.markings
        if seen.place.area in VISIBLE
    ):
        return
    for line in top:
        numbered = _NUMBERED.fullmatch(line.bare)
        if numbered is not None and _classified(numbered["number"]):
            yield _unmarked(case, line)
            return
    if any(_HEADING.fullmatch(line.bare) for line in top[:2]):
        number = next((line for line in top if _classified(line.bare)), None)
        if number is not None:
            yield _unmarked(case, number)


def _unmarked(case: Case, line: TextLine) -> Hit:
    number = next((seen for seen in case.markings if on_line(seen, line)), None)
    seen = number or Evidence(line.part, Span(line.span.start, line.span.end))
    return Hit((seen,), message=_APART, fix=_MARK_IT)


def _classified(text: str) -> bool:
    """Whether `text` is a document number of a series marked 密."""
    marking = parse(text)
    return (
        marking is not None and marking.scheme == "docno" and (marking.level or "").startswith("mi")
    )


def _members(case: Case) -> Iterator[Hit]:
    """The files of an archive, where one is the document and all others its attachments."""
    members = case.members
    attached = [each for each in members if _ATTACHED_FILE.match(own_name(each))]
    rest = [each for each in members if each not in attached]
    if not attached or len(rest) != 1 or not all(examined(each) for each in members):
        return
    rank = ranks(case)
    head = max(marks(rest[0]), key=lambda seen: _rank(rank, seen), default=None)
    for each in attached:
        best = max(marks(each), key=lambda seen: _rank(rank, seen), default=None)
        if best is None and head is not None and not any(_state(seen) for seen in each.markings):
            shown_head: dict[str, object] = {"mark": shown(case, head.marking)}
            place = Place(Area.FILENAME, label=own_name(each))
            yield Hit(values=shown_head, place=place, message=_BESIDE, fix=_MARK_IT)
        if best is None or _rank(rank, best) <= (_rank(rank, head) if head else -1):
            continue
        values: dict[str, object] = {
            "attached": shown(case, best.marking),
            "level": level_word(case, best.marking),
            "mark": shown(case, head.marking) if head is not None else "",
        }
        place = Place(Area.FILENAME, label=own_name(each))
        yield Hit(values=values, place=place, message=None if head else _UNMARKED)


def _state(seen: MarkingEvidence) -> bool:
    return seen.marking.scheme == "cn-state" and seen.place.area in VISIBLE


def _rank(rank: dict[str, int], seen: MarkingEvidence) -> int:
    return rank.get(seen.marking.level or "", -1)


RULE = Rule(
    code="MS208",
    name=Text("附件密级问题", "Attachment marking problem"),
    trigger=Text(
        "附件标的密级高于主件，或者单独存放的附件（写有“密”字号）没有标志",
        "an attachment is marked above its document, or one filed apart (with a number of a "
        "classified series) bears no marking",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密文件、资料和其他物品标志的规定》第8条；GB/T 9704—2012 第7.3.7条",
        "Marking rules 1990 art. 8; GB/T 9704-2012, 7.3.7",
    ),
    message=Text(
        "附件标为“{attached}”，高于主件的“{mark}”",
        "an attachment is marked “{attached}”, above its document, “{mark}”",
    ),
    fix=Text(
        "主件按主件和附件中的最高密级标注：请将主件提高为“{level}”，或者核对附件的标志。",
        "The document bears the highest level of itself and its attachments: raise it to "
        "“{level}”, or check the attachment.",
    ),
    judge=judge,
    found=(
        Example(
            "秘密★5年\n关于报送方案的报告\n市委：\n请审阅。\n附件：建设方案\n附件\n机密★10年\n建设方案"
        ),
        Example("市密发〔2025〕3号附件1\n建设方案\n一、基本情况"),
        Example("附件1\n市密发〔2025〕3号\n建设方案\n一、基本情况"),
        Example("关于报送方案的报告\n市委：\n请审阅。\n附件1\n机密★10年\n建设方案"),
    ),
    clean=(
        Example("机密★10年\n关于报送方案的报告\n市委：\n请审阅。\n附件1\n秘密★5年\n建设方案"),
        Example("机密★10年\n关于报送方案的报告\n市委：\n请审阅。\n附件1\n机密★10年\n建设方案"),
        Example("机密★10年\n市密发〔2025〕3号附件1\n建设方案\n一、基本情况"),
        Example("市政发〔2025〕3号附件1\n建设方案\n一、基本情况"),
        Example("附件1\n报名表\n姓名"),
    ),
    drafts_only=True,
)
