"""What of registered documents stands in a place that admits no state secrets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from markscan.document import Area
from markscan.finding import CitationEvidence, Severity
from markscan.match.excerpts import Reuse
from markscan.rules.excerpt.citing import cited, first_ids, only_named
from markscan.rules.leak.location_words import bars_state_secrets, internal, kind_of_place
from markscan.rules.rule import Case, Hit


def name_outside(case: Case, kind: Literal["title", "number"]) -> Iterator[Hit]:
    """Name the entries of which title or number stands here and nothing else, once for all.

    Where content of theirs stands here as well MS401 says more, in a marked file MS301 does.
    """
    found = _cited_outside(case, kind)
    if found and case.location is not None:
        values: dict[str, object] = {
            "entries": first_ids([reuse for reuse, _ in found]),
            "place": kind_of_place(case.location),
        }
        severity = Severity.MEDIUM if internal(case.location) else None
        yield Hit(tuple(seen for _, seen in found), values, severity=severity)


def _cited_outside(
    case: Case, kind: Literal["title", "number"]
) -> list[tuple[Reuse, CitationEvidence]]:
    """Return where documents are cited by `kind`, each once, in an unmarked file outside.

    Of a file name that bears a level as well MS317 speaks.
    """
    if case.location is None or not bars_state_secrets(case.location) or case.visible:
        return []
    levelled = any(seen.place.area is Area.FILENAME for seen in case.state)
    return [
        (reuse, seen)
        for reuse, seen in cited(only_named(case), kind)
        if not (levelled and seen.place.area is Area.FILENAME)
    ]
