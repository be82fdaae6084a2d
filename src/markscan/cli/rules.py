"""markscan rules: the catalogue of rules, or the page of one."""

from __future__ import annotations

import sys
from typing import Any

import click

from markscan.cli.options import Options, shared
from markscan.cli.parser import new_command
from markscan.errors import UsageError
from markscan.wording import INTERFACE, Language


def command(asked: Language | None) -> click.Command:
    """Return the command."""

    def rules(code: str | None, **values: Any) -> int:
        from markscan.report.catalogue import catalogue, listed_rules, rule_page
        from markscan.report.jsonl import line

        options = Options.of(asked, values)
        language = asked or "zh"
        chosen = [rule for rule in listed_rules() if code is None or rule.code == code.upper()]
        if not chosen:
            raise UsageError(INTERFACE["usage.no-rule"].fill(code=code))
        if options.format == "jsonl":
            for rule in chosen:
                fields = ("name", "trigger", "basis", "message", "fix")
                told = {name: getattr(rule, name).of(language) for name in fields}
                verdict = getattr(rule, "verdict", None)  # rules about places have none
                known: dict[str, object] = {"schema": "markscan.rule/1", "code": rule.code}
                known["severity"] = rule.severity.code
                known["verdict"] = verdict.value if verdict else None
                sys.stdout.write(line({**known, **told}))
        else:
            text = catalogue(language) if code is None else rule_page(chosen[0].code, language)
            sys.stdout.write(text.rstrip("\n") + "\n")
        return 0

    argument = click.Argument(["code"], required=False, metavar="[CODE]")
    return new_command("rules", asked, rules, [argument, *shared(asked)])
