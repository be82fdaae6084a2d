"""Walks over roots and yields what lies there: files to scan, and what will not be examined.

Links are not followed, so there are no loops, and nothing outside the roots is read;
only a root itself may be a link. Listing a folder may renew its time of last access
(files are opened without doing so, where the system knows how): no system lets a
program list a folder unseen.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from markscan.errors import (
    AccessDenied,
    LimitExceeded,
    UnreadError,
    UnsupportedFormat,
    VanishedFile,
)
from markscan.pathpattern import compiled, is_absolute, is_windows, normal
from markscan.source import Source

_Kind = Literal["file", "folder", "link", "special", "unknown"]

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_new = tuple.__new__
_LONG = 248  # Windows: longest name of a folder without the prefix \\?\


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


class Stat(NamedTuple):
    """A file as its folder shows it: a tuple, because there are millions.

    `size` is in bytes, `mtime` in nanoseconds; `inode` is 0 where the system tells none.
    """

    name: str
    size: int
    mtime: int
    inode: int


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

    Within a folder the order is that of code points of names; roots come in the order
    given. A root that is, or lies in, another one is left out. Never raises for what
    it meets on disk: that becomes a `Skipped`.

    Args:
        exclude: patterns. One without a slash is compared with the name of each file and
            folder, an absolute one with the whole path, any other with the path from its
            root. An excluded folder is not entered and counts once.
    """
    given = [Path(root) for root in roots]
    real = [_real(root) for root in given]
    tree = _Tree(frozenset(path for path in real if path), exclude)
    seen: set[str] = set()
    for root, path in zip(given, real, strict=True):
        if path is None:
            yield Skipped(root.as_posix(), VanishedFile("missing"))
        elif path not in seen and not tree.inside(path, itself=False):
            seen.add(path)
            yield from tree.visit(root)


def listings(
    roots: Iterable[Path], *, exclude: tuple[str, ...] = ()
) -> Iterator[Listing | Unlisted]:
    """Yield the folders under `roots`, each once: what `walk` yields, a folder at a time.

    Below a root folders come in the order of their paths with a slash at the end, compared by
    code points; so that of two walks can be brought together. Each file is looked at once.
    """
    given = [os.path.abspath(root) for root in roots]  # noqa: PTH100 -- links stay
    real = [_real(root) for root in given]
    tree = _Tree(frozenset(path for path in real if path), exclude)
    seen: set[str] = set()
    for root, path in zip(given, real, strict=True):
        if path is None:
            yield Unlisted(root, VanishedFile("missing"))
        elif path not in seen and not tree.inside(path, itself=False):
            seen.add(path)
            yield from tree.folders(root)


def source_in(folder: str, name: str) -> Source:
    """Return the file `name` of the folder that a `Listing` tells of."""
    return Source(Path(extended(os.path.join(folder, name))))  # noqa: PTH118 -- once a file


class _Tree:
    """What stays the same during one walk: the real paths of all roots, the patterns."""

    def __init__(self, roots: frozenset[str], exclude: tuple[str, ...]) -> None:
        self.roots = roots
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

    def visit(self, root: Path) -> Iterator[Found]:
        """Yield one root, or what lies in it."""
        try:
            mode = root.stat().st_mode
        except OSError as error:
            yield Skipped(root.as_posix(), _fault(error, "missing"))
            return
        if stat.S_ISDIR(mode):
            yield from self._folder(str(root), str(root))
        elif self._excluded(str(root), root.name, root.name):
            yield Excluded(root.as_posix())
        elif stat.S_ISREG(mode):
            yield Source(root)
        else:
            yield Skipped(root.as_posix(), UnsupportedFormat("special-file"))

    def folders(self, root: str) -> Iterator[Listing | Unlisted]:
        """Yield the folders of one root, or the one folder in which a root that is a file lies."""
        try:
            found = os.stat(root)  # noqa: PTH116
        except OSError as error:
            yield Unlisted(root, _fault(error, "missing"))
            return
        if stat.S_ISDIR(found.st_mode):
            waiting = [root]
            while waiting:
                top = waiting.pop()
                listing, below = self._listing(root, top)
                yield listing
                waiting.extend(reversed(below))
            return
        folder, name = os.path.split(root)
        told = Stat(name, found.st_size, found.st_mtime_ns, found.st_ino)
        if self._excluded(root, name, name):
            yield Listing(folder, [], excluded=(name,), whole=False)
        elif stat.S_ISREG(found.st_mode):
            yield Listing(folder, [told], whole=False)
        else:
            odd = Skipped(Path(root).as_posix(), UnsupportedFormat("special-file"))
            yield Listing(folder, [], (odd,), whole=False)

    def _listing(self, root: str, top: str) -> tuple[Listing | Unlisted, list[str]]:
        """Return what lies in the folder `top`, and the folders in it, in order."""
        files: list[Stat] = []
        folders: list[str] = []
        rest: list[tuple[str, _Kind]] = []
        excluded: list[str] = []
        closed: list[str] = []
        picky = bool(self.names or self.whole or self.below)
        try:
            with os.scandir(extended(top)) as entries:
                for entry in entries:
                    if not picky and (told := _plain(entry)) is not None:
                        files.append(told)
                        continue
                    kind = _kind(entry)
                    if picky and self._excluded(entry.path, entry.path[len(root) :], entry.name):
                        (closed if kind == "folder" else excluded).append(entry.name)
                    elif kind == "file":
                        files.append(_plain(entry) or Stat(entry.name, 0, 0, 0))
                    elif kind == "folder":
                        folders.append(entry.name + "/")
                    else:
                        rest.append((entry.path, kind))
        except OSError as error:
            return Unlisted(top, _fault(error, "vanished")), []
        files.sort()
        folders.sort()
        said = (each for path, kind in sorted(rest) for each in self._odd(path, kind))
        odd = tuple(each for each in said if isinstance(each, Skipped))
        inside = tuple(os.path.join(top, name) for name in closed)  # noqa: PTH118
        listing = Listing(top, files, odd, tuple(excluded), inside)
        return listing, [os.path.join(top, name[:-1]) for name in folders]  # noqa: PTH118

    def _folder(self, root: str, top: str) -> Iterator[Found]:
        """Yield what lies in the folder `top` of `root`, in order, without recursion."""
        entries, fault = _listed(top)
        stack = [iter(entries)]
        if fault is not None:
            yield Skipped(Path(top).as_posix(), fault)
        while stack:
            entry = next(stack[-1], None)
            if entry is None:
                stack.pop()
                continue
            name, path, kind = entry
            if self._excluded(path, path[len(root) :], name):
                yield Excluded(Path(path).as_posix())
            elif kind == "folder":
                entries, fault = _listed(path)
                if fault is not None:
                    yield Skipped(Path(path).as_posix(), fault)
                stack.append(iter(entries))
            elif kind == "file":
                yield Source(Path(extended(path)))
            else:
                yield from self._odd(path, kind)

    def _odd(self, path: str, kind: _Kind) -> Iterator[Found]:
        """Yield what is to be said of a link or a special file; of most links, nothing."""
        locator = Path(path).as_posix()
        if kind == "special":
            yield Skipped(locator, UnsupportedFormat("special-file"))
            return
        if kind == "unknown":
            yield Skipped(locator, UnreadError("system", error="stat"))
            return
        target = _real(path)
        if target is None:
            yield Skipped(locator, VanishedFile("dangling-link"))
        elif not self.inside(target, itself=True):
            yield Skipped(locator, UnsupportedFormat("link-out-of-root"))
        elif Path(_real(Path(path).parent) or "").is_relative_to(target):
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


