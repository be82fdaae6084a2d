"""Entry: what the register (密件台账) knows of one classified document beside its fingerprints."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import accumulate, pairwise
from typing import Any

from markscan.document import Span
from markscan.marking import Condition, Duration, EndDate, LongTerm, Period


@dataclass(frozen=True, slots=True)
class Point:
    """A 密点: a passage that makes its document secret, with a level of its own.

    `span` counts the ideographs of the document (or words, like the entry), half-open from 0.
    """

    span: Span
    level: str


@dataclass(frozen=True, slots=True)
class Change:
    """A decision to change level or period (变更): its day, and what held before it."""

    day: date
    level: str
    period: Period | None
    ends: date | None
    fulfilled: date | None = None


_NOWHERE = Span(0, 0)
_DAYS = ("issued", "ends", "declassified", "fulfilled", "return_by", "returned", "transferred")


@dataclass(frozen=True, slots=True)
class Entry:
    """One registered document. What the office does not let out of the house is empty.

    `number` is its place in the register, never used again; `id` is what people call it.
    `level` is a code of cn-state. `period` is None where none is written. `ends` is the last
    day on which it binds, None where no date can be told: a condition, 长期, a period without
    a day of issue; `assumed` tells that it follows from the legal default (定密2014 art. 24).
    `size` is its length in ideographs; where it is written in Latin letters `words` is true, and
    it and all places count the words that `WordText` keeps. `kept` is the number of its
    fingerprints that are looked for. `title` and `document_number` (发文字号) are as written.
    `scope` (知悉范围) names readers; empty: not told. `copies` is how many may exist (印制份数),
    None where nobody said. `approvals` are numbers of approvals to copy or compile it. `stamp`
    is what the stamp of an approved copy says. `points` are its 密点. `title_span` is where its
    title stands in its text. `parent` is the id of the document it is an attachment of.
    `declassified` is the day on which it was released ahead of `ends`. `lines` are the places at
    which its lines or paragraphs begin; empty where nobody kept them or they stay at home.

    What became of it: `reviewed` are the days on which its classification was reviewed (审核),
    `changes` the decisions to change it, in order; `fulfilled` is the day on which its condition
    of release was (解密条件); `return_by` the day until which its copies go back (清退时间),
    `returned` when they all had; `transferred` when it went to the archives (移交档案馆).
    """

    number: int
    id: str
    level: str
    period: Period | None = None
    issued: date | None = None
    ends: date | None = None
    assumed: bool = False
    size: int = 0
    kept: int = 0
    title: str = ""
    document_number: str = ""
    scope: tuple[str, ...] = ()
    copies: int | None = None
    approvals: tuple[str, ...] = ()
    stamp: str = ""
    points: tuple[Point, ...] = ()
    title_span: Span = _NOWHERE
    parent: str = ""
    declassified: date | None = None
    words: bool = False
    lines: tuple[int, ...] = ()
    reviewed: tuple[date, ...] = ()
    changes: tuple[Change, ...] = ()
    fulfilled: date | None = None
    return_by: date | None = None
    returned: date | None = None
    transferred: date | None = None

    def in_force(self, today: date) -> bool:
        """Whether it is still secret on `today`. A default period never ends by itself."""
        if any(day is not None and day <= today for day in (self.declassified, self.fulfilled)):
            return False
        return self.ends is None or self.assumed or today <= self.ends

    def touched(self, spans: tuple[Span, ...]) -> tuple[Point, ...]:
        """Return the 密点 that share an ideograph with one of `spans`."""
        return tuple(
            point
            for point in self.points
            if any(point.span.start < s.end and s.start < point.span.end for s in spans)
        )

    def let_out(self, *, names: bool, scope: bool) -> Entry:
        """Return what may be carried to an unclassified machine.

        Always: id, level, period, day of issue, last day, sizes, 密点 as places. Title and
        document number with `names`, and where its lines begin; the scope with `scope`. Never
        what became of it, but for the days on which it ceased to be secret.
        """
        known = self if names else replace(self, title="", document_number="", lines=())
        known = known if scope else replace(known, scope=())
        events: dict[str, Any] = {"reviewed": (), "changes": (), "transferred": None}
        returns: dict[str, Any] = {"return_by": None, "returned": None}
        return replace(known, approvals=(), stamp="", **events, **returns)


def to_plain(entry: Entry) -> dict[str, Any]:
    """Return `entry` as plain values for JSON; what is empty is left out."""
    plain = asdict(entry)
    plain["period"] = _code(entry.period)
    for name in _DAYS:
        plain[name] = _iso(plain[name])
    plain["title_span"] = [entry.title_span.start, entry.title_span.end]
    plain["lines"] = [b - a for a, b in pairwise((0, *entry.lines))]
    plain["points"] = [[p.span.start, p.span.end, p.level] for p in entry.points]
    plain["reviewed"] = [day.isoformat() for day in entry.reviewed]
    plain["changes"] = [
        [
            *(each.day.isoformat(), each.level, _code(each.period), _iso(each.ends)),
            *([each.fulfilled.isoformat()] if each.fulfilled is not None else []),
        ]
        for each in entry.changes
    ]
    return {k: v for k, v in plain.items() if v not in (None, "", [], (), [0, 0], False)}


def from_plain(plain: dict[str, Any]) -> Entry:
    """Return the entry that `to_plain` has written.

    Raises:
        KeyError, TypeError, ValueError: it says something else.
    """
    given = dict(plain)
    given["period"] = period_of(given["period"]) if "period" in given else None
    for name in _DAYS:
        given[name] = _day(given.get(name))
    given["title_span"] = Span(*given.get("title_span", (0, 0)))
    given["points"] = tuple(Point(Span(a, b), level) for a, b, level in given.get("points", ()))
    given["lines"] = tuple(accumulate(given.get("lines", ())))
    for name in ("scope", "approvals"):
        given[name] = tuple(given.get(name, ()))
    given["reviewed"] = tuple(date.fromisoformat(day) for day in given.get("reviewed", ()))
    given["changes"] = tuple(
        Change(
            date.fromisoformat(day),
            level,
            period_of(code) if code is not None else None,
            _day(ends),
            *map(_day, fulfilled),
        )
        for day, level, code, ends, *fulfilled in given.get("changes", ())
    )
    return Entry(**given)


def _code(period: Period | None) -> str | None:
    return period.code if period is not None else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written is not None else None


def period_of(code: str) -> Period:
    """Return the period that `code` stands for: `10Y`, `@2030-12-31`, `?启用前`, `LONG`.

    Raises:
        ValueError: it is none.
    """
    if code == "LONG":
        return LongTerm()
    if code.startswith("?") and len(code) > 1:
        return Condition(code[1:])
    if code.startswith("@"):
        pieces = [int(piece) for piece in code[1:].split("-")]
        _, month, day = (*pieces, None, None)[:3]
        return EndDate(pieces[0], month, day)
    amount, unit = float(code[:-1]), code[-1:]
    for known in ("Y", "M", "W", "D", "H"):
        if unit == known and amount > 0:
            return Duration(amount, known)
    raise ValueError(code)
