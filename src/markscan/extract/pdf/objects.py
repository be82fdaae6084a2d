"""What PDFium has no word for, read from the objects of a PDF as they lie in the file.

The names of the entries of the document information, the layers, fields that no page shows,
packed XMP. An encrypted file yields only the names: its strings are noise here. Sources: ISO
32000-1, 7.3 (objects), 7.5.7 (object streams), 8.11 (layers), 12.7 (fields), 14.3 (metadata).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import cached_property

from markscan.errors import LimitExceeded
from markscan.extract.encoding import decide
from markscan.extract.extractor import Budget
from markscan.extract.pdf.salvage import unpacked_objects

_REFERENCE = re.compile(rb"\s+(\d{1,8})\s+\d{1,5}\s+R")
_NAME = re.compile(rb"/([^\s/<>\[\](){}%]{1,127})")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
# What is never closed ends where it stops to make sense: so no byte is looked at twice.
_INNER = rb"\((?:[^()\\]|\\.)*+\)?"
_STRING = rb"(?:\(((?:[^()\\]|\\.|" + _INNER + rb")*+)\)?|<([0-9A-Fa-f\s]*+)>)"
_OFF = re.compile(rb"/OFF\s*\[\s*\d|/BaseState\s*/OFF|/OFF\s+\d+\s+\d+\s+R")
_LAYER_NAME = re.compile(rb"/Name\s*" + _STRING, re.S)
_FIELD_NAME = re.compile(rb"/T\s*" + _STRING, re.S)
_FIELD_VALUES = re.compile(rb"/(?:V|DV|TU)\s*" + _STRING, re.S)
_PACKED = re.compile(rb"/FlateDecode\b|/Fl\b")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.S)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"", b"\n": b"", b"\r": b""}
_HEAD = 1 << 16  # bytes of an object before and behind a word
_MOST = 5000  # objects of one kind
_MOST_PACKETS = 1000
_CROWD = 24  # bytes: shorter objects of these kinds there are none
_LONGEST = 1 << 20  # bytes of packed metadata


class Objects:
    """The objects of one PDF file, for looking words up in them."""

    def __init__(self, data: bytes, encrypted: bool) -> None:
        """Look into `data`; nothing is searched before it is asked for."""
        self._data = data
        self._encrypted = encrypted

    @cached_property
    def _places(self) -> tuple[bytes, bytes]:
        """The file without its streams, and what lies packed in its object streams."""
        bare = _without_streams(self._data)
        return bare, unpacked_objects(self._data) if b"/ObjStm" in bare else b""

    def information_keys(self) -> list[bytes]:
        """Return the names in the document information, in the order of the file."""
        keys: dict[bytes, None] = {}
        numbers = dict.fromkeys(
            found[1]
            for at in _places_of(b"/Info", self._places[0])
            if (found := _REFERENCE.match(self._places[0], at + len(b"/Info")))
        )
        for head in (b"%s 0 obj" % number for number in numbers):
            for place in self._places:
                for at in _places_of(head, place):
                    end = place.find(b"endobj", at, at + _HEAD)
                    for name in _NAME.finditer(place, at, max(end, at)):
                        keys[_HEX.sub(lambda code: bytes.fromhex(code[1].decode()), name[1])] = None
        return list(keys)[:_MOST]

    def layers(self) -> Iterator[str]:
        """Yield the names of the layers (optional content groups)."""
        for body in self._around(b"/OCG"):
            for match in _LAYER_NAME.finditer(body):
                yield _string(match)

    @cached_property
    def has_layers_off(self) -> bool:
        """Whether a layer is off when the file is opened."""
        # Nearly no file has layers, and their list names its groups: one look spares the rest.
        if not any(b"/OCGs" in place for place in self._places):
            return False
        return any(_OFF.search(place) for place in self._places)

    def fields(self) -> Iterator[tuple[str, str]]:
        """Yield name and value, default value or hint of the form fields."""
        for body in self._around(b"/FT"):
            name = _FIELD_NAME.search(body)
            for match in _FIELD_VALUES.finditer(body):
                yield _string(name) if name else "", _string(match)

    def metadata(self, budget: Budget) -> Iterator[bytes]:
        """Yield the metadata streams that are packed; the others can be read in the file.

        Raises:
            LimitExceeded: one is too large, or there are too many.
        """
        if self._encrypted or b"/Metadata" not in self._places[0]:
            return
        for at in _spread(b"/Metadata", self._data, _MOST_PACKETS):
            start = self._data.rfind(b"obj", max(at - _HEAD, 0), at)
            begin = self._data.find(b"stream", at, at + _HEAD)
            end = self._data.find(b"endstream", begin, begin + _LONGEST) if begin >= 0 else -1
            if min(start, end) < 0 or not _PACKED.search(self._data, start, begin):
                continue
            packed = self._data[begin + 6 : end].lstrip(b"\r\n")
            unpacker = zlib.decompressobj()
            try:
                text = unpacker.decompress(packed, _LONGEST)
            except zlib.error:
                continue
            budget.unpack(len(text), len(packed))
            yield text
            if unpacker.unconsumed_tail:
                raise LimitExceeded("limit.member-bytes", allowed=_LONGEST)

    def _around(self, word: bytes) -> Iterator[bytes]:
        """Yield the objects in which `word` stands."""
        if self._encrypted:
            return
        for place in self._places:
            done = 0
            for at in _spread(word, place, _MOST):
                start = place.rfind(b" obj", max(at - _HEAD, done), at)
                end = place.find(b"endobj", at, at + _HEAD)
                if start >= 0 and end >= 0:
                    done = end
                    yield place[start + 4 : end]


def _without_streams(data: bytes) -> bytes:
    """Return `data` less the content of its streams, which is nearly all of most files."""
    kept: list[bytes] = []
    done = 0
    at = data.find(b"stream")
    while at >= 0:
        end = at + len(b"stream")
        if data[end : end + 1] in (b"\r", b"\n") and data[at - 8 : at].rstrip().endswith(b">>"):
            kept.append(data[done:end])
            done = data.find(b"endstream", end)
            if done < 0:
                return b"\n".join(kept)
            end = done + len(b"endstream")
        at = data.find(b"stream", end)
    return b"\n".join((*kept, data[done:]))


def _spread(word: bytes, place: bytes, most: int) -> Iterator[int]:
    """Yield where `word` stands, but of what is crowded together only the first."""
    last = -_CROWD
    for at in _places_of(word, place):
        if at - last >= _CROWD and most > 0:
            most -= 1
            last = at
            yield at


def _places_of(word: bytes, place: bytes) -> Iterator[int]:
    """Yield where `word` stands as a whole word; faster than a pattern by far."""
    at = place.find(word)
    while at >= 0:
        after = place[at + len(word) : at + len(word) + 1]
        if not after.isalnum() and not (word[:1].isdigit() and place[at - 1 : at].isdigit()):
            yield at
        at = place.find(word, at + 1)


def _string(match: re.Match[bytes]) -> str:
    """Return the text of a string object: UTF-16, UTF-8 or some national encoding."""
    if match[1] is not None:
        raw = _ESCAPE.sub(_unescaped, match[1])
    else:
        digits = b"".join(match[2].split())
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    return decide(raw).text


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code[:1].isdigit():
        return bytes([int(code, 8) & 0xFF])
    return b"" if code == b"\r\n" else _PLAIN.get(code, code)
