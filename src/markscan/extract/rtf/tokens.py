"""Cuts RTF into tokens that span whole runs, so that Python steps once for a run.

Microsoft, Rich Text Format (RTF) Specification 1.9.1: "Basic Syntax", "Unicode RTF".
Three kinds of run make up nearly all of a file: control words and braces between two texts,
text with its escaped bytes, and characters in Unicode with what stands in for them.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from functools import lru_cache

# Fallbacks longer than that would be a place to hide text; it is read as text.
MOST_FALLBACK = 8
_LONGEST_CLUSTER = 64  # tokens; keeps what is remembered small

_CLUSTER = (
    rb"(?:[{}\r\n]|\\(?!u-?\d|bin\d)[a-zA-Z]++(?:-?\d++)?+ ?+"
    rb"|\\\*\s*+\\[a-zA-Z]++(?:-?\d++)?+ ?+|\\[^a-zA-Z'\\{}])"
)
_TEXT = rb"(?:[^\\{}]++|\\'[0-9a-fA-F]{2}|\\[\\{}])++"
# A second byte may be the code of a backslash or a brace; only bytes not escaped know.
_RAW_TEXT = (
    rb"(?:[\x81-\xfe](?:\\(?!')|[{}])|[\x81-\xfe][^\\{}]?+|[^\\{}\x81-\xfe]++"
    rb"|\\'[0-9a-fA-F]{2}|\\[\\{}])++"
)
_REST = rb"\\u(-?\d{1,7}) ?+|\\bin(\d{1,10}) ?+|\\'?+"

CLUSTER, TEXT, UNICODE, BINARY = 1, 2, 3, 4  # the group that a token of this kind fills

_WORDS = re.compile(rb"[{}]|\\(?:\*\s*+\\)?+[a-zA-Z]++(?:-?\d++)?+ ?+|\\[^a-zA-Z*]")
_WORD = re.compile(rb"\\(\*\s*\\)?([a-zA-Z]+)(-?\d+)? ?")
_BRACE = re.compile(rb"([{}])|\\(?:bin(\d{1,10}) ?+|[\\{}])")
_FALLBACK = rb"[\r\n]*+(?:\\'[0-9a-fA-F]{2}|\\[~_\-\\{}]|[^\\{}\r\n])"
_NUMBER = re.compile(rb"\\u(-?\d{1,7})")
_ESCAPED = re.compile(rb"((?:\\'[0-9a-fA-F]{2})++)|\\([\\{}])")
_LONE = re.compile("[\ud800-\udfff]")
_MOST_UNITS = 1 << 17


def token_pattern(raw_pairs: bool) -> re.Pattern[bytes]:
    """Return the pattern that matches the token at any place.

    Args:
        raw_pairs: whether characters of two bytes stand in the file unescaped.
    """
    return _pattern(_RAW_TEXT if raw_pairs else _TEXT)


@lru_cache(maxsize=2)
def _pattern(text: bytes) -> re.Pattern[bytes]:
    cluster = b"(%b{1,%d}+)" % (_CLUSTER, _LONGEST_CLUSTER)
    return re.compile(cluster + b"|(" + text + b")|" + _REST)


@lru_cache(maxsize=MOST_FALLBACK + 1)
def unicode_pattern(fallback: int) -> re.Pattern[bytes]:
    """Return the pattern of a run of characters, each with `fallback` that stand in for it."""
    return re.compile(rb"(?:\\u-?\d{1,7} ?+(?:%b){0,%d}+[\r\n]*+)++" % (_FALLBACK, fallback))


def words(cluster: bytes) -> list[bytes]:
    """Return the braces, control words and control symbols of a cluster, as written."""
    return _WORDS.findall(cluster)


def parse_word(word: bytes) -> tuple[bytes, int | None, bool]:
    """Return name and number of a control word, and whether `\\*` stands before it.

    A brace and a control symbol are named by their character.
    """
    match = _WORD.fullmatch(word)
    if match is None:
        return word[-1:], None, False
    # A number longer than that means nothing, and takes long to read.
    number = int(match[3][:11]) if match[3] else None
    return match[2], number, bool(match[1])


def end_of_group(data: bytes, at: int, depth: int) -> int:
    """Return where the brace stands that ends the outermost of `depth` open groups."""
    found = _BRACE.search(data, at)
    while found is not None:
        if found[1] == b"{":
            depth += 1
        elif found[1] is not None:
            depth -= 1
            if not depth:
                return found.start()
        found = _BRACE.search(data, found.end() + int(found[2] or 0))
    return len(data)


def unescape(raw: bytes) -> bytes:
    """Return the bytes that a run of text stands for; line ends of the file mean nothing."""
    raw = raw.translate(None, b"\r\n\0")
    return _ESCAPED.sub(_bytes, raw) if b"\\" in raw else raw


def _bytes(match: re.Match[bytes]) -> bytes:
    escaped = match[1]
    return unhexlify(escaped.replace(b"\\'", b"")) if escaped else match[2]


class _Units(dict[bytes, str]):
    """The UTF-16 unit that each number names."""

    def __missing__(self, raw: bytes) -> str:
        unit = chr(int(raw) & 0xFFFF)
        if unit < " ":
            unit = "\n" if unit in "\n\r" else "\t" if unit == "\t" else ""
        if len(self) < _MOST_UNITS:
            self[raw] = unit
        return unit


_UNITS = _Units()


def units(run: bytes) -> str:
    """Return the characters of a run; halves of a pair are left for `pair`."""
    return "".join(map(_UNITS.__getitem__, _NUMBER.findall(run)))


def pair(text: str) -> str:
    """Join the halves of characters beyond U+FFFF."""
    if _LONE.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
