"""A kept run as Word documents: the report of an inspection, and notices to mend.

Both are templates with their placeholders filled, those that ship or the office's own.
"""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

import markscan
from markscan.finding import Severity
from markscan.place_rules import Notice
from markscan.report.places import notice_words
from markscan.report.reporter import Manner
from markscan.report.run.blank import blank
from markscan.report.run.filling import Values, filled
from markscan.report.run.overview import Change, Entry, Overview, Tally, Unexamined, Where, tallied
from markscan.report.run.words import (
    FINDING_COLUMNS,
    UNEXAMINED_COLUMNS,
    day,
    deadline,
    facts,
    finding_row,
    heading,
    say,
    unexamined_row,
)
from markscan.walk import printable
from markscan.wording import INTERFACE, Language, Text

_MOST_FILES = 1_000  # not examined, named in the annex; the others are counted there
_LOCATION_COLUMNS = ("location", "owner", "standing", *(change.value for change in Change))
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_NAME = 80

Row = Mapping[str, str]


def report(overview: Overview, sentence: Text, manner: Manner, template: bytes | None) -> bytes:
    """Return the report of an inspection (检查报告).

    Args:
        sentence: says how the run ended.
        template: the office's own; None: the one that ships.

    Raises:
        UsageError: the template cannot be filled.
    """
    language = manner.language
    standing = [entry for entry in overview.entries if entry.counts]
    lists: dict[str, Iterable[Row]] = {
        "findings": _Rows(lambda: _numbered(finding_row, standing, language)),
        "files": _Rows(lambda: _numbered(unexamined_row, _some_files(overview), language)),
        "locations": _locations(overview, language),
    }
    told = _told(overview, sentence, overview.entries, language)
    told["places"] = _places(overview.notices, language)
    values = _values(told, lists, language)
    return filled(template or blank("docx", language), values, _when(overview), language)


def notices(
    overview: Overview, sentence: Text, manner: Manner, template: bytes | None
) -> Iterator[tuple[str, bytes]]:
    """Yield a notice to mend (整改通知书) for each owner, or location without one: name, bytes.

    Each tells of nothing but that owner's findings, on files and places, that stand and count.

    Raises:
        UsageError: the template cannot be filled.
    """
    language, used = manner.language, set[str]()
    template = template or blank("notice", language)
    for name, group in sorted(_groups(overview).items()):
        standing = [entry for entry in group.entries if entry.counts]
        if not standing and not group.notices:
            continue
        told = _told(overview, sentence, group.entries, language)
        told["places"] = _places(group.notices, language)
        told["addressee"] = printable(_addressee(group.where, language))
        rows = _Rows(partial(_numbered, finding_row, standing, language))
        values = _values(told, {"findings": rows}, language)
        made = filled(template, values, _when(overview), language)
        # A document of the library holds itself, and megabytes that the collector cannot see.
        gc.collect()
        yield _file_name(name, used, language), made


@dataclass(frozen=True, slots=True)
class _Group:
    """What is for one owner, or for one location without one."""

    where: Where
    entries: list[Entry] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def _groups(overview: Overview) -> dict[str, _Group]:
    """Return all findings on files, and those on places that count, by owner or location."""
    groups: dict[str, _Group] = {}

    def of(where: Where) -> _Group:
        return groups.setdefault(where.owner or where.name, _Group(where))

    for entry in overview.entries:
        of(entry.where).entries.append(entry)
    for place in overview.places:
        if place.counts:
            of(place.where).notices.append(place.notice)
    return groups


