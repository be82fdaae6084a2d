"""Tells by what the wording of a passage would escape a search for the text of its original.

Only what can be seen in the passage itself: its script, and what stands between its ideographs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markscan.fold import is_han, what_changed
from markscan.wording import Text

_MOST = 4000  # characters of a passage that are looked at
_TRADITIONAL = 0.1  # part of the ideographs: in traditional text a third are of that script

_HAN = r"[\u3400-\u9fff]"
# One and the same kind of gap between ideographs, six times running.
_SPACED = re.compile(rf"(?:{_HAN}[ \t\u3000\u00a0]{{1,4}}){{6}}{_HAN}")
_STREWN = re.compile(rf"(?:{_HAN}([^\w\s，。、；：！？“”‘’《》（）—…])(?:{_HAN}\1){{4,}}{_HAN})")
# Radicals and compatibility forms that look like ideographs; ① and ㎡ stand in any text.
_GLYPHS = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_INVISIBLE = re.compile(
    rf"{_HAN}[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+{_HAN}"
)
_SYLLABLES = re.compile(rf"(?:{_HAN}[(（]?[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{{1,6}}[)）]?){{4}}{_HAN}")

_WORDS = {
    "trad": Text("繁体字、异体字", "traditional or variant characters"),
    "zw": Text("零宽字符等不可见字符", "invisible characters"),
    "ruby": Text("夹注的拼音", "pinyin between the characters"),
    "glyph": Text("其他字符集的同形字", "look-alike signs of other blocks"),
    "space": Text("字间空格", "spaces between the characters"),
    "strewn": Text("字间插入的符号", "signs strewn between the characters"),
}


def disguises(passages: Iterable[str]) -> list[Text]:
    """Return what was found in any of `passages`, each once, in the order of the table above."""
    found = {tag for passage in passages for tag in _tags(passage[:_MOST])}
    return [words for tag, words in _WORDS.items() if tag in found]


def _tags(passage: str) -> Iterator[str]:
    changed = what_changed(passage)
    yield from changed & {"ruby"}
    if _GLYPHS.search(passage):
        yield "glyph"
    if _INVISIBLE.search(passage):
        yield "zw"
    if "trad" in changed and _traditional(passage):
        yield "trad"
    if _SPACED.search(passage):
        yield "space"
    if _STREWN.search(passage):
        yield "strewn"
    if _SYLLABLES.search(passage):
        yield "ruby"


def _traditional(passage: str) -> bool:
    """Whether so many characters are traditional that it is the script, not a name."""
    written = [char for char in passage if is_han(char)]
    other = sum("trad" in what_changed(char) for char in written)
    return other >= max(_TRADITIONAL * len(written), 2)
