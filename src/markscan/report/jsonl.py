"""JSON Lines, version 1: one object a file, for programs. The stable, versioned format.

schemas/outcome.schema.json says what stands in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from markscan.document import Box, Place
from markscan.finding import Advice, Conclusion, Finding, MarkingEvidence, Outcome
from markscan.report.reporter import Manner
from markscan.report.totals import Totals
from markscan.walk import printable
from markscan.wording import Language, Text

if TYPE_CHECKING:
    from markscan.place_rules import Notice

SCHEMA = "markscan.outcome/1"

# What json.dumps leaves bare but must not reach a terminal or an encoder: C1 controls,
# bidi controls, line separators, lone surrogates. As \uXXXX they mean the same in JSON.
_UNSAFE = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class JsonlReport:
    """Writes each outcome as soon as it comes; keeps nothing."""

    def __init__(self, stream: TextIO, manner: Manner) -> None:
        self._stream = stream
        self._manner = manner

    def shows(self, outcome: Outcome) -> bool:
        """Every file has its line."""
        return True

    def outcome(self, outcome: Outcome) -> None:
        """Write the file's object, then one for each file inside it."""
        for one in outcome.flat():
            self._stream.write(line(record(one, self._manner)))

    def notices(self, notices: Sequence[Notice]) -> None:
        """Write an object for each, of a schema of its own."""
        for each in notices:
            self._stream.write(line(notice_record(each, self._manner.language)))

    def close(self, totals: Totals, sentence: Text) -> None:
        """Write nothing: totals are for people, who are told on standard error."""


def line(value: dict[str, object]) -> str:
    """Return `value` as one line of JSON, keys sorted, with its line feed."""
    return json_text(value) + "\n"


def json_text(value: object) -> str:
    """Return `value` as JSON without a line feed, keys sorted, safe for any terminal."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def record(outcome: Outcome, manner: Manner) -> dict[str, object]:
    """Return the object of one file, without the files inside it."""
    value: dict[str, object] = {
        "schema": SCHEMA,
        "locator": printable(outcome.locator),
        "status": outcome.status.value,
        "format": outcome.format,
        "verdict": outcome.verdict.value if outcome.verdict else None,
        "markings": [_marking(seen) for seen in outcome.markings],
        "findings": [_finding(found, manner) for found in outcome.findings],
        "problems": [
            {"code": problem.code, "message": problem.message.of(manner.language)}
            for problem in outcome.problems
        ],
    }
    if outcome.advice:
        value["advice"] = [_advice(one, manner) for one in outcome.advice]
    return value


def notice_record(notice: Notice, language: Language) -> dict[str, object]:
    """Return the object of what was found of one place."""
    value: dict[str, object] = {
        "schema": "markscan.notice/1",
        "place": printable(notice.place),
        "code": notice.rule,
        "severity": notice.severity.code,
        "message": notice.message.of(language),
        "fix": notice.fix.of(language),
        "basis": notice.basis.of(language),
        "key": notice.key,
        "content_key": notice.content_key,
        "first_run": notice.first_run,
        "first_seen": notice.began.isoformat(),
    }
    if notice.conclusion is not None:
        value["conclusion"] = _conclusion(notice.conclusion)
    return value


def _marking(seen: MarkingEvidence) -> dict[str, object]:
    marking = seen.marking
    return {
        "scheme": marking.scheme,
        "level": marking.level,
        "period": marking.period_code,
        "canonical": marking.canonical,
        "defects": list(marking.defects),
        "rules": list(marking.rules),
        "place": place_record(seen.place),
        "effective": seen.effective,
    }


def _finding(found: Finding, manner: Manner) -> dict[str, object]:
    value: dict[str, object] = {
        "code": found.rule,
        "severity": found.severity.code,
        "message": found.message.of(manner.language),
        "fix": found.fix.of(manner.language),
        "basis": found.basis.of(manner.language),
        "place": place_record(found.place) if found.place else None,
        "key": found.key,
    }
    if found.others:
        value["others"] = [place_record(place) for place in found.others]
    if found.conclusion is not None:
        value["conclusion"] = _conclusion(found.conclusion)
    if manner.quote:
        value["quote"] = found.quote
    return value


def _conclusion(said: Conclusion) -> dict[str, object]:
    return {
        "kind": said.kind,
        "reason": said.reason,
        "person": said.person,
        "at": said.at.isoformat(),
        "until": said.until.isoformat() if said.until is not None else None,
        "under": printable(said.under) if said.under else None,
    }


def _advice(advice: Advice, manner: Manner) -> dict[str, object]:
    return {
        "message": advice.message.of(manner.language),
        "basis": advice.basis.of(manner.language),
        "place": place_record(advice.place) if advice.place else None,
    }


def place_record(place: Place) -> dict[str, object]:
    """Return the object of one place."""
    place = place.kept()
    return {
        "area": place.area.value,
        "page": place.page,
        "label": f"L{place.line}, {place.label}" if place.line else place.label,
        "box": _box(place.box) if place.box else None,
    }


def _box(box: Box) -> list[float]:
    return [round(edge, 2) for edge in (box.left, box.top, box.right, box.bottom)]
