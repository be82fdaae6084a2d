"""MS413 citation: a file cites title or number of a registered document, and nothing else of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.finding import Input, Severity, Verdict
from markscan.rules.excerpt.citing import first_ids, only_named
from markscan.rules.excerpt.example_document import (
    ENTRY,
    FIRST,
    NUMBER,
    ORIGINAL,
    REGISTER,
    TITLE,
)
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_TITLE = Text("标题", "title")
_NUMBER = Text("发文字号", "document number")
_BOTH = Text("标题和发文字号", "title and document number")


def judge(case: Case) -> Iterator[Hit]:
    """Name the entries once for the file. Where the place is known MS303 and MS304 judge it."""
    if case.visible or case.location is not None:
        return
    named = only_named(case)
    if named:
        evidence = tuple(seen for reuse in named for seen in reuse.citations)
        kinds = {seen.kind for seen in evidence}
        what = _BOTH if len(kinds) > 1 else _TITLE if "title" in kinds else _NUMBER
        yield Hit(evidence, {"entries": first_ids(named), "what": what})


RULE = Rule(
    code="MS413",
    name=Text("引用密件标题或文号", "Citation of title or number only"),
    trigger=Text(
        "没有国家秘密标志的文件写出台账登记密件的标题或者发文字号，没有其内容；有存放位置策略的，"
        "按位置判断（MS303、MS304）",
        "a file without a state marking gives title or number of a registered document and nothing "
        "else of it; with a location policy the place decides (MS303, MS304)",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.TO_VERIFY,
    basis=Text(
        "九三学社中央机关保密工作规定第11条（标题、发文字号属于文件内容）",
        "Jiusan Society secrecy rules art. 11 (title and number are content of the document)",
    ),
    message=Text(
        "写出台账登记密件（{entries}）的{what}，没有国家秘密标志",
        "the {what} of a registered document ({entries}) stands here, and no state marking",
    ),
    fix=Text(
        "请先核实所指是否为该密件：公开使用的，删去标题、文号，改写作“有关文件”；确需引用的，不得公开。",
        "First verify that it is that document which is meant. For open use take title and number "
        "out and write “有关文件” (a document on the matter); where they must be cited, do not "
        "publish it.",
    ),
    judge=judge,
    found=(
        Example(f"关于召开会议的通知\n各单位：\n请按照{NUMBER}办理。", register=REGISTER),
        Example(f"关于召开会议的通知\n各单位：\n请学习《{TITLE}》。", register=REGISTER),
        Example(f"请学习《{TITLE}》（{NUMBER}）。", task=Task.SCAN, register=REGISTER),
    ),
    clean=(
        Example(f"请按照{NUMBER}办理。", task=Task.SCAN, highest="", register=REGISTER),
        Example(f"请按照{NUMBER}办理。{FIRST}", register=REGISTER),
        Example(f"机密★10年\n关于召开会议的通知\n请按照{NUMBER}办理。", register=REGISTER),
        Example(f"关于召开会议的通知\n请按照{NUMBER}办理。"),
        Example(
            f"请学习《{TITLE}》。",
            register=((replace(ENTRY, declassified=date(2025, 1, 1)), ORIGINAL),),
        ),
    ),
    needs=(Input.REGISTER,),
)
