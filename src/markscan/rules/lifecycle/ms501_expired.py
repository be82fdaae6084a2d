"""MS501 expired: the period has ended, and the marking still stands as if in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.end_date import End, end
from markscan.finding import MarkingEvidence, Severity, Verdict
from markscan.marking import Condition, LongTerm
from markscan.register import Entry
from markscan.rules.derivation import day_text
from markscan.rules.end_date import extension
from markscan.rules.excerpt.example_document import ENTRY, ORIGINAL, SECOND, UNMARKED
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.lifecycle.registered_copy import ended, registered_as
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_BY_REGISTER = Text(
    "台账中本件（“{entry}”）已于{day}{how}，而“{mark}”仍作现行标志",
    "by the register this document (“{entry}”) {how} on {day}, and “{mark}” still stands as if in "
    "force",
)
_OF_ENTRY = Text(
    "密件“{entry}”的保密期限已于{day}届满，没有解密记录",
    "the period of “{entry}” ended on {day}, and no release is recorded",
)


def judge(case: Case) -> Iterator[Hit]:
    """Report the marking that ended last, if no other one in sight is still in force.

    Of a registered document the register knows better: it may have been declassified early, or
    its period extended.
    """
    entry = registered_as(case)
    if entry is not None and case.visible and not case.effective("lifecycle"):
        told = ended(entry, case.today)
        if told is not None and not excerpted(case):
            seen, (day, how) = case.visible[0], told
            values: dict[str, object] = {"mark": shown(case, seen.marking), "entry": entry.id}
            yield Hit((seen,), values | {"day": day_text(day), "how": how}, message=_BY_REGISTER)
            return
        if entry.ends is not None and not entry.assumed:
            return
    if excerpted(case):
        return  # it lasts as long as what it was taken from (MS403)
    ends = [(seen, ending) for seen in case.visible if (ending := _written_end(case, seen))]
    endless = any(isinstance(m.marking.period, Condition | LongTerm) for m in case.visible)
    if endless or not ends:
        return
    seen, last = max(ends, key=lambda pair: pair[1].last_day)
    longer = extension(case)
    until = last.last_day if longer is None else longer.until
    if until is not None and max(until, last.last_day) < case.today:
        yield Hit((seen,), {"mark": shown(case, seen.marking), "day": day_text(until)})


def of_entry(entry: Entry, today: date) -> Hit | None:
    """Report an entry whose period has ended while nobody recorded its release."""
    released = entry.declassified is not None or entry.fulfilled is not None
    if released or entry.in_force(today) or entry.ends is None:
        return None
    return Hit(values={"entry": entry.id, "day": day_text(entry.ends)}, message=_OF_ENTRY)


def _written_end(case: Case, seen: MarkingEvidence) -> End | None:
    """Return the end of the period as written; an assumed one is no ground for a finding."""
    ending = end(seen.marking, case.issued, case.law)
    return None if ending is None or ending.assumed else ending


RULE = Rule(
    code="MS501",
    name=Text("已到期仍作现行标志", "Expired marking still in force on the face"),
    trigger=Text(
        "按成文日期和保密期限计算，或者按解密时间，保密期限已满，而文上仍是现行标志；期限届满的次日起报。"
        "台账登记的密件以台账的解密日期和到期日为准",
        "by day of issue and period, or by its date, the period has ended and the marking still "
        "stands; reported from the following day. Of a registered document the register tells "
        "when it ended or was declassified",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第24条（保密期限已满的，自行解密）；"
        "《国家秘密定密管理暂行规定》第32条、第34条（2014）",
        "Secrets law art. 24 (declassified when the period ends); classification rules 2014 "
        "arts. 32 "
        "and 34",
    ),
    message=Text(
        "“{mark}”的保密期限已于{day}届满，未见解密标志",
        "the period of “{mark}” ended on {day}, and nothing shows that it is declassified",
    ),
    fix=Text(
        "未在届满前延长期限的，已自行解密：请在原标志附近作出解密标志；公开之前仍须保密审查。",
        "Unless it was extended in time it is declassified: note that beside the marking. "
        "Publication "
        "still needs a review.",
    ),
    judge=judge,
    of_entry=of_entry,
    found=(
        Example("秘密★1年\n关于召开会议的通知\n某某市人民政府\n2020年3月1日"),
        Example("机密★2024年12月31日\n关于召开会议的通知"),
        Example("秘密★6个月\n关于召开会议的通知\n某某市人民政府\n2025年6月30日"),
        Example("机密★3年\n延长保密期限至2025年6月30日\n关于召开会议的通知\n某某局\n2020年3月10日"),
        Example(ORIGINAL, register=((replace(ENTRY, declassified=date(2025, 2, 1)), ORIGINAL),)),
    ),
    clean=(
        Example("机密★5年\n延长保密期限至2029年6月30日\n关于召开会议的通知\n某某局\n2020年3月10日"),
        Example("机密★10年\n关于召开会议的通知\n某某市人民政府\n2020年3月1日"),
        Example("机密★10年\n关于召开会议的通知"),
        Example("机密★开标前\n关于召开会议的通知\n2001年3月1日"),
        Example("机密★\n关于召开会议的通知\n1990年3月1日"),
        Example("机密★2026年1月1日\n关于召开会议的通知"),
        Example("机密★1年\n" + UNMARKED, register=((ENTRY, ORIGINAL),)),
        Example(
            f"机密★1年\n工作情况\n{SECOND}\n某某局\n2024年6月1日", register=((ENTRY, ORIGINAL),)
        ),
        Example(
            f"机密★10年\n工作情况\n{SECOND}",
            register=((replace(ENTRY, declassified=date(2025, 2, 1)), ORIGINAL),),
        ),
    ),
)
