"""Finds in unmarked text the passage that looks most like a matter not to be published."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from markscan.classify.segmenter import split_words
from markscan.classify.shipped import content_model
from markscan.document import Document, Span
from markscan.finding import ContentEvidence
from markscan.match.candidates import JoinedText
from markscan.match.lines import Lines


class SuspicionFinder:
    """Asks the content model. Built once a process."""

    def __init__(self, path: Path | None = None) -> None:
        """Take the model at `path`; None: the one that comes with the program.

        Raises:
            ModelError: it is not there, or not what its digest says.
        """
        self._shipped = content_model(path)

    def find(self, document: Document, joined: JoinedText) -> ContentEvidence | None:
        """Return the worst passage of `document`; None where none is suspicious.

        Args:
            document: what `joined` was joined from.
            joined: its text.
        """
        bare = joined.folded.bare
        seen = self._shipped.model.assess(bare.units, split_words)
        if seen is None or seen.band == "low":
            return None
        first, last = bare.origin(np.array([seen.start, seen.end - 1])).tolist()
        part, span = joined.locate(first, first + 1)
        last_part, last_span = joined.locate(last, last + 1)
        stop = last_span.end if last_part == part else len(document.parts[part].text)
        return ContentEvidence(
            part,
            Span(span.start, stop),
            seen.matters[0][0],
            seen.probability,
            seen.band == "high",
            Lines(document).place(part, span.start),
            seen.topics,
        )
