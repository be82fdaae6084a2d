"""Tells what the fold had to undo in a line."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from markscan.fold.table import CODE, DROPPED, HAN, MANY, SPACE, table


def is_han(char: str) -> bool:
    """Return whether `char`, one character, is a CJK ideograph; 々 and 〇 count as such."""
    return any(start <= ord(char) < end for start, end in HAN)


def what_changed(text: str) -> frozenset[str]:
    """Return what the fold had to undo in `text`, a line or a marking.

    * zw: an invisible character was dropped
    * ruby: pinyin in parentheses was dropped
    * trad: a traditional or variant ideograph was simplified
    * glyph: an ideograph, Latin letter or digit came as a sign of another block: ㊙, ⼯, ⻓, ①
    * fullwidth: a Latin letter or digit was full-width; brackets and points do not count
    * space: white space stood inside, between the first and the last visible character
    """
    tags = frozenset().union(*map(_tags, set(text)))
    known = table()
    kinds = [(char, int(known.units[ord(char)])) for char in text]
    shown = [(char, unit) for char, unit in kinds if not unit & DROPPED]
    blank = "".join(" " if unit & SPACE else "x" for _, unit in shown).strip()
    if " " in blank:
        tags |= {"space"}
    if pinyin(known.pinyin, "".join(_fold_one(char) for char, _ in shown)):
        tags |= {"ruby"}
    return tags


@lru_cache(maxsize=4096)
def _tags(char: str) -> frozenset[str]:
    if int(table().units[ord(char)]) & DROPPED:
        return frozenset({"zw"})
    compatible = unicodedata.normalize("NFKC", char)
    tags = set()
    if any(is_han(part) and _fold_one(part) != part for part in compatible):
        tags.add("trad")
    if "\uff10" <= char <= "\uff5a" and compatible.isalnum():
        tags.add("fullwidth")
    elif "\u2e80" <= char <= "\u2eff" and _fold_one(char) != char:
        tags.add("glyph")
    elif _fold_one(char) != char != compatible:
        shown = (is_han(part) or (part.isascii() and part.isalnum()) for part in compatible)
        tags |= {"glyph"} if any(shown) else set()
    return frozenset(tags)


def _fold_one(char: str) -> str:
    """Return the fold of one character by the table alone."""
    known = table()
    unit = int(known.units[ord(char)])
    if unit & DROPPED:
        return ""
    if not unit & MANY:
        return chr(unit & CODE)
    which = known.expansions
    start, length = which.starts[unit & CODE], which.lengths[unit & CODE]
    return "".join(chr(part & CODE) for part in which.units[start : start + length].tolist())


def pinyin(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Return where folded `text` has pinyin in parentheses right after an ideograph."""
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        start, end = match.span()
        # A second pair of parentheses follows the ideograph once the first is dropped.
        follows = found and found[-1][1] == start
        if follows or (start > 0 and is_han(text[start - 1])):
            found.append((start, end))
    return found
