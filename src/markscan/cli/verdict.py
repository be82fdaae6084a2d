"""markscan verdict: what people decide about findings that a store keeps."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from markscan.cli.exit_code import ExitCode
from markscan.cli.kept import line_options, opened, where_options
from markscan.cli.parser import language_option, new_command, new_group, sentence
from markscan.errors import UsageError
from markscan.wording import INTERFACE, Language, Text

if TYPE_CHECKING:
    from markscan.store.database import Connection
    from markscan.store.verdicts import Standings, Subject, Verdict

_Where = tuple[str | None, tuple[Path, ...]]
_Work = Callable[["Connection", "Subject"], Iterable[Text]]


def command(asked: Language | None) -> click.Command:
    """Return the command."""
    commands = {
        "confirm": _deciding("confirmed", asked),
        "dismiss": _deciding("dismissed", asked),
        "withdraw": _withdraw(asked),
        "reported": _reported(asked),
        "list": _list(asked),
        "unused": _unused(asked),
    }
    return new_group("verdict", asked, commands)


def _deciding(kind: Literal["confirmed", "dismissed"], asked: Language | None) -> click.Command:
    def decide(store: str | None, roots: tuple[Path, ...], key: str, **values: Any) -> int:
        from markscan.finding import Conclusion
        from markscan.store import verdicts
        from markscan.store.paths import as_text

        until = _day(values["until"])
        said = values.get("found")
        found = _moment(said) if said is not None else None

        def work(connection: Connection, subject: Subject) -> Iterator[Text]:
            if values["here"] and subject.rule == "MS331":
                raise UsageError(INTERFACE["places.no-here"])
            under = as_text(subject.folder) if values["here"] else ""
            person = values["by"] or _account()
            told = Conclusion(kind, values["reason"], person, _now(), until, under)
            made = verdicts.decide(connection, subject, told, found)
            yield from _made(connection, subject, made)

        return _done((store, roots), key, work, asked)

    name = "confirm" if kind == "confirmed" else "dismiss"
    more = [
        click.Option(["--until"], metavar="DAY", help=sentence("option.verdict-until", asked)),
        click.Option(["--here"], is_flag=True, help=sentence("option.verdict-here", asked)),
    ]
    if kind == "confirmed":
        when = sentence("option.verdict-found", asked)
        more.append(click.Option(["--found"], metavar="TIME", help=when))
    return new_command(f"verdict {name}", asked, decide, [*_writing(asked, reason=True), *more])


def _withdraw(asked: Language | None) -> click.Command:
    def withdraw(
        store: str | None, roots: tuple[Path, ...], key: str, reason: str, by: str | None
    ) -> int:
        from markscan.store import verdicts

        def work(connection: Connection, subject: Subject) -> Iterator[Text]:
            now = _now()
            made = verdicts.withdraw(connection, subject, reason, by or _account(), now)
            yield _sentence("verdict.made", subject, made, INTERFACE["verdict.withdrawn"])
            left = verdicts.standing(connection, now.date())
            rest = left.verdict(subject.content, subject.path)
            if rest is not None:
                yield INTERFACE["verdict.stands"].fill(state=INTERFACE[f"verdict.{rest.kind}"])

        return _done((store, roots), key, work, asked)

    return new_command("verdict withdraw", asked, withdraw, _writing(asked, reason=True))


def _reported(asked: Language | None) -> click.Command:
    def reported(store: str | None, roots: tuple[Path, ...], key: str, **values: Any) -> int:
        from markscan.store import verdicts
        from markscan.store.clock import clocks

        at, now = _moment(values["at"]), _now()

        def work(connection: Connection, subject: Subject) -> Iterator[Text]:
            found = clocks(verdicts.history(connection))
            clock = next((c for c in found if c.verdict.content == subject.content), None)
            if clock is None:
                raise UsageError(INTERFACE["verdict.no-clock"])
            # What is said to the minute may lie before the seconds of the confirmation.
            if at > now or at < clock.verdict.began.replace(second=0, microsecond=0):
                began = _local(clock.verdict.began)
                raise UsageError(INTERFACE["verdict.early"].fill(began=began))
            person = values["by"] or _account()
            made = verdicts.report(connection, subject, values["to"], person, at)
            told = {"to": made.reason, "at": _local(at), "rule": subject.rule}
            locator = _locator(subject.path)
            yield INTERFACE["verdict.reported-made"].fill(locator=locator, **told)
            if at > clock.due:
                yield INTERFACE["verdict.late"].fill(due=_local(clock.due))

        return _done((store, roots), key, work, asked)

    more = [
        click.Option(
            ["--to"], required=True, metavar="WHOM", help=sentence("option.verdict-to", asked)
        ),
        click.Option(["--at"], metavar="TIME", help=sentence("option.verdict-at", asked)),
    ]
    return new_command("verdict reported", asked, reported, [*_writing(asked), *more])


def _list(asked: Language | None) -> click.Command:
    def list_(store: str | None, roots: tuple[Path, ...], every: bool, format: str) -> int:
        from markscan.store.verdicts import Standings, history

        with closing(opened(store, roots)) as connection:
            rows = history(connection)
            standings = Standings(rows, _now().date())
            shown = rows if every else standings.all()
            return _shown(connection, shown, standings, asked or "zh", format)

    told = sentence("option.verdict-all", asked)
    every = click.Option(["--all", "every"], is_flag=True, help=told)
    return new_command("verdict list", asked, list_, [*line_options(asked), every])


def _unused(asked: Language | None) -> click.Command:
    def unused(store: str | None, roots: tuple[Path, ...], format: str) -> int:
        from markscan.store.verdicts import standing
        from markscan.store.verdicts import unused as dead

        day = _now().date()
        with closing(opened(store, roots)) as connection:
            standings = standing(connection, day)
            return _shown(connection, dead(connection, day), standings, asked or "zh", format)

    return new_command("verdict unused", asked, unused, line_options(asked))


def _writing(asked: Language | None, *, reason: bool = False) -> list[click.Parameter]:
    """Return the parameters of commands that add to the history."""
    needed = click.Option(
        ["--reason"], required=True, metavar="TEXT", help=sentence("option.verdict-reason", asked)
    )
    return [
        click.Argument(["key"], metavar="KEY"),
        *where_options(asked),
        *([needed] if reason else []),
        click.Option(["--by"], metavar="NAME", help=sentence("option.verdict-by", asked)),
        language_option(asked),
    ]


def _done(where: _Where, key: str, work: _Work, asked: Language | None) -> int:
    """Do `work` on the finding called `key`, and say what came of it."""
    from markscan.store.verdicts import subject_of

    with closing(opened(*where)) as connection, _writes(connection):
        for told in work(connection, subject_of(connection, key)):
            print(told.of(asked or "zh"))
    return ExitCode.CLEAN


@contextmanager
def _writes(connection: Connection) -> Iterator[None]:
    """Say it where the database cannot be written: a scan at work may hold it for long."""
    from markscan.errors import StoreError
    from markscan.store.database import StoreFault, told

    try:
        yield
    except StoreFault as error:
        connection.rollback()
        raise StoreError(INTERFACE["verdict.busy"].fill(why=told(error))) from None


def _made(connection: Connection, subject: Subject, made: Verdict) -> Iterator[Text]:
    """Yield what a decision means: what it is about, for how many places, and what is due."""
    from markscan.store.clock import running
    from markscan.store.verdicts import history, present

    yield _sentence("verdict.made", subject, made, INTERFACE[f"verdict.{made.kind}"])
    places = present(connection, {made.content}).get(made.content, [])
    held = [path for path, _ in places if made.covers(path)]
    if len(held) > 1:
        yield INTERFACE["verdict.copies"].fill(count=len(held))
    for clock in running(history(connection)):
        if made.kind == "confirmed" and clock.verdict.content == made.content:
            began, due = _local(clock.verdict.began), _local(clock.due)
            yield INTERFACE["clock.begun"].fill(began=began, due=due)
            yield INTERFACE["clock.keep"].fill(key=_short(made.key))


def _shown(
    connection: Connection,
    verdicts: list[Verdict],
    standings: Standings,
    language: Language,
    format: str,
) -> int:
    from markscan.cli.console import remark
    from markscan.report.jsonl import line
    from markscan.store.verdicts import present

    places = present(connection, {each.content for each in verdicts})
    for each in verdicts:
        held = [place for place in places.get(each.content, []) if each.covers(place[0])]
        if format == "jsonl":
            sys.stdout.write(line(_record(each, held, standings.day)))
            continue
        told = {"key": _short(each.key), "rule": each.rule, "person": each.person}
        text = INTERFACE["verdict.line"].fill(
            state=INTERFACE[f"verdict.{_state(each, standings.day)}"],
            day=_local(each.at),
            limit=_limit(each),
            reason=each.reason,
            **told,
        )
        sys.stdout.write(_printable(text.of(language)) + "\n")
        for said in _places(held):
            sys.stdout.write(said.of(language) + "\n")
    remark(INTERFACE["verdict.count"].fill(count=len(verdicts)), language)
    return ExitCode.CLEAN


def _places(held: list[tuple[bytes, str]]) -> Iterator[Text]:
    for path, key in held:
        yield INTERFACE["verdict.place"].fill(key=_short(key), locator=_locator(path))
    if not held:
        yield INTERFACE["verdict.no-place"]


def _record(each: Verdict, held: list[tuple[bytes, str]], day: date) -> dict[str, object]:
    from markscan.finding import Severity
    from markscan.store.paths import as_text

    return {
        "schema": "markscan.verdict/1",
        "id": each.id,
        "kind": each.kind,
        "state": _state(each, day),
        "key": each.key,
        "content_key": each.content,
        "code": each.rule,
        "severity": Severity(each.severity).code,
        "reason": each.reason,
        "person": each.person,
        "at": each.at.isoformat(),
        "found": each.found.isoformat() if each.found is not None else None,
        "until": each.until.isoformat() if each.until is not None else None,
        "under": _printable(as_text(each.under)) if each.under is not None else None,
        "places": [{"locator": _locator(path), "key": key} for path, key in held],
    }


def _state(each: Verdict, day: date) -> str:
    ended = each.kind == "dismissed" and not each.in_force(day)
    return "expired" if ended else each.kind


def _sentence(key: str, subject: Subject, made: Verdict, state: Text) -> Text:
    locator = _locator(subject.path)
    return INTERFACE[key].fill(
        state=state, rule=subject.rule, locator=locator, person=made.person, limit=_limit(made)
    )


def _limit(each: Verdict) -> Text:
    """Return when what it is about was found, until when and where it holds: a sentence's end."""
    from markscan.report.places import limit_words
    from markscan.store.paths import as_text

    limit = limit_words(each.until, as_text(each.under) if each.under is not None else "")
    if each.found is None:
        return limit
    found = INTERFACE["verdict.limit-found"].fill(found=_local(each.found))
    return Text(found.zh + limit.zh, found.en + limit.en)


def _short(key: str) -> str:
    from markscan.report.places import short_key

    return short_key(key)


def _locator(path: bytes) -> str:
    """Return the name of a file or place; that of a folder without the slash at its end."""
    from markscan.store.paths import as_text

    name = as_text(path)
    return _printable(name.rstrip("/") or name)


def _printable(text: str) -> str:
    from markscan.walk import printable

    return printable(text)


def _account() -> str:
    from markscan.store.audit import account

    return account()


def _now() -> datetime:
    return datetime.now().astimezone()


def _local(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise UsageError(INTERFACE["usage.day"].fill(text=text)) from None


def _moment(text: str | None) -> datetime:
    """Return the time that `text` says, of this zone unless it names one; now if it says none."""
    if text is None:
        return _now()
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise UsageError(INTERFACE["usage.time"].fill(text=text)) from None
