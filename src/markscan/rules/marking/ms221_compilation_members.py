"""MS221 compilation-members: classified members of a compilation bear no marking of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markscan.finding import Element, Evidence, MarkingEvidence, Severity, Verdict
from markscan.marking import Marking
from markscan.match.compilation import compilation_title
from markscan.match.elements import TextLine, own_number
from markscan.match.grammar import parse
from markscan.rules.beside import starts
from markscan.rules.proper_form import shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule
from markscan.wording import Text

_TOP = 10  # lines behind the title in which the contents begin
_CONTENTS = re.compile(r"目录|目次")
_TITLE = re.compile(
    r"(?:\d{1,2}[.．、]?|[一二三四五六七八九十]{1,3}、)?[^。；]{0,30}(?P<title>关于[^。；]{2,60}的?"
    r"(?:通知|通报|报告|请示|批复|意见|函|复函|决定|公告|通告|方案|纪要|办法|规定|汇报|情况))"
    r"(?P<behind>.*)"
)
_COLUMNS = re.compile(r"(?:序号|编号|文件|标题|名称|文号|发文字号|密级|页码|备注|和|、)+")
_LEVEL_BEHIND = re.compile(r"绝密|机密|秘密")
_BEHIND = re.compile(r"[\s.…·—\-\d（()）\[\]【】〔〕★年个月日绝机秘密级]*")
_HEAD = 6  # lines before the title of a member in which its marking stands
_MARK = re.compile(r"(?:绝密|机密|秘密)级?[★☆]|\d{6}$")  # where a member begins
_TITLE_LINES = 3  # lines over which a title runs
_NEAR = 8  # lines in which number and title of one member stand
_ALL = Text(
    "汇编标有“{mark}”，而汇编内的 {members} 件没有一件作出标志",
    "the compilation bears “{mark}”, and none of its {members} members bears a marking",
)


@dataclass(frozen=True, slots=True)
class _Member:
    """A document in a compilation: its first line, its title, whether it is classified."""

    start: int  # index of the first line of its head
    line: TextLine
    title: str
    numbered: bool  # its number is of a classified series


def judge(case: Case) -> Iterator[Hit]:
    """Look at the members of a compilation that is marked, or that a form classifies."""
    lines = list(case.lines())
    title = compilation_title(case.document)
    if title is None or case.exam or case.own_problems:
        return
    overall = _overall(case)
    listed, begin = _contents(case, lines, lines.index(title) + 1)
    members = _members(case, lines, begin)
    if overall is None or len(members) < 2:
        return
    ends = [*(member.start for member in members[1:]), len(lines)]
    bare = [
        member
        for member, end in zip(members, ends, strict=True)
        if not any(_on(seen, line) for seen in _visible(case) for line in lines[member.start : end])
    ]
    secret = [each for each in bare if each.numbered or listed.get(each.title, False)]
    values: dict[str, object] = {"mark": overall, "members": len(members), "count": len(secret)}
    if secret:
        yield Hit(tuple(_evidence(each) for each in secret), values)
    elif len(bare) == len(members):
        yield Hit(tuple(_evidence(each) for each in bare), values, message=_ALL)


def _overall(case: Case) -> str | None:
    if case.visible:
        return shown(case, case.visible[0].marking)
    decided = case.decision.marking if case.decision is not None else None
    return shown(case, decided) if decided is not None else None


def _visible(case: Case) -> list[MarkingEvidence]:
    """The state markings in sight, were they voided: a member that has one is marked."""
    seen = case.markings
    return [m for m in seen if m.marking.scheme == "cn-state" and m.place.area in VISIBLE]


def _contents(case: Case, lines: list[TextLine], begin: int) -> tuple[dict[str, bool], int]:
    """The titles of the contents, each with whether a level stands beside it, and their end."""
    listed: dict[str, bool] = {}
    heads = (n for n in range(begin, len(lines)) if _CONTENTS.fullmatch(lines[n].bare))
    first = next(heads, None)
    if first is None or first > begin + _TOP:
        return listed, begin
    at = first + 1
    while at < len(lines):
        cells, row = _row(case, lines, at)
        title, behind, taken = _titled([row, *lines[at + cells : at + cells + _TITLE_LINES]], 0)
        if not title and _between(row.bare, listed):
            at += cells
            continue
        if not title or title in listed:
            break
        listed[title] = _LEVEL_BEHIND.search(behind) is not None
        at += cells + taken - 1
    return listed, at


def _between(bare: str, listed: dict[str, bool]) -> bool:
    """Whether a line is the heading of the contents' columns, or the page of an entry."""
    if not listed:
        return _COLUMNS.fullmatch(bare) is not None
    return _BEHIND.fullmatch(bare) is not None and not _MARK.match(bare)


def _row(case: Case, lines: list[TextLine], at: int) -> tuple[int, TextLine]:
    """The line `at`, or the row of the table that it begins: how many lines, and their text."""
    row = case.document.parts[lines[at].part].row
    stop = at + 1
    while row is not None and stop < len(lines):
        if case.document.parts[lines[stop].part].row != row:
            break
        stop += 1
    text = "\u3000".join(line.text for line in lines[at:stop])
    return stop - at, TextLine(lines[at].part, lines[at].span, text)


