"""markscan demo: scans a sample share and checks sample drafts, to show what both tell."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext, redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.console import complain, remark
from markscan.cli.exit_code import ExitCode, ending
from markscan.cli.options import Options, on_terminal, shared
from markscan.cli.parser import new_command
from markscan.errors import UsageError
from markscan.walk import printable
from markscan.wording import INTERFACE, Language
from markscan.wording.system import system_cause

if TYPE_CHECKING:
    from markscan.config import Config
    from markscan.finding import Outcome

_FAILED = frozenset({ExitCode.INTERNAL, ExitCode.INTERRUPTED})
_IN_PARTS = frozenset({"text", "jsonl"})  # formats in which a second report may follow the first


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written: the number of files in the share, and the drafts in their order."""

    share: int
    drafts: tuple[Path, ...]
    faulty: Path
    annotated: Path
    page: Path


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def demo(folder: Path, **values: Any) -> int:
        options = Options.of(asked, values)
        written = _write(folder)
        options = replace(options, config=options.config or folder / "markscan.toml")
        code = _scan(folder, written.share, options)
        if code not in _FAILED:
            code = _check(written, options)
        return code if code in _FAILED else ExitCode.CLEAN

    argument = click.Argument(
        ["folder"],
        required=False,
        default=Path("markscan-demo"),
        type=click.Path(path_type=Path),
        metavar="[FOLDER]",
    )
    return new_command("demo", asked, demo, [argument, *shared(asked)])


def _scan(folder: Path, count: int, options: Options) -> ExitCode:
    """Scan the share, as `markscan scan` does."""
    from markscan.cli.examine import examine
    from markscan.cli.settings import configured
    from markscan.walk import walk

    config = configured(options, "scan")
    _say("demo.written", config, options, count=count, name=_shown(folder))
    code = examine(walk([folder], exclude=config.exclude), config, options)
    assert options.config is not None
    again = f'markscan scan --config "{_shown(options.config)}" "{_shown(folder)}"'
    _say("demo.again", config, options, line=again)
    return code


def _check(written: _Written, options: Options) -> ExitCode:
    """Check the drafts in this process, as `markscan check` does, and write what it can give."""
    from markscan.cli.examine import examine
    from markscan.cli.listing import named
    from markscan.cli.settings import configured
    from markscan.cli.takeaway import TakeAway

    quote = options.format == "text" and on_terminal()
    config = replace(configured(options, "check", quote=quote), explain=True, sketch=True)
    where, count = _shown(written.page.parent), len(written.drafts)
    _say("demo.drafts", config, options, count=count, name=where)
    outcomes: list[Outcome] = []
    aside = nullcontext() if options.format in _IN_PARTS else redirect_stdout(StringIO())
    with aside:
        code = examine(named(written.drafts), config, options, workers=0, observe=outcomes.append)
    if code in _FAILED:
        return code
    sys.stdout.flush()
    faulty = outcomes[written.drafts.index(written.faulty)]
    take = TakeAway(annotate=written.annotated)
    code = take.close(code, [faulty], config, quiet=options.quiet)
    try:
        _write_page(written.page, outcomes, config)
    except OSError as error:
        why = system_cause(error)
        complain(INTERFACE["out.failed"].fill(name=_shown(written.page), why=why), config.language)
        return ExitCode.INTERNAL
    _say("demo.report", config, options, name=_shown(written.page))
    again = f'markscan check "{_shown(written.faulty)}"'
    _say("demo.again", config, options, line=again)
    return code


def _write_page(path: Path, outcomes: Sequence[Outcome], config: Config) -> None:
    """Write the report on the drafts as a page for a browser; it quotes nothing."""
    from markscan.finding import Severity
    from markscan.report import REPORTERS, Manner, Totals

    totals = Totals(handed=len(outcomes))
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        reporter = REPORTERS["html"](stream, Manner(config.language))
        for outcome in outcomes:
            totals.add(outcome)
            reporter.outcome(outcome)
        level = Severity[config.fail_level.upper()]
        reporter.close(totals, ending(totals, level).sentence)


def _write(folder: Path) -> _Written:
    """Write share and drafts, unless the folder holds something else."""
    from datetime import date

    from markscan.cli.sample_drafts import FAULTY, FOLDER, write_drafts
    from markscan.cli.sample_share import is_share, write_share

    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not is_share(folder):
            raise UsageError(INTERFACE["usage.demo-folder"].fill(name=_shown(folder)))
        count = write_share(folder)
        own = folder / FOLDER
        drafts = tuple(write_drafts(own, date.today()))
        written = _Written(count, drafts, own / FAULTY, own / "批注.docx", own / "报告.html")
        # Of an earlier run: `check` itself never writes over anything.
        written.annotated.unlink(missing_ok=True)
    except OSError as error:
        why = system_cause(error)
        said = INTERFACE["usage.demo-write"].fill(name=_shown(folder), why=why)
        raise UsageError(said) from error
    return written


def _shown(path: Path) -> str:
    return printable(path.as_posix())


def _say(key: str, config: Config, options: Options, **values: object) -> None:
    """Tell the user, after what stands on standard output."""
    if not options.quiet:
        sys.stdout.flush()
        remark(INTERFACE[key].fill(**values), config.language)
