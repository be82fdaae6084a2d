"""The rows of a report of a kept run in words: what stands in each column of its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from markscan.marking import Marking
from markscan.report.marking import kind_words, level_words
from markscan.report.places import conclusion_words, other_places, place_words, short_key
from markscan.report.run.overview import (
    Change,
    Deadline,
    Entry,
    Overview,
    PlaceEntry,
    RunFacts,
    Unexamined,
)
from markscan.walk import printable
from markscan.wording import INTERFACE, Language

# The columns of a row about a finding, in their order; the keys of their headings follow.
FINDING_COLUMNS = (
    *("number", "location", "file", "member", "place", "finding", "severity", "marking", "rule"),
    *("basis", "fix", "first", "state", "before", "conclusion", "owner", "key"),
)
UNEXAMINED_COLUMNS = (
    *("number", "location", "file", "member", "format", "status", "cause", "cause-message"),
    "owner",
)
_OPEN_PERIOD = "★?"  # how a marking ends whose period a person must decide


def say(key: str, language: Language, **values: object) -> str:
    """Return the sentence called `key`, filled."""
    text = INTERFACE[key]
    return text.fill(**values).of(language) if values else text.of(language)


def heading(column: str, language: Language) -> str:
    """Return the heading of a column."""
    return say(f"run.column.{column}", language)


def day(moment: datetime) -> str:
    """Return the day of `moment` on this machine's clock."""
    return f"{moment.astimezone():%Y-%m-%d}"


def minute(moment: datetime) -> str:
    """Return `moment` to the minute, on this machine's clock."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def facts(overview: Overview, language: Language) -> list[tuple[str, str]]:
    """Return what is to be said of the run itself: labels and values."""
    run = overview.run
    ended = minute(run.ended) if run.ended is not None else say("run.no-end", language)
    previous = overview.previous
    return [
        (say("run.when", language), _when(run, ended, language)),
        (say("run.roots", language), "；".join(printable(root) for root in run.roots)),
        (
            say("run.beside", language),
            say("run.beside-none", language)
            if previous is None
            else say(
                "run.beside-one", language, run=previous.number, started=minute(previous.started)
            ),
        ),
    ]


def which(run: RunFacts, language: Language) -> str:
    """Return the number and state of a run in words."""
    return say("run.which", language, run=run.number, state=INTERFACE[f"runs.{run.state}"])


def _when(run: RunFacts, ended: str, language: Language) -> str:
    span = say("run.span", language, started=minute(run.started), ended=ended)
    return say("run.which-when", language, which=which(run, language), span=span)


def finding_row(entry: Entry, number: int, language: Language) -> dict[str, str]:
    """Return the texts of a finding's row by column."""
    found = entry.finding
    place = place_words(found.place, language)
    if others := other_places(found.place, found.others, language):
        place = f"{place} {others}"
    texts = {
        "number": str(number),
        "location": entry.where.name,
        "file": entry.locator,
        "member": entry.member,
        "place": place,
        "finding": found.message.of(language),
        "severity": say(f"severity.{found.severity.code}", language),
        "marking": markings(entry.markings, language),
        "rule": found.rule,
        "basis": found.basis.of(language),
        "fix": found.fix.of(language),
        "first": first_seen(entry, language),
        "state": state(entry, language),
        "before": entry.before,
        "conclusion": conclusion(entry, language),
        "owner": entry.where.owner,
        "key": short_key(found.key),
    }
    return {column: printable(text) for column, text in texts.items()}


def unexamined_row(file: Unexamined, number: int, language: Language) -> dict[str, str]:
    """Return the texts of the row of a file that was not read in full, by column."""
    outcome = file.outcome
    texts = {
        "number": str(number),
        "location": file.where.name,
        "file": file.locator,
        "member": outcome.locator[len(file.locator) :],
        "format": outcome.format,
        "status": say(f"status.{outcome.status.value}", language),
        "cause": "；".join(say(f"cause.{code}", language) for code in file.causes),
        "cause-message": "；".join(
            dict.fromkeys(problem.message.of(language) for problem in outcome.problems)
        ),
        "owner": file.where.owner,
    }
    return {column: printable(text) for column, text in texts.items()}


