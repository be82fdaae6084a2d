"""Config: everything that a scan is told, and the reader of markscan.toml.

One table, `KEYS`, describes each key of the file; the reader and the JSON Schema
both follow it. A key that is not in it is an error, never ignored.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from markscan.errors import ConfigError
from markscan.lexicon import read_levels
from markscan.limits import Limits
from markscan.pathpattern import is_absolute, is_windows, normal
from markscan.policy import HIGHEST_OF_KIND, KINDS, UNLISTED, Location, Policy
from markscan.toml_lines import Way, lines_of
from markscan.wording import Language, Text

NAME = "markscan.toml"
PROFILES = ("standard",)  # kinds of organisation whose own law differs come as data

Task = Literal["check", "scan", "review"]
Kind = Literal["text", "texts", "choice", "codes", "count", "whole", "number", "highest"]


@dataclass(frozen=True, slots=True)
class Config:
    """All that a scan is told. Frozen and picklable: workers are built from it.

    `policy` is None where nobody named a place; then places are not judged.
    `seconds_per_file` and `megabytes_per_worker` bound one file and one process;
    `jobs` is the number of processes, 0 for one a processor. `lexicons` are further
    files of terms. `today` is the day on which periods are compared.
    """

    policy: Policy | None = None
    limits: Limits = field(default_factory=Limits)
    today: date = field(default_factory=date.today)
    profile: str = "standard"
    quote: bool = False
    task: Task = "check"
    exclude: tuple[str, ...] = ()
    seconds_per_file: float = 60.0
    megabytes_per_worker: int = 2048
    jobs: int = 0
    disabled: tuple[str, ...] = ()
    lexicons: tuple[Path, ...] = ()
    fail_level: str = "medium"
    language: Language = "zh"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of markscan.toml: the table it stands in, its name, what may stand there."""

    table: str
    name: str
    kind: Kind
    help: Text
    choices: tuple[str, ...] = ()


def _key(table: str, name: str, kind: Kind, zh: str, en: str, choices: Iterable[str] = ()) -> Key:
    return Key(table, name, kind, Text(zh, en), tuple(choices))


_LIMIT_HELP = {
    "archive_depth": Text("压缩包嵌套层数", "how deep archives may nest"),
    "archive_entries": Text("压缩包内文件数", "files inside an archive"),
    "unpacked_bytes": Text("解压后的总字节数", "bytes after unpacking, all together"),
    "unpacked_ratio": Text("解压后与解压前之比", "unpacked bytes for each packed byte"),
    "member_bytes": Text("单个内含文件解压后的字节数", "unpacked bytes of one file inside"),
    "text_characters": Text("单个文档的字数", "characters of one document"),
    "parts": Text("单个文档的段落和单元格数", "paragraphs and cells of one document"),
    "pages": Text("单个文档的页数", "pages of one document"),
    "total_characters": Text("含内部文件的总字数", "characters of a file with all inside it"),
    "total_parts": Text("含内部文件的段落和单元格总数", "paragraphs and cells, all together"),
    "total_pages": Text("含内部文件的总页数", "pages of a file with all inside it"),
    "pictures": Text("做文字识别的页和图片数", "pages and pictures whose text is recognised"),
    "picture_pixels": Text("单个图片的像素数", "pixels of one picture"),
    "layout_pages": Text("读取位置、字体、字号的页数", "first pages read with places and fonts"),
}

KEYS: tuple[Key, ...] = (
    _key("scan", "profile", "choice", "单位类型配置名", "profile of the organisation", PROFILES),
    _key("scan", "exclude", "texts", "不检查的路径模式", "patterns of paths not to examine"),
    _key("scan", "jobs", "whole", "并行进程数，0 为处理器数", "processes; 0: one a processor"),
    _key("scan", "seconds-per-file", "number", "单个文件时限（秒）", "seconds one file may take"),
    _key(
        "scan", "megabytes-per-worker", "count", "每个进程的内存上限（MB）", "megabytes a process"
    ),
    _key(
        "scan",
        "fail-level",
        "choice",
        "达到此严重程度时退出码为 1",
        "severity from which the exit code is 1",
        ("info", "low", "medium", "high", "critical"),
    ),
    _key("scan", "language", "choice", "输出语言", "language of the output", ("zh", "en")),
    *(
        Key("limits", item.name.replace("_", "-"), "count", _LIMIT_HELP[item.name])
        for item in fields(Limits)
    ),
    _key("rules", "disable", "codes", "停用的规则", "rules not to apply"),
    _key("location", "path", "text", "文件夹或路径模式", "a folder, or a pattern of paths"),
    _key("location", "owner", "text", "责任部门", "who answers for the place"),
    _key("location", "readers", "texts", "可接触的人员或部门", "who can reach the place"),
    _key("location", "kind", "choice", "位置类型", "kind of place", KINDS[1:]),
    _key("location", "highest", "highest", "各体系最高密级", "highest level of each scheme"),
    _key("default-location", "kind", "choice", "位置类型", "kind of place", KINDS[1:]),
    _key("default-location", "owner", "text", "责任部门", "who answers for the place"),
    _key("default-location", "readers", "texts", "可接触的人员或部门", "who can reach the place"),
    _key(
        "default-location", "highest", "highest", "各体系最高密级", "highest level of each scheme"
    ),
    _key("terms", "files", "texts", "补充词库文件", "further files of terms"),
)

