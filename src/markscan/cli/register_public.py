"""markscan register public: the office's own public documents, whose text is no secret."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.console import complain
from markscan.cli.exit_code import ExitCode
from markscan.cli.register_options import Asked, named, register_command
from markscan.errors import RegisterError
from markscan.walk import printable
from markscan.wording import PROBLEMS, REGISTER, Language, Text

if TYPE_CHECKING:
    from markscan.fingerprint import Prints
    from markscan.intake import Reader
    from markscan.register.known import Known, Tags

_TOO_MUCH = 0.5  # of an entry in force, from which on a document is no public one


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def public(roots: tuple[Path, ...], **values: Any) -> int:
        from markscan.config import Config
        from markscan.fingerprint import Prints
        from markscan.intake import Reader
        from markscan.register.known import Known, joined

        told = Asked.of(asked, values)
        for root in roots:
            if not root.exists():
                raise RegisterError(REGISTER["public.missing"].fill(name=root))
        with named(told) as book:
            prints = Prints(book.key.prints, book.key.cipher)
            taking = _Taking(Reader(Config(ocr=False)), prints, Known(book), told.language)
            taking.take(roots)
            if taking.tags:
                book.add_public(joined(taking.tags))
        rows = sum(map(len, taking.tags))
        said = REGISTER["public.done"].fill(count=taking.files, rows=f"{rows:,}")
        print(said.of(told.language))
        return ExitCode.USAGE if taking.refused else ExitCode.CLEAN

    path = click.Path(path_type=Path)
    files = click.Argument(["roots"], nargs=-1, required=True, type=path, metavar="FILE|FOLDER...")
    return register_command("public", asked, public, [files])


class _Taking:
    """Takes the fingerprints of public files; refuses what is a registered document."""

    def __init__(self, reader: Reader, prints: Prints, known: Known, language: Language) -> None:
        self._reader, self._prints, self._known = reader, prints, known
        self._language = language
        self._today = date.today()
        self.tags: list[Tags] = []
        self.files = self.refused = 0

    def take(self, roots: tuple[Path, ...]) -> None:
        """Take all files under `roots`."""
        from markscan.source import Source
        from markscan.walk import Skipped, walk

        for found in walk(roots):
            if isinstance(found, Source) and isinstance(found.path, Path):
                self._file(found.path)
            elif isinstance(found, Skipped):
                why = PROBLEMS[found.error.reason].fill(**found.error.values)
                self._refuse(found.locator, why)

    def _file(self, path: Path) -> None:
        from markscan.register.known import tags_of

        reading = self._reader.read(path)
        for why in reading.missing[:1]:
            if not reading.text.strip():
                self._refuse(path.as_posix(), why)
                return
        tags = tags_of(reading.text, self._prints)
        for number, (shared, size) in self._known.shares(tags).items():
            entry = self._known.entries[number]
            if shared >= _TOO_MUCH * size and entry.in_force(self._today):
                part = f"{shared / size:.0%}"
                said = REGISTER["public.registered"].fill(id=entry.id, part=part)
                self._refuse(path.as_posix(), said)
                return
        self.files += 1
        self.tags.append(tags)

    def _refuse(self, name: str, why: Text) -> None:
        self.refused += 1
        said = REGISTER["public.refused"].fill(name=printable(name), why=why)
        complain(said, self._language)
