"""Finds the strings written in formulas, which are stored as tokens.

Source: [MS-XLS] 2.5.198 (tokens), 2.5.198.89 (strings), 2.5.198.32 (arrays).
"""

from __future__ import annotations

import struct

from markscan.extract.ole.excel.records import Dialect

_STRING, _ATTRIBUTE, _ARRAY, _JOIN, _CALL = 0x17, 0x19, 0x20, 0x08, 0x22
_CHOOSE = 0x04
_CONCATENATE = 336  # the number of this function
# How long each token is, with its number; those with a class lie at 0x20 to 0x3F.
_SIZES = {
    **dict.fromkeys(range(0x03, 0x17), 1),
    0x01: 5,
    0x02: 5,
    0x18: 6,
    0x1C: 2,
    0x1D: 2,
    0x1E: 3,
    0x1F: 9,
    0x20: 8,
    0x21: 3,
    0x22: 4,
    0x23: 5,
    0x24: 5,
    0x25: 9,
    0x26: 7,
    0x27: 7,
    0x28: 7,
    0x29: 3,
    0x2A: 5,
    0x2B: 9,
    0x2C: 5,
    0x2D: 9,
    0x2E: 3,
    0x2F: 3,
    0x39: 7,
    0x3A: 7,
    0x3B: 11,
    0x3C: 7,
    0x3D: 11,
}
_OLDER = _SIZES | {
    0x1A: 11,
    0x1B: 5,
    0x23: 15,
    0x24: 4,
    0x25: 7,
    0x2A: 4,
    0x2B: 7,
    0x2C: 4,
    0x2D: 7,
    0x39: 25,
    0x3A: 18,
    0x3B: 21,
    0x3C: 18,
    0x3D: 21,
}


def literals(tokens: bytes, after: bytes, dialect: Dialect) -> str:
    """Return the strings of a formula; those it joins as one, the others a line each.

    Args:
        tokens: of the formula.
        after: what stands behind them: the values of its arrays.
        dialect: how its strings are written.
    """
    if b"\x17" not in tokens and not after:
        return ""
    if dialect.version < 5:
        return _loose(tokens, dialect)
    sizes = _SIZES if dialect.version == 8 else _OLDER
    lines: list[str] = []
    arrays = 0
    at, end = 0, len(tokens)
    while at < end:
        token = tokens[at]
        base = token if token < 0x40 else (token & 0x1F) | 0x20
        if base == _STRING and at + 1 < end:
            text, at = dialect.counted(tokens, at + 1, 1)
            lines.append(text.replace("\0", "\n"))  # a list has its items between zeros
            continue
        if base == _ATTRIBUTE and at + 4 <= end:
            more = int(struct.unpack_from("<H", tokens, at + 2)[0])
            at += 4 + (2 * more + 2 if tokens[at + 1] & _CHOOSE else 0)
            continue
        size = sizes.get(base)
        if size is None:
            lines.append(_loose(tokens[at:], dialect))
            break
        if base == _JOIN:
            _join(lines, 2)
        elif base == _CALL and tokens[at + 2 : at + 4] == _CONCATENATE.to_bytes(2, "little"):
            _join(lines, tokens[at + 1] & 0x7F)
        arrays += base == _ARRAY
        at += size
    if arrays:
        lines += _arrays(after, arrays, dialect)
    words = "\n".join(filter(None, lines))
    return words if words.strip() else ""


def _join(lines: list[str], count: int) -> None:
    if count > 1:
        lines[-count:] = ["".join(lines[-count:])]


def _arrays(data: bytes, count: int, dialect: Dialect) -> list[str]:
    """Return the strings in constant arrays [MS-XLS] 2.5.192."""
    found: list[str] = []
    at = 0
    try:
        for _ in range(count):
            columns, rows = struct.unpack_from("<BH", data, at)
            at += 3
            for _ in range((columns + 1) * (rows + 1)):
                kind = data[at]
                if kind == 2:
                    text, at = dialect.counted(data, at + 1, 2 if dialect.version == 8 else 1)
                    found.append(text)
                else:
                    at += 9
    except (struct.error, IndexError):
        pass
    return found


def _loose(tokens: bytes, dialect: Dialect) -> str:
    """Return what looks like strings in tokens that cannot be told apart."""
    found = []
    at = tokens.find(_STRING)
    while 0 <= at < len(tokens) - 1:
        text, end = dialect.counted(tokens, at + 1, 1)
        if text and end <= len(tokens) and text.isprintable():
            found.append(text)
        else:
            end = at + 1
        at = tokens.find(_STRING, end)
    return "\n".join(found)
