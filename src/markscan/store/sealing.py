"""A folder as it travels from the process that lists it: its seal, and the rest packed.

Of a folder in which nothing changed only the seal is wanted. So what lies in it stays packed
until somebody asks: millions of files pass without an object for each.
"""

from __future__ import annotations

import hashlib
import marshal
from typing import NamedTuple

from markscan import errors
from markscan.walk import Listing, Skipped, Stat


class Sealed(NamedTuple):
    """A `Listing`. `seal` is a digest of all that lies in the folder but for folders.

    `files` and `odd` tell how many there are, `excluded` how many files and folders are not to
    be examined. `packed` is for `opened`.
    """

    path: str
    seal: bytes
    files: int
    odd: int
    excluded: int
    closed: tuple[str, ...]
    whole: bool
    packed: bytes


def sealed(listing: Listing) -> Sealed:
    """Return `listing` as it travels."""
    odd = [_plain(each) for each in listing.odd]
    # By columns: names, sizes, times, inodes. What marshal writes is read by this program only.
    packed = marshal.dumps((list(zip(*listing.files, strict=True)), odd, listing.excluded), 2)
    return Sealed(
        listing.path,
        hashlib.blake2b(packed, digest_size=16).digest(),
        len(listing.files),
        len(odd),
        len(listing.excluded) + len(listing.closed),
        listing.closed,
        listing.whole,
        packed,
    )


def opened(one: Sealed) -> Listing:
    """Return the listing that `one` was made of."""
    columns, odd, excluded = marshal.loads(one.packed)
    files = [Stat(*each) for each in zip(*columns, strict=True)]
    said = tuple(_skipped(each) for each in odd)
    return Listing(one.path, files, said, tuple(excluded), one.closed, one.whole)


_Plain = tuple[str, str, str, dict[str, str | int]]


def _plain(odd: Skipped) -> _Plain:
    return odd.locator, type(odd.error).__name__, odd.error.reason, odd.error.values


def _skipped(plain: _Plain) -> Skipped:
    locator, kind, reason, values = plain
    return Skipped(locator, error_of(kind, reason, values))


def error_of(kind: str, reason: str, values: dict[str, str | int]) -> errors.UnreadError:
    """Return the error of that class in `markscan.errors`."""
    error: errors.UnreadError = getattr(errors, kind)(reason, **values)
    return error
