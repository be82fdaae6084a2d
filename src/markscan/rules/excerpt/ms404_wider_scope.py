"""MS404 wider-scope: passages of a registered document are sent beyond its scope (知悉范围)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markscan.finding import Element, Evidence, Input, Severity, Verdict
from markscan.match.excerpts import Reuse
from markscan.policy import Location
from markscan.rules.excerpt.citing import first_ids
from markscan.rules.excerpt.example_register import ONE, TAKEN, one
from markscan.rules.excerpt.readers import Reach, addressed, reach
from markscan.rules.excerpt.reuse_kinds import is_copy, surest_first, told
from markscan.rules.excerpt.taking import excerpted, named_a_copy
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_NOTE = re.compile(r"[至到送给](?P<names>[^至到。]{2,60}?)[）)】\]。]*$")
_SENT = Text(
    "文件摘录了登记密件“{entry}”的 {share}（原件{there}），而它的收件单位、发布层次有 {count} 个"
    "超出原件的知悉范围：{who}",
    "the file holds {share} of the registered document “{entry}” ({there} of the original) and is "
    "meant for {count} readers beyond the scope of the original: {who}",
)


_ORIGINAL = Text(
    "文件与登记密件“{entry}”是同一文件，其收件单位（{who}）不在台账登记的知悉范围之内",
    "the file is the registered document “{entry}” itself, and readers that it names ({who}) are "
    "not within the scope that the register gives",
)
_LEDGER = Text(
    "请核对：台账登记不全的，在台账中补全知悉范围；发送超出知悉范围的，收回。涉及的登记密件：{entries}。",
    "Compare both: complete the scope in the register, or call back what was sent beyond it. "
    "Registered documents concerned: {entries}.",
)
_ELEMENTS = {
    Element.ADDRESSEE: Text("主送机关第 {turn} 个", "addressee {turn}"),
    Element.COPIES_TO: Text("抄送机关第 {turn} 个", "copies-to {turn}"),
}
_NOTED = Text("附注写明的发布层次", "the readers that its note names")
_NAMED = 5  # readers that a sentence names


@dataclass(frozen=True, slots=True)
class _Reader:
    """Somebody who may read the file, and in words where that is said; `seen` in the file."""

    name: str
    where: Text
    seen: Evidence | None = None


def judge(case: Case) -> Iterator[Hit]:
    """Name the registered documents that more may read here than their scope admits."""
    if not case.reuse:
        return
    sent = _sent(case)
    readers = _readers(case.location)
    beyond: list[Reuse] = []
    outside: dict[_Reader, None] = {}
    for reuse in excerpted(case):
        scope = reuse.entry.scope
        wide = [each for each in sent if scope and reach(each.name, scope) is Reach.WIDER]
        wide += [each for each in readers if scope and reach(each.name, scope) is Reach.WIDER]
        if wide:
            beyond.append(reuse)
            outside.update(dict.fromkeys(wide))
    if not beyond:
        return
    lines = tuple(dict.fromkeys(each.seen for each in outside if each.seen is not None))
    values = {
        **told(case, beyond[0]),
        "entries": first_ids(beyond),
        "count": len(outside),
        "who": _who(list(outside)),
    }
    evidence = (*surest_first(beyond[0]), *lines)
    if lines and is_copy(beyond[0]) and not named_a_copy(case):
        # Whom the original was sent to the register may know worse than the original does.
        yield Hit(evidence, values, message=_ORIGINAL, fix=_LEDGER, severity=Severity.MEDIUM)
    else:
        yield Hit(evidence, values, message=_SENT if lines else None)


def _who(outside: Sequence[_Reader]) -> Text:
    """Who is beyond the scope: those of a policy by name, those of the file by their turn.

    What the file says is not repeated.
    """
    told = [each.where for each in outside[:_NAMED]]
    more = len(outside) > _NAMED
    return Text(
        "、".join(each.zh for each in told) + ("等" if more else ""),
        ", ".join(each.en for each in told) + (" and others" if more else ""),
    )


def _readers(location: Location | None) -> list[_Reader]:
    """Who can reach the place, where the policy names the place and says who."""
    named = location.readers if location is not None and location.listed else ()
    return [_Reader(name, Text(f"“{name}”", f"“{name}”")) for name in named]


def _sent(case: Case) -> list[_Reader]:
    """Whom the file is meant for: addressees, copies-to, notes like 此件发至县团级."""
    found: list[_Reader] = []
    elements = case.elements()
    for element, words in _ELEMENTS.items():
        every = [(name, s) for s in elements.all(element) for name in addressed(case.text(s))]
        for turn, (name, seen) in enumerate(every, start=1):
            found.append(_Reader(name, words.fill(turn=turn), seen))
    for note in case.effective("scope"):
        names = _NOTE.search(case.text(note).strip())
        if names is not None:
            found += [_Reader(name, _NOTED, note) for name in addressed(names["names"])]
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
        "有 {count} 个超出原件的知悉范围：{who}",
        "the file holds {share} of the registered document “{entry}” ({there} of the original), "
        "and {count} of those who can reach its location are beyond the scope of the original: "
        "{who}",
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
