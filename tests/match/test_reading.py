"""Markings split over cells, fields and lines, stamps, and what only looks like them."""

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from markscan import Config, Scanner, Source
from markscan.finding import Role

TODAY = date(2026, 1, 1)
OFFICIAL = "\n某某市人民政府文件\n关于召开会议的通知\n2026年1月1日\n"


def seen(content: bytes, name: str) -> list[tuple[str, str | None, str, str]]:
    """Scheme, level, period and role of each marking but notes and stamps."""
    outcome = Scanner(Config(today=TODAY)).scan_file(Source(Path(name), content=content))
    return [
        (m.marking.scheme, m.marking.level, m.marking.period_code, m.role.value)
        for m in outcome.markings
        if m.marking.scheme.startswith("cn-")
    ]


def table(*rows: tuple[str, ...], heading: str = "发文稿纸") -> bytes:
    document = docx.Document()
    document.add_paragraph(heading)
    cells = document.add_table(len(rows), len(rows[0]))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            cells.cell(row, column).text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


FORMS = {
    "label and level": ((("密级", "机密"),), "-"),
    "spaces inside": ((("密 级", "机 密"),), "-"),
    "label, level, label, period": ((("密级", "机密", "保密期限", "5年"),), "5Y"),
    "two rows": ((("密级", "机密"), ("保密期限", "5年")), "5Y"),
    "a full marking": ((("密级：", "机密★5年"),), "5Y"),
    "other fields between": ((("密级", "机密"), ("缓急", "特急")), "-"),
}


@pytest.mark.parametrize(("rows", "period"), FORMS.values(), ids=FORMS)
def test_a_level_beside_its_label_is_a_marking(rows, period):
    assert seen(table(*rows), "a.docx") == [("cn-state", "jimi", period, "marking")]


LEDGERS = {
    "one row": (("序号", "标题", "密级", "份数"), ("1", "甲", "机密★10年", "3")),
    "two rows": (("标题", "密级"), ("甲", "机密★10年"), ("乙", "秘密★5年")),
}


@pytest.mark.parametrize("rows", LEDGERS.values(), ids=LEDGERS)
def test_a_ledger_tells_of_other_documents(rows):
    found = seen(table(*rows, heading="登记表"), "a.docx")

    assert {role for *_, role in found} == {Role.REFERENCE.value}


LINES = {
    "a form in csv": ("密级,机密,保密期限,5年", "a.csv", ("jimi", "5Y")),
    "fields apart": ("稿纸\n密级：机密    保密期限：10年    急件", "a.txt", ("jimi", "10Y")),
    "fields two spaces apart": ("密级：机密  缓急：特急" + OFFICIAL, "a.txt", ("jimi", "-")),
    "a ticked box": ("密级：□绝密 ☑机密 □秘密" + OFFICIAL, "a.txt", ("jimi", "-")),
    "broken before the star": ("000001\n机密\n★10年" + OFFICIAL, "a.txt", ("jimi", "10Y")),
    "broken after the star": ("机密★\n10年" + OFFICIAL, "a.txt", ("jimi", "10Y")),
    "a stamp of change": ("机密★10年（已变更为秘密★5年）" + OFFICIAL, "a.txt", ("mimi", "5Y")),
    "changed by a line": ("密级变更为秘密★5年" + OFFICIAL, "a.txt", ("mimi", "5Y")),
    "bold in Markdown": ("**机密★10年**" + OFFICIAL, "a.md", ("jimi", "10Y")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "name", "expected"), LINES.values(), ids=LINES)
def test_a_marking_in_pieces_is_read(text, name, expected):
    assert seen(text.encode(), name) == [("cn-state", *expected, "marking")]


NONE = {
    "a title": ("《绝密》\n作者：某某\n那一年", "a.txt"),
    "a novel": ("秘密十年\n（长篇小说）\n那一年", "a.txt"),
    "a film": ("绝密48小时\n导演：某某 主演：某某", "a.txt"),
    "a block of code": ("# 说明\n```\n机密★10年\n```\n" + OFFICIAL, "a.md"),
    "a comment of SQL": ("-- 密级：机密\nselect 1;", "a.txt"),
    "a row of a table": ("| 机密 | 10年 |\n" + OFFICIAL, "a.txt"),
    "an open ledger in csv": ("序号,标题,密级\n1,甲,", "a.csv"),
    "a list in a lesson": ("# 标志培训课件\n\n- 绝密★30年\n- 机密★20年\n- 秘密★10年", "a.md"),
    "a quiz": ("保密知识竞赛试题\n1. 下列标志正确的是（ ）\n机密★10年\n机密☆10年", "a.txt"),
    "a rule": ("制度\n第一条 略。\n第二条 标志置于左上角：\n机密★10年\n第三条 略", "a.txt"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NONE.values(), ids=NONE)
def test_what_only_looks_like_a_marking_is_none(text, name):
    assert seen(text.encode(), name) == []


def test_a_stamp_of_release_voids_the_marking_once_its_day_has_come():
    text = "秘密★5年\n此件于{}年5月2日解密\n" + OFFICIAL

    assert seen(text.format(2020).encode(), "a.txt")[0][3] == "voided"
    assert seen(text.format(2030).encode(), "a.txt")[0][3] == "marking"


def test_a_companys_level_without_the_star_is_its_own():
    own = "某某科技有限公司\n文档密级：机密\n版本 V1.0"
    official = "中国某某集团有限公司文件\n某集发〔2026〕5号\n机密\n关于有关工作的通知\n"

    assert seen(own.encode(), "a.txt") == [("cn-company", "jimi", "-", "marking")]
    assert seen(official.encode(), "a.txt") == [("cn-state", "jimi", "-", "marking")]
