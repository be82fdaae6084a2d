"""Walks through the tokens of an RTF document and hands its text to destinations.

RTF Specification 1.9.1, "Contents of an RTF File"; [MS-OXRTFEX] 2.1 for HTML inside RTF.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from markscan.document import Area
from markscan.extract.docx.fields import symbol
from markscan.extract.extractor import Item
from markscan.extract.ole.codepages import codec_of
from markscan.extract.rtf import tokens
from markscan.extract.rtf.charsets import WESTERN, WIDE, Fonts, by_charset, decode
from markscan.extract.rtf.notes import Notes
from markscan.extract.rtf.state import Colours, State
from markscan.extract.rtf.story import FIRST, SILENCE, Bytes, Destination, Note, Story, Tally, Wants
from markscan.extract.rtf.words import CHARACTERS, NOTES, PASSED, SILENT, STORIES

_Handler = Callable[["Walker", int | None], None]
_Step = tuple[_Handler, int | None]
Keep = Callable[[str, bytes], Iterator[Item]]

_MOST_REMEMBERED = 20_000
_BLANK = b"\0 \t\r\n\x1a}"
_RAW_PAIR = re.compile(rb"[\x81-\xfe][\\{}]")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_STARS = {
    base + code: star
    for code in (0xA9, 0xAA, 0xAB, 0xB5, 0xB6)
    for base in (0, 0xF000)
    if (star := symbol("Wingdings", f"{code:X}"))
}


class Walker(State):
    """Reads one document; `items` yields what it meets.

    Args:
        data: the whole file.
        keep: gets what the file holds as bytes, under the word that names it: "objdata",
            "datastore", "pict".
        wants_pictures: whether pictures are kept too.
        as_html: whether to gather the page of HTML that was made RTF, instead of its text.
    """

    def __init__(
        self, data: bytes, keep: Keep, wants_pictures: bool = False, as_html: bool = False
    ) -> None:
        self.tally = Tally()
        self.bad = 0
        self.pictures = 0
        self.is_cut = False
        self.has_junk = False
        self._data = data
        self._keep = keep
        self._wants_pictures = wants_pictures
        self._html: list[str] = []
        body = Note(self._html.append) if as_html else Story(Area.BODY, "", self.tally)
        self._body: Destination = body
        self._as_html = as_html
        super().__init__(body, Fonts(_document_codec(data)), Colours())
        self._half = b""  # of a character, at the end of the last run
        self._variable: Destination | None = None
        self._silent_level = 0
        self._around = SILENCE  # where a text goes that is given twice
        self._notes = Notes(self.tally, self)

    @property
    def html(self) -> str:
        """The page of HTML that was gathered."""
        return "".join(self._html)

    def items(self) -> Iterator[Item]:
        """Yield parts, files and problems.

        Raises:
            LimitExceeded: too many groups lie within each other.
        """
        data, size, ready = self._data, len(self._data), self.tally.ready
        raw_pairs = self._fonts.document in WIDE and _RAW_PAIR.search(data) is not None
        match = tokens.token_pattern(raw_pairs).match
        at, end = 0, size
        while at < size:
            token = match(data, at)
            if token is None:
                break
            at = token.end()
            kind = token.lastindex
            if kind == tokens.CLUSTER:
                cluster = token[1]
                for handle, number in _CLUSTERS.get(cluster) or _compile(cluster):
                    handle(self, number)
                if self.to is SILENCE:
                    depth = self.level - self._silent_level + 1
                    at = tokens.end_of_group(data, at, depth)
                    self.leave_to(self._silent_level)
                elif not self.level:
                    end = min(end, at)
            elif kind == tokens.TEXT:
                if self.to.wants is not Wants.NOTHING:
                    self._text(token[2])
            elif kind == tokens.UNICODE:
                at = self._units(token.start())
            elif kind == tokens.BINARY:
                at = self._binary(at, int(token[4]))
            if ready:
                yield from ready
                ready.clear()
        self.is_cut = self.is_cut or self.level > 0
        self.has_junk = bool(data[end:].strip(_BLANK))
        self.close_all()
        self._body.close()
        yield from ready
        ready.clear()

    # Text.

    def _text(self, raw: bytes) -> None:
        to = self.to
        if to.wants is Wants.BYTES:
            to.take(raw)
            return
        data = tokens.unescape(raw)
        if self._half:
            data, self._half = self._half + data, b""
        if not data:
            return
        if data.isascii():
            self._add(data.decode("ascii"))
            return
        codec = self.codec or self.work_out_codec()
        text, bad, self._half = decode(data, codec, self._fonts.document)
        self.bad += bad
        if self._fonts.is_wingdings(self.font):
            text = text.translate(_STARS)
        self._add(text)

    def _units(self, at: int) -> int:
        """Take the run of characters in Unicode at `at`; return where it ends."""
        run = tokens.unicode_pattern(self.fallback).match(self._data, at)
        if run is None:
            return at + 2
        if self.to.wants is Wants.TEXT:
            self.bad += bool(self._half)
            self._half = b""
            text = tokens.units(run[0])
            if "\uf0a9" <= text[:1] <= "\uf0b6" and self._fonts.is_wingdings(self.font):
                text = text.translate(_STARS)
            self._add(text)
        return run.end()

    def _binary(self, at: int, length: int) -> int:
        """Take bytes that are no RTF; return where they end."""
        if at + length > len(self._data):
            self.is_cut = True
            return at
        to = self.to
        if to.wants is Wants.BYTES:
            to.take(self._data[at : at + length].hex().encode())
        elif to.wants is Wants.TEXT:
            # No reader shows it here: a place to hide text.
            text = self._data[at : at + length].decode(self._fonts.document, "replace")
            self._notes.say(Area.HIDDEN, "bin", text.strip("\0 \r\n"))
        return at + length

    def _add(self, text: str) -> None:
        if not (self._as_html and self.is_dropped):
            self.to.add(text, self.concealed)

    # Control words.

    def _close(self, _: int | None) -> None:
        if self.to is self._variable:
            self.to.end_paragraph()
        self.close(None)

    def _font(self, number: int | None) -> None:
        self._fonts.current = number or 0
        self.set_font(number)

    def _charset(self, number: int | None) -> None:
        self._fonts.entry().codec = by_charset(number or 0)

    def _page(self, number: int | None) -> None:
        self._fonts.entry().codec = codec_of(number or 0)

    def _mix(self, number: int | None) -> None:
        self._colours.mix(number)

    def _font_name(self, raw: bytes) -> None:
        if b"ingdings" in raw:
            self._fonts.entry().is_wingdings = raw.strip(b" ;\r\n").lower() == b"wingdings"

    def _end_paragraph(self, _: int | None) -> None:
        if not (self._as_html and self.is_dropped):
            self.to.end_paragraph()

    def _start_paragraph(self, _: int | None) -> None:
        self.to.set_depth(0)
        self.paragraph_ground(0)

    def _in_table(self, _: int | None) -> None:
        self.to.set_depth(1)

    def _depth(self, number: int | None) -> None:
        self.to.set_depth(max(number or 0, 0))

    # Destinations.

    def _enter_silence(self, _: int | None) -> None:
        if not self.is_silent:
            self._silent_level = self.level
            self.pass_on(SILENCE)

    def _enter_story(self, area: Area, label: str) -> None:
        if not self.is_silent:
            self.enter(Story(area, label, self.tally))

    def _endnote(self, _: int | None) -> None:
        to = self.to
        if isinstance(to, Story) and to.area is Area.NOTE:
            to.label = "endnote"

    def _enter_note(self, done: Callable[[str], None]) -> None:
        if not self.is_silent:
            self.enter(Note(done))

    def _enter_variable(self, _: int | None) -> None:
        if not self.is_silent:
            self._variable = Note(self._notes.variable)
            self.enter(self._variable)

    def _enter_table(self, each: Callable[[bytes], None]) -> None:
        if not self.is_silent:
            self.enter(Bytes(each, _nothing))

    def _enter_kept(self, word: str) -> None:
        if not self.is_silent:
            pieces: list[bytes] = []
            self.enter(Bytes(pieces.append, partial(self._kept, word, pieces)))

    def _kept(self, word: str, pieces: list[bytes]) -> None:
        packed = b"".join(pieces).translate(None, b" \t\r\n")
        pieces.clear()
        self.tally.ready.extend(self._keep(word, packed))

    def _enter_picture(self, _: int | None) -> None:
        if not self.is_silent:
            self.pictures += 1
            if self._wants_pictures:
                self._enter_kept("pict")
            else:
                self.enter(Destination())

    def _enter_twice(self, _: int | None) -> None:
        if not self.is_silent:
            self._around = self.to
            self.pass_on(FIRST)

    def _enter_second(self, _: int | None) -> None:
        self.pass_on(self._around)


def _nothing() -> None:
    pass


def _document_codec(data: bytes) -> str:
    found = _CODE_PAGE.search(data, 0, 4096)
    return codec_of(int(found[1])) if found else WESTERN


def _enters_story(area: Area, label: str) -> _Handler:
    return lambda walker, _: walker._enter_story(area, label)


def _enters_note(done: Callable[[Notes, str], None]) -> _Handler:
    return lambda walker, _: walker._enter_note(partial(done, walker._notes))


def _says(area: Area, label: str) -> _Handler:
    return _enters_note(lambda notes, text: notes.say(area, label, text))


def _adds(text: str) -> _Handler:
    return lambda walker, _: walker._add(text)


_HANDLERS: dict[bytes, _Handler] = {
    b"{": State.open, b"}": Walker._close, b"plain": State.reset, b"v": State.hide,
    b"deleted": State.delete, b"fs": State.size, b"afs": State.associated_size,
    b"cf": State.colour, b"cb": State.ground, b"highlight": State.ground,
    b"chcbpat": State.ground, b"cbpat": State.paragraph_ground, b"clcbpat": State.row_ground,
    b"clcbpatraw": State.row_ground, b"trowd": State.start_row, b"uc": State.set_fallback,
    b"f": Walker._font, b"af": State.set_associated_font, b"dbch": State.begin_wide,
    b"loch": State.end_wide, b"hich": State.end_wide, b"ltrch": State.end_wide,
    b"rtlch": State.end_wide, b"deff": State.set_default_font, b"htmlrtf": State.drop,
    b"fcharset": Walker._charset, b"cpg": Walker._page,
    b"red": Walker._mix, b"green": Walker._mix, b"blue": Walker._mix,
    b"par": Walker._end_paragraph, b"\n": Walker._end_paragraph, b"\r": Walker._end_paragraph,
    b"sect": Walker._end_paragraph, b"page": Walker._end_paragraph,
    b"pard": Walker._start_paragraph, b"intbl": Walker._in_table, b"itap": Walker._depth,
    b"cell": lambda walker, _: walker.to.end_cell(False),
    b"row": lambda walker, _: walker.to.end_row(False),
    b"nestcell": lambda walker, _: walker.to.end_cell(True),
    b"nestrow": lambda walker, _: walker.to.end_row(True),
    b"ftnalt": Walker._endnote,
    b"fonttbl": lambda walker, _: walker._enter_table(walker._font_name),
    b"colortbl": lambda walker, _: walker._enter_table(walker._colours.take),
    b"docvar": Walker._enter_variable, b"pict": Walker._enter_picture,
    b"objdata": lambda walker, _: walker._enter_kept("objdata"),
    b"datastore": lambda walker, _: walker._enter_kept("datastore"),
    b"upr": Walker._enter_twice, b"ud": Walker._enter_second,
    b"fldinst": _enters_note(Notes.field), b"propname": _enters_note(Notes.name_property),
    b"staticval": _enters_note(Notes.user_property),
    b"linkval": _enters_note(Notes.user_property),
    b"sn": _enters_note(Notes.name_shape_property), b"sv": _enters_note(Notes.shape_property),
    b"shprslt": _enters_note(Notes.fallback_of_shape),
    **dict.fromkeys(SILENT, Walker._enter_silence),
    **{name: _adds(text) for name, text in CHARACTERS.items()},
    **{name: _enters_story(area, label) for name, (area, label) in STORIES.items()},
    **{name: _says(area, label) for name, (area, label) in NOTES.items()},
}  # fmt: skip


class _Steps(dict[bytes, "_Step | None"]):
    """What each control word does; None for those that do nothing."""

    def __missing__(self, word: bytes) -> _Step | None:
        name, number, starred = tokens.parse_word(word)
        handler = _HANDLERS.get(name)
        if handler is None and starred and name not in PASSED:
            unknown = name.decode()
            handler = _enters_note(lambda notes, text: notes.unknown(unknown, text))
        step = None if handler is None else (handler, number)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[word] = step
        return step


# Words and clusters mean the same in every document, and documents repeat them.
_STEPS = _Steps()
_CLUSTERS: dict[bytes, list[_Step]] = {}


def _compile(cluster: bytes) -> list[_Step]:
    """Return what the words of a cluster do; most of them only set how text looks."""
    made = [step for step in map(_STEPS.__getitem__, tokens.words(cluster)) if step]
    if len(_CLUSTERS) >= _MOST_REMEMBERED:
        _CLUSTERS.clear()
    _CLUSTERS[cluster] = made
    return made
