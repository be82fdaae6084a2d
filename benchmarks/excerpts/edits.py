"""What is done to an excerpt: the classes of edits, each with a seeded source of chance.

A word that is replaced becomes another word of as many characters, drawn from jieba's
dictionary: to a fingerprint any other word is alike. `synonyms` replaces words of two and more
characters, as a list of synonyms would (function words have none); `words` replaces any.
`misread` puts random common characters where an OCR would put similar ones.
"""

from __future__ import annotations

import logging
import random
import re
import unicodedata
from collections.abc import Callable
from functools import cache

import jieba
import opencc

jieba.setLogLevel(logging.WARNING)

Edit = Callable[[str, random.Random], str]

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_SYLLABLES = ("ma", "shi", "guo", "jia", "mi", "an", "quan", "li", "de", "wen")


def replaced(text: str, part: float, chance: random.Random, least: int = 1) -> str:
    """Replace `part` of the words of `least` and more characters."""
    return "".join(
        chance.choice(_words()[min(len(word), 4)])
        if _HAN.fullmatch(word) and len(word) >= least and chance.random() < part
        else word
        for word in jieba.cut(text)
    )


def deleted(text: str, part: float, chance: random.Random) -> str:
    """Leave out `part` of the words."""
    return "".join(
        word for word in jieba.cut(text) if not (_HAN.fullmatch(word) and chance.random() < part)
    )


def misread(text: str, part: float, chance: random.Random) -> str:
    """Replace `part` of the ideographs by others."""
    common = _words()[1]
    return "".join(
        chance.choice(common) if _HAN.fullmatch(char) and chance.random() < part else char
        for char in text
    )


def turned(text: str, ends: str, chance: random.Random) -> str:
    """Put the pieces of `text` that end with one of `ends` in another order."""
    parts = re.split(f"(?<=[{ends}])", text)
    chance.shuffle(parts)
    return "".join(parts)


def with_pinyin(text: str, part: float, chance: random.Random) -> str:
    """Write pinyin in brackets behind `part` of the ideographs."""
    return "".join(
        f"{char}({chance.choice(_SYLLABLES)})"
        if _HAN.fullmatch(char) and chance.random() < part
        else char
        for char in text
    )


def respaced(text: str, chance: random.Random) -> str:
    """Change punctuation, put in spaces and line ends."""
    swapped = re.sub(r"[，。；、：]", lambda _: chance.choice(" ，。;、\n"), text)
    return "".join(char + (" " if chance.random() < 0.2 else "") for char in swapped)


def renumbered(text: str, chance: random.Random) -> str:
    """Change every Arabic digit."""
    return re.sub(r"\d", lambda _: chance.choice("0123456789"), text)


def traditional(text: str, chance: random.Random) -> str:
    """Write `text` in traditional characters."""
    return str(_converter().convert(text))


def wide(text: str, chance: random.Random) -> str:
    """Write letters, digits and signs in full width, after NFKC of the rest."""
    return unicodedata.normalize("NFKC", text).translate(_WIDE)


EDITS: dict[str, Edit] = {
    "verbatim": lambda text, chance: text,
    "punctuation, spaces": respaced,
    "simplified to traditional": traditional,
    "full width": wide,
    "pinyin 15 %": lambda text, chance: with_pinyin(text, 0.15, chance),
    "digits": renumbered,
    "sentences turned": lambda text, chance: turned(text, "。；", chance),
    "clauses turned": lambda text, chance: turned(text, "。；，、", chance),
    **{
        f"synonyms {part} %": lambda text, chance, part=part: replaced(text, part / 100, chance, 2)
        for part in (5, 10, 20, 30)
    },
    **{
        f"any words {part} %": lambda text, chance, part=part: replaced(text, part / 100, chance)
        for part in (20, 30)
    },
    **{
        f"misread {part} %": lambda text, chance, part=part: misread(text, part / 100, chance)
        for part in (2, 5, 10)
    },
    **{
        f"deleted {part} %": lambda text, chance, part=part: deleted(text, part / 100, chance)
        for part in (10, 20, 30)
    },
}


@cache
def _words() -> dict[int, list[str]]:
    """Words in use, by length."""
    jieba.initialize()
    found: dict[int, list[str]] = {1: [], 2: [], 3: [], 4: []}
    for word, count in jieba.dt.FREQ.items():
        if count > 20 and _HAN.fullmatch(word) and len(word) in found:
            found[len(word)].append(word)
    return found


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
