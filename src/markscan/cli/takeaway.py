"""What `markscan check` writes beside its report: the annotated copy and the review slip."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markscan.cli.console import complain, remark
from markscan.cli.exit_code import ExitCode
from markscan.errors import UnreadError, UsageError
from markscan.source import Source
from markscan.wording import INTERFACE, PROBLEMS, Text
from markscan.wording.system import cause

if TYPE_CHECKING:
    from markscan.config import Config
    from markscan.finding import Outcome
    from markscan.remote.address import Address

    _Make = Callable[[Path, Sequence[Outcome], Config], tuple[bytes, Text]]

_SUFFIX = ".docx"


@dataclass(frozen=True, slots=True)
class TakeAway:
    """What to write, and where; None for what nobody asked for."""

    annotate: Path | None = None
    slip: Path | None = None

    def __bool__(self) -> bool:
        return self.annotate is not None or self.slip is not None

    def refuse(self, files: Sequence[Path | Address]) -> None:
        """Refuse what cannot be written, before anything is read.

        Nothing is ever written over: neither a draft, by whatever name, nor anything else.

        Raises:
            UsageError: its one argument is a Text saying what is wrong.
        """
        asked = [path for path in (self.annotate, self.slip) if path is not None]
        for path in asked:
            _refuse(path, [file for file in files if isinstance(file, Path)])
        if len({_real(path) for path in asked}) < len(asked):
            raise UsageError(INTERFACE["usage.out-same"])
        if self.annotate is not None:
            if len(set(files)) != 1:
                raise UsageError(INTERFACE["usage.annotate-one"])
            if not isinstance(files[0], Path):
                raise UsageError(INTERFACE["usage.annotate-here"])
            if files[0].suffix.lower() != _SUFFIX:
                raise UsageError(INTERFACE["usage.annotate-format"])

    def close(
        self, code: ExitCode, outcomes: Sequence[Outcome], config: Config, *, quiet: bool
    ) -> ExitCode:
        """Write what was asked for and return the exit code of the whole run.

        What could not be written makes a run that reached its end a failure, so that nobody
        looks for the file. A run that was interrupted or failed writes nothing.

        Args:
            code: how the run ended.
            outcomes: of all files on disk, in order.
            quiet: say nothing of what was written.
        """
        if code in (ExitCode.INTERRUPTED, ExitCode.INTERNAL):
            return code
        wanted = ((self.annotate, _annotated), (self.slip, _slip))
        written = [
            _written(path, make, outcomes, config, quiet=quiet)
            for path, make in wanted
            if path is not None
        ]
        ended = code in (ExitCode.CLEAN, ExitCode.FINDINGS)
        return ExitCode.INTERNAL if ended and not all(written) else code


def _written(
    path: Path, make: _Make, outcomes: Sequence[Outcome], config: Config, *, quiet: bool
) -> bool:
    """Make one file and write it; say what came of it."""
    try:
        data, said = make(path, outcomes, config)
        _write_new(path, data)
    except (UsageError, UnreadError, OSError) as error:
        failed = INTERFACE["out.failed"].fill(name=path, why=_why(error))
        complain(failed, config.language)
        return False
    if not quiet:
        remark(said, config.language)
    return True


def _annotated(path: Path, outcomes: Sequence[Outcome], config: Config) -> tuple[bytes, Text]:
    from markscan.report.annotate import annotate

    outcome = outcomes[0]
    copy = annotate(Source(Path(outcome.locator)).read(), outcome, config.language)
    return copy.data, INTERFACE["out.annotated"].fill(name=path, count=copy.comments)


def _slip(path: Path, outcomes: Sequence[Outcome], config: Config) -> tuple[bytes, Text]:
    from markscan.report.slip import slip

    return slip(outcomes, config.today, config.language), INTERFACE["out.slip"].fill(name=path)


def _refuse(path: Path, files: Sequence[Path]) -> None:
    if path.suffix.lower() != _SUFFIX:
        raise UsageError(INTERFACE["usage.out-suffix"].fill(name=path))
    if not path.parent.is_dir():
        raise UsageError(INTERFACE["usage.out-folder"].fill(name=path.parent))
    if os.path.lexists(path):
        key = "usage.out-input" if any(_same(path, file) for file in files) else "usage.out-exists"
        raise UsageError(INTERFACE[key].fill(name=path))


def _same(path: Path, file: Path) -> bool:
    try:
        return path.samefile(file)
    except OSError:  # a link that leads nowhere, a file that is not there
        return False


def _real(path: Path) -> str:
    return os.path.normcase(path.parent.resolve() / path.name)


def _write_new(path: Path, data: bytes) -> None:
    """Write `data` to a file that is there in whole or not at all.

    Raises:
        OSError: it cannot be written.
        UsageError: something of that name is there by now.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if os.path.lexists(path):
            raise UsageError(INTERFACE["usage.out-exists"].fill(name=path))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _why(error: Exception) -> Text:
    if isinstance(error, UsageError) and isinstance(error.args[0], Text):
        return error.args[0]
    if isinstance(error, UnreadError):
        return PROBLEMS[error.reason].fill(**error.values)
    return cause(error)
