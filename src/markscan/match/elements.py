"""Finds the elements of an official document (公文格式要素) in its text.

GB/T 9704—2012, 7, names them and their order: head (版头), body (主体), imprint (版记).
Only their form and order in the text are used here; how they are set, the layout tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markscan.document import Document
from markscan.finding import Element, ElementEvidence


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of one document, in reading order.

    `telegram` is true for a telegram (电报), whose urgency has words of its own.
    """

    found: tuple[ElementEvidence, ...] = ()
    telegram: bool = False

    def first(self, element: Element) -> ElementEvidence | None:
        """Return the first of this kind; None if there is none."""
        return next(self.all(element), None)

    def all(self, element: Element) -> Iterator[ElementEvidence]:
        """Yield all of this kind, in order."""
        return (each for each in self.found if each.element is element)

    @property
    def official(self) -> bool:
        """Whether the text has the form of an official document (公文)."""
        kinds = {each.element for each in self.found}
        if kinds & {Element.ISSUER, Element.NUMBER, Element.PRINTED}:
            return True
        return Element.TITLE in kinds and bool(kinds & {Element.ADDRESSEE, Element.DATE})


def find_elements(document: Document) -> Elements:
    """Return the elements of `document`, in reading order."""
    return Elements()
