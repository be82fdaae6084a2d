"""Tells what is taken from a registered document apart from what only names it.

The title of a registered document is a passage of its text. Where nothing else of it stands,
the document is named, not excerpted: title and number are content of their own kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from markscan.document import Span
from markscan.finding import CitationEvidence, ExcerptEvidence
from markscan.match.excerpts import Reuse
from markscan.rules.excerpt.reuse_kinds import ids, in_force, rank_taken
from markscan.rules.rule import Case
from markscan.wording import Text

_NAMED = 5  # entries that a sentence names
# Ideographs beside a title that a passage may reach by accident: the pieces compared are eight.
_BEYOND_TITLE = 8


def content(reuse: Reuse) -> tuple[ExcerptEvidence, ...]:
    """Return the passages that are more than the title."""
    title = reuse.entry.title_span
    return tuple(
        seen
        for seen in reuse.passages
        if (seen.source.end - seen.source.start) - _shared(seen.source, title) > _BEYOND_TITLE
    )


def only_named(case: Case) -> list[Reuse]:
    """Return the documents in force of which title or number stands here, and no content."""
    return [
        reuse
        for reuse in case.reuse
        if in_force(case, reuse) and reuse.citations and not content(reuse)
    ]


def cited(
    reuses: Iterable[Reuse], kind: Literal["title", "number"]
) -> list[tuple[Reuse, CitationEvidence]]:
    """Return, for each entry that is cited so, where it is cited first."""
    found = []
    for reuse in reuses:
        first = next((seen for seen in reuse.citations if seen.kind == kind), None)
        if first is not None:
            found.append((reuse, first))
    return found


def below(case: Case, reuse: Reuse, rank: int) -> bool:
    """Return whether a level of this rank is lower than that of what was taken."""
    return rank < rank_taken(case, reuse)


def first_ids(reuses: Sequence[Reuse]) -> Text:
    """Return the ids of the first entries, and how many there are if not all are named."""
    named, count = ids(reuses[:_NAMED]), len({reuse.entry.id for reuse in reuses})
    if count <= _NAMED:
        return named
    return Text(f"{named.zh} 等 {count} 件", f"{named.en} and others, {count} in all")


def _shared(one: Span, other: Span) -> int:
    return max(min(one.end, other.end) - max(one.start, other.start), 0)
