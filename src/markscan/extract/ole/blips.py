"""Finds the pictures among the drawing records of Excel and PowerPoint.

Source: [MS-ODRAW] 2.2.22 to 2.2.32.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import partial

from markscan.document import Area, Place
from markscan.errors import NoTextLayer, UnreadError
from markscan.extract.extractor import Budget, Item

_ENTRY, _ENTRY_SIZE = 0xF007, 36
_BLIPS = range(0xF018, 0xF118)
# Pictures of dots, and what stands before their bytes for each identifier they bear.
_DOTS = frozenset((0xF01D, 0xF01E, 0xF029, 0xF02A))
_TWO_IDS = 0x01
_NAME_LENGTH = 33  # of a picture, in its entry


def find_pictures(data: bytes) -> Iterator[bytes | None]:
    """Yield the bytes of each picture, None for a drawing of vectors."""
    at, end = 0, len(data)
    while at + 8 <= end:
        version, kind, length = struct.unpack_from("<HHI", data, at)
        at += 8
        if version & 0x0F == 0x0F:
            continue  # a container: what it holds follows
        if kind == _ENTRY:
            at += _ENTRY_SIZE + (data[at + _NAME_LENGTH] if at + _NAME_LENGTH < end else 0)
            continue
        if kind in _BLIPS:
            skip = 33 if version >> 4 & _TWO_IDS else 17
            yield data[at + skip : at + length] if kind in _DOTS else None
        at += length


def read_pictures(data: bytes, budget: Budget, label: str) -> Iterator[Item]:
    """Yield the text on each picture, or why there is none.

    Args:
        data: drawing records.
        budget: recognises the text, or does not.
        label: of the pictures, before their number.
    """
    is_unread = False
    for number, picture in enumerate(find_pictures(data), 1):
        if picture is None or budget.recognise is None:
            is_unread = True
            continue
        place = Place(Area.IMAGE, None, f"{label} {number}")
        try:
            yield from budget.recognise(partial(bytes, picture), place, budget)
        except UnreadError as error:
            yield error
    if is_unread:
        yield NoTextLayer("office.only-pictures")
