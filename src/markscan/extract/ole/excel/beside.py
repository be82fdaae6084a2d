"""Says what stands around the cells of a sheet: headers, links, rules, scenarios, pivots."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markscan.document import Area, Part
from markscan.extract.ole.excel import aside
from markscan.extract.ole.excel.book import Book
from markscan.extract.ole.excel.records import Code
from markscan.extract.xlsx.words import header

# Takes the workbook, the label of the sheet and the data of a record.
_Reader = Callable[[Book, str, bytes], Iterator[Part]]


def _header(kind: str) -> _Reader:
    def read(book: Book, sheet: str, data: bytes) -> Iterator[Part]:
        if data:
            code = book.dialect.counted(data, 0, 2 if book.dialect.version == 8 else 1)[0]
            yield from _say_header(book, sheet, kind, code)

    return read


def _more_headers(book: Book, sheet: str, data: bytes) -> Iterator[Part]:
    for kind, code in aside.read_headers(data, book.dialect):
        yield from _say_header(book, sheet, kind, code)


def _say_header(book: Book, sheet: str, kind: str, code: str) -> Iterator[Part]:
    area = Area.HEADER if kind.endswith("Header") else Area.FOOTER
    for side, text, white in header(code, book.title, ""):
        yield from book.say(text, Area.HIDDEN if white else area, f"{sheet} {kind} {side}")


def _link(book: Book, sheet: str, data: bytes) -> Iterator[Part]:
    where, said = aside.read_link(data)
    return book.say(said, Area.HIDDEN, f"{sheet}!{where} hyperlink")


def _tooltip(book: Book, sheet: str, data: bytes) -> Iterator[Part]:
    where, said = aside.read_tooltip(data)
    return book.say(said, Area.HIDDEN, f"{sheet}!{where} hyperlink")


def _validation(book: Book, sheet: str, data: bytes) -> Iterator[Part]:
    where, prompts, words = aside.read_validation(data, book.dialect)
    label = f"{sheet}!{where} validation"
    yield from book.say(prompts, Area.COMMENT, label)
    yield from book.say(words, Area.HIDDEN, label)


def _scenario(book: Book, sheet: str, data: bytes) -> Iterator[Part]:
    return book.say(aside.read_scenario(data, book.dialect), Area.HIDDEN, f"{sheet} scenario")


def _filter(book: Book, sheet: str, data: bytes) -> Iterator[Part]:
    return book.say(aside.read_filter(data, book.dialect), Area.HIDDEN, f"{sheet} filter")


def _series(book: Book, sheet: str, data: bytes) -> Iterator[Part]:
    text = book.dialect.counted(data, 2, 1)[0]
    return book.say(text, Area.TEXTBOX, f"{sheet} chart")


def _pivot(code: int) -> _Reader:
    def read(book: Book, sheet: str, data: bytes) -> Iterator[Part]:
        return book.say(aside.read_pivot(code, data, book.dialect), Area.HIDDEN, f"{sheet} pivot")

    return read


BESIDE: dict[int, _Reader] = {
    Code.HEADER: _header("oddHeader"),
    Code.FOOTER: _header("oddFooter"),
    Code.HEADERS: _more_headers,
    Code.LINK: _link,
    Code.TOOLTIP: _tooltip,
    Code.VALIDATION: _validation,
    Code.SCENARIO: _scenario,
    Code.FILTER: _filter,
    Code.CHART_TEXT: _series,
    **{code: _pivot(code) for code in aside.PIVOT_CODES},
}
