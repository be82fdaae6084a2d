"""The options that the commands on registers share, and the register that they name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.parser import language_option, new_command, sentence
from markscan.errors import RegisterError
from markscan.wording import REGISTER, Language

if TYPE_CHECKING:
    from markscan.register.book import Book
    from markscan.register.entry import Entry

FORMATS = ("text", "jsonl")
_NAME = "register.db"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which register a command is about: its file, that of its key, and the language."""

    path: Path
    key: Path
    language: Language

    @classmethod
    def of(cls, asked: Language | None, values: dict[str, Any]) -> Asked:
        """Take them out of the values of a command; the rest stays."""
        from markscan.register.opening import key_beside

        path = values.pop("register") or usual_place()
        return cls(path, values.pop("key") or key_beside(path), asked or "zh")


def usual_place() -> Path:
    """Return where the register lies if nobody names another place."""
    import platformdirs

    return platformdirs.user_data_path("markscan", appauthor=False) / _NAME


def named(asked: Asked) -> Book:
    """Open the register of the office that was named.

    Raises:
        RegisterError: there is none, it is damaged, it is an export, or the key is wrong.
    """
    from markscan.register.book import Book
    from markscan.register.export import is_export
    from markscan.register.keys import read_key

    if not asked.path.is_file():
        raise RegisterError(REGISTER["register.none"].fill(name=asked.path))
    if is_export(asked.path):
        raise RegisterError(REGISTER["register.is-export"].fill(name=asked.path))
    return Book(asked.path, read_key(asked.key))


def chosen(ids: Sequence[str], entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries of `ids` in that order, each once.

    Raises:
        RegisterError: one is not in the register; told before anything is done.
    """
    by_id = {entry.id: entry for entry in entries}
    for each in ids:
        if each not in by_id:
            raise RegisterError(REGISTER["register.no-entry"].fill(id=each))
    return [by_id[each] for each in dict.fromkeys(ids)]


def ids_argument() -> click.Argument:
    """Return the argument that names entries."""
    return click.Argument(["ids"], nargs=-1, required=True, metavar="ID...")


def register_command(
    name: str, asked: Language | None, callback: object, parameters: Sequence[click.Parameter]
) -> click.Command:
    """Return a command on a register, with the options that all of them take."""
    shared = [
        file_option("--register", "register", "option.book", asked),
        file_option("--key", "key", "option.book-key", asked),
        language_option(asked),
    ]
    return new_command(f"register {name}", asked, callback, [*parameters, *shared])


def file_option(name: str, value: str, key: str, asked: Language | None) -> click.Option:
    """Return an option that names a file."""
    path, told = click.Path(path_type=Path), sentence(key, asked)
    return click.Option([name, value], type=path, metavar="FILE", help=told)


def format_option(asked: Language | None) -> click.Option:
    """Return --format."""
    told = sentence("option.terms-format", asked)
    return click.Option(["--format"], type=click.Choice(FORMATS), default=FORMATS[0], help=told)