TABLES = tuple(dict.fromkeys(key.table for key in KEYS))
MANY = frozenset({"location"})  # written [[location]]
REQUIRED = frozenset({("location", "path")})

_EXPECTED = {
    "text": Text("非空文字", "a text, not empty"),
    "texts": Text("非空文字的列表", "a list of texts, none empty"),
    "codes": Text('规则编号的列表，如 ["MS118"]', 'a list of rule codes such as ["MS118"]'),
    "count": Text("正整数", "a whole number above 0"),
    "whole": Text("非负整数", "a whole number, not negative"),
    "number": Text("正数", "a number above 0"),
    "highest": Text('表，如 { cn-state = "jimi" }', 'a table such as { cn-state = "jimi" }'),
}


def find_config(start: Path) -> Path | None:
    """Return the nearest markscan.toml in `start` or above it; None if there is none.

    `start` is the working folder, or for `check` the folder of the drafter. Never
    pass a folder that is being scanned: whoever may write to a share must not be able
    to configure its inspection.
    """
    start = start.absolute()
    return next((path for up in (start, *start.parents) if (path := up / NAME).is_file()), None)


def read_config(path: Path, **overrides: Any) -> Config:
    """Return what the file at `path` says, with `overrides` (fields of Config) put over it.

    Relative paths in the file are taken from the folder in which it lies.

    Raises:
        ConfigError: its one argument is a `Text` naming file, line and what is wrong.
    """
    reader = _Reader(path)
    reader.check()
    return replace(reader.config(), **overrides)


