"""Spares the walk what says nothing in masters and layouts: most of them.

A presentation brings a dozen layouts, and all of them say the same: click here to add text.
"""

from __future__ import annotations

import html
import re

_SURPRISES = (
    b"<!", b"descr=", b"title=", b"tooltip=", b"invalidUrl=", b":t ", b"<a:br", b"_x000",
    b":AlternateContent", b":textpath",
)  # fmt: skip
_TEXT = re.compile(rb"<a:t>([^<]*)</a:t>")
_NAME = re.compile(rb"\sname=\"([^\"]*)\"")

_BLOCKS = tuple(
    (b"<%b>" % name, b"</%b>" % name)
    for name in (b"p:txStyles", b"p:notesStyle", b"p:defaultTextStyle", b"a:lstStyle")
)


def trim(data: bytes) -> bytes:
    """Return UTF-8 XML without lists of styles; as it is where they could hold text."""
    if b"<!" in data:  # a comment or CDATA could hold half a block
        return data
    for start, end in _BLOCKS:
        if start not in data:
            continue
        pieces = data.split(start)
        for number, piece in enumerate(pieces[1:], 1):
            block, found, rest = piece.partition(end)
            pieces[number] = start + piece if not found or b":t>" in block else rest
        data = b"".join(pieces)
    return data


def read_prompts(data: bytes, given_name: re.Pattern[str]) -> list[str] | None:
    """Return the texts of a master's placeholders, one each, if it says nothing else.

    Args:
        data: UTF-8, trimmed.
        given_name: what programs call shapes by themselves.

    Returns:
        None where only a walk can tell.
    """
    if data.count(b"<") != data.count(b">") or any(sign in data for sign in _SURPRISES):
        return None
    if not all(given_name.fullmatch(_plain(name)) for name in set(_NAME.findall(data))):
        return None
    found: list[str] = []
    count = 0
    for piece in data.split(b"</p:sp>"):
        start = piece.rfind(b"<p:sp>")
        shape = piece[max(start, 0) :]
        if b":t>" not in piece:
            continue
        if start < 0 or b":t>" in piece[:start] or b"<p:ph" not in shape:
            return None
        lines = [_TEXT.findall(paragraph) for paragraph in shape.split(b"</a:p>")]
        count += sum(map(len, lines))
        found.append("\n".join(_plain(b"".join(pieces)) for pieces in lines if pieces))
    return found if data.count(b":t>") == 2 * count else None


def _plain(text: bytes) -> str:
    return html.unescape(text.decode("utf-8", "replace"))
