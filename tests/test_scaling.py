"""Twice the text takes at most about twice the time, whatever stands in it; no pattern runs away.

Each bad text goes the whole way from its document to its outcome. Its size is doubled
until it takes long enough to be measured, then once more.
"""

import gc
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from markscan import Config, match, rules
from markscan.assess import Assessor, Read
from markscan.document import Area, Document, Part, Place
from markscan.finding import Status
from markscan.match.grammar.pattern import Pattern
from markscan.source import Source

SMALLEST, LARGEST = 1_000, 32_000  # characters
MEASURABLE = 0.02  # seconds
FACTOR = 2.6  # of time for twice the text
NAME = "关于召开某某会议的请示.txt"
HEAD = "机密★10年\n某某局文件\n某局发〔2026〕3号\n关于某某工作的请示\n某某部：\n"

# Repeated until the text is long enough.
REPEATED = {
    "one-ideograph": "中",
    "one-letter": "a",
    "one-digit": "1",
    "stars": "★",
    "asterisks": "*",
    "dashes": "—",
    "low-lines": "_",
    "blanks": " ",
    "ideographic-blanks": "\u3000",
    "tabs": "\t",
    "line-ends": "\n",
    "blank-lines": " \n",
    "returns": "\r",
    "form-feeds": "\f",
    "colons": "：",
    "colon-lines": "：\n",
    "signs": "㊙",
    "controls": "\x01",
    "surrogates": "\ud800",
    "beyond-the-plane": "\U00020000",
    "combining-marks": "\u0301",
    "accents": "a\u0301",
    "kana": "の",
    "open-brackets": "(",
    "wide-open-brackets": "（",
    "empty-brackets": "【】",
    "open-titles": "《",
    "open-quotations": "“机密",
    "pinyin-openers": "机(jī",
    "pinyin": "机(jī)密(mì)",
    "traditional": "機密絕密祕密國家",
    "level-words": "机密",
    "level-words-with-stars": "机密★",
    "level-lines": "机密\n",
    "set-out-level-words": "机 密 ",
    "level-columns": "机密|",
    "level-slashes": "机密/",
    "level-fields": "密级：机密\n",
    "full-markings": "机密★10年\n",
    "markings-in-prose": "标注“机密★10年”的，",
    "markdown": "**机密**\n",
    "fences": "```\n机密★10年\n",
    "odd-line-ends": "机密\v\f\x85",
    "markings-with-holes": "机密★×年×月",
    "markings-with-low-lines": "机密★____年",
    "boxes": "□机密",
    "box-lines": "□绝密 □机密 □秘密\n",
    "changes": "机密变更为",
    "stamps-of-change": "机密★10年（变更为秘密",
    "portions": "（机密）内容\n",
    "listed-portions": "1.（机密）内容 ",
    "number-prefixes": "中发〔",
    "open-numbers": "国办发〔2024",
    "numbers-without-end": "中办发〔2024〕\n",
    "numbers": "中发〔2024〕1号",
    "number-lines": "中发〔2024〕1号\n",
    "number-signs": "1号",
    "nested-years": "〔2024",
    "copy-numbers": "000001\n",
    "copy-number-fields": "份号：000001\n",
    "copy-number-signs": "№000001 ",
    "prose-without-end": "这一段没有换行的文字里有机密二字以及其它的话",
    "sentences": "这是一句话，说的是秘密。",
    "words-across": "随机密码与主机密钥，",
    "open-labels": "定密责任人：\n",
    "labels-in-a-row": "拟稿人：密级：",
    "label-columns": "密级 保密期限 定密依据\n",
    "forms": "定密审批表\n拟定密级：机密\n保密期限：10年\n",
    "about": "关于",
    "titles": "关于某事的通知\n",
    "attachments": "附件",
    "attachment-lines": "附件1：\n",
    "marked-attachments": "附件1\n机密★10年\n",
    "articles": "第一条 内容\n",
    "options": "A. 甲\n",
    "dates": "2024年1月1日",
    "date-lines": "2024年1月1日\n",
    "printed": "某办公室2024年1月1日印发\n",
    "issuers": "某某省人民政府文件\n",
    "telegrams": "明传电报",
    "whole-documents": "某某省人民政府文件\n某政发〔2024〕1号\n关于某事的通知\n各市：\n"
    "内容。\n某某省人民政府\n2024年1月1日\n",
    "contents": "目录\n1.关于某事的通知 机密\n",
}  # fmt: skip