def _addressee(where: Where, language: Language) -> str:
    return where.owner or say("run.no-owner", language, location=where.name)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that are made anew by each iteration: all at once they take much memory."""

    make: Callable[[], Iterator[Row]]

    def __iter__(self) -> Iterator[Row]:
        return self.make()


def _numbered(
    make: Callable[[Any, int, Language], Row], things: Iterable[object], language: Language
) -> Iterator[Row]:
    """Yield a row for each thing, whose file is named with the way to the file inside."""
    for number, thing in enumerate(things, 1):
        row = make(thing, number, language)
        yield {**row, "file": row["file"] + row["member"]}


def _some_files(overview: Overview) -> Iterator[Unexamined]:
    """Yield the first files that were not examined."""
    return islice(overview.unexamined(), _MOST_FILES)


def _when(overview: Overview) -> datetime:
    return overview.run.ended or overview.run.started


def _told(
    overview: Overview, sentence: Text, entries: Sequence[Entry], language: Language
) -> dict[str, str]:
    """Return the single values; counts of findings are those of `entries`."""
    totals, tally = overview.totals, Tally()
    for entry in entries:
        tally.add(entry)
    (_, time), (_, roots), (_, beside) = facts(overview, language)
    causes: Counter[str] = Counter()
    for (_, cause), count in overview.gaps.items():
        causes[cause] += count
    named = [f"{say(f'cause.{cause}', language)} {n:,}" for cause, n in causes.most_common()]
    places = {entry.where for entry in entries}
    due = [deadline(one, language) for one in overview.deadlines if one.entry.where in places]
    left_out = max(totals.partial + totals.unread - _MOST_FILES, 0)
    more = say("run.more-unexamined", language, count=f"{left_out:,}") if left_out else ""
    agrees = say("run.agrees", language)
    differs = say("run.differs", language, told=f"{overview.told or 0:,}")
    told = {
        "handling": say("run.handling", language),
        "time": time,
        "roots": roots,
        "beside": beside,
        "day": day(_when(overview)),
        "end": sentence.of(language),
        "program": say("run.program", language, version=markscan.__version__),
        "discovered": f"{totals.discovered:,}",
        "examined": f"{totals.examined:,}",
        "partial": f"{totals.partial:,}",
        "unread": f"{totals.unread + totals.pending:,}",
        "excluded": f"{totals.excluded:,}",
        "agrees": agrees if overview.agrees else differs,
        "causes": "、".join(named) or say("run.none", language),
        "standing": f"{tally.standing:,}",
        "dismissed": f"{tally.dismissed:,}",
        "deadlines": "\n".join(due) or say("run.none", language),
        "more-files": more,
        "addressee": "",
    }
    told |= {change.value: f"{tally.changes[change]:,}" for change in Change}
    told |= {each.code: f"{tally.severities[each.code]:,}" for each in Severity}
    return told


def _places(found: Iterable[Notice], language: Language) -> str:
    """Return what was found of places, a line each."""
    told = (printable(notice_words(each, language)) for each in found)
    return "\n".join(told) or say("places.none", language)


def _locations(overview: Overview, language: Language) -> list[Row]:
    rows: list[Row] = []
    for where, tally in sorted(tallied(overview.entries, lambda entry: entry.where).items()):
        counts = {change.value: f"{tally.changes[change]:,}" for change in Change}
        named = {"location": printable(where.name), "owner": printable(where.owner)}
        rows.append({**named, "standing": f"{tally.standing:,}", **counts})
    return rows


def _values(told: Row, lists: Mapping[str, Iterable[Row]], language: Language) -> Values:
    """Return values under the names that placeholders have in `language`."""
    columns = {
        "findings": FINDING_COLUMNS,
        "files": UNEXAMINED_COLUMNS,
        "locations": _LOCATION_COLUMNS,
    }
    names = {key: say(f"blank.list.{key}", language) for key in lists}
    heads = {name: heading(name, language) for key in lists for name in columns[key]}

    def headed(rows: Iterable[Row]) -> Iterator[Row]:
        return ({heads[name]: text for name, text in row.items()} for row in rows)

    return Values(
        {say(f"blank.value.{key}", language): text for key, text in told.items()},
        {names[key]: _Rows(partial(headed, rows)) for key, rows in lists.items()},
        {names[key]: [heads[name] for name in columns[key]] for key in lists},
    )


def _file_name(addressee: str, used: set[str], language: Language) -> str:
    """Return the name of a notice's file, which no other notice has on any system."""
    title = INTERFACE["blank.notice-file"].of(language)
    plain = _FORBIDDEN.sub("_", printable(addressee)).strip(" ._")[:_LONGEST_NAME]
    name, number = f"{title}-{plain}", 1
    while name.casefold() in used:
        number += 1
        name = f"{title}-{plain}-{number}"
    used.add(name.casefold())
    return f"{name}.docx"
