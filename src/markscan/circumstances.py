"""All that a judgement may see of the place in which a file lies.

Two files with the same bytes whose circumstances agree are judged alike, wherever they lie: only
locators and the keys made of them differ. So whatever looks at a path does it here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from markscan.path_kinds import path_kinds
from markscan.policy import Location, Policy
from markscan.source import Source


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The circumstances of a file on disk, which are also those of the files inside it.

    `own` is its name; `topics` are those of the context (match/context.py) that its folders
    tell. `changed` is told only where it counts: on removable media.
    """

    own: str
    location: Location | None
    kinds: frozenset[str]
    topics: frozenset[str] = frozenset()
    changed: date | None = None

    @property
    def dated(self) -> bool:
        """Whether it counts when the file was put there."""
        return self.location is not None and self.location.kind == "removable"

    def digest(self) -> bytes:
        """Return what is the same for the same circumstances: 16 bytes."""
        told = (self.own, self.location, sorted(self.kinds), sorted(self.topics), self.changed)
        return hashlib.blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def circumstances(source: Source, policy: Policy | None) -> Circumstances:
    """Return what the path of `source` tells, but for topics and day."""
    return Circumstances(
        parted(source.path.as_posix())[1],
        policy.locate(source.path) if policy is not None else None,
        path_kinds(source.path.as_posix()),
    )


def parted(locator: str) -> tuple[str, str]:
    """Return the folders of a locator, and the rest: its own name, and the way inside.

    A folder whose name holds an exclamation mark counts with the rest.
    """
    at = locator.partition("!")[0].rfind("/") + 1
    return locator[:at], locator[at:]