def place_row(entry: PlaceEntry, number: int, language: Language) -> dict[str, str]:
    """Return the texts of the row of a place by column; its name is in the column of files."""
    found = entry.notice
    said = found.conclusion
    texts = {
        "number": str(number),
        "location": entry.where.name,
        "file": found.place,
        "finding": found.message.of(language),
        "severity": say(f"severity.{found.severity.code}", language),
        "rule": found.rule,
        "basis": found.basis.of(language),
        "fix": found.fix.of(language),
        "first": place_first_seen(entry, language),
        "state": _place_state(entry, language),
        "conclusion": conclusion_words(said, language) if said is not None else "",
        "owner": entry.where.owner,
        "key": short_key(found.key),
    }
    return {column: printable(text) for column, text in texts.items()}


def _place_state(entry: PlaceEntry, language: Language) -> str:
    if entry.notice.dismissed and entry.present:
        return say("run.dismissed", language)
    settled = entry.change is Change.GONE
    return say("places.settled" if settled else f"diff.{entry.change.value}", language)


def place_first_seen(entry: PlaceEntry, language: Language) -> str:
    """Return since when it is known of a place."""
    return say("run.first", language, day=day(entry.notice.began), run=entry.notice.first_run)


def state(entry: Entry, language: Language) -> str:
    """Return what became of a finding; dismissed ones say so."""
    if entry.dismissed and entry.present:
        return say("run.dismissed", language)
    return say(f"diff.{entry.change.value}", language)


def first_seen(entry: Entry, language: Language) -> str:
    """Return since when a finding is known."""
    return say("run.first", language, day=day(entry.first_seen), run=entry.first_run)


def markings(found: tuple[Marking, ...], language: Language) -> str:
    """Return the markings of a file in a sentence, so that it is no marking itself."""
    if not found:
        return say("run.unmarked", language)
    told = "、".join(dict.fromkeys(f"“{_marking(each, language)}”" for each in found))
    return say("run.marked", language, markings=told)


def _marking(marking: Marking, language: Language) -> str:
    right = marking.canonical or ""
    if right.endswith(_OPEN_PERIOD):
        return say("run.no-period", language, level=right.removesuffix(_OPEN_PERIOD))
    return right or level_words(marking, language) or kind_words(marking, language)


def conclusion(entry: Entry, language: Language) -> str:
    """Return what a person has concluded; empty where nobody has."""
    said = entry.finding.conclusion or entry.expired
    if said is None:
        return ""
    return conclusion_words(said, language, expired=said.dismissed and not entry.dismissed)


def deadline(one: Deadline, language: Language) -> str:
    """Return by when a confirmed leak is to be reported, or to whom and when it was."""
    entry = one.entry
    values = {
        "rule": entry.finding.rule,
        "locator": entry.locator + entry.member,
        "due": minute(one.due),
    }
    if not one.reports:
        return printable(say("run.due", language, **values))
    addressee, at = one.reports[-1]
    return printable(say("run.reported", language, **values, to=addressee, at=minute(at)))


def tallied_rules(entries: Iterable[Entry], language: Language) -> list[tuple[str, str, str, int]]:
    """Return code, name, basis and count of what stands for each rule, by code.

    A rule that rests on one article here and on another there names all.
    """
    # The catalogue comes with all rules; a start that writes no report goes without.
    from markscan.rules import RULES

    names = {rule.code: rule.name.of(language) for rule in RULES}
    bases: dict[str, dict[str, None]] = {}
    counts: Counter[str] = Counter()
    for entry in entries:
        code = entry.finding.rule
        bases.setdefault(code, {})[entry.finding.basis.of(language)] = None
        counts[code] += entry.counts
    return [
        (code, names.get(code, code), "；".join(told), counts[code])
        for code, told in sorted(bases.items())
    ]
