"""markscan register key, export, import: what is carried to an unclassified machine."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.console import remark
from markscan.cli.exit_code import ExitCode
from markscan.cli.parser import sentence
from markscan.cli.register_options import Asked, file_option, named, register_command
from markscan.errors import RegisterError
from markscan.wording import REGISTER, Language
from markscan.wording.system import system_cause

if TYPE_CHECKING:
    from markscan.register.keys import Key
    from markscan.register.register import Register

_CHUNK = 1 << 20


def key_command(asked: Language | None) -> click.Command:
    """Return `register key`."""

    def key(scan: Path, **values: Any) -> int:
        from markscan.register.keys import read_key, write_scan_key

        told = Asked.of(asked, values)
        known = read_key(told.key)
        write_scan_key(known, scan)
        print(REGISTER["key.written"].fill(name=scan, id=known.id).of(told.language))
        return ExitCode.CLEAN

    out = file_option("--scan", "scan", "option.key-scan", asked)
    out.required = True
    return register_command("key", asked, key, [out])


def export_command(asked: Language | None) -> click.Command:
    """Return `register export`."""

    def export(out: Path, names: bool, scope: bool, words: bool, **values: Any) -> int:
        from markscan.register import opening

        told = Asked.of(asked, values)
        with named(told) as book:
            made = opening.export(book, out, names=names, scope=scope, words=words)
        said = REGISTER["export.done"].fill(
            name=out,
            entries=len(made.entries),
            rows=f"{len(made.index):,}",
            size=_size(out.stat().st_size),
        )
        print(said.of(told.language))
        remark(REGISTER["export.names" if names else "export.no-names"], told.language)
        kept = sum(entry.words and not entry.kept for entry in made.entries.values())
        if kept:
            remark(REGISTER["export.no-words"].fill(count=kept), told.language)
        return ExitCode.CLEAN

    target = file_option("--out", "out", "option.export-out", asked)
    target.required = True
    flags = [
        click.Option([f"--{name}"], is_flag=True, help=sentence(f"option.export-{name}", asked))
        for name in ("names", "scope", "words")
    ]
    return register_command("export", asked, export, [target, *flags])


def _size(bytes: int) -> str:
    """A size as people read it: `12 KB`, `3.4 MB`."""
    return f"{bytes / 1e6:.1f} MB" if bytes >= 1e6 else f"{max(bytes // 1000, 1)} KB"


def import_command(asked: Language | None) -> click.Command:
    """Return `register import`."""

    def import_export(file: Path, older: bool, **values: Any) -> int:
        from markscan.register.keys import read_key
        from markscan.register.opening import key_beside

        told = Asked.of(asked, values)
        key = read_key(told.key)
        _refuse(file, told.path)
        entries = _copied(file, told.path, key, older=older)
        said = REGISTER["import.done"].fill(name=told.path, entries=entries)
        print(said.of(told.language))
        if key.kind == "register":
            remark(REGISTER["import.office-key"].fill(name=told.key), told.language)
        if told.key != key_beside(told.path):
            beside = key_beside(told.path)
            said = REGISTER["import.key-apart"].fill(name=told.key, beside=beside)
            remark(said, told.language)
        return ExitCode.CLEAN

    source = click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE")
    flag = click.Option(["--older"], is_flag=True, help=sentence("option.import-older", asked))
    return register_command("import", asked, import_export, [source, flag])


def _refuse(file: Path, target: Path) -> None:
    """Refuse what is no export, and to write over anything but one."""
    from markscan.register.export import is_export

    if not file.is_file():
        raise RegisterError(REGISTER["register.none"].fill(name=file))
    if not is_export(file):
        raise RegisterError(REGISTER["import.no-export"].fill(name=file))
    if not os.path.lexists(target):
        return
    if not is_export(target):
        raise RegisterError(REGISTER["import.over"].fill(name=target))
    if target.samefile(file):
        raise RegisterError(REGISTER["import.itself"].fill(name=file))


def _copied(file: Path, target: Path, key: Key, *, older: bool) -> int:
    """Copy `file` to `target` if its copy can be used; return the number of its entries.

    The copy is what is verified, so that nothing can change in between; it takes its name in
    one step, so that a scan that begins meanwhile sees the old register or the new one.
    """
    beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _said(file, key)
        _copy(file, beside)
        entries, last = _said(beside, key)
        if target.exists() and not older:
            _, before = _said(target, key)
            if before > last:
                raise RegisterError(REGISTER["import.older"].fill(name=file))
        beside.replace(target)
    except OSError as error:
        why = system_cause(error)
        raise RegisterError(REGISTER["register.unwritten"].fill(name=target, why=why)) from None
    finally:
        beside.unlink(missing_ok=True)
    return entries


def _copy(file: Path, target: Path) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with file.open("rb") as source, os.fdopen(os.open(target, flags, 0o600), "wb") as copy:
        while chunk := source.read(_CHUNK):
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())


def _said(path: Path, key: Key) -> tuple[int, int]:
    """How many entries an export has, and how often its register had been changed by then.

    Raises:
        RegisterError: it cannot be used.
    """
    from markscan.register.export import read_export

    register: Register = read_export(path, key)
    return len(register.entries), register.turn
