"""MS306 unmarked-central: a document of the centre bears no level and no openness note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markscan.document import Area, Document
from markscan.finding import NumberEvidence, Severity, Verdict
from markscan.policy import Location
from markscan.rules.leak.location_words import bars_state_secrets, kind_of_place
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_TOP_LINES = 6
_NUMBERED = re.compile(r"[12]\d{3}\W{0,3}第?\s*\d{1,4}\s*[号號]")
_OPEN = frozenset({"open", "onreq"})


def judge(case: Case) -> Iterator[Hit]:
    """Look at the file's own number and at its heading (中共中央文件)."""
    if case.location is None and case.task is Task.CHECK:
        return
    if case.location is not None and not bars_state_secrets(case.location):
        return
    if case.visible or any(n.marking.level in _OPEN for n in case.effective("openness")):
        return
    own = _own(case)
    if own is not None:
        severity = _severity(case.location, own)
        yield Hit((own,), {"place": kind_of_place(case.location)}, severity=severity)


def _own(case: Case) -> NumberEvidence | None:
    """Return the number of the file, or its heading if no number stands at the top.

    A number there that is no evidence is known to be published, or is not a central one.
    """
    own = [seen for seen in case.numbers if seen.own]
    numbers = [seen for seen in own if not seen.family.endswith("文件")]
    if numbers:
        return numbers[0]
    return own[0] if own and not _numbered(case.document) else None


def _severity(location: Location | None, own: NumberEvidence) -> Severity:
    """Less for series that are mostly published, and where internal papers may lie."""
    if location is not None and location.listed and location.ceiling("cn-internal"):
        return Severity.INFO
    return min(Severity.MEDIUM, own.severity)


def _numbered(document: Document) -> bool:
    """Return whether a document number stands among the first lines."""
    shown = (p for p in document.parts if p.place.area in {Area.BODY, Area.CELL, Area.TEXTBOX})
    lines = (line for part in shown for line in part.text.split("\n", 64)[:64] if line.strip())
    return any(_NUMBERED.search(line) for line in islice(lines, _TOP_LINES))


RULE = Rule(
    code="MS306",
    name=Text("未标密级的中央文件", "Unmarked central document"),
    trigger=Text(
        "本文文号属于中央、国务院及其办公厅的系列，或者版头为中共中央、国务院文件，既未标密级也未标公开，"
        "存放在公开、内部或者未列入策略的位置；允许存放内部文件的位置只作提示",
        "the file's own number or heading is of the Central Committee, the State Council or their "
        "offices, with neither level nor openness note, in a public, internal or unlisted place; "
        "information only where internal papers may lie",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.HANDLE_AS_INTERNAL,
    basis=Text(
        "九三学社中央机关保密工作规定第10条（未标注密级的中央文件按内部文件管理）",
        "Jiusan Society secrecy rules art. 10 (unmarked central documents are handled as internal)",
    ),
    message=Text(
        "中央文件未标密级，也没有公开字样，存放在{place}",
        "a central document with neither level nor openness note lies in {place}",
    ),
    fix=Text(
        "请按内部文件管理，按文件标注的发布层次和传达要求阅读传达，移出公开位置；已公开的，列入已公开文号名单。",
        "Handle it as internal, for the readers it names, and move it out of public places. If "
        "it is "
        "published, put its number on the list.",
    ),
    judge=judge,
    found=(
        Example(
            "中共中央办公厅文件\n中办发〔2019〕998号\n关于做好有关工作的通知",
            task=Task.SCAN,
            highest="",
        ),
        Example(
            "中办发〔2019〕998号\n关于做好有关工作的通知",
            task=Task.SCAN,
            highest="",
        ),
        Example(
            "中办通报〔2018〕997号\n关于有关情况的通报", task=Task.SCAN, highest="", kind="public"
        ),
        Example("中共中央文件\n关于做好有关工作的意见", task=Task.SCAN, highest=""),
    ),
    clean=(
        Example("中共中央办公厅文件\n中办发〔2019〕998号\n关于做好有关工作的通知"),
        Example(
            "机密★10年\n中办发〔2019〕998号\n关于做好有关工作的通知", task=Task.SCAN, highest="jimi"
        ),
        Example(
            "中办发〔2019〕998号\n关于做好有关工作的通知\n（此件公开发布）",
            task=Task.SCAN,
            highest="",
        ),
        Example(
            "国务院文件\n国发〔2015〕997号\n关于做好有关工作的意见", task=Task.SCAN, highest="jimi"
        ),
        Example(
            "某某市人民政府文件\n某政发〔2019〕12号\n关于会议的通知", task=Task.SCAN, highest=""
        ),
    ),
)
