"""MS222 envelope: an envelope, transmittal or mail with classified papers shows no level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markscan.document import Area, Span
from markscan.finding import Evidence, MarkingEvidence, Severity, Verdict, Zone
from markscan.match.elements import TextLine, own_number
from markscan.match.form_fields import fields_of, rows_of
from markscan.rules.beside import MAIL, marks, ranks
from markscan.rules.proper_form import level_word
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule
from markscan.wording import Text

_TOP = 6  # lines in which such a paper says what it is
_TITLE = re.compile(
    r"[^。，：:]{0,24}(?:信封|封套|袋牌|封皮|封签|(?:交接|送件|送文|递送|转递|移交|交换|送达|传递)(?:单|清单|登记单))"
)
_CLASSIFIED = re.compile(r"机要|密件|涉密")
_LEVEL = re.compile(r"绝密|机密|秘密")
_NUMBER_LABEL = re.compile(r"编号|文号|字号|份号|发文字号|文件编号")
_FILLED = re.compile(r"(?:收件|发件|收文|发文|交件|接收|送件)(?:单位|人|机关)[:：][^_＿]{2,}")
_EMPTY = re.compile(r"[\s_＿—\-/]*")
_MAILED = Text(
    "邮件附有标明“{level}”的文件，而邮件主题没有密级",
    "the mail carries a file marked “{level}”, and its subject names no level",
)
_IN_SUBJECT = Text(
    "涉密文件不得通过非涉密邮件传递；在涉密信息系统内发送的，请在邮件主题标明“{level}”。",
    "Classified files must not travel by unclassified mail; within a classified system name "
    "“{level}” in the subject.",
)
_NO_NUMBER = Text(
    "封袋、交接单写有密级，而没有编号", "an envelope or transmittal names a level and no number"
)


def judge(case: Case) -> Iterator[Hit]:
    """Look at mails with marked files, and at envelopes and transmittals of classified papers."""
    if case.document.format in MAIL:
        yield from _mail(case)
        return
    title = next(
        (line for line in islice(case.lines(), _TOP) if _TITLE.fullmatch(line.bare)),
        None,
    )
    if title is not None and not case.own_problems:
        yield from _transmittal(case, title)


def _mail(case: Case) -> Iterator[Hit]:
    subjects = [
        part.text
        for part in case.document.parts
        if part.place.area is Area.PROPERTY and "subject" in part.place.label.lower()
    ]
    if any(_LEVEL.search(text) for text in subjects):
        return
    rank = ranks(case)
    inside = [seen for member in case.members for each in member.flat() for seen in marks(each)]
    top = max(inside, key=lambda seen: rank.get(seen.marking.level or "", -1), default=None)
    if top is not None and top.marking.level is not None:
        values: dict[str, object] = {"level": level_word(case, top.marking)}
        at = next(
            (
                Evidence(index, Span(0, len(part.text)))
                for index, part in enumerate(case.document.parts)
                if part.place.area is Area.PROPERTY and part.place.label.lower() == "subject"
            ),
            None,
        )
        yield Hit((at,) if at else (), values, message=_MAILED, fix=_IN_SUBJECT)


def _transmittal(case: Case, title: TextLine) -> Iterator[Hit]:
    """An envelope or transmittal: it names level and number of what it holds."""
    seen = Evidence(title.part, title.span)
    fields = [field for row in rows_of(case.document) for field in fields_of(row)]
    levels = [field for field in fields if field.kind == "level"]
    filled = any(not _EMPTY.fullmatch(f.value) for f in fields if f.kind != "level") or any(
        _FILLED.fullmatch(line.bare) for line in case.lines()
    )
    level = any(_LEVEL.search(field.value) for field in levels) or any(
        mark.place.area in VISIBLE for mark in case.markings if mark.marking.scheme == "cn-state"
    )
    if not level:
        empty = bool(levels) and filled and all(_EMPTY.fullmatch(f.value) for f in levels)
        number = _numbered(case)
        called = filled and _CLASSIFIED.search(title.bare) is not None
        if empty or called or number is not None:
            yield Hit((number or seen,), place=case.document.parts[title.part].place)
        return
    numbers = [field for field in fields if _NUMBER_LABEL.search(field.label)]
    blank = bool(numbers) and all(_EMPTY.fullmatch(field.value) for field in numbers)
    if blank and filled and not any(own_number(line.text) for line in case.lines()):
        yield Hit((seen,), message=_NO_NUMBER)


def _numbered(case: Case) -> MarkingEvidence | None:
    """The number of a classified series that stands here."""
    for seen in case.markings:
        docno = seen.marking.scheme == "docno" and (seen.marking.level or "").startswith("mi")
        if docno and seen.zone is not Zone.PROSE:
            return seen
    return None


RULE = Rule(
    code="MS222",
    name=Text("信封、封袋、邮件主题缺密级", "Envelope, cover sheet or mail subject without level"),
    trigger=Text(
        "信封、袋牌、封套、交接单所装涉密（有“密”字号，或者密级栏空着）而没有密级、编号；"
        "邮件附有标明密级的文件而主题没有密级",
        "an envelope or transmittal of classified papers (a classified number, or an empty field "
        "密级) without level or number; a mail with marked files whose subject names no level",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《关于国家秘密载体保密管理的规定》（2000）（信封或者袋牌上应当标明密级、编号和收发件单位名称）",
        "Rules on carriers of state secrets 2000 (level, number, sender and receiver on envelopes)",
    ),
    message=Text(
        "封袋、交接单所装为涉密文件，而没有标明密级",
        "an envelope or transmittal of classified papers names no level",
    ),
    fix=Text(
        "请在信封、袋牌或者交接单上标明密级、编号和收发件单位名称。",
        "Put level, number, sender and receiver on the envelope or transmittal.",
    ),
    judge=judge,
    found=(
        Example("机要文件交接单\n市密发〔2025〕3号\n收件单位：某某局\n份数：2"),
        Example("密件信封\n密级：\n编号：000123\n收件单位：某某局"),
        Example("文件送件单\n密级：机密\n编号：\n标题：会议文件\n份数：2"),
    ),
    clean=(
        Example("机要文件交接单\n密级：机密\n编号：000123\n市密发〔2025〕3号\n收件单位：某某局"),
        Example("文件交接单\n市政发〔2025〕3号\n收件单位：某某局\n份数：2"),
        Example("密件信封\n密级：\n编号：\n收件单位："),
        Example("关于规范文件交接单的通知\n各单位：\n请使用新的交接单。"),
    ),
    drafts_only=True,
)
