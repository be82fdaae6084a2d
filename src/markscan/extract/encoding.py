"""Decides in which encoding a text is written, and decodes it.

The ladder: byte order mark, UTF-16 or UTF-32 by its look, strict UTF-8, then GB 18030
against Big5 by how many of the characters would be common ones. What fits none of them
(Shift-JIS, EUC-KR, Latin text with accents) gets a low confidence, never a good one.
"""

from __future__ import annotations

import codecs
import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markscan.data import folder

UNSURE = 0.5  # below this confidence the text may be noise

# What is judged; the whole text is decoded.
_SAMPLE = 2048  # bytes, for UTF-16 and UTF-32
_JUDGED = 800  # bytes above ASCII, for GB 18030 and Big5, taken in pieces
_PIECE = 512
_MOST_PIECES = 16
_UTF8_SAMPLE = 1 << 16

_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# The codec that reads an encoding as programs really write it.
_CODECS = {"big5": "cp950", "latin-1": "cp1252"}
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")

_CONTROLS = bytes([*range(0x01, 0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20), 0x7F])
_HIGH_BYTES = bytes(range(0x80, 0x100))
_HOLE = re.compile(rb"\x00{8,}")
_HIGH = re.compile(rb"[\x80-\xff]")
# A high byte behind one below 0x30 starts a character in GB 18030 and in Big5.
_FRESH = re.compile(rb"(?<=[\x00-\x2f])[\x80-\xff]")
_HZ = re.compile(rb"~\{(?:[!-w][!-~]){2,}~\}")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")

# Logarithms of odds: how much likelier a character of this kind is in Chinese text than
# in other bytes read as Chinese.
_CORE, _COMMON, _SIGN, _LEVEL_1, _RARE, _KANA, _BROKEN = 1.75, 0.8, 1.5, -0.6, -3.0, -2.0, -4.0
# Files here are Chinese more often than not, and GB more often than Big5.
_PRIOR = {"gb18030": 1.0, "big5": -0.5}
_SURE = 0.9  # below this UTF-16 is tried too
_BEST = 0.99  # only UTF-8 and a byte order mark prove themselves
_UTF16_SHARE = 0.7  # of the characters must be common ones

_SIGNS = "，。、；：？！（）《》〈〉“”‘’—…·「」『』【】〔〕　％＋－／＝～★☆●○■□△▲◆◇※→"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text, and how far to trust it.

    `text` has no byte order mark and no U+0000; line ends are as they were. `bad` counts
    replacement characters that stand for broken bytes, `nuls` the U+0000 left out. A
    character cut off at the end of the data is dropped and its bytes are in `rest`.
    """

    text: str
    encoding: str
    confidence: float
    had_bom: bool = False
    bad: int = 0
    nuls: int = 0
    rest: bytes = b""


def decide(data: bytes) -> Decoded:
    """Return the text of `data` in the encoding that fits best.

    `confidence` is 1.0 for strict UTF-8 and for a byte order mark that keeps its word,
    and below `UNSURE` where nothing fits. Never raises.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            decoded = decode(data[len(bom) :], encoding, 1.0)
            if decoded.bad * 10 <= len(decoded.text):
                return _with_bom(decoded)
            data = data[len(bom) :]
            break
    if b"\x00" in data or _has_controls(data):
        wide = None if _only_holes(data) else _wide(data)
        if wide is not None:
            return wide
        holes = data.count(0)
        return _with_nuls(_narrow(data.replace(b"\x00", b"")), holes)
    narrow = _narrow(data)
    if narrow.confidence < _SURE:
        wide = _wide(data)
        if wide is not None and wide.confidence > narrow.confidence:
            return wide
    return narrow


def decode(data: bytes, encoding: str, confidence: float) -> Decoded:
    """Decode `data`, the broken bytes replaced. `encoding` is one that `decide` returns."""
    nuls = 0
    if encoding not in _WIDE and b"\x00" in data:
        nuls = data.count(0)
        data = data.replace(b"\x00", b"")
    decoder = codecs.getincrementaldecoder(_CODECS.get(encoding, encoding))("replace")
    text = decoder.decode(data)
    rest = decoder.getstate()[0]
    if "\x00" in text:
        nuls += text.count("\x00")
        text = text.replace("\x00", "")
    bad = text.count("\ufffd")
    if bad:
        # The sign may be in the text by right, left there by an earlier program.
        real = "\ufffd".encode(encoding) if encoding in (*_WIDE, "utf-8", "gb18030") else b""
        bad -= min(bad, data.count(real)) if real else 0
    return Decoded(text, encoding, confidence, bad=bad, nuls=nuls, rest=rest)


def _with_bom(decoded: Decoded) -> Decoded:
    text, encoding, confidence = decoded.text, decoded.encoding, decoded.confidence
    return Decoded(text, encoding, confidence, True, decoded.bad, decoded.nuls, decoded.rest)


def _with_nuls(decoded: Decoded, nuls: int) -> Decoded:
    text, encoding, confidence = decoded.text, decoded.encoding, decoded.confidence
    return Decoded(text, encoding, confidence, False, decoded.bad, nuls, decoded.rest)


def _has_controls(data: bytes) -> bool:
    head = data[:_SAMPLE]
    return len(head.translate(None, _CONTROLS)) * 100 < len(head) * 99


def _head(data: bytes) -> bytes:
    """Return the first bytes behind a hole that `data` may begin with, as wide units lie."""
    start = len(data) - len(data.lstrip(b"\x00"))
    return data[start & ~3 : (start & ~3) + _SAMPLE]


