"""Patterns of paths: `*` within a segment, `**` across segments, a folder covers what lies in it.

A path is compared as text with forward slashes, without asking the disk, so that a
policy for Windows shares can be read and tested anywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from posixpath import normpath

_WINDOWS = re.compile(r"[A-Za-z]:(?:/|$)|//[^/]")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://([^/]+)(.*)", re.DOTALL)
_TOKEN = re.compile(r"\*\*/|\*+|[^*]+")


def normal(path: str) -> str:
    """Return `path` with forward slashes, without `.`, `..`, doubled or trailing slashes.

    A backslash is a separator only in a path that begins with a drive letter or a
    share: elsewhere it may be part of a name. The prefix `\\\\?\\` of long Windows
    paths is left out. Of a URL, protocol and server are in lower case.
    """
    if url := _URL.fullmatch(path):
        below = normpath(url[3]).lstrip("/") if url[3].strip("/") else ""
        return f"{url[1].lower()}://{url[2].lower()}/{below}".rstrip("/")
    slashed = path.replace("\\", "/")
    if slashed.startswith("//?/UNC/"):
        slashed = "//" + slashed[8:]
    elif slashed.startswith("//?/"):
        slashed = slashed[4:]
    if _WINDOWS.match(slashed):
        path = slashed
    return normpath(path).rstrip("/")


def is_windows(path: str) -> bool:
    """Return whether `path`, in normal form, begins with a drive letter or a share."""
    return _WINDOWS.match(path) is not None


def is_url(path: str) -> bool:
    """Return whether `path` is a URL of a share: `smb://server/share`."""
    return _URL.fullmatch(path) is not None


def is_absolute(path: str) -> bool:
    """Return whether `path`, in normal form, means the same place from every folder."""
    return path == "" or path.startswith("/") or is_windows(path) or is_url(path)


def literal_length(pattern: str) -> int:
    """Return how many characters stand before the first wildcard: the measure of how specific."""
    return len(pattern.partition("*")[0])


@lru_cache(maxsize=4096)
def compiled(pattern: str, ignore_case: bool = False) -> re.Pattern[str]:
    """Return an expression whose `fullmatch` tells whether a path lies at or under `pattern`.

    `pattern` and paths are in normal form. Case is ignored where the pattern begins with
    a drive letter or a share, `smb://` among them, because such systems do, or where the
    caller says so.
    """
    pattern = pattern.removesuffix("/**")
    pieces = []
    for token in _TOKEN.findall(pattern):
        if token == "**/":
            pieces.append("(?:[^/]*/)*")
        elif token.startswith("**"):
            pieces.append(".*")
        elif token == "*":
            pieces.append("[^/]*")
        else:
            pieces.append(re.escape(token))
    blind = ignore_case or is_windows(pattern) or pattern.startswith("smb://")
    flags = re.DOTALL | (re.IGNORECASE if blind else 0)
    return re.compile("".join(pieces) + "(?:/.*)?", flags)
