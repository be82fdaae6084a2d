"""Decodes text by the number of a Windows code page, and mistrusts the number."""

from __future__ import annotations

import codecs
from functools import lru_cache

from markscan.extract.encoding import decide

UTF_16 = 1200

# By number, where the codec is not called "cp" and the number. Macintosh: 10000 to 10029.
_CODECS = {
    0: "cp1252",
    709: "iso8859-6",
    1200: "utf-16-le",
    1201: "utf-16-be",
    1361: "johab",
    10000: "mac-roman",
    10001: "shift_jis",
    10002: "cp950",
    10003: "euc_kr",
    10006: "mac-greek",
    10007: "mac-cyrillic",
    10008: "gb18030",
    10029: "mac-latin2",
    936: "gb18030",
    20127: "cp1252",
    20866: "koi8-r",
    20932: "euc_jp",
    20936: "gb18030",
    21866: "koi8-u",
    38598: "iso8859-8",
    50220: "iso2022_jp",
    50221: "iso2022_jp",
    50225: "iso2022_kr",
    51932: "euc_jp",
    51936: "gb18030",
    51949: "euc_kr",
    51950: "cp950",
    52936: "hz",
    54936: "gb18030",
    65000: "utf-7",
    65001: "utf-8",
    **{28590 + part: f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))},
}
_DOUBLE = frozenset((932, 936, 949, 950, 1200, 1201, 65001))
_SURE = 0.9  # from here on what the bytes look like outweighs the number


@lru_cache(maxsize=256)
def codec_of(page: int) -> str:
    """Return the codec that reads code page `page`, "cp1252" for one that nobody knows."""
    name = _CODECS.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


def decode(data: bytes, page: int) -> str:
    """Return `data` as text, up to its first U+0000 at the end of a string.

    Programs write Chinese under the number of the machine they run on: bytes that are no
    text in their code page, or make better sense as Chinese, are read as what they look like.
    """
    if page in (1200, 1201):
        return data[: len(data) // 2 * 2].decode(codec_of(page), "replace").rstrip("\0")
    data = data.rstrip(b"\0")
    if data.isascii() and page not in (50220, 50221, 50225, 52936, 65000):
        return data.decode("ascii")
    name = codec_of(page)
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        seen = decide(data)
        return seen.text if seen.confidence >= _SURE else data.decode(name, "replace")
    if page not in _DOUBLE and len(data) >= 4 and name.startswith(("cp125", "iso8859", "mac-")):
        seen = decide(data)
        if seen.confidence >= _SURE:
            return seen.text
    return text
