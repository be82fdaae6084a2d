"""One training text of the classifier of unmarked content, as a family generates it."""

from __future__ import annotations

from dataclasses import dataclass

# The codes of lexicons/matters.toml, in its order.
MATTERS: tuple[str, ...] = (
    *("personnel", "instruction", "minutes", "policy", "statistics", "audit"),
    *("discipline", "foreign", "exam", "company", "network", "stability"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A generated text and what it is.

    `text` is plain text, `matter` one of the twelve matter codes, `secret` whether the content
    must not be public, `template` the name that a secret template shares with its public twin.
    """

    text: str
    matter: str
    secret: bool
    template: str
