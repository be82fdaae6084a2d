"""A kept run as one HTML page: coverage first, then what changed, where, since when.

No network and no script needed; a few lines of script sort the tables where scripts may run.
Set for A4 too: each page of paper bears the title, each piece of a table its headings.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from importlib import resources
from itertools import islice
from typing import BinaryIO

import markscan
from markscan.finding import Severity
from markscan.report import ledger
from markscan.report.places import notice_words, place_words
from markscan.report.reporter import Manner
from markscan.report.run import page_tables as tables
from markscan.report.run.chart import findings_chart, gaps_chart
from markscan.report.run.overview import Change, Overview, copies, oldest, tallied
from markscan.report.run.words import deadline, facts, say, unexamined_row, which
from markscan.walk import printable
from markscan.wording import Language, Text

_MOST_UNEXAMINED = 1_000  # listed; the others are counted, and in xlsx and csv
_MOST_OLDEST, _MOST_COPIES, _MOST_PATHS, _MOST_ADVICE = 10, 50, 20, 200
_CHANGES = (Change.NEW, Change.OPEN, Change.MOVED, Change.UNKNOWN, Change.GONE)

_HEAD = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}@page {{ @top-left {{ content: "{running}"; }} }}
</style>
</head>
<body>
"""


def write(overview: Overview, sentence: Text, manner: Manner, stream: BinaryIO) -> None:
    """Write the page to `stream` as UTF-8; `sentence` says how the run ended."""
    page = _Page(overview, sentence, manner.language)
    for piece in page.pieces():
        stream.write(piece.encode("utf-8"))


