"""The command line. One command a file, listed here; a face without logic."""

from __future__ import annotations

import gc
import sys
import traceback
from collections.abc import Sequence
from types import TracebackType

import click

from markscan.cli.console import complain, prepare
from markscan.cli.exit_code import ExitCode
from markscan.cli.parser import Commands, language_of, misuse
from markscan.errors import UsageError
from markscan.wording import INTERFACE, Language

# Each command and its module, whose function `command(asked)` makes it. A module is
# imported when its command is called.
COMMANDS = {
    "check": "markscan.cli.check",
    "scan": "markscan.cli.scan",
    "review": "markscan.cli.review",
    "report": "markscan.cli.report",
    "diff": "markscan.cli.diff",
    "runs": "markscan.cli.runs",
    "status": "markscan.cli.status",
    "verdict": "markscan.cli.verdict",
    "schedule": "markscan.cli.schedule",
    "selftest": "markscan.cli.selftest",
    "rules": "markscan.cli.rules",
    "marking": "markscan.cli.marking",
    "lexicon": "markscan.cli.lexicon",
    "model": "markscan.cli.model",
    "train": "markscan.cli.train",
    "register": "markscan.cli.register",
    "hunt": "markscan.cli.hunt",
    "demo": "markscan.cli.demo",
    "doctor": "markscan.cli.doctor",
}

# Modules and tables stay for good; looking for cycles among them at the default of 700 new
# objects takes a tenth of a short run.
_COLLECT_AFTER = (100_000, 20, 100)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code. `arguments` are those of the process."""
    gc.set_threshold(*_COLLECT_AFTER)
    prepare()
    asked = language_of(sys.argv[1:] if arguments is None else arguments)
    net = _Net(asked or "zh")
    with net:
        net.code = _called(arguments, asked)
    return net.code


def _called(arguments: Sequence[str] | None, asked: Language | None) -> int:
    language = asked or "zh"
    try:
        code = Commands(COMMANDS, asked).main(
            arguments, prog_name="markscan", standalone_mode=False
        )
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        return ExitCode.USAGE
    except click.ClickException as error:
        complain(misuse(error), language)
        return ExitCode.USAGE
    except UsageError as error:
        complain(error.args[0], language)
        return ExitCode.USAGE
    except click.Abort:
        return ExitCode.INTERRUPTED
    return int(code or 0)


class _Net:
    """Catches a fault of our own, so that it ends with its own exit code.

    Says what kind of fault and where, never its message: that may hold document text.
    """

    def __init__(self, language: Language) -> None:
        self.code: int = ExitCode.INTERNAL
        self._language = language

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if kind is None or not issubclass(kind, Exception):
            return False
        frame = traceback.extract_tb(trace)[-1]
        where = f"{kind.__name__}, {frame.filename}:{frame.lineno}"
        complain(INTERFACE["error.internal"].fill(where=where), self._language)
        return True
