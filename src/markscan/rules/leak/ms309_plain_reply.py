"""MS309 plain-reply: a paper on an unclassified system answers a cipher telegram."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.leak.location_words import bars_state_secrets, kind_of_place
from markscan.rules.leak.telegram_head import telegram_heading
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule, Task
from markscan.wording import Text

_TOPIC = "cipher-reply"


def judge(case: Case) -> Iterator[Hit]:
    """Look for the words by which an official document answers a cipher telegram or acts on one."""
    if case.location is None or not bars_state_secrets(case.location):
        return
    found = [
        seen
        for seen in case.terms
        if seen.topic == _TOPIC
        and not seen.own
        and case.document.parts[seen.part].place.area in VISIBLE
    ]
    if not found or not case.elements().official or telegram_heading(case, "mima") is not None:
        return
    context = case.context()
    if not (context.about_markings or context.template or context.fiction):
        yield Hit((found[0],), {"place": kind_of_place(case.location)})


_REPLY = "某某省人民政府办公厅\n某政办函〔2025〕9号\n关于有关情况的复函\n国务院办公厅：\n"

RULE = Rule(
    code="MS309",
    name=Text("密来明去", "Plain reply to a cipher telegram"),
    trigger=Text(
        "存放在公开、内部或者未列入策略的位置的公文，写有密电收悉、密电悉、×密电〔〕×号收悉，"
        "或者按照、落实×密电〔〕×号要求、精神等字样，本身不是密码电报",
        "an official document in a public, internal or unlisted place says that a cipher telegram "
        "was received (密电收悉, 密电悉) or that it acts on one by its number, and is no cipher "
        "telegram itself",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《密码法》第7条；《保守国家秘密法》第29条；本单位密码电报管理制度（密来密去、密电密复）",
        "Cryptography law art. 7; secrets law art. 29; the office's own rules on cipher telegrams",
    ),
    message=Text(
        "公文答复密码电报，存放在{place}，属于密来明去",
        "a document that answers a cipher telegram lies in {place}: the answer is in clear",
    ),
    fix=Text(
        "没有发出的，改用密码电报或者机要渠道回复，本稿移入涉密位置；已经发出的，报告机要部门。",
        "If it is not sent yet, answer by cipher telegram or the classified courier and move the "
        "draft to a classified place; if it is, report it to the cipher office.",
    ),
    judge=judge,
    found=(
        Example(_REPLY + "你厅密电收悉。经研究，现答复如下。", task=Task.SCAN, highest=""),
        Example(_REPLY + "国办密电〔2025〕9号收悉，现答复如下。", task=Task.SCAN, highest=""),
        Example(_REPLY + "3月1日密电悉。", highest="", kind="public"),
        Example(_REPLY + "按照国办密电〔2025〕9号要求，我省已落实。", task=Task.SCAN, highest=""),
    ),
    clean=(
        Example(_REPLY + "你厅来函收悉。经研究，现答复如下。", task=Task.SCAN, highest=""),
        Example(_REPLY + "你厅密电收悉。", task=Task.SCAN, highest="jimi"),
        Example(_REPLY + "你厅密电收悉。", task=Task.SCAN),
        Example("他译完电文，只见上面写着：“密电收悉。”", task=Task.SCAN, highest=""),
        Example(
            "国务院办公厅密码电报\n特急　国办密电〔2025〕9号\n关于有关情况的复电\n你省密电收悉。",
            task=Task.SCAN,
            highest="",
        ),
    ),
)
