"""The pictures of slides: which are large enough to hold text, and whose names say something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markscan.document import Area, Part, Place
from markscan.extract.opc import Relation
from markscan.extract.page_pictures import is_large
from markscan.extract.pptx.sheets import Sheet

_GIVEN_NAME = re.compile(r"(image|media|video|audio|hdphoto|oleobject|img)?[-_\d]*\.\w+", re.I)


def large_pictures(sheet: Sheet, targets: list[Relation]) -> list[str]:
    """Return the names of the large pictures of a slide."""
    found = {target.id: target for target in targets}
    return [
        found[id].target
        for id, box in sheet.pictures
        if id in found and not found[id].external and is_large(box, sheet.width, sheet.height)
    ]


def telling_names(names: Sequence[str]) -> Iterator[Part]:
    """Yield the names of pictures and sounds that no program has given."""
    for name in names:
        if not _GIVEN_NAME.fullmatch(name.rpartition("/")[2]):
            yield Part(name.rpartition("/")[2], Place(Area.FILENAME, None, name))
