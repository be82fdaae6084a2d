"""Which level may lie where: locations, their owners and readers, and the highest level of each.

The policy compares paths as they are written. It does not follow links and does not know
that a drive letter is another name of a share: name both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markscan.lexicon import read_levels
from markscan.marking import Level
from markscan.pathpattern import compiled, is_absolute, literal_length, normal
from markscan.source import Elsewhere

KINDS = ("", "public", "internal", "classified", "personal", "removable", "mail", "sync")

# What may lie in a place of which only the kind is told (法31; work secrets stay in the
# office's own network). A classified or removable place has the grade somebody gave it.
HIGHEST_OF_KIND: dict[str, tuple[tuple[str, str], ...]] = {
    "public": (("openness", "public"),),
    "internal": (("cn-internal", "neibu"), ("cn-work", "gongzuo")),
}


@dataclass(frozen=True, slots=True)
class Location:
    """A place named in the policy, or the place of everything that is not named.

    `highest` pairs a scheme with the code of the highest level that may lie there.
    `kind` is one of `KINDS`, empty if nobody said. `listed` is false for the default.
    """

    pattern: str
    owner: str = ""
    readers: tuple[str, ...] = ()
    kind: str = ""
    highest: tuple[tuple[str, str], ...] = ()
    listed: bool = True

    def ceiling(self, scheme: str) -> Level | None:
        """Return the highest level of `scheme` that may lie here; None: nothing of it may.

        A scheme that `highest` does not name is admitted whole if the place's highest
        rank reaches the scheme's `admitted_at`: where 机密 may lie, 内部 may lie too.
        State, military and Taiwan levels are admitted only by name.
        """
        levels = read_levels()
        top = 0
        for name, code in self.highest:
            level = levels.find(name, code)
            if name == scheme:
                return level
            # The ranks of trade and company secrets are chains of their own.
            if level is not None and name not in ("cn-commercial", "cn-company", "tw"):
                top = max(top, level.rank)
        found = levels.scheme(scheme)
        if found is None or found.admitted_at is None or top < found.admitted_at:
            return None
        return found.levels[-1]

    def allows(self, level: Level) -> bool:
        """Return whether a file of `level` may lie here."""
        ceiling = self.ceiling(level.scheme)
        return ceiling is not None and level.rank <= ceiling.rank

    @property
    def base(self) -> str:
        """The folder, without a slash at its end, that holds all that may lie here.

        The location itself where its pattern has no wildcard; empty for anywhere.
        """
        pattern = normal(self.pattern).removesuffix("/**")
        before, wildcard, _ = pattern.partition("*")
        return before.rpartition("/")[0] if wildcard else pattern


# A place nobody named holds no state secrets; internal papers may lie there, and work
# secrets are not judged, because no national text says where they may lie.
UNLISTED = Location(
    pattern="",
    highest=(("cn-internal", "neibu"), ("cn-work", "gongzuo")),
    listed=False,
)


@dataclass(frozen=True, slots=True)
class Policy:
    """All named places, and the place that stands for the rest."""

    locations: tuple[Location, ...] = ()
    default: Location = UNLISTED

    def locate(self, path: Path | Elsewhere) -> Location:
        """Return the location in which the file `path` lies.

        The most specific pattern wins, that is the one with most characters before its
        first wildcard; of two alike, the one named first. A file inside an archive lies
        where the archive lies. A relative path is taken from the working folder.
        """
        text = normal(str(path))
        if isinstance(path, Path) and not is_absolute(text):
            text = normal(str(path.absolute()))
        return self.at(text)

    def at(self, path: str) -> Location:
        """Return the location of a file or folder; `path` is absolute, or a URL."""
        text = normal(path)
        for pattern, index in _most_specific_first(tuple(each.pattern for each in self.locations)):
            if pattern.fullmatch(text):
                return self.locations[index]
        return self.default


@lru_cache(maxsize=16)
def _most_specific_first(patterns: tuple[str, ...]) -> list[tuple[re.Pattern[str], int]]:
    pairs = [(normal(pattern), index) for index, pattern in enumerate(patterns)]
    pairs.sort(key=lambda pair: (-literal_length(pair[0]), pair[1]))
    return [(compiled(pattern), index) for pattern, index in pairs]
