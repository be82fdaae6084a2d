"""Writes the findings on a Word draft into a copy of it, as comments at their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from markscan.document import Area, Place
from markscan.errors import UsageError
from markscan.finding import Finding, Outcome, Status
from markscan.report.places import place_words
from markscan.report.word_comments import Comment, with_comments
from markscan.report.word_paragraphs import own_label
from markscan.walk import printable
from markscan.wording import INTERFACE, Language

AUTHOR, _INITIALS = "MarkScan", "MS"


@dataclass(frozen=True, slots=True)
class Annotated:
    """The bytes of the copy, and how many comments were added to it."""

    data: bytes
    comments: int


def annotate(draft: bytes, outcome: Outcome, language: Language) -> Annotated:
    """Return a copy of `draft` with a comment for each finding at each of its places.

    What no comment can stand at (a header, a property, the name, a file inside) is told at
    the first paragraph with text, its place named in words. Everything else in the copy is
    as in the draft, byte for byte.

    Raises:
        UsageError: the draft was not read, or is no sound Word document.
    """
    if outcome.status is Status.UNREAD or outcome.format != "docx":
        raise UsageError(INTERFACE["annotate.broken"])
    comments = [
        comment
        for one in outcome.flat()
        for finding in one.findings
        for comment in _comments(finding, _inside(outcome, one), language)
    ]
    if not comments:
        return Annotated(draft, 0)
    now = datetime.now(UTC)
    try:
        copy = with_comments(draft, comments, author=AUTHOR, initials=_INITIALS, when=now)
    except ValueError:
        raise UsageError(INTERFACE["annotate.broken"]) from None
    return Annotated(copy, len(comments))


def _inside(draft: Outcome, one: Outcome) -> str:
    """The name of a file inside the draft; empty for the draft itself."""
    return "" if one is draft else printable(one.locator.removeprefix(f"{draft.locator}!"))


def _comments(finding: Finding, inside: str, language: Language) -> Iterator[Comment]:
    """Yield the comments of one finding; places that read alike are one."""
    comments = (
        Comment(
            "" if inside or place is None else own_label(place.label) or "",
            _said(finding, place, inside, language),
        )
        for place in (finding.place, *finding.others)
    )
    yield from dict.fromkeys(comments)


def _said(finding: Finding, place: Place | None, inside: str, language: Language) -> str:
    said = INTERFACE["annotate.comment"].fill(
        severity=INTERFACE[f"severity.{finding.severity.code}"],
        rule=finding.rule,
        message=finding.message,
        fix=finding.fix,
        basis=finding.basis,
    )
    text = said.of(language)
    if inside or not _stands_there(place):
        where = " ".join(filter(None, (inside, place_words(place, language))))
        text = INTERFACE["annotate.place"].fill(place=where, text=text).of(language)
    return "\n".join(printable(line) for line in text.split("\n"))


def _stands_there(place: Place | None) -> bool:
    """Whether the text at `place` is itself that of a paragraph or cell of the body."""
    if place is None or place.area not in {Area.BODY, Area.CELL}:
        return False
    return own_label(place.label) == place.label
