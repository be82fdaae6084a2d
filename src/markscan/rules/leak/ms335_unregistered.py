"""MS335 unregistered: a marked document is not in the register."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Element, Input, Severity, Verdict
from markscan.match.excerpts import Reuse
from markscan.rules.end_date import expired
from markscan.rules.excerpt.example_document import FIRST, NUMBER, ORIGINAL, REGISTER, UNMARKED
from markscan.rules.excerpt.reuse_kinds import own_marking, sure
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_MOST = 0.5  # of the registered document: the file is it, or a version of it


def judge(case: Case) -> Iterator[Hit]:
    """Look for a file in force by its marking that no entry of the register is."""
    own = own_marking(case)
    silent = case.task is not Task.SCAN or not case.registered or case.own_problems or case.exam
    if own is None or silent or expired(case, own.marking):
        return
    if not any(_is_entry(case, reuse) for reuse in case.reuse):
        yield Hit((own,), {"mark": shown(case, own.marking)})


def _is_entry(case: Case, reuse: Reuse) -> bool:
    """Whether the file is this entry: most of it stands here, or its number or title is its own.

    An entry too short for fingerprints has nothing but those.
    """
    if sure(reuse) and reuse.reach >= _MOST:
        return True
    own = [case.elements().first(each) for each in (Element.NUMBER, Element.TITLE)]
    return any(
        seen.place.area is Area.FILENAME
        or any(
            one is not None
            and one.part == seen.part
            and one.span.start < seen.span.end
            and seen.span.start < one.span.end
            for one in own
        )
        for seen in reuse.citations
    )


RULE = Rule(
    code="MS335",
    name=Text("未登记的涉密文件", "Marked document not in the register"),
    trigger=Text(
        "扫描的文件有现行国家秘密标志，密件台账中没有与它内容、标题或者文号相同的条目；核稿时不报",
        "a scanned file bears a state-secret marking in force, and no entry of the register has "
        "its content, its title or its number; not for drafts that are checked",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法实施条例》第27条第2项（收发应当履行清点、编号、登记、签收手续）",
        "Secrets regulation art. 27(2) (count, number, register and sign for what is received)",
    ),
    message=Text(
        "标有“{mark}”，密件台账中没有登记",
        "marked “{mark}”, and not in the register of classified documents",
    ),
    fix=Text(
        "请核对来源，补登记；不属于国家秘密的，由定密责任人核销标志。",
        "Find out where it comes from and register it; if it is no state secret, let a person with "
        "authority to classify take the marking off.",
    ),
    judge=judge,
    found=(
        Example("机密★10年\n关于召开会议的通知\n各单位：", task=Task.SCAN, register=REGISTER),
        Example("秘密★5年\n关于有关情况的报告", task=Task.SCAN, highest="jimi", register=REGISTER),
        Example("机密★10年\n工作情况\n" + FIRST, task=Task.SCAN, register=REGISTER),
    ),
    clean=(
        Example(ORIGINAL, task=Task.SCAN, register=REGISTER),
        Example("秘密★5年\n" + UNMARKED, task=Task.SCAN, register=REGISTER),
        Example("机密★10年\n关于召开会议的通知", task=Task.SCAN),
        Example("机密★10年\n关于召开会议的通知", register=REGISTER),
        Example("机密★10年\n封面", name=f"{NUMBER}.txt", task=Task.SCAN, register=REGISTER),
        Example(
            "秘密★1年\n关于召开会议的通知\n某某局\n2020年3月1日", task=Task.SCAN, register=REGISTER
        ),
        Example("关于召开会议的通知", task=Task.SCAN, register=REGISTER),
    ),
    needs=(Input.REGISTER,),
)
