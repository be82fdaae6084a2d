"""The words of a row: markings, and why a system refused."""

from __future__ import annotations

import errno

import pytest

from markscan.marking import Marking, Unusable
from markscan.report.run.words import markings
from markscan.wording.system import database_cause, system_cause

OPEN = Marking("cn-state", "jimi", Unusable(), "机密★?", ())
WORK = Marking("cn-internal", None, None, "工作秘密", ())


@pytest.mark.parametrize(
    ("found", "words"),
    [((OPEN,), "标有“机密（未标期限）”"), ((WORK, WORK), "标有“工作秘密”"), ((), "无标志")],
)
def test_markings_are_told_in_words_and_once(found, words):
    assert markings(found, "zh") == words


def test_why_a_system_refused_is_told_in_chinese():
    assert system_cause(OSError(errno.ENOENT, "No such file or directory")).zh == "没有这个文件"
    assert database_cause("file is not a database").zh == "不是数据库文件，或已损坏"
    assert database_cause("no such table: run").en == "no such table: run"
