"""Words by which a file says that it is a draft or proof (过程稿): 草稿, 送审稿, 清样."""

from __future__ import annotations

import re
from itertools import islice

from markscan.document import Area
from markscan.rules.rule import Case

_TOP = 6  # lines with text among which a draft says what it is
_LONGEST = 60  # characters of such a line

_WORDS = re.compile(
    r"草稿|草案稿|初稿|底稿|讨论稿|征求意见稿|征询意见稿|送审稿|报审稿|送签稿|审议稿|审签稿|代拟稿|修改稿|修订稿"
    r"|过程稿|花脸稿|未定稿|样稿|清样|校样|校对稿|会签稿|[第改][一二三四五六七八九十\d]{1,2}稿"
    r"|(?<![A-Za-z])draft(?![A-Za-z])",
    re.IGNORECASE,
)


def draft_word(case: Case) -> str | None:
    """Return the word that makes the file a draft, in its name or its first lines; None: none."""
    names = (part.text for part in case.document.parts if part.place.area is Area.FILENAME)
    lines = (line.bare for line in islice(case.lines(), _TOP) if len(line.bare) <= _LONGEST)
    found = (_WORDS.search(text) for text in (*names, *lines))
    return next((each[0] for each in found if each is not None), None)
