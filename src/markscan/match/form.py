"""Reads draft forms: what 发文稿纸, 拟稿纸 or 定密审批表 says of the level of a draft.

A form is known by its title, or by the labels that only drafting has (拟稿人, 核稿, 会签,
定密责任人). An ordinary document with a 密级 line is none, nor is a form for incoming
papers (收文处理单) or for carriers (复印、携带、销毁审批单).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from markscan.decision import Decision
from markscan.document import Area, Document, Span
from markscan.finding import MarkingEvidence, Role
from markscan.marking import Marking
from markscan.match.form_columns import read_rows
from markscan.match.form_fields import Cell, Field, Row, rows_of
from markscan.match.grammar import parse
from markscan.match.grammar.pattern import Pattern

_BLANK = Pattern(r"\s+")
_TITLE = Pattern(
    r"[^。；，:：]{0,24}(?:发文稿纸|发文(?:处理|审批|呈批|签批|审核|拟办|办理)?(?:笺|签|单|表)|拟文稿纸?"
    r"|拟稿(?:纸|笺|单|表)|公文(?:审批|签发|签批|拟稿|审核|呈批|送审|起草|制发|发文)(?:笺|签|单|表)"
    r"|(?:文件|公文|文稿)(?:拟稿)?(?:审批|签发|审签|送签|会签|呈批)(?:笺|签|单|表)"
    r"|(?:国家秘密|涉密|密级)?(?:事项|文件|公文|信息)?定密(?:事项|工作|情况|及知悉范围)*"
    r"(?:审批|审核|确定|呈批|申请|登记)(?:笺|签|单|表)"
    r"|(?:国家秘密|密级)(?:事项)?(?:确定|审核|审批)(?:[及、（(和].{0,12})?(?:审批|审核)?(?:笺|签|单|表)"
    r"|国家秘密.{0,6}定密.{0,8}(?:单|表))(?:[（(].{0,12}[)）])?"
)
_OF_DECISION = Pattern(r"定密|确定")
_NEVER = Pattern(r"收文|来文|样|台账|汇总|统计")
_NO_TITLE = Pattern(
    r"收文|来文|传阅|解密|变更|解除|延长|复印|复制|销毁|携带|外出|人员|会议|载体|台账|汇总|统计|样"
)
_HEADING = Pattern(r"^.{2,30}[表单笺签簿册]$")
_SIGNS = Pattern(
    r"稿纸|拟稿|核稿|会签|定密|拟文|(?:发文|公文|文件|文稿|秘密|密级).{0,16}[笺签单表]"
)
# Where these stand before a form it is an example: 附件2, 样表.
_EXAMPLE = Pattern(
    r"附件?[\d一二三四五六七八九十]{0,3}[:：]?"
    r"|.{0,20}(?:样表|样式|式样|范本|模板|填写说明).{0,6}"
)
_SAMPLE_NAME = Pattern(r"样表|样式|式样|范本|模板|模版|空白")
# A title or head of an official document, or the title of a drawing.
_DRAFT = Pattern(
    r"[^：:，。]{2,40}图(?:[（(].{1,12}[）)])?|[^：:]{2,40}文件"
    r"|[^：:。]{0,40}关于.{2,80}的?(?:通知|通报|报告|请示|批复|意见|函|复函|决定|公告|通告|方案|纪要"
    r"|办法|规定|汇报)|[^\s：:]{2,20}[〔\[［(（]20\d\d[〕\]］)）]第?\d{1,4}号(?:签发人[:：].{0,20})?"
)
# What is no fault in a form: labels, level and period in cells of their own.
_OF_FORMS = frozenset({"label", "nostar", "suffix"})
_MOST = 3000  # rows in which forms are sought
_GAP = 4  # rows without a field that a form may have between two with one
_ABOVE = 3  # rows in which the title stands above the first field
_FEWEST = 2  # fields under a title
_OWN = 2  # labels of drafting in a form without a title
_ALL = 4  # fields of such a form

_DAY = Pattern(r"((?:19|20)\d\d)\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*日?")
_HINT = Pattern(r"[\s_＿—―\-/／年月日份（）()签字章名盖：:、.。×xX*□☐■\d]*")
_COUNT = Pattern(r"\d{1,6}")
_BOX_OFF, _BOX_ON = "□☐▢◻⬜❏❐口", "■☑☒✓√✔▣◼⬛🗹✅●◉"
_NONE = (
    r"(?:非密|非涉密|不涉密|无密级?|不定密|不属于国家秘密|公开|普通|一般|否"
    r"|内部(?:资料|文件)?|工作秘密|敏感)件?级?"
)
_OPEN = Pattern(rf"{_NONE}|无|[/／—\-]{{1,4}}")
_WORD = rf"(绝密|机密|秘密|是|{_NONE})级?"
_TICK = rf"(?:[{_BOX_ON}]|[（(\[]\s*[{_BOX_ON}]\s*[)）\]])"
_TICKED_BEFORE = Pattern(rf"{_TICK}\s*{_WORD}")  # ☑机密
_TICKED_BEHIND = Pattern(rf"{_WORD}\s*{_TICK}")  # 机密（√）
_BOXES = Pattern(rf"[{_BOX_OFF}]|[（(\[]\s*[)）\]]|{_TICK}")
_LEVEL = Pattern(r"(?<!工作)(?<!国家)(?<!商业)(绝密|机密|秘密)")
_PERIOD = Pattern(r"(\d{1,2}\s*(?:年|个月|天|日))")


@dataclass(frozen=True, slots=True)
class _Form:
    """The rows that one form takes, from the title to the last field."""

    rows: tuple[Row, ...]
    fields: tuple[Field, ...]
    title: str


def read_form(document: Document, *, blank: bool = False) -> Decision | None:
    """Return what the draft form in `document` records; None where there is no form.

    Args:
        blank: admit a form that nobody has filled in; otherwise it is a template.
    """
    if not blank and _SAMPLE_NAME.search(document.name):
        return None
    text = "".join(part.text for part in document.parts if part.place.area in _SHOWN)
    if not _SIGNS.search(_BLANK.sub("", text)):
        return None
    rows = list(islice(rows_of(document), _MOST))
    forms = [form for form in _forms(rows) if blank or _filled(form)]
    forms = [form for form in forms if not _scattered(document, form)]
    if not forms:
        return None
    taken = [row for form in forms for row in form.rows]
    decision = _together([_decision(document, form) for form in forms])
    inside = {id(row) for row in taken}
    drafted = any(_DRAFT.fullmatch(_bare(row)) for row in rows if id(row) not in inside)
    return replace(decision, alone=not drafted, taken=_stretches(taken))


def own_markings(
    markings: tuple[MarkingEvidence, ...], decision: Decision | None
) -> tuple[MarkingEvidence, ...]:
    """Return `markings`, those inside the form as what they are there.

    What the form of a draft says is decided of the draft; it is no marking on it. A form that
    is a file of its own bears it, but its labels and its boxes are no faults of writing.
    """
    if decision is None or not decision.taken:
        return markings
    return tuple(
        _in_form(seen, decision) if decision.holds(seen.part, seen.span) else seen
        for seen in markings
    )


def _in_form(seen: MarkingEvidence, decision: Decision) -> MarkingEvidence:
    undecided = decision.marking is None and seen.marking.scheme == "checkbox"
    if not decision.alone or undecided or seen.role is Role.TEMPLATE:
        return replace(seen, role=Role.REFERENCE)
    defects = tuple(tag for tag in seen.marking.defects if tag not in _OF_FORMS)
    return replace(seen, marking=replace(seen.marking, defects=defects))


_SHOWN = frozenset({Area.BODY, Area.CELL, Area.TEXTBOX, Area.IMAGE})


def _forms(rows: list[Row]) -> Iterator[_Form]:
    """Yield the runs of rows with fields that are forms."""
    block: list[tuple[int, list[Field]]] = []
    for index, fields in [*read_rows(rows), (-1, [])]:
        if block and not _goes_on(rows, block[-1][0], index):
            form = _form(rows, block)
            if form is not None:
                yield form
            block = []
        block.append((index, fields))


def _goes_on(rows: list[Row], last: int, index: int) -> bool:
    """Whether row `index` belongs to the form of row `last`."""
    if index < 0 or index - last > _GAP:
        return False
    before, after = rows[last], rows[index]
    if before.table is not None and after.table == before.table:
        return True
    between = [_bare(row) for row in rows[last + 1 : index]]
    if any(_is_title(text) or _DRAFT.fullmatch(text) for text in between):
        return False
    return before.page == after.page and not _DRAFT.fullmatch(_bare(after))


def _form(rows: list[Row], block: list[tuple[int, list[Field]]]) -> _Form | None:
    first, last = block[0][0], block[-1][0]
    top = max(0, first - _ABOVE)
    titles = [at for at in range(top, last + 1) if _is_title(_bare(rows[at]))]
    fields = [field for _, found in block for field in found]
    kinds = {field.kind for field in fields} | {field.label for field in fields}
    if "list" in kinds:
        return None
    if titles:
        if len(fields) < _FEWEST:
            return None
        first = min(first, titles[0])
    elif not ("level" in kinds and len(kinds) > _ALL and sum(f.drafting for f in fields) >= _OWN):
        return None
    above = [_bare(row) for row in rows[max(0, first - _ABOVE) : first]][-2:]
    heading = _bare(rows[titles[0]]) if titles else next(filter(_HEADING.search, above), "")
    refused = _NEVER if _OF_DECISION.search(heading) else _NO_TITLE
    if refused.search(heading) or any(_EXAMPLE.fullmatch(text) for text in (*above, heading)):
        return None
    return _Form(tuple(rows[first : last + 1]), tuple(fields), heading)


def _is_title(text: str) -> bool:
    return len(text) <= 40 and _TITLE.fullmatch(text) is not None


def _bare(row: Row) -> str:
    return _BLANK.sub("", "".join(cell.text for cell in row.cells))


def _scattered(document: Document, form: _Form) -> bool:
    """Whether boxes and words of the level field may have been read apart.

    A PDF gives boxes that are set in another font, and lines that wrap, as pieces of their own.
    """
    cells = [cell for row in form.rows for cell in row.cells]
    if all(document.parts[cell.part].place.box is None for cell in cells):
        return False
    levels = [field.value for field in form.fields if field.kind == "level"]
    told = any(_marking(value, "") is not None or _open(value) for value in levels)
    ticked = any(sign in cell.text for cell in cells for sign in _BOX_ON)
    return not told and ticked and any(map(_BOXES.search, levels))


def _filled(form: _Form) -> bool:
    """Whether anything is written into the form beside what it prints."""
    return any(
        _marking(field.value, "") is not None or _open(field.value)
        if field.kind == "level"
        else not _HINT.fullmatch(field.value) or _day(field.value) is not None
        for field in form.fields
    )


def _decision(document: Document, form: _Form) -> Decision:
    def value(kind: str) -> str:
        values = (field.value for field in form.fields if field.kind == kind)
        return next((text for text in values if not _HINT.fullmatch(text) or _DAY.search(text)), "")

    def told(kind: str) -> bool:
        return bool(value(kind))

    levels = [field for field in form.fields if field.kind == "level"]
    level = next((field for field in levels if field.value), levels[0] if levels else None)
    period = next((f.value for f in form.fields if f.kind == "period" and f.value.strip()), "")
    marking, is_open = None, False
    for field in levels:
        if marking is None and not is_open:
            marking, is_open = _marking(field.value, period), _open(field.value)
    decided = value("decided") or (value("reviewed") if "定密" in form.title else "")
    copies = next((f.value for f in form.fields if f.kind == "copies"), "")
    count = _COUNT.search(copies)
    at: Cell = level.at or level.named if level is not None else form.rows[0].cells[0]
    return Decision(
        marking=marking,
        open=marking is None and is_open,
        decided=_day(decided),
        drafted=_day(value("drafted")),
        scope=told("scope"),
        reasons=told("reasons"),
        officer=told("officer"),
        copies=int(count[0]) if count else None,
        place=document.parts[at.part].place,
    )


def _marking(text: str, period: str) -> Marking | None:
    """The state marking that the level field `text` names, with the value of the period field."""
    text = text.strip()
    if not _LEVEL.search(text):
        return None
    if _BOXES.search(text):
        ticked = _ticked(text)
        if len(ticked) != 1:
            return None
        inside = _PERIOD.search(text)
        text, period = ticked.pop(), period or (inside[1] if inside else "")
    named = set(_LEVEL.findall(text))
    if len(named) != 1:
        return None
    marking = parse(text)
    if marking is None or marking.scheme != "cn-state" or marking.period is None:
        found = _PERIOD.search(text)
        until = period.strip() or (found[1] if found else "")
        marking = parse(f"{next(iter(named))}★{until}" if until else next(iter(named)))
    return replace(marking, defects=()) if marking and marking.scheme == "cn-state" else None


def _open(text: str) -> bool:
    """Whether the level field `text` says that the draft is no state secret."""
    bare = _BLANK.sub("", text)
    if _OPEN.fullmatch(bare):
        return True
    ticked = _ticked(bare) if _BOXES.search(bare) else set()
    return bool(ticked) and all(_OPEN.fullmatch(word) for word in ticked)


def _ticked(text: str) -> set[str]:
    """The words whose boxes are ticked; the boxes stand all before or all behind the words."""
    box, word = _BOXES.search(text), re.search(_WORD, text)
    before = box is not None and word is not None and box.start() < word.start()
    pattern = _TICKED_BEFORE if before else _TICKED_BEHIND
    return {found[1] for found in pattern.finditer(text)}


def _day(text: str) -> date | None:
    found = _DAY.search(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _together(decisions: list[Decision]) -> Decision:
    """What several forms of one draft say: the first that says anything of each."""
    first = next((d for d in decisions if d.marking is not None or d.open), decisions[0])
    return replace(
        first,
        decided=next((d.decided for d in decisions if d.decided), None),
        drafted=next((d.drafted for d in decisions if d.drafted), None),
        scope=any(d.scope for d in decisions),
        reasons=any(d.reasons for d in decisions),
        officer=any(d.officer for d in decisions),
        copies=next((d.copies for d in decisions if d.copies is not None), None),
    )


def _stretches(rows: list[Row]) -> tuple[tuple[int, Span], ...]:
    taken: dict[int, tuple[int, int]] = {}
    for cell in (cell for row in rows for cell in row.cells):
        start, end = taken.get(cell.part, (cell.span.start, cell.span.end))
        taken[cell.part] = min(start, cell.span.start), max(end, cell.span.end)
    return tuple((part, Span(start, end)) for part, (start, end) in taken.items())
