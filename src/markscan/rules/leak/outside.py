"""What of registered documents stands in a place that admits no state secrets."""

from __future__ import annotations

from typing import Literal

from markscan.document import Area
from markscan.finding import CitationEvidence
from markscan.match.excerpts import Reuse
from markscan.rules.excerpt.citing import cited, only_named
from markscan.rules.leak.location_words import bars_state_secrets
from markscan.rules.rule import Case


def cited_outside(
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
