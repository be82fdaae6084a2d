"""MS324 commercial: a trade secret lies where its owner's files may not lie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markscan.document import Area
from markscan.finding import Evidence, Severity, Verdict
from markscan.match.elements import text_lines
from markscan.rules.leak.location_words import allowed_here
from markscan.rules.leak.marked_place import above_ceiling, gravest, lessened
from markscan.rules.proper_form import shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule, Task
from markscan.wording import Text

_WORD = re.compile(r"(?:商业|企业|公司)[秘机]密|商密")
# The general word, alone or with its kind behind it: a marking only as the first line of all.
_FIRST_LINE = re.compile(
    rf"[【\[(（]?(?:{_WORD.pattern})(?:[·•★☆*:：-]?(?:核心|普通|一般))?级?"
    r"(?:[·•★☆*]?(?:\d{1,3}(?:年|个月)|长期))?[】\])）]?"
)


def judge(case: Case) -> Iterator[Hit]:
    """Name the highest marking of a trade or company secret that may not lie here."""
    if case.location is None:
        return
    for scheme in ("cn-commercial", "cn-company"):
        above = above_ceiling(case, scheme)
        if above:
            seen = gravest(case, above, Severity.MEDIUM)
            values: dict[str, object] = {
                "mark": shown(case, seen.marking),
                "allowed": allowed_here(case.location, scheme),
            }
            yield Hit((seen,), values, severity=lessened(seen, Severity.MEDIUM))
            return
    yield from _by_first_line(case)


def _by_first_line(case: Case) -> Iterator[Hit]:
    """Look at a first line that says trade secret; an article on them has the word again."""
    location = case.location
    if location is None or location.kind != "public" or location.ceiling("cn-commercial"):
        return
    for line in islice(text_lines(case.document), 1):
        parts = case.document.parts
        image = parts[line.part].place.area is Area.IMAGE
        if image or len(line.bare) > 20 or _FIRST_LINE.fullmatch(line.bare) is None:
            return
        seen = (part.text for part in parts if part.place.area in VISIBLE)
        if sum(len(_WORD.findall(text)) for text in seen) > 1:
            return
        context = case.context()
        if not (context.about_markings or context.template or context.fiction):
            general = case.levels.find("cn-commercial", "sm")
            values: dict[str, object] = {
                "mark": general.zh if general is not None else "",
                "allowed": allowed_here(location, "cn-commercial"),
            }
            yield Hit((Evidence(line.part, line.span),), values)


RULE = Rule(
    code="MS324",
    name=Text("商业秘密处于无权位置", "Commercial secret outside its owner's area"),
    trigger=Text(
        "标有核心商密、普通商密或者企业自定密级的文件（在公开位置还有首行只写商业秘密、商密的）存放在公开位置，或者存放位置策略没有允许它存放的位置",
        "a file marked as a trade secret (核心商密, 普通商密; in a public place also by a first "
        "line of 商业秘密 or 商密 alone) or with a company's own level lies "
        "in a public place, or where the location policy does not admit it",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《政府信息公开条例》第15条；《中央企业商业秘密保护暂行规定》（2010）；本单位存放位置策略",
        "Openness regulation art. 15; rules on trade secrets of central state companies (2010); "
        "the location policy",
    ),
    message=Text(
        "文件标有商业秘密标志“{mark}”，所在位置{allowed}",
        "the file bears the sign of a trade secret “{mark}”, and its location {allowed}",
    ),
    fix=Text(
        "请撤下，移到权属单位允许的位置，并通知权属单位。",
        "Take it down, move it to where its owner allows it, and tell the owner.",
    ),
    judge=judge,
    found=(
        Example("核心商密 10年\n关于召开会议的通知", task=Task.SCAN, highest="", kind="public"),
        Example("普通商密 5年\n关于召开会议的通知", task=Task.SCAN, highest="", kind="public"),
        Example("商业秘密\n某项目报价说明\n我方报价如下。", highest="", kind="public"),
        Example("商密·核心 长期\n某项目报价说明", task=Task.SCAN, highest="", kind="public"),
        Example("关于会议", name="【核心商密】会议通知.txt", highest="", kind="public"),
    ),
    clean=(
        Example("核心商密 10年\n关于召开会议的通知", task=Task.SCAN, highest=""),
        Example("核心商密 10年\n关于召开会议的通知", task=Task.SCAN),
        Example("商业秘密\n商业秘密是不为公众所知悉的信息。", highest="", kind="public"),
        Example("商业秘密\n某项目报价说明\n我方报价如下。", task=Task.SCAN, highest=""),
        Example("企业应当保护商业秘密。\n核心商密应当标明。", highest="", kind="public"),
    ),
)
