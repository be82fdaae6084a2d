"""The fast reader of the rows of a sheet: one expression, a window of whole rows at a time.

It knows cells as every program writes them. A row that holds anything else goes to the
thorough reader, alone. Nothing is allocated for cells that are not there.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from typing import NamedTuple, cast

from markscan.document import Part
from markscan.extract.markup import encoding_of
from markscan.extract.xlsx.grid import NUMBERS, Grid, cell_parts
from markscan.extract.xlsx.strings import PERIOD, Said
from markscan.extract.xlsx.styles import Styles
from markscan.extract.xlsx.words import as_parsed, plain, unescape, without_numbers

_WINDOW = 1 << 16
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^<>]*\?>)?\s*<(?:([\w.-]+):)?(?:work|macro)sheet[\s>]"
)
_TYPED = re.compile(r"\s([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_HIDES = re.compile(r"\shidden=\"(?:1|true|on)\"|\sht=\"0(?:\.0*)?\"")
_KINDS_KEPT = 1 << 16

# What a cell needs: nothing, its shared string, its own string, or a closer look.
_SILENT, _SHARED, _STRING, _ODD = range(4)

_Found = list[tuple[str, str, str, str, str]]


class Rows(NamedTuple):
    """Where the rows of a sheet stand in its XML."""

    prefix: str  # of its elements, with the colon
    start: int  # behind the tag that opens them
    end: int  # before the one that closes them, or of the data

    def around(self, data: bytes) -> bytes:
        """Return the XML without its rows."""
        return data[: self.start] + data[self.end :]


def find_rows(data: bytes) -> Rows | None:
    """Return where the rows stand, None if the XML must be read by the thorough reader."""
    root = _ROOT.match(data)
    if root is None or encoding_of(data) not in ("utf-8", "ascii"):
        return None
    # Searches for one byte are many times faster, and most sheets have neither.
    if (b"!" in data and b"<!" in data) or (
        data.find(b"?", root.end()) >= 0 and data.find(b"<?", root.end()) >= 0
    ):
        return None
    prefix = root[1] + b":" if root[1] else b""
    tag = b"<" + prefix + b"sheetData>"
    start = data.find(tag)
    if start < 0 or data.find(tag, start + 1) >= 0:
        return None
    end = data.rfind(b"</" + prefix + b"sheetData>")
    return Rows(prefix.decode(), start + len(tag), len(data) if end < start else end)


class _Kinds(dict[str, int]):
    """What a cell with these attributes needs, found out once for each writing of them."""

    def __init__(self, styles: Styles) -> None:
        super().__init__()
        self._styles = styles

    def __missing__(self, raw: str) -> int:
        kind, style = _type_and_style(raw)
        styles = self._styles
        if kind in NUMBERS:
            code = _ODD if style in styles.affixes else _SILENT
        elif style in styles.hiding:
            code = _ODD
        else:
            code = _SHARED if kind == "s" else _STRING
        if len(self) < _KINDS_KEPT:
            self[raw] = code
        return code


class _Gathered:
    """The cells of a window: visible ones by their texts, others as parts, in order."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.labels: list[str] = []
        self.rows: list[int] = []
        self._others: list[tuple[int, list[Part]]] = []  # how many texts come before

    def add(self, parts: list[Part]) -> None:
        """Take parts as they are."""
        if parts:
            self._others.append((len(self.texts), parts))

    def parts(self) -> list[Part]:
        """Return all of them."""
        made = cell_parts(self.texts, self.labels, self.rows)
        if not self._others:
            return made
        merged: list[Part] = []
        done = 0
        for before, parts in self._others:
            merged += made[done:before]
            merged += parts
            done = before
        return merged + made[done:]


