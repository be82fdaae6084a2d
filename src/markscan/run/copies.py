"""Counts the copies of registered documents among all files of a run (MS416)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from markscan.finding import Copy, Finding, Outcome
from markscan.wording import Text

_CODE = "MS416"


class CopyLedger:
    """Which copies were met so far in a run, by the ids of their entries.

    Files count in the order in which they are given. What it holds grows by the copies of
    registered documents only.
    """

    def __init__(self, *, disabled: Collection[str] = ()) -> None:
        """Begin to count; findings of rules in `disabled` are not added."""
        self._silent = _CODE in disabled
        self._met: Counter[str] = Counter()
        self._numbered: dict[tuple[str, int], str] = {}

    def counted(self, outcome: Outcome) -> Outcome:
        """Return `outcome`, with a finding for each copy beyond what was approved.

        So for the files inside it. A finding names the entry, never its title or number.
        """
        if self._silent:
            return outcome
        added = [found for copy in outcome.copies for found in self._judged(outcome, copy)]
        members = tuple(self.counted(member) for member in outcome.members)
        if added:
            outcome = replace(outcome, findings=(*outcome.findings, *added))
        # Most files have neither: they are passed on as they are.
        changed = any(new is not old for new, old in zip(members, outcome.members, strict=True))
        return replace(outcome, members=members) if changed else outcome

    def _judged(self, outcome: Outcome, copy: Copy) -> list[Finding]:
        # Without a register nothing comes here, and a scan starts without the rules.
        from markscan.rules.excerpt.ms416_too_many_copies import COUNTED, TWICE

        self._met[copy.entry] += 1
        count, found = self._met[copy.entry], []
        values: dict[str, object] = {
            "entry": copy.entry,
            "allowed": copy.allowed if copy.allowed is not None else 0,
            "count": count,
        }
        if copy.number is not None:
            other = self._numbered.setdefault((copy.entry, copy.number), outcome.locator)
            if other != outcome.locator:
                values["other"] = other
                found.append(_finding(outcome, copy, "number", TWICE.fill(**values)))
        if copy.allowed is not None and count > copy.allowed:
            found.append(_finding(outcome, copy, "count", COUNTED.fill(**values)))
        return found


def _finding(outcome: Outcome, copy: Copy, what: str, message: Text) -> Finding:
    from markscan.rules.excerpt.ms416_too_many_copies import RULE

    identity = f"{RULE.code}|{outcome.locator}|{what}|{copy.entry}"
    digest = hashlib.blake2b(identity.encode("utf-8", "replace"), digest_size=16)
    return Finding(
        rule=RULE.code,
        severity=RULE.severity,
        verdict=RULE.verdict,
        message=message,
        fix=RULE.fix,
        basis=RULE.basis,
        place=None,
        key=f"v1:{digest.hexdigest()}",
    )
