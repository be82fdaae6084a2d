"""markscan train: an office's own content model, with the shipped one as the prior."""

from __future__ import annotations

import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markscan.cli.exit_code import ExitCode
from markscan.cli.parser import language_option, new_command, sentence
from markscan.errors import UsageError
from markscan.wording import INTERFACE, Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markscan.train.office import Trained

# The highest level among the documents, as the card says it.
_LEVELS = ("internal", "gongzuo", "mimi", "jimi", "juemi")
_NEEDED = ("sklearn", "scipy", "threadpoolctl")


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def train(
        public: tuple[Path, ...],
        internal: tuple[Path, ...],
        reviewed: tuple[Path, ...],
        level: str,
        out: Path,
        password_file: Path | None,
        ocr: bool,
    ) -> int:
        from markscan.config import Config, read_passwords

        if not reviewed and not (public and internal):
            raise UsageError(INTERFACE["train.nothing"])
        if missing := [name for name in _NEEDED if find_spec(name) is None]:
            raise UsageError(INTERFACE["train.extra"].fill(names=", ".join(missing)))
        if out.exists():
            raise UsageError(INTERFACE["train.exists"].fill(name=out))
        from markscan.train.office import train_office

        passwords = read_passwords(password_file) if password_file is not None else ()
        config = Config(passwords=passwords, ocr=ocr)
        day, language = date.today().isoformat(), asked or "zh"
        made = train_office(
            public, internal, reviewed, level=level, out=out, day=day, config=config
        )
        for line in _told(made, level, out):
            sys.stdout.write(line.of(language) + "\n")
        return ExitCode.CLEAN if made.accepted else ExitCode.FINDINGS

    return new_command("train", asked, train, _options(asked))


def _options(asked: Language | None) -> list[click.Parameter]:
    path = click.Path(path_type=Path)

    def places(name: str, metavar: str) -> click.Option:
        told = sentence(f"option.train-{name}", asked)
        return click.Option([f"--{name}"], type=path, multiple=True, metavar=metavar, help=told)

    level = click.Choice(_LEVELS)
    return [
        places("public", "DIR"),
        places("internal", "DIR"),
        places("reviewed", "FILE"),
        click.Option(
            ["--level"], type=level, required=True, help=sentence("option.train-level", asked)
        ),
        click.Option(
            ["--out"],
            type=path,
            required=True,
            metavar="FILE",
            help=sentence("option.train-out", asked),
        ),
        click.Option(
            ["--password-file"],
            type=path,
            metavar="FILE",
            help=sentence("option.password-file", asked),
        ),
        click.Option(["--ocr/--no-ocr"], default=True, help=sentence("option.ocr", asked)),
        language_option(asked),
    ]


def _told(made: Trained, level: str, out: Path) -> Iterator[Text]:
    """Yield what a training came to, line by line."""
    from markscan.train.office import ADVISED

    left = made.left
    yield INTERFACE["train.read"].fill(
        public=made.public,
        internal=made.internal,
        unread=left.unread,
        short=left.short,
        twice=left.twice,
        both=left.both,
    )
    if min(made.public, made.internal) < ADVISED:
        yield INTERFACE["train.few"].fill(advised=ADVISED)
    yield INTERFACE["train.held"].fill(public=made.held[0], internal=made.held[1])
    for name, figures in (("shipped", made.shipped), ("own", made.own)):
        yield INTERFACE[f"train.{name}"].fill(**_figures(figures))
    grown, least, most = made.gain
    yield INTERFACE["train.gain"].fill(grown=f"{grown:+.3f}", least=f"{least:+.3f}",
                                       most=f"{most:+.3f}")  # fmt: skip
    if not made.accepted:
        yield INTERFACE["train.refused"]
        return
    yield INTERFACE["train.written"].fill(name=out, level=INTERFACE[f"train.level.{level}"])


def _figures(figures: dict[str, Any]) -> dict[str, object]:
    found, wrong = figures["recall"], figures["public_flagged"]
    return {
        "auc": f"{figures['auc']:.3f}",
        "found": f"{found['hits']}/{found['of']}",
        "wrong": f"{wrong['hits']}/{wrong['of']}",
    }
