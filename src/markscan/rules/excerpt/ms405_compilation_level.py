"""MS405 compilation-level: a compilation is marked below its highest member."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.finding import Input, Severity, Verdict
from markscan.rules.beside import ranks
from markscan.rules.excerpt.ending import derived
from markscan.rules.excerpt.example_register import (
    ENTRY,
    OTHER_ENTRY,
    OTHER_TEXT,
    TAKEN,
    TEXT,
    TWO,
)
from markscan.rules.excerpt.reuse_kinds import (
    cover_marking,
    is_compilation,
    rank_taken,
    surest_first,
    told,
)
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_DECIDE = Text(
    "封面至少按“{level}”标注。由于{why}，请由定密责任人确定。",
    "The cover bears at least “{level}”. A person must decide, as {why}.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Compare the cover of a compilation with the highest of what is in it."""
    cover = cover_marking(case)
    found = excerpted(case)
    if cover is None or not found:  # MS401
        return
    highest = max(found, key=lambda reuse: rank_taken(case, reuse))
    if rank_taken(case, highest) <= ranks(case).get(cover.marking.level or "", -1):
        return
    if not is_compilation(case):  # MS402
        return
    right = derived(case, found)
    values = {
        **told(case, highest),
        "own": shown(case, cover.marking),
        "mark": right.mark,
        "why": right.why,
    }
    hit_fix = None if right.mark else _DECIDE
    yield Hit((*surest_first(highest), cover), values, fix=hit_fix)


_TOP = replace(OTHER_ENTRY, level="juemi")

RULE = Rule(
    code="MS405",
    name=Text("汇编件密级低于最高密级", "Compilation below its highest member"),
    trigger=Text(
        "汇编（含有两件以上登记密件各半数以上内容，或者题为汇编、选编而含有一件）封面、首页的密级低于"
        "其中登记密件的最高密级",
        "the cover of a compilation (at least half of each of two registered documents, or of one "
        "under the title of a compilation) bears a level below the highest registered document "
        "in it",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密文件、资料和其他物品标志的规定》第8条；《党政机关公文处理工作条例》第32条",
        "Marking rules 1990 art. 8; official documents regulation art. 32",
    ),
    message=Text(
        "汇编标为“{own}”，其中登记密件“{entry}”为“{level}”级（收入 {share}，原件{there}）",
        "the compilation is marked “{own}”, and the registered document “{entry}” in it is {level} "
        "({share} of it, {there} of the original)",
    ),
    fix=Text("请按“{mark}”标注封面。", "Mark the cover “{mark}”."),
    judge=judge,
    found=(
        Example(f"秘密★5年\n有关材料\n{TEXT}\n{OTHER_TEXT}", register=TWO),
        Example(f"秘密★5年\n有关文件汇编\n{TEXT}", register=TWO),
        Example(
            f"机密★10年\n有关材料\n{TEXT}\n{OTHER_TEXT}",
            register=((ENTRY, TEXT), (_TOP, OTHER_TEXT)),
        ),
    ),
    clean=(
        Example(f"机密★10年\n有关材料\n{TEXT}\n{OTHER_TEXT}", register=TWO),
        Example(f"有关材料\n{TEXT}\n{OTHER_TEXT}", register=TWO),
        Example(f"秘密★5年\n关于做好有关工作的通知\n各单位：\n{TAKEN}", register=TWO),
        Example(f"秘密★5年\n有关文件汇编\n{OTHER_TEXT}", register=TWO),
    ),
    needs=(Input.REGISTER,),
)
