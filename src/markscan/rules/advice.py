"""What suggests that an unmarked draft may need a level (起草前预判是否需要定密).

The shape of a classified document (law-and-rules, 2.3), numbers of classified documents
that it cites, terms of the unit's own catalogue of secret matters (保密事项范围). Each is
put to a person (请判定): only the officer in charge determines a level (法19, 条例17).
Text about secrecy is not secret: laws, lessons, forms and examples get no advice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from markscan.document import Area, Place
from markscan.finding import Advice, Element, Evidence, Role, Severity, TermEvidence, Zone
from markscan.fold import fold
from markscan.match.elements import TextLine
from markscan.match.grammar.forms import FORMS, any_of
from markscan.match.lines import Lines
from markscan.rules.own_matters import cited, own_by_topic
from markscan.rules.rule import VISIBLE, Case, Task
from markscan.wording import Text

_HEAD_LINES, _TAIL_LINES = 12, 12  # where a document says how it is to be handled
_LONGEST = 30  # characters of such a line
_SHIPPED_MATTERS = "matter"

_BLANK = re.compile(r"[\s\u3000\u00a0]+")
_HANDLING = any_of(FORMS["tails"]["handling"])
_BESIDE = any_of([*FORMS["tails"]["caveats"], *FORMS["tails"]["urgency"]])
_HANDLING_LINE = re.compile(
    rf"[(（\[【〔]*(?:{_BESIDE}[、，,;；·]?)?(?:此件|本件|会议材料|会议文件|本材料|文件|材料|请|限)*"
    rf"(?:{_HANDLING}|[^\W\d_]{{1,10}}同志亲[启收])"
    rf"(?:[、，,;；·]*(?:请|并)?(?:{_HANDLING}|{_BESIDE}))*[)）\]】〕。!！]*"
)
_NUMBERED_COPY = re.compile(r"(?:份号|印号)[:：]?\D{0,2}\d+号?|第\S{1,9}份|(?:№|No\.?)?\d{6}")
_FIELD = re.compile(r"(?:定密依据|定密责任人|定密审批人?|定密审核人?|拟定密级)(?:[:：].{0,40})?")
_FORM_TITLE = re.compile(r"定密.{0,4}(?:表|单)|密级.{0,6}(?:表|单)$")
_TICKED = frozenset(FORMS["checkbox"]["ticked"])
_SERIES = tuple(FORMS["docno"]["series"])
_ORDINARY = tuple(FORMS["docno"]["ordinary"])
_CITED = re.compile(
    rf"([\u4e00-\u9fff×]{{1,16}}?{any_of(_SERIES)})\s?[〔\[（(【［]\s?(?:19|20)\d{{2}}年?\s?"
    r"[〕\]）)】］]\s?第?\s?\d{1,5}\s?号"
)

_LAW = Text(
    "《保守国家秘密法》第19条；《保守国家秘密法实施条例》第17条",
    "Secrets law art. 19; its regulation art. 17",
)
_COPY_LAW = Text(
    "《党政机关公文处理工作条例》第9条第1项；《保守国家秘密法》第19条",
    "Official documents regulation art. 9(1); secrets law art. 19",
)
_SCOPE_LAW = Text(
    "《国家秘密定密管理暂行规定》第23条；《保守国家秘密法》第19条",
    "Provisional rule on classification art. 23; secrets law art. 19",
)
_DERIVED_LAW = Text(
    "《保守国家秘密法》第18条；《保守国家秘密法实施条例》第18条",
    "Secrets law art. 18; its regulation art. 18",
)
_COPY = Text(
    "文首有份号，没有密级标志；涉密公文才必须编份号，是否需要定密请判定",
    "there is a copy number and no marking; only classified documents must have one: "
    "to be decided by a person",
)
_HANDLED = Text(
    "有指人办理、阅后收回一类的办理要求 {count} 处，没有密级标志；是否需要定密请判定",
    "handling notes such as “return after reading” ({count}) and no marking: "
    "to be decided by a person",
)
_SCOPED = Text(
    "有限定知悉范围的附注（“此件发至……”等）{count} 处，没有密级标志；是否需要定密请判定",
    "notes of who may read it (“此件发至…”, {count}) and no marking: to be decided by a person",
)
_CIPHERED = Text(
    "文首标明是密码电报，没有密级标志；是否需要定密请判定",
    "it is headed as a cipher telegram and bears no marking: to be decided by a person",
)
_FIELDS = Text(
    "有定密依据、定密责任人一类的栏目 {count} 处，没有密级标志；是否需要定密请判定",
    "fields such as 定密依据 or 定密责任人 ({count}) and no marking: to be decided by a person",
)
_CITES_SERIES = Text(
    "引用密字号文件 {count} 处；涉及其国家秘密内容的应当派生定密，请判定",
    "cites documents of a classified series ({count} times); what takes over their secrets "
    "takes over their level: to be decided by a person",
)
_CITES_FAMILY = Text(
    "引用未见公开的机要文件字号 {count} 处；涉及其国家秘密内容的应当派生定密，请判定",
    "cites numbers of 机要 documents not known to be published ({count} times); what takes over "
    "their secrets takes over their level: to be decided by a person",
)
_OWN_TERMS = Text(
    "命中本单位词库“{topic}”的词条 {count} 处（{terms}）；是否属于保密事项范围请判定",
    "terms of the unit's own list “{topic}” stand here {count} times ({terms}); whether the "
    "matter is a secret one is to be decided by a person",
)
_MATTERS = Text(
    "命中内置词库“内部与涉密事项”的词条 {count} 处（{terms}）；仅供参考，请判定",
    "terms of the shipped list “internal and secret matters” stand here {count} times "
    "({terms}): a hint only, to be decided by a person",
)
_PRINTED = Text(
    "注有印制份数，可一并核对；是否需要定密请判定",
    "it names its print run, too: to be decided by a person",
)


def advise(case: Case) -> list[Advice]:
    """Return what suggests a level: one advice a kind, with count and first place.

    Empty unless a draft is checked on which a reader sees no state marking, filled in or
    not, and for which nobody has decided yet.
    """
    if case.task is not Task.CHECK or _marked(case) or _decided(case):
        return []
    found = [*_own_terms(case)]
    if not _openly_published(case):
        shape = [advice for kind in _SHAPES if (advice := kind(case)) is not None]
        found = [*shape, *found]
        # Ordinary documents have these too: they only add to something else.
        if found:
            found += [advice for kind in _HINTS if (advice := kind(case)) is not None]
    return [] if found and _about_something_else(case) else found


def _marked(case: Case) -> bool:
    roles = {Role.MARKING, Role.TEMPLATE, Role.EXAM, Role.VOIDED}
    return any(
        seen.marking.scheme == "cn-state" and seen.place.area in VISIBLE and seen.role in roles
        for seen in case.markings
    )


def _decided(case: Case) -> bool:
    """Whether a form records a decision, or a box beside 密级 is ticked."""
    form = case.decision
    if form is not None and (form.open or form.marking is not None):
        return True
    # A ticked 非密 has no level.
    return any(not _TICKED.isdisjoint(case.text(seen)) for seen in case.effective("checkbox"))


def _openly_published(case: Case) -> bool:
    """Whether a note says that the document is open to the public (主动公开)."""
    return any(seen.marking.level == "open" for seen in case.effective("openness"))


def _about_something_else(case: Case) -> bool:
    """Whether it is a law, a lesson, a form, an examination paper: not secret by its words."""
    kind = case.context()
    return any(
        (kind.law, kind.teaching, kind.template, kind.exam, kind.code, kind.foreign, kind.fiction)
    )


# The shape of a classified document.


def _copy_number(case: Case) -> Advice | None:
    elements = case.elements()
    seen = elements.first(Element.COPY_NUMBER)
    if seen is None or not elements.official:
        return None
    if not _NUMBERED_COPY.fullmatch(_BLANK.sub("", case.text(seen))):
        return None
    return Advice(_COPY, _COPY_LAW, seen.place)


def _handling(case: Case) -> Advice | None:
    lines = [line for line in _edges(case) if _HANDLING_LINE.fullmatch(_folded(line))]
    return _counted(case, _HANDLED, _LAW, lines)


def _scope(case: Case) -> Advice | None:
    seen = [each for each in case.effective("scope") if each.place.area in VISIBLE]
    return Advice(_SCOPED.fill(count=len(seen)), _SCOPE_LAW, seen[0].place) if seen else None


def _telegram(case: Case) -> Advice | None:
    for seen in case.effective("telegram"):
        if seen.marking.level == "mima" and seen.zone is Zone.STRONG:
            return Advice(_CIPHERED, _LAW, seen.place)
    return None


def _fields(case: Case) -> Advice | None:
    lines = list(case.lines())
    if any(_FORM_TITLE.search(line.bare) for line in lines[:3] if len(line.bare) <= _LONGEST):
        return None  # the form of decision itself
    cells = (line for line in lines if case.document.parts[line.part].place.area is Area.CELL)
    return _counted(
        case, _FIELDS, _LAW, [each for each in _first_of(cells, _edges(case)) if _is_field(each)]
    )


# What it cites.


def _cited_series(case: Case) -> Advice | None:
    own = {(each.part, each.span.start) for each in case.elements().all(Element.NUMBER)}
    lines = []
    for line in case.lines():
        if "密" not in line.text or (line.part, line.span.start) in own:
            continue
        cited = (found[1] for found in _CITED.finditer(line.text))
        lines += [line for code in cited if not code.endswith(_ORDINARY)]
    return _counted(case, _CITES_SERIES, _DERIVED_LAW, lines)


def _cited_family(case: Case) -> Advice | None:
    seen = [
        each
        for each in case.numbers
        if not each.own and each.severity >= Severity.HIGH and each.place.area in VISIBLE
    ]
    if not seen:
        return None
    return Advice(_CITES_FAMILY.fill(count=len(seen)), _DERIVED_LAW, seen[0].place)


# Whose terms it uses.


def _own_terms(case: Case) -> Iterator[Advice]:
    for topic, found in own_by_topic(_visible(case, case.terms)).items():
        values = {"topic": topic, "count": len(found), "terms": cited(found)}
        yield Advice(_OWN_TERMS.fill(**values), _LAW, _place(case, found[0]))


def _matters(case: Case) -> Advice | None:
    found = [
        seen
        for seen in _visible(case, case.terms)
        if not seen.own and seen.topic == _SHIPPED_MATTERS
    ]
    if not found:
        return None
    message = _MATTERS.fill(count=len(found), terms=cited(found))
    return Advice(message, _LAW, _place(case, found[0]))


def _print_run(case: Case) -> Advice | None:
    seen = case.elements().first(Element.PRINT_RUN)
    return Advice(_PRINTED, _LAW, seen.place) if seen is not None else None


_SHAPES: tuple[Callable[[Case], Advice | None], ...] = (
    _copy_number,
    _handling,
    _scope,
    _telegram,
    _fields,
    _cited_series,
    _cited_family,
)
_HINTS: tuple[Callable[[Case], Advice | None], ...] = (_print_run, _matters)


def _visible(case: Case, terms: Iterable[TermEvidence]) -> Iterator[TermEvidence]:
    return (each for each in terms if case.document.parts[each.part].place.area in VISIBLE)


def _edges(case: Case) -> list[TextLine]:
    """The short lines of head and tail, each once."""
    lines = list(case.lines())
    tail = lines[max(_HEAD_LINES, len(lines) - _TAIL_LINES) :]
    return [line for line in (*lines[:_HEAD_LINES], *tail) if len(line.bare) <= _LONGEST]


def _first_of(*groups: Iterable[TextLine]) -> list[TextLine]:
    return list(dict.fromkeys(line for group in groups for line in group))


def _folded(line: TextLine) -> str:
    return _BLANK.sub("", fold(line.text).text)


def _is_field(line: TextLine) -> bool:
    return _FIELD.fullmatch(_folded(line)) is not None


def _counted(case: Case, message: Text, basis: Text, lines: list[TextLine]) -> Advice | None:
    if not lines:
        return None
    first = _place(case, Evidence(lines[0].part, lines[0].span))
    return Advice(message.fill(count=len(lines)), basis, first)


def _place(case: Case, seen: Evidence) -> Place:
    return Lines(case.document).place(seen.part, seen.span.start)
