"""Tells a file whose name claims to be something else than its bytes are."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from markscan.data import folder
from markscan.wording import Text


@dataclass(frozen=True, slots=True)
class Disguise:
    """What the suffix claims, and what the bytes are: nouns for a sentence."""

    claim: Text
    truth: Text


def disguise(name: str, format: str) -> Disguise | None:
    """Return as what the file `name` of this `format` is disguised; None if it is not.

    `format` is the name that sniff gives to what the bytes are.
    """
    suffix = name.rpartition(".")[2].casefold() if "." in name else ""
    known = _table()
    claim, truth = known.claims.get(suffix), known.formats.get(format)
    if claim is None or truth is None or claim == truth:
        return None
    if suffix in known.harmless.get(format, ()):
        return None
    return Disguise(known.names[claim], known.names[truth])


def is_archive(format: str) -> bool:
    """Return whether a file of this format is an archive: a zip, not a mail or a document."""
    return _table().formats.get(format) == "archive"


@dataclass(frozen=True, slots=True)
class _Table:
    claims: dict[str, str]
    formats: dict[str, str]
    harmless: dict[str, list[str]]
    names: dict[str, Text]


@cache
def _table() -> _Table:
    with (folder("lexicons") / "extensions.toml").open("rb") as file:
        said: dict[str, Any] = tomllib.load(file)
    return _Table(
        claims={suffix: claim for claim, all_ in said["claims"].items() for suffix in all_},
        formats={name: kind for kind, all_ in said["formats"].items() for name in all_},
        harmless=said["harmless"],
        names={key: Text(name["zh"], name["en"]) for key, name in said["names"].items()},
    )
