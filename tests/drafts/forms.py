"""Draft forms (发文稿纸, 定密审批表) as offices really print them: MS101 and MS123."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafts.bases import BASES, FORM_ROWS
from drafts.faults_level import FORM
from drafts.matrix import Case, bad, good
from drafts.paper import Draft, Pair

START = FORM_ROWS[:2]
SECRET = {
    "密级带期限": ("密级", "机密★10年"),
    "密级和保密期限一栏": ("密级和保密期限", "机密★10年"),
    "密级带级字": ("密级", "机密级", "保密期限", "10年"),
    "叉框": ("密级", "☐绝密 ☒机密 ☐秘密 ☐非密", "保密期限", "10年"),
    "实心框": ("密级", "□绝密 ■机密 □秘密 □不涉密", "保密期限", "10年"),
    "勾号在后": ("密级", "绝密□ 机密☑ 秘密□ 非密□", "保密期限", "10年"),
}
OPEN = {
    "不涉密": ("密级", "不涉密", "保密期限", ""),
    "无": ("密级", "无", "保密期限", "无"),
    "公开": ("密级", "公开", "保密期限", "/"),
    "是否涉密": ("是否涉密", "否", "密级", ""),
    "勾不涉密": ("密级", "□绝密 □机密 □秘密 ☑不涉密", "保密期限", ""),
}
BLANK = {
    "只有标签": ("密级", "", "保密期限", ""),
    "斜杠框": ("密级", "□绝密□机密□秘密□非密", "保密期限", "　　年"),
    "下划线": ("密级", "______", "保密期限", "______"),
}
UPRIGHT = (*START, ("密级", "保密期限", "知悉范围"), ("机密", "10年", "县团级以上单位"))
MAYBE = "MS219 MS214 MS215 MS123"


def cases() -> list[Case]:
    """Every form in the draft and in a file of its own."""
    return [*_secret(), *_open(), *_blank()]


def _both(draft: Draft, row: tuple[str, ...]) -> Iterator[tuple[str, Draft | Pair, str]]:
    yield "内", replace(draft, form=(*START, row)), "docx txt pdf"
    yield "外", Pair(draft, replace(FORM, table=(*START, row))), "docx txt"


def _secret() -> Iterator[Case]:
    marked, unmarked = BASES["通知"], replace(BASES["通知"], marking="")
    for name, row in SECRET.items():
        for where, thing, kinds in _both(unmarked, row):
            yield bad("MS101", thing, f"{name}-{where}", kinds=kinds, maybe=MAYBE)
        for where, thing, kinds in _both(marked, row):
            yield good("MS101", thing, f"{name}-{where}", kinds=kinds)
    yield bad("MS101", replace(unmarked, form=UPRIGHT), "标签在上", kinds="docx", maybe=MAYBE)
    yield good("MS101", replace(marked, form=UPRIGHT), "标签在上", kinds="docx")


def _open() -> Iterator[Case]:
    for name, row in OPEN.items():
        for where, thing, kinds in _both(BASES["公开通知"], row):
            yield good("MS123", thing, f"{name}-{where}", kinds=kinds)


def _blank() -> Iterator[Case]:
    for name, row in BLANK.items():
        for where, thing, kinds in _both(BASES["公开通知"], row):
            yield bad("MS123", thing, f"{name}-{where}", kinds=kinds, maybe="MS114")
