"""The words and signs of markings, read once from lexicons/forms.toml, as pieces of patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any

from markscan import data

_PATH = data.folder("lexicons") / "forms.toml"
with _PATH.open("rb") as _file:
    FORMS: dict[str, Any] = tomllib.load(_file)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, longer ones first, as one group."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"


def one_of(signs: str) -> str:
    """Return a pattern for one character out of `signs`."""
    return "[" + re.escape(signs) + "]"


LEVEL_NAMES: dict[str, str] = FORMS["levels"]
LEVEL_OF: dict[str, str] = {name: code for code, name in LEVEL_NAMES.items()} | {
    typo: code for code, typos in FORMS["typos"].items() for typo in typos
}
LEVEL_WORD = any_of(LEVEL_OF)

STAR: str = FORMS["separators"]["star"]
STARS: str = FORMS["separators"]["stars"]
BULLETS: str = FORMS["separators"]["bullets"]
JOINTS: str = FORMS["separators"]["joints"]

OPEN: str = FORMS["brackets"]["open"]
CLOSE: str = FORMS["brackets"]["close"]
BRACKETS = frozenset(OPEN + CLOSE)

_labels = FORMS["labels"]
# The name of the field that holds the level: 密级, 文件密级：, 保密级别:
LABEL = (
    f"(?:{any_of(_labels['prefixes'])}?(?:{any_of(_labels['nouns'])}[:：]?"
    f"|{any_of(_labels['colon_nouns'])}[:：]))"
)
PERIOD_LABEL = f"(?:{any_of(_labels['periods'])}(?:[:：]|为|是)?)"

URGENCY = any_of(FORMS["tails"]["urgency"])
CAVEAT = any_of([*FORMS["tails"]["caveats"], *FORMS["tails"]["handling"]])
TAIL = any_of([word for words in FORMS["tails"].values() for word in words])