class FastReader:
    """Reads the rows that `find_rows` has found.

    Args:
        grid: turns cells into parts.
        rows: where they stand.
        thorough: reads a row or a cell, given as XML, that is not simple.
    """

    def __init__(self, grid: Grid, rows: Rows, thorough: Callable[[str], list[Part]]) -> None:
        self.is_sound = True
        self._grid = grid
        self._rows = rows
        self._thorough = thorough
        self._kinds = _Kinds(grid.book.styles)
        p = re.escape(rows.prefix)
        self._is_plain = not (
            grid.hidden
            or grid.has_hidden_columns
            or grid.book.styles.hiding
            or grid.book.styles.affixes
        )
        self._shared = re.compile(
            rf'<{p}c r="([A-Z]+[0-9]+)"[^<>]* t="s"[^<>/]*><{p}v>([0-9]+)</{p}v></{p}c>'
        )
        self._cells = re.compile(
            rf'<{p}c r="([A-Z]+[0-9]+)"([^<>/]*)(?:><{p}v>([^<]*)</{p}v></{p}c>|/>'
            rf"|><{p}is><{p}t>([^<]*)</{p}t></{p}is></{p}c>|>((?:[^<]+|<(?!/?{p}c[\s>]))*+)</{p}c>)",
        )
        self._formula = re.compile(
            rf"<{p}f(?:\s[^<>]*)?(?:(?<=/)>|>([^<]*)</{p}f>)"
            rf"(?:<{p}v(?:\s[^<>]*)?(?:(?<=/)>|>([^<]*)</{p}v>))?"
        )
        self._inline = re.compile(
            rf"<{p}is>(?:<{p}t(?:\s[^<>]*)?(?:(?<=/)>|>([^<]*)</{p}t>))?</{p}is>"
        )

    def read(self, data: bytes) -> Iterator[Part]:
        """Yield the text of the rows, in their order."""
        close = f"</{self._rows.prefix}row>".encode()
        start, end = self._rows.start, self._rows.end
        while start < end:
            stop = data.find(close, start + _WINDOW, end)
            stop = end if stop < 0 else stop + len(close)
            try:
                window = data[start:stop].decode()
            except UnicodeDecodeError:
                window = data[start:stop].decode("utf-8", "replace")
                self.is_sound = False
            yield from self._read_window(without_numbers(as_parsed(window)), close.decode())
            start = stop

    def _read_window(self, window: str, close: str) -> list[Part]:
        rows = window.split(close)
        return self._read_shared(window, rows) or self._read_any(window, rows, close)

    def _read_shared(self, window: str, rows: list[str]) -> list[Part] | None:
        """Read rows in which every text is a plain shared string; None where one is not."""
        if not self._is_plain or "hidden=" in window or ' ht="0' in window or "<f" in window:
            return None
        found = list(map(self._shared.findall, rows))
        cells = list(chain.from_iterable(found))
        if not cells or not len(cells) == window.count(' t="') == window.count(' t="s"'):
            return None
        refs, indexes = zip(*cells, strict=True)
        numbers = list(map(int, indexes))
        strings, used = self._grid.book.strings.shown, self._grid.book.strings.used
        if max(numbers) >= len(strings):
            return None
        texts = list(map(strings.__getitem__, numbers))
        if None in texts:
            return None
        deque(map(used.__setitem__, numbers, repeat(1)), maxlen=0)
        at: list[int] = []
        for row in filter(None, found):
            self._grid.start_row(hidden=False)
            at += repeat(self._grid.book.rows, len(row))
        self._grid.book.is_seen = True
        labels = map(self._grid.label("").__add__, refs)
        return cell_parts(cast("list[str]", texts), list(labels), at)

    def _read_any(self, window: str, rows: list[str], close: str) -> list[Part]:
        find = self._cells.findall
        found: list[_Found] = [find(row) for row in rows]
        opening = f"<{self._rows.prefix}c"
        grid = self._grid
        simple = sum(map(len, found)) == window.count(opening)
        may_hide = "hidden=" in window or ' ht="0' in window
        all_odd = grid.hidden or grid.has_hidden_columns
        grid.book.is_seen |= f"{self._rows.prefix}v>" in window
        gathered = _Gathered()
        last = len(rows) - 1
        for number, (row, cells) in enumerate(zip(rows, found, strict=True)):
            if not simple and len(cells) != row.count(opening):
                gathered.add(self._thorough(row + close if number < last else row))
            elif cells:
                grid.start_row(may_hide and self._hides(row))
                if all_odd or grid.row_hidden:
                    for cell in cells:
                        gathered.add(self._odd(*cell))
                else:
                    self._read_row(cells, gathered)
        return gathered.parts()

    def _hides(self, row: str) -> bool:
        opening = row[: row.find(f"<{self._rows.prefix}c ")]
        return bool(_HIDES.search(opening[opening.rfind("<") :]))

    def _read_row(self, cells: _Found, gathered: _Gathered) -> None:
        grid, kinds = self._grid, self._kinds
        strings, used = grid.book.strings.shown, grid.book.strings.used
        add_text, add_label = gathered.texts.append, gathered.labels.append
        prefix = grid.label("")
        before = len(gathered.texts)
        for ref, raw, value, inline, rest in cells:
            kind = kinds[raw]
            text: str | None = None
            if kind == _SHARED:
                if value.isdecimal() and (number := int(value)) < len(strings):
                    text = strings[number]
                    if text:
                        used[number] = 1
            elif kind == _SILENT:
                if not rest and not grid.expects_period:
                    continue
            elif kind == _STRING:
                text = inline or value
                if "&" in text or "_x" in text:
                    text = plain(unescape(text))
            if text:
                add_text(text)
                add_label(prefix + ref)
                grid.expects_period = PERIOD in text
            else:
                gathered.add(self._odd(ref, raw, value, inline, rest))
        gathered.rows += repeat(grid.book.rows, len(gathered.texts) - before)

    def _odd(self, ref: str, raw: str, value: str, inline: str, rest: str) -> list[Part]:
        """Read any cell."""
        formula = ""
        if rest:
            if found := self._formula.fullmatch(rest):
                formula, value = unescape(found[1] or ""), found[2] or ""
            elif found := self._inline.fullmatch(rest):
                inline = found[1] or ""
            else:
                p = self._rows.prefix
                return self._thorough(f'<{p}c r="{ref}"{raw}>{rest}</{p}c>')
        kind, style = _type_and_style(raw)
        said = Said(plain(unescape(inline or value)))
        return list(self._grid.cell(ref, kind, style, said, formula))


def _type_and_style(raw: str) -> tuple[str, str]:
    said = dict(_TYPED.findall(raw))
    return said.get("t", "n"), said.get("s", "")
