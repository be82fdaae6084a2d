"""What was seen (Evidence), what a rule made of it (Finding), how a file ended (Outcome)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum

from markscan.document import Place, Span
from markscan.marking import Marking
from markscan.wording import Text


class Severity(IntEnum):
    """How urgent a finding is: 提示 < 低 < 中 < 高 < 严重."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def code(self) -> str:
        """`info`, `low`, `medium`, `high`, `critical`."""
        return self.name.lower()


class Verdict(Enum):
    """What the findings say of the file as a whole, the gravest first."""

    ABOVE_CEILING = "above-ceiling"  # 存放越级
    EXCERPT_UNMARKED = "excerpt-unmarked"  # 摘引未标
    MARKING_MISSING = "marking-missing"  # 应标未标
    MARKING_FAULTY = "marking-faulty"  # 标志有误
    HANDLE_AS_INTERNAL = "handle-as-internal"  # 按内部文件管理
    MENTION = "mention"  # 提及
    CLEAN = "clean"  # 无问题


class Zone(Enum):
    """What the place of a marking is worth."""

    STRONG = "strong"  # where an office marks: top of page one, stamp, labelled cell, field, name
    WEAK = "weak"  # header, footer, note, comment, watermark: never alone more than a hint
    LINE = "line"  # a line of its own anywhere else
    PROSE = "prose"  # inside a sentence


class Role(Enum):
    """What a marking is doing where it stands."""

    MARKING = "marking"  # it marks this file
    MENTION = "mention"  # the text speaks about markings, or cites one
    EXAM = "exam"  # an examination paper's 绝密★启用前
    TEMPLATE = "template"  # a form or sample to be filled in
    REFERENCE = "reference"  # it marks another document: a row of a ledger
    VOIDED = "voided"  # changed or declassified: no longer in force


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing seen in one part. Holds where it stands, never what it says.

    `part` is the index into `Document.parts`; `span` is in that part's own text.
    """

    part: int
    span: Span


@dataclass(frozen=True, slots=True)
class MarkingEvidence(Evidence):
    """A marking stands here."""

    marking: Marking
    place: Place
    zone: Zone
    role: Role

    @property
    def effective(self) -> bool:
        """True if it marks this file and is in force."""
        return self.role is Role.MARKING


@dataclass(frozen=True, slots=True)
class TermEvidence(Evidence):
    """A term of a lexicon stands here; `term` is its id, never its text."""

    term: str


@dataclass(frozen=True, slots=True)
class NumberEvidence(Evidence):
    """A document number (发文字号) of a 机要 family stands here; never which one.

    `family` is the issuer's code: 中发. `severity` is what a number of that family is
    worth where it is not known to be published (S003 art. 8). `own` is true where it
    is this file's own number (a line of its own at the top), not a citation.
    """

    family: str
    severity: Severity
    place: Place
    own: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's judgement on one file. Its sentences hold no document text but the marking.

    `key` stays the same while file, rule and what was seen stay the same, wherever
    in the file it moves. `place` is None where it is the file as a whole. `quote` is
    the line it rests on, and empty unless asked for. `verdict` is None where it says
    nothing of the markings, only that the file could not be read.
    """

    rule: str
    severity: Severity
    verdict: Verdict | None
    message: Text
    fix: Text
    basis: Text
    place: Place | None
    key: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file was not read in full. `code` is one of the closed list of the JSON Lines.

    `inside` tells that a file inside it was not read, which has an outcome of its own.
    """

    code: str
    message: Text
    inside: bool = False


class Status(Enum):
    """How far a file was read."""

    EXAMINED = "examined"
    PARTIAL = "partial"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file ended; the files inside it have outcomes of their own in `members`.

    `format` is empty where not even that is known.
    """

    locator: str
    format: str
    status: Status
    markings: tuple[MarkingEvidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    members: tuple[Outcome, ...] = ()
    mentions: int = 0  # strings of the form of a marking that mark nothing here

    @property
    def verdict(self) -> Verdict | None:
        """The gravest verdict of its findings; None where unread and nothing was found."""
        found = {finding.verdict for finding in self.findings}
        for verdict in Verdict:
            if verdict in found:
                return verdict
        if self.status is not Status.EXAMINED:
            return None
        return Verdict.MENTION if self.mentions else Verdict.CLEAN

    def flat(self) -> Iterator[Outcome]:
        """Yield this outcome, then those of the files inside, each once, depth first."""
        yield self
        for member in self.members:
            yield from member.flat()
