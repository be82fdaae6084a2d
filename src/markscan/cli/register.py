"""markscan register: the register of classified documents (密件台账) and what is let out of it."""

from __future__ import annotations

import sys
from typing import Any

import click

from markscan.cli import register_add, register_public, register_transfer
from markscan.cli.console import remark
from markscan.cli.exit_code import ExitCode
from markscan.cli.parser import new_group, sentence
from markscan.cli.register_options import Asked, format_option, named, register_command
from markscan.errors import RegisterError
from markscan.wording import REGISTER, Language


def command(asked: Language | None) -> click.Command:
    """Return the command."""
    commands = {
        "add": register_add.command(asked),
        "list": _list(asked),
        "show": _show(asked),
        "remove": _remove(asked),
        "declassify": _declassify(asked),
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
            by_id = {entry.id: entry for entry in book.entries()}
        for number, each in enumerate(_known(ids, by_id)):
            entry = by_id[each]
            if format == "jsonl":
                plain = record_of(entry, names=names) | {"state": state_of(entry, today)}
                sys.stdout.write(line({"schema": SCHEMA, "entry": plain}))
                continue
            sys.stdout.write("\n" if number else "")
            sys.stdout.writelines(page(entry, today, told.language, names=names))
        return ExitCode.CLEAN

    parameters = [_ids(), _names("option.list-names", asked), format_option(asked)]
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

    return register_command("remove", asked, remove, [_ids()])


def _declassify(asked: Language | None) -> click.Command:
    def declassify(ids: tuple[str, ...], day: str, undo: bool, **values: Any) -> int:
        from dataclasses import replace
        from datetime import date

        from markscan.intake import day_from

        told = Asked.of(asked, values)
        released = None if undo else day_from(day) if day else date.today()
        with named(told) as book:
            by_id = {entry.id: entry for entry in book.entries()}
            chosen = [by_id[each] for each in _known(ids, by_id)]
            for entry in chosen:
                if released is not None and entry.issued is not None and released < entry.issued:
                    raise RegisterError(REGISTER["declassify.early"].fill(id=entry.id))
            for entry in chosen:
                book.change(replace(entry, declassified=released))
        said = "declassify.undone" if undo else "declassify.done"
        for entry in chosen:
            print(REGISTER[said].fill(id=entry.id, day=released).of(told.language))
        return ExitCode.CLEAN

    date_option = click.Option(
        ["--date", "day"],
        default="",
        metavar="DATE",
        help=sentence("option.declassify-date", asked),
    )
    undo_option = click.Option(
        ["--undo"], is_flag=True, help=sentence("option.declassify-undo", asked)
    )
    return register_command("declassify", asked, declassify, [_ids(), date_option, undo_option])


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


def _known(ids: tuple[str, ...], by_id: dict[str, Any]) -> list[str]:
    """The ids, each once; refuse one that is not in the register before anything is done."""
    for each in ids:
        if each not in by_id:
            raise RegisterError(REGISTER["register.no-entry"].fill(id=each))
    return list(dict.fromkeys(ids))


def _ids() -> click.Argument:
    return click.Argument(["ids"], nargs=-1, required=True, metavar="ID...")


def _names(key: str, asked: Language | None) -> click.Option:
    return click.Option(["--names"], is_flag=True, help=sentence(key, asked))
