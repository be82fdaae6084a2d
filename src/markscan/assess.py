"""Matches and judges what was read of one file: from its document to what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from markscan.config import Config
from markscan.document import Document, Layout
from markscan.finding import Outcome, Problem, Status
from markscan.lexicon import read_law, read_levels
from markscan.match.elements import find_elements
from markscan.match.matcher import Matcher
from markscan.match.splitting import split
from markscan.rules import Case, Task, judge, unjudged
from markscan.rules.advice import advise
from markscan.rules.stated import stated
from markscan.source import Source
from markscan.term import read_terms, shipped_terms


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one file, beside its document.

    `layout` reads how its first pages are set, at the first call.
    """

    source: Source
    status: Status
    problems: tuple[Problem, ...]
    members: tuple[Outcome, ...]
    layout: Callable[[], Layout | None]


class Assessor:
    """Assesses documents by one configuration. Built once a process, then only read."""

    def __init__(self, config: Config) -> None:
        """Compile lexicons, rules and terms.

        Raises:
            UsageError: configuration or lexicons say something that cannot be meant.
        """
        self._config = config
        self._levels = read_levels()
        self._law = read_law(config.today)
        self._profile = config.organisation
        self._matcher = Matcher((*shipped_terms(), *read_terms(config.lexicons)))
        self._task = Task.CHECK if config.task == "check" else Task.SCAN

    def assess(self, document: Document, read: Read) -> Outcome:
        """Return the outcome of a file; each official document in it is judged by itself."""
        pieces = split(document) if self._task is Task.CHECK else (document,)
        cases = [
            self._case(piece, read, (number, len(pieces)))
            for number, piece in enumerate(pieces, start=1)
        ]
        config, first = self._config, cases[0]
        findings = [
            found
            for case in cases
            for found in judge(case, disabled=config.disabled, quote=config.quote)
        ]
        silent = unjudged(first, disabled=config.disabled) if config.explain else ()
        return Outcome(
            locator=document.locator,
            format=document.format,
            status=read.status,
            markings=tuple(seen for case in cases for seen in case.markings),
            findings=tuple(findings),
            problems=read.problems,
            members=read.members,
            mentions=sum(case.mentions for case in cases),
            advice=tuple(told for case in cases for told in advise(case)),
            unjudged=tuple(silent),
            stated=stated(first) if self._task is Task.CHECK else None,
        )

    def _case(self, document: Document, read: Read, piece: tuple[int, int]) -> Case:
        seen = self._matcher.observe(document, self._config.today)
        policy = self._config.policy
        return Case(
            document=document,
            levels=self._levels,
            law=self._law,
            today=self._config.today,
            task=self._task,
            markings=seen.markings,
            numbers=seen.numbers,
            problems=read.problems,
            location=policy.locate(read.source.path) if policy is not None else None,
            issued=seen.issued,
            exam=seen.exam,
            layout=read.layout,
            elements=cache(partial(find_elements, document)),
            terms=seen.terms,
            profile=self._profile,
            members=read.members,
            mentions=seen.mentions,
            piece=piece,
        )
