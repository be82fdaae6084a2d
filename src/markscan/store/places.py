"""What a run finds of places as a whole (MS331, MS332, MS336), kept in rows of its own.

A run that reached its end, or its closing time, asks anew of all that the store knows: files that
were not examined again, and for MS331 those that are gone. What it finds as before keeps its row,
and so does what it did not ask for: a rule that is disabled, or a policy that it does not have.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    func,
    insert,
    literal_column,
    or_,
    select,
    true,
    update,
)

from markscan.lexicon import read_levels
from markscan.pathpattern import is_windows
from markscan.place_rules import PLACE_RULES, Notice
from markscan.place_rules.rule import Told
from markscan.policy import Location, Policy
from markscan.store.paths import as_bytes, as_text, end_of, folder_path, is_inside
from markscan.store.runs import Run
from markscan.store.schema import FILE, FINDING, FOLDER, NOTICE, RUN, VERDICT
from markscan.store.secret import kept_or_made
from markscan.store.verdicts import Standings

_BATCH = 1000
# Said as the index of levels says it: with a bound value no database would use that.
_MARKED = FILE.c.level > literal_column("0")
# Rules by which a marked file lies in the wrong place: who dismisses one of these says that the
# file is no secret there.
_MISPLACED = ("MS301", "MS317", "MS319", "MS320", "MS329")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A notice before it is kept. `rests` is what it rests on: changed, no verdict holds."""

    rule: str
    place: bytes
    told: Told
    rests: bytes = b""


def keep_notices(
    connection: Connection,
    run: Run,
    policy: Policy | None,
    disabled: Collection[str],
    standings: Standings,
) -> None:
    """Keep what is to be said of places now that `run` has seen its files. Commits.

    Args:
        policy: of this run; where it lists no place nothing is registered, and nothing is missed.
        disabled: codes of rules that are not asked.
        standings: what people concluded; a file of which they found that it is marked wrongly,
            or may lie where it lies, counts nowhere.
    """
    apart = _dismissed(connection, standings)
    asked: dict[str, Callable[[], Iterator[_Seen]]] = {"MS332": lambda: _mixed(connection, apart)}
    if policy is not None and policy.locations:
        asked["MS331"] = lambda: _labels(connection, policy, apart)
        asked["MS336"] = lambda: _unregistered(connection, run, policy)
    rows = connection.execute(select(NOTICE).where(NOTICE.c.to_run.is_(None))).mappings()
    known = {row["key"]: dict(row) for row in rows}
    number = connection.execute(select(func.max(NOTICE.c.id))).scalar() or 0
    secret = kept_or_made(connection)
    asked = {code: seen_by for code, seen_by in asked.items() if code not in disabled}
    for seen_by in asked.values():
        for seen in list(seen_by()):
            made = _row(seen, secret)
            old = known.pop(made["key"], None)
            if old is not None and all(old[name] == value for name, value in made.items()):
                continue
            if old is not None:
                _end(connection, old, run)
            number += 1
            first = old["first_run"] if old is not None else run.id
            values = {**made, "id": number, "first_run": first, "from_run": run.id}
            connection.execute(insert(NOTICE).values(values))
    for old in known.values():
        if old["rule"] in asked:
            _end(connection, old, run)
    connection.commit()


def notices(connection: Connection, run: Run, standings: Standings) -> list[Notice]:
    """Return what stood of places when `run` ended and concerns it, the gravest first.

    Of folders those that lie under a root of the run, of roots also those that hold one; of what
    a location may hold all. Nothing of rules that the run had disabled.
    """
    return [notice for notice, told in stood(connection, run, standings) if told]


