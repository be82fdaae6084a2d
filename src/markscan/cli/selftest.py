"""markscan selftest: plants, lists and removes the samples that every scan must find."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.exit_code import ExitCode
from markscan.cli.kept import line_options, where_options
from markscan.cli.options import Options
from markscan.cli.parser import language_option, new_command, new_group, sentence
from markscan.errors import UsageError
from markscan.wording import INTERFACE, Language
from markscan.wording.system import system_cause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markscan.remote.address import Address
    from markscan.selftest import Sample

_FORMATS = ("docx", "txt")


def command(asked: Language | None) -> click.Command:
    """Return the command."""
    commands = {"plant": _plant(asked), "list": _list(asked), "remove": _remove(asked)}
    return new_group("selftest", asked, commands)


def _plant(asked: Language | None) -> click.Command:
    def plant(folders: tuple[Path, ...], formats: tuple[str, ...], **values: Any) -> int:
        from markscan.cli.selftest_outcome import told
        from markscan.cli.settings import configured
        from markscan.selftest import read_samples
        from markscan.selftest.planting import plant as write

        file = _file(values.pop("store"), values.pop("roots"))
        config = configured(Options.of(asked, values), "scan", roots=folders)
        samples = list(read_samples(file))
        for folder in folders:
            for format in formats or _FORMATS:
                planted = write(folder, format, config, date.today())
                samples.append(planted)
                _note(file, samples)
                print(told("selftest.planted", planted, asked or "zh"))
        return ExitCode.CLEAN

    path = click.Path(path_type=Path)
    parameters: list[click.Parameter] = [
        click.Argument(["folders"], nargs=-1, required=True, type=path, metavar="FOLDER..."),
        click.Option(
            ["--format", "formats"],
            type=click.Choice(_FORMATS),
            multiple=True,
            help=sentence("option.sample-format", asked),
        ),
        *where_options(asked),
        click.Option(
            ["--config"], type=path, metavar="FILE", help=sentence("option.config", asked)
        ),
        language_option(asked),
    ]
    return new_command("selftest plant", asked, plant, parameters)


def _list(asked: Language | None) -> click.Command:
    def show(store: str | None, roots: tuple[Path | Address, ...], format: str) -> int:
        from dataclasses import asdict

        from markscan.cli.console import remark
        from markscan.cli.selftest_outcome import told
        from markscan.report.jsonl import line
        from markscan.selftest import read_samples

        samples = read_samples(_file(store, roots))
        for sample in samples:
            if format == "jsonl":
                record = {"schema": "markscan.sample/1", **asdict(sample), "state": sample.state}
                sys.stdout.write(line(record))
            else:
                print(told("selftest.line", sample, asked or "zh"))
        if not samples:
            remark(INTERFACE["selftest.none"], asked or "zh")
        whole = all(sample.state == "intact" for sample in samples)
        return ExitCode.CLEAN if whole else ExitCode.FINDINGS

    return new_command("selftest list", asked, show, line_options(asked))


def _remove(asked: Language | None) -> click.Command:
    def remove(
        names: tuple[str, ...], every: bool, store: str | None, roots: tuple[Path | Address, ...]
    ) -> int:
        from markscan.cli.selftest_outcome import told
        from markscan.selftest import read_samples
        from markscan.selftest.planting import remove as delete

        file = _file(store, roots)
        samples = list(read_samples(file))
        chosen = list(samples) if every else _named(names, samples)
        for sample in chosen:
            state = told("selftest.forgotten", sample, asked or "zh")
            gone = delete(sample)
            samples.remove(sample)
            _note(file, samples)
            print(told("selftest.removed", sample, asked or "zh") if gone else state)
        return ExitCode.CLEAN

    every = click.Option(
        ["--all", "every"], is_flag=True, help=sentence("option.sample-all", asked)
    )
    parameters: list[click.Parameter] = [
        click.Argument(["names"], nargs=-1, metavar="[ID|FILE]..."),
        every,
        *where_options(asked),
        language_option(asked),
    ]
    return new_command("selftest remove", asked, remove, parameters)


def _file(store: str | None, roots: tuple[Path | Address, ...]) -> Path:
    """Return the list of samples of the store that was named."""
    from markscan.cli.nightly import place_of
    from markscan.cli.selftest_outcome import list_of

    if store is None and not roots:
        raise UsageError(INTERFACE["usage.store"])
    return list_of(place_of(store, roots))


def _note(file: Path, samples: Sequence[Sample]) -> None:
    from markscan.selftest import write_samples

    try:
        write_samples(file, samples)
    except OSError as error:
        why = system_cause(error)
        raise UsageError(INTERFACE["selftest.not-written"].fill(name=file, why=why)) from None


def _named(names: Sequence[str], samples: Sequence[Sample]) -> list[Sample]:
    if not names:
        raise UsageError(INTERFACE["selftest.which"])
    chosen: dict[str, Sample] = {}
    for name in names:
        path = Path(name).absolute().as_posix()
        found = [sample for sample in samples if name == sample.id or path == sample.path]
        if not found:
            raise UsageError(INTERFACE["selftest.unknown"].fill(name=name))
        chosen |= {sample.id: sample for sample in found}
    return list(chosen.values())
