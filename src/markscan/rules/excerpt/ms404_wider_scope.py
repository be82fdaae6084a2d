"""MS404 wider-scope: passages of a registered document are sent beyond its scope (知悉范围)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.finding import Element, Evidence, Input, Severity, Verdict
from markscan.match.excerpts import Reuse
from markscan.policy import Location
from markscan.rules.excerpt.example_register import ONE, TAKEN, one
from markscan.rules.excerpt.readers import Reach, addressed, reach
from markscan.rules.excerpt.reuse_kinds import ids, surest_first, told
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_NOTE = re.compile(r"[至到送给](?P<names>[^至到。]{2,60}?)[）)】\]。]*$")
_SENT = Text(
    "文件摘录了登记密件“{entry}”的 {share}（原件{there}），而它的收件单位、发布层次有 {count} 个"
    "超出原件的知悉范围",
    "the file holds {share} of the registered document “{entry}” ({there} of the original) and is "
    "meant for {count} readers beyond the scope of the original",
)


def judge(case: Case) -> Iterator[Hit]:
    """Name the registered documents that more may read here than their scope admits."""
    if not case.reuse:
        return
    sent = _sent(case)
    readers = _readers(case.location)
    beyond: list[Reuse] = []
    outside: dict[str, Evidence | None] = {}
    for reuse in excerpted(case):
        wide = {
            name: seen
            for name, seen in (*sent, *((each, None) for each in readers))
            if reuse.entry.scope and reach(name, reuse.entry.scope) is Reach.WIDER
        }
        if wide:
            beyond.append(reuse)
            outside.update(wide)
    if not beyond:
        return
    lines = tuple(dict.fromkeys(seen for seen in outside.values() if seen is not None))
    values = {**told(case, beyond[0]), "entries": ids(beyond), "count": len(outside)}
    yield Hit((*surest_first(beyond[0]), *lines), values, message=_SENT if lines else None)


def _readers(location: Location | None) -> tuple[str, ...]:
    """Who can reach the place, where the policy names the place and says who."""
    return location.readers if location is not None and location.listed else ()


def _sent(case: Case) -> list[tuple[str, Evidence]]:
    """Whom the file is meant for: addressees, copies-to, notes like 此件发至县团级."""
    found: list[tuple[str, Evidence]] = []
    elements = case.elements()
    for element in (Element.ADDRESSEE, Element.COPIES_TO):
        for seen in elements.all(element):
            found += [(name, seen) for name in addressed(case.text(seen))]
    for note in case.effective("scope"):
        names = _NOTE.search(case.text(note).strip())
        if names is not None:
            found += [(name, note) for name in addressed(names["names"])]
    return found


_SCOPED = one(scope=("水务科", "建设科"))
_RANKED = one(scope=("地师级",))

RULE = Rule(
    code="MS404",
    name=Text("知悉范围扩大", "Wider scope than the source"),
    trigger=Text(
        "台账写有知悉范围的登记密件被摘录，本文件的主送、抄送机关或者发布层次，或者存放位置可接触的"
        "人员、部门，不在这个范围内。范围写的是某一类人员的，只判断明显更宽的",
        "passages of a registered document whose scope is told stand in a file whose addressees, "
        "copies-to or note of readers, or the readers of whose location, are not within it. Where "
        "the scope names a kind of people only what is plainly wider is judged",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第21条；《保守国家秘密法实施条例》第27条第5项；"
        "九三学社中央机关保密工作规定第10条第3项",
        "Secrets law art. 21; its regulation art. 27(5); Jiusan Society secrecy rules art. 10(3)",
    ),
    message=Text(
        "文件摘录了登记密件“{entry}”的 {share}（原件{there}），而存放位置可接触的人员、部门"
        "有 {count} 个超出原件的知悉范围",
        "the file holds {share} of the registered document “{entry}” ({there} of the original), "
        "and {count} of those who can reach its location are beyond the scope of the original",
    ),
    fix=Text(
        "请按原件的知悉范围发送、存放；已多发的收回，确需扩大的补办批准手续。涉及的登记密件：{entries}。",
        "Send and keep it within the scope of the original; call back what went further, or get "
        "the wider scope approved. Registered documents concerned: {entries}.",
    ),
    judge=judge,
    found=(
        Example(
            f"机密★10年\n关于做好有关工作的通知\n各县人民政府：\n{TAKEN}\n某某局\n2025年6月1日",
            register=_SCOPED,
        ),
        Example(
            f"机密★10年\n关于做好有关工作的通知\n水务科：\n{TAKEN}\n某某局\n2025年6月1日\n"
            "抄送：市档案局。",
            register=_SCOPED,
        ),
        Example(
            f"机密★10年\n关于做好有关工作的方案\n{TAKEN}\n某某局\n2025年6月1日\n（此件发至县团级）",
            register=_RANKED,
        ),
    ),
    clean=(
        Example(
            f"机密★10年\n关于做好有关工作的通知\n某某局水务科、建设科：\n{TAKEN}\n某某局\n2025年6月1日",
            register=_SCOPED,
        ),
        Example(
            f"机密★10年\n关于做好有关工作的方案\n{TAKEN}\n某某局\n2025年6月1日\n（此件发至省军级）",
            register=_RANKED,
        ),
        Example(
            f"机密★10年\n关于做好有关工作的通知\n各县人民政府：\n{TAKEN}\n某某局\n2025年6月1日",
            register=ONE,
        ),
        Example(
            f"机密★10年\n关于做好有关工作的通知\n市政府办公室：\n{TAKEN}\n某某局\n2025年6月1日",
            register=one(scope=("县处级以上干部",)),
        ),
    ),
    needs=(Input.REGISTER,),
)
