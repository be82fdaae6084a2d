"""markscan marking: says of a text whether it is a marking, which one, and what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import click

from markscan.cli.options import Options, shared
from markscan.cli.parser import new_command
from markscan.report import marking as report
from markscan.report.jsonl import line
from markscan.wording import Language


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def marking(texts: tuple[str, ...], **values: Any) -> int:
        from markscan.match.grammar import parse

        options = Options.of(asked, values)
        language = asked or "zh"
        for text in texts or _lines():
            found = parse(text)
            if options.format == "text":
                names = _rule_names(language) if found and found.rules else {}
                sys.stdout.write(report.described(text, found, names, language))
            else:
                sys.stdout.write(line(report.record(text, found)))
            if not texts:
                sys.stdout.flush()  # whoever sends line by line waits for each answer
        return 0

    argument = click.Argument(["texts"], nargs=-1, metavar="[TEXT...]")
    return new_command("marking", asked, marking, [argument, *shared(asked)])


def _lines() -> Iterator[str]:
    """Yield the lines of standard input, UTF-8, without what ends them; empty ones too."""
    first = True
    for raw in sys.stdin.buffer:
        text = raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")
        yield text.removeprefix("\ufeff") if first else text
        first = False


@cache
def _rule_names(language: Language) -> dict[str, str]:
    from markscan.rules import RULES

    return {rule.code: rule.name.of(language) for rule in RULES}
