"""What the path of a file says of the place it lies in: a recycle bin, a messenger's folder.

`path_kinds` is all that a judgement may see of the folders of a path beside the location
policy: the rules read `Case.path_kinds` and look at no path themselves. So two copies of a
file whose name, location and path kinds agree are judged alike, wherever they lie.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from markscan.data import folder
from markscan.errors import LexiconError
from markscan.wording import Text

Group = Literal["residue", "channel", "published", "personal", "notes"]
_GROUPS = ("residue", "channel", "published", "personal", "notes")
_KNOWN = frozenset({"code", "group", "zh", "en", "folders", "inside", "files"})


@dataclass(frozen=True, slots=True)
class PathKind:
    """One kind of place of lexicons/path_kinds.toml.

    `name` is a noun for sentences. `folders` and `files` match a path in folded case,
    `inside` holds folders of which only what lies right inside counts.
    """

    code: str
    group: Group
    name: Text
    folders: re.Pattern[str]
    inside: frozenset[str]
    files: re.Pattern[str]


def path_kinds(path: str) -> frozenset[str]:
    """Return the codes of the kinds of place in which the file `path` lies.

    `path` is that of the file on disk, with either slash; a file inside an archive lies where
    the archive lies. Nothing is asked of the disk.
    """
    parent, _, name = path.replace("\\", "/").casefold().rpartition("/")
    return _of_folder(parent) | _of_name(name)


def first_of(kinds: frozenset[str], group: Group) -> PathKind | None:
    """Return the kind of this group that stands first in the table; None if none is in `kinds`."""
    if not kinds:
        return None
    return next((each for each in read_kinds() if each.group == group and each.code in kinds), None)


@lru_cache(maxsize=4096)
def _of_folder(parent: str) -> frozenset[str]:
    path = f"/{parent}/"
    return frozenset(
        kind.code
        for kind in read_kinds()
        if parent in kind.inside or kind.folders.search(path) is not None
    )


def _of_name(name: str) -> frozenset[str]:
    return frozenset(each.code for each in read_kinds() if each.files.fullmatch(name))


@cache
def read_kinds() -> tuple[PathKind, ...]:
    """Return the kinds of lexicons/path_kinds.toml, in its order.

    Raises:
        LexiconError: the file does not say what it must say.
    """
    with (folder("lexicons") / "path_kinds.toml").open("rb") as file:
        table = tomllib.load(file)
    return tuple(_kind(entry) for entry in table["kind"])


def _kind(entry: dict[str, object]) -> PathKind:
    unknown, group = set(entry) - _KNOWN, entry.get("group")
    if unknown or group not in _GROUPS:
        raise LexiconError(
            Text(
                f"path_kinds.toml：第 {entry.get('code')} 类的键或者 group 有误",
                f"path_kinds.toml: unknown key or group in {entry.get('code')}",
            )
        )
    names = {key: cast(list[str], entry.get(key, [])) for key in ("folders", "inside", "files")}
    return PathKind(
        code=str(entry["code"]),
        group=cast(Group, group),
        name=Text(str(entry["zh"]), str(entry["en"])),
        folders=re.compile(f"/(?:{_any_of(names['folders'])})/"),
        inside=frozenset(each.casefold() for each in names["inside"]),
        files=re.compile(_any_of(names["files"])),
    )


def _any_of(names: Iterable[str]) -> str:
    """An expression for one of `names`, in which * and ? stand within one name."""
    signs = {"*": "[^/]*", "?": "[^/]"}
    each = ("".join(signs.get(c, re.escape(c)) for c in name.casefold()) for name in names)
    return "|".join(each) or r"(?!)"