def nested(size: int) -> str:
    """Brackets within brackets, a year in the middle."""
    return "（[〔【" * (size // 8) + "2024" + "】〕]）" * (size // 8)


def parts(area: Area, *texts: str) -> Callable[[int], Sequence[Part]]:
    """Many parts of one kind; cells lie five in a row."""

    def made(size: int) -> Sequence[Part]:
        count = size // 12
        cell = area is Area.CELL
        return [
            Part(
                texts[n % len(texts)],
                Place(area, label=f"T1!R{n // 5 + 1}C{n % 5 + 1}" if cell else f"p{n}"),
            )
            for n in range(count)
        ]

    return made


PARTS = {
    "empty-parts": parts(Area.BODY, ""),
    "marked-paragraphs": parts(Area.BODY, "机密★10年"),
    "titled-paragraphs": parts(Area.BODY, "关于某事的通知"),
    "marked-headers": parts(Area.HEADER, "机密★10年"),
    "marked-comments": parts(Area.COMMENT, "机密★10年"),
    "cells": parts(Area.CELL, "机密"),
    "cells-of-a-ledger": parts(Area.CELL, "密级", "保密期限", "机密", "10年", ""),
    "properties": parts(Area.PROPERTY, "机密★10年"),
}


def body(text: str) -> Sequence[Part]:
    return (Part(text, Place(Area.BODY)),)


def pages(size: int) -> Sequence[Part]:
    """A marking on each of many pages."""
    return [Part("机密★10年\n正文", Place(Area.BODY, page=n + 1)) for n in range(size // 12)]


CASES: dict[str, Callable[[int], Sequence[Part]]] = {
    **{
        name: lambda size, one=one: body(one * (size // len(one))) for name, one in REPEATED.items()
    },
    **{
        f"{name}-below-a-head": lambda size, one=one: body(HEAD + one * (size // len(one)))
        for name, one in REPEATED.items()
    },
    "nested-brackets": lambda size: body(nested(size)),
    "marked-pages": pages,
    **PARTS,
}


@cache
def assessor(task: str) -> Assessor:
    return Assessor(Config(today=date(2026, 11, 20), task=task))


def seconds(task: str, made: Sequence[Part]) -> float:
    """The processor time of one document, from its parts to its outcome."""
    source = Source(Path(NAME))
    read = Read(source, Status.EXAMINED, (), (), lambda: None)
    document = Document(NAME, NAME, "txt", (*made, Part(NAME, Place(Area.FILENAME))))
    gc.disable()
    try:
        began = time.process_time()
        assessor(task).assess(document, read)
        return time.process_time() - began
    finally:
        gc.enable()


def grown(task: str, bad: Callable[[int], Sequence[Part]], size: int, times: int) -> float:
    """How many times as long `times` the text takes: the best of three of each."""
    one, more = (min(seconds(task, bad(n)) for _ in range(3)) for n in (size, size * times))
    return more / one


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    for task in ("check", "scan"):
        seconds(task, body(HEAD + "随机密码。\n" * 20))


# Below a head all rules speak; a scan asks fewer of them.
RUNS = [(name, "check") for name in CASES] + [(name, "scan") for name in (*REPEATED, *PARTS)]


@pytest.mark.parametrize(("name", "task"), RUNS)
def test_twice_the_text_takes_twice_the_time(name, task):
    bad, size = CASES[name], SMALLEST
    once = seconds(task, bad(size))
    while once < MEASURABLE:
        if size >= LARGEST:
            return  # too fast to be measured: fast enough
        size *= 2
        once = seconds(task, bad(size))
    if seconds(task, bad(2 * size)) / once <= FACTOR:
        return
    # Noise, or not: only what grows from step to step is worse than linear.
    assert grown(task, bad, size, 2) <= FACTOR or grown(task, bad, size, 4) <= FACTOR**2


WINDOW = 320  # characters of the longest window that a pattern sees
AT_MOST = 0.5  # seconds; what is exponential takes years


def patterns() -> Iterator[tuple[str, str, int]]:
    """Each pattern of the packages that read document text: name, source, flags."""
    for package in (match, rules):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(info.name)).items():
                for each in value if isinstance(value, tuple | list) else (value,):
                    if isinstance(each, Pattern):
                        yield f"{info.name}.{name}", each.source, each._flags
                    elif isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                        yield f"{info.name}.{name}", each.pattern, each.flags


def pumped(source: str) -> Iterator[str]:
    """Texts that repeat characters of a pattern, and end with one that it does not have."""
    own = list(dict.fromkeys(char for char in source if not char.isascii() or char.isdigit()))
    units = [
        *own[:6],
        *"中1 \n★(a",
        "\u3000",
        "机密",
        "关于",
        "年1",
        *map("".join, pairwise(own[:6])),
    ]
    for unit in units:
        for begun in ("", "".join(own[:2])):
            yield begun + (unit * WINDOW)[:WINDOW] + "\x01"


def test_no_pattern_runs_away_on_the_longest_window():
    seen = {(source, flags): name for name, source, flags in patterns()}
    assert len(seen) > 200
    for (source, flags), name in seen.items():
        compiled = re.compile(source, flags)
        for text in pumped(source):
            began = time.process_time()
            compiled.search(text)
            compiled.fullmatch(text)
            assert time.process_time() - began < AT_MOST, (name, text[:6])
