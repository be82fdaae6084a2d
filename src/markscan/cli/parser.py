"""The parser's face: help in the user's language, commands that load when they are called."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from markscan import __version__
from markscan.cli.console import discard_output, reader_left
from markscan.report.columns import padded, width, wrapped
from markscan.wording import INTERFACE, Language, Text

_LANGUAGES: tuple[Language, Language] = ("zh", "en")


def language_of(arguments: Sequence[str]) -> Language | None:
    """Return the language asked for, None if none is.

    It is read before anything is parsed, so that help and errors speak it too.
    """
    chosen: Language | None = None
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        for language in _LANGUAGES:
            if argument == f"--lang={language}" or (argument, following) == ("--lang", language):
                chosen = language
    return chosen


def sentence(key: str, asked: Language | None) -> str:
    """Return the sentence of the interface called `key`, Chinese unless asked otherwise."""
    return INTERFACE[key].of(asked or "zh")


class Help(click.HelpFormatter):
    """Lays out help by the columns that characters take, under headings in one language."""

    asked: Language | None = None

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, sentence("help.usage", self.asked) + " ")

    def write_heading(self, heading: str) -> None:
        """Write a heading; those that the parser invents are translated."""
        key = f"help.heading.{heading.lower()}"
        super().write_heading(sentence(key, self.asked) if key in INTERFACE else heading)

    def write_text(self, text: str) -> None:
        """Write paragraphs, broken by columns; lines of their own stay so."""
        indent = " " * self.current_indent
        for line in text.split("\n"):
            for row in wrapped(line, self.width - self.current_indent):
                self.write(f"{indent}{row}".rstrip() + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write terms and what they mean in two columns."""
        rows = list(rows)
        first = min(max(width(term) for term, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, meaning in rows:
            lines = wrapped(meaning, max(self.width - first - self.current_indent, 10))
            if width(term) + col_spacing > first:
                self.write(f"{indent}{term}\n{indent}{' ' * first}{lines[0]}\n")
            else:
                self.write(f"{indent}{padded(term, first)}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * first}{line}\n")


def _context(asked: Language | None) -> type[click.Context]:
    """Return a kind of context whose help speaks the language asked for."""
    help_class = type("Help", (Help,), {"asked": asked})
    return type("Context", (click.Context,), {"formatter_class": help_class})


def new_command(
    name: str, asked: Language | None, callback: object, parameters: Sequence[click.Parameter]
) -> click.Command:
    """Return the command `name` with its help from the table of sentences."""
    assert callable(callback)
    command = click.Command(
        name,
        callback=callback,
        params=list(parameters),
        help=sentence(f"about.{name}", asked),
        add_help_option=False,
    )
    command.params.append(help_option(asked))
    command.context_class = _context(asked)
    return command


def new_group(
    name: str, asked: Language | None, commands: Mapping[str, click.Command]
) -> click.Group:
    """Return the command `name` that has commands of its own."""
    group = click.Group(
        name,
        commands=dict(commands),
        help=sentence(f"about.{name}", asked),
        add_help_option=False,
        no_args_is_help=True,
    )
    for short, command in commands.items():
        command.short_help = sentence(f"short.{name} {short}", asked)
    group.params += [language_option(asked), help_option(asked)]
    group.context_class = _context(asked)
    return group


def help_option(asked: Language | None) -> click.Option:
    """Return --help."""

    def show(context: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            click.echo(context.get_help())
            context.exit()

    return click.Option(
        ["-h", "--help"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=sentence("help.help", asked),
    )


def version_option(asked: Language | None) -> click.Option:
    """Return --version."""

    def show(context: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            click.echo(f"markscan {__version__}")
            context.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=sentence("help.version", asked),
    )


class Commands(click.Group):
    """A group whose commands are imported when they are called, not before.

    Args:
        modules: names of commands, and the modules whose function `command(asked)`
            makes them.
    """

    def __init__(self, modules: Mapping[str, str], asked: Language | None) -> None:
        super().__init__(
            "markscan", help=sentence("about", asked), add_help_option=False, no_args_is_help=True
        )
        self._modules = modules
        self._asked = asked
        self.context_class = _context(asked)
        self.params += [language_option(asked), version_option(asked), help_option(asked)]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the table."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and make one command."""
        if cmd_name not in self._modules:
            return None
        made: click.Command = import_module(self._modules[cmd_name]).command(self._asked)
        return made

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader who goes away early is no failure."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except OSError as error:
            if not reader_left(error):
                raise
            discard_output()
            return 0
        return code

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, sentence(f"short.{name}", self._asked)) for name in self._modules]
            )

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the exit codes."""
        with formatter.section("Exit codes"):
            formatter.write_dl(
                [
                    (key.removeprefix("exit."), sentence(key, self._asked))
                    for key in INTERFACE
                    if key.startswith("exit.")
                ]
            )


def language_option(asked: Language | None) -> click.Option:
    """Return --lang. Its value was already read by `language_of`."""
    return click.Option(
        ["--lang"],
        type=click.Choice(_LANGUAGES),
        default=asked,
        expose_value=False,
        help=sentence("option.lang", asked),
    )


def misuse(error: click.ClickException) -> Text:
    """Return what is wrong with the command line."""
    match error:
        case click.NoSuchOption():
            return _with_nearest("usage.no-option", error.option_name, error.possibilities)
        case click.MissingParameter():
            return INTERFACE["usage.missing"].fill(name=_name_of(error))
        case click.BadParameter():
            return INTERFACE["usage.bad-value"].fill(name=_name_of(error), why=error.message)
        case click.UsageError() if (name := getattr(error, "command_name", None)) is not None:
            return _with_nearest("usage.no-command", name, getattr(error, "possibilities", None))
        case _:
            return INTERFACE["usage.other"].fill(why=error.format_message())


def _with_nearest(key: str, name: str, possible: Sequence[str] | None) -> Text:
    text = INTERFACE[key].fill(name=name)
    if not possible:
        return text
    near = INTERFACE["usage.nearest"].fill(name=", ".join(sorted(possible)))
    return Text(text.zh + near.zh, text.en + near.en)


def _name_of(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.make_metavar(error.ctx) if error.ctx else error.param.human_readable_name
