"""The mark that a derived document or a compilation must bear (派生、汇编).

The highest level of its members, the latest end of all of them, not only of the highest
ones, and the readers that all of them admit (标志 1990 art. 8; 条例18, 27(5)). Where that is
no mark that the law allows, or nobody can compute it, a person must decide, and `Doubt`
says why.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from markscan.end_date import after
from markscan.lexicon import Law, Levels
from markscan.marking import Condition, Duration, EndDate, Level, LongTerm, Period
from markscan.register import Entry
from markscan.wording import Text

_SCHEME = "cn-state"


class Doubt(Enum):
    """Why a person must decide, the gravest first."""

    NO_LEVEL = "no-level"  # there is no member with a known level
    TOP_SECRET = "top-secret"  # 绝密: neither excerpt nor compilation without consent
    LONG_TERM = "long-term"  # 长期
    CONDITION = "condition"  # a condition (解密条件) has no date
    NO_END = "no-end"  # no date can be told: no period, or no day of issue
    ASSUMED_END = "assumed-end"  # the latest end follows from the legal default only
    BEYOND_LIMIT = "beyond-limit"  # the level does not last so long from the day of issue
    NO_SCOPE = "no-scope"  # nobody is admitted by all members
    UNKNOWN_SCOPE = "unknown-scope"  # a member does not tell whom it admits


# A mark may be written all the same: only who may read it is open.
OF_SCOPE = frozenset({Doubt.NO_SCOPE, Doubt.UNKNOWN_SCOPE})


_WHY = {
    Doubt.NO_LEVEL: Text("成员的密级不明", "no member has a known level"),
    Doubt.TOP_SECRET: Text(
        "含有绝密级内容，须经原定密机关、单位或者其上级机关同意",
        "it holds top-secret content, which needs the consent of the original classifier",
    ),
    Doubt.LONG_TERM: Text("有成员的保密期限为长期", "a member's period is long-term"),
    Doubt.CONDITION: Text(
        "有成员以解密条件代替保密期限", "a member has a condition in place of a period"
    ),
    Doubt.NO_END: Text(
        "有成员没有保密期限或者制发日，解密时间无从计算",
        "a member has no period or no day of issue, so that no end can be told",
    ),
    Doubt.ASSUMED_END: Text(
        "最长的期限是按法定上限推定的，原件没有标明",
        "the latest end is only assumed from the legal default; the original names none",
    ),
    Doubt.BEYOND_LIMIT: Text(
        "成员的解密时间超过该密级自本件制发日起的法定最长期限",
        "the latest end is beyond what the law allows for the level from this document's day "
        "of issue",
    ),
    Doubt.NO_SCOPE: Text(
        "各成员的知悉范围没有交集", "no reader is within the scope of all members"
    ),
}


@dataclass(frozen=True, slots=True)
class Member:
    """What of a document counts for what is derived from it.

    `level` is a code of cn-state. `ends` is the last day on which it binds, None where no
    date can be told; `assumed` tells that it follows from the legal default. `period` is the
    one written, None where none is. `scope` names readers; empty: not told. `name` is what a
    sentence may call it: an id, a file's name.
    """

    level: str
    ends: date | None = None
    assumed: bool = False
    period: Period | None = None
    issued: date | None = None
    scope: tuple[str, ...] = ()
    name: str = ""

    @classmethod
    def of(cls, entry: Entry, level: str = "") -> Member:
        """Return a registered document, or with `level` what was taken of it at another one."""
        return cls(
            level or entry.level,
            entry.ends,
            entry.assumed,
            entry.period,
            entry.issued,
            entry.scope,
            entry.id,
        )

    @property
    def until(self) -> Period | None:
        """When it ends: the last day where it is known and written, else the written period."""
        if self.ends is None or self.assumed:
            return self.period
        return EndDate(self.ends.year, self.ends.month, self.ends.day)


@dataclass(frozen=True, slots=True)
class Derived:
    """The mark that follows from members, or why a person must decide.

    `level` is None without members. `ends` is the latest end that is known, None where there
    is none; `assumed` tells that it is only a legal default. `period` is how it is to be
    written, None where a person must say. `scope` is None where no member tells its own,
    empty where nobody is left; `unscoped` names the members that do not tell theirs, each once.
    `latest` is the last day that the law allows. `doubts` is empty where `mark` may be written
    as it is.
    """

    level: Level | None
    ends: date | None = None
    assumed: bool = False
    period: Period | None = None
    scope: tuple[str, ...] | None = None
    unscoped: tuple[str, ...] = ()
    latest: date | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def mark(self) -> str:
        """`机密★2031年6月30日`; empty where a person must decide on level or period."""
        if self.level is None or self.period is None or set(self.doubts) - OF_SCOPE:
            return ""
        return f"{self.level.zh}★{period_words(self.period)}"

    @property
    def why(self) -> Text:
        """The doubts as one clause; empty where there is none.

        Of a scope that is not known `unscoped` tells more.
        """
        told = [_WHY[doubt] for doubt in self.doubts if doubt in _WHY]
        return Text("；".join(t.zh for t in told), "; ".join(t.en for t in told))


def derive(
    members: Sequence[Member],
    issued: date,
    law: Law,
    levels: Levels,
    *,
    least: Level | None = None,
) -> Derived:
    """Return the mark that a document made of `members` must bear.

    Args:
        members: what it is made of; only documents that are in force.
        issued: the day of issue of the derived document; today where it has none yet.
        law: the numbers in force on that day.
        levels: the levels, by which the highest is told.
        least: what is more secret in the derived document than in any member, None for nothing.
    """
    found = [least, *(levels.find(_SCHEME, each.level) for each in members)]
    level = max((one for one in found if one is not None), key=lambda one: one.rank, default=None)
    latest = None
    if level is not None and level.code in law.limit_years:
        latest = after(issued, Duration(law.limit_years[level.code], "Y"))
    last = max((each for each in members if each.ends is not None), key=_end, default=None)
    ends = last.ends if last is not None else None
    scope = common_scope(each.scope for each in members)
    unscoped = tuple(dict.fromkeys(each.name for each in members if not each.scope))
    doubts = set(_of_periods(members, last, issued))
    if level is None:
        doubts.add(Doubt.NO_LEVEL)
    if any(each.level == "juemi" for each in members):
        doubts.add(Doubt.TOP_SECRET)
    if last is not None and last.assumed:
        doubts.add(Doubt.ASSUMED_END)
    if ends is not None and latest is not None and ends > latest:
        doubts.add(Doubt.BEYOND_LIMIT)
    if scope == ():
        doubts.add(Doubt.NO_SCOPE)
    if unscoped:
        doubts.add(Doubt.UNKNOWN_SCOPE)
    return Derived(
        level,
        ends,
        last.assumed if last is not None else False,
        _period(members, last, issued, doubts),
        scope,
        unscoped,
        latest,
        tuple(doubt for doubt in Doubt if doubt in doubts),
    )


def _end(member: Member) -> tuple[date, bool]:
    """Of equal ends the one that is written counts, not the one that is assumed."""
    return member.ends or date.min, not member.assumed


def _of_periods(members: Sequence[Member], last: Member | None, issued: date) -> Iterable[Doubt]:
    """Yield why the members without a date have none, where it matters.

    What a document is made of was issued before it: a period without a day of issue does no
    harm where, counted from the day of the derived document, it is over before the latest end.
    """
    newest = max((each.issued for each in members if each.issued is not None), default=issued)
    for each in members:
        if each.ends is None:
            match each.period:
                case Duration() as period if last is not None and last.ends is not None:
                    latest = after(max(issued, newest), period)
                    if each.issued is not None or latest is None or latest > last.ends:
                        yield Doubt.NO_END
                case LongTerm():
                    yield Doubt.LONG_TERM
                case Condition():
                    yield Doubt.CONDITION
                case _:
                    yield Doubt.NO_END


def _period(
    members: Sequence[Member], last: Member | None, issued: date, doubts: set[Doubt]
) -> Period | None:
    """How the end is written: as a date, but 10年 where all were issued on one day."""
    if last is None or last.ends is None or doubts - OF_SCOPE - {Doubt.TOP_SECRET}:
        return None
    one_day = all(each.issued == issued for each in members)
    if one_day and isinstance(last.period, Duration):
        return last.period
    return last.until


def common_scope(scopes: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the readers that all `scopes` name, in the order of the first.

    A scope that is empty is not told and counts for nothing. None where all are; names are
    the same whatever their width, case and blanks.
    """
    named = [scope for scope in scopes if scope]
    if not named:
        return None
    first, *others = ({plain_name(name): name for name in scope} for scope in named)
    return tuple(name for plain, name in first.items() if all(plain in each for each in others))


def plain_name(name: str) -> str:
    """Return the name of a reader without what is only a way of writing it."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def period_words(period: Period) -> str:
    """Return a period as it stands behind the star: `10年`, `2031年6月30日`; empty for none."""
    match period:
        case Duration(amount, unit):
            word = {"Y": "年", "M": "个月", "W": "周", "D": "日", "H": "小时"}[unit]
            return f"{amount:g}{word}"
        case EndDate():
            return day_words(period.last_day)
        case Condition(event):
            return event
        case LongTerm():
            return "长期"
        case _:
            return ""


def mark_words(level: Level | None, code: str, period: Period | None) -> str:
    """Return level and period as a marking: 机密★10年; without a level its `code` stands for it."""
    words = period_words(period) if period is not None else ""
    return "★".join(each for each in (level.zh if level is not None else code, words) if each)


def day_words(day: date) -> str:
    """Return a day as it stands behind the star: `2031年6月30日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_text(day: date) -> Text:
    """Return `day` as a sentence in either language writes it."""
    return Text(day_words(day), day.isoformat())
