"""Measures and breaks text by the columns it takes on a terminal; Han characters take two."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """Return the columns that `text` takes on a terminal."""
    return sum(_columns(character) for character in text)


def fitted(text: str, columns: int) -> str:
    """Return `text` cut in the middle, so that it takes at most `columns`."""
    if width(text) <= columns:
        return text
    room = max(columns - 1, 0)
    tail = _start(text[::-1], room - room // 2)[::-1]
    return f"{_start(text, room // 2)}…{tail}" if columns > 0 else ""


def wrapped(text: str, columns: int) -> list[str]:
    """Break `text` into lines of at most `columns`, at a space or beside a Han character."""
    lines = [""]
    for piece in _pieces(text):
        if width(lines[-1]) + width(piece.rstrip()) > columns and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip(" ")
    return [line.rstrip() for line in lines]


def padded(text: str, columns: int) -> str:
    """Return `text` with spaces after it, so that it takes at least `columns`."""
    return text + " " * max(columns - width(text), 0)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _start(text: str, columns: int) -> str:
    """The longest start of `text` that fits."""
    for end, character in enumerate(text):
        columns -= _columns(character)
        if columns < 0:
            return text[:end]
    return text


def _pieces(text: str) -> list[str]:
    """Cut where a line may break: after a space, and around a Han letter.

    Punctuation stays with what it follows, so that no line begins with a full stop.
    """
    pieces: list[str] = []
    for character in text:
        joins = bool(pieces) and not pieces[-1].endswith(" ")
        if joins and _columns(character) == 2 and unicodedata.category(character) == "Lo":
            joins = unicodedata.category(pieces[-1][-1]) in ("Ps", "Pi")
        elif joins and _columns(character) == 1 and unicodedata.category(pieces[-1][-1]) == "Lo":
            joins = not character.isalnum()
        if joins:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
