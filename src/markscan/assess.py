"""Matches and judges what was read of one file: from its document to what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from markscan.circumstances import Circumstances, circumstances, parted
from markscan.config import Config
from markscan.decision import Decision
from markscan.document import Document, Layout
from markscan.finding import ExcerptEvidence, Finding, Outcome, Problem, Sketch, Status
from markscan.fold import accelerate
from markscan.fold.fused import MUCH
from markscan.lexicon import law_for, read_levels
from markscan.match.draft import find_draft
from markscan.match.elements import find_elements, text_lines
from markscan.match.form import own_markings, read_form
from markscan.match.matcher import Matcher, Observation
from markscan.match.splitting import split
from markscan.match.struck import voided
from markscan.page_sketch import sketch
from markscan.register.register import Register
from markscan.rules import Case, Task, judge, unjudged
from markscan.rules.advice import advise
from markscan.rules.company import as_judged
from markscan.rules.excerpt.own_copy import copies
from markscan.rules.lasting import highest_rank, wake
from markscan.rules.stated import stated
from markscan.source import Source
from markscan.termlist import read_terms, shipped_list
from markscan.wording import PROBLEMS

# Seconds a file may take, so that one during which the fold is compiled is not given up.
_TIME_TO_COMPILE = 30


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

    def __init__(self, config: Config, form: Decision | None = None) -> None:
        """Compile lexicons, rules and terms; `form` is what the form of the draft says.

        Raises:
            UsageError: configuration or lexicons say something that cannot be meant.
        """
        self._config = config
        self._form = form
        self._levels = read_levels()
        self._profile = config.organisation
        own = read_terms(config.lexicons, config.terms_key)
        self._task = Task.CHECK if config.task == "check" else Task.SCAN
        register = _register(config)
        self._registered = register is not None
        self._matcher = Matcher(
            shipped_list(),
            own,
            register,
            little=self._task is Task.CHECK,
            keep_prints=config.sketches is not None,
            content=config.content_model,
        )
        if self._task is Task.SCAN and config.seconds_per_file >= _TIME_TO_COMPILE:
            accelerate(after=MUCH)

    def assess(self, document: Document, read: Read) -> Outcome:
        """Return the outcome of a file; each official document in it is judged by itself."""
        pieces = self._pieces(document)
        seen = [self._matcher.observe(piece, self._config.today) for piece in pieces]
        cases = self._cases(pieces, seen, read)
        config, first = self._config, cases[0]
        judged = [self._judged(case) for case in cases]
        findings = [found for of_case in judged for found in of_case]
        status, problems = _with_undecided(read, sum(case.undecided for case in cases))
        silent = unjudged(first, disabled=config.disabled) if config.explain else ()
        return Outcome(
            locator=document.locator,
            format=document.format,
            status=status,
            markings=tuple(seen for case in cases for seen in case.markings),
            findings=tuple(findings),
            problems=problems,
            members=read.members,
            mentions=sum(case.mentions for case in cases),
            advice=tuple(told for case in cases for told in advise(case)),
            unjudged=tuple(silent),
            stated=stated(first) if self._task is Task.CHECK else None,
            sketch=self._sketch(cases) if config.sketch and findings else None,
            prints=b"".join(each.prints for each in seen),
            excerpts=tuple(_excerpts(cases)) if config.excerpts else (),
            copies=tuple(copy for case in cases for copy in copies(case)),
            wake=_wake(cases, judged),
            rank=max(highest_rank(case) for case in cases),
        )

    def _judged(self, case: Case) -> list[Finding]:
        config = self._config
        return judge(case, disabled=config.disabled, quote=config.quote, key=config.finding_key)

    def cases(self, document: Document, read: Read) -> list[Case]:
        """Return what the rules are given: a case for each official document, at least one."""
        pieces = self._pieces(document)
        seen = [self._matcher.observe(piece, self._config.today) for piece in pieces]
        return self._cases(pieces, seen, read)

    def circumstances(self, source: Source) -> Circumstances:
        """Return all that is seen of the place of a file on disk when it is judged."""
        here = circumstances(source, self._config.policy)
        return replace(
            here,
            topics=self._matcher.told_by(parted(source.path.as_posix())[0]),
            changed=source.changed() if here.dated else None,
        )

    def _pieces(self, document: Document) -> Sequence[Document]:
        """The official documents that are judged by themselves."""
        return split(document) if self._task is Task.CHECK else (document,)

    def _cases(
        self, pieces: Sequence[Document], seen: Sequence[Observation], read: Read
    ) -> list[Case]:
        return [
            self._case(piece, each, read, (number, len(pieces)))
            for number, (piece, each) in enumerate(zip(pieces, seen, strict=True), start=1)
        ]

    def _sketch(self, cases: list[Case]) -> Sketch | None:
        """The first page as it is set; letters only where markings stand."""
        markings = [(seen.place, case.text(seen)) for case in cases for seen in case.markings]
        return sketch(cases[0].layout(), markings, quote=self._config.quote)

    def _case(
        self, document: Document, seen: Observation, read: Read, piece: tuple[int, int]
    ) -> Case:
        here = circumstances(read.source, self._config.policy)
        decision = self._decision(document, read.source, piece[0])
        elements = cache(partial(find_elements, document))
        markings = own_markings(as_judged(seen.markings, self._profile, self._task), decision)
        if self._task is Task.CHECK:
            markings = voided(document, markings, read.layout)
        return Case(
            document=document,
            levels=self._levels,
            law=law_for(seen.issued, self._config.today),
            today=self._config.today,
            task=self._task,
            markings=markings,
            numbers=seen.numbers,
            problems=read.problems,
            location=here.location,
            issued=seen.issued,
            exam=seen.exam,
            layout=read.layout,
            lines=cache(lambda: tuple(text_lines(document))),
            elements=elements,
            draft=cache(lambda: find_draft(document, elements(), decision)),
            context=cache(partial(self._matcher.context, document)),
            terms=seen.terms,
            decision=decision,
            profile=self._profile,
            members=read.members,
            mentions=seen.mentions,
            undecided=seen.undecided,
            piece=piece,
            reuse=seen.reuse,
            registered=self._registered,
            suspicion=cache(partial(self._matcher.suspicion, document, seen)),
            path_kinds=here.kinds,
            changed=cache(read.source.changed) if here.dated else lambda: None,
        )

    def _decision(self, document: Document, source: Source, piece: int) -> Decision | None:
        """What a draft form says of `document`: one given for the draft, or one inside it."""
        if self._task is not Task.CHECK:
            return None
        inside = read_form(document)
        if self._form is not None and not source.members and piece == 1:
            return replace(self._form, taken=inside.taken if inside is not None else ())
        return inside


def _register(config: Config) -> Register | None:
    """The register that a scan is given; what opens it is imported only then."""
    if config.register is None:
        return None
    from markscan.register.opening import open_register

    return open_register(config.register, config.register_key)


def _excerpts(cases: Sequence[Case]) -> Iterator[ExcerptEvidence]:
    for case in cases:
        for reuse in case.reuse:
            yield from reuse.passages


def _wake(cases: Sequence[Case], judged: Sequence[Sequence[Finding]]) -> date | None:
    """The first day on which one of the cases may be judged otherwise."""
    days = (
        wake(case, {found.rule for found in findings})
        for case, findings in zip(cases, judged, strict=True)
    )
    return min((day for day in days if day is not None), default=None)


def _with_undecided(read: Read, undecided: int) -> tuple[Status, tuple[Problem, ...]]:
    """Status and problems of a file, of whose terms so many could not be decided in time."""
    if not undecided:
        return read.status, read.problems
    said = Problem("timeout", PROBLEMS["pattern-timeout"].fill(count=undecided))
    status = Status.PARTIAL if read.status is Status.EXAMINED else read.status
    return status, (*read.problems, said)
