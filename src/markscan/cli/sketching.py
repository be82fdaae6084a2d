"""Keeps the fingerprints of what a scan reads, beside its report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from markscan.cli.console import complain, remark
from markscan.cli.examine import examine
from markscan.cli.exit_code import ExitCode
from markscan.cli.options import Options
from markscan.config import Config
from markscan.errors import RegisterError, UsageError
from markscan.finding import Outcome, Status
from markscan.source import Source
from markscan.walk import Found
from markscan.wording import REGISTER, Language

if TYPE_CHECKING:
    from markscan.register.sketch_writer import Writer
    from markscan.remote.reach import Reach

Observe = Callable[[Outcome], None]


def examine_and_keep(
    found: Iterable[Found], config: Config, options: Options, reach: Reach | None = None
) -> ExitCode:
    """Scan and report as `examine` does; keep the fingerprints if the configuration asks.

    Raises:
        UsageError: no scanner can be built, or nothing can be kept; nothing was reported.
    """
    if config.sketches is not None:
        found = _others(found, config.sketches)
    return keeping(config, options, partial(_examined, found, config, options, reach))


def _examined(
    found: Iterable[Found],
    config: Config,
    options: Options,
    reach: Reach | None,
    observe: Observe | None,
) -> ExitCode:
    return examine(found, config, options, observe=observe, reach=reach)


def keeping(
    config: Config, options: Options, work: Callable[[Observe | None], ExitCode]
) -> ExitCode:
    """Do `work`; hand it what keeps the fingerprints of an outcome, if the configuration asks.

    What cannot be kept makes a run that reached its end a failure: somebody relies on it.

    Raises:
        UsageError: no scanner can be built, or nothing can be kept; nothing was reported.
    """
    if config.sketches is None:
        return work(None)
    if config.register is None:
        raise UsageError(REGISTER["sketch.no-register"])
    from markscan.register.keys import read_key
    from markscan.register.opening import key_beside
    from markscan.register.sketch_writer import Writer

    key = read_key(config.register_key or key_beside(config.register))
    writer = Writer(config.sketches, key)
    if writer.dropped and not options.quiet:
        remark(REGISTER["sketch.dropped"].fill(name=config.sketches), config.language)
    keeper = _Keeper(writer, config.language)
    try:
        code = work(keeper.observe)
    finally:
        keeper.close()
    ended = code in (ExitCode.CLEAN, ExitCode.FINDINGS, ExitCode.INCOMPLETE)
    return ExitCode.INTERNAL if ended and keeper.failed else code


class _Keeper:
    """Hands outcomes to the writer until it fails, which does not stop the scan."""

    def __init__(self, writer: Writer, language: Language) -> None:
        self._writer = writer
        self._language = language
        self.failed = False

    def observe(self, outcome: Outcome) -> None:
        """Keep what was read of one file, with the files inside it."""
        from markscan.register.sketch_writer import Read

        path, start = outcome.locator, len(outcome.locator)
        if "://" not in path:  # on a disk of this machine
            path = Path(path).absolute().as_posix()
        inside = [
            (path + one.locator[start:], one.prints)
            for member in outcome.members
            for one in member.flat()
            if one.prints
        ]
        if self.failed or (outcome.status is Status.UNREAD and not outcome.prints and not inside):
            return  # what was kept of it earlier stays
        try:
            self._writer.add(Read(path, ((path, outcome.prints), *inside)))
        except RegisterError as error:
            self._fail(error)

    def close(self) -> None:
        """Write the rest."""
        try:
            self._writer.close()
        except RegisterError as error:
            self._fail(error)

    def _fail(self, error: RegisterError) -> None:
        if not self.failed:
            why = error.args[0].of(self._language)
            complain(REGISTER["sketch.failed"].fill(why=why), self._language)
        self.failed = True


def _others(found: Iterable[Found], sketches: Path) -> Iterator[Found]:
    """Yield what was found but for the file of sketches itself, which may lie there."""
    own = sketches.resolve()
    for one in found:
        path = one.path if isinstance(one, Source) else None
        mine = isinstance(path, Path) and path.name == own.name and path.resolve() == own
        if not mine:
            yield one
