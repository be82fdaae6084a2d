"""Verdicts of people on findings (核查结论): confirmed or dismissed, by content key.

A verdict belongs to what a finding rests on: it goes with the file when that is renamed or
moved, holds for copies, and holds no more once what stands there is changed. One that is
limited to a folder holds for what lies below it. Rows are only added: of those with the same
content and the same folder the last one counts; among folders, and everywhere, the last one
that is in force. A dismissal ends after at most a year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, cast

from sqlalchemy import Connection, Row, func, insert, select

from markscan.errors import StoreError
from markscan.finding import Conclusion, Finding, Outcome
from markscan.store.audit import append, lock, sealable, sealed
from markscan.store.paths import as_bytes, as_text
from markscan.store.schema import FILE, FINDING, FOLDER, NOTICE, VERDICT
from markscan.wording import INTERFACE

__all__ = [
    *("Conclusion", "Standings", "Subject", "Verdict", "decide", "history", "last_places"),
    *("present", "report", "standing", "subject_of", "unused", "withdraw"),
]

Kind = Literal["confirmed", "dismissed", "withdrawn", "reported"]
SHORTEST = 8  # digits of a key that name a finding
_VERSION = "v1:"


@dataclass(frozen=True, slots=True)
class Subject:
    """The finding that a person named. `path` is its file, in bytes, with what lies inside."""

    key: str
    content: str
    rule: str
    severity: int
    path: bytes
    folder: bytes
    present: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row of the history. `reason` of a report is to whom it was made, `at` when.

    `found`: when what is confirmed had been found, if a person said so.
    """

    id: int
    kind: Kind
    content: str
    under: bytes | None
    key: str
    rule: str
    severity: int
    reason: str
    person: str
    at: datetime
    until: date | None
    found: datetime | None = None

    @property
    def began(self) -> datetime:
        """When it was found: as said, else when it was confirmed."""
        return self.found or self.at

    def in_force(self, day: date) -> bool:
        """Whether it counts on `day`, if nothing came after it."""
        if self.kind not in ("confirmed", "dismissed"):
            return False
        return self.until is None or day <= self.until

    def covers(self, path: bytes) -> bool:
        """Whether it holds for a file at `path`."""
        return self.under is None or path.startswith(self.under)

    @property
    def conclusion(self) -> Conclusion:
        """It as reports show it; of one that confirms or dismisses."""
        kind = cast(Literal["confirmed", "dismissed"], self.kind)
        under = "" if self.under is None else as_text(self.under)
        return Conclusion(kind, self.reason, self.person, self.at, self.until, under)


class Standings:
    """The verdicts that stand on one day. Looked up by content, so cheap for many findings."""

    def __init__(self, verdicts: Iterable[Verdict], day: date) -> None:
        """Take the whole history, oldest first."""
        last = {(each.content, each.under): each for each in verdicts if each.kind != "reported"}
        self.day = day
        self._by_content: dict[str, list[Verdict]] = {}
        for each in sorted(last.values(), key=lambda verdict: -verdict.id):
            if each.kind != "withdrawn":
                self._by_content.setdefault(each.content, []).append(each)

    def of(self, content_key: str, path: bytes) -> Conclusion | None:
        """Return what stands for a finding in the file at `path`, as in folder.path; or None."""
        found = self.verdict(content_key, path)
        return found.conclusion if found is not None else None

    def verdict(self, content_key: str, path: bytes) -> Verdict | None:
        """Return the row behind `of`."""
        return next((v for v in self._of(content_key, path) if v.in_force(self.day)), None)

    def expired(self, content_key: str, path: bytes) -> Conclusion | None:
        """Return the dismissal of a finding that has run out, where nothing else stands."""
        found = self.run_out(content_key, path)
        return found.conclusion if found is not None else None

    def run_out(self, content_key: str, path: bytes) -> Verdict | None:
        """Return the row behind `expired`."""
        found = list(self._of(content_key, path))
        return None if any(each.in_force(self.day) for each in found) else next(iter(found), None)

    def all(self) -> list[Verdict]:
        """Return all that were neither replaced nor withdrawn, run out or not, oldest first."""
        found = [each for several in self._by_content.values() for each in several]
        return sorted(found, key=lambda verdict: verdict.id)

    def applied(self, outcome: Outcome) -> Outcome:
        """Return `outcome` of a file on disk with what people concluded of its findings."""
        if not self._by_content or not any(one.findings for one in outcome.flat()):
            return outcome
        return self._applied(outcome, as_bytes(outcome.locator))

    def _applied(self, one: Outcome, path: bytes) -> Outcome:
        def judged(found: Finding) -> Finding:
            return replace(found, conclusion=self.of(found.content_key, path))

        members = tuple(self._applied(member, path) for member in one.members)
        return replace(one, findings=tuple(map(judged, one.findings)), members=members)

    def _of(self, content: str, path: bytes) -> Iterable[Verdict]:
        if not content:
            return ()
        return (each for each in self._by_content.get(content, ()) if each.covers(path))


