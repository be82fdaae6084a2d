"""What is due for the documents of the register (密件台账), by rules that need no file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markscan.finding import Severity
from markscan.register import Entry
from markscan.rules.table import RULES
from markscan.wording import Text


@dataclass(frozen=True, slots=True)
class Duty:
    """What a rule says of one document of the register: `id` is that of its entry."""

    id: str
    rule: str
    name: Text
    severity: Severity
    message: Text
    fix: Text


def duties(entries: Iterable[Entry], today: date) -> list[Duty]:
    """Return what is due on `today`, the gravest first, then in the order of the entries."""
    found = [
        Duty(
            entry.id,
            rule.code,
            rule.name,
            hit.severity or rule.severity,
            (hit.message or rule.message).fill(**hit.values),
            (hit.fix or rule.fix).fill(**hit.values),
        )
        for entry in entries
        for rule in RULES
        if rule.of_entry is not None and (hit := rule.of_entry(entry, today)) is not None
    ]
    return sorted(found, key=lambda duty: -duty.severity)
