"""MS123 no-decision: the form of a draft names no level, or names it after the drafting."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Input, Severity, Verdict
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_LATE = Text(
    "定密日期 {decided} 晚于拟稿日期 {drafted}，定密在起草之后",
    "the level was decided on {decided}, after the drafting on {drafted}",
)
_BEFORE = Text(
    "请核对两个日期；起草前应先拟定密级或者“非密”，起草期间按拟定的密级采取保密措施。",
    "Check the two dates. A level, or 非密, is proposed before drafting begins, and the draft is "
    "protected accordingly.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for a form without level and without 非密, and for 定密日期 after 拟稿日期.

    The creation date among the properties says nothing: it is often the template's.
    """
    decision = case.decision
    if decision is None:
        return
    if decision.marking is None and not decision.open:
        yield Hit(place=decision.place)
    if decision.decided and decision.drafted and decision.decided > decision.drafted:
        values: dict[str, object] = {
            "decided": decision.decided.isoformat(),
            "drafted": decision.drafted.isoformat(),
        }
        yield Hit(values=values, place=decision.place, message=_LATE, fix=_BEFORE)


RULE = Rule(
    code="MS123",
    name=Text("缺定密结论", "No classification decision recorded for a draft"),
    trigger=Text(
        "发文稿纸、定密审批表等表单既没有密级也没有“非密”，或者定密日期晚于拟稿日期",
        "a draft form has neither a level nor 非密, or its day of decision is after that of the "
        "drafting",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法实施条例》第17条；本单位公文处理规定（起草前预判是否定密）",
        "Regulation under the secrets law art. 17; the office's own rules (decide before drafting)",
    ),
    message=Text(
        "定密表单没有定密结论：既没有密级，也没有“非密”",
        "the draft form records no decision: neither a level nor 非密",
    ),
    fix=Text(
        "请由承办人先拟定密级和保密期限，或者填写“非密”，再报定密责任人审核。",
        "Enter level and period, or 非密, and have the responsible officer review it.",
    ),
    judge=judge,
    found=(
        Example("发文稿纸\n密级：    缓急：特急\n标题：关于召开会议的通知\n拟稿人：张三"),
        Example("发文处理笺\n标题：会议通知\n密级：□绝密 □机密 □秘密 □非密\n拟稿人：张三"),
        Example(
            "拟稿纸\n密级：机密★10年\n拟稿人：张三\n拟稿日期：2025年3月1日\n定密日期：2025年3月8日"
        ),
    ),
    clean=(
        Example("发文稿纸\n密级：非密    缓急：特急\n标题：关于召开会议的通知\n拟稿人：张三"),
        Example("发文稿纸\n密级：□绝密 ☑机密 □秘密 □非密\n保密期限：10年\n拟稿人：张三"),
        Example(
            "拟稿纸\n密级：机密★10年\n拟稿人：张三\n拟稿日期：2025年3月1日\n定密日期：2025年3月1日"
        ),
        Example("发文稿纸\n密级：\n缓急：\n标题：\n拟稿人：\n核稿："),
        Example("密级：\n关于召开会议的通知\n各单位："),
    ),
    drafts_only=True,
    needs=(Input.FORM,),
)
