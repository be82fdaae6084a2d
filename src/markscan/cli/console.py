"""The two streams: results on standard output, everything else on standard error."""

from __future__ import annotations

import errno
import io
import os
import sys

from markscan.wording import INTERFACE, Language, Text


def prepare() -> None:
    """Make both streams UTF-8 with plain line feeds, whatever the code page of the console.

    What cannot be encoded, half a surrogate pair in a file name, is written out.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def complain(message: Text | str, language: Language) -> None:
    """Tell the user on standard error that something is wrong."""
    text = message if isinstance(message, str) else message.of(language)
    print(INTERFACE["error"].fill(text=text).of(language), file=sys.stderr)


def remark(message: Text, language: Language) -> None:
    """Tell the user something on standard error."""
    print(message.of(language), file=sys.stderr)


def reader_left(error: OSError) -> bool:
    """Whether a write failed because the reader of the pipe has gone away."""
    return error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL)


def discard_output() -> None:
    """Send what is still to be written nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = io.StringIO()
    finally:
        os.close(nowhere)