def stood(connection: Connection, run: Run, standings: Standings) -> list[tuple[Notice, bool]]:
    """Return what stood of all places when `run` ended, and whether `notices` tells it."""
    stands = or_(NOTICE.c.to_run.is_(None), NOTICE.c.to_run > run.id)
    query = (
        select(NOTICE, RUN.c.started)
        .join(RUN, RUN.c.id == NOTICE.c.first_run)
        .where(NOTICE.c.from_run <= run.id, stands)
        .order_by(NOTICE.c.severity.desc(), NOTICE.c.rule, NOTICE.c.place)
    )
    roots = {folder_path(root) for root in run.asked.roots}
    return [
        (_notice(row, standings), _concerns(row.rule, bytes(row.place), run, roots))
        for row in connection.execute(query)
        if row.rule in PLACE_RULES
    ]


def _concerns(rule: str, place: bytes, run: Run, roots: set[bytes]) -> bool:
    """Whether `run`, with these roots, tells what stands of a place."""
    if rule in run.asked.disabled:
        return False
    if rule == "MS331" or is_inside(place, roots):
        return True
    return rule == "MS336" and any(is_inside(root, {place}) for root in roots)


def _notice(row: Any, standings: Standings) -> Notice:
    rule, place = PLACE_RULES[row.rule], bytes(row.place)
    values = rule.words(json.loads(row.told))
    name = as_text(place)
    return Notice(
        rule=rule.code,
        severity=rule.severity,
        place=name.rstrip("/") or name,
        message=rule.message.fill(**values),
        fix=rule.fix.fill(**values),
        basis=rule.basis,
        key=row.key,
        content_key=row.content,
        first_run=row.first_run,
        began=datetime.fromisoformat(row.started),
        conclusion=standings.of(row.content, place),
    )


def _row(seen: _Seen, secret: bytes) -> dict[str, Any]:
    identity = seen.rule.encode() + b"|" + seen.place
    content = hashlib.blake2b(identity + b"\0" + seen.rests, key=secret, digest_size=16)
    return {
        "rule": seen.rule,
        "place": seen.place,
        "severity": int(PLACE_RULES[seen.rule].severity),
        "told": json.dumps(seen.told, sort_keys=True, separators=(",", ":")),
        "key": "v1:" + hashlib.blake2b(identity, digest_size=16).hexdigest(),
        "content": f"c3:{content.hexdigest()}",
    }


def _end(connection: Connection, row: dict[str, Any], run: Run) -> None:
    connection.execute(update(NOTICE).where(NOTICE.c.id == row["id"]).values(to_run=run.id))


def _labels(connection: Connection, policy: Policy, apart: set[int]) -> Iterator[_Seen]:
    """Yield the locations in which a level was seen that they do not admit (MS331)."""
    top = connection.execute(select(func.max(FILE.c.level)).where(_MARKED)).scalar() or 0
    for location in policy.locations:
        level = location.ceiling("cn-state")
        ceiling = level.rank if level is not None else 0
        if ceiling >= top:  # mostly, and then the files need not be looked through
            continue
        first: dict[int, int] = {}
        rests, last = hashlib.blake2b(digest_size=16), None
        query = (
            select(FILE.c.id, FOLDER.c.path, FILE.c.name, FILE.c.level, FILE.c.content, RUN.c.day)
            .join(FOLDER, FOLDER.c.id == FILE.c.folder)
            .join(RUN, RUN.c.id == FILE.c.from_run)
            .where(_MARKED, FILE.c.level > ceiling, _within(location))
            .order_by(FILE.c.content)
        )
        for row in connection.execute(query, execution_options={"yield_per": _BATCH}):
            if row.id in apart or policy.at(as_text(row.path + row.name)) != location:
                continue
            first[row.level] = min(first.get(row.level, row.day), row.day)
            content = bytes(row.content or b"")
            if content != last:
                rests.update(content)
                last = content
        if first:
            found = max(first)
            day = date.fromordinal(first[found]).isoformat()
            told: Told = {"level": found, "ceiling": ceiling, "day": day}
            yield _Seen("MS331", as_bytes(location.pattern), told, rests.digest())


