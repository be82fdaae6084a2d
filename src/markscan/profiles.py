"""Reads lexicons/profiles/: what each kind of organisation is held to, with its source.

A file is read whole and checked whole: a wrong entry stops the program before the first
document is opened. markscan.toml has the same two tables, without sources: what stands
there lies over the profile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from markscan.data import folder
from markscan.errors import UsageError
from markscan.key import EXPECTED, Key, Kind, fits
from markscan.lexicon import read_toml, wrong
from markscan.profile import Norm, Profile
from markscan.wording import INTERFACE, Text

# (table, key, value): what a house asks otherwise than its profile. Lists are tuples.
House = tuple[tuple[str, str, object], ...]

_WHOLE = "standard"
_POINTS = 72 / 25.4  # of a millimetre


def _key(table: str, name: str, kind: Kind, zh: str, en: str, *choices: str) -> Key:
    return Key(table, name, kind, Text(zh, en), choices)


SETTINGS: tuple[Key, ...] = (
    _key(
        "profile",
        "copy-number",
        "choice",
        "须标份号的密级：全部、绝密和机密、不要求",
        "levels that need a copy number (份号)",
        *("all", "juemi-jimi", "none"),
    ),
    _key("profile", "period-required", "flag", "须标保密期限", "a period must be marked"),
    _key("profile", "print-run-required", "flag", "须注明印制份数", "the print run must be given"),
    _key(
        "profile", "return-date-required", "flag", "须注明清退时间", "a return date must be given"
    ),
    _key(
        "profile",
        "openness-required",
        "flag",
        "非涉密公文须标公开属性",
        "papers that are not classified must say whether they are open (公开属性)",
    ),
    _key(
        "profile",
        "classified-series",
        "flag",
        "涉密公文另编“密”字号",
        "classified papers have a series of numbers of their own (×密发)",
    ),
    _key(
        "profile",
        "long-term-allowed",
        "flag",
        "保密事项范围明确规定可以标“长期”",
        "the catalogue of secret matters says 长期",
    ),
    _key(
        "profile",
        "own-star",
        "flag",
        "本单位文件一律不得使用“★”",
        "a ★ on the organisation's own papers is always a mistake",
    ),
    _key(
        "profile",
        "highest",
        "choice",
        "可以自行确定的最高密级",
        "highest level that the organisation may determine by itself",
        *("juemi", "jimi", "mimi", "none"),
    ),
    _key("style", "left-mm", "number", "订口（左白边），毫米", "left margin (订口), millimetres"),
    _key("style", "top-mm", "number", "天头（上白边），毫米", "top margin (天头), millimetres"),
    _key(
        "style",
        "side-tolerance-mm",
        "number",
        "“顶格”允许的左右偏差，毫米",
        "how far from the margin still counts as flush, millimetres",
    ),
    _key(
        "style",
        "mark-fonts",
        "names",
        "标志可用的字体（字体名的一部分），首项为推荐字体",
        "fonts of the marking (parts of their names), the first is recommended",
    ),
    _key(
        "style",
        "other-fonts",
        "texts",
        "名称相近但不能用的字体",
        "fonts whose names only look like those",
    ),
    _key("style", "mark-size", "number", "标志字号，磅", "size of the marking, points"),
    _key("style", "size-tolerance", "number", "字号允许偏差，磅", "how far it may err, points"),
    _key("style", "copy-number-digits", "count", "份号位数", "digits of a copy number (份号)"),
)

_BY_NAME = {(key.table, key.name): key for key in SETTINGS}
_NORM_FIELDS = {
    "left-mm": "left",
    "top-mm": "top",
    "side-tolerance-mm": "side_tolerance",
    "mark-fonts": "fonts",
    "mark-size": "size",
}


def profile_names() -> tuple[str, ...]:
    """Return the names of all profiles, `standard` first."""
    names = sorted(file.stem for file in (folder("lexicons") / "profiles").glob("*.toml"))
    return (_WHOLE, *(name for name in names if name != _WHOLE))


def house_of(tables: Mapping[str, Any]) -> House:
    """Return what the tables [profile] and [style] of a checked markscan.toml say."""
    return tuple(
        (table, name, tuple(value) if isinstance(value, list) else value)
        for table in dict.fromkeys(key.table for key in SETTINGS)
        for name, value in tables.get(table, {}).items()
    )


@cache
def read_profile(name: str, house: House = ()) -> Profile:
    """Return the profile called `name`, with `house` lying over it.

    Raises:
        UsageError: there is no such profile; a LexiconError where its file, or that of
            `standard`, says something that cannot be meant.
    """
    known = profile_names()
    if name not in known:
        raise UsageError(INTERFACE["usage.profile"].fill(name=name, known=", ".join(known)))
    place = folder("lexicons") / "profiles"
    return overlaid(read_file(place / f"{name}.toml", place / f"{_WHOLE}.toml"), house)


def switches(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield what `profile` asks, as keys and values of markscan.toml's table [profile]."""
    for key in SETTINGS:
        if key.table == "profile":
            value = getattr(profile, _field(key, Profile))
            shown = str(value).lower() if isinstance(value, bool) else value or "none"
            yield key.name, shown