def _titled(lines: list[TextLine], at: int) -> tuple[str, str, int]:
    """The title that begins on line `at`, what stands behind it, and how many lines it takes."""
    text = ""
    for taken, line in enumerate(lines[at : at + _TITLE_LINES], start=1):
        text += line.bare
        found = _TITLE.fullmatch(text)
        if "关于" not in text or _running([line]):
            break
        if found is not None and _BEHIND.fullmatch(found["behind"]):
            return found["title"], found["behind"], taken
    return "", "", 0


def _members(case: Case, lines: list[TextLine], begin: int) -> list[_Member]:
    """The documents from line `begin` on, each with the lines of its own head."""
    attached = {starts(each) for each in case.elements().all(Element.ATTACHMENT)}
    found: list[_Member] = []
    last = begin - 1  # the last line of the head before
    for n in range(begin, len(lines)):
        line = lines[n]
        title, behind, _ = _titled(lines, n)
        named = title if not behind else ""
        number = own_number(line.text) is not None or _numbered(line) is not None
        if not (named or number or (line.part, line.span.start) in attached):
            continue
        near = bool(found) and n - last <= _NEAR and not _running(lines[last + 1 : n])
        if near and not (named and found[-1].title):
            one = found[-1]
            numbered = one.numbered or _classified(line)
            found[-1] = _Member(one.start, one.line, one.title or named, numbered)
        else:
            found.append(_new(lines, n, begin, last, named))
        last = n
    return found


def _new(lines: list[TextLine], n: int, begin: int, last: int, title: str) -> _Member:
    """A member whose head begins with the short lines before line `n`."""
    start = n
    while start - 1 > max(last, begin - 1, n - _HEAD) and not _running([lines[start - 1]]):
        start -= 1
    return _Member(start, lines[n], title, _classified(lines[n]))


def _running(lines: list[TextLine]) -> bool:
    """Whether running text stands among `lines`."""
    return any("。" in line.text or line.bare.endswith(("：", ":")) for line in lines)


def _classified(line: TextLine) -> bool:
    number = _numbered(line)
    return number is not None and (number.level or "").startswith("mi")


def _numbered(line: TextLine) -> Marking | None:
    """The document number that a line is, with the signer or without."""
    marking = parse(line.bare) if "号" in line.bare else None
    return marking if marking is not None and marking.scheme == "docno" else None


def _on(seen: Evidence, line: TextLine) -> bool:
    within = line.span.start <= seen.span.start and seen.span.end <= line.span.end
    return seen.part == line.part and within


def _evidence(member: _Member) -> Evidence:
    return Evidence(member.line.part, member.line.span)


RULE = Rule(
    code="MS221",
    name=Text("汇编内各密件未分别标志", "Members of a compilation not marked individually"),
    trigger=Text(
        "标有密级的汇编、选编、合订本中，编入的密件（“密”字号，或者目录中注有密级）自身没有标志，"
        "或者没有一件作出标志",
        "in a marked compilation the classified members (by a classified number or the contents) "
        "bear no marking of their own, or no member bears any",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_MISSING,
    basis=Text("《国家秘密文件、资料和其他物品标志的规定》第8条", "Marking rules 1990 art. 8"),
    message=Text(
        "汇编标有“{mark}”，其中 {count} 件密件自身没有标志",
        "the compilation bears “{mark}”, and {count} classified members bear no marking",
    ),
    fix=Text(
        "请对汇编内各独立密件分别标明密级和保密期限，并在封面或者首页按其中最高密级和最长保密期限标志。",
        "Mark each classified member with its own level and period; the cover bears the highest "
        "level and the longest period among them.",
    ),
    judge=judge,
    found=(
        Example(
            "机密★10年\n2025年重要文件汇编\n目录\n关于召开会议的通知（机密）…1\n关于值班工作的通知…3\n"
            "市密发〔2025〕1号\n关于召开会议的通知\n各单位：\n请参加。\n市政发〔2025〕2号\n"
            "关于值班工作的通知\n各单位：\n请值班。"
        ),
        Example(
            "机密★10年\n工作文件选编\n市密发〔2025〕1号\n关于召开会议的通知\n各单位：\n请参加。\n"
            "秘密★5年\n市密发〔2025〕2号\n关于值班工作的通知\n各单位：\n请值班。"
        ),
        Example(
            "机密★10年\n工作文件汇编\n市政发〔2025〕1号\n关于召开会议的通知\n各单位：\n请参加。\n"
            "市政发〔2025〕2号\n关于值班工作的通知\n各单位：\n请值班。"
        ),
    ),
    clean=(
        Example(
            "机密★10年\n工作文件汇编\n机密★10年\n市密发〔2025〕1号\n关于召开会议的通知\n各单位：\n"
            "请参加。\n市政发〔2025〕2号\n关于值班工作的通知\n各单位：\n请值班。"
        ),
        Example(
            "工作文件汇编\n市政发〔2025〕1号\n关于召开会议的通知\n各单位：\n请参加。\n"
            "市政发〔2025〕2号\n关于值班工作的通知\n各单位：\n请值班。"
        ),
        Example("机密★10年\n关于印发工作文件汇编的通知\n各单位：\n现印发工作文件汇编。"),
    ),
    drafts_only=True,
)
