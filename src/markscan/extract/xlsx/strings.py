"""Reads the strings of a workbook: plain, rich, with phonetic hints.

Shared strings: ECMA-376 part 1, 18.4. Most are plain; an expression reads a window of them at
a time, and only what it does not know goes to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from markscan.extract.markup import MarkupError, by_local_name, stream_events, to_utf8
from markscan.extract.xlsx.styles import is_tiny, is_white
from markscan.extract.xlsx.words import as_parsed, plain, unescape

PERIOD = "期限"  # the number beside it is how long a secret is kept
_WINDOW = 1 << 20
_SIMPLE = re.compile(
    r"\s*<si>\s*<t(?: xml:space=\"preserve\")?>([^<]*)</t>\s*(?:<phoneticPr[^<>]*/>\s*)?"
)
_BARE = re.compile(r"<si><t>([^<]*)</t>|<si><t xml:space=\"preserve\">([^<]*)</t>")
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^<>]*\?>)?\s*<sst[\s>][^<>]*>")
_END = b"</si>"
_CARVED = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?(?<!/)>([^<]*)")
_CARVED_ITEM = re.compile(rb"</(?:\w+:)?si\s*>")


class Said(NamedTuple):
    """A string of a cell: what is shown, what its runs hide, how it is to be pronounced."""

    shown: str
    hidden: str = ""
    phonetic: str = ""


@dataclass(slots=True)
class Strings:
    """The shared strings by number.

    `shown` has None where `special` must be asked: a string with hidden runs or phonetic
    hints. `used` notes which of them a cell has shown.
    """

    shown: list[str | None] = field(default_factory=list)
    special: dict[int, Said] = field(default_factory=dict)
    used: bytearray = field(default_factory=bytearray)
    is_whole: bool = True  # the XML was sound to its end
    has_doctype: bool = False
    is_full: bool = False  # there were more than allowed

    def add(self, said: Said) -> None:
        """Take the next string."""
        if said.hidden or said.phonetic:
            self.special[len(self.shown)] = said
            self.shown.append(None)
        else:
            self.shown.append(said.shown)

    def get(self, number: int) -> Said | None:
        """Return a string and note that it is used; None if there is none of this number."""
        if not 0 <= number < len(self.shown):
            return None
        self.used[number] = 1
        shown = self.shown[number]
        return self.special[number] if shown is None else Said(shown)

    def unused(self) -> Iterator[Said]:
        """Yield the strings that no cell has shown."""
        number = self.used.find(0)
        while number >= 0:
            shown = self.shown[number]
            yield self.special[number] if shown is None else Said(shown)
            number = self.used.find(0, number + 1)


class RichText:
    """Collects one string out of the events of its element."""

    def __init__(self) -> None:
        self._shown: list[str] = []
        self._hidden: list[str] = []
        self._phonetic: list[str] = []
        self._sink: list[str] | None = None
        self._in_phonetic = self._hides = self._in_look = False

    def start(self, local: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if local == "t":
            here = self._hidden if self._hides else self._shown
            self._sink = self._phonetic if self._in_phonetic else here
        elif local == "r":
            self._hides = False
        elif local == "rPr":
            self._in_look = True
        elif local == "rPh":
            self._in_phonetic = True
        elif self._in_look and local == "color":
            self._hides |= is_white(by_local_name(attributes))
        elif self._in_look and local == "sz":
            self._hides |= is_tiny(by_local_name(attributes).get("val", ""))

    def end(self, local: str) -> None:
        """Take the end of an element."""
        if local == "t":
            self._sink = None
        elif local == "r":
            self._hides = False
        elif local == "rPr":
            self._in_look = False
        elif local == "rPh":
            self._in_phonetic = False

    def chars(self, data: str) -> None:
        """Take text."""
        if self._sink is not None:
            self._sink.append(data)

    def finish(self) -> Said:
        """Return the string and start anew."""
        pieces = (self._shown, self._hidden, self._phonetic)
        said = Said(*(plain("".join(texts)) for texts in pieces))
        for texts in pieces:
            texts.clear()
        self._sink = None
        self._in_phonetic = self._hides = self._in_look = False
        return said


def read_strings(data: bytes, most: int) -> Strings:
    """Return the shared strings of a part, at most `most`."""
    strings = Strings()
    root = _ROOT.match(data)
    if root and root[0].endswith(b"/>"):
        strings.is_whole = not data[root.end() :].strip()
    elif root and data.find(b"<!") < 0 and data.find(b"<?", root.end()) < 0:
        _read_windows(data, root.end(), strings, most)
    else:
        utf8, sound = to_utf8(data)
        _parse(utf8, strings)
        strings.is_whole &= sound
    if len(strings.shown) > most:
        strings.is_full = True
        del strings.shown[most:]
    # A number beside such a label says something; the reader of cells is told to look there.
    for number, text in enumerate(strings.shown):
        if text and PERIOD in text:
            strings.special[number] = Said(text)
            strings.shown[number] = None
    strings.used = bytearray(len(strings.shown))
    return strings


def _read_windows(data: bytes, start: int, strings: Strings, most: int) -> None:
    end = data.rfind(_END)
    end = start if end < start else end + len(_END)
    while start < end and len(strings.shown) <= most:
        stop = data.find(_END, start + _WINDOW)
        stop = end if stop < 0 else stop + len(_END)
        try:
            window = data[start:stop].decode()
        except UnicodeDecodeError:
            window = data[start:stop].decode("utf-8", "replace")
            strings.is_whole = False
        _read_window(as_parsed(window), strings)
        start = stop
    # Behind the last string there are extensions at most.
    rest = data[start:].strip()
    if start >= end and not rest.endswith(b"</sst>"):
        strings.is_whole = False
        if rest:
            _carve(rest, strings)


def _read_window(window: str, strings: Strings) -> None:
    pieces = window.split("</si>")
    pieces.pop()  # what stands behind the last end: nothing
    found = _BARE.findall(window)
    if len(found) == len(pieces) and window.count("<") == 4 * len(pieces):
        texts = [bare or kept for bare, kept in found]
        if "&" in window:
            texts = list(map(unescape, texts))
        strings.shown += map(plain, texts) if "_x" in window else texts
        return
    places: list[int] = []
    odd: list[str] = []
    for piece in pieces:
        simple = _SIMPLE.fullmatch(piece)
        if simple:
            strings.shown.append(plain(unescape(simple[1])))
        else:
            places.append(len(strings.shown))
            odd.append(piece)
            strings.shown.append("")
    if odd:
        _read_odd(odd, places, strings)


def _read_odd(pieces: list[str], places: list[int], strings: Strings) -> None:
    """Parse strings that are not plain, all at once, or one by one if one is broken."""
    parsed = Strings()
    _parse(_wrap("</si>".join(pieces)), parsed)
    if len(parsed.shown) != len(pieces) or not parsed.is_whole:
        parsed = Strings()
        for piece in pieces:
            before = len(parsed.shown)
            _parse(_wrap(piece), parsed)
            del parsed.shown[before + 1 :]
            if len(parsed.shown) == before:
                parsed.shown.append("")
    for number, place in enumerate(places):
        shown = parsed.shown[number]
        strings.shown[place] = shown
        if shown is None:
            strings.special[place] = parsed.special[number]
    strings.is_whole &= parsed.is_whole


def _wrap(pieces: str) -> bytes:
    # Prefixes bound at the root of the part are not known here; names are read as written.
    return f"<sst>{pieces}</si></sst>".encode("utf-8", "replace")


def _parse(data: bytes, strings: Strings) -> None:
    text = RichText()

    def start(name: str, attributes: dict[str, str]) -> None:
        text.start(name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        local = name.rpartition(":")[2]
        text.end(local)
        if local == "si":
            strings.add(text.finish())

    try:
        for has_doctype in stream_events(data, start, end, text.chars, as_written=True):
            strings.has_doctype |= has_doctype
    except MarkupError as error:
        strings.is_whole = False
        rest = text.finish()
        if any(rest):
            strings.add(rest)
        _carve(data[error.offset :], strings)


def _carve(data: bytes, strings: Strings) -> None:
    """Take strings out of XML that no parser reads to its end."""
    for piece in _CARVED_ITEM.split(data):
        found = b"".join(_CARVED.findall(piece))
        if found:
            strings.add(Said(plain(unescape(found.decode("utf-8", "replace")))))
