"""Takes in files of lists and passphrases, and tells why one cannot be read."""

from __future__ import annotations

from pathlib import Path

from markscan.termlist.term import Source
from markscan.wording import Text
from markscan.wording.system import system_cause


def content_of(path: Path) -> bytes:
    """Return the content of the file at `path`.

    Raises:
        LexiconError: it is a folder, is not there, or may not be read. Names the file.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        why = cause(path, error)
        raise Source(path, path.name, b"").wrong(
            f"无法读取：{why.zh}", f"cannot be read: {why.en}"
        ) from error


def cause(path: Path, error: OSError) -> Text:
    """Return why the file at `path` could not be read, in words for people."""
    if path.is_dir():  # Windows says that permission is denied
        return Text("这是文件夹，不是文件", "this is a folder, no file")
    return system_cause(error)
