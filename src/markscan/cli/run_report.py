"""The reports that show a kept run as a whole: made from the store, written to a new file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from markscan.cli.console import remark
from markscan.cli.exit_code import Ending, ExitCode
from markscan.cli.kept import ending_of
from markscan.cli.options import Options, on_terminal
from markscan.errors import UsageError
from markscan.report.run import BINARY, DOCUMENTS, FORMATS
from markscan.wording import INTERFACE, Language
from markscan.wording.system import system_cause

if TYPE_CHECKING:
    from markscan.config import Config
    from markscan.report import Manner
    from markscan.report.run.overview import Overview
    from markscan.store.database import Connection
    from markscan.store.runs import Run


@dataclass(frozen=True, slots=True)
class Target:
    """Where a report goes: a new file, a folder for notices, or None for standard output.

    `template` is the office's own Word document, for reports that are one. `against` is the
    number of the run beside which it is shown; None: the last one that finished before.
    """

    out: Path | None = None
    template: Path | None = None
    against: int | None = None

    def refuse(self, format: str) -> None:
        """Refuse what cannot be written, before anything is read.

        Raises:
            UsageError: its one argument is a Text saying what is wrong.
        """
        whole = format in FORMATS or format in DOCUMENTS
        if self.template is not None and format not in DOCUMENTS:
            raise UsageError(INTERFACE["usage.template"])
        if self.against is not None and not whole:
            raise UsageError(INTERFACE["usage.against-lines"])
        if self.out is None:
            if format == "notice":
                raise UsageError(INTERFACE["usage.out-folder-needed"])
            if format in BINARY and on_terminal():
                raise UsageError(INTERFACE["usage.out-needed"].fill(format=format))
        elif not whole:
            raise UsageError(INTERFACE["usage.out-lines"])
        elif format == "notice":
            if os.path.lexists(self.out) and not self.out.is_dir():
                raise UsageError(INTERFACE["usage.out-no-folder"].fill(name=self.out))
        else:
            refuse_file(self.out)


def render_whole(
    connection: Connection, run: Run, config: Config, options: Options, target: Target
) -> ExitCode:
    """Write the report of `run` as a whole; return the exit code of the run.

    Raises:
        UsageError: a template cannot be filled, or there is a file of that name by now.
    """
    from markscan.store.audit import note
    from markscan.store.overview import overview
    from markscan.store.recount import fits, rows_fit

    against = _earlier(connection, run, target.against)
    made = overview(connection, run, config.today, policy=config.policy, against=against)
    if run.state == "finished" and run.ledger is not None:
        sound = fits(run.ledger, made.totals) and rows_fit(connection, run)
        made = replace(made, sound=sound)
    end = ending_of(run, made.totals, options.fail_level, made.notices)
    note(connection, "exported", {"run": run.id, "format": options.format})
    written = _written(made, end, options, options.manner(config, keys=True), target)
    if not options.quiet:
        for path in written:
            remark(INTERFACE["out.report"].fill(name=path), config.language)
        if options.format == "notice" and not written:
            remark(INTERFACE["out.no-notice"], config.language)
        remark(end.sentence, config.language)
    return end.code


def _earlier(connection: Connection, run: Run, number: int | None) -> Run | None:
    """Return the run of that number, which must be before `run`. Raises UsageError."""
    from markscan.store.runs import one_run

    if number is None:
        return None
    if number >= run.id:
        raise UsageError(INTERFACE["usage.against"].fill(run=run.id))
    return one_run(connection, number)


def write_template(format: str, out: Path, language: Language) -> None:
    """Write the template that ships to a new file, for an office to make it its own.

    Raises:
        UsageError: the format has none, or the file cannot be made.
    """
    from markscan.report.run.blank import blank

    if format not in DOCUMENTS:
        raise UsageError(INTERFACE["usage.template"])
    refuse_file(out)
    with new_file(out) as stream:
        stream.write(blank(format, language))
    remark(INTERFACE["template.written"].fill(name=out), language)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a stream to a file that is there in whole in the end, or not at all.

    Raises:
        UsageError: it cannot be written, or something of that name is there by now.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if os.path.lexists(path):
            raise UsageError(INTERFACE["usage.out-exists"].fill(name=path))
        beside.replace(path)
    except OSError as error:
        why = system_cause(error)
        raise UsageError(INTERFACE["out.failed"].fill(name=path, why=why)) from None
    finally:
        beside.unlink(missing_ok=True)


def refuse_file(path: Path) -> None:
    """Refuse a name under which no new file can be made. Raises UsageError."""
    if not path.parent.is_dir():
        raise UsageError(INTERFACE["usage.out-folder"].fill(name=path.parent))
    if os.path.lexists(path):
        raise UsageError(INTERFACE["usage.out-exists"].fill(name=path))


def _written(
    made: Overview, end: Ending, options: Options, manner: Manner, target: Target
) -> list[Path]:
    """Write the report; return the files that it is in, none for standard output."""
    if options.format == "notice":
        return list(_notices(made, end, manner, target))
    if target.out is None:
        sys.stdout.flush()
        _write(made, end, options, manner, target, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return []
    with new_file(target.out) as stream:
        _write(made, end, options, manner, target, stream)
    return [target.out]


def _write(
    made: Overview,
    end: Ending,
    options: Options,
    manner: Manner,
    target: Target,
    stream: BinaryIO,
) -> None:
    if options.format == "docx":
        from markscan.report.run.document import report

        stream.write(report(made, end.sentence, manner, _template(target)))
    else:
        module = import_module(FORMATS[options.format])
        module.write(made, end.sentence, manner, stream)


def _notices(made: Overview, end: Ending, manner: Manner, target: Target) -> Iterator[Path]:
    """Write a notice for each owner into the folder; yield each file."""
    from markscan.report.run.document import notices

    assert target.out is not None
    template = _template(target)
    try:
        target.out.mkdir(exist_ok=True)
    except OSError as error:
        why = system_cause(error)
        raise UsageError(INTERFACE["out.failed"].fill(name=target.out, why=why)) from None
    for name, data in notices(made, end.sentence, manner, template):
        path = target.out / name
        refuse_file(path)
        with new_file(path) as stream:
            stream.write(data)
        yield path


def _template(target: Target) -> bytes | None:
    if target.template is None:
        return None
    try:
        return target.template.read_bytes()
    except OSError as error:
        why = system_cause(error)
        told = INTERFACE["usage.template-unread"].fill(name=target.template, why=why)
        raise UsageError(told) from None
