"""Builds the case of a rule's example, by the pieces that a scan uses."""

from functools import cache, partial

from markscan.document import Area, Document, Part, Place
from markscan.finding import Problem
from markscan.lexicon import read_law, read_levels
from markscan.match.elements import find_elements
from markscan.match.matcher import Matcher
from markscan.policy import HIGHEST_OF_KIND, UNLISTED, Location
from markscan.rules import Case, Example
from markscan.term import shipped_terms
from markscan.wording import Text


def case_of(example: Example) -> Case:
    """Return what the rules are given for the file of `example`."""
    document = document_of(example)
    seen = _matcher().observe(document, example.today)
    return Case(
        document=document,
        levels=read_levels(),
        law=read_law(example.today),
        today=example.today,
        task=example.task,
        markings=seen.markings,
        numbers=seen.numbers,
        problems=(Problem(example.problem, Text("未读", "unread")),) if example.problem else (),
        location=location_of(example),
        issued=seen.issued,
        exam=seen.exam,
        elements=cache(partial(find_elements, document)),
        terms=seen.terms,
    )


def document_of(example: Example) -> Document:
    body = (Part(example.text, Place(Area.BODY)),) if example.text else ()
    further = (Part(text, Place(area, label=label)) for area, label, text in example.parts)
    name = Part(example.name, Place(Area.FILENAME))
    return Document(example.name, example.name, "txt", (*body, *further, name))


def location_of(example: Example) -> Location | None:
    if example.highest is None:
        return None
    if example.highest:
        highest = (("cn-state", example.highest),)
        return Location("/srv", kind=example.kind, highest=highest)
    if example.kind:
        return Location("/srv", kind=example.kind, highest=HIGHEST_OF_KIND.get(example.kind, ()))
    return UNLISTED


@cache
def _matcher() -> Matcher:
    return Matcher(shipped_terms())
