"""MS414 converted: a passage agrees with its original only once script and noise are undone."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Input, Severity
from markscan.rules.excerpt.citing import first_ids
from markscan.rules.excerpt.disguise import disguises
from markscan.rules.excerpt.example_document import FIRST, REGISTER, SECOND
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_CONVERTED = (
    "青禾渡口整修工程分兩期推進，一期拆換北側躉船兩艘並加固引橋樁基，二期改造候船廊道和照明線路。"
)


def judge(case: Case) -> Iterator[Hit]:
    """Name once what had to be undone in the passages that are surely taken."""
    told = [
        (reuse, seen, words)
        for reuse in excerpted(case)
        for seen in reuse.passages
        if (words := disguises([case.text(seen)]))
    ]
    if told:
        kinds = list(dict.fromkeys(word for _, _, words in told for word in words))
        values: dict[str, object] = {
            "entries": first_ids([reuse for reuse, _, _ in told]),
            "kinds": Text("、".join(k.zh for k in kinds), ", ".join(k.en for k in kinds)),
        }
        yield Hit(tuple(seen for _, seen, _ in told), values)


RULE = Rule(
    code="MS414",
    name=Text("异体文本匹配", "Match after script conversion or noise removal"),
    trigger=Text(
        "与台账登记密件相同的段落使用繁体字、异体字，或者夹有拼音、零宽字符、字间空格、插入的符号，"
        "还原后才与原件一致",
        "a passage of a registered document is written in traditional or variant characters, or "
        "with pinyin, invisible characters, spaces or signs between its characters, and agrees "
        "with the original once these are undone",
    ),
    severity=Severity.INFO,
    verdict=None,
    basis=Text("《保守国家秘密法》第22条", "Secrets law art. 22"),
    message=Text(
        "与台账登记密件（{entries}）相同的段落含有{kinds}，系统按原文等同处理",
        "a passage of a registered document ({entries}) has {kinds}; it is treated like the "
        "original wording",
    ),
    fix=Text(
        "请核对该段是否为规避检查而改写；转换字体、加注拼音不改变密级。",
        "Check whether it was written so to escape inspection; another script or pinyin does not "
        "change the level.",
    ),
    judge=judge,
    found=(
        Example(f"工作情況\n{_CONVERTED}", task=Task.SCAN, register=REGISTER),
        Example("工作情况\n" + " ".join(FIRST), register=REGISTER),
        Example("工作情况\n" + "\u200b".join(FIRST + SECOND), register=REGISTER),
        Example("工作情况\n" + FIRST.replace("渡口", "渡（dù）口（kǒu）"), register=REGISTER),
        Example("工作情况\n" + "*".join(FIRST), register=REGISTER),
    ),
    clean=(
        Example(f"工作情况\n{FIRST}", register=REGISTER),
        Example(f"工作情况\n{FIRST}\n{SECOND}", task=Task.SCAN, register=REGISTER),
        Example(f"工作情況\n{_CONVERTED}"),
        Example("關於召開會議的通知\n各單位：", register=REGISTER),
    ),
    needs=(Input.REGISTER,),
)
