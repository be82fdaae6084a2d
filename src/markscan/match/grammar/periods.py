"""Reads what stands behind the star: a duration, a date, a condition, 长期, or a hole.

定密2014 art. 22 names the lawful units and asks for clear conditions; what else is met in
practice is read too and carries a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from markscan.marking import Condition, Duration, LongTerm, Period, Unit, Unusable
from markscan.match.grammar import numerals
from markscan.match.grammar.dates import read_date
from markscan.match.grammar.forms import CLOSE, FORMS, LEVEL_WORD, OPEN, any_of
from markscan.match.grammar.pattern import Pattern

# How much a reading may be trusted to be a period, for the caller to judge what must stand
# before it. solid: a duration, a day, 长期. lapse: 10年后. year: no day is named. number: no unit.
# usual, known: conditions of the lexicon. hole, blank: with a unit, a sign, or only a unit.
Kind = Literal[
    "solid",
    "lapse",
    "year",
    "number",
    "usual",
    "known",
    "condition",
    "vague",
    "hole",
    "sign",
    "blank",
]


class Reading(NamedTuple):
    """A period read from [start, `end`) of a text.

    `written` is how the standard writes it; None where a person must supply it.
    """

    end: int
    kind: Kind
    period: Period
    written: str | None
    defects: tuple[str, ...] = ()


_P = FORMS["periods"]
_UNITS: dict[str, Unit] = _P["units"] | _P["odd_units"]
_UNIT = any_of(_UNITS)
_SINCE = r"自[^()（）]{1,14}起(?:计算|算)?"
_NUMBER = rf"\d{{1,8}}(?:\.\d{{1,3}})?|{numerals.NUMERAL}"

_DURATION = Pattern(
    rf"(?P<head>{any_of(_P['duration_heads'])}|{_SINCE})?"
    rf"(?:半(?P<half>年|个月)|(?P<n>{_NUMBER})(?P<unit>{_UNIT})"
    rf"(?:(?P<more>半)|零?(?P<n2>\d{{1,2}}|{numerals.NUMERAL})(?:个月|月)(?!\d))?)"
    rf"(?:(?P<lapse>{any_of(_P['lapse_tails'])})|(?P<tail>{any_of(_P['duration_tails'])}))?"
    rf"(?P<since>[(（]?{_SINCE}[)）]?)?"
    r"(?P<until>[(（,，](?:即|至|到)?\d{4}年\d{1,2}月\d{1,2}日(?:止|前)?(?:解密)?[)）]?)?"
)
_MOST = 9999  # more than that is a number of something else
_BARE_NUMBER = Pattern(r"\d{1,3}(?![\d.])")
_LONG = Pattern(any_of([_P["long"], *_P["long_words"]]))

# Inside a condition no sentence ends and no further level stands; twenty characters at most.
_EVENT = Pattern(rf"(?:(?!{LEVEL_WORD})[^\s。！？；，、：,;:!?★|【】\[\]{{}}()（）]){{2,20}}")
_EVENT_ENDS = tuple(_P["event_ends"])
_USUAL = frozenset(_P["usual_conditions"])
_KNOWN = frozenset(_P["known_conditions"])
_VAGUE = Pattern(any_of(_P["vague"]))

_H = FORMS["holes"]
_SIGN = "[" + re.escape(_H["signs"]) + "]"
_LONE_SIGN = "[" + re.escape("".join(s for s in _H["signs"] if s not in "-—.△▲●‥")) + "]"
_GAP = rf"\d{{0,3}}{_SIGN}{{0,8}}"
_EMPTY = f"[{re.escape(OPEN)}][{re.escape(CLOSE)}]"
_BRACES = r"(?:\$?\{{1,2}[^{}]{1,20}\}{1,2}|<[^<>]{1,12}>)"
_HOLES: tuple[tuple[Kind, Pattern], ...] = (
    (
        "hole",
        Pattern(
            rf"(?=[\d年月]*{_SIGN}){_GAP}年(?:{_GAP}月)(?:{_GAP}日)?|20{_SIGN}{{1,4}}年"
            rf"|\d{{0,3}}{_SIGN}{{1,8}}{_UNIT}|{any_of([*_H['words'], *_H['with_unit']])}{_UNIT}"
            rf"|{_BRACES}{_UNIT}"
        ),
    ),
    ("sign", Pattern(f"{_BRACES}|{any_of(_H['words'])}")),
    ("sign", Pattern(rf"{_LONE_SIGN}{{1,8}}")),
    ("hole", Pattern(rf"{_EMPTY}(?:{_UNIT})?")),
    ("blank", Pattern(any_of(_P["units"]))),
)


def readings(text: str, start: int) -> Iterator[Reading]:
    """Yield what a period at `start` of a folded text may be, the likeliest first."""
    found = read_date(text, start)
    if found:
        kind: Kind = "solid" if found.whole else "year"
        yield Reading(found.end, kind, found.period, found.written, found.defects)
    duration = _DURATION.match(text, start)
    if duration and not (found and found.end == duration.end()):
        reading = _duration(duration)
        if reading:
            yield reading
    long = _LONG.match(text, start)
    if long:
        defects = ("long",) if long[0] == _P["long"] else ("long", "long-word")
        yield Reading(long.end(), "solid", LongTerm(), _P["long"], defects)
    yield from _holes(text, start)
    yield from _conditions(text, start)
    number = _BARE_NUMBER.match(text, start)
    if number:
        # Read as years; a person must confirm the unit (clarification 9).
        yield Reading(number.end(), "number", Duration(int(number[0]), "Y"), None, ("unit",))


def _holes(text: str, start: int) -> Iterator[Reading]:
    for kind, pattern in _HOLES:
        found = pattern.match(text, start)
        if found:
            yield Reading(found.end(), kind, Unusable(), None, ("placeholder",))


def _conditions(text: str, start: int) -> Iterator[Reading]:
    found = _EVENT.match(text, start)
    if not found:
        return
    run = found[0]
    if _VAGUE.search(run):
        yield Reading(found.end(), "vague", Condition(run), run, ("cond-vague",))
        return
    for length in range(len(run), 1, -1):
        event = run[:length]
        if event.endswith(_EVENT_ENDS):
            kind: Kind = "condition"
            if event in _USUAL:
                kind = "usual"
            elif event in _KNOWN:
                kind = "known"
            end = start + length
            if text.startswith("解密", end):
                yield Reading(end + 2, kind, Condition(event), event, ("tail",))
            yield Reading(end, kind, Condition(event), event)


def _duration(found: re.Match[str]) -> Reading | None:
    parts = found.groupdict()
    defects = []
    if parts["half"]:
        duration = Duration(6, "M") if parts["half"] == "年" else Duration(15, "D")
        odd = True
    else:
        amount = _amount(parts["n"])
        if amount is None:
            return None
        if amount > _MOST:
            return Reading(found.end(), "solid", Unusable(), None, ("unit",))
        unit = _UNITS[parts["unit"]]
        duration, odd = _joined(amount, unit, parts)
        odd = odd or parts["unit"] not in _P["units"]
        odd = odd or (parts["n"].startswith("0") and not parts["n"].startswith("0."))
        odd = odd or duration != Duration(amount, unit) or not _customary(duration)
        if not (parts["n"] + (parts["n2"] or "")).isascii():
            defects.append("cn-num")
    if odd:
        defects.append("unit")
    if parts["head"] or parts["tail"] or parts["lapse"] or parts["since"] or parts["until"]:
        defects.append("tail")
    kind: Kind = "lapse" if parts["lapse"] else "solid"
    return Reading(found.end(), kind, duration, _written(duration), tuple(defects))


def _amount(text: str) -> float | None:
    if "." in text:
        return float(text)
    return numerals.value(text)


def _joined(amount: float, unit: Unit, parts: dict[str, str | None]) -> tuple[Duration, bool]:
    """一年半, 1年6个月 and 1.5年 in months; whether it was one of these."""
    more = 6 if parts["more"] else numerals.value(parts["n2"] or "0")
    if unit == "Y" and more:
        return Duration(amount * 12 + more, "M"), True
    if unit == "M" and parts["more"]:
        return Duration(amount * 30 + 15, "D"), True
    if unit == "Y" and amount > 1 and amount % 1 and (amount * 12) % 1 == 0:
        return Duration(int(amount * 12), "M"), True
    if amount % 1 == 0:
        return Duration(int(amount), unit), parts["more"] is not None
    return Duration(amount, unit), True


def _customary(duration: Duration) -> bool:
    """Years from one year on, months below it, days below a month (两识 item 15)."""
    most = {"Y": None, "M": 11, "D": 31}.get(duration.unit, 0)
    return duration.amount > 0 and (most is None or duration.amount <= most)


def _written(duration: Duration) -> str | None:
    """How the standard writes it; None where no whole number of a lawful unit fits."""
    amount, unit = duration.amount, duration.unit
    if unit == "Y" and amount % 1:
        amount, unit = amount * 12, "M"
    elif unit == "M" and amount and amount % 12 == 0:
        amount, unit = amount / 12, "Y"
    elif unit == "M" and amount % 1:
        amount, unit = amount * 30, "D"
    elif unit == "W":
        amount, unit = amount * 7, "D"
    elif unit == "H":
        amount, unit = amount / 24, "D"
    if amount % 1:
        return None
    return f"{int(amount)}{ {'Y': '年', 'M': '个月', 'D': '日'}[unit] }"


def over_limit(duration: Duration, *, years: int) -> bool:
    """Return whether `duration` is certainly longer than `years` years.

    Days, weeks and hours count against the longest possible years (366 days).
    """
    if duration.unit in ("Y", "M"):
        return duration.months > years * 12
    days = duration.amount * {"D": 1.0, "W": 7.0, "H": 1 / 24}[duration.unit]
    return days > years * 366
