"""The profile of an organisation: what its rules ask beyond the law, and how it sets pages.

One TOML file a profile in lexicons/profiles/. `standard` is whole; every other file says
what it is and only in what it differs. A house style in markscan.toml lies over it.
`profiles` reads them.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from markscan.wording import Text

# A font of which a PDF holds only the glyphs used: ABCDEF+SimHei. @ marks a font set upright.
_PREFIX = re.compile(r"^(?:[A-Z]{6}\+)?@?")
_JOINTS = re.compile(r"[\s\-_.,]+")


@dataclass(frozen=True, slots=True)
class Norm:
    """How the head of an official document is set (GB/T 9704—2012), and how far one may err.

    Lengths are points. `fonts` are families in which the marking may be set, as parts of a
    font's name; the first is the one to recommend. `other_fonts` are parts of names that
    only look like one of them: 微软正黑体 is no 黑体.
    """

    left: float = 79.4  # 订口 28 mm
    top: float = 104.9  # 天头 37 mm
    side_tolerance: float = 8.0  # half a character of size 3
    fonts: tuple[str, ...] = ("黑体",)
    size: float = 16.0  # 3号
    size_tolerance: float = 0.5
    copy_number_digits: int = 6
    other_fonts: tuple[str, ...] = ()

    def is_mark_font(self, name: str) -> bool:
        """Return whether the marking may be set in the font that a file calls `name`.

        Case, width, spaces, hyphens and the prefix of a subset do not matter. The longest
        part found in the name decides, one of `fonts` before an equal one of `other_fonts`.
        """
        plain = _plain(name)
        right = _longest(self.fonts, plain)
        return 0 < right >= _longest(self.other_fonts, plain)


@dataclass(frozen=True, slots=True)
class Profile:
    """What one kind of organisation is held to. The defaults are those of `standard`.

    `copy_number` says which levels must bear a 份号: all, only juemi and jimi, or none.
    `highest` is the highest level that the organisation may determine by itself (法17),
    None where it may determine none. `own_star` is true where ★ on its papers can only be
    a mistake (a private company).
    """

    code: str = "standard"
    name: Text = Text("通用", "standard")  # noqa: RUF009
    copy_number: Literal["all", "juemi-jimi", "none"] = "all"
    period_required: bool = True
    print_run_required: bool = True
    return_date_required: bool = False
    openness_required: bool = True
    classified_series: bool = False  # the office numbers classified papers ×密发
    long_term_allowed: bool = False  # its catalogue of secret matters says 长期
    own_star: bool = False
    highest: str | None = "juemi"
    norm: Norm = field(default_factory=Norm)


def _longest(parts: tuple[str, ...], name: str) -> int:
    return max((len(plain) for part in parts if (plain := _plain(part)) in name), default=0)


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    """Return the name of a font without what differs from file to file."""
    name = _PREFIX.sub("", name)
    if not name.isascii():
        # A PDF may give the bytes of GBK as if they were Latin-1: ºÚÌå is 黑体.
        with suppress(UnicodeError):
            name = name.encode("latin-1").decode("gb18030")
    return _JOINTS.sub("", unicodedata.normalize("NFKC", name)).casefold()
