"""The coverage ledger in words, alike in every report for a person."""

from __future__ import annotations

from collections.abc import Iterable

from markscan.finding import Severity, Verdict
from markscan.report.totals import Totals
from markscan.wording import INTERFACE, Language, Text


def coverage(totals: Totals) -> Text:
    """The sum that must come out: what was found is what ended in one way or another."""
    return INTERFACE["ledger.coverage"].fill(
        discovered=f"{totals.discovered:,}",
        examined=f"{totals.examined:,}",
        partial=f"{totals.partial:,}",
        unread=f"{totals.unread + totals.pending:,}",
        excluded=f"{totals.excluded:,}",
        inside=f"{totals.inside:,}",
    )


def rows(totals: Totals, language: Language) -> dict[str, str]:
    """Return what else there is to count: the key of each row's label, and its counts."""
    verdicts = [(v.value, totals.verdicts[v]) for v in Verdict if totals.verdicts[v]]
    severities = [
        (s.code, totals.severities[s]) for s in reversed(Severity) if totals.severities[s]
    ]
    found = _counted("severity", severities, language)
    table = {
        "ledger.causes": _counted("cause", totals.causes.items(), language),
        "ledger.verdicts": _counted("verdict", verdicts, language),
        "ledger.findings": found or INTERFACE["ledger.no-findings"].of(language),
    }
    return {key: counts for key, counts in table.items() if counts}


def _counted(kind: str, counts: Iterable[tuple[str, int]], language: Language) -> str:
    return " · ".join(
        f"{INTERFACE[f'{kind}.{name}'].of(language)} {count:,}" for name, count in counts
    )