def overlaid(profile: Profile, house: House) -> Profile:
    """Return `profile` with the values of `house` in place of its own."""
    own = {_field(key, Profile): _value(key, value) for key, value in _keyed(house, "profile")}
    norm = {_field(key, Norm): _value(key, value) for key, value in _keyed(house, "style")}
    return replace(profile, **own, norm=replace(profile.norm, **norm))


def read_file(file: Path, whole: Path) -> Profile:
    """Return the profile that `file` describes, on the ground of the one in `whole`.

    Raises:
        LexiconError: an entry is unknown, of a wrong type or without a source, or `whole`
            leaves one out.
    """
    content = read_toml(file)
    said = tuple(_settings(content, file))
    if file == whole:
        given = {(table, name) for table, name, _ in said}
        for table, name in _BY_NAME:
            if (table, name) not in given:
                raise wrong(file, f"缺少“{table}.{name}”", f'"{table}.{name}" is missing')
        ground = Profile()
    else:
        ground = read_file(whole, whole)
    return replace(overlaid(ground, said), code=file.stem, name=_title(content, file))


def _settings(content: Mapping[str, Any], file: Path) -> Iterator[tuple[str, str, object]]:
    tables = {"name", *(key.table for key in SETTINGS)}
    for table, rows in content.items():
        if table not in tables:
            raise wrong(file, f"未知的表或键“{table}”", f'unknown table or key "{table}"')
        if table == "name":
            continue
        if not isinstance(rows, dict):
            raise wrong(file, f"“{table}”应为表", f'"{table}" must be a table')
        for name, entry in rows.items():
            yield table, name, _entry(table, name, entry, file)


def _entry(table: str, name: str, entry: object, file: Path) -> object:
    """Return the value of one entry: { value = …, source = "…" }."""
    key, where = _BY_NAME.get((table, name)), f"{table}.{name}"
    if key is None:
        raise wrong(file, f"未知的键“{where}”", f'unknown key "{where}"')
    if not isinstance(entry, dict) or set(entry) != {"value", "source"}:
        raise wrong(
            file, f"“{where}”应有 value 和 source", f'"{where}" must have a value and a source'
        )
    if not fits("text", entry["source"]):
        raise wrong(file, f"“{where}”缺少出处", f'"{where}" has no source')
    value = entry["value"]
    if key.kind == "choice":
        if value not in key.choices:
            choices = ", ".join(key.choices)
            raise wrong(file, f"“{where}”可选：{choices}", f'"{where}" must be one of: {choices}')
    elif not fits(key.kind, value):
        expected = EXPECTED[key.kind]
        raise wrong(file, f"“{where}”应为{expected.zh}", f'"{where}" must be {expected.en}')
    return tuple(value) if isinstance(value, list) else value


def _title(content: Mapping[str, Any], file: Path) -> Text:
    name = content.get("name")
    if (
        not isinstance(name, dict)
        or set(name) != {"zh", "en"}
        or not all(fits("text", each) for each in name.values())
    ):
        raise wrong(file, "“name”应有 zh 和 en", '"name" must have zh and en')
    return Text(name["zh"], name["en"])


def _keyed(house: House, table: str) -> Iterable[tuple[Key, object]]:
    return ((_BY_NAME[table, name], value) for own, name, value in house if own == table)


def _field(key: Key, of: type[Profile] | type[Norm]) -> str:
    name = _NORM_FIELDS.get(key.name, key.name.replace("-", "_"))
    assert name in {each.name for each in fields(of)}
    return name


def _value(key: Key, value: object) -> Any:
    if key.kind == "number":
        number = float(cast(float, value))
        return round(number * _POINTS, 1) if key.name.endswith("-mm") else number
    if key.name == "highest":
        return None if value == "none" else value
    return value
