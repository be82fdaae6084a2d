"""Builds table.npz, the folding of every single code point, from OpenCC and Unicode.

Run `python lexicons/fold/build.py`; needs the package `opencc`. The output depends on
the versions of OpenCC and of Python's Unicode data only, and names both.
"""

from __future__ import annotations

import importlib.metadata
import io
import tomllib
import unicodedata
import zipfile
from pathlib import Path

import numpy as np
import opencc  # type: ignore[import-untyped, unused-ignore]

HERE = Path(__file__).parent
UNICODE = 0x110000
PLAIN, DROPPED, SPACE, TONE, MANY = range(5)

# Default_Ignorable_Code_Point of Unicode that category Cf does not cover.
IGNORABLE = (
    *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2065, 0x3164),
    *(*range(0xFE00, 0xFE10), 0xFFA0, *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000)),
)
LINE_ENDS = "\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0))
# Grave, acute, macron, breve, diaeresis, caron: the tones of pinyin, the breve by mistake.
TONE_MARKS = "\u0300\u0301\u0304\u0306\u0308\u030c"


class Folding:
    """The fold of single characters, closed: what it returns folds to itself."""

    def __init__(self) -> None:
        """Read variants.toml and ask OpenCC for every ideograph."""
        told = tomllib.loads((HERE / "variants.toml").read_text(encoding="utf-8"))
        self.kept = frozenset(told["kept"]["stars"] + told["kept"]["separators"])
        self.ignorable = frozenset(map(chr, IGNORABLE))
        self.simpler = simplified() | told["variants"]
        self.simpler |= {pair[0]: pair[1] for pair in told["radicals"]["pairs"].split()}
        self.known: dict[str, str] = {}

    def step(self, char: str) -> str:
        """Return `char` after the first rule that changes it."""
        if char in self.kept or char == "\r":
            return char
        if char.isspace():
            return "\n" if char in LINE_ENDS else " "
        category = unicodedata.category(char)
        if category == "Cs":
            return "\ufffd"
        if category == "Cf" or (category == "Cc" and char != "\0") or char in self.ignorable:
            return ""
        compatible = unicodedata.normalize("NFKC", char)
        cased = unicodedata.normalize("NFKC", compatible.casefold())
        return self.simpler.get(char, char) if cased == char else cased

    def fold(self, char: str) -> str:
        """Return what `char` folds to: the fixed point of `step`."""
        if char not in self.known:
            stepped = self.step(char)
            self.known[char] = stepped if stepped == char else "".join(map(self.fold, stepped))
        return self.known[char]


def simplified() -> dict[str, str]:
    """Return ideograph -> simplified form, for single characters.

    Traditional forms by OpenCC's t2s. Japanese, Taiwan and Hong Kong forms by way of the
    traditional one, unless GB 2312 has them: 浜 and 沪 are Japanese forms and Chinese
    characters of their own.
    """
    ideographs = [chr(code) for start, end in HAN_BLOCKS for code in range(start, end)]

    def converted(config: str) -> dict[str, str]:
        # One to a line, so that no phrase rule can apply.
        lines = opencc.OpenCC(config).convert("\n".join(ideographs)).split("\n")
        pairs = zip(ideographs, lines, strict=True)
        return {char: form for char, form in pairs if char != form and len(form) == 1}

    table = converted("t2s")
    for config in ("jp2t", "tw2t", "hk2t"):
        for char, form in converted(config).items():
            if not in_gb2312(char):
                table.setdefault(char, form)
    return {char: form for char, form in table.items() if table.get(form) != char}


def in_gb2312(char: str) -> bool:
    """Return whether the simplified standard set of 1980 has `char`."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def tone_characters() -> frozenset[str]:
    """Return the letters that carry a tone of pinyin, and the bare marks."""
    bases = "aeiouümn\u00ea"
    letters = (unicodedata.normalize("NFC", base + mark) for base in bases for mark in TONE_MARKS)
    return frozenset(char for char in letters if len(char) == 1) | frozenset(TONE_MARKS)


def arrays() -> dict[str, np.ndarray]:
    """Return the arrays of table.npz, described in README.md."""
    folding, tones = Folding(), tone_characters()
    sources, targets, kinds = [], [], []
    expansions: dict[str, int] = {}
    for code in range(UNICODE):
        char = chr(code)
        folded = folding.fold(char)
        if len(folded) > 1:
            kind, target = MANY, expansions.setdefault(folded, len(expansions))
        elif folded == "":
            kind, target = DROPPED, 0
        else:
            white = folded in " \n\r"
            kind = SPACE if white else TONE if folded in tones else PLAIN
            target = ord(folded)
        if kind != PLAIN or target != code:
            sources.append(code)
            targets.append(target)
            kinds.append(kind)
    return {
        "gap": np.diff(np.array(sources, np.uint32), prepend=np.uint32(0)),
        "target": np.array(targets, np.uint32),
        "kind": np.array(kinds, np.uint8),
        "expansion": np.array([ord(char) for text in expansions for char in text], np.uint32),
        "expansion_length": np.array([len(text) for text in expansions], np.uint8),
        "unicode": np.array(unicodedata.unidata_version),
        "opencc": np.array(importlib.metadata.version("opencc")),
    }


def write(path: Path) -> None:
    """Write the table to `path`, with a fixed time stamp so that equal data gives equal bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, array in arrays().items():
            member = io.BytesIO()
            np.save(member, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, member.getvalue())


if __name__ == "__main__":
    write(HERE / "table.npz")
