"""markscan demo: makes a sample share in a folder and scans it, to show what a scan shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from markscan.cli.console import remark
from markscan.cli.exit_code import ExitCode
from markscan.cli.options import Options, shared
from markscan.cli.parser import new_command
from markscan.errors import UsageError
from markscan.walk import printable
from markscan.wording import INTERFACE, Language


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def demo(folder: Path, **values: Any) -> int:
        from markscan.cli.examine import examine
        from markscan.cli.settings import configured
        from markscan.walk import walk

        options = Options.of(asked, values)
        written = _write(folder)
        config_file = options.config or folder / "markscan.toml"
        config = configured(replace(options, config=config_file), "scan")
        name = printable(folder.as_posix())
        if not options.quiet:
            said = INTERFACE["demo.written"].fill(count=written, name=name)
            remark(said, config.language)
        code = examine(walk([folder], exclude=config.exclude), config, options)
        if not options.quiet:
            again = f'markscan scan --config "{printable(config_file.as_posix())}" "{name}"'
            remark(INTERFACE["demo.again"].fill(line=again), config.language)
        return code if code in (ExitCode.INTERNAL, ExitCode.INTERRUPTED) else ExitCode.CLEAN

    argument = click.Argument(
        ["folder"],
        required=False,
        default=Path("markscan-demo"),
        type=click.Path(path_type=Path),
        metavar="[FOLDER]",
    )
    return new_command("demo", asked, demo, [argument, *shared(asked)])


def _write(folder: Path) -> int:
    """Write the share, unless the folder holds something else."""
    from markscan.cli.sample_share import is_share, write_share

    name = printable(folder.as_posix())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not is_share(folder):
            raise UsageError(INTERFACE["usage.demo-folder"].fill(name=name))
        return write_share(folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(INTERFACE["usage.demo-write"].fill(name=name, why=reason)) from error
