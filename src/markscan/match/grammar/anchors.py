"""The strings one of which stands, folded, in everything that the grammar accepts.

The scanner looks for them first and parses only the lines they stand in. Exempt are an
ordinary document number, which has no level and makes no finding, and a lone ㊙.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from markscan.match.grammar.forms import FORMS, LEVEL_OF, OPEN

# 解密, 保密期限 and 延长 are the words of stamps (标志 art. 7).
_STAMPS = ("解密", "保密期限")


def _families() -> Iterable[str]:
    for code, others in FORMS["docno"]["families"].items():
        yield from (code, *others)


def _series() -> Iterable[str]:
    for ending in FORMS["docno"]["series"]:
        if len(ending) > 1:
            yield ending
        else:
            yield from (ending + bracket for bracket in OPEN)


def _level_holes() -> Iterable[str]:
    yield from (sign + "密" for sign in FORMS["holes"]["level_signs"])


def rare_signs(strings: Iterable[str]) -> frozenset[str]:
    """Return few characters of which every one of `strings` holds at least one."""
    left = set(strings)
    signs = set()
    while left:
        counts = Counter(sign for string in left for sign in set(string))
        sign = max(sorted(counts), key=counts.__getitem__)
        signs.add(sign)
        left = {string for string in left if sign not in string}
    return frozenset(signs)


def _shortest(strings: Iterable[str]) -> tuple[str, ...]:
    """Drop the strings that contain another one."""
    distinct = sorted(set(strings), key=lambda string: (len(string), string))
    kept: list[str] = []
    for string in distinct:
        if not any(shorter in string for shorter in kept):
            kept.append(string)
    return tuple(kept)


ANCHORS: tuple[str, ...] = _shortest(
    (
        *LEVEL_OF,
        *FORMS["labels"]["nouns"],
        *(
            "秘" + sign
            for sign in "件" + FORMS["separators"]["star"] + FORMS["separators"]["stars"]
        ),
        *_level_holes(),
        *(word + FORMS["separators"]["star"] for word in FORMS["level"]["unlawful"]),
        *FORMS["level"]["unlawful_alone"],
        *_STAMPS,
        "内部",
        *(word for level in ("hxsm", "ptsm", "sm") for word in FORMS["commercial"][level]),
        *FORMS["openness"]["subjects"],
        *FORMS["openness"]["fields"],
        *FORMS["scope"]["verbs"],
        *FORMS["telegram"]["mima"],
        *FORMS["telegram"]["ming"],
        "密等",
        *_series(),
        *_families(),
    )
)
