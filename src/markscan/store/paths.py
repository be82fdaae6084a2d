"""Paths as the store keeps them: absolute, with slashes, as bytes.

UTF-8 takes any name that a system can have, with what Python makes of bytes that are no text
(`surrogatepass`); compared byte by byte, paths come in the order of `walk.listings`.
"""

from __future__ import annotations

import os


def folder_path(path: str) -> bytes:
    """Return the bytes that stand for the folder `path`, with a slash at the end."""
    text = path.replace("\\", "/") if os.sep == "\\" else path
    return as_bytes(text.rstrip("/") + "/")


def as_bytes(name: str) -> bytes:
    """Return the bytes that stand for a name."""
    return name.encode("utf-8", "surrogatepass")


def as_text(kept: bytes) -> str:
    """Return the name or path that `kept` stands for."""
    return kept.decode("utf-8", "surrogatepass")


def end_of(path: bytes) -> bytes:
    """Return what comes after all that lies in the folder `path`: [path, end_of(path))."""
    return path[:-1] + b"0"  # the character after the slash


def is_inside(path: bytes, folders: set[bytes]) -> bool:
    """Tell whether `path` is one of `folders` or lies in one."""
    if not folders:
        return False
    at = len(path)
    while at > 0:
        if path[:at] in folders:
            return True
        at = path.rfind(b"/", 0, at - 1) + 1
    return False