def standing(connection: Connection, day: date) -> Standings:
    """Return the verdicts that stand on `day`."""
    return Standings(history(connection), day)


def history(connection: Connection) -> list[Verdict]:
    """Return every row, the oldest first."""
    return [_verdict(row) for row in connection.execute(select(VERDICT).order_by(VERDICT.c.id))]


def subject_of(connection: Connection, named: str) -> Subject:
    """Return the finding whose key begins with `named`, with or without its v1:.

    One that stands now goes before one that is no more.

    Raises:
        StoreError: too short, unknown, ambiguous, or nothing a verdict could hang on.
    """
    digits = named.strip().removeprefix("#").removeprefix(_VERSION).lower()
    if len(digits) < SHORTEST:
        raise StoreError(INTERFACE["verdict.short"].fill(least=SHORTEST))
    start = _VERSION + digits
    found = _of_files(connection, start) or _of_places(connection, start)
    if not found:
        raise StoreError(INTERFACE["verdict.unknown"].fill(key=digits))
    keys = {each.key for each in found}
    if len(keys) > 1:
        raise StoreError(INTERFACE["verdict.ambiguous"].fill(key=digits, count=len(keys)))
    if not found[0].content:
        raise StoreError(INTERFACE["verdict.no-content"])
    return found[0]


def _of_files(connection: Connection, start: str) -> list[Subject]:
    """Return the findings whose keys begin so, those that stand first, then the last ones."""
    columns = (FINDING.c.key, FINDING.c.content, FINDING.c.rule, FINDING.c.severity)
    query = (
        select(*columns, FINDING.c.member, FOLDER.c.path, FILE.c.name, FILE.c.to_run)
        .join(FILE, FILE.c.id == FINDING.c.file)
        .join(FOLDER, FOLDER.c.id == FILE.c.folder)
        .where(FINDING.c.key.startswith(start, autoescape=True))
        .order_by(FILE.c.to_run.is_not(None), FINDING.c.id.desc())
    )
    return [
        Subject(
            row.key,
            row.content or "",
            row.rule,
            row.severity,
            row.path + row.name + row.member,
            row.path,
            row.to_run is None,
        )
        for row in connection.execute(query)
    ]


def _of_places(connection: Connection, start: str) -> list[Subject]:
    """Return what was found of places under such keys, in the same order."""
    query = (
        select(NOTICE)
        .where(NOTICE.c.key.startswith(start, autoescape=True))
        .order_by(NOTICE.c.to_run.is_not(None), NOTICE.c.id.desc())
    )
    return [
        Subject(
            row.key,
            row.content,
            row.rule,
            row.severity,
            row.place,
            row.place,
            row.to_run is None,
        )
        for row in connection.execute(query)
    ]


def decide(
    connection: Connection,
    subject: Subject,
    conclusion: Conclusion,
    found: datetime | None = None,
) -> Verdict:
    """Keep what a person concluded of a finding, with its record; it counts from now on.

    Args:
        found: when it had been found; None: just now.

    Raises:
        StoreError: it lacks reason or person, or the end that a dismissal must have, or it was
            found later than it is confirmed.
    """
    if found is not None and found > conclusion.at:
        raise StoreError(INTERFACE["verdict.found-later"])
    if conclusion.kind == "dismissed":
        _check_end(conclusion)
    under = as_bytes(conclusion.under) or None
    return _add(connection, subject, conclusion.kind, conclusion, under, found)


def withdraw(
    connection: Connection, subject: Subject, reason: str, person: str, at: datetime
) -> Verdict:
    """Withdraw the verdict of a finding, in force or run out; it stays in the history.

    Raises:
        StoreError: there is none, or no reason.
    """
    standings = standing(connection, at.date())
    found = standings.verdict(subject.content, subject.path) or standings.run_out(
        subject.content, subject.path
    )
    if found is None:
        raise StoreError(INTERFACE["verdict.none"].fill(key=subject.key))
    told = Conclusion("confirmed", reason, person, at)
    return _add(connection, subject, "withdrawn", told, found.under)


