"""Config: everything that a scan is told, and the reader of markscan.toml.

The reader follows the table of keys in `config_keys`. A key that is not in it is an
error, never ignored.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from markscan.config_keys import KEYS, MANY, REQUIRED, TABLES
from markscan.errors import ConfigError, LexiconError
from markscan.key import EXPECTED, Key, fits
from markscan.lexicon import read_levels
from markscan.limits import Limits
from markscan.pathpattern import is_absolute, is_windows, normal
from markscan.policy import HIGHEST_OF_KIND, UNLISTED, Location, Policy
from markscan.profile import Profile
from markscan.profiles import House, house_of, read_profile
from markscan.shares import Shares
from markscan.toml_lines import Way, lines_of
from markscan.wording import Language, Text
from markscan.wording.faults import toml_fault
from markscan.wording.system import cause

NAME = "markscan.toml"
Task = Literal["check", "scan", "review"]


@dataclass(frozen=True, slots=True)
class Config:
    """All that a scan is told. Frozen and picklable: workers are built from it.

    `policy` is None where nobody named a place; then places are not judged.
    `profile` names the kind of organisation, `house` what it asks otherwise (the tables
    [profile] and [style]).
    `seconds_per_file` and `megabytes_per_worker` bound one file and one process;
    `jobs` is the number of processes, 0 for one a processor. `until` is the time of day
    (HH:MM, local) from which a kept scan begins no file any more, empty for none; `io_mbps` what
    its processes read of files in a second at most, in 10^6 bytes, 0 for no bound; with
    `low_priority` they let other programs go first. `inspections` says how often the office
    inspects itself, empty for whenever. `lexicons` are further
    files of terms, `terms_key` the passphrase of those that are sealed. `form` is the draft
    form (发文稿纸) of the draft that is checked. `today` is the day on which periods are
    compared. `register` is the file of the register of classified documents, or an export of
    one, `register_key` that of its key; None: beside it. `content_model` is a
    model of the office's own, None for the one that ships. `sketches` is the file in which the
    fingerprints of all that is read are kept for `markscan hunt`, `excerpts` asks for the
    passages themselves in each outcome. `finding_key` is the secret of the store for which is
    scanned, empty without one. `passwords` are tried on whatever is encrypted. With
    `ocr` the text of pictures is recognised, where that is installed; a file may then take
    `seconds_per_picture` for each of them. `shares` says how network shares are reached.
    """

    policy: Policy | None = None
    limits: Limits = field(default_factory=Limits)
    today: date = field(default_factory=date.today)
    profile: str = "standard"
    house: House = ()
    quote: bool = False
    task: Task = "check"
    exclude: tuple[str, ...] = ()
    seconds_per_file: float = 60.0
    megabytes_per_worker: int = 2048
    passwords: tuple[str, ...] = field(default=(), repr=False)
    ocr: bool = True
    seconds_per_picture: float = 30.0
    jobs: int = 0
    until: str = ""
    io_mbps: float = 0.0
    low_priority: bool = True
    disabled: tuple[str, ...] = ()
    lexicons: tuple[Path, ...] = ()
    terms_key: str = field(default="", repr=False)
    fail_level: str = "medium"
    inspections: str = ""
    explain: bool = False
    sketch: bool = False
    form: Path | None = None
    register: Path | None = None
    register_key: Path | None = None
    content_model: Path | None = None
    sketches: Path | None = None
    finding_key: bytes = field(default=b"", repr=False)
    excerpts: bool = False
    language: Language = "zh"
    shares: Shares = field(default_factory=Shares)

    @property
    def organisation(self) -> Profile:
        """The profile, with what the house asks lying over it.

        Raises:
            UsageError: there is no profile of that name, or its file is wrong.
        """
        return read_profile(self.profile, self.house)


def find_config(start: Path) -> Path | None:
    """Return the nearest markscan.toml in `start` or above it; None if there is none.

    `start` is the working folder, or for `check` the folder of the drafter. Never
    pass a folder that is being scanned: whoever may write to a share must not be able
    to configure its inspection.
    """
    start = start.absolute()
    return next((path for up in (start, *start.parents) if (path := up / NAME).is_file()), None)


def read_passwords(path: Path) -> tuple[str, ...]:
    """Return the passwords in the file at `path`, one a line, in UTF-8.

    Raises:
        ConfigError: its one argument is a `Text` saying why the file cannot be read.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = cause(error)
        zh = f"无法读取口令文件“{path}”：{why.zh}"
        raise ConfigError(Text(zh, f'cannot read passwords from "{path}": {why.en}')) from None
    return tuple(dict.fromkeys(line for line in lines if line))


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
            words, line, _ = toml_fault(str(error))
            zh, en = f"TOML 语法错误：{words.zh}", f"no TOML: {words.en}"
            raise self._wrong(line or text.count("\n") + 1, zh, en) from None
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
            house=house_of(self.table),
            policy=self._policy(),
            limits=Limits(**limits),
            disabled=tuple(self.table.get("rules", {}).get("disable", ())),
            lexicons=self._term_files(),
            terms_key=self._terms_key(),
            register=self._register("path"),
            register_key=self._register("key-file"),
            content_model=self._content_model(),
            passwords=self._passwords(),
            shares=self._shares(),
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
        elif not fits(key.kind, value):
            expected = EXPECTED[key.kind]
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

    def _terms_key(self) -> str:
        """The passphrase of sealed lists; the environment names its file if nobody else does."""
        told = self.table.get("terms", {})
        if not told:
            return ""
        from markscan.termlist.sealing import named_passphrase, read_passphrase  # seldom needed

        name = told.get("key-file")
        if name is None:
            return named_passphrase()
        try:
            return read_passphrase(self.path.absolute().parent / name)
        except LexiconError as error:
            why = error.args[0]
            raise self._wrong_at(("terms", "key-file"), why.zh, why.en) from None

    def _register(self, name: str) -> Path | None:
        told = self.table.get("register", {}).get(name)
        return self.path.absolute().parent / told if told is not None else None

    def _content_model(self) -> Path | None:
        told = self.table.get("models", {}).get("content")
        return self.path.absolute().parent / told if told is not None else None

    def _shares(self) -> Shares:
        folder = self.path.absolute().parent
        given: dict[str, Any] = {
            key.replace("-", "_"): folder / value if isinstance(value, str) else value
            for key, value in self.table.get("remote", {}).items()
        }
        return Shares(**given)

    def _passwords(self) -> tuple[str, ...]:
        name = self.table.get("passwords", {}).get("file")
        if name is None:
            return ()
        try:
            return read_passwords(self.path.absolute().parent / name)
        except ConfigError as error:
            why = error.args[0]
            raise self._wrong_at(("passwords", "file"), why.zh, why.en) from None

    def _text(self) -> str:
        try:
            return self.path.read_text("utf-8-sig")
        except OSError as error:
            why = cause(error)
            zh, en = f"无法读取：{why.zh}", f"cannot be read: {why.en}"
            raise self._wrong(None, zh, en) from error
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


def _title(table: str) -> str:
    return f"[[{table}]]" if table in MANY else f"[{table}]"


def _with_nearest(zh: str, en: str, name: str, known: Iterable[str]) -> tuple[str, str]:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    if not near:
        return zh, en
    return f"{zh}；是否为“{near[0]}”？", f'{en}; did you mean "{near[0]}"?'
