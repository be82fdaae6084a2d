"""The matters that an office must not publish, and groups of words: lexicons/matters.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from markscan.data import folder
from markscan.errors import LexiconError
from markscan.wording import Text


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
