"""markscan register record, change, declassify: what became of documents of the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.exit_code import ExitCode
from markscan.cli.parser import sentence
from markscan.cli.register_options import Asked, chosen, ids_argument, named, register_command
from markscan.errors import RegisterError, UsageError
from markscan.wording import INTERFACE, REGISTER, Language

if TYPE_CHECKING:
    from markscan.register.entry import Entry

_EVENTS = ("reviewed", "returned", "transferred", "fulfilled")  # declassified: by itself


def record_command(asked: Language | None) -> click.Command:
    """Return `register record`."""

    def record(event: str, ids: tuple[str, ...], day: str, undo: bool, **values: Any) -> int:
        return _record(Asked.of(asked, values), event, ids, day, undo=undo)

    event = click.Argument(["event"], type=click.Choice(_EVENTS))
    return register_command("record", asked, record, [event, ids_argument(), *_when(asked)])


def declassify_command(asked: Language | None) -> click.Command:
    """Return `register declassify`."""

    def declassify(ids: tuple[str, ...], day: str, undo: bool, **values: Any) -> int:
        return _record(Asked.of(asked, values), "declassified", ids, day, undo=undo)

    return register_command("declassify", asked, declassify, [ids_argument(), *_when(asked)])


def change_command(asked: Language | None) -> click.Command:
    """Return `register change`."""

    def change(
        ids: tuple[str, ...],
        level: str,
        period: str,
        return_by: str,
        day: str,
        undo: bool,
        **values: Any,
    ) -> int:
        from markscan.intake import day_from

        told = Asked.of(asked, values)
        if undo:
            if level or period or return_by or day:
                raise UsageError(INTERFACE["usage.change-undo"])
            return _taken_back(told, ids)
        if not (level or period or return_by):
            raise UsageError(INTERFACE["usage.change-nothing"])
        decided = day_from(day) if day else date.today()
        back = day_from(return_by) if return_by else None
        new = _decision(level, period, decided) if level or period else None

        def changed(entry: Entry) -> Entry:
            returned = replace(entry, return_by=back or entry.return_by)
            return new(returned) if new is not None else returned

        for entry in _put(told, ids, changed):
            if new is not None:
                _tell(entry, "change.done", told.language)
            if back is not None:
                print(REGISTER["change.return"].fill(id=entry.id, day=back).of(told.language))
        return ExitCode.CLEAN

    options = [_text(name, asked) for name in ("level", "period", "return-by")]
    day = _text("date", asked, key="option.change-date", value="day")
    undo = click.Option(["--undo"], is_flag=True, help=sentence("option.change-undo", asked))
    return register_command("change", asked, change, [ids_argument(), *options, day, undo])


def _decision(level: str, period: str, day: date) -> Callable[[Entry], Entry]:
    """Return what changes an entry as the office writes it: level, period, or both."""
    from markscan.intake import period_from
    from markscan.intake.events import changed
    from markscan.intake.written import level_from
    from markscan.lexicon import read_levels

    code = level_from(level, read_levels()) if level else ""
    if level and not code:
        raise RegisterError(REGISTER["add.level"].fill(written=level[:40]))

    def decided(entry: Entry) -> Entry:
        new = period_from(code or entry.level, period) if period else None
        return changed(entry, code, new, day, date.today())

    return decided


def _taken_back(told: Asked, ids: Sequence[str]) -> int:
    from markscan.intake.events import unchanged

    for entry in _put(told, ids, unchanged):
        _tell(entry, "change.undone", told.language)
    return ExitCode.CLEAN


def _tell(entry: Entry, key: str, language: Language) -> None:
    """Say what level, period and end an entry has now, and what of them is doubtful."""
    from markscan.cli.register_report import end_of, mark_of
    from markscan.intake.concerns import concerns

    said = REGISTER[key].fill(id=entry.id, mark=mark_of(entry), until=end_of(entry))
    print(said.of(language))
    for doubt in concerns(entry, date.today()):
        print("    " + REGISTER["add.warning"].fill(text=doubt).of(language))


def _record(told: Asked, event: str, ids: Sequence[str], day: str, *, undo: bool) -> int:
    from markscan.intake import day_from
    from markscan.intake.events import recorded

    today = date.today()
    when = None if undo else day_from(day) if day else today
    for entry in _put(told, ids, lambda entry: recorded(entry, event, when, today)):
        ahead = "-ahead" if when is not None and when > today else ""
        said = "event.undone" if undo else f"event.{event}{ahead}"
        print(REGISTER[said].fill(id=entry.id, day=when).of(told.language))
    return ExitCode.CLEAN


def _put(told: Asked, ids: Sequence[str], new: Callable[[Entry], Entry]) -> list[Entry]:
    """Put what `new` makes of each entry in its place: of all of them, or of none."""
    with named(told) as book:
        entries = [new(entry) for entry in chosen(ids, book.entries())]
        book.change(entries)
    return entries


def _when(asked: Language | None) -> list[click.Parameter]:
    undo = click.Option(["--undo"], is_flag=True, help=sentence("option.event-undo", asked))
    return [_text("date", asked, key="option.event-date", value="day"), undo]


def _text(name: str, asked: Language | None, *, key: str = "", value: str = "") -> click.Option:
    told = sentence(key or f"option.add-{name}", asked)
    names = [f"--{name}", value] if value else [f"--{name}"]
    return click.Option(names, default="", help=told)
