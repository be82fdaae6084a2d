"""MS502 ends-soon: the period of a marking, or of the register's entry, ends within days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.end_date import end
from markscan.finding import MarkingEvidence, Severity, Verdict
from markscan.register import Entry
from markscan.rules.derivation import day_text
from markscan.rules.excerpt.example_document import ENTRY, ORIGINAL, UNMARKED
from markscan.rules.lifecycle.registered_copy import registered_as
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

WITHIN = 90  # days; the rules ask for a reminder and name no number
_BY_REGISTER = Text(
    "台账中密件“{entry}”的保密期限将于{day}届满，还有 {left} 天",
    "by the register the period of “{entry}” ends on {day}, in {left} days",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look at the marking in sight that ends last; of a registered document at its entry."""
    if case.task is not Task.SCAN or not case.visible or case.exam or case.effective("lifecycle"):
        return
    entry = registered_as(case)
    if entry is not None and entry.ends is not None and not entry.assumed:
        hit = of_entry(entry, case.today)
        if hit is not None:
            yield replace(hit, evidence=(case.visible[0],))
        return
    ends = [(_last_day(case, seen), seen) for seen in case.visible]
    known = [(day, seen) for day, seen in ends if day is not None]
    if len(known) < len(ends):
        return  # one has no end that can be told: that one lasts
    day, seen = max(known, key=lambda pair: pair[0])
    if _soon(case.today, day):
        yield Hit((seen,), _told(case.today, day) | {"mark": shown(case, seen.marking)})


def _last_day(case: Case, seen: MarkingEvidence) -> date | None:
    ending = end(seen.marking, case.issued, case.law)
    return None if ending is None or ending.assumed else ending.last_day


def of_entry(entry: Entry, today: date) -> Hit | None:
    """Report an entry in force whose period ends within the days of the reminder."""
    day = entry.ends
    if day is None or entry.assumed or not entry.in_force(today) or not _soon(today, day):
        return None
    return Hit(values=_told(today, day) | {"entry": entry.id}, message=_BY_REGISTER)


def _soon(today: date, day: date) -> bool:
    return 0 <= (day - today).days <= WITHIN


def _told(today: date, day: date) -> dict[str, object]:
    return {"day": day_text(day), "left": (day - today).days}


_ENDING = ((replace(ENTRY, ends=date(2026, 2, 1)), ORIGINAL),)
_LASTING = ((replace(ENTRY, ends=date(2030, 2, 1)), ORIGINAL),)

RULE = Rule(
    code="MS502",
    name=Text("即将到期", "Period ends soon"),
    trigger=Text(
        f"扫描的文件上标志的保密期限将在 {WITHIN} 天内届满；台账登记的密件以台账的到期日为准。"
        "规定没有天数，这是提醒的尺度",
        f"the period of a scanned file's marking ends within {WITHIN} days; of a registered "
        "document the register tells when. The rules name no number of days, this one is for "
        "reminding",
    ),
    severity=Severity.INFO,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密解密暂行办法》第4条（建立保密期限届满提醒制度）；《保守国家秘密法》第24条",
        "Provisional rule on declassification art. 4 (remind of the end of periods); secrets law "
        "art. 24",
    ),
    message=Text(
        "“{mark}”的保密期限将于{day}届满，还有 {left} 天",
        "the period of “{mark}” ends on {day}, in {left} days",
    ),
    fix=Text(
        "请在届满前完成解密审核：仍须保密的，届满前作出延期决定；不再保密的，届满后作解密标志。",
        "Review it before then: extend the period in time if it must stay secret; if not, note the "
        "release when the period has ended.",
    ),
    judge=judge,
    of_entry=of_entry,
    found=(
        Example("秘密★1年\n关于召开会议的通知\n某某市人民政府\n2025年3月1日", task=Task.SCAN),
        Example("机密★2026年3月31日\n关于召开会议的通知", task=Task.SCAN),
        Example(ORIGINAL, task=Task.SCAN, register=_ENDING),
    ),
    clean=(
        Example("机密★2026年4月2日\n关于召开会议的通知", task=Task.SCAN),
        Example("机密★2025年12月31日\n关于召开会议的通知", task=Task.SCAN),
        Example("机密★2026年3月31日\n关于召开会议的通知"),
        Example("机密★\n关于召开会议的通知\n某某市人民政府\n2006年3月1日", task=Task.SCAN),
        Example(ORIGINAL, task=Task.SCAN, register=_LASTING),
        Example(UNMARKED, task=Task.SCAN, register=_ENDING),
    ),
)
