"""Compiled terms: their words and the engine for them, from the cache or built anew."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from markscan import cache
from markscan.fold.table import table
from markscan.match.terms.choice import ENGINES, choose, named
from markscan.match.terms.engine import Engine
from markscan.match.terms.words import Words
from markscan.pool import Pool

# Fewer terms than this are compiled at once: to keep them on disk is not worth it.
FEW = 2_000

_KIND = "finder"
_FORMAT = 2  # raised with every change of the columns
_ENGINE = "engine"  # the column that holds the name of the engine


@dataclass(frozen=True, slots=True)
class Compiled:
    """Words, what looks for them (None: there are none), and the name of that engine."""

    words: Words
    engine: Engine | None
    name: str


def compiled(
    terms: Pool, name: str | None, *, little: bool, secret: bytes | None, keep: bool
) -> Compiled:
    """Return `terms` compiled. See `TermFinder` for the arguments."""
    if len(terms) < FEW:
        return _built(terms, name, little=little)
    digest = _digest(terms, name, secret)
    known = cache.load(_KIND, digest, secret)
    if known is not None:
        try:
            kind = named(known[_ENGINE].tobytes().decode())
            words = Words.load(known)
            return Compiled(words, kind.load(words.pool, known), kind.name)
        except (KeyError, ValueError):  # made by another version: it is replaced
            pass
    made = _built(terms, name, little=False)
    if keep and made.engine is not None:
        told = np.frombuffer(made.name.encode(), np.uint8)
        columns = {_ENGINE: told, **made.words.columns(), **made.engine.columns()}
        cache.save(_KIND, digest, columns, secret)
    return made


def _built(terms: Pool, name: str | None, *, little: bool) -> Compiled:
    words = Words.of(terms)
    kind = named(name) if name else choose(words.pool, little=little)
    return Compiled(words, kind.build(words.pool) if len(words.pool) else None, kind.name)


def _digest(terms: Pool, name: str | None, secret: bytes | None) -> bytes:
    """Return the digest of all that the columns depend on.

    Keyed: from the name of an entry nobody can tell whether a guessed list is the right one.
    """
    digest = hashlib.blake2b(digest_size=32, key=secret or b"")
    kinds = [f"{kind.name} {version(kind.library)}" for kind in ENGINES if kind.available()]
    for piece in (_FORMAT, name or "", platform.machine(), *kinds):
        digest.update(f"{piece}\0".encode())
    digest.update(table().alike.tobytes())
    digest.update(terms.ends.tobytes())
    digest.update(terms.units.tobytes())
    for number, text in sorted(terms.exotic.items()):
        digest.update(f"{number} {text}\0".encode())
    return digest.digest()