def _within(location: Location) -> ColumnElement[bool]:
    """The condition of files that may lie in `location`; which do, its pattern decides."""
    base = location.base
    if not base or is_windows(base) or base.startswith("smb://"):  # these ignore case
        return true()
    inside = folder_path(base)
    folder, _, name = inside[:-1].rpartition(b"/")
    return or_(
        and_(FOLDER.c.path >= inside, FOLDER.c.path < end_of(inside)),
        and_(FOLDER.c.path == folder + b"/", FILE.c.name == name),
    )


def _mixed(connection: Connection, apart: set[int]) -> Iterator[_Seen]:
    """Yield the folders in which the highest level lies beside others now (MS332)."""
    highest = max(level.rank for level in read_levels() if level.scheme == "cn-state")
    now = FILE.c.to_run.is_(None)
    with_top = select(FILE.c.folder).where(_MARKED, FILE.c.level >= highest, now)
    query = (
        select(FILE.c.id, FOLDER.c.path, FILE.c.level, FILE.c.content)
        .join(FOLDER, FOLDER.c.id == FILE.c.folder)
        .where(FILE.c.folder.in_(with_top), _MARKED, now)
        .order_by(FOLDER.c.path, FILE.c.content)
    )
    rows = connection.execute(query, execution_options={"yield_per": _BATCH})
    for path, files in groupby(rows, key=lambda row: bytes(row.path)):
        top = others = 0
        rests = hashlib.blake2b(digest_size=16)
        for row in files:
            if row.id in apart:
                continue
            rests.update(row.content or b"")
            if row.level >= highest:
                top += 1
            else:
                others += 1
        if top and others:
            yield _Seen("MS332", path, {"top": top, "others": others}, rests.digest())


def _unregistered(connection: Connection, run: Run, policy: Policy) -> Iterator[_Seen]:
    """Yield the roots of this run, and of others that were told of, not in the policy (MS336).

    Of roots that lie in each other the outermost.
    """
    before = select(NOTICE.c.place).where(NOTICE.c.rule == "MS336", NOTICE.c.to_run.is_(None))
    roots = [folder_path(root) for root in run.asked.roots]
    roots += [bytes(place) for place in connection.execute(before).scalars()]
    found = {root for root in roots if not _registered(connection, policy, root)}
    for root in dict.fromkeys(roots):
        if root in found and not is_inside(root, found - {root}):
            yield _Seen("MS336", root, {})


def _registered(connection: Connection, policy: Policy, root: bytes) -> bool:
    """Whether a location that the policy lists holds `root`, or lies in it."""
    if policy.at(as_text(root)).listed:
        return True
    open_to_disk = False
    for location in policy.locations:
        base = folder_path(location.base) if location.base else b""
        above, below = root, base
        if is_windows(location.base):
            above, below = above.lower(), below.lower()
        if below.startswith(above) and "*" not in location.pattern.removesuffix("/**"):
            return True
        open_to_disk |= below.startswith(above) or above.startswith(below)
    if not open_to_disk:
        return False
    query = select(FOLDER.c.path).where(FOLDER.c.path >= root, FOLDER.c.path < end_of(root))
    rows = connection.execute(query, execution_options={"yield_per": _BATCH}).scalars()
    return any(policy.at(as_text(path)).listed for path in rows)


def _dismissed(connection: Connection, standings: Standings) -> set[int]:
    """Return the files, by id, that lie where they lie by what a person found."""
    if not any(each.kind == "dismissed" for each in standings.all()):
        return set()
    query = (
        select(FINDING.c.file, FINDING.c.content, FOLDER.c.path, FILE.c.name)
        .join(FILE, FILE.c.id == FINDING.c.file)
        .join(FOLDER, FOLDER.c.id == FILE.c.folder)
        .where(FINDING.c.rule.in_(_MISPLACED), FINDING.c.content.in_(select(VERDICT.c.content)))
    )
    found = set()
    for file, content, folder, name in connection.execute(query):
        said = standings.of(content, folder + name)
        if said is not None and said.dismissed:
            found.add(file)
    return found
