"""The options that every command shares, and the values they take."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markscan.cli.parser import language_option, sentence
from markscan.finding import Severity
from markscan.key import EXPECTED, fits
from markscan.profiles import profile_names
from markscan.report import REPORTERS, Manner
from markscan.wording import INTERFACE, Language

if TYPE_CHECKING:
    from markscan.config import Config


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for beside the files.

    None where the user did not say: then the configuration's value holds, or for
    `quote` what fits the command.
    """

    asked: Language | None
    format: str = "text"
    config: Path | None = None
    profile: str | None = None
    fail_level: str | None = None
    jobs: int | None = None
    until: str | None = None
    io_mbps: float | None = None
    low_priority: bool | None = None
    quiet: bool = False
    verbose: bool = False
    progress: bool = True
    quote: bool | None = None
    ocr: bool | None = None
    password_file: Path | None = None
    register: Path | None = None
    key: Path | None = None
    sketches: Path | None = None

    @classmethod
    def of(cls, asked: Language | None, values: dict[str, object]) -> Options:
        """Take the shared options out of the values of a command; the rest stays."""
        mine = {field.name for field in fields(cls)} & set(values)
        return cls(asked, **{name: values.pop(name) for name in mine})  # type: ignore[arg-type]

    def manner(self, config: Config, *, keys: bool = False) -> Manner:
        """Return how the report is to speak; with `keys`, of findings that a store keeps."""
        return Manner(config.language, config.quote, self.verbose, self.quiet, keys)


def shared(asked: Language | None) -> list[click.Parameter]:
    """Return the options that every command takes."""

    profiles = INTERFACE["option.profile"].fill(names=", ".join(profile_names()))

    def flag(*names: str, text: str) -> click.Option:
        return click.Option(list(names), is_flag=True, help=sentence(text, asked))

    def file(name: str) -> click.Option:
        path, told = click.Path(path_type=Path), sentence(f"option.{name}", asked)
        return click.Option([f"--{name}"], type=path, metavar="FILE", help=told)

    return [
        file("config"),
        click.Option(["--profile"], metavar="NAME", help=profiles.of(asked or "zh")),
        language_option(asked),
        click.Option(
            ["--format"],
            type=click.Choice(list(REPORTERS)),
            default=next(iter(REPORTERS)),
            help=sentence("option.format", asked),
        ),
        flag("-q", "--quiet", text="option.quiet"),
        flag("-v", "--verbose", text="option.verbose"),
        click.Option(
            ["--progress/--no-progress"], default=True, help=sentence("option.progress", asked)
        ),
        click.Option(
            ["--fail-level"],
            type=click.Choice([severity.code for severity in Severity]),
            help=sentence("option.fail-level", asked),
        ),
        click.Option(
            ["--jobs"],
            type=click.IntRange(min=1),
            metavar="N",
            help=sentence("option.jobs", asked),
        ),
        click.Option(["--quote/--no-quote"], default=None, help=sentence("option.quote", asked)),
        click.Option(["--ocr/--no-ocr"], default=None, help=sentence("option.ocr", asked)),
        *(file(name) for name in ("password-file", "register", "key")),
    ]


def manners_options(asked: Language | None) -> list[click.Parameter]:
    """Return the options that say how a long scan behaves beside other work."""
    return [
        clock_option("until", asked, sentence("option.until", asked)),
        click.Option(
            ["--io-mbps"],
            type=click.FloatRange(min=0, min_open=True),
            metavar="N",
            help=sentence("option.io-mbps", asked),
        ),
        click.Option(
            ["--low-priority/--no-low-priority"],
            default=None,
            help=sentence("option.low-priority", asked),
        ),
    ]


def clock_option(
    name: str, asked: Language | None, told: str, default: str | None = None
) -> click.Option:
    """Return an option whose value is a time of day."""

    def checked(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
        if value is not None and not fits("clock", value):
            raise click.BadParameter(EXPECTED["clock"].of(asked or "zh"))
        return value

    return click.Option(
        [f"--{name}"], metavar="HH:MM", default=default, callback=checked, help=told
    )


def sketch_option(asked: Language | None) -> click.Option:
    """Return --sketch, of the commands that look over many files."""
    return click.Option(
        ["--sketch", "sketches"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=sentence("option.sketch", asked),
    )


def on_terminal() -> bool:
    """Whether standard output is read by a person."""
    return sys.stdout is not None and sys.stdout.isatty()
