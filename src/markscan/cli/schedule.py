"""markscan schedule: writes what runs a scan every night, for systemd, Windows or cron."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markscan.cli.console import remark
from markscan.cli.exit_code import ExitCode
from markscan.cli.options import clock_option
from markscan.cli.parser import language_option, new_command, new_group, sentence
from markscan.cli.roots import root
from markscan.cli.scan import store_option
from markscan.errors import UsageError
from markscan.pathpattern import is_windows
from markscan.wording import INTERFACE, Language
from markscan.wording.system import system_cause

if TYPE_CHECKING:
    from markscan.schedule import Plan, Written

_KINDS = ("systemd", "windows", "cron")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_ABOUT = "MarkScan nightly scan / 每晚检查"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the user asked for."""

    roots: tuple[str, ...]
    store: str | None
    config: str | None
    at: str
    until: str | None
    name: str
    user: str
    python: str
    out: Path | None


def command(asked: Language | None) -> click.Command:
    """Return the command."""
    return new_group("schedule", asked, {kind: _kind(kind, asked) for kind in _KINDS})


def _kind(kind: str, asked: Language | None) -> click.Command:
    def write(**values: object) -> int:
        from markscan.schedule import KINDS, Unsayable

        told = _Asked(**values)  # type: ignore[arg-type]
        language: Language = asked or "zh"
        plan = _plan(kind, told)
        try:
            files = KINDS[kind](plan)
        except Unsayable as error:
            said = INTERFACE["schedule.unsayable"]
            raise UsageError(said.fill(name=repr(error.args[0]), kind=kind)) from None
        if told.out is None:
            _print(files)
        else:
            _save(files, told.out, language)
        account = f" /RU {plan.user} /RP *" if plan.user else ""
        next_step = INTERFACE[f"schedule.next.{kind}"]
        remark(next_step.fill(name=plan.name, account=account), language)
        return ExitCode.CLEAN

    return new_command(f"schedule {kind}", asked, write, _parameters(kind, asked))


def _parameters(kind: str, asked: Language | None) -> Sequence[click.Parameter]:
    def text(name: str, told: str, default: str | None, metavar: str) -> click.Option:
        return click.Option(
            [f"--{name}"], default=default, metavar=metavar, help=sentence(told, asked)
        )

    python = text("python", "option.schedule-python", sys.executable, "FILE")
    python.show_default = False
    user = text("user", "option.schedule-user", "", "NAME")
    user.hidden = kind == "cron"  # whose crontab it stands in decides
    return [
        click.Argument(["roots"], nargs=-1, required=True, metavar="ROOT..."),
        store_option(asked),
        text("config", "option.schedule-config", None, "FILE"),
        clock_option("at", asked, sentence("option.at", asked), default="22:00"),
        clock_option("until", asked, sentence("option.schedule-until", asked)),
        text("name", "option.schedule-name", "markscan", "NAME"),
        user,
        python,
        click.Option(
            ["--out"],
            type=click.Path(path_type=Path),
            metavar="DIR",
            help=sentence("option.schedule-out", asked),
        ),
        language_option(asked),
    ]


def _plan(kind: str, asked: _Asked) -> Plan:
    from markscan.schedule import Plan, own_store
    from markscan.store.database import is_url

    if not _NAME.fullmatch(asked.name):
        raise UsageError(INTERFACE["schedule.bad-name"].fill(name=asked.name))
    roots = tuple(_absolute(each) for each in asked.roots)
    reads = tuple(each for each in roots if "://" not in each)
    kept_there = kind == "systemd" and asked.store is None
    store = own_store(asked.name) if kept_there else _store(asked)
    remote = is_url(store)
    return Plan(
        name=asked.name,
        about=_ABOUT,
        command=(_absolute(asked.python), *_arguments(asked, roots, store)),
        at=asked.at,
        reads=reads,
        writes=() if remote or kept_there else (_folder(store),),
        network=remote or len(reads) < len(roots),
        user=asked.user,
    )


def _arguments(asked: _Asked, roots: Sequence[str], store: str) -> Iterator[str]:
    """Yield what the interpreter is given. The store is named, so that every account finds it."""
    # -P: nothing is imported from the folder in which it happens to be started.
    yield from ("-P", "-m", "markscan", "scan", "--changed", "--no-progress", "--store", store)
    if asked.config is not None:
        yield from ("--config", _absolute(asked.config))
    if asked.until is not None:
        yield from ("--until", asked.until)
    yield from ("--", *roots)


def _store(asked: _Asked) -> str:
    from markscan.cli.nightly import place_of
    from markscan.store.database import is_url

    if asked.store is None:
        return place_of(None, [root(each) for each in asked.roots])
    return asked.store if is_url(asked.store) else _absolute(asked.store)


def _absolute(named: str) -> str:
    """Return a path as any program finds it; a URL, and a path of Windows elsewhere, unchanged."""
    if not isinstance(root(named), Path) or is_windows(named.replace("\\", "/")):
        return named
    return str(Path(named).absolute())


def _folder(store: str) -> str:
    return store[: max(store.rfind("/"), store.rfind("\\"), 1)]


def _print(files: Sequence[Written]) -> None:
    for file in files:
        if len(files) > 1:
            sys.stdout.write(f"# ---- {file.name}\n")
        sys.stdout.write(file.text)


def _save(files: Sequence[Written], folder: Path, language: Language) -> None:
    for file in files:
        path = folder / file.name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding=file.encoding, newline="") as stream:
                if file.encoding == "utf-16":
                    stream.write('<?xml version="1.0" encoding="UTF-16"?>\n')
                stream.write(file.text)
        except FileExistsError:
            raise UsageError(INTERFACE["schedule.exists"].fill(name=path)) from None
        except OSError as error:
            why = system_cause(error)
            raise UsageError(INTERFACE["schedule.not-written"].fill(name=path, why=why)) from None
        remark(INTERFACE["schedule.written"].fill(name=path), language)
