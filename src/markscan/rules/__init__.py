"""Every rule, in code order, and how they judge together.

To add a rule, write rules/FAMILY/msNNN_name.py and add it to RULES. Codes are never
used again: a retired one goes to RETIRED with its successor.
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
    TermEvidence,
    Unjudged,
)
from markscan.rules.content_key import content_key
from markscan.rules.excerpt import (
    ms401_unmarked_excerpt,
    ms402_lower_level,
    ms403_earlier_end,
    ms404_wider_scope,
    ms405_compilation_level,
    ms406_compilation_end,
    ms407_top_secret,
    ms408_no_stamp,
    ms409_reprint_note,
    ms410_notes,
    ms411_paraphrase,
    ms412_no_approval,
    ms413_citation,
    ms414_converted,
    ms415_key_point,
    ms416_too_many_copies,
    ms417_above_source,
    ms418_lone_attachment,
    ms419_quoted_original,
)
from markscan.rules.leak import (
    ms301_above_ceiling,
    ms302_looks_classified,
    ms303_registered_number,
    ms304_registered_title,
    ms305_restricted_number,
    ms306_unmarked_central,
    ms307_distribution_note,
    ms310_unreadable,
    ms312_marking_covered,
    ms313_marking_removed,
    ms316_no_text_layer,
    ms317_file_name,
    ms318_residual_copy,
    ms320_removable,
    ms321_unit_matter,
    ms325_aggregation,
    ms328_draft,
    ms335_unregistered,
)
from markscan.rules.lifecycle import (
    ms501_expired,
    ms504_release_without_record,
    ms505_public_copy_marked,
    ms507_source_released,
    ms511_start_differs,
)
from markscan.rules.marking import (
    ms101_missing,
    ms102_no_period,
    ms103_no_star,
    ms104_odd_star,
    ms105_wrong_order,
    ms106_misspelt_level,
    ms107_not_arabic,
    ms108_odd_unit,
    ms109_over_limit,
    ms110_long_term,
    ms111_odd_date,
    ms112_impossible_date,
    ms113_vague_condition,
    ms114_placeholder,
    ms115_spaces,
    ms116_wrapped,
    ms117_not_a_state_secret,
    ms118_several_levels,
    ms119_number_differs,
    ms120_portion_above,
    ms121_variant_script,
    ms122_internal_and_state,
    ms123_no_decision,
    ms124_code_differs,
    ms201_misplaced,
    ms202_odd_font,
    ms203_no_copy_number,
    ms204_odd_copy_number,
    ms205_head_order,
    ms206_letter,
    ms207_old_place,
    ms208_attachment,
    ms209_header_differs,
    ms210_cover_differs,
    ms211_file_name_differs,
    ms212_property_differs,
    ms213_detachable,
    ms214_no_scope,
    ms215_no_print_run,
    ms216_drawing,
    ms217_open_and_marked,
    ms218_closed_without_reason,
    ms219_no_openness,
    ms220_no_issue_date,
    ms221_compilation_members,
    ms222_envelope,
    ms223_urgency_words,
    ms224_odd_number,
)
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.rules.text import ms902_spliced

__all__ = ["RETIRED", "RULES", "Case", "Example", "Hit", "Rule", "Task", "judge", "unjudged"]

RULES: tuple[Rule, ...] = (
    ms101_missing.RULE,
    ms102_no_period.RULE,
    ms103_no_star.RULE,
    ms104_odd_star.RULE,
    ms105_wrong_order.RULE,
    ms106_misspelt_level.RULE,
    ms107_not_arabic.RULE,
    ms108_odd_unit.RULE,
    ms109_over_limit.RULE,
    ms110_long_term.RULE,
    ms111_odd_date.RULE,
    ms112_impossible_date.RULE,
    ms113_vague_condition.RULE,
    ms114_placeholder.RULE,
    ms115_spaces.RULE,
    ms116_wrapped.RULE,
    ms117_not_a_state_secret.RULE,
    ms118_several_levels.RULE,
    ms119_number_differs.RULE,
    ms120_portion_above.RULE,
    ms121_variant_script.RULE,
    ms122_internal_and_state.RULE,
    ms123_no_decision.RULE,
    ms124_code_differs.RULE,
    ms201_misplaced.RULE,
    ms202_odd_font.RULE,
    ms203_no_copy_number.RULE,
    ms204_odd_copy_number.RULE,
    ms205_head_order.RULE,
    ms206_letter.RULE,
    ms207_old_place.RULE,
    ms208_attachment.RULE,
    ms209_header_differs.RULE,
    ms210_cover_differs.RULE,
    ms211_file_name_differs.RULE,
    ms212_property_differs.RULE,
    ms213_detachable.RULE,
    ms214_no_scope.RULE,
    ms215_no_print_run.RULE,
    ms216_drawing.RULE,
    ms217_open_and_marked.RULE,
    ms218_closed_without_reason.RULE,
    ms219_no_openness.RULE,
    ms220_no_issue_date.RULE,
    ms221_compilation_members.RULE,
    ms222_envelope.RULE,
    ms223_urgency_words.RULE,
    ms224_odd_number.RULE,
    ms301_above_ceiling.RULE,
    ms302_looks_classified.RULE,
    ms303_registered_number.RULE,
    ms304_registered_title.RULE,
    ms305_restricted_number.RULE,
    ms306_unmarked_central.RULE,
    ms307_distribution_note.RULE,
    ms310_unreadable.RULE,
    ms312_marking_covered.RULE,
    ms313_marking_removed.RULE,
    ms316_no_text_layer.RULE,
    ms317_file_name.RULE,
    ms318_residual_copy.RULE,
    ms320_removable.RULE,
    ms321_unit_matter.RULE,
    ms325_aggregation.RULE,
    ms328_draft.RULE,
    ms335_unregistered.RULE,
    ms401_unmarked_excerpt.RULE,
    ms402_lower_level.RULE,
    ms403_earlier_end.RULE,
    ms404_wider_scope.RULE,
    ms405_compilation_level.RULE,
    ms406_compilation_end.RULE,
    ms407_top_secret.RULE,
    ms408_no_stamp.RULE,
    ms409_reprint_note.RULE,
    ms410_notes.RULE,
    ms411_paraphrase.RULE,
    ms412_no_approval.RULE,
    ms413_citation.RULE,
    ms414_converted.RULE,
    ms415_key_point.RULE,
    ms416_too_many_copies.RULE,
    ms417_above_source.RULE,
    ms418_lone_attachment.RULE,
    ms419_quoted_original.RULE,
    ms501_expired.RULE,
    ms504_release_without_record.RULE,
    ms505_public_copy_marked.RULE,
    ms507_source_released.RULE,
    ms511_start_differs.RULE,
    ms902_spliced.RULE,
)

RETIRED: dict[str, str] = {}

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
    "MS313": frozenset({"MS101"}),
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
    for rule, hit in hits:
        if (rule.code, _first(hit)) not in spoken_for:
            yield rule, hit


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
    return Finding(
        rule=rule.code,
        severity=rule.severity if hit.severity is None else hit.severity,
        verdict=hit.verdict or rule.verdict,
        message=(hit.message or rule.message).fill(**hit.values),
        fix=(hit.fix or rule.fix).fill(**hit.values),
        basis=hit.basis or rule.basis,
        place=hit.place or _place(case, hit),
        others=tuple(_places(case, hit.evidence[1:])),
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
