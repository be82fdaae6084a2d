"""Reads lexicons/levels.toml (schemes and levels) and lexicons/law.toml (dated numbers of the law).

Both files are read once per process and checked whole: a wrong entry stops the program
before the first document is opened.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from markscan.data import folder
from markscan.errors import LexiconError
from markscan.marking import Level
from markscan.wording import Text
from markscan.wording.faults import toml_fault
from markscan.wording.system import system_cause

_Table = dict[str, object]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A family of levels, lowest first: 国家秘密 has 秘密, 机密, 绝密.

    `admitted_at` is the rank of a place from which on it admits the whole scheme
    without naming it; None if a policy must name the scheme.
    """

    code: str
    zh: str
    en: str
    source: str
    levels: tuple[Level, ...]
    admitted_at: int | None = None


@dataclass(frozen=True, slots=True)
class Levels:
    """All schemes and their levels. Iterates over levels, lowest first within each scheme."""

    schemes: tuple[Scheme, ...]
    _by_code: dict[tuple[str, str], Level] = field(init=False, repr=False, compare=False)
    _by_zh: dict[str, tuple[Level, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_zh: dict[str, tuple[Level, ...]] = {}
        for level in self:
            by_zh[level.zh] = (*by_zh.get(level.zh, ()), level)
        object.__setattr__(self, "_by_code", {(each.scheme, each.code): each for each in self})
        object.__setattr__(self, "_by_zh", by_zh)

    def __iter__(self) -> Iterator[Level]:
        for scheme in self.schemes:
            yield from scheme.levels

    def __len__(self) -> int:
        return len(self._by_code)

    def scheme(self, code: str) -> Scheme | None:
        """Return the scheme called `code`; None if there is none."""
        return next((scheme for scheme in self.schemes if scheme.code == code), None)

    def find(self, scheme: str, code: str) -> Level | None:
        """Return the level `code` of `scheme`; None if there is none."""
        return self._by_code.get((scheme, code))

    def named(self, zh: str) -> tuple[Level, ...]:
        """Return the levels written `zh`, in the order of schemes: 机密 is state and company."""
        return self._by_zh.get(zh, ())


@dataclass(frozen=True, slots=True)
class Law:
    """The numbers in force on one day. Mappings go from a level code of cn-state to years.

    A mapping is empty where no dated row holds on that day. `top_left_from` is the
    first day on which the level stands at the top left. `sources` names the provision
    behind each field.
    """

    limit_years: dict[str, int]
    default_years: dict[str, int]
    top_left_from: date
    sources: dict[str, str]


def read_levels() -> Levels:
    """Return the schemes and levels that ship with the program.

    Raises:
        LexiconError: the file cannot be read or says something that cannot be meant.
    """
    return _levels(folder("lexicons") / "levels.toml")


def read_law(today: date) -> Law:
    """Return the numbers of the law in force on `today`.

    Raises:
        LexiconError: the file cannot be read or says something that cannot be meant.
    """
    return _law(folder("lexicons") / "law.toml", today)


def law_for(issued: date | None, today: date) -> Law:
    """Return the numbers that judge a document issued on `issued`: those of that day.

    Those of `today` stand in where no day is stated, or no dated row covers it.

    Raises:
        LexiconError: the file cannot be read or says something that cannot be meant.
    """
    now = read_law(today)
    if issued is None:
        return now
    then = read_law(issued)
    return replace(
        then,
        limit_years=then.limit_years or now.limit_years,
        default_years=then.default_years or now.default_years,
        sources=now.sources | then.sources,
    )


@cache
def _levels(path: Path) -> Levels:
    rows = _rows(read_toml(path), "scheme", path)
    if not rows:
        raise wrong(path, "没有任何标志体系", "there is no scheme")
    schemes = tuple(_scheme(row, path) for row in rows)
    codes = [scheme.code for scheme in schemes]
    for code in codes:
        if codes.count(code) > 1:
            raise wrong(path, f"标志体系“{code}”出现两次", f'scheme "{code}" stands twice')
    return Levels(schemes)


def _scheme(row: _Table, path: Path) -> Scheme:
    code = _text(row, "code", path)
    levels = tuple(
        Level(
            code,
            _text(level, "code", path),
            _whole(level, "rank", path),
            _text(level, "zh", path),
            _text(level, "en", path),
        )
        for level in _rows(row, "levels", path)
    )
    ranks = [level.rank for level in levels]
    if (
        not levels
        or sorted(set(ranks)) != ranks
        or len({each.code for each in levels}) < len(levels)
    ):
        raise wrong(
            path,
            f"标志体系“{code}”的密级须由低到高且不重复",
            f'levels of scheme "{code}" must stand lowest first, each once',
        )
    admitted = _whole(row, "admitted-at", path) if "admitted-at" in row else None
    names = (_text(row, "zh", path), _text(row, "en", path), _text(row, "source", path))
    return Scheme(code, *names, levels, admitted)


@lru_cache(maxsize=1024)
def _law(path: Path, today: date) -> Law:
    table = _law_table(path)
    limit = _in_force(_rows(table, "limit", path), today, path)
    default = _in_force(_rows(table, "default", path), today, path)
    layout = _rows(table, "top-left", path)
    if len(layout) != 1:
        raise wrong(path, "应有且仅有一个 [[top-left]]", "there must be one [[top-left]]")
    sources = {"top_left_from": _text(layout[0], "source", path)}
    for name, row in (("limit_years", limit), ("default_years", default)):
        if row is not None:
            sources[name] = _text(row, "source", path)
    return Law(
        limit_years=_years(limit, path),
        default_years=_years(default, path),
        top_left_from=_day(layout[0], "valid-from", path),
        sources=sources,
    )


@cache
def _law_table(path: Path) -> _Table:
    return read_toml(path)


def _in_force(rows: list[_Table], today: date, path: Path) -> _Table | None:
    holding = []
    for row in rows:
        _text(row, "source", path)
        last = _day(row, "valid-to", path) if "valid-to" in row else date.max
        if _day(row, "valid-from", path) <= today <= last:
            holding.append(row)
    if len(holding) > 1:
        raise wrong(path, f"{today} 有两条规定同时有效", f"two rows are in force on {today}")
    return holding[0] if holding else None


def _years(row: _Table | None, path: Path) -> dict[str, int]:
    if row is None:
        return {}
    years = row.get("years")
    if not isinstance(years, dict):
        raise wrong(path, "缺少“years”", '"years" is missing')
    return {code: _whole(years, code, path) for code in years}


def read_toml(path: Path) -> _Table:
    """Return the table in the file at `path`.

    Raises:
        LexiconError: it cannot be read, or is no TOML.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        why = system_cause(error)
        raise wrong(path, f"无法读取：{why.zh}", f"cannot be read: {why.en}") from error
    except UnicodeDecodeError as error:
        raise wrong(path, "不是 UTF-8 编码", "is not in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        why, line, _ = toml_fault(str(error))
        at = Text(f"第 {line} 行", f"line {line}: ") if line else Text("", "")
        zh, en = f"不是有效的 TOML：{at.zh}{why.zh}", f"is no TOML: {at.en}{why.en}"
        raise wrong(path, zh, en) from error


def _rows(table: _Table, key: str, path: Path) -> list[_Table]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise wrong(path, f"“{key}”应为表的列表", f'"{key}" must be a list of tables')
    return cast(list[_Table], rows)


def _text(table: _Table, key: str, path: Path) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise wrong(path, f"“{key}”应为文字", f'"{key}" must be a text')
    return value


def _whole(table: _Table, key: str, path: Path) -> int:
    value = table.get(key)
    if type(value) is not int or value < 0:
        raise wrong(path, f"“{key}”应为非负整数", f'"{key}" must be a whole number, not negative')
    return value


def _day(table: _Table, key: str, path: Path) -> date:
    value = table.get(key)
    if type(value) is not date:
        raise wrong(path, f"“{key}”应为日期", f'"{key}" must be a date')
    return value


def wrong(path: Path, zh: str, en: str) -> LexiconError:
    """Return what to raise of a file: its name and folder, and what is wrong with it."""
    where = f"{path.parent.name}/{path.name}"
    return LexiconError(Text(f"{where}：{zh}", f"{where}: {en}"))
