"""The roll call of a scan: was every sample under its roots found, by the rules that must?

Samples are taken out of what the walk shows, so that the store and its reports never hold them,
and are examined in every scan by the same workers as all files. A file counts as a sample
only if its bytes are those that were planted; whatever else lies under its name is judged
like any other file, and the sample is missed. One in a folder that the walk does not show,
because it is excluded or cannot be listed, is missed as well.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from markscan.finding import Outcome
from markscan.selftest.registry import Sample
from markscan.source import Source
from markscan.walk import Listing, source_in

Found = TypeVar("Found")  # a folder as the walk tells of it: of interest is a `Listing`


class RollCall:
    """Hears what one scan makes of the samples."""

    def __init__(self, samples: Iterable[Sample], roots: Iterable[str]) -> None:
        """Expect those of `samples` that lie under `roots`, absolute paths, wherever links lead."""
        self._by_folder: dict[str, dict[str, Sample]] = {}
        for root in roots:
            for sample in samples:
                if (path := _as_seen(sample.path, root)) is not None:
                    folder, name = os.path.split(path)
                    self._by_folder.setdefault(os.path.normpath(folder), {})[name] = sample
        self._expected = {s.id: s for row in self._by_folder.values() for s in row.values()}
        self._waiting: deque[Source] = deque()
        self._asked: dict[str, Sample] = {}
        self._met: set[str] = set()
        self._failed: set[str] = set()

    @property
    def folders(self) -> frozenset[str]:
        """The folders in which samples lie."""
        return frozenset(self._by_folder)

    def passing(self, found: Iterable[Found]) -> Iterator[Found | Listing]:
        """Yield what the walk found, without the samples; these wait to be examined."""
        for one in found:
            row = self._by_folder.get(one.path) if isinstance(one, Listing) else None
            yield self._without(one, row) if row and isinstance(one, Listing) else one

    def among(self, sources: Iterable[Source]) -> Iterator[Source]:
        """Yield `sources`, and between them the samples as the walk comes by."""
        for source in sources:
            yield from self._called()
            yield source
        yield from self._called()

    def answered(self, outcome: Outcome) -> bool:
        """Tell whether `outcome` is that of a sample; note whether it is as it must be."""
        sample = self._asked.get(outcome.locator)
        if sample is None:
            return False
        found = {finding.rule for one in outcome.flat() for finding in one.findings}
        (self._met if found.issuperset(sample.rules) else self._failed).add(sample.id)
        return True

    @property
    def expected(self) -> int:
        """How many samples lie under the roots."""
        return len(self._expected)

    def missed(self, *, whole: bool) -> list[Sample]:
        """Return the samples that were not found as they must be.

        Args:
            whole: whether the scan reached its end; else only those that it came by count.
        """
        late = self._expected.keys() - self._met if whole else self._failed
        return [sample for sample in self._expected.values() if sample.id in late]

    def _called(self) -> Iterator[Source]:
        while self._waiting:
            yield self._waiting.popleft()

    def _without(self, listing: Listing, row: dict[str, Sample]) -> Listing:
        for stat in listing.files:
            sample = row.get(stat.name)
            if sample is None:
                continue
            if sample.state != "intact":
                self._failed.add(sample.id)
                continue
            source = source_in(listing.path, stat.name)
            self._asked[source.locator] = sample
            self._waiting.append(source)
        taken = {source.name for source in self._waiting}
        return replace(listing, files=[each for each in listing.files if each.name not in taken])


def _as_seen(path: str, root: str) -> str | None:
    """Return `path` as a walk from `root` shows it; None if it does not lie there."""
    real, top = Path(os.path.realpath(path)), os.path.realpath(root)
    if not real.is_relative_to(top):
        return None
    return os.path.abspath(os.path.join(root, real.relative_to(top)))  # noqa: PTH100, PTH118
