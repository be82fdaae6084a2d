"""markscan register: the register of classified documents (密件台账) and what is let out of it."""

from __future__ import annotations

import sys
from typing import Any

import click

from markscan.cli import (
    register_add,
    register_due,
    register_events,
    register_public,
    register_transfer,
)
from markscan.cli.console import remark
from markscan.cli.exit_code import ExitCode
from markscan.cli.parser import new_group, sentence
from markscan.cli.register_options import (
    Asked,
    chosen,
    format_option,
    ids_argument,
    named,
    register_command,
)
from markscan.wording import REGISTER, Language


def command(asked: Language | None) -> click.Command:
    """Return the command."""
    commands = {
        "add": register_add.command(asked),
        "list": _list(asked),
        "show": _show(asked),
        "remove": _remove(asked),
        "change": register_events.change_command(asked),
        "record": register_events.record_command(asked),
        "declassify": register_events.declassify_command(asked),
        "due": register_due.command(asked),
        "verify": _verify(asked),
        "merge": _merge(asked),
        "public": register_public.command(asked),
        "key": register_transfer.key_command(asked),
        "export": register_transfer.export_command(asked),
        "import": register_transfer.import_command(asked),
    }
    return new_group("register", asked, commands)


def _list(asked: Language | None) -> click.Command:
    def list_entries(names: bool, format: str, **values: Any) -> int:
        from datetime import date

        from markscan.cli.register_report import SCHEMA, record_of, state_of, table
        from markscan.report.jsonl import line

        told, today = Asked.of(asked, values), date.today()
        with named(told) as book:
            entries = book.entries()
        if format == "jsonl":
            for entry in entries:
                plain = record_of(entry, names=names) | {"state": state_of(entry, today)}
                sys.stdout.write(line({"schema": SCHEMA, "entry": plain}))
        elif entries:
            sys.stdout.writelines(table(entries, today, told.language, names=names))
        remark(REGISTER["list.count"].fill(count=len(entries)), told.language)
        return ExitCode.CLEAN

    return register_command(
        "list", asked, list_entries, [_names("option.list-names", asked), format_option(asked)]
    )


def _show(asked: Language | None) -> click.Command:
    def show(ids: tuple[str, ...], names: bool, format: str, **values: Any) -> int:
        from datetime import date

        from markscan.cli.register_report import SCHEMA, page, record_of, state_of
        from markscan.report.jsonl import line

        told, today = Asked.of(asked, values), date.today()
        with named(told) as book:
            found = chosen(ids, book.entries())
        for number, entry in enumerate(found):
            if format == "jsonl":
                plain = record_of(entry, names=names) | {"state": state_of(entry, today)}
                sys.stdout.write(line({"schema": SCHEMA, "entry": plain}))
                continue
            sys.stdout.write("\n" if number else "")
            sys.stdout.writelines(page(entry, today, told.language, names=names))
        return ExitCode.CLEAN

    parameters = [ids_argument(), _names("option.list-names", asked), format_option(asked)]
    return register_command("show", asked, show, parameters)


def _remove(asked: Language | None) -> click.Command:
    def remove(ids: tuple[str, ...], **values: Any) -> int:
        told = Asked.of(asked, values)
        with named(told) as book:
            gone = book.remove(ids)
            parents = {entry.id for entry in gone}
            alone = [entry.id for entry in book.entries() if entry.parent in parents]
        for entry in gone:
            print(REGISTER["remove.done"].fill(id=entry.id).of(told.language))
        if alone:
            remark(REGISTER["remove.children"].fill(ids="、".join(alone)), told.language)
        return ExitCode.CLEAN

    return register_command("remove", asked, remove, [ids_argument()])


def _verify(asked: Language | None) -> click.Command:
    def verify(**values: Any) -> int:
        from markscan.register.export import is_export
        from markscan.register.opening import open_register

        told = Asked.of(asked, values)
        if told.path.is_file() and is_export(told.path):
            register = open_register(told.path, told.key)
            entries, rows = len(register.entries), len(register.index)
        else:
            with named(told) as book:
                entries, rows = book.verify()
        said = REGISTER["verify.sound"].fill(name=told.path, entries=entries, rows=f"{rows:,}")
        print(said.of(told.language))
        return ExitCode.CLEAN

    return register_command("verify", asked, verify, [])


def _merge(asked: Language | None) -> click.Command:
    def merge(**values: Any) -> int:
        told = Asked.of(asked, values)
        with named(told) as book:
            book.merge()
        print(REGISTER["merge.done"].of(told.language))
        return ExitCode.CLEAN

    return register_command("merge", asked, merge, [])


def _names(key: str, asked: Language | None) -> click.Option:
    return click.Option(["--names"], is_flag=True, help=sentence(key, asked))
