"""The pictures of a Word document, for those who read text in pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from markscan.document import Area, Place
from markscan.errors import LimitExceeded, UnreadError
from markscan.extract.extractor import Budget, Item
from markscan.extract.package import Package
from markscan.extract.picture import metafile
from markscan.extract.picture.headers import may_be_page
from markscan.source import Source


def read_pictures(
    names: Sequence[str], package: Package, source: Source, budget: Budget, *, all_of_them: bool
) -> Iterator[Item]:
    """Yield the lines on the pictures in the entries `names`; reading must be asked for.

    Of a document that has text only those are read that may be pages. A metafile is a file
    of its own: it keeps its text as text.
    """
    recognise = budget.recognise
    if recognise is None:
        return
    for name in names:
        for member in package.copies(name)[-1:]:
            data = member.data
            if metafile.is_metafile(data):
                if all_of_them:
                    yield source.member(name, data)
                continue
            if not (all_of_them or may_be_page(data, budget)):
                continue
            try:
                yield from recognise(partial(bytes, data), Place(Area.IMAGE, label=name), budget)
            except LimitExceeded as refusal:
                yield refusal
                return
            except UnreadError as problem:
                yield problem
        yield from package.drain()
