"""The terms of the office's own lists that stand in a file, as its reports cite them."""

from __future__ import annotations

from collections.abc import Iterable

from markscan.finding import TermEvidence
from markscan.wording import Text

_FEW = 3  # terms that a sentence names
_AND_MORE = Text("{terms}等", "{terms} and more")


def own_by_topic(terms: Iterable[TermEvidence]) -> dict[str, list[TermEvidence]]:
    """Return the hits of the office's own terms by their topics, in the order of the text."""
    by_topic: dict[str, list[TermEvidence]] = {}
    for seen in terms:
        if seen.own:
            by_topic.setdefault(seen.topic, []).append(seen)
    return by_topic


def cited(found: Iterable[TermEvidence]) -> Text:
    """Return the ids of the first few terms, without their topic; never their text."""
    ids = list(dict.fromkeys(seen.term.removeprefix(f"{seen.topic}.") for seen in found))
    terms = Text("、".join(ids[:_FEW]), ", ".join(ids[:_FEW]))
    return _AND_MORE.fill(terms=terms) if len(ids) > _FEW else terms
