"""Decodes a page of HTML: by its mark, its own word, or its look.

HTML Standard, 13.2.3 (determining the character encoding). Pages lie about it more often
than programs do, so a word that breaks is weighed against the look of the bytes.
"""

from __future__ import annotations

import codecs
import re

from markscan.extract.encoding import Decoded, decide

_HEAD = 4096
_FAR = 1 << 16  # scripts of any length may stand before a page says what it is
_SURE = 0.95  # of what the bytes look like, to go against the word of a page
_FEW = 12  # bytes above ASCII that fit more than one encoding of several bytes by chance
_HIGH_BYTES = bytes(range(0x80, 0x100))
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})"
    rb"|^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
# As programs write what they call so: HTML Standard, and the WHATWG Encoding Standard.
_CODECS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030",
    "gb_2312-80": "gb18030", "euc-cn": "gb18030", "hz-gb-2312": "hz", "big5": "cp950",
    "x-x-big5": "cp950", "big5-hkscs": "big5hkscs", "shift_jis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "iso-8859-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "latin1": "cp1252",
    "iso-8859-9": "cp1254", "tis-620": "cp874",
}  # fmt: skip
# Decoders of linear time; utf-16 in a page of single bytes is a lie.
_SINGLE = re.compile(r"cp125|cp874|iso8859|koi8|mac")
_DECODABLE = re.compile(r"utf-8|gb18030|hz|big5|cp\d|iso|koi8|mac|shift_jis|euc_|johab")


def decode_page(data: bytes) -> Decoded:
    """Return the text of a page. Never raises."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decide(data)
    if b"\0" in data[:_HEAD]:
        return decide(data)
    codec = declared_codec(data)
    if codec is None:
        return decide(data)
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    else:
        return _denied(data, codec) or Decoded(_without_nuls(text), codec, 1.0)
    seen = decide(data)
    bad = text.count("\ufffd")
    if codec.startswith("cp125") or (seen.bad < bad and seen.confidence >= 0.5):
        return seen
    return Decoded(_without_nuls(text), codec, 0.9, bad=bad)


def _denied(data: bytes, codec: str) -> Decoded | None:
    """Return how `data` reads if it is clearly not in `codec`, though it can be read so.

    Every text is sound in a code page of single bytes, and many a one in GB 18030.
    """
    if codec == "utf-8" or data.isascii():
        return None
    high = len(data) - len(data.translate(None, _HIGH_BYTES))
    if high < _FEW and not _SINGLE.match(codec):
        return None
    seen = decide(data)
    is_other = codecs.lookup(_CODECS.get(seen.encoding, seen.encoding)).name != codec
    return seen if is_other and seen.confidence >= _SURE and not seen.bad else None


def declared_codec(data: bytes) -> str | None:
    """Return the codec that a page names for itself; None if it names none."""
    found = _DECLARED.search(data, 0, _FAR)
    if found is None:
        return None
    name = (found[1] or found[2]).decode("ascii", "replace").lower()
    try:
        codec = codecs.lookup(_CODECS.get(name, name)).name
    except LookupError:
        return None
    return codec if _DECODABLE.match(codec) else None


def _without_nuls(text: str) -> str:
    return text.replace("\0", "") if "\0" in text else text
