"""A candidate string made ready for the grammar: folded, without white space, gaps noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markscan.fold import fold, what_changed
from markscan.match.grammar.forms import FORMS

# Longer lines are prose (law-and-rules, decision 1).
LONGEST = 60

# Faults of script, in the order in which they are told; they belong to every scheme.
_SCRIPT_TAGS = ("ruby", "trad", "glyph")
_KANA = re.compile("[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\uff66-\uff9d]")
# What may be pinyin in parentheses; whether it is, the fold decides.
_MAYBE_PINYIN = re.compile(r"[(（][^()（）\u2e80-\uffff]{1,12}[)）]")
# The pinyin of a whole word, in syllables; the fold drops that of single characters.
_WORD_PINYIN = re.compile(
    r"(?<=[\u4e00-\u9fff])\s?[(（](?=[^)）]*[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ])"
    r"[a-zü\u00e0-\u01dc ]{3,16}[)）]"
)


def _characters(value: object) -> Iterator[str]:
    """Yield the characters of all strings in `value`, a table of the lexicon."""
    if isinstance(value, str):
        yield from value
    elif isinstance(value, list):
        for item in value:
            yield from _characters(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from key
            yield from _characters(item)


# The words and signs of the lexicon are in folded form; its codes of units (Y, M) are not,
# nor are Taiwan's words. What is made of these characters alone, as most markings are, needs
# no table of the fold, which takes 0.1 s to load.
PLAIN = frozenset("0123456789").union(
    char
    for key, table in FORMS.items()
    if key != "taiwan"
    for char in _characters(table)
    if not "A" <= char <= "Z"
)


class _Table(dict[int, str]):
    """What each character becomes, for str.translate: white space a blank, invisible nothing."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = " " if char.isspace() else fold(char).text
        self[code] = folded
        return folded


_TABLE = _Table({ord(char): char for char in PLAIN if not char.isspace()})


@dataclass(frozen=True, eq=False)
class Candidate:
    """A candidate as the scheme parsers read it.

    `raw` is the text as it stands, stripped; `text` is folded and has no white space;
    `gaps` holds the places in `text` before which white space stood. `spelled` tells that
    the pinyin of a word, 机密(jī mì), has been dropped, which the fold would have kept.
    """

    raw: str
    text: str
    gaps: frozenset[int]
    spelled: bool = False

    @cached_property
    def changed(self) -> frozenset[str]:
        """What the fold had to undo: zw, ruby, trad, glyph, fullwidth."""
        if PLAIN.issuperset(self.raw):
            return frozenset()
        changed = what_changed(self.raw)
        return changed | {"ruby"} if self.spelled else changed

    @cached_property
    def unfolded(self) -> str:
        """The text without white space and invisible characters, script as it stands."""
        return "".join(char for char in self.raw if _TABLE[ord(char)].strip())

    @property
    def script_defects(self) -> tuple[str, ...]:
        """The faults of script that every scheme but Taiwan's reports first."""
        return tuple(tag for tag in _SCRIPT_TAGS if tag in self.changed)

    @property
    def sign_defects(self) -> tuple[str, ...]:
        """The faults of single signs that every scheme reports last."""
        return tuple(tag for tag in ("fullwidth", "zw") if tag in self.changed)

    def part(self, start: int, end: int) -> Candidate:
        """Return the candidate that [start, end) of `text` would be, with the same `raw`."""
        gaps = frozenset(gap - start for gap in self.gaps if start < gap < end)
        return Candidate(self.raw, self.text[start:end], gaps, self.spelled)


def prepare(text: str) -> Candidate | None:
    """Return `text` made ready; None if it is empty, too long, or Japanese (has kana).

    The length counts what can be seen: invisible characters and white space do not hide a
    marking, however many there are.
    """
    raw = text.strip()
    if not raw or _KANA.search(raw):
        return None
    shown, words_spelled = raw, 0
    if _MAYBE_PINYIN.search(raw):
        shown, words_spelled = _WORD_PINYIN.subn("", _without_pinyin(raw))
    words = shown.translate(_TABLE).split()
    compact = "".join(words)
    if not compact or len(compact) > LONGEST:
        return None
    gaps, at = [], 0
    for word in words[:-1]:
        at += len(word)
        gaps.append(at)
    return Candidate(raw, compact, frozenset(gaps), words_spelled > 0)


def _without_pinyin(raw: str) -> str:
    """Drop the characters that the fold drops, but keep white space."""
    kept = set(fold(raw).origin.tolist())
    return "".join(char for index, char in enumerate(raw) if index in kept or char.isspace())