def _only_holes(data: bytes) -> bool:
    """Tell whether all U+0000 are holes in a text that is UTF-8 without them."""
    head = _HOLE.sub(b"", _head(data).lstrip(b"\x00"))
    if b"\x00" in head or _has_controls(head):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> Decoded | None:
    """Decode UTF-16 or UTF-32 without a byte order mark; None if it is neither."""
    sample = _head(data)
    best, score = "", _UTF16_SHARE
    # In UTF-32 every fourth byte at least is zero.
    for encoding in _WIDE if sample.count(0) * 5 >= len(sample) else _WIDE[:2]:
        unit = 4 if encoding.startswith("utf-32") else 2
        text = sample[: len(sample) // unit * unit].decode(encoding, "replace").strip("\x00")
        share = _familiar(text)
        if share > score or (share == score and not best):
            best, score = encoding, share
    return decode(data, best, round(min(score, _BEST), 2)) if best else None


def _familiar(text: str) -> float:
    """Return the share of characters that common text is made of."""
    if not text:
        return 0.0
    weights, level_1 = _weights(), _level_1("gb18030")
    good = 0.0
    for char, count in Counter(text).items():
        if "\x20" <= char <= "\x7e" or char in "\t\n\r" or weights.get(char, 0) > 0:
            good += count
        elif char in level_1 or _is_sign(char):
            good += 0.5 * count
        elif "\u4e00" <= char <= "\u9fa5":
            good += 0.4 * count
    return good / len(text)


def _narrow(data: bytes) -> Decoded:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return _hz(data) or Decoded(text, "utf-8", 1.0)
    first = _HIGH.search(data)
    sample = data[first.start() if first else 0 :][:_UTF8_SAMPLE]
    high = len(sample) - len(sample.translate(None, _HIGH_BYTES))
    good = len(sample.decode("utf-8", "ignore").encode()) - (len(sample) - high)
    scores = {encoding: _score(data, encoding) for encoding in _PRIOR}
    best = max(scores, key=lambda encoding: scores[encoding])
    # Broken UTF-8 is still UTF-8, unless the bytes make better sense as something else.
    if good >= 0.8 * high or (good >= 0.5 * high and scores[best] < 0):
        return decode(data, "utf-8", round(min(_BEST, good / high), 2))
    other = max([0.0, *(score for name, score in scores.items() if name != best)])
    confidence = round(min(_BEST, _logistic(scores[best] - other)), 2)
    decoded = decode(data, best, confidence)
    if confidence < UNSURE and decoded.bad * 5 > high:
        return decode(data, "latin-1", confidence)
    return decoded


def _hz(data: bytes) -> Decoded | None:
    """Decode HZ, GB 2312 in seven bits between "~{" and "~}" (RFC 1843); None if it is not."""
    if b"~{" not in data or not data.isascii() or _HZ.search(data) is None:
        return None
    try:
        return Decoded(data.decode("hz"), "hz", _SURE)
    except UnicodeDecodeError:
        return None


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _score(data: bytes, encoding: str) -> float:
    """Return the logarithm of the odds that `data` is Chinese text in `encoding`."""
    weights = _weights()
    codec = _CODECS.get(encoding, encoding)
    texts = [piece.decode(codec, "replace") for piece in _pieces(data)]
    # The last character of a piece may be cut.
    seen = Counter("".join(text.removesuffix("\ufffd") for text in texts))
    for char in [char for char in seen if char < "\x80"]:
        del seen[char]
    if not seen:
        return -1.0
    chars = seen.items()
    return _PRIOR[encoding] + sum(count * _weigh(char, weights, encoding) for char, count in chars)


def _weigh(char: str, weights: dict[str, float], encoding: str) -> float:
    known = weights.get(char)
    if known is not None:
        return known
    if _is_sign(char):
        return _SIGN
    if char == "\ufffd" or "\ue000" <= char <= "\uf8ff":
        return _BROKEN
    if "\u3041" <= char <= "\u30ff":
        return _KANA
    return _LEVEL_1 if char in _level_1(encoding) else _RARE


def _is_sign(char: str) -> bool:
    """Tell whether `char` is a full-width form, a bracket or a number in a circle."""
    return "\uff01" <= char <= "\uff5e" or "\u3001" <= char <= "\u3015" or "①" <= char <= "⒛"


def _pieces(data: bytes) -> Iterator[bytes]:
    """Yield stretches of `data` that begin with the first byte of a character."""
    found = _HIGH.search(data)
    taken = 0
    for _ in range(_MOST_PIECES):
        if found is None or taken >= _JUDGED:
            return
        piece = data[found.start() : found.start() + _PIECE]
        taken += len(piece) - len(piece.translate(None, _HIGH_BYTES))
        yield piece
        found = _FRESH.search(data, found.start() + len(piece))


@cache
def _weights() -> dict[str, float]:
    """Return the weight of every common character."""
    with (folder("lexicons") / "encoding" / "characters.toml").open("rb") as file:
        table = tomllib.load(file)
    core = int(table["core"])
    weights = dict.fromkeys(_SIGNS, _SIGN)
    for ranked in (str(table["traditional"]), str(table["simplified"])):
        weights |= {char: max(weights.get(char, _COMMON), _COMMON) for char in ranked[core:]}
        weights |= dict.fromkeys(ranked[:core], _CORE)
    return weights


@cache
def _level_1(encoding: str) -> frozenset[str]:
    """Return the characters that the standard of `encoding` puts first, as in use."""
    if encoding == "gb18030":
        leads, trails = range(0xB0, 0xD8), range(0xA1, 0xFF)
    else:
        leads, trails = range(0xA4, 0xC7), range(0x40, 0xFF)
    codec = _CODECS.get(encoding, encoding)
    text = "".join(bytes((a, b)).decode(codec, "ignore") for a in leads for b in trails)
    return frozenset(_NOT_ASCII.findall(text))
