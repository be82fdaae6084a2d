"""The coverage ledger: how many files were found, how each ended, and why not in full."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from markscan.finding import Outcome, Severity, Status, Verdict


@dataclass(slots=True)
class Totals:
    """Counts that grow outcome by outcome.

    Files inside other files count as files. `handed` counts the files on disk that
    were listed for scanning, so that one without an outcome is missed, not forgotten.
    `dismissed` counts findings that a person found to be none; they count nowhere else.
    """

    handed: int = 0
    ended: int = 0
    inside: int = 0
    excluded: int = 0
    dismissed: int = 0
    statuses: Counter[Status] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    severities: Counter[Severity] = field(default_factory=Counter)
    verdicts: Counter[Verdict] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count a file on disk and every file inside it."""
        self.ended += 1
        for one in outcome.flat():
            self.inside += 1
            self.statuses[one.status] += 1
            self.causes.update({problem.code for problem in one.problems if not problem.inside})
            counted = [finding for finding in one.findings if not finding.dismissed]
            self.dismissed += len(one.findings) - len(counted)
            self.severities.update(finding.severity for finding in counted)
            if one.verdict is not None:
                self.verdicts[one.verdict] += 1
        self.inside -= 1

    def add_clean(self, count: int) -> None:
        """Count so many files on disk that were examined and found clean."""
        self.ended += count
        self.statuses[Status.EXAMINED] += count
        self.verdicts[Verdict.CLEAN] += count

    @property
    def examined(self) -> int:
        """Files read in full."""
        return self.statuses[Status.EXAMINED]

    @property
    def partial(self) -> int:
        """Files read in part."""
        return self.statuses[Status.PARTIAL]

    @property
    def unread(self) -> int:
        """Files of which nothing could be read."""
        return self.statuses[Status.UNREAD]

    @property
    def pending(self) -> int:
        """Files on disk that were listed, but whose scan did not end."""
        return self.handed - self.ended

    @property
    def discovered(self) -> int:
        """All files met: those that ended, those that did not, those left out."""
        return self.handed + self.inside + self.excluded

    @property
    def incomplete(self) -> int:
        """Files of which something was not read."""
        return self.partial + self.unread + self.pending

    def at_least(self, severity: Severity) -> int:
        """How many findings are of `severity` or graver."""
        return sum(count for found, count in self.severities.items() if found >= severity)
