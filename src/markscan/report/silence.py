"""Says which rules stayed silent, by what they would have needed."""

from __future__ import annotations

from collections.abc import Iterable

from markscan.finding import Input, Unjudged
from markscan.wording import INTERFACE, Text


def silences(rules: Iterable[Unjudged]) -> list[Text]:
    """Return one sentence a missing input, with the codes of its rules in order."""
    codes: dict[Input, list[str]] = {}
    for one in rules:
        codes.setdefault(one.missing, []).append(one.rule)
    return [
        INTERFACE["unjudged"].fill(
            missing=INTERFACE[f"input.{missing.value}"],
            rules=Text("、".join(named), ", ".join(named)),
        )
        for missing, named in codes.items()
    ]
