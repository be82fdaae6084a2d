"""Reads a picture file: the words in its metadata, then those in the picture, frame by frame."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area, Box, Page, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, NoTextLayer
from markscan.extract.extractor import Budget, Item
from markscan.extract.picture import metafile, tiff
from markscan.extract.picture.headers import Headers, read_headers
from markscan.source import Source

_MOST_FRAMES = 5000


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the metadata and the text of a picture; the frames of a TIFF are its pages.

    Raises:
        NoTextLayer: nobody recognises text here; its metadata have been yielded.
        DamagedFile: it cannot be decoded.
        LimitExceeded: it has too many pixels, or one picture too many has been read.
        UnreadError: whatever `source.read` raises.
    """
    data = source.read()
    if metafile.is_metafile(data):
        yield from metafile.read(data, budget)
        return
    headers = read_headers(data, budget)
    seen: set[str] = set()
    for name, text in headers.texts:
        if text.strip() and text not in seen:
            seen.add(text)
            yield Part(text.strip(), Place(Area.PROPERTY, label=name))
    if headers.refusal is not None:
        yield headers.refusal
    if not headers.whole:
        yield DamagedFile("picture.truncated")
    yield from _recognised(data, headers, budget)


def _recognised(data: bytes, headers: Headers, budget: Budget) -> Iterator[Item]:
    if budget.recognise is None:
        raise NoTextLayer("picture")
    frames = tiff.frames(data) if tiff.is_tiff(data) else []
    if not frames:
        yield from _frame(data, headers.size, 1, budget)
    for index, frame in enumerate(frames[:_MOST_FRAMES]):
        try:
            # One frame alone: a refusal of the next one takes nothing from this one.
            alone = tiff.alone(data, frame)
            yield from _frame(alone, frame.size, index + 1, budget)
        except DamagedFile as error:
            yield error
    if len(frames) > _MOST_FRAMES:
        raise LimitExceeded("limit.pages", allowed=_MOST_FRAMES)


def _frame(
    data: bytes, size: tuple[float, float] | None, number: int, budget: Budget
) -> Iterator[Item]:
    recognise = budget.recognise
    if recognise is None:
        return
    box = None
    if size is not None:
        width, height = size
        box = Box(0, 0, width, height)
        yield Page(number, width, height)
    yield from recognise(lambda: data, Place(Area.IMAGE, number, box=box), budget)
