"""What is words in the small languages of a workbook: escapes, formulas, headers, formats.

ECMA-376 part 1: ST_Xstring 22.9.2.19, formulas 18.17, headers 18.3.1.46, number formats
18.8.30.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));")
_DECIMAL = re.compile(r"&#([0-9]{1,7});")
_ABOVE_ASCII, _SURROGATES = 0x80, 0xD800
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONE = re.compile("[\ud800-\udfff]")

_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
_JOINED = re.compile(r"\s*&\s*")
_LISTED = re.compile(r"\s*[&,;]\s*")

_CODE = re.compile(r'&(?:"[^"]*"?|K(?P<colour>[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d+|(?P<letter>.))')

# A format's quoted text, or a character behind a backslash; brackets hold colours, conditions
# and locales.
_FORMAT = re.compile(r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[[^\]]*\]?|[_*].|(?P<plain>.)')
_DATE = re.compile(r"[ymdhsYMDHSeE]")
_UNIT = frozenset(
    "元万亿千百十吨人次件个名条份台套户米克斤公里平方立年月日时分秒点号第层页星期周上下午季度美欧英港圆"
)


class Affix(NamedTuple):
    """What a number format writes before and behind its number."""

    before: str
    behind: str


class Spoken(NamedTuple):
    """One section of a header or footer."""

    side: str  # "L", "C", "R"
    text: str
    white: bool


def unescape(text: str) -> str:
    """Return XML text with its references replaced; unknown ones stay."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def without_numbers(xml: str) -> str:
    """Return XML with its references by number to characters above ASCII replaced.

    Some writers give every such character so; all of a long text are replaced at once.
    """
    if "&#" not in xml:
        return xml
    pieces = _DECIMAL.split(xml)
    numbers = list(map(int, pieces[1::2]))
    if not numbers or min(numbers) < _ABOVE_ASCII or max(numbers) >= _SURROGATES:
        return xml
    pieces[1::2] = map(chr, numbers)
    return "".join(pieces)


def as_parsed(xml: str) -> str:
    """Return XML with its line ends as a parser hands them out (XML 1.0, 2.11)."""
    return xml.replace("\r\n", "\n").replace("\r", "\n") if "\r" in xml else xml


def plain(text: str) -> str:
    """Return a cell's string with _xHHHH_ replaced by the character it stands for."""
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = _PAIR.sub(
        lambda found: found[0].encode("utf-16", "surrogatepass").decode("utf-16"), text
    )
    return _LONE.sub("\ufffd", text)


def literals(formula: str) -> str:
    """Return the strings written in a formula; those it joins as one, the others a line each."""
    if '"' not in formula:
        return ""
    between = _LISTED if "CONCAT" in formula.upper() else _JOINED
    words = ""
    end = -1
    for found in _LITERAL.finditer(formula):
        text = found[1].replace('""', '"')
        if words and not between.fullmatch(formula, end, found.start()):
            words += "\n"
        words += text
        end = found.end()
    return words if words.strip() else ""


def header(code: str, sheet: str, file: str) -> list[Spoken]:
    """Return the sections of a header or footer as they are shown; numbers are left out."""
    shown = {"A": sheet, "F": file, "&": "&"}
    side, white, start = "C", False, 0
    pieces: dict[tuple[str, bool], str] = {}

    def say(text: str) -> None:
        if text:
            pieces[side, white] = pieces.get((side, white), "") + text

    for found in _CODE.finditer(code):
        say(code[start : found.start()])
        start = found.end()
        letter = found["letter"]
        if letter in ("L", "C", "R"):
            side, white = letter, False
        elif letter:
            say(shown.get(letter, ""))
        elif found["colour"]:
            white = found["colour"].upper() in ("FFFFFF", "00+000")
    say(code[start:])
    return [Spoken(*key[:1], text, key[1]) for key, text in pieces.items() if text.strip()]


def hides_text(code: str) -> bool:
    """Tell whether a number format shows nothing for text: ";;;"."""
    sections = _sections(code)
    return len(sections) > 3 and not sections[3].strip()


def affix(code: str) -> Affix | None:
    """Return what a number format writes around a number, None if it says nothing of weight."""
    before, behind, digits = "", "", False
    for found in _FORMAT.finditer(_sections(code)[0]):
        said = found["quoted"] or found["escaped"] or ""
        letter = found["plain"]
        if letter in ("0", "#", "?", "@"):
            digits = True
        elif letter and _DATE.match(letter):
            return None
        elif letter and not letter.isascii():
            said = letter
        if digits:
            behind += said
        else:
            before += said
    if code.lower().startswith("general"):
        before, behind = "", before + behind
    text = before + behind
    return Affix(before, behind) if any(_is_word(char) for char in text) else None


def format_words(code: str) -> str:
    """Return the texts a number format writes, a line each section, if they are words."""
    lines = []
    for section in _sections(code):
        said = "".join(
            found["quoted"] or found["escaped"] or "" for found in _FORMAT.finditer(section)
        )
        if sum(_is_word(char) for char in said) > 1:
            lines.append(said)
    return "\n".join(dict.fromkeys(lines))


def _joined(found: re.Match[str]) -> str:
    return found[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _is_word(char: str) -> bool:
    return char not in _UNIT and (char > "\x7f" and (char.isalpha() or char in "★☆"))


def _sections(code: str) -> list[str]:
    """Split a format at the semicolons outside its quotes."""
    sections = [""]
    for number, piece in enumerate(code.split('"')):
        if number % 2:
            sections[-1] += f'"{piece}"'
            continue
        first, *more = piece.split(";")
        sections[-1] += first
        sections.extend(more)
    return sections


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    number = int(found[1]) if found[1] else int(found[2], 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF or number == 0:
        return "\ufffd"
    return chr(number)
