"""What was seen (Evidence), what a rule made of it (Finding), how a file ended (Outcome)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, IntEnum
from typing import Literal

from markscan.document import Box, Page, Place, Span, Stroke
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
    TO_VERIFY = "to-verify"  # 待核实是否涉密
    MARKING_FAULTY = "marking-faulty"  # 标志有误
    HANDLE_AS_INTERNAL = "handle-as-internal"  # 按内部文件管理
    MENTION = "mention"  # 提及
    ALL_DISMISSED = "all-dismissed"  # 已排除: people found that no finding of it is one
    CLEAN = "clean"  # 无问题: nothing was found


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
    """A term of a lexicon stands here; `term` is its id, never its text.

    `weight` is what it adds to the score of its `topic`. `own` tells a term of the
    office's own lists from one that comes with the program; their topics may have one name.
    """

    term: str
    weight: float = 1.0
    topic: str = ""
    own: bool = False


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


class Tier(Enum):
    """How sure it is that a passage was taken from a registered document."""

    ALERT = "alert"  # so much alike is no accident
    REVIEW = "review"  # a person should look: it may be a common phrase


@dataclass(frozen=True, slots=True)
class ExcerptEvidence(Evidence):
    """A passage of a registered document stands here; never what it says.

    `span` ends with the part if the passage goes on in later ones; it begins at `place` and
    ends at `last`. `entry` is the id in the register, `source` where the passage stands in the
    registered document, in ideographs from 0 (words, where it is written in Latin letters).
    `covered` is how many of them are proven to be the same, `bits` how improbable that is in
    public text: the surprisal of the covered characters.
    """

    entry: str
    source: Span
    covered: int
    bits: float
    tier: Tier
    place: Place
    last: Place


@dataclass(frozen=True, slots=True)
class CitationEvidence(Evidence):
    """Title (标题) or document number (发文字号) of a registered document stands here."""

    entry: str
    kind: Literal["title", "number"]
    place: Place


@dataclass(frozen=True, slots=True)
class ContentEvidence(Evidence):
    """A passage looks like a matter that must not be published; the classifier's advice.

    It begins at `place`. `matter` is a code of lexicons/matters.toml, `probability` what the
    score is worth by the calibration of the model. `high` tells that hardly any public
    document looks so. `topics` are codes of the groups of terms that spoke for it, the
    weightiest first.
    """

    matter: str
    probability: float
    high: bool
    place: Place
    topics: tuple[str, ...] = ()


class Element(Enum):
    """The elements of an official document (公文格式要素, GB/T 9704—2012, 7), from the top.

    密级和保密期限 is not among them: the markings of the file are evidence of their own.
    """

    COPY_NUMBER = "copy-number"  # 份号
    URGENCY = "urgency"  # 紧急程度
    ISSUER = "issuer"  # 发文机关标志
    NUMBER = "number"  # 发文字号
    SIGNER = "signer"  # 签发人
    TITLE = "title"  # 标题
    ADDRESSEE = "addressee"  # 主送机关
    ATTACHMENT_NOTE = "attachment-note"  # 附件说明
    SIGNATURE = "signature"  # 发文机关署名
    DATE = "date"  # 成文日期
    NOTE = "note"  # 附注
    ATTACHMENT = "attachment"  # 附件: the heading of one
    COPIES_TO = "copies-to"  # 抄送机关
    PRINTED = "printed"  # 印发机关和印发日期
    PRINT_RUN = "print-run"  # 印制份数


@dataclass(frozen=True, slots=True)
class ElementEvidence(Evidence):
    """An element of an official document stands here."""

    element: Element
    place: Place


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a person decided about a finding (核查结论), while it is in force.

    `until` is the last day on which it counts, None without end; `under` the folder to which
    it is limited, with a slash at the end, empty for everywhere.
    """

    kind: Literal["confirmed", "dismissed"]  # 属实, 排除
    reason: str
    person: str
    at: datetime
    until: date | None = None
    under: str = ""

    @property
    def dismissed(self) -> bool:
        """Whether the finding is none in the eyes of that person: then it does not count."""
        return self.kind == "dismissed"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's judgement on one file. Its sentences hold no document text but the marking.

    `key` stays the same while file, rule and what was seen stay the same, wherever
    in the file it moves; `content_key` while the text it rests on stays the same, in whatever
    file (rules/content_key.py), and is empty where no store keeps it. `place` is None where
    it is the file as a whole. `quote` is the line it rests on, and empty unless asked for.
    `verdict` is None where it says nothing of the markings, only that the file could not be
    read. `others` are further places of the same fault. `conclusion` is what a person decided
    about it, where a store keeps that.
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
    others: tuple[Place, ...] = ()
    content_key: str = ""
    conclusion: Conclusion | None = None

    @property
    def dismissed(self) -> bool:
        """Whether a person found it to be none: it is shown, but does not count."""
        return self.conclusion is not None and self.conclusion.dismissed