class _Reader:
    """Reads one file. `table` is what it says, `lines` where it says so."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = self._text()
        try:
            self.table: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", str(error))
            line = int(found[1]) if found and found[1] else text.count("\n") + 1
            words = re.sub(r" \(at [^()]*\)$", "", str(error))
            raise self._wrong(line, f"TOML 语法错误：{words}", f"no TOML: {words}") from None
        self.lines = lines_of(text)

    def check(self) -> None:
        """Refuse unknown tables and keys, wrong types and wrong values."""
        for name, content in self.table.items():
            if name not in TABLES:
                raise self._unknown((name,), name, TABLES, "")
            rows = content if name in MANY else [content]
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                title = _title(name)
                raise self._wrong_at(
                    (name,), f"“{name}”应写作 {title}", f'write "{name}" as {title}'
                )
            for index, row in enumerate(rows):
                self._check_row((name, index) if name in MANY else (name,), name, row)
        self._check_duplicates()

    def config(self) -> Config:
        """Return the checked content as a Config."""
        scan = self.table.get("scan", {})
        given: dict[str, Any] = {
            name.replace("-", "_"): tuple(value) if isinstance(value, list) else value
            for name, value in scan.items()
        }
        given["exclude"] = tuple(item.replace("\\", "/") for item in given.get("exclude", ()))
        limits = {
            name.replace("-", "_"): value for name, value in self.table.get("limits", {}).items()
        }
        return Config(
            **given,
            policy=self._policy(),
            limits=Limits(**limits),
            disabled=tuple(self.table.get("rules", {}).get("disable", ())),
            lexicons=self._term_files(),
        )

    def _check_row(self, way: Way, table: str, row: dict[str, Any]) -> None:
        keys = {key.name: key for key in KEYS if key.table == table}
        for name, value in row.items():
            if name not in keys:
                raise self._unknown((*way, name), name, keys, _title(table))
            self._check_value((*way, name), keys[name], value)
        for name in keys:
            if (table, name) in REQUIRED and name not in row:
                title = _title(table)
                raise self._wrong_at(way, f"{title} 缺少“{name}”", f'{title} has no "{name}"')

    def _check_value(self, way: Way, key: Key, value: object) -> None:
        if key.kind == "choice":
            if value not in key.choices:
                raise self._no_choice(way, key.name, value, key.choices)
        elif not _fits(key.kind, value):
            expected = _EXPECTED[key.kind]
            raise self._wrong_at(
                way, f"“{key.name}”应为{expected.zh}", f'"{key.name}" must be {expected.en}'
            )
        elif key.kind == "highest":
            for scheme, level in cast(dict[str, str], value).items():
                self._level(way, scheme, level)

    def _level(self, way: Way, scheme: str, name: str) -> tuple[str, str]:
        """Return scheme and code of the level called `name`, in code or Chinese."""
        found = read_levels().scheme(scheme)
        if found is None:
            codes = [each.code for each in read_levels().schemes]
            raise self._no_choice((*way, scheme), "highest", scheme, codes)
        # 机密级 is the level, too.
        short = name.removesuffix("级")
        for level in found.levels:
            if name in (level.code, level.zh) or short == level.zh:
                return scheme, level.code
        names = [text for level in found.levels for text in (level.code, level.zh)]
        raise self._no_choice((*way, scheme), scheme, name, names)

    def _check_duplicates(self) -> None:
        seen: dict[str, int] = {}
        for index, row in enumerate(self.table.get("location", [])):
            pattern = self._pattern(row["path"])
            pattern = pattern.lower() if is_windows(pattern) else pattern
            way = ("location", index, "path")
            if pattern in seen:
                raise self._wrong_at(
                    way,
                    f"位置“{row['path']}”已在第 {seen[pattern]} 行写过",
                    f'location "{row["path"]}" stands already in line {seen[pattern]}',
                )
            seen[pattern] = self.lines[way]

    def _policy(self) -> Policy | None:
        rows = self.table.get("location", [])
        default = self.table.get("default-location")
        if not rows and default is None:
            return None
        rest = (
            UNLISTED
            if default is None
            else self._location(("default-location",), default, UNLISTED)
        )
        rest = replace(rest, pattern="", listed=False)
        return Policy(
            tuple(self._location(("location", n), row, rest) for n, row in enumerate(rows)), rest
        )

    def _location(self, way: Way, row: dict[str, Any], rest: Location) -> Location:
        """Return one place. Without kind and highest it may hold what `rest` may hold."""
        kind = row.get("kind", "")
        if "highest" in row:
            highest = tuple(
                self._level((*way, "highest"), *pair) for pair in row["highest"].items()
            )
        elif kind in ("classified", "removable"):
            raise self._wrong_at(
                (*way, "kind"),
                f"类型为“{kind}”的位置须写明“highest”",
                f'a place of kind "{kind}" must say what is "highest"',
            )
        else:
            highest = HIGHEST_OF_KIND.get(kind, ()) if kind else rest.highest
        return Location(
            pattern=self._pattern(row.get("path", "")),
            owner=row.get("owner", ""),
            readers=tuple(row.get("readers", ())),
            kind=kind,
            highest=highest,
        )

    def _pattern(self, written: str) -> str:
        pattern = normal(written.replace("\\", "/"))
        if is_absolute(pattern) or pattern.startswith("**"):
            return pattern
        return normal(f"{self.path.absolute().parent.as_posix()}/{pattern}")

    def _term_files(self) -> tuple[Path, ...]:
        files = []
        for index, name in enumerate(self.table.get("terms", {}).get("files", ())):
            file = self.path.absolute().parent / name
            if not file.is_file():
                way = ("terms", "files", index)
                raise self._wrong_at(way, f"没有词库文件“{name}”", f'there is no file "{name}"')
            files.append(file)
        return tuple(files)

    def _text(self) -> str:
        try:
            return self.path.read_text("utf-8-sig")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise self._wrong(None, f"无法读取：{reason}", f"cannot be read: {reason}") from error
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise self._wrong(line, "不是 UTF-8 编码", "is not in UTF-8") from None

    def _unknown(self, way: Way, name: str, known: Iterable[str], title: str) -> ConfigError:
        zh = f"{title} 中有未知的键“{name}”" if title else f"未知的表或键“{name}”"
        en = f'unknown key "{name}" in {title}' if title else f'unknown table or key "{name}"'
        return self._wrong_at(way, *_with_nearest(zh, en, name, known))

    def _no_choice(self, way: Way, key: str, value: object, known: Iterable[str]) -> ConfigError:
        known = list(known)
        zh = f"“{key}”不能是“{value}”，可选：{'、'.join(known)}"
        en = f'"{key}" cannot be "{value}"; choose from: {", ".join(known)}'
        return self._wrong_at(way, *_with_nearest(zh, en, str(value), known))

    def _wrong_at(self, way: Way, zh: str, en: str) -> ConfigError:
        while way and way not in self.lines:
            way = way[:-1]
        return self._wrong(self.lines.get(way), zh, en)

    def _wrong(self, line: int | None, zh: str, en: str) -> ConfigError:
        where = self.path.name if line is None else f"{self.path.name}:{line}"
        return ConfigError(Text(f"{where}：{zh}", f"{where}: {en}"))


def _fits(kind: Kind, value: object) -> bool:
    match kind:
        case "text":
            return isinstance(value, str) and value.strip() != ""
        case "texts":
            return isinstance(value, list) and all(_fits("text", item) for item in value)
        case "codes":
            return isinstance(value, list) and all(
                isinstance(item, str) and re.fullmatch(r"MS\d{3}", item) for item in value
            )
        case "count" | "whole":
            return type(value) is int and value >= (kind == "count")
        case "number":
            return type(value) in (int, float) and 0 < cast(float, value) < float("inf")
        case _:
            return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _title(table: str) -> str:
    return f"[[{table}]]" if table in MANY else f"[{table}]"


def _with_nearest(zh: str, en: str, name: str, known: Iterable[str]) -> tuple[str, str]:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    if not near:
        return zh, en
    return f"{zh}；是否为“{near[0]}”？", f'{en}; did you mean "{near[0]}"?'