class _Page:
    """Makes the page piece by piece. All text is escaped where it enters a piece."""

    def __init__(self, overview: Overview, sentence: Text, language: Language) -> None:
        self._overview = overview
        self._sentence = sentence
        self._language = language

    def pieces(self) -> Iterator[str]:
        """Yield the page in order."""
        script = _resource("page.js")
        yield self._head(script)
        yield from self._coverage()
        yield from self._deadlines()
        yield from self._places()
        yield from self._changes()
        yield from self._trend()
        yield from self._longest()
        yield from self._copies()
        yield from self._findings()
        yield from self._advice()
        yield from self._unexamined()
        yield from self._rules()
        yield f"<script>{script}</script>\n</body>\n</html>\n"

    def _head(self, script: str) -> str:
        language, run = self._language, self._overview.run
        title = f"{say('run.title', language)} · {which(run, language)}"
        rows = "".join(
            f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>\n"
            for label, value in facts(self._overview, language)
        )
        program = say("run.program", language, version=markscan.__version__)
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        return (
            _HEAD.format(
                lang="zh-CN" if language == "zh" else "en",
                title=escape(title),
                style=_resource("page.css"),
                running=title.replace('"', ""),
                hash=digest,
            )
            + f"<header>\n<h1>{self._say('run.title')}</h1>\n"
            f'<p class="handling">{self._say("run.handling")}</p>\n'
            f'<dl>\n{rows}</dl>\n<p class="program">{escape(program)}</p>\n</header>\n'
        )

    def _coverage(self) -> Iterator[str]:
        """The sum, whether it comes out, and what could not be looked at."""
        overview, totals = self._overview, self._overview.totals
        yield self._section("coverage", "run.coverage")
        yield f'<p class="end">{escape(self._sentence.of(self._language))}</p>\n'
        yield tables.tiles(
            (
                (self._say("ledger.discovered"), totals.discovered, ""),
                (self._say("status.examined"), totals.examined, ""),
                (self._say("status.partial"), totals.partial, "warn"),
                (self._say("status.unread"), totals.unread + totals.pending, "warn"),
                (self._say("ledger.excluded"), totals.excluded, ""),
            )
        )
        yield f"<p>{escape(ledger.coverage(totals).of(self._language))}</p>\n"
        if overview.agrees:
            yield f'<p class="agrees">✓ {self._say("run.agrees")}</p>\n'
        else:
            told = say("run.differs", self._language, told=f"{overview.told or 0:,}")
            yield f'<p class="differs">✗ {escape(told)}</p>\n'
        yield f"<h3>{self._say('run.gaps')}</h3>\n"
        if overview.gaps:
            yield tables.gaps(overview.gaps, self._language)
        else:
            yield f"<p>{self._say('run.no-gaps')}</p>\n"
        yield "</section>\n"

    def _deadlines(self) -> Iterator[str]:
        found = self._overview.deadlines
        if found:
            yield self._section("deadlines", "run.deadlines") + "<ul>\n"
            yield from (f"<li>{escape(deadline(one, self._language))}</li>\n" for one in found)
            yield "</ul></section>\n"

    def _places(self) -> Iterator[str]:
        found = self._overview.notices
        if found:
            yield self._section("places", "places.head") + "<ul>\n"
            for each in found:
                told = printable(notice_words(each, self._language))
                yield f"<li>{escape(told)}</li>\n"
            yield "</ul></section>\n"

    def _changes(self) -> Iterator[str]:
        """What is new, open, moved, gone; then by severity, location, owner."""
        overview, language = self._overview, self._language
        changes = overview.changes
        yield self._section("changes", "run.changes")
        yield tables.tiles(
            (self._say(f"diff.{change.value}"), changes[change], change.value)
            for change in _CHANGES
        )
        if overview.dismissed:
            told = say("run.dismissed-count", language, count=f"{overview.dismissed:,}")
            yield f"<p>{escape(told)}</p>\n"
        entries = overview.entries
        severities = tallied(
            sorted(entries, key=lambda entry: -entry.finding.severity),
            lambda entry: say(f"severity.{entry.finding.severity.code}", language),
        )
        locations = tallied(entries, lambda entry: entry.where.name)
        owners = tallied(entries, lambda entry: entry.where.owner)
        unnamed = say("run.unnamed", language)
        yield tables.tally("run.by-severity", severities, language, plain=True)
        yield tables.tally("run.by-location", locations, language)
        if any(owners):
            named = {owner or unnamed: one for owner, one in owners.items()}
            yield tables.tally("run.by-owner", named, language)
        yield "</section>\n"

    def _trend(self) -> Iterator[str]:
        points, language = self._overview.trend, self._language
        yield self._section("trend", "run.trend")
        if not points:
            yield f"<p>{self._say('run.trend-none')}</p>\n"
        else:
            yield '<div class="charts">\n'
            drawn = (
                ("run.trend-findings", findings_chart(points, language), self._legend()),
                ("run.trend-gaps", gaps_chart(points, language), ""),
            )
            for key, drawing, legend in drawn:
                yield f"<figure>\n<figcaption>{self._say(key)}{legend}</figcaption>\n"
                yield f"{drawing}</figure>\n"
            yield "</div>\n"
        yield "</section>\n"

    def _legend(self) -> str:
        return "".join(
            f' <span class="legend {severity.code}">{self._say(f"severity.{severity.code}")}</span>'
            for severity in reversed(Severity)
        )

    def _longest(self) -> Iterator[str]:
        found = oldest(self._overview.entries, _MOST_OLDEST)
        if found:
            yield self._section("oldest", "run.oldest")
            yield from tables.entries(found, self._language)
            yield "</section>\n"

    def _copies(self) -> Iterator[str]:
        found = copies(self._overview.entries)
        if found:
            yield self._section("copies", "run.copies")
            yield f"<p>{self._say('run.copies-note')}</p>\n<ul>\n"
            for locators in found[:_MOST_COPIES]:
                count = say("run.copies-count", self._language, count=f"{len(locators):,}")
                paths = "".join(f"<li>{_safe(path)}</li>\n" for path in locators[:_MOST_PATHS])
                more = self._more(len(locators) - _MOST_PATHS)
                yield f"<li><b>{escape(count)}</b><ul>\n{paths}{more}</ul></li>\n"
            yield self._more(len(found) - _MOST_COPIES) + "</ul></section>\n"

    def _findings(self) -> Iterator[str]:
        """All findings, a table a change; dismissed ones in one of their own."""
        entries = self._overview.entries
        yield self._section("findings", "run.findings")
        if not entries:
            yield f"<p>{self._say('run.none')}</p>\n"
        groups = [
            (f"diff.{change.value}", [e for e in entries if e.change is change and not e.dismissed])
            for change in _CHANGES
        ]
        groups.append(("run.dismissed", [entry for entry in entries if entry.dismissed]))
        for key, found in groups:
            if found:
                found.sort(key=lambda entry: -entry.finding.severity)
                yield f'<h3>{self._say(key)} <span class="count">{len(found):,}</span></h3>\n'
                yield from tables.entries(found, self._language)
        yield "</section>\n"

    def _advice(self) -> Iterator[str]:
        """What is for a person to decide; never a finding."""
        if self._overview.advised:
            yield self._section("advice", "run.advice") + "<ul>\n"
            first = islice(self._advised(), _MOST_ADVICE)
            yield from (f"<li>{_safe(line)}</li>\n" for line in first)
            yield self._more(self._overview.advised - _MOST_ADVICE) + "</ul></section>\n"

    def _advised(self) -> Iterator[str]:
        for outcome in self._overview.files:
            for one in outcome.flat():
                for advice in one.advice:
                    place = place_words(advice.place, self._language)
                    yield f"{one.locator}　{place}　{advice.message.of(self._language)}"

    def _unexamined(self) -> Iterator[str]:
        totals = self._overview.totals
        if not totals.partial + totals.unread:
            return
        yield self._section("unexamined", "run.unexamined")
        yield f"<p>{self._say('run.unexamined-note')}</p>\n"
        first = islice(self._overview.unexamined(), _MOST_UNEXAMINED)
        rows = (unexamined_row(file, n, self._language) for n, file in enumerate(first, start=1))
        yield from tables.unexamined(rows, self._language)
        more = totals.partial + totals.unread - _MOST_UNEXAMINED
        if more > 0:
            told = say("run.more-unexamined", self._language, count=f"{more:,}")
            yield f'<p class="differs">{escape(told)}</p>\n'
        yield "</section>\n"

    def _rules(self) -> Iterator[str]:
        entries = self._overview.entries
        if entries:
            yield self._section("rules", "run.rules")
            yield tables.rules(entries, self._language)
            yield "</section>\n"

    def _section(self, name: str, key: str) -> str:
        return f'<section id="{name}">\n<h2>{self._say(key)}</h2>\n'

    def _more(self, count: int) -> str:
        """The last item of a list of which `count` more are left out; nothing if none are."""
        told = say("run.more", self._language, count=f"{count:,}")
        return f"<li>{escape(told)}</li>\n" if count > 0 else ""

    def _say(self, key: str) -> str:
        return escape(say(key, self._language))


def _safe(text: str) -> str:
    return escape(printable(text))


def _resource(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