@dataclass(frozen=True, slots=True)
class Advice:
    """What suggests that an unmarked draft may need a level: for a person to decide (请判定).

    Never a verdict: it changes neither verdict nor exit code.
    """

    message: Text
    basis: Text
    place: Place | None


class Input(Enum):
    """What a rule may need beside the text."""

    LAYOUT = "layout"  # how the pages are set
    FORM = "form"  # a draft form (发文稿纸, 定密审批表)
    REGISTER = "register"  # the register of classified documents
    ISSUE_DATE = "issue-date"  # a stated day of issue


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule that stayed silent because what it needs was not given: `missing` says what."""

    rule: str
    missing: Input


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document says of itself beside its markings: facts for a review slip.

    `issued` is the day of issue (成文日期), None where none is read; `number` and
    `copy_number` tell whether a 发文字号 and a 份号 stand in it.
    """

    issued: date | None = None
    number: bool = False
    copy_number: bool = False


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
class SketchLine:
    """A line of a sketched page: `text` only where it is a marking, or quoting is allowed.

    Where `text` is empty a grey bar stands for it. `place` is that of the layout's line,
    by which findings are brought to it.
    """

    box: Box
    place: Place
    text: str = ""
    size: float | None = None
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The first page of a document, drawn without its text."""

    page: Page
    lines: tuple[SketchLine, ...]
    strokes: tuple[Stroke, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """The file is a copy of the registered document `entry` (an id).

    `allowed` is how many copies the register allows, `number` the copy number (份号) that the
    file bears; None where not told.
    """

    entry: str
    allowed: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file ended; the files inside it have outcomes of their own in `members`.

    `format` is empty where not even that is known; of `wake` and `rank` rules/lasting.py tells.
    """

    locator: str
    format: str
    status: Status
    markings: tuple[MarkingEvidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    members: tuple[Outcome, ...] = ()
    mentions: int = 0  # strings of the form of a marking that mark nothing here
    advice: tuple[Advice, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()  # filled only where asked for
    stated: Stated | None = None  # only of a draft that is checked
    sketch: Sketch | None = None  # the first page as it is set, only where asked for
    prints: bytes = b""  # fingerprints for a later hunt (register/sketches.py), where asked for
    excerpts: tuple[ExcerptEvidence, ...] = ()  # of registered documents, only where asked for
    copies: tuple[Copy, ...] = ()  # of registered documents in force
    content: bytes = b""  # BLAKE2b-256 of a file on disk, only where a store keeps it
    twin: bytes = b""  # digest of content and circumstances, only where a store keeps it
    wake: date | None = field(default=None, compare=False)
    rank: int = field(default=0, compare=False)

    @property
    def verdict(self) -> Verdict | None:
        """The gravest verdict of its findings; None where unread and nothing was found."""
        found = {finding.verdict for finding in self.findings if not finding.dismissed}
        for verdict in Verdict:
            if verdict in found:
                return verdict
        if self.status is not Status.EXAMINED:
            return None
        if self.findings:
            return Verdict.ALL_DISMISSED
        return Verdict.MENTION if self.mentions else Verdict.CLEAN

    def flat(self) -> Iterator[Outcome]:
        """Yield this outcome, then those of the files inside, each once, depth first."""
        yield self
        for member in self.members:
            yield from member.flat()
