"""Finds the elements of an official document (公文格式要素) in its text.

GB/T 9704—2012, 7, names them and their order: head (版头), body (主体), imprint (版记).
Only their form and order in the text are used here; how they are set, the layout tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markscan.document import Area, Document, Span
from markscan.finding import Element, ElementEvidence
from markscan.match.lines import Lines

_HEAD_LINES = 25  # lines with text in which the head must end
_LONGEST_TITLE = 120  # characters, over all its lines
_LONGEST_REST = 6  # characters of a heading that wraps
_WIDEST_HEAD = 3  # cells in a row of a table in which a head is laid out
_TITLE_LINES = 4
_SEEN = frozenset({Area.BODY, Area.CELL, Area.TEXTBOX, Area.IMAGE})

# What stands side by side on one line: columns, parted by tabs or wide gaps.
_COLUMN = re.compile(r"[^\s\u3000]+(?:[ \u3000\u00a0][^\s\u3000]+)*")
_BLANK = re.compile(r"[\s\u3000\u00a0]+")

_YEAR = r"(?:19|20)\d{2}|[一二][〇○零Ｏ０一二三四五六七八九]{3}"
_DAY = (
    rf"(?:{_YEAR})年(?:\d{{1,2}}|[元正一二三四五六七八九十]{{1,2}})月"
    r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})日"
)
_COPY_NUMBER = re.compile(
    r"(?:份号|编号|印号|序号)[:：]?(?:第|№|No[.．:：]?)?[\d一二三四五六七八九十〇零]{1,9}[号份]?"
    r"|(?:№|No[.．:：]?)\d{1,9}|第[\d一二三四五六七八九十〇零]{1,9}份|\d{1,9}号?",
    re.IGNORECASE,
)
# What stands for one above everything else: A00037, 000001-2, 〇〇〇〇三七.
_ODD_COPY_NUMBER = re.compile(
    r"[A-Z]{1,2}\d{3,8}|\d{3,8}[-—]\d{1,3}|[〇○零一二三四五六七八九]{3,8}", re.IGNORECASE
)
_LONE_YEAR = re.compile(r"(?:19|20)\d{2}")
_URGENCY = re.compile(
    r"(?:紧急程度|缓急|急缓程度|等级)?[:：]?(特急|加急|特提|平急|急件|特急件|紧急)"
)
_ISSUER = re.compile(
    r".{2,40}(?:文件|会议纪要|纪要|命令|令|公告|通报|简报|专报|快报|电报|发电|公报)(?:[（(].{1,8}[）)])?"
    r"|.{2,30}(?:人民政府|委员会|办公厅|办公室|党组|[省市县区州]委|[厅局部院署处科会]|集团|公司|总队|支队|大学)"
)
_NUMBER = re.compile(
    r"(?P<code>[^\W\d_](?:[^\W_]|[（）()“”、])*?)"
    r"(?P<open>[〔\[（(【［﹝〈<{「]?)第?(?P<year>\d{2,4}|[一二][〇○零Ｏ０一二三四五六七八九]{3})年?"
    r"(?P<close>[〕\]）)】］﹞〉>}」]?)[-—]?(?P<ordinal>第)?(?P<serial>\d{1,5})(?P<end>号?)"
)
_STRONG_ISSUER = re.compile(r".{2,40}(?:文件|纪要|令|简报|专报|快报|电报|发电)")
_MARKING = re.compile(r"[★☆]|^(?:绝密|机密|秘密)(?:级|件)?$|^密级")
_NO_ISSUER = re.compile(r"[，。；！？,;!?]|[年月日]$|^第.{1,4}[章节篇条]|[:：]")
_SIGNER = re.compile(r"签发人[:：]?.{0,20}|签发[:：].{0,20}")
_KIND = (
    r"通知|通报|报告|请示|批复|意见|函|复函|决定|决议|公告|通告|公报|命令|令|议案|纪要|方案|办法|规定"
    r"|总结|计划|要点|讲话|汇报|说明|细则|条例|规划|预案|汇编|情况|建议|清单|名单|安排|信息|总结报告|提纲"
)
_TITLE_END = re.compile(rf"(?:{_KIND})(?:[（(].{{1,24}}[）)])?$")
_SENTENCE = re.compile(r"[。；！？;!?]|[:：]$")
_ADDRESSEE = re.compile(r"(?:主\s*送[:：])?.{2,240}[:：]")
_ATTACHMENT_NOTE = re.compile(r"附件[:：].*")
_ATTACHMENT = re.compile(r"(?:.{1,20}\d+号\s*)?附\s*件\s*[\d一二三四五六七八九十]{0,3}[:：]?")
_NOTE = re.compile(
    r"[（(]\s*(?:此件|本件|此文件|联系人|.{0,12}(?:公开|发至|传达|印发至|阅后|内部)).{0,60}[)）]?|此件.{2,40}"
)
_DATE = re.compile(_DAY)
# How the name of an office ends, bodies of its own and bracketed names of rank included.
ORGAN = (
    r"(?:单位|部门|机构|机关|企业|同志|代表|中心|大学|公司|集团"
    r"|[委办局厅部院署处科室会府队组司团校站所馆社行省市区县州])(?:[（(][^（）()]*[）)])?"
)
# A signature beside which its date stands: 某某局    2025年6月1日.
_SIGNED = re.compile(rf"[^，。；！？、,;!?:：|]{{2,40}}{ORGAN}(?=\s)")
_COPIES_TO = re.compile(r"(?:抄\s*送|抄\s*报|分\s*送|抄\s*致|发\s*送)[:：].*")
_PRINTED = re.compile(rf"(?:.{{0,40}})?(?:{_DAY})印发(?:[（(]?共?印?\d+份[)）]?)?|.{{2,40}}印发")
_COUNT = r"(?:\d{1,6}|[一二三四五六七八九十百千零〇壹贰叁肆伍陆柒捌玖拾佰仟]{1,8}(?=\s*份))"
_PRINT_RUN = re.compile(
    r"[（(]?(?:共\s*印|共|印|印制|印数[:：]?|印制份数[:：]?|印发份数[:：]?|印刷份数[:：]?|份数[:：]?)"
    rf"\s*{_COUNT}\s*份?\s*[)）]?[。.]?"
)
_COUNTED = re.compile(rf"(?:共\s*印|印数[:：]?|份数[:：]?|印制|印)\s*{_COUNT}\s*份?")
# What every line of the tail that is an element has; most lines of a long text have none of it.
_TAIL_SIGN = re.compile(r"日$|^[（(此附抄分发共印份]|附\s*件|印\s*发|抄\s*送")
_TELEGRAM = re.compile(r"电报|[密明]传|发电(?![厂站机量公集有企设])|明电|密电")


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of one document, in reading order.

    `telegram` is true for a telegram (电报), whose urgency has words of its own.
    """

    found: tuple[ElementEvidence, ...] = ()
    telegram: bool = False

    def first(self, element: Element) -> ElementEvidence | None:
        """Return the first of this kind; None if there is none."""
        return next(self.all(element), None)

    def all(self, element: Element) -> Iterator[ElementEvidence]:
        """Yield all of this kind, in order."""
        return (each for each in self.found if each.element is element)

    @property
    def official(self) -> bool:
        """Whether the text has the form of an official document (公文)."""
        kinds = {each.element for each in self.found}
        if kinds & {Element.NUMBER, Element.PRINTED}:
            return True
        told = {Element.ISSUER, Element.ADDRESSEE, Element.DATE, Element.NOTE}
        return Element.TITLE in kinds and bool(kinds & told)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line with text: `span` is that of its stripped text in the part, `bare` has no blanks."""

    part: int
    span: Span
    text: str

    @property
    def bare(self) -> str:
        """The text without any white space."""
        return _BLANK.sub("", self.text)


def text_lines(document: Document) -> Iterator[TextLine]:
    """Yield the lines with text that a reader sees, in reading order."""
    for index, part in enumerate(document.parts):
        if part.place.area not in _SEEN or part.place.is_watermark:
            continue
        for found in re.finditer(r"[^\n\f\v\u2028\u2029\x85]+", part.text):
            text = found[0].strip()
            if text:
                start = found.start() + found[0].index(text)
                yield TextLine(index, Span(start, start + len(text)), text)


def find_elements(document: Document) -> Elements:
    """Return the elements of `document`, in reading order."""
    return _Finder(document).elements()


def _wraps(bare: str, following: str) -> bool:
    """Whether the heading of the issuer goes on in the next line: …办公室文 | 件."""
    return (
        len(following) <= _LONGEST_REST
        and _STRONG_ISSUER.fullmatch(bare + following) is not None
        and _STRONG_ISSUER.fullmatch(bare) is None
    )


def own_number(text: str) -> re.Match[str] | None:
    """Return the pieces of a line that is a 发文字号, well written or not; None if it is none.

    Groups: code, open, year, close, ordinal (第), serial, end (号), of the text without blanks.
    """
    found = _NUMBER.fullmatch(_BLANK.sub("", text))
    return found if found and _is_number(found) else None


def title_end(lines: Sequence[TextLine], start: int) -> int:
    """Return where the title that begins on line `start` ends (half-open); 0 if none does."""
    text = ""
    for stop in range(start, min(start + _TITLE_LINES, len(lines))):
        line = lines[stop]
        text += line.bare
        if len(text) > _LONGEST_TITLE or _SENTENCE.search(line.bare) or of_head(line):
            break
        if len(text) >= 4 and _TITLE_END.search(text) and not _more(lines, stop):
            return stop + 1
    return 0


def is_addressee(line: TextLine) -> bool:
    """Return whether a line behind a title names the addressees (主送机关)."""
    return _ADDRESSEE.fullmatch(line.bare) is not None and "。" not in line.bare


def is_issuer(line: TextLine) -> bool:
    """Return whether a line can be the heading of the issuer (发文机关标志)."""
    return _ISSUER.fullmatch(line.bare) is not None and not _NO_ISSUER.search(line.bare)


def of_head(line: TextLine) -> bool:
    """Return whether a line stands in the head for certain, and so in no title."""
    bare = line.bare
    if _STRONG_ISSUER.fullmatch(bare) and "关于" not in bare:
        return True
    if _MARKING.search(bare) or _DATE.fullmatch(bare) or _SIGNER.search(bare):
        return True
    columns = [_BLANK.sub("", each[0]) for each in _COLUMN.finditer(line.text)]
    return any(
        _COPY_NUMBER.fullmatch(each) or _URGENCY.fullmatch(each) or _NUMBER.fullmatch(each)
        for each in columns
    )


class _Finder:
    """Walks the lines of one document once, from the head to the imprint."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._lines = list(text_lines(document))
        self._places = Lines(document)
        self._found: list[ElementEvidence] = []

    def elements(self) -> Elements:
        """Return what was found."""
        title = self._title()
        head_end = title[0] if title else min(self._first_sentence, _HEAD_LINES)
        self._head(head_end)
        behind = head_end
        if title:
            self._add(Element.TITLE, self._lines[title[0]])
            behind = title[1]
            self._addressee(behind)
        self._tail(behind)
        self._found.sort(key=lambda each: (each.part, each.span.start))
        head = "".join(line.bare for line in self._lines[:head_end][:8])
        return Elements(tuple(self._found), telegram=_TELEGRAM.search(head) is not None)

    @cached_property
    def _first_sentence(self) -> int:
        """The first line that is running text."""
        for index, line in enumerate(self._lines):
            if len(line.bare) > 30 and _SENTENCE.search(line.bare):
                return index
        return len(self._lines)

    def _title(self) -> tuple[int, int] | None:
        """First and last line (half-open) of the title; None if none is recognised.

        It is the first block of short lines in the head that ends in a kind of document.
        """
        last = min(self._first_sentence + 1, _HEAD_LINES, len(self._lines))
        for start in range(last):
            if stop := title_end(self._lines, start):
                return start, stop
        return None

    def _head(self, end: int) -> None:
        wrapped = False
        for line, following in zip(self._lines[:end], self._lines[1:], strict=False):
            if self._in_ledger(line):
                continue
            bare = line.bare
            if line is self._lines[0] and _ODD_COPY_NUMBER.fullmatch(bare):
                self._add(Element.COPY_NUMBER, line)
                continue
            if wrapped or _wraps(bare, following.bare):
                self._add(Element.ISSUER, line)
                wrapped = not wrapped
                continue
            if own_number(bare):
                self._add(Element.NUMBER, line)
            elif is_issuer(line):
                self._add(Element.ISSUER, line)
            else:
                self._columns(line)

    def _in_ledger(self, line: TextLine) -> bool:
        """Whether a line is a cell of a table that lists other documents."""
        parts, row = self._document.parts, self._document.parts[line.part].row
        near = parts[max(0, line.part - _WIDEST_HEAD) : line.part + _WIDEST_HEAD + 1]
        return row is not None and sum(part.row == row for part in near) > _WIDEST_HEAD

    def _columns(self, line: TextLine) -> None:
        """Read a line of the head in which several elements may stand side by side."""
        for column in _COLUMN.finditer(line.text):
            bare = _BLANK.sub("", column[0])
            at = column.span()
            if _COPY_NUMBER.fullmatch(bare) and not _LONE_YEAR.fullmatch(bare):
                self._add(Element.COPY_NUMBER, line, at)
            elif _URGENCY.fullmatch(bare):
                self._add(Element.URGENCY, line, at)
            elif _SIGNER.fullmatch(bare):
                self._add(Element.SIGNER, line, at)
            elif own_number(bare):
                self._add(Element.NUMBER, line, at)
            else:
                self._pieces(line, column)

    def _pieces(self, line: TextLine, column: re.Match[str]) -> None:
        """Read what stands beside a marking with only one blank between."""
        pieces = list(re.finditer(r"\S+", column[0]))
        if len(pieces) < 2:
            return
        for piece, kind in ((pieces[0], Element.COPY_NUMBER), (pieces[-1], Element.URGENCY)):
            pattern = _COPY_NUMBER if kind is Element.COPY_NUMBER else _URGENCY
            if pattern.fullmatch(piece[0]) and not _LONE_YEAR.fullmatch(piece[0]):
                start = column.start() + piece.start()
                self._add(kind, line, (start, start + len(piece[0])))
            elif _SIGNER.fullmatch(piece[0]) and kind is Element.URGENCY:
                start = column.start() + piece.start()
                self._add(Element.SIGNER, line, (start, start + len(piece[0])))
            elif kind is Element.COPY_NUMBER and own_number(piece[0]):
                start = column.start() + piece.start()
                self._add(Element.NUMBER, line, (start, start + len(piece[0])))

    def _addressee(self, behind: int) -> None:
        for line in self._lines[behind : behind + 2]:
            if is_addressee(line):
                self._add(Element.ADDRESSEE, line)
                return
            if _SENTENCE.search(line.bare):
                return

    def _tail(self, behind: int) -> None:
        before: TextLine | None = None
        for line in self._lines[behind:]:
            if _TAIL_SIGN.search(line.text) and len(bare := line.bare) <= 300:
                self._tail_line(line, bare, before)
            before = line

    def _tail_line(self, line: TextLine, bare: str, before: TextLine | None) -> None:
        if _DATE.fullmatch(bare):
            self._add(Element.DATE, line)
            if before is not None and len(before.bare) <= 30 and "。" not in before.bare:
                self._add(Element.SIGNATURE, before)
        elif dated := _signed_and_dated(line.text):
            signed, day = dated
            self._add(Element.SIGNATURE, line, (0, signed))
            self._add(Element.DATE, line, (day, len(line.text)))
        elif _NOTE.fullmatch(bare):
            self._add(Element.NOTE, line)
        elif _ATTACHMENT_NOTE.fullmatch(bare) and len(bare) > 3:
            self._add(Element.ATTACHMENT_NOTE, line)
        elif _ATTACHMENT.fullmatch(bare):
            self._add(Element.ATTACHMENT, line)
        elif _COPIES_TO.match(bare):
            self._add(Element.COPIES_TO, line)
        elif len(bare) <= 80 and _PRINTED.fullmatch(bare):
            self._add(Element.PRINTED, line)
        if len(bare) <= 80 and (_PRINT_RUN.fullmatch(bare) or "印发" in bare or "抄送" in bare):
            counted = _COUNTED.search(line.text)
            if counted:
                self._add(Element.PRINT_RUN, line, counted.span())

    def _add(self, element: Element, line: TextLine, within: tuple[int, int] | None = None) -> None:
        start, end = within or (0, len(line.text))
        span = Span(line.span.start + start, line.span.start + end)
        place = self._places.place(line.part, span.start)
        self._found.append(ElementEvidence(line.part, span, element, place))


def _more(lines: Sequence[TextLine], at: int) -> bool:
    """Whether the title goes on in the line behind: 关于印发《…办法》| 的通知."""
    if at + 1 >= len(lines):
        return False
    return re.match(rf"的?(?:{_KIND})(?:[（(].{{1,24}}[）)])?$", lines[at + 1].bare) is not None


def _signed_and_dated(text: str) -> tuple[int, int] | None:
    """Return where the signature ends and the date begins that share a line; None elsewhere."""
    found = _SIGNED.match(text) if text.endswith("日") else None
    if found is None or not _DATE.fullmatch(_BLANK.sub("", text[found.end() :])):
        return None
    return found.end(), len(text) - len(text[found.end() :].lstrip())


def _is_number(found: re.Match[str]) -> bool:
    """Whether it is a number at all: with brackets, or with 号 and a year of four digits."""
    if found["open"] or found["close"]:
        return True
    return bool(found["end"]) and re.fullmatch(_YEAR, found["year"]) is not None
