"""What `markscan marking` prints: one marking as an object, or as a few lines to read."""

from __future__ import annotations

from collections.abc import Mapping

from markscan.lexicon import read_levels
from markscan.marking import Marking
from markscan.report.columns import padded, width
from markscan.walk import printable
from markscan.wording import INTERFACE, Language


def record(text: str, marking: Marking | None) -> dict[str, object]:
    """Return the object of one input; schemas/marking.schema.json says what stands in it."""
    return {
        "schema": "markscan.marking/1",
        "input": text,
        "scheme": marking.scheme if marking else None,
        "level": marking.level if marking else None,
        "period": marking.period_code if marking else None,
        "canonical": marking.canonical if marking else None,
        "defects": list(marking.defects) if marking else [],
        "rules": list(marking.rules) if marking else [],
    }


def described(
    text: str, marking: Marking | None, rules: Mapping[str, str], language: Language
) -> str:
    """Return a small table of what the input is, what is wrong with it, and what is right.

    Args:
        rules: names of rules by code, in `language`.
    """
    rows = [(_say("marking.is", language), kind_words(marking, language))]
    if marking is not None:
        level = level_words(marking, language)
        if level:
            rows.append((_say("marking.level", language), level))
        rows.append((_say("marking.period", language), period_words(marking, language)))
        faults = [f"{code} {rules.get(code, '')}".strip() for code in marking.rules]
        rows.append((_say("marking.faults", language), _listed(faults, language)))
        if marking.canonical is not None and marking.canonical != text:
            rows.append((_say("marking.right", language), marking.canonical))
    column = max(width(name) for name, _ in rows)
    lines = [printable(text), *(f"  {padded(name, column)}  {value}" for name, value in rows)]
    return "\n".join(lines) + "\n"


def level_words(marking: Marking, language: Language) -> str:
    """Return the name of its level; empty where it has none, as a document number has none."""
    levels = read_levels()
    code = marking.level or ""
    level = levels.find(marking.scheme, code) or levels.find("cn-state", code)
    return "" if level is None else level.zh if language == "zh" else level.en


def kind_words(marking: Marking | None, language: Language) -> str:
    """Return the name of its scheme, or that there is no marking."""
    if marking is None:
        return _say("marking.none", language)
    key = f"scheme.{marking.scheme}"
    if key in INTERFACE:
        return _say(key, language)
    scheme = read_levels().scheme(marking.scheme)
    if scheme is None:
        return marking.scheme
    return scheme.zh if language == "zh" else scheme.en


def period_words(marking: Marking, language: Language) -> str:
    """Return the period in words, a date or condition as it is written."""
    code = marking.period_code
    if code in ("-", "!", "LONG"):
        return _say(f"period.{code}", language)
    if code[0] in "@?":
        return printable(code[1:])
    return f"{code[:-1]} {_say(f'unit.{code[-1]}', language)}"


def _listed(faults: list[str], language: Language) -> str:
    if not faults:
        return _say("marking.no-fault", language)
    return ("；" if language == "zh" else "; ").join(faults)


def _say(key: str, language: Language) -> str:
    return INTERFACE[key].of(language)
