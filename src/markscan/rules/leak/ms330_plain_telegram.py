"""MS330 plain-telegram: a telegram sent in clear carries a state secret."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.excerpt.example_document import REGISTER, SECOND, THIRD
from markscan.rules.excerpt.reuse_kinds import told
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.leak.marked_place import gravest, in_force
from markscan.rules.leak.telegram_head import telegram_heading
from markscan.rules.proper_form import shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule, Task
from markscan.wording import Text

_REGISTERED = Text(
    "明传电报含有台账登记密件“{entry}”的内容（“{level}”，占原件 {share}）",
    "a telegram in clear holds content of the registered document “{entry}” (“{level}”, {share} "
    "of it)",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for a marking in force, or what is registered, under the heading of a clear telegram."""
    heading = telegram_heading(case, "ming")
    if heading is None:
        return
    marked = [seen for seen in in_force(case, "cn-state") if seen.place.area in VISIBLE]
    if marked:
        seen = gravest(case, marked, Severity.CRITICAL)
        yield Hit((heading, seen), {"mark": shown(case, seen.marking)})
        return
    taken = excerpted(case)
    if taken:
        yield Hit((heading, taken[0].passages[0]), told(case, taken[0]), message=_REGISTERED)


_HEAD = "某某省人民政府办公厅明传电报\n特急　某府明电〔2025〕9号\n"

RULE = Rule(
    code="MS330",
    name=Text("明传电报传发秘密事项", "Secret matter in a plain telegram"),
    trigger=Text(
        "文首为明传电报、内部传真电报，同时有现行国家秘密标志或者台账登记密件的内容",
        "a text headed as a telegram in clear or internal fax (明传电报, 内部传真电报) bears a "
        "state-secret marking in force, or holds content of a registered document",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第29条；《密码法》第7条；本单位密码电报管理制度",
        "Secrets law art. 29; cryptography law art. 7; the office's own rules on cipher telegrams",
    ),
    message=Text(
        "明传电报标有“{mark}”：明传电报不得传发秘密事项",
        "a telegram in clear is marked “{mark}”: none may carry a secret",
    ),
    fix=Text(
        "未发出的，改用密码电报；已发出的，立即报告机要部门和保密工作机构。不涉密的，去除标志。",
        "If it is not sent yet, send a cipher telegram instead; if it is, report it at once. If it "
        "holds no secret, take the marking off.",
    ),
    judge=judge,
    found=(
        Example("机密★10年\n" + _HEAD + "关于做好有关工作的通知", task=Task.SCAN),
        Example("内部传真电报\n秘密★5年\n特急\n关于做好有关工作的通知"),
        Example(_HEAD + "关于工作情况的通知\n" + SECOND + THIRD, register=REGISTER),
    ),
    clean=(
        Example(_HEAD + "关于做好有关工作的通知", task=Task.SCAN),
        Example("机密★10年\n关于做好有关工作的通知\n根据明传电报精神办理。", task=Task.SCAN),
        Example(
            "机密★10年\n国务院办公厅密码电报\n特急　国办密电〔2025〕998号\n关于做好有关工作的通知",
            task=Task.SCAN,
        ),
        Example(_HEAD + "关于做好有关工作的通知\n密级：", task=Task.SCAN),
    ),
)