def extended(path: str, windows: bool = os.name == "nt") -> str:
    r"""Return `path` in the form that Windows takes at any length; elsewhere unchanged.

    Long absolute paths get the prefix `\\?\` there, because file functions refuse
    them without it unless a setting of the system says otherwise.
    """
    if not windows or len(path) < _LONG or path.startswith("\\\\?\\"):
        return path
    text = path.replace("/", "\\")
    if not is_windows(normal(text)):
        return path
    return "\\\\?\\UNC" + text[1:] if text.startswith("\\\\") else "\\\\?\\" + text


def _listed(folder: str) -> tuple[list[tuple[str, str, _Kind]], UnreadError | None]:
    """Return (name, path, kind) of what lies in `folder`, sorted, and what went wrong."""
    found: list[tuple[str, str, _Kind]] = []
    try:
        with os.scandir(extended(folder)) as entries:
            for entry in entries:
                found.append((entry.name, entry.path, _kind(entry)))
    except OSError as error:
        return sorted(found), _fault(error, "vanished")
    return sorted(found), None


def _kind(entry: os.DirEntry[str]) -> _Kind:
    try:
        if entry.is_symlink() or _is_junction(entry):
            return "link"
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        return "file" if entry.is_file(follow_symlinks=False) else "special"
    except OSError:
        return "unknown"  # one bad entry must not hide the rest of its folder


def _plain(entry: os.DirEntry[str]) -> Stat | None:
    """Return a file that is no link as it is; None for all else, and where nobody can tell."""
    try:
        if not entry.is_file(follow_symlinks=False):
            return None
        found = entry.stat(follow_symlinks=False)
    except OSError:  # it is gone, or hidden: whoever opens it will say so
        return None
    # As Stat(...) does, in half the time: this is called once a file.
    return _new(Stat, (entry.name, found.st_size, found.st_mtime_ns, found.st_ino))


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Return whether `entry` is a junction, the other kind of link of Windows."""
    if os.name != "nt":
        return False
    tag: int = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


def _fault(error: OSError, gone: str) -> UnreadError:
    if isinstance(error, PermissionError):
        return AccessDenied("folder-denied")
    if isinstance(error, FileNotFoundError):
        return VanishedFile(gone)
    if error.errno == errno.ENAMETOOLONG:
        return LimitExceeded("path-too-long")
    return UnreadError("system", error=error.strerror or type(error).__name__)


def _real(path: Path | str) -> str | None:
    """Return the real path as text, without links; None where nothing is there.

    A path that is there but cannot be followed to its end (no permission, too long)
    is returned as far as it can be told.
    """
    try:
        return os.path.normcase(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            return None
        return os.path.normcase(os.path.realpath(path))


def _written_out(match: re.Match[str]) -> str:
    code = ord(match.group())
    if 0xDC80 <= code <= 0xDCFF:  # a byte that Python could not decode
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
