"""Walks over roots and yields what lies there: files to scan, and what will not be examined.

Links are not followed, so there are no loops, and nothing outside the roots is read;
only a root itself may be a link. Files and folders are opened without renewing their time of
last access where the system lets their owner do so; elsewhere listing a folder may renew it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from markscan.errors import UnreadError, UnsupportedFormat, VanishedFile
from markscan.folder_entries import (
    Kind,
    Stat,
    entries,
    extended,
    fault,
    kind_of,
    plain_files,
    real_path,
    stat_of,
)
from markscan.pathpattern import compiled, is_absolute, normal
from markscan.source import Source

__all__ = [
    "Excluded",
    "Found",
    "Listing",
    "Skipped",
    "Stat",
    "Unlisted",
    "extended",
    "listings",
    "numbered_listings",
    "printable",
    "source_in",
    "walk",
]

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SHALLOW = 2  # a share of a walk takes whole folders so many levels below a root


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that should have been examined and was not, and why."""

    locator: str
    error: UnreadError


@dataclass(frozen=True, slots=True)
class Excluded:
    """A file or a whole folder that the configuration says not to examine."""

    locator: str


Found = Source | Skipped | Excluded


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies right in one folder, but for the folders in it.

    `path` is absolute. `files` are in the order of their names; `odd` is what lies there
    and is no file to be read. `excluded` are the names of files, `closed` the paths of folders
    that are not to be examined. `whole` is false for a root that is a file: then nothing
    is told of its neighbours.
    """

    path: str
    files: list[Stat]
    odd: tuple[Skipped, ...] = ()
    excluded: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A folder, or a root, of which it cannot be told what lies there, and why."""

    path: str
    error: UnreadError


def printable(locator: str) -> str:
    r"""Return `locator` as it may be printed, stored or sent.

    Names need not be UTF-8: a byte that is none becomes `\xd6`. Control characters and
    those that turn the direction of writing are written out, so that no file name can
    forge a line of a report.
    """
    return _UNPRINTABLE.sub(_written_out, locator)


def walk(roots: Iterable[Path], *, exclude: tuple[str, ...] = ()) -> Iterator[Found]:
    """Yield everything that lies under `roots`, each thing once, in a stable order.

    What lies right in a folder comes before the folders in it, in the order of code points of
    names; roots come in the order given. A root that is, or lies in, another one is left out.
    Never raises for what it meets on disk: that becomes a `Skipped`.

    Args:
        exclude: patterns. One without a slash is compared with the name of each file and
            folder, an absolute one with the whole path, any other with the path from its
            root. An excluded folder is not entered and counts once.
    """
    for _, one in _folders([str(root) for root in roots], exclude):
        if isinstance(one, Unlisted):
            yield Skipped(Path(one.path).as_posix(), one.error)
        elif not one.odd and not one.excluded and not one.closed:
            for file in one.files:
                yield source_in(one.path, file.name)
        else:
            yield from _in_order(one)


def listings(
    roots: Iterable[Path], *, exclude: tuple[str, ...] = ()
) -> Iterator[Listing | Unlisted]:
    """Yield the folders under `roots`, each once: what `walk` yields, a folder at a time.

    Below a root folders come in the order of their paths with a slash at the end, compared by
    code points; so that of two walks can be brought together. Each file is looked at once.
    """
    return (one for _, one in numbered_listings(roots, exclude))


def numbered_listings(
    roots: Iterable[Path], exclude: tuple[str, ...], share: tuple[int, int] = (0, 1)
) -> Iterator[tuple[int, Listing | Unlisted]]:
    """Yield what `listings` yields, each with the number of its root, from 0; or a share of it.

    Args:
        share: which of how many, from 0. Each folder is in one share. A folder near a root of
            which another share takes care may fail to list here alone: that is told, too,
            because what lies in it is not looked at then.
    """
    given = [os.path.abspath(root) for root in roots]  # noqa: PTH100 -- links stay
    return _folders(given, exclude, share)


def _folders(
    given: list[str], exclude: tuple[str, ...], share: tuple[int, int] = (0, 1)
) -> Iterator[tuple[int, Listing | Unlisted]]:
    """Yield the folders under the roots that are `given`, each with the number of its root."""
    real = [real_path(root) for root in given]
    tree = _Tree(frozenset(path for path in real if path), exclude, share)
    seen: set[str] = set()
    for number, (root, path) in enumerate(zip(given, real, strict=True)):
        if path is None:
            yield number, Unlisted(root, VanishedFile("missing"))
        elif path not in seen and not tree.inside(path, itself=False):
            seen.add(path)
            for one in tree.folders(root):
                yield number, one


def _in_order(listing: Listing) -> Iterator[Found]:
    """Yield what lies right in a folder, in the order of names."""
    found: list[Found] = [source_in(listing.path, file.name) for file in listing.files]
    found += listing.odd
    left_out = [os.path.join(listing.path, name) for name in listing.excluded]  # noqa: PTH118
    found += [Excluded(Path(path).as_posix()) for path in (*left_out, *listing.closed)]
    return iter(sorted(found, key=lambda each: each.locator))


def source_in(folder: str, name: str) -> Source:
    """Return the file `name` of the folder that a `Listing` tells of."""
    return Source(Path(extended(os.path.join(folder, name))))  # noqa: PTH118 -- once a file


