"""MS305 restricted-number: the text cites a document of a 机要 family by its number."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import NumberEvidence, Severity, Verdict
from markscan.rules.leak.location_words import bars_state_secrets, kind_of_place
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Name each family once, and how many of its numbers the text cites."""
    if case.location is None and case.task is Task.CHECK:
        return
    if case.location is not None and not bars_state_secrets(case.location):
        return
    families: dict[str, list[NumberEvidence]] = {}
    for seen in case.numbers:
        if not seen.own:
            families.setdefault(seen.family, []).append(seen)
    for family, cited in families.items():
        values: dict[str, object] = {
            "family": family,
            "count": len(cited),
            "place": kind_of_place(case.location),
        }
        yield Hit((cited[0],), values, severity=cited[0].severity)


RULE = Rule(
    code="MS305",
    name=Text("疑似机要文号", "Document number of a 机要 family"),
    trigger=Text(
        "在不得存放国家秘密的位置引用中发、中办发、厅字、国明电等机要文件系列的文号，且该文号不在"
        "已公开文号名单中；国发、国办发、国函只作提示",
        "where no state secrets may lie, the text cites a number of 中发, 中办发, 厅字, 国明电 "
        "and the "
        "like that is not on the list of published numbers; 国发, 国办发 and 国函 only as "
        "information",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.TO_VERIFY,
    basis=Text(
        "九三学社中央机关保密工作规定第8条、第11条（机要文件的标题、发文字号、印发传播范围属于文件"
        "内容的一部分）",
        "Jiusan Society secrecy rules arts. 8 and 11 (title, number and distribution of a 机要 "
        "document "
        "are part of its content)",
    ),
    message=Text(
        "文件引用“{family}”系列文号{count}处，未列入已公开文号名单，存放在{place}",
        "{count} number(s) of the series “{family}” are cited in {place} and not known to be "
        "published",
    ),
    fix=Text(
        "请核对所引文件是否已公开：已公开的，列入已公开文号名单；未公开的，删除文号、标题和发布层次，"
        "或者将本文件移入涉密位置管理。",
        "Check whether the document is published. If so, put its number on the list; if not, "
        "take out "
        "number, title and distribution, or keep this file in a classified place.",
    ),
    judge=judge,
    found=(
        Example(
            "关于学习文件的通知\n各单位：\n根据中办发〔2019〕998号要求，做好有关工作，并于本月底前将有关落实情况书面报送我办。",
            task=Task.SCAN,
            highest="",
        ),
        Example(
            "关于学习文件的通知\n各单位：\n按照中办通报〔2018〕997号精神，抓好落实，并于本月底前将有关落实情况书面报送我办。",
            task=Task.SCAN,
            highest="",
            kind="public",
        ),
        Example(
            "关于学习文件的通知\n各单位：\n按照国明电〔2018〕996号，请各单位值班，并于本月底前将有关落实情况书面报送我办。",
            task=Task.SCAN,
            highest="",
        ),
    ),
    clean=(
        Example(
            "关于学习文件的通知\n根据中办发〔2019〕998号要求，做好有关工作，并于本月底前将有关落实情况书面报送我办。"
        ),
        Example(
            "关于学习文件的通知\n根据中办发〔2019〕998号要求，做好有关工作，并于本月底前将有关落实情况书面报送我办。",
            task=Task.SCAN,
            highest="jimi",
        ),
        Example(
            "关于学习文件的通知\n根据某政发〔2019〕12号和法释〔2020〕17号办理。",
            task=Task.SCAN,
            highest="",
        ),
    ),
)
