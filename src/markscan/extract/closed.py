"""Formats that are known and hold no text we can reach: pictures, encrypted packages."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.errors import EncryptedFile, NoTextLayer
from markscan.extract.extractor import Budget, Item
from markscan.source import Source

PICTURES = frozenset({"png", "jpg", "gif", "tiff", "bmp", "webp"})


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Say why nothing is read.

    Raises:
        EncryptedFile: the bytes are encrypted.
        NoTextLayer: the file is a picture.
    """
    yield from ()
    if source.read(8).startswith(b"\xd0\xcf\x11\xe0"):
        raise EncryptedFile("encrypted-package")
    raise NoTextLayer("picture")
