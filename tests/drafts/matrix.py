"""A case of the matrix: a thing, the rule it is about, and the codes that must be found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from drafts.bases import BASES
from drafts.paper import Draft, Thing

EVERY = "docx txt pdf"
SET = "docx pdf"  # where pages are set


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `expected` must all be found; of `any_of`, if not empty, at least one;
    `tolerated` may be. Nothing else of the rules on drafts may. `kinds` are formats.
    """

    name: str
    rule: str
    thing: Thing
    expected: frozenset[str]
    any_of: frozenset[str] = frozenset()
    tolerated: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ("docx", "txt", "pdf")
    profile: str = "standard"

    @property
    def faulty(self) -> bool:
        """Whether the rule that the case is about must speak."""
        return self.rule in self.expected or self.rule in self.any_of


def codes(text: str) -> frozenset[str]:
    """ "102 MS116" as a set of codes."""
    return frozenset(f"MS{code.removeprefix('MS')}" for code in text.split())


def vary(base: str, look: dict[str, Any] | None = None, **changes: Any) -> Draft:
    """A base draft with some elements changed; `look` changes how the pages are set."""
    draft = BASES[base]
    setting = replace(draft.setting, **look) if look else draft.setting
    return replace(draft, setting=setting, **changes)


def bad(
    rule: str,
    base: str | Thing,
    what: str = "",
    *,
    also: str = "",
    maybe: str = "",
    any_of: str = "",
    kinds: str = EVERY,
    profile: str = "standard",
    **changes: Any,
) -> Case:
    """A faulty draft. With `any_of` the rule itself need not be the one that speaks."""
    thing = vary(base, **changes) if isinstance(base, str) else base
    expected = codes(also) if any_of else codes(f"{rule} {also}")
    name = _name(f"{rule}-bad", base, what, changes)
    return Case(
        name, rule, thing, expected, codes(any_of), codes(maybe), tuple(kinds.split()), profile
    )


def good(
    rule: str,
    base: str | Thing,
    what: str = "",
    *,
    also: str = "",
    maybe: str = "",
    kinds: str = EVERY,
    profile: str = "standard",
    **changes: Any,
) -> Case:
    """A draft that tempts the rule and must not make it speak; `also` are other codes."""
    thing = vary(base, **changes) if isinstance(base, str) else base
    name = _name(f"{rule}-good", base, what, changes)
    wanted = tuple(kinds.split())
    return Case(name, rule, thing, codes(also), frozenset(), codes(maybe), wanted, profile)


def _name(start: str, base: str | Thing, what: str, changes: dict[str, Any]) -> str:
    kind = base if isinstance(base, str) else type(base).__name__
    return f"{start}-{kind}-{what or _what(changes)}"


def _what(changes: dict[str, Any]) -> str:
    look = changes.get("look") or {}
    values = [*changes.values(), *(f"{name}={value}" for name, value in look.items())]
    return "；".join(text for value in values for text in _texts(value))[:40] or "原样"


def _texts(value: Any) -> list[str]:
    if isinstance(value, tuple):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []
