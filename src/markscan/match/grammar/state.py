"""State secrets (cn-state): 机密★10年 and every way of writing it badly.

密级★保密期限, 密级★解密时间 or 密级★解密条件 (定密2014 art. 24; 标志 art. 4). The parser walks
the string once: what may stand before the level, the level, the separator, the period,
what may follow. What deviates is noted as a defect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markscan.marking import Duration, Marking, Period, Unusable
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import (
    BRACKETS,
    BULLETS,
    CLOSE,
    FORMS,
    JOINTS,
    LABEL,
    LEVEL_NAMES,
    LEVEL_OF,
    LEVEL_WORD,
    OPEN,
    PERIOD_LABEL,
    STAR,
    STARS,
    TAIL,
    URGENCY,
    any_of,
)
from markscan.match.grammar.pattern import Pattern
from markscan.match.grammar.periods import Kind, Reading, over_limit, readings

_SCHEME = "cn-state"

# The order in which defects are told: as one reads, from the script over the level and the
# separator to the period; what concerns single signs at the end.
_ORDER = (
    *("ruby", "trad", "glyph", "typo", "label", "suffix", "outer-bracket", "long", "long-word"),
    *("star-glyph", "star-dup", "order", "nostar", "no-period", "over-limit", "cn-num", "unit"),
    *("date-form", "bad-date", "tail", "cond-vague", "placeholder", "bracket"),
    *("fullwidth", "space", "zw"),
)

_COPY = r"(?:(?:份号|编号|序号|no)[:：.]?\d{1,6}|\d{6})(?:号)?"
_HEAD = Pattern(rf"(?P<copy>{_COPY})?(?:{URGENCY}[·★]?)?")
_LABEL = Pattern(LABEL)
# 国家秘密 names the kind of secret; before a level of its own, or before 秘密★, it is a label.
_KIND = Pattern(
    rf"国家秘密(?:{any_of(STARS + BULLETS + JOINTS)}|(?={LEVEL_WORD}))(?={LEVEL_WORD})"
    rf"|(?:党和国家|国家|军事)(?=(?:秘密|机密|绝密){STAR})"
)
_ANY_LEVEL = Pattern(LEVEL_WORD)
_LEVEL = Pattern(rf"(?P<word>{LEVEL_WORD})(?P<suffix>{any_of(FORMS['level']['suffixes'])})?")
# ㊙ folds to one character; alone it stands for the word.
_ROUND_SIGN = "㊙"
_ROUND = Pattern(rf"秘(?=$|[件{STAR}{STARS}])(?P<suffix>件)?")
_STARS = Pattern(f"[{re.escape(STAR + STARS)}]+")
_BULLETS = Pattern(f"[{re.escape(BULLETS)}]+")
_JOINT = Pattern(f"--|——|[{re.escape(JOINTS)}]")
_PERIOD_LABEL = Pattern(rf"[,，;；、]?(?P<label>{PERIOD_LABEL})")
_PAGE = r"第\d+页(?:[/,，]?共\d+页)?|共\d+页|[-—]\d+[-—]|\d+/\d+|page\d+(?:of\d+)?"
_GLOSS = any_of(word.replace(" ", "") for word in FORMS["level"]["glosses"])
_AFTER = Pattern(
    rf"[{re.escape(OPEN)}]?(?:[{STAR}|·,，/;；、]?(?P<tail>{TAIL})|[/|·]?{_GLOSS}"
    rf"|[|·]?(?P<apart>{_COPY}|{_PAGE}))[{re.escape(CLOSE)}]?"
)
# On examination papers the title follows in the same line.
_TITLE = Pattern(rf"(?:(?!{LEVEL_WORD})[^。！？；，,;!?★]){{2,45}}$")
_BETWEEN = Pattern(rf"[{re.escape(CLOSE + OPEN)}]*[/|;；-]?[{re.escape(OPEN)}]*")

# What may stand before a period of each kind.
_AFTER_STAR: frozenset[Kind] = frozenset(
    (
        *("solid", "lapse", "year", "number", "usual", "known"),
        *("condition", "vague", "hole", "sign", "blank"),
    )
)
_AFTER_BULLET = _AFTER_STAR - {"number", "sign", "blank"}
_AFTER_JOINT: frozenset[Kind] = frozenset(("solid", "usual", "known", "hole"))
_AFTER_NOTHING: frozenset[Kind] = frozenset(("solid", "usual", "hole"))
_AFTER_LABEL = _AFTER_STAR - {"blank"}


class _Core(NamedTuple):
    """Level, separator and period as they stand in [start, `end`)."""

    start: int
    end: int
    level: str
    period: Period | None
    written: str | None
    kind: Kind | None
    star: bool  # the lawful ★ stands somewhere
    defects: frozenset[str]


class _Separator(NamedTuple):
    end: int
    star: bool
    allowed: frozenset[Kind]
    bare: bool  # may stand without a period after it
    defects: frozenset[str]


def parse_state(candidate: Candidate, law_limits: Mapping[str, int]) -> Marking | None:
    """Return the state marking that the whole candidate is, or None.

    `law_limits` are the longest lawful periods in years, by level (法20).
    """
    text = candidate.text
    if _ROUND_SIGN not in candidate.raw and not _ANY_LEVEL.search(text):
        return None
    head = _HEAD.match(text)
    assert head is not None  # every part of the pattern is optional
    apart = frozenset((head.end("copy"),)) if head["copy"] else frozenset()
    for start in dict.fromkeys((head.end(), 0)):
        for core in _cores(text, start, first=True):
            after = _after(candidate, core)
            if after is not None and _balanced(text, core):
                return _marking(candidate, core, apart | after, start, law_limits)
    return _several(candidate, head.end(), law_limits)


def _cores(text: str, start: int, *, first: bool) -> Iterator[_Core]:
    """Yield what may be a mark at `start`, the longest readings first."""
    at = _skip(text, start)
    defects = {"outer-bracket"} if at > start else set()
    label = (_LABEL.match(text, at) or _KIND.match(text, at)) if first else None
    if label:
        after = _skip(text, label.end())
        inner = {"label"} | ({"outer-bracket"} if after > label.end() else set())
        yield from _from_level(text, start, after, frozenset(defects | inner))
    yield from _from_level(text, start, at, frozenset(defects))
    if first:
        yield from _period_first(text, at, frozenset(defects))


def _from_level(text: str, start: int, at: int, defects: frozenset[str]) -> Iterator[_Core]:
    lead = _STARS.match(text, at)
    if lead:
        at = _skip(text, lead.end())
        defects |= {"order"} | _star_defects(lead[0])
    found = _LEVEL.match(text, at) or _ROUND.match(text, at)
    if found is None:
        return
    word = found.groupdict().get("word") or "秘密"
    level = LEVEL_OF[word]
    if word != LEVEL_NAMES[level]:
        defects |= {"typo"}
    ends = [(found.end(), defects | {"suffix"})] if found["suffix"] else []
    ends.append((found.start("suffix") if found["suffix"] else found.end(), defects))
    lawful = lead is not None and STAR in lead[0]
    for end, noted in ends:
        empty = _Core(start, end, level, None, None, None, lawful, noted)
        yield from _with_period(text, empty)


def _with_period(text: str, empty: _Core) -> Iterator[_Core]:
    """Yield `empty` with each separator and period that may follow it."""
    led = "order" in empty.defects
    for separator in _separators(text, empty.end):
        defects = empty.defects | separator.defects
        if led:
            # The star in front has been noted; a second one is no further fault.
            defects -= {"nostar"}
        core = empty._replace(star=empty.star or separator.star, defects=defects)
        for reading, noted in _periods(text, separator):
            late = None if led else _STARS.match(text, reading.end)
            done = core._replace(
                end=reading.end,
                period=reading.period,
                written=reading.written,
                kind=reading.kind,
                defects=defects | noted | frozenset(reading.defects),
            )
            if late:
                # 机密10年★ has it in the wrong place, 机密★10年★ once too often.
                fault = {"order"} if "nostar" in separator.defects else {"star-dup"}
                faults = done.defects - {"nostar"} | fault | _star_defects(late[0])
                lawful = done.star or STAR in late[0]
                yield done
                yield done._replace(end=late.end(), star=lawful, defects=faults)
            else:
                yield done
        if separator.bare and not (led and not core.star):
            yield core._replace(end=separator.end, defects=defects | {"no-period"})


def _separators(text: str, at: int) -> Iterator[_Separator]:
    """Yield what may stand between level and period, at `at`; nothing at all comes last."""
    nothing = _Separator(at, False, _AFTER_NOTHING, True, frozenset({"nostar"}))
    if text[at : at + 1] in ("○", "〇", "□", "_", "-", "—"):
        # Directly before a unit it is a hole, not a separator (clarification 2).
        yield nothing._replace(allowed=frozenset(("hole",)), bare=False)
    opened = _skip(text, at)
    stars = _STARS.match(text, opened)
    if stars:
        lone = opened + 1
        if text[opened] == STAR and lone < stars.end():
            # Only the first sign is the separator, the others are a hole: ★**年.
            holes: frozenset[Kind] = frozenset(("hole", "sign"))
            yield _Separator(lone, True, holes, False, frozenset())
        defects = _star_defects(stars[0])
        yield _Separator(stars.end(), STAR in stars[0], _AFTER_STAR, True, defects)
    bullets = _BULLETS.match(text, opened)
    if bullets:
        defects = frozenset({"star-glyph"} | ({"star-dup"} if len(bullets[0]) > 1 else set()))
        yield _Separator(bullets.end(), False, _AFTER_BULLET, True, defects)
    joint = _JOINT.match(text, opened)
    if joint:
        glyph = frozenset({"star-glyph"})
        yield _Separator(joint.end(), False, _AFTER_JOINT, False, glyph)
    yield nothing


def _periods(text: str, separator: _Separator) -> Iterator[tuple[Reading, frozenset[str]]]:
    """Yield the periods behind `separator`, with the defects of brackets and labels."""
    at = separator.end
    label = _PERIOD_LABEL.match(text, _skip(text, at))
    if label:
        noted = frozenset({"label"} | _bracket(text, at, label.start()))
        behind = _skip(text, label.end())
        for reading in readings(text, behind):
            if reading.kind in _AFTER_LABEL:
                yield reading, noted
        if separator.star or text[label.end() - 1] in ":：":
            # 机密★保密期限: the template's words were never replaced.
            yield (
                Reading(behind, "sign", Unusable(), None, ("placeholder",)),
                _bracket(text, at, label.start()),
            )
        return
    for start in dict.fromkeys((at, _skip(text, at))):
        for reading in readings(text, start):
            if reading.kind in separator.allowed:
                yield reading, _bracket(text, at, start)


def _period_first(text: str, at: int, defects: frozenset[str]) -> Iterator[_Core]:
    """`10年★机密`: the elements in the wrong order."""
    for reading in readings(text, at):
        star = _STARS.match(text, _skip(text, reading.end))
        if not star or reading.kind not in ("solid", "usual", "known"):
            continue
        found = _LEVEL.match(text, _skip(text, star.end()))
        if found:
            noted = defects | {"order"} | _star_defects(star[0]) | frozenset(reading.defects)
            noted |= {"suffix"} if found["suffix"] else set()
            level = LEVEL_OF[found["word"]]
            noted |= {"typo"} if found["word"] != LEVEL_NAMES[level] else set()
            yield _Core(
                *(at, found.end(), level, reading.period, reading.written, reading.kind),
                STAR in star[0],
                noted,
            )


def _star_defects(stars: str) -> frozenset[str]:
    defects = set()
    if any(sign != STAR for sign in stars):
        defects.add("star-glyph")
    if len(stars) > 1:
        defects.add("star-dup")
    return frozenset(defects)


def _skip(text: str, at: int) -> int:
    """Return the place behind the brackets and quotes at `at`, at most four."""
    end = at
    while end < len(text) and end - at < 4 and text[end] in BRACKETS:
        end += 1
    return end


def _bracket(text: str, start: int, end: int) -> frozenset[str]:
    return frozenset({"bracket"}) if BRACKETS.intersection(text[start:end]) else frozenset()


def _after(candidate: Candidate, core: _Core) -> frozenset[int] | None:
    """Read what follows the mark; None if something does that does not belong to it.

    Returns the places where white space is no fault: around copy and page numbers.
    """
    text, apart = candidate.text, set()
    at = core.end
    while at < len(text):
        found = _AFTER.match(text, at)
        if found:
            if found["apart"]:
                apart |= {found.start(), *range(found.start("apart"), found.end() + 1)}
            at = found.end()
        elif text[at] in CLOSE or (text[at:] == "。" and core.star and core.period is not None):
            at += 1
        elif _is_title(candidate, core, at):
            return frozenset(apart)
        else:
            return None
    return frozenset(apart)


def _is_title(candidate: Candidate, core: _Core, at: int) -> bool:
    examination = core.kind in ("usual", "known") and core.star and not core.defects
    apart = at in candidate.gaps or candidate.text[at] in OPEN
    return examination and apart and bool(_TITLE.match(candidate.text, at))


def _balanced(text: str, core: _Core) -> bool:
    """A bracket without its other half is a torn line, unless a full mark stands in it."""
    depth = 0
    for sign in text:
        if sign in "\"'＂＇":
            continue
        depth += (sign in OPEN) - (sign in CLOSE)
        if depth < 0:
            break
    return depth == 0 or (core.star and core.period is not None)


def _several(candidate: Candidate, start: int, law_limits: Mapping[str, int]) -> Marking | None:
    """Two or three marks in a row: with one level the mark said twice, else MS118."""
    text = candidate.text
    if STAR not in text:
        return None
    found: list[_Core] = []
    at = start
    while len(found) < 4:
        core = _next_of_several(text, at, first=not found)
        if core is None:
            break
        found.append(core)
        between = _BETWEEN.match(text, core.end)
        at = between.end() if between else core.end
    if len(found) < 2 or not any(core.star for core in found):
        return None
    if _after(candidate, found[-1]) is None:
        return None
    levels = {core.level for core in found}
    periods = {core.period for core in found}
    if len(levels) == len(periods) == 1:
        return _marking(candidate, found[0], frozenset(range(61)), 0, law_limits)
    level = levels.pop() if len(levels) == 1 else None
    return Marking(_SCHEME, level, None, None, ("multi",))


def _next_of_several(text: str, start: int, *, first: bool) -> _Core | None:
    """The first reading behind which the text ends or another mark can follow."""
    for core in _cores(text, start, first=first):
        between = _BETWEEN.match(text, core.end)
        at = between.end() if between else core.end
        if at >= len(text) or _LEVEL.match(text, at) or _AFTER.match(text, core.end):
            return core
    return None


def _marking(
    candidate: Candidate,
    core: _Core,
    apart: frozenset[int],
    start: int,
    law_limits: Mapping[str, int],
) -> Marking:
    defects = set(core.defects) | set(candidate.script_defects) | set(candidate.sign_defects)
    limit = law_limits.get(core.level)
    if (
        isinstance(core.period, Duration)
        and limit is not None
        and over_limit(core.period, years=limit)
    ):
        defects.add("over-limit")
    if any(gap > start and gap not in apart for gap in candidate.gaps):
        defects.add("space")
    if candidate.text.endswith("。"):
        defects.add("tail")
    if "outer-bracket" in defects:
        defects.discard("bracket")
    tags = tuple(tag.replace("outer-", "") for tag in _ORDER if tag in defects)
    canonical = f"{LEVEL_NAMES[core.level]}{STAR}{core.written or '?'}"
    return Marking(_SCHEME, core.level, core.period, canonical, tags)
