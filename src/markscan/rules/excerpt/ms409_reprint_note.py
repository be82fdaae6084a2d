"""MS409 reprint-note: a reprint (翻印件) does not say who reprinted it, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Evidence, Input, Severity, Verdict
from markscan.match.elements import TextLine
from markscan.rules.excerpt.example_register import ONE, TEXT
from markscan.rules.excerpt.reuse_kinds import is_copy, own_marking, surest_first, told
from markscan.rules.excerpt.taking import evidence_of, excerpted, is_prohibition
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_LONGEST = 60  # characters of a reprint note
_BEHIND = 2  # lines behind the note on which office and day may stand
_ORGAN = (
    r"(?:政府|委员会|党[委组]|[委办局厅部院署处科室会组]|公司|中心|集团|学校|大学|医院|[支总]队)"
)
_OFFICE = re.compile(
    rf"{_ORGAN}.{{0,20}}翻印|翻印(?:机关|单位|者)?[:：]?.{{0,30}}{_ORGAN}|^[^。]{{2,30}}{_ORGAN}$"
)
_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})"
_TWO = r"[\d一二三四五六七八九十]{1,3}"
_DAY = re.compile(rf"{_YEAR}[年.\-/]{_TWO}[月.\-/]{_TWO}日?")


def judge(case: Case) -> Iterator[Hit]:
    """Look at reprints, by a note or by the file's name, whose note lacks office or day."""
    if own_marking(case) is None or case.own_problems:
        return
    notes = list(_notes(case))
    if not notes and not _named(case):
        return
    whole = any(_OFFICE.search(n.bare) for n in notes) and any(_DAY.search(n.bare) for n in notes)
    reuse = next((each for each in excerpted(case) if is_copy(each)), None)
    if reuse is not None and not whole:
        evidence: tuple[Evidence, ...] = tuple(evidence_of(note) for note in notes)
        yield Hit((*surest_first(reuse), *evidence), told(case, reuse))


def _notes(case: Case) -> Iterator[TextLine]:
    """Yield the lines that speak of the reprint, and office or day on lines of their own below."""
    last = None
    for n, line in enumerate(case.lines()):
        if len(line.text) > _LONGEST or "。" in line.text.rstrip("。"):
            continue
        if "翻印" in line.text and not is_prohibition(line.text):
            last = n
            yield line
        elif last is not None and n - last <= _BEHIND and _lone(line.bare):
            yield line


def _lone(bare: str) -> bool:
    """Whether a line is no more than an office or a day."""
    return _DAY.fullmatch(bare) is not None or _OFFICE.fullmatch(bare) is not None


def _named(case: Case) -> bool:
    names = (part.text for part in case.document.parts if part.place.area is Area.FILENAME)
    return any("翻印" in name for name in names)


RULE = Rule(
    code="MS409",
    name=Text("翻印件未注明翻印机关、日期", "Reprint without reprint note"),
    trigger=Text(
        "登记密件的翻印件（文中或者文件名写有“翻印”）没有写明翻印的机关名称或者日期",
        "a reprint of a registered document (its text or its name says 翻印) lacks the reprinting "
        "office or the day",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text("《党政机关公文处理工作条例》第32条", "Official documents regulation art. 32"),
    message=Text(
        "文件是登记密件“{entry}”的翻印件（与原件相同的占 {share}，原件{there}），"
        "未注明翻印机关或者日期",
        "the file is a reprint of the registered document “{entry}” ({share} of it, {there} of "
        "the original) and lacks the reprinting office or the day",
    ),
    fix=Text("请注明翻印的机关名称、日期。", "Name the reprinting office and the day."),
    judge=judge,
    found=(
        Example(f"机密★10年\n{TEXT}\n翻印", register=ONE),
        Example(f"机密★10年\n{TEXT}\n某某局办公室翻印", task=Task.SCAN, register=ONE),
        Example(f"机密★10年\n{TEXT}\n2025年8月1日翻印", task=Task.SCAN, register=ONE),
        Example(f"机密★10年\n{TEXT}", name="工作方案（翻印件）.txt", register=ONE),
    ),
    clean=(
        Example(f"机密★10年\n{TEXT}\n某某局办公室2025年8月1日翻印", register=ONE),
        Example(f"机密★10年\n{TEXT}\n翻印机关：某某局办公室\n翻印日期：2025年8月1日", register=ONE),
        Example(f"机密★10年\n{TEXT}\n翻印\n某某局办公室\n2025年8月1日", register=ONE),
        Example(f"机密★10年\n{TEXT}\n未经批准不得翻印", register=ONE),
        Example(f"机密★10年\n{TEXT}", register=ONE),
    ),
    needs=(Input.REGISTER,),
)
