"""Hands an OFD part to a walker, damaged as it may be."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from markscan.extract.markup import MarkupError, stream_events, to_utf8
from markscan.extract.ofd.content import Walker

_CONTROLS = bytes(range(0x20))
_OBJECT = re.compile(rb"<(?:[^\s<>/:]+:)?TextObject[\s>]")
_OBJECT_END = re.compile(rb"</(?:[^\s<>/:]+:)?TextObject\s*>")
_CODE = re.compile(rb"<(?:[^\s<>/:]+:)?TextCode(?:\s[^<>]*)?>([^<]+)")


def walk(data: bytes, walker: Walker) -> Iterator[None]:
    """Hand a part to the walker, a step for each item; what is wrong with it is noted there."""
    data, sound = to_utf8(data)
    if not sound:
        walker.is_whole = False
    try:
        for doctype in stream_events(data, walker.start, walker.end, walker.chars, as_written=True):
            walker.has_doctype = doctype
            yield
    except MarkupError as error:
        walker.is_whole = False
        rest = data[error.offset :]
        tail = rest.partition(b"<")[0].translate(None, _CONTROLS)
        walker.finish(tail.decode("utf-8", "replace"))
        yield from _salvage(rest, walker)
    walker.close_note()


def _salvage(data: bytes, walker: Walker) -> Iterator[None]:
    """Hand over each text object that is whole, and of the others the characters."""
    starts = [match.start() for match in _OBJECT.finditer(data)]
    _carve(data[: starts[0]] if starts else data, walker)
    for start, stop in pairwise([*starts, len(data)]):
        end = _OBJECT_END.search(data, start, stop)
        whole = data[start : end.end() if end else stop]
        count = len(walker.drawn)
        try:
            for _ in stream_events(whole, walker.start, walker.end, walker.chars, as_written=True):
                pass
        except MarkupError:
            walker.finish()
            del walker.drawn[count:]
            _carve(whole, walker)
        yield


def _carve(data: bytes, walker: Walker) -> None:
    codes = b"".join(_CODE.findall(data))
    if codes:
        walker.add(html.unescape(codes.decode("utf-8", "replace")))
