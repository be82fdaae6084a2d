"""MS412 no-approval: a compilation or copy shows no approval (批准记录)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Input, Severity, Verdict
from markscan.match.excerpts import Reuse
from markscan.rules.derivation import plain_name
from markscan.rules.excerpt.example_register import ONE, OTHER_TEXT, TAKEN, TEXT, TOP, TWO, one
from markscan.rules.excerpt.reuse_kinds import (
    ids,
    is_compilation,
    members,
    own_marking,
    surest_first,
    told,
)
from markscan.rules.excerpt.taking import copied, excerpted, is_prohibition
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_LONGEST = 60  # characters of a line that names an approval
_MAKING = r"(?:复制|复印|翻印|汇编|编印|选编)"
_APPROVAL = re.compile(
    rf"{_MAKING}?(?:批准|审批)(?:文号|编号|单号|书号|号|文件|机关|人|日期)[:：]?[^\s:：]"
    rf"|[经由].{{2,30}}(?:批准|同意|批复).{{0,6}}{_MAKING}|{_MAKING}.{{0,6}}(?:已)?经.{{2,30}}(?:批准|同意)"
)
_PROPERTY = re.compile(r"批准|审批|approv", re.IGNORECASE)
_COMPILED = Text(
    "文件是汇编，收入登记密件 {entries}（“{entry}”收入 {share}，原件{there}），"
    "台账和文件中未见批准记录",
    "the file is a compilation of the registered documents {entries} ({share} of “{entry}”, "
    "{there} of the original), and neither register nor file shows an approval",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look at marked compilations, else at copies: of unmarked ones MS401 says more."""
    if own_marking(case) is None or case.own_problems or _approved(case):
        return
    compiled = is_compilation(case)
    made = members(case) if compiled else [r for r in excerpted(case) if copied(case, r)]
    bare = [reuse for reuse in made if _needs_approval(case, reuse)]
    if bare:
        values = {**told(case, bare[0]), "entries": ids(bare)}
        evidence = tuple(seen for reuse in bare for seen in surest_first(reuse))
        yield Hit(evidence, values, message=_COMPILED if compiled else None)


def _needs_approval(case: Case, reuse: Reuse) -> bool:
    """Whether an approval is missing; 绝密 has a rule of its own (MS407)."""
    return not reuse.entry.approvals and reuse.entry.level != "juemi"


def _approved(case: Case) -> bool:
    """Whether the file names an approval: in a property, or in a line of its own."""
    for part in case.document.parts:
        named = part.place.area is Area.PROPERTY and _PROPERTY.search(part.place.label)
        if named and plain_name(part.text):
            return True
    return any(
        len(line.text) <= _LONGEST
        and not is_prohibition(line.text)
        and _APPROVAL.search(line.bare) is not None
        for line in case.lines()
    )


_PAIR = f"有关材料\n{TEXT}\n{OTHER_TEXT}"
_COPY = "工作方案 - 副本.txt"

RULE = Rule(
    code="MS412",
    name=Text("汇编、复制无批准记录", "Compilation or copy without approval record"),
    trigger=Text(
        "标有国家秘密标志的汇编收入登记密件，或者文件是登记密件的复制件（文件名、复制戳记或者存放位置"
        "表明），台账没有批准文号，文件的属性、文字中也没有批准记录。绝密件见 MS407",
        "a marked compilation of registered documents, or a copy of one (by its name, a stamp or "
        "where it lies), for which neither the register nor a property or line of the file names "
        "an approval. For 绝密 see MS407",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法实施条例》第27条第5项；《党政机关公文处理工作条例》第32条",
        "Regulation on the secrets law art. 27(5); official documents regulation art. 32",
    ),
    message=Text(
        "文件是登记密件“{entry}”的复制件（与原件相同的占 {share}，原件{there}），"
        "台账和文件中未见批准记录",
        "the file is a copy of the registered document “{entry}” ({share} of it, {there} of the "
        "original), and neither register nor file shows an approval",
    ),
    fix=Text(
        "请补办报批手续，未批准的收回；已批准的，在台账登记批准文号。",
        "Get it approved, and call back what is not; enter the number of an approval that exists.",
    ),
    judge=judge,
    found=(
        Example(f"机密★10年\n{_PAIR}", register=TWO),
        Example(f"机密★10年\n有关文件汇编\n{TEXT}", register=ONE),
        Example(f"机密★10年\n{TEXT}", name=_COPY, task=Task.SCAN, register=ONE),
    ),
    clean=(
        Example(f"机密★10年\n有关文件汇编\n{TEXT}", register=one(approvals=("1",))),
        Example(f"机密★10年\n有关文件汇编\n批准文号：2025-7\n{TEXT}", register=ONE),
        Example(
            f"机密★10年\n{TEXT}",
            name=_COPY,
            parts=((Area.PROPERTY, "批准文号", "2025-7"),),
            task=Task.SCAN,
            register=ONE,
        ),
        Example(f"机密★10年\n{TEXT}", task=Task.SCAN, register=ONE),
        Example(f"机密★10年\n关于做好有关工作的通知\n各单位：\n{TAKEN}", register=ONE),
        Example(f"绝密★10年\n有关文件汇编\n{TEXT}", register=TOP),
    ),
    needs=(Input.REGISTER,),
)
