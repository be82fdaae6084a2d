"""markscan lexicon: looks over term lists, seals them, compiles them beforehand."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from markscan.cli.console import remark
from markscan.cli.exit_code import ExitCode
from markscan.cli.parser import language_option, new_command, new_group, sentence
from markscan.errors import UsageError
from markscan.wording import INTERFACE, Language
from markscan.wording.system import system_cause

_PATH = click.Path(path_type=Path)
_FORMATS = ("text", "jsonl")


def command(asked: Language | None) -> click.Command:
    """Return the command."""
    commands = {
        "check": _check(asked),
        "seal": _seal(asked),
        "unseal": _unseal(asked),
        "compile": _compile(asked),
    }
    return new_group("lexicon", asked, commands)


def _check(asked: Language | None) -> click.Command:
    def check(files: tuple[Path, ...], key_file: Path | None, **values: Any) -> int:
        from markscan.cli.lexicon_report import FolderTexts, LexiconReport
        from markscan.lexicon_review import review
        from markscan.termlist import read_entries

        lists = read_entries(files, _passphrase(key_file))
        texts = FolderTexts(values["text"]) if values["text"] is not None else None
        seen = review(lists, texts, values["common"])
        report = LexiconReport(lists, seen, asked or "zh", quote=values["quote"])
        rows = report.records() if values["format"] == "jsonl" else report.rows()
        for row in rows:
            sys.stdout.write(row)
        if texts is not None and texts.unread:
            remark(INTERFACE["lexicon.unread"].fill(count=texts.unread), asked or "zh")
        return ExitCode.FINDINGS if any(note.warns for note in seen.notes) else ExitCode.CLEAN

    parameters = [
        _files(required=True),
        click.Option(
            ["--text"], type=_PATH, metavar="FOLDER", help=sentence("option.terms-text", asked)
        ),
        click.Option(
            ["--common"],
            type=click.FloatRange(min=0, min_open=True),
            default=20.0,
            metavar="N",
            help=sentence("option.terms-common", asked),
        ),
        click.Option(["--quote"], is_flag=True, help=sentence("option.terms-quote", asked)),
        click.Option(
            ["--format"],
            type=click.Choice(_FORMATS),
            default=_FORMATS[0],
            help=sentence("option.terms-format", asked),
        ),
    ]
    return _command("check", asked, check, parameters)


def _seal(asked: Language | None) -> click.Command:
    def seal(file: Path, out: Path, key_file: Path | None) -> int:
        from markscan.termlist.files import content_of
        from markscan.termlist.sealing import is_sealed
        from markscan.termlist.sealing import seal as sealed

        passphrase = _passphrase(key_file, needed=True)
        content = content_of(file)
        if is_sealed(content):
            raise UsageError(INTERFACE["lexicon.already"].fill(name=file))
        count = _sealable(file)
        _write(out, sealed(file.name, content, passphrase))
        values = {"name": out, "count": count, "source": file}
        remark(INTERFACE["lexicon.sealed"].fill(**values), asked or "zh")
        _forget(asked or "zh")
        return ExitCode.CLEAN

    return _command("seal", asked, seal, [click.Argument(["file"], type=_PATH), _out(asked)])


def _sealable(file: Path) -> int:
    """Return how many terms `file` holds; refuse a list that cannot be used or tells itself."""
    from markscan.lexicon_review import named_alike, usable
    from markscan.termlist import read_entries, read_terms

    read_terms([file], keep=False)
    lists = read_entries([file])
    terms = usable(lists)
    if told := named_alike(lists, terms):
        why = INTERFACE["lexicon.named"]
        raise lists[0].wrong(told[0], why.zh, why.en)
    return len(terms)


def _forget(language: Language) -> None:
    """Empty the cache, which may hold in the clear what was sealed, and say so."""
    from markscan import cache

    gone, left = cache.forget()
    values = {"folder": cache.folder(), "count": gone, "left": left}
    key = "lexicon.forgotten-not-all" if left else "lexicon.forgotten"
    remark(INTERFACE[key].fill(**values), language)


def _unseal(asked: Language | None) -> click.Command:
    def unseal(file: Path, out: Path, key_file: Path | None) -> int:
        from markscan.termlist.files import content_of
        from markscan.termlist.sealing import is_sealed
        from markscan.termlist.sealing import unseal as opened

        content = content_of(file)
        if not is_sealed(content):
            raise UsageError(INTERFACE["lexicon.not-sealed"].fill(name=file))
        _write(out, opened(file, content, _passphrase(key_file, needed=True)).source.content)
        remark(INTERFACE["lexicon.unsealed"].fill(name=out), asked or "zh")
        return ExitCode.CLEAN

    return _command("unseal", asked, unseal, [click.Argument(["file"], type=_PATH), _out(asked)])


def _compile(asked: Language | None) -> click.Command:
    def compile_lists(files: tuple[Path, ...], key_file: Path | None, config: Path | None) -> int:
        from markscan import cache
        from markscan.assess import Assessor
        from markscan.config import Config, find_config, read_config
        from markscan.match.terms import kind_for
        from markscan.termlist import read_terms

        path = config or find_config(Path.cwd())
        told = read_config(path) if path is not None else Config()
        if files:
            told = replace(told, lexicons=files)
        if not told.lexicons:
            raise UsageError(INTERFACE["lexicon.no-files"])
        key = _passphrase(key_file) or told.terms_key
        told = replace(told, terms_key=key, task="scan")
        before, began = _size(cache.folder()), time.perf_counter()
        Assessor(told)  # compiles all that a worker needs
        seconds = time.perf_counter() - began
        terms = read_terms(told.lexicons, told.terms_key)
        added = max(_size(cache.folder()) - before, 0)
        values = {
            "count": len(terms),
            "engine": kind_for(terms.pool).name,
            "seconds": f"{seconds:.1f}",
            "megabytes": f"{added / 1e6:.1f}",
        }
        print(INTERFACE["lexicon.compiled"].fill(**values).of(asked or "zh"))
        return ExitCode.CLEAN

    config = click.Option(
        ["--config"], type=_PATH, metavar="FILE", help=sentence("option.config", asked)
    )
    return _command("compile", asked, compile_lists, [_files(required=False), config])


def _command(
    name: str, asked: Language | None, callback: object, parameters: list[click.Parameter]
) -> click.Command:
    key = click.Option(
        ["--key-file"],
        type=_PATH,
        metavar="FILE",
        help=sentence("option.terms-key-file", asked),
    )
    return new_command(
        f"lexicon {name}", asked, callback, [*parameters, key, language_option(asked)]
    )


def _files(*, required: bool) -> click.Argument:
    metavar = "FILE..." if required else "[FILE...]"
    return click.Argument(["files"], nargs=-1, required=required, type=_PATH, metavar=metavar)


def _out(asked: Language | None) -> click.Option:
    return click.Option(
        ["--out"],
        type=_PATH,
        required=True,
        metavar="FILE",
        help=sentence("option.terms-out", asked),
    )


def _passphrase(path: Path | None, *, needed: bool = False) -> str:
    """Return the passphrase in the file named on the command line or in the environment."""
    from markscan.termlist.sealing import named_passphrase, read_passphrase

    passphrase = read_passphrase(path) if path is not None else named_passphrase()
    if needed and not passphrase:
        raise UsageError(INTERFACE["lexicon.no-key"])
    return passphrase


def _write(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read, where the system knows such a thing."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(content)
    except FileExistsError:
        raise UsageError(INTERFACE["usage.out-exists"].fill(name=path)) from None
    except OSError as error:
        why = system_cause(error)
        raise UsageError(INTERFACE["out.failed"].fill(name=path, why=why)) from error


def _size(folder: Path) -> int:
    """Return the bytes of the files in `folder`."""
    if not folder.is_dir():
        return 0
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
