"""What one folder holds, as the system tells it: entries, their kinds, their faults."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from markscan.errors import AccessDenied, LimitExceeded, UnreadError, VanishedFile
from markscan.pathpattern import is_windows, normal

Kind = Literal["file", "folder", "link", "special", "unknown"]

_LONG = 248  # Windows: longest name of a folder without the prefix \\?\
_QUIET = getattr(os, "O_NOATIME", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_new = tuple.__new__


class Stat(NamedTuple):
    """A file as its folder shows it: a tuple, because there are millions.

    `size` is in bytes, `mtime` in nanoseconds; `inode` is 0 where the system tells none.
    """

    name: str
    size: int
    mtime: int
    inode: int


@contextmanager
def entries(folder: str, *, link: bool) -> Iterator[Iterator[os.DirEntry[str]]]:
    """Open `folder` and yield what lies in it; with `link` it may be a link to one.

    By its handle, where the system can: then names are looked up in it and not from the top,
    which takes a fifth less, it cannot be exchanged for a link meanwhile, and its time of last
    access stays.
    """
    if os.scandir not in os.supports_fd:
        with os.scandir(extended(folder)) as found:
            yield found
        return
    flags = _FOLDER | (0 if link else os.O_NOFOLLOW)
    try:
        handle = os.open(folder, flags | _QUIET)
    except PermissionError:  # quietly only its owner may
        handle = os.open(folder, flags)
    try:
        with os.scandir(handle) as found:
            yield found
    finally:
        os.close(handle)


def plain_files(
    found: Iterable[os.DirEntry[str]], *, told: bool
) -> tuple[list[Stat], list[os.DirEntry[str]]]:
    """Return the files among `found` as they are, none without `told`; and all other entries.

    What cannot be told to be a file is among the others. This is where a scan of unchanged
    files spends its time.
    """
    files: list[Stat] = []
    others: list[os.DirEntry[str]] = []
    for entry in found:
        try:
            if entry.is_file(follow_symlinks=False):
                if told:
                    seen = entry.stat(follow_symlinks=False)
                    one = entry.name, seen.st_size, seen.st_mtime_ns, seen.st_ino
                    files.append(_new(Stat, one))  # as Stat(...) does, in half the time
                continue
        except OSError:
            pass
        others.append(entry)
    return files, others


def kind_of(entry: os.DirEntry[str]) -> Kind:
    """Return what `entry` is, links not followed."""
    try:
        if entry.is_file(follow_symlinks=False):
            return "file"
        if entry.is_symlink() or _is_junction(entry):
            return "link"
        return "folder" if entry.is_dir(follow_symlinks=False) else "special"
    except OSError:
        return "unknown"  # one bad entry must not hide the rest of its folder


def stat_of(entry: os.DirEntry[str]) -> Stat:
    """Return a file as it is; without a size where nobody can tell."""
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:  # it is gone, or hidden: whoever opens it will say so
        return Stat(entry.name, 0, 0, 0)
    return Stat(entry.name, found.st_size, found.st_mtime_ns, found.st_ino)


def fault(error: OSError, gone: str) -> UnreadError:
    """Return what is said of a folder that `error` keeps shut; `gone` is said if it is missing."""
    if isinstance(error, PermissionError):
        return AccessDenied("folder-denied")
    if isinstance(error, FileNotFoundError):
        return VanishedFile(gone)
    if error.errno == errno.ENAMETOOLONG:
        return LimitExceeded("path-too-long")
    return UnreadError("system", error=error.strerror or type(error).__name__)


def real_path(path: Path | str) -> str | None:
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


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Return whether `entry` is a junction, the other kind of link of Windows."""
    if os.name != "nt":
        return False
    tag: int = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
