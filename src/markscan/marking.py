"""Markings as values: scheme, level, period, and what is wrong with the writing. No parsing.

A marking (密级标志) is written LEVEL★PERIOD, for example 机密★10年 (法22, 条例21,
定密2014 art. 24). Level codes are pinyin (juemi > jimi > mimi), never English words.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

Unit = Literal["Y", "M", "W", "D", "H"]


@dataclass(frozen=True, slots=True)
class Level:
    """One step of one scheme: 机密 of cn-state. Only steps of one scheme compare by rank."""

    scheme: str
    code: str
    rank: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Duration:
    """A period counted from the day of issue. `amount` may be 0.5 (半年)."""

    amount: float
    unit: Unit

    @property
    def code(self) -> str:
        """`10Y`, `6M`, `15D`."""
        return f"{self.amount:g}{self.unit}"

    @property
    def months(self) -> float:
        """Its length in months; days and weeks as parts of 30 days, hours of 720."""
        return (
            self.amount * {"Y": 12.0, "M": 1.0, "W": 7 / 30, "D": 1 / 30, "H": 1 / 720}[self.unit]
        )


@dataclass(frozen=True, slots=True)
class EndDate:
    """A date of declassification (解密时间), whole or only year or month.

    `before` is true for `2040年1月1日前`: the named day is no longer included.
    """

    year: int
    month: int | None = None
    day: int | None = None
    before: bool = False

    @property
    def code(self) -> str:
        """`@2030-12-31`, `@2030-05`, `@2030`."""
        text = f"@{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    @property
    def last_day(self) -> date:
        """The last day on which the marking binds."""
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        last = date(self.year, month, day)
        return date.fromordinal(last.toordinal() - 1) if self.before else last


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of declassification (解密条件), as written: 启用前."""

    event: str

    @property
    def code(self) -> str:
        """`?启用前`."""
        return f"?{self.event}"


@dataclass(frozen=True, slots=True)
class LongTerm:
    """长期: lawful only where the catalogue of secret matters says so (定密2014 art. 22)."""

    @property
    def code(self) -> str:
        """`LONG`."""
        return "LONG"


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something stands there, but no period can be read from it: 2月30日, ×年."""

    @property
    def code(self) -> str:
        """`!`."""
        return "!"


Period = Duration | EndDate | Condition | LongTerm | Unusable


@dataclass(frozen=True, slots=True)
class Marking:
    """What a candidate string says, and how well it says it.

    `scheme` is cn-state, cn-work, cn-internal, cn-commercial, cn-military, tw,
    checkbox, openness, scope, docno, telegram or lifecycle. `level` is None where
    none can be read (several levels, an unticked form). `period` is None where none
    is written. `canonical` is the right way to write it, with ★? where a person must
    supply the period; None where there is none. `defects` are tags in reading order.
    """

    scheme: str
    level: str | None
    period: Period | None = None
    canonical: str | None = None
    defects: tuple[str, ...] = ()

    @property
    def period_code(self) -> str:
        """The period in the notation of the JSON Lines: `10Y`, `@2030-12-31`, `-`."""
        return self.period.code if self.period is not None else "-"

    @property
    def rules(self) -> tuple[str, ...]:
        """Codes of the rules that its defects break, in order, each once."""
        codes = {DEFECT_RULES[tag] for tag in self.defects if tag in DEFECT_RULES}
        if self.period is None:
            codes.discard("MS103")  # a bare level lacks its period first: MS102
        return tuple(sorted(codes))


# Which rule speaks of which fault of writing.
DEFECT_RULES = {
    "no-period": "MS102",
    "nostar": "MS103",
    "star-glyph": "MS104",
    "star-dup": "MS104",
    "order": "MS105",
    "typo": "MS106",
    "fullwidth": "MS107",
    "cn-num": "MS107",
    "unit": "MS108",
    "over-limit": "MS109",
    "long": "MS110",
    "long-word": "MS110",
    "tail": "MS111",
    "date-form": "MS111",
    "bad-date": "MS112",
    "cond-vague": "MS113",
    "placeholder": "MS114",
    "space": "MS115",
    "zw": "MS115",
    "bracket": "MS116",
    "label": "MS116",
    "suffix": "MS116",
    "scheme-mix": "MS117",
    "multi": "MS118",
    "trad": "MS121",
    "ruby": "MS121",
    "glyph": "MS121",
}
