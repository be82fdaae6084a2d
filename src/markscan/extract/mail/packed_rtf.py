"""Unpacks the RTF body of Outlook messages [MS-OXRTFCP].

A reader of our own, because a body cut off or with a wrong sum still has text to be had.
"""

from __future__ import annotations

import struct

_HEAD = struct.Struct("<II4sI")
_PACKED, _PLAIN = b"LZFu", b"MELA"
_WINDOW = 4096
# What the window holds before the first byte, 2.1.2.1.
_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def unpacked_size(data: bytes) -> int:
    """Return how many bytes `data` says it unpacks to; 0 where it does not say."""
    return int(_HEAD.unpack_from(data)[1]) if len(data) >= _HEAD.size else 0


def unpack(data: bytes, most: int) -> tuple[bytes, bool]:
    """Return the RTF in `data`, at most `most` bytes, and whether that is all of it."""
    if len(data) < _HEAD.size:
        return b"", False
    stored, size, kind, _ = _HEAD.unpack_from(data)
    # Some writers count an end that they do not write: what is stored tells, not the size.
    whole = len(data) >= stored + 4
    body = data[_HEAD.size :]
    if kind == _PLAIN:
        return body[: min(size, most)], whole
    if kind != _PACKED:
        return b"", False
    found = _inflate(body, min(size, most) + len(_START))
    return found[len(_START) :][: min(size, most)], whole


def _inflate(body: bytes, most: int) -> bytes:
    """Return the window's first bytes and all that follow them, `most` bytes or a few more.

    Nothing is copied into a ring: a place in the ring names one of the last 4,096 bytes.
    """
    out = bytearray(_START)
    at, end = 0, len(body)
    while at < end and len(out) < most:
        control = body[at]
        at += 1
        if control == 0 and at + 8 <= end:
            out += body[at : at + 8]
            at += 8
            continue
        for _ in range(8):
            if control & 1:
                if at + 2 > end:
                    return bytes(out)
                token = body[at] << 8 | body[at + 1]
                at += 2
                back = (len(out) - (token >> 4)) % _WINDOW
                if back == 0:  # the place of the next byte: the end
                    return bytes(out)
                _copy(out, back, (token & 15) + 2)
            elif at < end:
                out.append(body[at])
                at += 1
            else:
                return bytes(out)
            control >>= 1
    return bytes(out)


def _copy(out: bytearray, back: int, count: int) -> None:
    """Append `count` bytes that begin `back` bytes before the end; they may overlap."""
    start = len(out) - back
    if start < 0:  # a place in the window that nothing was written to yet
        out += bytes(min(-start, count))
        count -= min(-start, count)
        start = 0
    while count > 0:
        piece = out[start : start + count]
        out += piece
        count -= len(piece)
        start += len(piece)
