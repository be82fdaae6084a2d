"""Which engine looks for a set of words."""

from __future__ import annotations

from markscan import background
from markscan.match.terms.anchored import Anchored
from markscan.match.terms.automaton import Automaton
from markscan.match.terms.engine import Kind
from markscan.match.terms.filtered import Filtered
from markscan.pool import Pool

# The kinds of engine, the fastest on few rare words first; each works without those before it.
ENGINES: tuple[type[Kind], ...] = (Anchored, Filtered, Automaton)

# More hits than this in 10,000 bytes, and handling them costs more than finding them.
DENSE = 100.0

# From so many words on the filter is faster, whose time hardly grows with them: measured with
# 10,000 to a million rare words, also where some have two or three units. As a compiled loop it
# is even with the other at 10,000 already, but a scan has chosen long before it begins with that.
MANY = 50_000


def choose(words: Pool, *, little: bool) -> type[Kind]:
    """Return the kind of engine that suits `words`, and texts of which there are `little`."""
    kind = wanted(words, little=little)
    return kind if kind.available() else next(kind for kind in ENGINES if kind.available())


def wanted(words: Pool, *, little: bool) -> type[Kind]:
    """Return the kind that would suit them best, whether or not it works on this machine."""
    if little or density(words) > DENSE:
        return Automaton
    return Filtered if len(words) >= MANY else ENGINES[0]


def density(words: Pool) -> float:
    """Return how many hits 10,000 bytes of public text have, by estimate."""
    return float(background.expected(words).sum()) / 100 if len(words) else 0.0


def named(name: str) -> type[Kind]:
    """Return the kind of engine called `name`.

    Raises:
        KeyError: there is none.
    """
    return {kind.name: kind for kind in ENGINES}[name]
