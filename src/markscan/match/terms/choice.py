"""Which engine looks for a set of words, and where it comes from: the cache, or built anew."""

from __future__ import annotations

import hashlib
import platform

from markscan import background, cache
from markscan.match.terms.anchored import Anchored
from markscan.match.terms.automaton import Automaton
from markscan.match.terms.engine import Engine, Kind
from markscan.match.terms.filtered import Filtered
from markscan.pool import Pool

# The kinds of engine, the fastest on rare words first; each works without those before it.
ENGINES: tuple[type[Kind], ...] = (Anchored, Filtered, Automaton)

# More hits than this in 10,000 bytes, and handling them costs more than finding them.
DENSE = 100.0
# Fewer words than this are compiled at once: to keep them on disk is not worth it.
_FEW = 2_000


def engine_for(words: Pool, kind: type[Kind], secret: bytes | None) -> Engine:
    """Return an engine of this kind for `words`, of which there must be one at least.

    Args:
        words: what it looks for.
        kind: the kind of engine.
        secret: the key under which its columns are kept on disk; None: without one.
    """
    if len(words) < _FEW:
        return kind.build(words)
    # Keyed: from the name of an entry nobody can tell whether a guessed list is the right one.
    digest = hashlib.blake2b(digest_size=32, key=secret or b"")
    for piece in (kind.name, kind.version, platform.machine()):
        digest.update(f"{piece}\0".encode())
    digest.update(words.ends.tobytes())
    digest.update(words.units.tobytes())
    known = cache.load(kind.name, digest.digest(), secret)
    if known is not None:
        return kind.load(words, known)
    engine = kind.build(words)
    columns = engine.columns()
    if columns:
        cache.save(kind.name, digest.digest(), columns, secret)
    return engine


def choose(words: Pool, *, little: bool) -> type[Kind]:
    """Return the kind of engine that suits `words`, and texts of which there are `little`."""
    if (little and len(words) < _FEW) or density(words) > DENSE:
        return Automaton
    return next(kind for kind in ENGINES if kind.available())


def density(words: Pool) -> float:
    """Return how many hits 10,000 bytes of public text have, by estimate."""
    return float(background.expected(words).sum()) / 100 if len(words) else 0.0


def named(name: str) -> type[Kind]:
    """Return the kind of engine called `name`."""
    return next(kind for kind in ENGINES if kind.name == name)
