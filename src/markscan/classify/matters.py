"""The matters that an office must not publish, and groups of words: lexicons/matters.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
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
    """The matters, and the groups of terms that are features.

    `names` says of each feature, by its code, which kind of words it counts.
    """

    matters: tuple[Matter, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    names: Mapping[str, Text]

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the features of `lexical`, in order."""
        named = (*(m.code for m in self.matters), *(code for code, _ in self.groups))
        return (*named, *_SHAPE)


# What is counted beside terms.
_SHAPE: dict[str, Text] = {
    "digits": Text("数字", "figures"),
    "quotes": Text("引语", "quotations"),
    "questions": Text("问句", "questions"),
    "colons": Text("分项、要点", "headings and points"),
}


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
        names = {row["code"]: Text(row["kind"], row["kind-en"]) for row in said["matter"]}
        names |= {row["code"]: Text(row["zh"], row["en"]) for row in said["group"]}
    except (OSError, KeyError, TypeError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(Text(f"{path.name}：{error!r}", f"{path.name}: {error!r}")) from error
    return Lexicon(matters, groups, {**names, **_SHAPE})