class _Tree:
    """What stays the same during one walk: the real paths of all roots, the patterns."""

    def __init__(
        self, roots: frozenset[str], exclude: tuple[str, ...], share: tuple[int, int]
    ) -> None:
        self.roots = roots
        self.share = share
        nt = os.name == "nt"
        patterns = [normal(pattern) for pattern in exclude]
        self.names = [compiled(each, nt) for each in patterns if "/" not in each]
        self.whole = [
            compiled(each, nt)
            for each in patterns
            if "/" in each and (is_absolute(each) or each.startswith("**"))
        ]
        self.below = [
            compiled(each, nt)
            for each in patterns
            if "/" in each and not is_absolute(each) and not each.startswith("**")
        ]

    def inside(self, path: str, *, itself: bool) -> bool:
        """Return whether the real path lies under a root, or with `itself` is one."""
        if itself and path in self.roots:
            return True
        up = os.path.dirname(path)  # noqa: PTH120 -- real paths are kept as text
        while up != path:
            if up in self.roots:
                return True
            path, up = up, os.path.dirname(up)  # noqa: PTH120
        return False

    def folders(self, root: str) -> Iterator[Listing | Unlisted]:
        """Yield the folders of one root, or the one folder in which a root that is a file lies."""
        try:
            found = os.stat(root)  # noqa: PTH116
        except OSError as error:
            yield Unlisted(root, fault(error, "missing"))
            return
        if stat.S_ISDIR(found.st_mode):
            yield from self._below(root)
            return
        folder, name = os.path.split(root)
        told = Stat(name, found.st_size, found.st_mtime_ns, found.st_ino)
        if not self._mine(root):
            return
        if self._excluded(root, name, name):
            yield Listing(folder, [], excluded=(name,), whole=False)
        elif stat.S_ISREG(found.st_mode):
            yield Listing(folder, [told], whole=False)
        else:
            odd = Skipped(Path(root).as_posix(), UnsupportedFormat("special-file"))
            yield Listing(folder, [], (odd,), whole=False)

    def _below(self, root: str) -> Iterator[Listing | Unlisted]:
        """Yield `root` and the folders in it, but for those of other shares."""
        waiting = [(root, 0)]
        while waiting:
            top, depth = waiting.pop()
            # What lies deeper than this is in the share of the folder around it.
            mine = depth > _SHALLOW or self._mine(top)
            if not mine and depth == _SHALLOW:
                continue
            listing, below = self._listing(root, top, mine=mine)
            if mine or isinstance(listing, Unlisted):
                yield listing
            waiting.extend((path, depth + 1) for path in reversed(below))

    def _mine(self, path: str) -> bool:
        """Return whether the folder or root `path` is in the share of this walk."""
        which, shares = self.share
        return shares == 1 or crc32(path.encode("utf-8", "surrogatepass")) % shares == which

    def _listing(self, root: str, top: str, *, mine: bool) -> tuple[Listing | Unlisted, list[str]]:
        """Return what lies in the folder `top`, and the folders in it, in order.

        Of a folder that is not `mine` only the folders in it.
        """
        folders: list[str] = []
        rest: list[tuple[str, Kind]] = []
        excluded: list[str] = []
        closed: list[str] = []
        picky = bool(self.names or self.whole or self.below)
        try:
            with entries(top, link=top == root) as found:
                files, others = ([], found) if picky else plain_files(found, told=mine)
                for entry in others:
                    name, kind = entry.name, kind_of(entry)
                    path = os.path.join(top, name)  # noqa: PTH118 -- once an entry
                    if picky and self._excluded(path, path[len(root) :], name):
                        (closed if kind == "folder" else excluded).append(name)
                    elif kind == "file":
                        files.append(stat_of(entry))
                    elif kind == "folder":
                        folders.append(name + "/")
                    else:
                        rest.append((path, kind))
        except OSError as error:
            return Unlisted(top, fault(error, "vanished")), []
        files.sort()
        folders.sort()
        below = [os.path.join(top, name[:-1]) for name in folders]  # noqa: PTH118
        said = (each for path, kind in sorted(rest) if mine for each in self._odd(path, kind))
        inside = tuple(os.path.join(top, name) for name in sorted(closed))  # noqa: PTH118
        return Listing(top, files, tuple(said), tuple(sorted(excluded)), inside), below

    def _odd(self, path: str, kind: Kind) -> Iterator[Skipped]:
        """Yield what is to be said of a link or a special file; of most links, nothing."""
        locator = Path(path).as_posix()
        if kind == "special":
            yield Skipped(locator, UnsupportedFormat("special-file"))
            return
        if kind == "unknown":
            yield Skipped(locator, UnreadError("system", error="stat"))
            return
        target = real_path(path)
        if target is None:
            yield Skipped(locator, VanishedFile("dangling-link"))
        elif not self.inside(target, itself=True):
            yield Skipped(locator, UnsupportedFormat("link-out-of-root"))
        elif Path(real_path(Path(path).parent) or "").is_relative_to(target):
            yield Skipped(locator, UnsupportedFormat("link-loop"))

    def _excluded(self, path: str, below: str, name: str) -> bool:
        if any(pattern.fullmatch(name) for pattern in self.names):
            return True
        if self.whole:
            whole = normal(os.path.abspath(path))  # noqa: PTH100 -- Path.resolve follows links
            if any(pattern.fullmatch(whole) for pattern in self.whole):
                return True
        if self.below:
            below = (below.replace("\\", "/") if os.sep == "\\" else below).strip("/")
            return any(pattern.fullmatch(below) for pattern in self.below)
        return False


def _written_out(match: re.Match[str]) -> str:
    code = ord(match.group())
    if 0xDC80 <= code <= 0xDCFF:  # a byte that Python could not decode
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
