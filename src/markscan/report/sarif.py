"""SARIF 2.1.0 (OASIS), one run: for platforms that gather the findings of many programs.

Results are written as they come; rules, notices and the coverage follow at the end.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO
from urllib.parse import quote

import markscan
from markscan.document import Place
from markscan.finding import Advice, Finding, Outcome, Problem, Severity, Status
from markscan.report.jsonl import json_text, place_record
from markscan.report.places import conclusion_words, place_words
from markscan.report.reporter import Manner
from markscan.report.totals import Totals
from markscan.walk import printable
from markscan.wording import INTERFACE, Language, Text

if TYPE_CHECKING:
    from markscan.place_rules import Notice, PlaceRule
    from markscan.rules import Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_ADVICE = "advice"  # stands for a rule where a person is asked to decide
_BRACES = re.compile(r"\{\w+\}")
_CUT_SHORT = ("end.internal", "end.interrupted")

Json = dict[str, object]


class SarifReport:
    """Writes each result as it comes; keeps which rules were hit and what was not read."""

    def __init__(self, stream: TextIO, manner: Manner) -> None:
        self._stream = stream
        self._manner = manner
        self._begun = False
        self._results = 0
        self._rules: dict[str, int] = {}
        self._causes: dict[str, int] = {}
        self._notices: list[str] = []

    def shows(self, outcome: Outcome) -> bool:
        """Every file with a result, or not read in full."""
        return any(
            one.findings or one.advice or one.status is not Status.EXAMINED
            for one in outcome.flat()
        )

    def outcome(self, outcome: Outcome) -> None:
        """Write the results of the file and of each file inside it."""
        for one in outcome.flat():
            file = outcome.locator, one.locator[len(outcome.locator) + 1 :]
            for found in one.findings:
                self._write(self._result(found, *file))
            for advice in one.advice:
                self._write(self._review(advice, *file))
            if one.status is not Status.EXAMINED:
                for problem in one.problems:
                    self._notices.append(json_text(self._notice(one.status, problem, *file)))

    def notices(self, notices: Sequence[Notice]) -> None:
        """Write a result for each place."""
        for each in notices:
            self._write(self._of_place(each))

    def close(self, totals: Totals, sentence: Text) -> None:
        """Write what is known at the end, and end the object."""
        self._begin()
        whole = totals.pending == 0 and not any(
            sentence.en.startswith(INTERFACE[key].en) for key in _CUT_SHORT
        )
        invocation = json_text(
            {
                "executionSuccessful": whole,
                "exitCodeDescription": sentence.of(self._manner.language),
            }
        )
        notices = ",\n".join(self._notices)
        self._stream.write(
            f'\n],"tool":{json_text({"driver": self._driver()})},\n'
            f'"invocations":[{invocation[:-1]},"toolExecutionNotifications":[{notices}]}}],\n'
            f'"properties":{json_text({"coverage": _coverage(totals)})}}}]}}\n'
        )

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        language = "zh-CN" if self._manner.language == "zh" else "en"
        self._stream.write(
            f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[{{\n'
            f'"columnKind":"unicodeCodePoints","language":"{language}","results":['
        )

    def _write(self, result: Json) -> None:
        self._begin()
        self._stream.write(("," if self._results else "") + "\n" + json_text(result))
        self._results += 1

    def _result(self, found: Finding, file: str, member: str) -> Json:
        language = self._manner.language
        properties: Json = {
            "severity": found.severity.code,
            "fix": found.fix.of(language),
            "basis": found.basis.of(language),
        }
        if self._manner.quote:
            properties["quote"] = found.quote
        message = INTERFACE["sarif.message"].fill(message=found.message, fix=found.fix)
        result: Json = {
            "ruleId": found.rule,
            "ruleIndex": self._rules.setdefault(found.rule, len(self._rules)),
            "level": _LEVELS[found.severity],
            "message": _message(message.of(language)),
            "locations": [_location(file, member, found.place, language)],
            "partialFingerprints": {"markscan/v1": found.key},
            "properties": properties,
        }
        if self._manner.keys:  # a store may know what a person concluded
            result["suppressions"] = self._suppressed(found)
        if found.others:
            result["relatedLocations"] = [
                {"id": number, **_location(file, member, place, language)}
                for number, place in enumerate(found.others, start=1)
            ]
        return result

    def _of_place(self, notice: Notice) -> Json:
        found = Finding(
            rule=notice.rule,
            severity=notice.severity,
            verdict=None,
            message=notice.message,
            fix=notice.fix,
            basis=notice.basis,
            place=None,
            key=notice.key,
            content_key=notice.content_key,
            conclusion=notice.conclusion,
        )
        return SarifReport._result(self, found, notice.place, "")

    def _suppressed(self, found: Finding) -> list[Json]:
        """Return why a finding does not count, if a person found it to be none."""
        if found.conclusion is None or not found.dismissed:
            return []
        told = conclusion_words(found.conclusion, self._manner.language)
        return [{"kind": "external", "status": "accepted", "justification": told}]

    def _review(self, advice: Advice, file: str, member: str) -> Json:
        """A result of kind `review`: for a person to decide whether it is a problem."""
        return {
            "ruleId": _ADVICE,
            "ruleIndex": self._rules.setdefault(_ADVICE, len(self._rules)),
            "kind": "review",
            "level": "none",
            "message": _message(advice.message.of(self._manner.language)),
            "locations": [_location(file, member, advice.place, self._manner.language)],
            "properties": {"basis": advice.basis.of(self._manner.language)},
        }

    def _notice(self, status: Status, problem: Problem, file: str, member: str) -> Json:
        index = self._causes.setdefault(problem.code, len(self._causes))
        return {
            "descriptor": {"id": problem.code, "index": index},
            "level": "error" if status is Status.UNREAD else "warning",
            "message": _message(problem.message.of(self._manner.language)),
            "locations": [_location(file, member, None, self._manner.language)],
        }

    def _driver(self) -> Json:
        language = self._manner.language
        causes = [
            {"id": code, "shortDescription": _message(INTERFACE[f"cause.{code}"].of(language))}
            for code in self._causes
        ]
        return {
            "name": "MarkScan",
            "version": markscan.__version__,
            "language": "zh-CN" if language == "zh" else "en",
            "rules": _descriptors(list(self._rules), language),
            "notifications": causes,
        }


def _descriptors(codes: list[str], language: Language) -> list[Json]:
    """The entries of the catalogue that were hit, in the order in which they were."""
    from markscan.place_rules import PLACE_RULES
    from markscan.rules import RULES

    rules: dict[str, Rule | PlaceRule] = {**PLACE_RULES, **{rule.code: rule for rule in RULES}}
    told: list[Json] = []
    for code in codes:
        if code == _ADVICE:
            words = _message(INTERFACE["sarif.advice"].of(language))
            short = _message(INTERFACE["advice"].of(language))
            told.append(
                {"id": code, "shortDescription": short, "fullDescription": words, "help": words}
            )
        elif (rule := rules.get(code)) is None:
            told.append({"id": code})
        else:
            basis = INTERFACE["fix"].fill(
                fix=_BRACES.sub("…", rule.fix.of(language)), basis=rule.basis
            )
            told.append(
                {
                    "id": code,
                    "name": rule.name.of(language),
                    "shortDescription": _message(rule.name.of(language)),
                    "fullDescription": _message(rule.trigger.of(language)),
                    "help": _message(basis.of(language)),
                    "defaultConfiguration": {"level": _LEVELS[rule.severity]},
                    "properties": {"severity": rule.severity.code},
                }
            )
    return told


def _location(file: str, member: str, place: Place | None, language: Language) -> Json:
    """The file on disk, the file inside it, and what stands where in it."""
    physical: Json = {"artifactLocation": {"uri": file_uri(file)}}
    logical: list[Json] = []
    location: Json = {"physicalLocation": physical}
    if member:
        logical.append({"fullyQualifiedName": printable(member), "kind": "member"})
    if place is not None:
        if place.line is not None and not member:
            physical["region"] = {"startLine": place.line}
        logical.append({"name": printable(place_words(place, language)), "kind": place.area.value})
        location["properties"] = place_record(place)
    if logical:
        location["logicalLocations"] = logical
    return location


def file_uri(path: str) -> str:
    """Return a path with forward slashes as a URI, relative where it is."""
    written = quote(os.fsencode(path))
    if path.startswith("//"):
        return f"file:{written}"
    if path.startswith("/"):
        return f"file://{written}"
    if re.match(r"[A-Za-z]:/", path):
        return f"file:///{path[:2]}{written[4:]}"
    return written


def _message(text: str) -> Json:
    """Return a message object; SARIF 3.11.5 has braces for placeholders, so they are doubled."""
    return {"text": printable(text).replace("{", "{{").replace("}", "}}")}


def _coverage(totals: Totals) -> Json:
    return {
        "discovered": totals.discovered,
        "examined": totals.examined,
        "partial": totals.partial,
        "unread": totals.unread + totals.pending,
        "excluded": totals.excluded,
        "inside": totals.inside,
    }
