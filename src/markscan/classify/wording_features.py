"""What stage two sees beside characters: words, and the terms of lexicons/matters.toml."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick
import numpy as np
from numpy.typing import NDArray

from markscan.data import folder
from markscan.errors import LexiconError
from markscan.fold import fold
from markscan.wording import Text

WORDS = 1 << 16  # slots of words

_SHAPE = 4  # features that are no group of terms


@dataclass(frozen=True, slots=True)
class Matter:
    """A kind of matter that an office must not publish; `levels` are those it may bear."""

    code: str
    name: Text
    levels: tuple[str, ...]
    basis: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The matters, and the groups of terms that are features, by code."""

    matters: tuple[Matter, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the features of `lexical`, in order."""
        named = (*(m.code for m in self.matters), *(code for code, _ in self.groups))
        return (*named, "digits", "quotes", "questions", "colons")


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return what lexicons/matters.toml says.

    Raises:
        LexiconError: it is missing or wrong.
    """
    path = folder("lexicons") / "matters.toml"
    try:
        said = tomllib.loads(path.read_text("utf-8"))
        matters = tuple(
            Matter(
                row["code"],
                Text(row["zh"], row["en"]),
                tuple(row["range"]),
                row["basis"],
                tuple(row["terms"]),
            )
            for row in said["matter"]
        )
        groups = tuple((row["code"], tuple(row["terms"])) for row in said["group"])
    except (OSError, KeyError, TypeError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(Text(f"{path.name}：{error!r}", f"{path.name}: {error!r}")) from error
    return Lexicon(matters, groups)


def lexical(text: str) -> NDArray[np.float64]:
    """Return the features of a bare text: how densely each group of terms stands in it.

    In the order of `Lexicon.features`; each is log(1 + hits in a hundred characters).
    """
    size = max(len(text), 1)
    counts = np.zeros(_count(), np.float64)
    for _, of in _automaton().iter(text):
        counts[of] += 1
    shape = (
        sum(map(str.isdigit, text)),
        text.count("“") + text.count('"'),
        text.count("?"),
        text.count(":"),
    )
    counts[-_SHAPE:] = shape
    return np.log1p(counts * (100 / size))


def word_slots(words: Iterable[str]) -> NDArray[np.intp]:
    """Return the slot of each word that begins with an ideograph."""
    kept = [word for word in words if "\u3400" <= word[0] <= "\u9fff"]
    slots = (zlib.crc32(word.encode("utf-8", "replace")) % WORDS for word in kept)
    return np.fromiter(slots, np.intp, len(kept))


def _count() -> int:
    return len(lexicon().features)


@lru_cache(maxsize=1)
def _automaton() -> ahocorasick.Automaton:
    known = lexicon()
    made = ahocorasick.Automaton()
    groups = [*(m.terms for m in known.matters), *(terms for _, terms in known.groups)]
    of: dict[str, list[int]] = {}
    for number, terms in enumerate(groups):
        for term in terms:
            of.setdefault(fold(term).text, []).append(number)
    for term, numbers in of.items():
        made.add_word(term, numbers)
    made.make_automaton()
    return made
