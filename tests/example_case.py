"""Builds the case of a rule's example, by the pieces that a scan uses."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from markscan import Config
from markscan.assess import Assessor, Read
from markscan.document import Area, Document, Part, Place
from markscan.finding import Outcome, Problem, Status, TermEvidence
from markscan.fingerprint import Prints
from markscan.match.candidates import JoinedText
from markscan.match.excerpts import ExcerptFinder, Reuse
from markscan.match.matcher import Matcher
from markscan.policy import HIGHEST_OF_KIND, UNLISTED, Location
from markscan.profiles import House
from markscan.register.keys import Key
from markscan.register.registering import prepare, register_of
from markscan.rules import Case, Example, Task
from markscan.source import Source
from markscan.termlist import TermList
from markscan.wording import Text

KEY = Key.of(bytes(32))


def case_of(example: Example, profile: str = "standard", house: House = ()) -> Case:
    """Return what the rules are given for the file of `example`, in an office of this kind."""
    problem = (Problem(example.problem, Text("未读", "unread")),) if example.problem else ()
    status = Status.PARTIAL if problem else Status.EXAMINED
    members = tuple(outcome_of(each, profile, house) for each in example.members)
    read = Read(Source(Path(example.name)), status, problem, members, lambda: example.layout)
    assessor = _assessor(profile, house, example.today, example.task)
    case = assessor.cases(document_of(example), read)[0]
    return replace(
        case,
        location=location_of(example),
        terms=case.terms + own_terms_of(example),
        reuse=reuse_of(example),
        registered=example.register is not None,
        changed=lambda: example.changed,
    )


def outcome_of(example: Example, profile: str, house: House) -> Outcome:
    """Return how the file of `example`, which lies inside another one, ended."""
    case = case_of(example, profile, house)
    status = Status.PARTIAL if case.problems else Status.EXAMINED
    return Outcome(
        example.name,
        example.format,
        status,
        markings=case.markings,
        problems=case.problems,
        members=case.members,
    )


def reuse_of(example: Example) -> tuple[Reuse, ...]:
    """What the file has of the documents that the example registers."""
    if example.register is None:
        return ()
    prints = Prints(KEY.prints)
    added = []
    for number, (entry, text) in enumerate(example.register, start=1):
        addition = prepare(replace(entry, number=number), text, prints).addition
        # An example says where its 密点 stand, not what they say.
        pointed = replace(addition.entry, points=entry.points)
        added.append(replace(addition, entry=pointed))
    finder = ExcerptFinder(register_of(added, KEY))
    document = document_of(example)
    return finder.find(document, JoinedText.of(document))


def own_terms_of(example: Example) -> tuple[TermEvidence, ...]:
    """What is seen of the terms that an office of its own would have in a list."""
    if not example.terms:
        return ()
    matcher = Matcher(TermList.of(()), TermList.of(example.terms), little=True)
    return matcher.observe(document_of(example), example.today).terms


def document_of(example: Example) -> Document:
    if example.layout is not None:
        body = tuple(Part(line.text, line.place) for line in example.layout.lines)
    else:
        body = (Part(example.text, Place(Area.BODY)),) if example.text else ()
    further = (Part(text, Place(area, label=label)) for area, label, text in example.parts)
    name = Part(example.name, Place(Area.FILENAME))
    return Document(example.name, example.name, example.format, (*body, *further, name))


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
def _assessor(profile: str, house: House, today: date, task: Task) -> Assessor:
    name = "check" if task is Task.CHECK else "scan"
    return Assessor(Config(profile=profile, house=house, today=today, task=name))
