"""A kept run as SARIF 2.1.0, beside the run before: baselineState, and suppressions for verdicts.

A result that stood before and stands is `unchanged`, or `updated` where its file has moved; one
that stands no more is `absent`. What cannot be told is `unchanged`, as nobody has seen it go;
its property `change` says so.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import BinaryIO

from markscan.finding import Finding
from markscan.report.reporter import Manner
from markscan.report.run.overview import Change, Entry, Overview, PlaceEntry
from markscan.report.run.words import conclusion, first_seen, place_first_seen
from markscan.report.sarif import Json, SarifReport
from markscan.wording import Text

_STATES = {
    Change.NEW: "new",
    Change.OPEN: "unchanged",
    Change.MOVED: "updated",
    Change.GONE: "absent",
    Change.UNKNOWN: "unchanged",
}


def write(overview: Overview, sentence: Text, manner: Manner, stream: BinaryIO) -> None:
    """Write the log to `stream` as UTF-8; `sentence` says how the run ended."""
    text = io.TextIOWrapper(stream, "utf-8", newline="\n", write_through=True)
    report = _RunSarif(text, manner, overview)
    for outcome in overview.files:
        report.outcome(outcome)
    report.rest()
    report.places(overview.places)
    report.close(overview.totals, sentence)
    text.detach()


class _RunSarif(SarifReport):
    """Adds to each result what became of it."""

    def __init__(self, stream: io.TextIOWrapper, manner: Manner, overview: Overview) -> None:
        super().__init__(stream, manner)
        self._first = overview.previous is None
        self._entries = {(e.locator, e.member, e.finding.key): e for e in overview.entries}
        self._left = [entry for entry in overview.entries if not entry.present]

    def rest(self) -> None:
        """Write the results of what stands no more, or cannot be told."""
        for entry in self._left:
            self._write(self._result(entry.finding, entry.locator, entry.member[1:]))

    def places(self, places: Iterable[PlaceEntry]) -> None:
        """Write a result for each place, those too that are settled."""
        for each in places:
            result = self._of_place(each.notice)
            first = place_first_seen(each, self._manner.language)
            self._became(result, each.change, each.notice.content_key, first)
            self._write(result)

    def _result(self, found: Finding, file: str, member: str) -> Json:
        result = super()._result(found, file, member)
        entry = self._entries[file, f"!{member}" if member else "", found.key]
        first = first_seen(entry, self._manner.language)
        self._became(result, entry.change, found.content_key, first)
        result["suppressions"] = self._suppressions(entry)
        return result

    @staticmethod
    def _became(result: Json, change: Change, content_key: str, first: str) -> None:
        """Add what became of a result, by what its content is known, and since when."""
        prints, properties = result["partialFingerprints"], result["properties"]
        assert isinstance(prints, dict) and isinstance(properties, dict)
        result["baselineState"] = _STATES[change]
        if content_key:
            prints["markscanContent/v1"] = content_key
        properties["change"] = change.value
        properties["firstSeen"] = first

    def _suppressions(self, entry: Entry) -> list[Json]:
        """Return what a person concluded, if that is that it is none; else nothing."""
        if not entry.dismissed:
            return []
        told = conclusion(entry, self._manner.language)
        return [{"kind": "external", "status": "accepted", "justification": told}]
