"""What a rule is, what it is given to judge, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from markscan.decision import Decision
from markscan.document import Area, Document, Layout, Place
from markscan.finding import (
    ContentEvidence,
    Evidence,
    Input,
    MarkingEvidence,
    NumberEvidence,
    Outcome,
    Problem,
    Role,
    Severity,
    TermEvidence,
    Verdict,
    Zone,
)
from markscan.lexicon import Law, Levels
from markscan.marking import Marking
from markscan.match.context import Context
from markscan.match.draft import Draft
from markscan.match.elements import Elements, TextLine
from markscan.match.excerpts import Reuse
from markscan.policy import Location
from markscan.profile import Profile
from markscan.register import Entry
from markscan.termlist import Term
from markscan.wording import Text

# Areas that a reader of the document sees as its text.
VISIBLE = frozenset({Area.BODY, Area.CELL, Area.TEXTBOX, Area.HEADER, Area.FOOTER, Area.IMAGE})

# Areas whose text stands on each page.
_REPEATED = frozenset({Area.HEADER, Area.FOOTER, Area.TEXTBOX})
# Schemes under rules of their own (法63; another jurisdiction): read, never judged.
UNJUDGED = frozenset({"cn-military", "tw"})


def _no_layout() -> Layout | None:
    return None


def _no_suspicion() -> ContentEvidence | None:
    return None


def _no_date() -> date | None:
    return None


def _no_draft() -> Draft:
    return Draft(Document("", "", "", ()), Elements())


class Task(Enum):
    """What the user is doing: a drafter checks a draft, an office scans or reviews files."""

    CHECK = "check"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Case:
    """One file before the rules: its text, what was seen in it, where it lies, the law.

    `location` is None where no policy applies (a draft checked without one); then the
    rules about places stay silent. `issued` is the day of issue (成文日期) as the text
    states it, None where it does not. `exam` tells that the file is an examination
    paper. `task` tells who asks. `layout` reads how the first pages are set, at the first
    call; None where the format does not tell. `lines` are those with text that a reader sees,
    `elements` the elements of an official document, `draft` what stands behind form and
    cover; `context` tells what kind of text it is: each worked out at the first call.
    `decision` is what a draft form says, None without one. `members` are the outcomes of the
    files inside. `mentions` counts strings of the form of a marking that mark nothing,
    `undecided` the terms whose patterns ran out of time.
    `piece` is (n, of): the n-th official document of one file. `reuse` is what the file has of
    registered documents, most first; `registered` tells whether a register was given at all.
    `suspicion` asks the classifier, at the first call, for the passage that looks most like a
    matter not to be published. `path_kinds` is what the path says of the place (see the module
    of that name): no rule looks at the path itself. `changed` asks the disk, at the first call,
    when the file was last written or put where it lies; None for a file inside another one.
    """

    document: Document
    levels: Levels
    law: Law
    today: date
    task: Task = Task.SCAN
    markings: tuple[MarkingEvidence, ...] = ()
    numbers: tuple[NumberEvidence, ...] = ()
    problems: tuple[Problem, ...] = ()
    location: Location | None = None
    issued: date | None = None
    exam: bool = False
    layout: Callable[[], Layout | None] = _no_layout
    lines: Callable[[], tuple[TextLine, ...]] = tuple
    elements: Callable[[], Elements] = Elements
    context: Callable[[], Context] = Context
    draft: Callable[[], Draft] = _no_draft
    terms: tuple[TermEvidence, ...] = ()
    decision: Decision | None = None
    profile: Profile = field(default_factory=Profile)
    members: tuple[Outcome, ...] = ()
    mentions: int = 0
    undecided: int = 0
    piece: tuple[int, int] = (1, 1)
    reuse: tuple[Reuse, ...] = ()
    registered: bool = False
    suspicion: Callable[[], ContentEvidence | None] = _no_suspicion
    path_kinds: frozenset[str] = frozenset()
    changed: Callable[[], date | None] = _no_date

    def text(self, seen: Evidence) -> str:
        """Return the characters that `seen` stands for."""
        return seen.span.cut(self.document.parts[seen.part].text)

    def effective(self, *schemes: str) -> list[MarkingEvidence]:
        """The markings of these schemes that mark this file and are in force, in order."""
        return [m for m in self.markings if m.effective and m.marking.scheme in schemes]

    @property
    def state(self) -> list[MarkingEvidence]:
        """The effective state-secret markings (国家秘密标志), wherever they stand."""
        return self.effective("cn-state")

    @property
    def visible(self) -> list[MarkingEvidence]:
        """Those of them that a reader of the document sees: not name, property, comment."""
        return [m for m in self.state if m.place.area in VISIBLE]

    @property
    def own_problems(self) -> list[Problem]:
        """Why text of this file itself is missing; files inside answer for themselves."""
        return [problem for problem in self.problems if not problem.inside]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule saw: the evidence, and the values for the braces of its sentences.

    `place` is where the first evidence stands unless given; where the rest of it stands
    become the finding's other places. `severity` and `message` replace those of the rule
    in this one case, `fix`, `basis` and `verdict` likewise.
    """

    evidence: tuple[Evidence, ...] = ()
    values: dict[str, object] = field(default_factory=dict)
    place: Place | None = None
    severity: Severity | None = None
    message: Text | None = None
    fix: Text | None = None
    basis: Text | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A file small enough to read in a rule's own module, run by the tests.

    `text` is its plain text; line one is the top of page one. `parts` are further
    pieces as (area, label, text). `highest` is the level code allowed for cn-state
    where the file lies: "" for nothing, None for no location policy at all. `layout` sets
    the text on pages, a line for each of its lines. `terms` are those of the office's own lists.
    `register` holds registered documents, each as (entry, text); None: no register is given.
    `changed` is the day on which it was put where it lies, `format` what its bytes are,
    `members` the files inside it.
    """

    text: str = ""
    name: str = "通知.txt"
    parts: tuple[tuple[Area, str, str], ...] = ()
    task: Task = Task.CHECK
    highest: str | None = None
    kind: str = ""
    problem: str = ""
    today: date = date(2026, 1, 1)
    layout: Layout | None = None
    terms: tuple[Term, ...] = ()
    register: tuple[tuple[Entry, str], ...] | None = None
    changed: date | None = None
    format: str = "txt"
    members: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its page of the catalogue, and the function that judges a case.

    `trigger` says what it looks for. The sentences `message` and `fix` have braces
    that the values of a hit fill. `verdict` is None for rules about files that could not
    be read. Every example in `found` must yield the rule, none in `clean` may.
    `drafts_only` rules judge drafts that are checked, never files that are scanned.
    `needs` names what the rule must be given, without which it stays silent. `of_entry` is
    what it says of a document of the register on a day without looking at a file, if anything.
    """

    code: str
    name: Text
    trigger: Text
    severity: Severity
    verdict: Verdict | None
    basis: Text
    message: Text
    fix: Text
    judge: Callable[[Case], Iterator[Hit]]
    found: tuple[Example, ...]
    clean: tuple[Example, ...]
    drafts_only: bool = False
    needs: tuple[Input, ...] = ()
    of_entry: Callable[[Entry, date], Hit | None] | None = None


def with_defect(case: Case, *tags: str) -> Iterator[MarkingEvidence]:
    """Yield the visible markings written with one of these faults, and open templates.

    A fault of writing is judged where a reader sees it; names and properties have
    rules of their own. Markings of the armed forces and of Taiwan are never judged.
    """
    for seen in once(case.markings):
        drafted = seen.effective or seen.role is Role.TEMPLATE
        in_sight = seen.place.area in VISIBLE and seen.zone is not Zone.PROSE
        faulty = any(tag in seen.marking.defects for tag in tags)
        if drafted and in_sight and faulty and seen.marking.scheme not in UNJUDGED:
            yield seen


def once(markings: Iterable[MarkingEvidence]) -> Iterator[MarkingEvidence]:
    """Yield `markings`, but what headers, footers and watermarks repeat only the first time."""
    told: set[tuple[Area, Marking]] = set()
    for seen in markings:
        if seen.place.area in _REPEATED:
            if (seen.place.area, seen.marking) in told:
                continue
            told.add((seen.place.area, seen.marking))
        yield seen
