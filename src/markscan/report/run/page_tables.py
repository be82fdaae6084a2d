"""The tables of the HTML page of a kept run. All text is escaped here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from markscan.finding import Severity
from markscan.report.places import other_places, place_words, short_key
from markscan.report.run.overview import Change, Entry, Tally, Where
from markscan.report.run.words import (
    conclusion,
    day,
    heading,
    markings,
    say,
    state,
    tallied_rules,
)
from markscan.walk import printable
from markscan.wording import Language

_UNEXAMINED = ("number", "file", "format", "status", "cause", "cause-message", "owner")


def tiles(counts: Iterable[tuple[str, int, str]]) -> str:
    """Return large numbers side by side: escaped label, count, class where it is not 0."""
    told = "".join(
        f'<li class="{kind if count else ""}"><b>{count:,}</b> {label}</li>\n'
        for label, count, kind in counts
    )
    return f'<ul class="tiles">\n{told}</ul>\n'


def tally(
    title: str, tallies: Mapping[str, Tally], language: Language, *, plain: bool = False
) -> str:
    """Return a table of counts by change, and if not `plain` by severity: a row for each key."""
    met = {code for each in tallies.values() for code in +each.severities}
    severities = [s for s in reversed(Severity) if s.code in met and not plain]
    changes = list(Change)
    heads = [heading("standing", language), *(say(f"diff.{c.value}", language) for c in changes)]
    heads += [say(f"severity.{severity.code}", language) for severity in severities]
    if any(each.dismissed for each in tallies.values()):
        heads.append(say("run.dismissed", language))
    rows = []
    for key, one in tallies.items():
        counts = [one.standing, *(one.changes[change] for change in changes)]
        counts += [one.severities[severity.code] for severity in severities]
        counts += [one.dismissed] * (len(heads) > len(counts))
        cells = "".join(f'<td class="n">{count or ""}</td>' for count in counts)
        rows.append(f"<tr><th>{_safe(key)}</th>{cells}</tr>\n")
    top = "".join(f"<th>{escape(head)}</th>" for head in heads)
    name = escape(say(title, language))
    return (
        f'<table class="tally"><thead><tr><th class="key">{name}</th>{top}</tr></thead>\n'
        f"<tbody>\n{''.join(rows)}</tbody></table>\n"
    )


def gaps(counts: Mapping[tuple[Where, str], int], language: Language) -> str:
    """Return a table of what could not be looked at: locations down, causes across."""
    causes: Counter[str] = Counter()
    places: dict[Where, dict[str, int]] = {}
    for (where, cause), count in counts.items():
        causes[cause] += count
        places.setdefault(where, {})[cause] = count
    order = [cause for cause, _ in causes.most_common()]
    top = "".join(f"<th>{escape(say(f'cause.{cause}', language))}</th>" for cause in order)
    rows = []
    for where, own in sorted(places.items()):
        cells = "".join(f'<td class="n">{own.get(cause, "")}</td>' for cause in order)
        rows.append(f"<tr><th>{_safe(where.name)}</th>{cells}</tr>\n")
    sums = "".join(f'<td class="n">{causes[cause]:,}</td>' for cause in order)
    return (
        f'<table class="tally"><thead><tr><th class="key">{_head("location", language)}</th>'
        f"{top}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n"
        f"<tfoot><tr><th>Σ</th>{sums}</tr></tfoot></table>\n"
    )


def entries(found: Iterable[Entry], language: Language) -> Iterator[str]:
    """Yield a table of findings."""
    names = ("severity", "file", "finding", "rule", "first", "conclusion")
    yield '<table class="entries"><thead><tr>'
    yield "".join(f'<th class="{name}">{_head(name, language)}</th>' for name in names)
    yield "</tr></thead>\n<tbody>\n"
    for entry in found:
        yield _entry(entry, language)
    yield "</tbody></table>\n"


def _entry(entry: Entry, language: Language) -> str:
    found, code = entry.finding, entry.finding.severity.code
    folder, slash, name = entry.locator.rpartition("/")
    place = place_words(found.place, language)
    others = other_places(found.place, found.others, language)
    beside = [f'<p class="path">{_safe(folder + slash)}</p>']
    if entry.before:
        beside.append(f"<p>{_safe(say('run.was', language, before=entry.before))}</p>")
    if entry.where.owner:
        beside.append(f"<p>{_head('owner', language)}：{_safe(entry.where.owner)}</p>")
    fix = say("run.fix", language, fix=found.fix.of(language))
    marked = markings(entry.markings, language) if entry.markings else ""
    told = conclusion(entry, language) or state(entry, language)
    where = "　".join(filter(None, (place, others, marked)))
    return (
        f'<tr><td class="{code}" data-v="{int(found.severity)}">'
        f"{escape(say(f'severity.{code}', language))}</td>"
        f"<td><b>{_safe(name + entry.member)}</b>{''.join(beside)}</td>"
        f'<td>{_safe(found.message.of(language))}<p class="place">{_safe(where)}</p>'
        f'<p class="fix">{_safe(fix)}</p></td>'
        f'<td><a href="#{_safe(found.rule)}">{_safe(found.rule)}</a></td>'
        f'<td data-v="{entry.first_run}">{day(entry.first_seen)} <span>#{entry.first_run}</span>'
        f'</td><td>{_safe(told)}<p class="mark">{_safe(short_key(found.key))}</p></td></tr>\n'
    )


def unexamined(rows: Iterable[Mapping[str, str]], language: Language) -> Iterator[str]:
    """Yield a table of files that were not read in full."""
    yield '<table class="files"><thead><tr>'
    yield "".join(f'<th class="{name}">{_head(name, language)}</th>' for name in _UNEXAMINED)
    yield "</tr></thead>\n<tbody>\n"
    for row in rows:
        texts = {**row, "file": row["file"] + row["member"]}
        cells = "".join(f"<td>{escape(texts[name])}</td>" for name in _UNEXAMINED)
        yield f"<tr>{cells}</tr>\n"
    yield "</tbody></table>\n"


def rules(found: Iterable[Entry], language: Language) -> str:
    """Return a table of the rules that were hit: name, counts, and on what they rest."""
    names = ("rule", "finding", "basis")
    rows = "".join(
        f'<tr id="{_safe(code)}"><th>{_safe(code)}</th><td>{_safe(name)}</td>'
        f'<td>{_safe(basis)}</td><td class="n">{standing:,}</td></tr>\n'
        for code, name, basis, standing in tallied_rules(found, language)
    )
    top = "".join(f'<th class="{name}">{_head(name, language)}</th>' for name in names)
    standing = escape(heading("standing", language))
    return (
        f'<table class="rules"><thead><tr>{top}<th>{standing}</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table>\n"
    )


def _head(column: str, language: Language) -> str:
    return escape(heading(column, language))


def _safe(text: str) -> str:
    return escape(printable(text))
