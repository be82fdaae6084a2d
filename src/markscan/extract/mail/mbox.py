"""Reads mailboxes (mbox, RFC 4155): every message is a file of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from markscan.document import Area, Part, Place
from markscan.errors import LimitExceeded
from markscan.extract.encoding import decide
from markscan.extract.extractor import Budget, Item
from markscan.source import Source

_WINDOW = 1 << 20
# A message begins behind an empty line, with sender and time.
_BEGIN = re.compile(rb"(?:\A|\n\r?\n)(From \S[^\n]{0,300}\d\d:\d\d[^\n]{0,100}\n)")
_LONGEST = 1024  # bytes that a beginning may take, cut by the end of a window


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the messages of a mailbox, numbered from 1.

    Raises:
        LimitExceeded: there are more messages, or more bytes, than allowed.
        UnreadError: whatever `Source.open` raises.
    """
    number = 0
    with source.open() as file:
        for message in _messages(file, budget.limits.member_bytes):
            if not message.startswith(b"From "):
                yield Part(decide(message).text, Place(Area.BODY))
                continue
            number += 1
            budget.entry()
            try:
                budget.unpack(len(message), len(message))
            except LimitExceeded as refused:
                yield refused
                continue
            yield source.member(f"{number:06}.eml", message.partition(b"\n")[2])


def _messages(file: BinaryIO, most: int) -> Iterator[bytes]:
    """Yield the messages with their first lines; one over `most` bytes in pieces of that."""
    held = bytearray()
    searched = 0
    while True:
        piece = file.read(_WINDOW)
        held += piece
        found = _BEGIN.search(held, max(searched, 1))
        while found is not None and (not piece or found.end() < len(held)):
            yield bytes(held[: found.start(1)])
            del held[: found.start(1)]
            searched = 0
            found = _BEGIN.search(held, 1)
        searched = max(0, len(held) - _LONGEST)
        if len(held) > most or not piece:
            if held:
                yield bytes(held)
            held.clear()
            searched = 0
        if not piece:
            return