def report(
    connection: Connection, subject: Subject, addressee: str, person: str, at: datetime
) -> Verdict:
    """Keep that a confirmed leak was reported, to whom and when.

    Raises:
        StoreError: it does not say to whom.
    """
    told = Conclusion("confirmed", addressee, person, at)
    return _add(connection, subject, "reported", told, None)


def present(connection: Connection, contents: set[str]) -> dict[str, list[tuple[bytes, str]]]:
    """Return where findings with these content keys stand now: paths and keys, by content."""
    query = (
        select(FINDING.c.content, FOLDER.c.path, FILE.c.name, FINDING.c.member, FINDING.c.key)
        .join(FILE, FILE.c.id == FINDING.c.file)
        .join(FOLDER, FOLDER.c.id == FILE.c.folder)
        .where(FILE.c.to_run.is_(None), FINDING.c.content.in_(select(VERDICT.c.content)))
        .order_by(FOLDER.c.path, FILE.c.name, FINDING.c.id)
    )
    found: dict[str, list[tuple[bytes, str]]] = {}
    for content, folder, name, member, key in connection.execute(query):
        if content in contents:
            found.setdefault(content, []).append((folder + name + member, key))
    places = select(NOTICE.c.content, NOTICE.c.place, NOTICE.c.key).where(NOTICE.c.to_run.is_(None))
    for content, place, key in connection.execute(places):
        if content in contents:
            found.setdefault(content, []).append((place, key))
    return found


def last_places(connection: Connection, contents: set[str]) -> dict[str, bytes]:
    """Return where the last finding with each of these content keys stood, there still or not."""
    query = (
        select(FINDING.c.content, FOLDER.c.path, FILE.c.name, FINDING.c.member)
        .join(FILE, FILE.c.id == FINDING.c.file)
        .join(FOLDER, FOLDER.c.id == FILE.c.folder)
        .where(FINDING.c.content.in_(contents))
        .order_by(FINDING.c.id)
    )
    rows = connection.execute(query) if contents else ()
    return {content: folder + name + member for content, folder, name, member in rows}


def unused(connection: Connection, day: date) -> list[Verdict]:
    """Return the verdicts that stand and hold for nothing that is there now."""
    standings = standing(connection, day).all()
    places = present(connection, {each.content for each in standings})
    return [
        each
        for each in standings
        if not any(each.covers(path) for path, _ in places.get(each.content, ()))
    ]


def longest(day: date) -> date:
    """Return the last day that a dismissal of `day` may count: a year later."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def _check_end(conclusion: Conclusion) -> None:
    made = conclusion.at.date()
    last = longest(made)
    if conclusion.until is None:
        raise StoreError(INTERFACE["verdict.no-until"].fill(last=last))
    if not made <= conclusion.until <= last:
        raise StoreError(INTERFACE["verdict.until"].fill(first=made, last=last))


def _add(
    connection: Connection,
    subject: Subject,
    kind: Kind,
    told: Conclusion,
    under: bytes | None,
    found: datetime | None = None,
) -> Verdict:
    if not told.reason.strip() or not told.person.strip():
        raise StoreError(INTERFACE["verdict.no-reason"])
    lock(connection)
    number = (connection.execute(select(func.max(VERDICT.c.id))).scalar() or 0) + 1
    until = told.until if kind in ("confirmed", "dismissed") else None
    row: dict[str, Any] = {
        "id": number,
        "kind": kind,
        "content": subject.content,
        "under": under,
        "key": subject.key,
        "rule": subject.rule,
        "severity": subject.severity,
        "reason": told.reason.strip(),
        "person": told.person.strip(),
        "at": told.at.isoformat(),
        "until": until.isoformat() if until is not None else None,
        "found": found.isoformat() if found is not None else None,
    }
    about = {"verdict": number, "key": subject.key, "content": subject.content}
    record = append(connection, kind, {**about, "seal": sealed(sealable(row))})
    connection.execute(insert(VERDICT).values(**row, audit=record))
    connection.commit()
    return Verdict(**{**row, "at": told.at, "until": until, "found": found})


def _verdict(row: Row[Any]) -> Verdict:
    told = dict(row._mapping)
    told.pop("audit")
    under, until, found = told["under"], told["until"], told["found"]
    told["under"] = bytes(under) if under is not None else None
    told["at"] = datetime.fromisoformat(told["at"])
    told["until"] = date.fromisoformat(until) if until is not None else None
    told["found"] = datetime.fromisoformat(found) if found is not None else None
    return Verdict(**told)
