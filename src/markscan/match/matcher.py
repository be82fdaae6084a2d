"""All that is seen in one document, in one pass over its folded text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from markscan.classify.shipped import occurrence_model
from markscan.document import Document
from markscan.finding import ContentEvidence, MarkingEvidence, NumberEvidence, TermEvidence
from markscan.match.candidates import SIGN, JoinedText, candidates
from markscan.match.context import CONTEXT_TOPICS, Context, ContextReader
from markscan.match.excerpts import ExcerptFinder, Reuse
from markscan.match.grammar import ANCHORS
from markscan.match.issue_date import issue_date
from markscan.match.markings import marking_evidence, parsed_candidates
from markscan.match.numbers import NumberFinder
from markscan.match.own_terms import OwnTerms
from markscan.match.suspicion import SuspicionFinder
from markscan.match.terms import TermFinder
from markscan.pool import Pool
from markscan.register.register import Register
from markscan.register.sketches import kept
from markscan.termlist import TermList

__all__ = ["Matcher", "Observation"]


@dataclass(frozen=True, slots=True)
class Observation:
    """All that was seen in one document.

    `mentions` counts strings of the form of a marking that mark nothing here. `issued`
    is the stated day of issue, sought only where a marking needs it. `undecided` counts
    the terms whose patterns ran out of time. `reuse` is what it has of registered documents,
    `prints` what is kept of its fingerprints, empty unless asked for.
    """

    markings: tuple[MarkingEvidence, ...] = ()
    numbers: tuple[NumberEvidence, ...] = ()
    terms: tuple[TermEvidence, ...] = ()
    mentions: int = 0
    issued: date | None = None
    exam: bool = False
    undecided: int = 0
    reuse: tuple[Reuse, ...] = ()
    joined: JoinedText | None = None
    prints: bytes = b""


class Matcher:
    """Looks for markings, document numbers and terms. Built once a process, then only read."""

    def __init__(
        self,
        shipped: TermList,
        own: TermList,
        register: Register | None = None,
        *,
        little: bool = False,
        keep_prints: bool = False,
        content: Path | None = None,
    ) -> None:
        """Compile the terms that come with the program, and those of the office's own files.

        What is in `register` is sought, too. Only `shipped` terms tell what kind of text a
        document is; all `own` terms are sought, whatever their topics are called. `little`
        text is to come: being ready soon counts more than speed. With `keep_prints` an observation
        tells the fingerprints as well, if there is a register. `content` is the file of the
        office's own model of unmarked content, None for the one that ships.

        Raises:
            LexiconError: a lexicon does not say what it must say.
            ModelError: a model is not there, or was changed.
        """
        self._occurrences = occurrence_model()
        self._suspicion = SuspicionFinder(content)
        self._excerpts = ExcerptFinder(register) if register is not None else None
        self._keep_prints = keep_prints
        self._context = ContextReader(shipped)
        self._numbers = NumberFinder()
        common = shipped.take(shipped.of_topics(set(shipped.topics) - CONTEXT_TOPICS))
        sought = TermList.joined((common, own))
        self._own = OwnTerms(sought, own_from=len(common))
        # One automaton for all: a text is walked once.
        self._numbers_from = len(ANCHORS)
        self._terms_from = self._numbers_from + len(self._numbers.codes)
        anchors = Pool.of([*ANCHORS, *self._numbers.codes])
        pool = Pool.joined([anchors, sought.pool])
        self._finder = TermFinder(pool, little=little, secret=sought.secret)

    def observe(self, document: Document, today: date) -> Observation:
        """Return what stands in `document` on the day `today`. Never raises for its text."""
        if not document.parts:
            return Observation()
        joined = JoinedText.of(document)
        seen = replace(self._observe(document, joined, today), joined=joined)
        if self._excerpts is None:
            return seen
        reuse, tags = self._excerpts.look(document, joined, prints=self._keep_prints)
        return replace(seen, reuse=reuse, prints=kept(tags) if self._keep_prints else b"")

    def _observe(self, document: Document, joined: JoinedText, today: date) -> Observation:
        """What stands there beside what is registered."""
        hits = self._finder.find(joined.folded)
        if not len(hits) and SIGN not in joined.text:
            return Observation()
        terms, undecided = self._own.read(joined, hits.numbered(self._terms_from))
        codes = hits.numbered(self._numbers_from, self._terms_from)
        numbers = tuple(self._numbers.find(document, joined, codes))
        anchors = hits.numbered(0, self._numbers_from)
        parsed = list(parsed_candidates(document, candidates(document, joined, anchors)))
        read = [p for p in parsed if p is not None]
        if not parsed:
            return Observation(numbers=numbers, terms=terms, undecided=undecided)
        context = self._context.read(document)
        markings = tuple(marking_evidence(document, context, read, today, self._occurrences))
        return Observation(
            markings=markings,
            numbers=numbers,
            terms=terms,
            mentions=len(parsed) - len(markings),
            issued=issue_date(document) if markings else None,
            exam=context.exam,
            undecided=undecided,
        )

    def told_by(self, folder: str) -> frozenset[str]:
        """Return the topics of the context that the path of a folder tells."""
        return self._context.told_by(folder)

    def suspicion(self, document: Document, seen: Observation) -> ContentEvidence | None:
        """Return the passage of `document` that looks most like a matter not to be published."""
        if seen.joined is None:
            return None
        return self._suspicion.find(document, seen.joined)

    def context(self, document: Document) -> Context:
        """Return what kind of text `document` is."""
        return self._context.read(document)
