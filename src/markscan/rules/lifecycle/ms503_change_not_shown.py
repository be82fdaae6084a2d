"""MS503 change-not-shown: the level or period was changed, and the old marking still stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from markscan.finding import Input, MarkingEvidence, Severity, Verdict
from markscan.marking import Duration
from markscan.register import Change, Entry
from markscan.rules.beside import ranks
from markscan.rules.derivation import day_text, mark_words
from markscan.rules.excerpt.example_document import ENTRY, FIRST, ORIGINAL, REGISTER, SECOND
from markscan.rules.excerpt.former_marking import former_markings, of, written
from markscan.rules.lifecycle.registered_copy import registered_as
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_BOTH = Text(
    "密件“{entry}”已于{day}变更为“{mark}”，文上已标明，原标志“{old}”没有废除",
    "“{entry}” was changed to “{mark}” on {day}; the file shows that, and its old marking “{old}” "
    "still stands as well",
)
_STRIKE = Text("请废除原标志（划去或者遮盖，不影响辨认）。", "Strike the old marking out.")


def judge(case: Case) -> Iterator[Hit]:
    """Compare the markings of a registered document with those that it had and that it has."""
    entry = registered_as(case) if case.visible else None
    if entry is None or not entry.changes or not entry.in_force(case.today):
        return
    stale = former_markings(case, entry)
    if stale:
        now = written(entry.level, entry.period)
        current = any(of(seen) == now for seen in case.visible)
        yield _hit(case, entry, stale, current=current)


def _hit(case: Case, entry: Entry, stale: list[MarkingEvidence], *, current: bool) -> Hit:
    level = case.levels.find("cn-state", entry.level)
    values: dict[str, object] = {
        "entry": entry.id,
        "day": day_text(entry.changes[-1].day),
        "mark": mark_words(level, entry.level, entry.period),
        "old": shown(case, stale[0].marking),
    }
    message, fix = (_BOTH, _STRIKE) if current else (None, None)
    rank = ranks(case)
    raised = rank.get(entry.level, -1) > rank.get(stale[0].marking.level or "", -1)
    severity = Severity.HIGH if raised and not current else None
    return Hit(tuple(stale), values, severity=severity, message=message, fix=fix)


_YEARS = Duration(10, "Y")
_EXTENDED = replace(
    ENTRY,
    period=Duration(15, "Y"),
    ends=date(2039, 3, 5),
    changes=(Change(date(2025, 5, 6), "jimi", _YEARS, date(2034, 3, 5)),),
)
_RAISED = replace(
    ENTRY,
    changes=(Change(date(2025, 5, 6), "mimi", _YEARS, date(2034, 3, 5)),),
)
_CHANGED = ((_EXTENDED, ORIGINAL),)
_NEW = ORIGINAL.replace("机密★10年", "机密★15年")

RULE = Rule(
    code="MS503",
    name=Text("变更标志不规范", "Change not shown near the original mark"),
    trigger=Text(
        "文件是台账登记的密件，台账记有密级或者保密期限的变更，文上变更前的标志仍作现行标志；"
        "密级提高而没有标明的为高；不看新旧标志相距多远",
        "the file is a registered document of which the register has a change of level or period, "
        "and the marking from before still stands as in force; high where the level was raised and "
        "that is not shown; how near old and new stand to each "
        "other is not judged",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密文件、资料和其他物品标志的规定》第7条；"
        "《国家秘密定密管理暂行规定》第29条、第30条（2014）",
        "Marking rules 1990 art. 7; classification rules 2014 arts. 29 and 30",
    ),
    message=Text(
        "密件“{entry}”已于{day}变更为“{mark}”，文上仍是原标志“{old}”",
        "“{entry}” was changed to “{mark}” on {day}, and the file still bears “{old}”",
    ),
    fix=Text(
        "请在原标志附近标明“{mark}”，并废除原标志。",
        "Put “{mark}” near the old marking, and strike the old one out.",
    ),
    judge=judge,
    found=(
        Example(ORIGINAL, task=Task.SCAN, register=_CHANGED),
        Example(ORIGINAL, register=_CHANGED),
        Example(_NEW + "\n机密★10年", task=Task.SCAN, register=_CHANGED),
        Example(ORIGINAL.replace("机密", "秘密"), task=Task.SCAN, register=((_RAISED, ORIGINAL),)),
    ),
    clean=(
        Example(_NEW, task=Task.SCAN, register=_CHANGED),
        Example(ORIGINAL, task=Task.SCAN, register=REGISTER),
        Example(ORIGINAL, task=Task.SCAN, register=((_RAISED, ORIGINAL),)),
        Example(f"机密★10年\n工作情况\n{FIRST}{SECOND}", register=_CHANGED),
        Example(
            ORIGINAL, register=((replace(_EXTENDED, declassified=date(2025, 6, 1)), ORIGINAL),)
        ),
    ),
    needs=(Input.REGISTER,),
)
