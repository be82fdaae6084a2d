"""How the rules judge together: which are asked, and which finding makes another needless.

The rules themselves stand in rules/table.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from markscan.document import Place, Span
from markscan.finding import (
    CitationEvidence,
    ContentEvidence,
    ElementEvidence,
    Evidence,
    ExcerptEvidence,
    Finding,
    Input,
    MarkingEvidence,
    NumberEvidence,
    Severity,
    TermEvidence,
    Unjudged,
)
from markscan.rules.content_key import content_key
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.rules.table import RETIRED, RULES

__all__ = ["RETIRED", "RULES", "Case", "Example", "Hit", "Rule", "Task", "judge", "unjudged"]

# A finding of the first rule says all that those of the others would, on the same
# marking: what bears a state sign without being a state secret needs no better sign.
_SUPPRESSES = {
    "MS117": frozenset(f"MS{number}" for number in range(102, 117)),
    "MS114": frozenset({"MS102", "MS103", "MS116"}),
    # Blanks between elements on one line are no blanks inside the marking.
    "MS205": frozenset({"MS115"}),
    # The gap belongs to the old form of setting it.
    "MS207": frozenset({"MS115"}),
    # An attachment or an envelope by itself has the number of another document.
    "MS208": frozenset({"MS119"}),
    "MS222": frozenset({"MS119"}),
    # That the marking was taken out says more than that a form or property claims it.
    "MS313": frozenset({"MS101", "MS314"}),
    # Written to be missed: more than that it is written with a fault.
    "MS327": frozenset({"MS115", "MS121"}),
    # Which channel or system a marked file went to says more than that it lies too low.
    "MS319": frozenset({"MS301", "MS323", "MS329"}),
    "MS329": frozenset({"MS301"}),
    # The name tells more than a level.
    "MS317": frozenset({"MS301"}),
    # Where a name may not stand at all, that it may sum up more says nothing new.
    "MS303": frozenset({"MS411"}),
    "MS304": frozenset({"MS411"}),
    # What is too little of one document is more together with what is of others.
    "MS325": frozenset({"MS401"}),
    # What has ended lies nowhere too low.
    "MS501": frozenset({"MS301"}),
    # A reprint lacks its note, of which the stamp is a part.
    "MS409": frozenset({"MS408"}),
    # Weak traces or a citation that show together where a text comes from.
    "MS411": frozenset({"MS401", "MS413"}),
    # What was released lies nowhere too low, either; its sign must go, not be followed by a stamp.
    "MS505": frozenset({"MS301", "MS501"}),
}

# A finding of the first rule says all that those of the others would of the same registered
# document, wherever in the file each of them begins.
_SUPPRESSES_OF_ENTRY = {"MS312": frozenset({"MS401", "MS415"})}
# What must be marked is not asked whether it may be published.
_SUPPRESSES_IN_FILE = {
    "MS312": frozenset({"MS219"}),
    "MS401": frozenset({"MS219"}),
}


def judge(
    case: Case, *, disabled: Collection[str] = (), quote: bool = False, key: bytes = b""
) -> list[Finding]:
    """Return what the rules find in `case`, in code order, each thing once.

    Args:
        case: the file before the rules.
        disabled: codes of rules that stay silent.
        quote: put the line a finding rests on into it.
        key: that of content keys; without one findings have none.
    """
    asked = _asked(case, disabled)
    if not case.registered:  # most scans have none, and some of these rules look far
        asked = [rule for rule in asked if Input.REGISTER not in rule.needs]
    hits = [(rule, hit) for rule in asked for hit in rule.judge(case)]
    seen: dict[str, int] = {}
    findings = []
    for rule, hit in _unsuppressed(hits):
        identity = _identity(rule.code, case, hit)
        seen[identity] = seen.get(identity, 0) + 1
        found = _finding(case, rule, hit, f"{identity}#{seen[identity]}", quote=quote)
        content = content_key(key, rule.code, case.document, hit.evidence)
        findings.append(replace(found, content_key=content) if content else found)
    return findings


def unjudged(case: Case, *, disabled: Collection[str] = ()) -> list[Unjudged]:
    """Return the rules that stay silent because what they need is missing, in code order."""
    missing = set()
    if case.layout() is None:
        missing.add(Input.LAYOUT)
    if case.decision is None:
        missing.add(Input.FORM)
    if case.issued is None:
        missing.add(Input.ISSUE_DATE)
    if not case.registered:
        missing.add(Input.REGISTER)
    return [
        Unjudged(rule.code, need)
        for rule in _asked(case, disabled)
        for need in rule.needs
        if need in missing
    ]


def _asked(case: Case, disabled: Collection[str]) -> list[Rule]:
    draft = case.task is Task.CHECK
    return [r for r in RULES if r.code not in disabled and (draft or not r.drafts_only)]


def _unsuppressed(hits: Iterable[tuple[Rule, Hit]]) -> Iterator[tuple[Rule, Hit]]:
    hits = list(hits)
    spoken_for = {
        (code, first)
        for rule, hit in hits
        if (first := _first(hit)) is not None
        for code in _SUPPRESSES.get(rule.code, ())
    }
    leading = [(r, h) for r, h in hits if r.code in _SUPPRESSES_IN_FILE]
    for rule, hit in hits:
        told = any(_covers(*lead, rule, hit) for lead in leading)
        if not told and (rule.code, _first(hit)) not in spoken_for:
            yield rule, hit


def _covers(leading: Rule, said: Hit, rule: Rule, hit: Hit) -> bool:
    """Whether a finding, as grave, says it of the same registered document or for the file."""
    if _severity(leading, said) < _severity(rule, hit):
        return False
    if rule.code in _SUPPRESSES_IN_FILE.get(leading.code, ()):
        return True
    of_entry = rule.code in _SUPPRESSES_OF_ENTRY.get(leading.code, ())
    return of_entry and _entry(hit) != "" and _entry(hit) == _entry(said)


def _entry(hit: Hit) -> str:
    seen = hit.evidence[0] if hit.evidence else None
    return seen.entry if isinstance(seen, ExcerptEvidence) else ""


def _severity(rule: Rule, hit: Hit) -> Severity:
    return rule.severity if hit.severity is None else hit.severity


def _first(hit: Hit) -> tuple[int, Span] | None:
    return (hit.evidence[0].part, hit.evidence[0].span) if hit.evidence else None


def _identity(code: str, case: Case, hit: Hit) -> str:
    """What makes two findings the same one. Offsets are not in it: text moves."""
    locator = case.document.locator
    piece = [f"piece {case.piece[0]}"] if case.piece[0] > 1 else []
    return "|".join([code, locator, *piece, *(_named(seen) for seen in hit.evidence)])


def _named(seen: Evidence) -> str:
    match seen:
        case MarkingEvidence():
            mark = seen.marking
            return f"{seen.place.area.value}:{mark.scheme}:{mark.level}:{mark.period_code}"
        case NumberEvidence():
            return f"{seen.place.area.value}:{seen.family}"
        case ElementEvidence():
            return f"{seen.place.area.value}:{seen.element.value}"
        case TermEvidence():
            return f"{type(seen).__name__}:{seen.topic}"
        case ExcerptEvidence():
            return f"excerpt:{seen.entry}"
        case ContentEvidence():
            return f"content:{seen.matter}"
        case CitationEvidence():
            return f"{seen.kind}:{seen.entry}"
        case _:
            return type(seen).__name__


def _finding(case: Case, rule: Rule, hit: Hit, identity: str, *, quote: bool) -> Finding:
    place = hit.place or _place(case, hit)
    return Finding(
        rule=rule.code,
        severity=rule.severity if hit.severity is None else hit.severity,
        verdict=hit.verdict or rule.verdict,
        message=(hit.message or rule.message).fill(**hit.values),
        fix=(hit.fix or rule.fix).fill(**hit.values),
        basis=hit.basis or rule.basis,
        place=place.kept() if place is not None else None,
        others=tuple(each.kept() for each in _places(case, hit.evidence[1:])),
        key="v1:"
        + hashlib.blake2b(identity.encode("utf-8", "replace"), digest_size=16).hexdigest(),
        quote=_quoted(case, hit) if quote else "",
    )


_PLACED = (
    *(MarkingEvidence, NumberEvidence, ElementEvidence),
    *(ExcerptEvidence, CitationEvidence, ContentEvidence),
)


def _place(case: Case, hit: Hit) -> Place | None:
    return next(_places(case, hit.evidence), None)


def _places(case: Case, evidence: Iterable[Evidence]) -> Iterator[Place]:
    for seen in evidence:
        if isinstance(seen, _PLACED):
            yield seen.place
        else:
            yield case.document.parts[seen.part].place


def _quoted(case: Case, hit: Hit) -> str:
    """The line that the first evidence stands in, at most 80 characters of it."""
    if not hit.evidence:
        return ""
    text, span = case.document.parts[hit.evidence[0].part].text, hit.evidence[0].span
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : len(text) if end < 0 else end]
    if len(line) > 80:
        middle = span.start - start
        line = line[max(0, middle - 20) : middle + 60]
    return line.strip()
