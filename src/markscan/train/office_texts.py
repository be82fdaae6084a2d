"""Reads an office's own documents for `markscan train`: two folders, or reviewed findings.

Of a document only its folded text is held, in memory, for as long as the training lasts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markscan.config import Config
from markscan.errors import ModelError
from markscan.intake.reading import Reader, shown_text
from markscan.source import Source
from markscan.train.corpora import Document, document
from markscan.walk import walk
from markscan.wording import MODEL
from markscan.wording.system import system_cause

RULE = "MS302"  # what reviewed findings are taken from
_SHORTEST = 60  # units of bare text; less says too little
_DAY = 86_400  # seconds


@dataclass(frozen=True, eq=False, slots=True)
class Labelled:
    """A document and what the office says it is.

    `folder` is the folder it lies in and `day` that of its last change, in days since 1970: by
    both, documents are divided. `document.source` is the folder, too.
    """

    document: Document
    secret: bool
    folder: str
    day: int


@dataclass(frozen=True, slots=True)
class Left:
    """How many files were left out: not read, too little text, twice, on both sides."""

    unread: int = 0
    short: int = 0
    twice: int = 0
    both: int = 0


def read_office(
    public: Sequence[Path], internal: Sequence[Path], reviewed: Sequence[Path], config: Config
) -> tuple[list[Labelled], Left]:
    """Return the documents of the office, and what was left out.

    Args:
        public: folders whose files are public.
        internal: folders whose files must not be.
        reviewed: JSON Lines of a report whose findings people have decided about.
        config: limits and passwords for reading.

    Raises:
        ModelError: a file of reviewed findings is none.
    """
    wanted = [*_of_folders(public, secret=False), *_of_folders(internal, secret=True)]
    for path in reviewed:
        wanted += _of_findings(path)
    reader = Reader(config)
    found: dict[str, Labelled | None] = {}
    counted = {"unread": 0, "short": 0, "twice": 0, "both": 0}
    for path, secret in sorted(wanted, key=lambda one: (str(one[0]), one[1])):
        one, why = _labelled(reader, path, secret)
        if one is None:
            counted[why] += 1
            continue
        known = found.setdefault(one.document.digest, one)
        if known is None or known.secret != secret:
            found[one.document.digest] = None
            counted["both"] += 1
        elif known is not one:
            counted["twice"] += 1
    return [one for one in found.values() if one is not None], Left(**counted)


def _labelled(reader: Reader, path: Path, secret: bool) -> tuple[Labelled | None, str]:
    """Return a document, or why there is none; what could be read of a file counts."""
    try:
        changed = path.stat().st_mtime
    except OSError:
        return None, "unread"
    read = reader.read(path)
    folder = path.parent.as_posix()
    made = document(folder, path.as_posix(), shown_text(read.parts))
    if len(made.units) < _SHORTEST:
        return None, "unread" if read.missing else "short"
    return Labelled(made, secret, folder, int(changed // _DAY)), ""


def _of_folders(folders: Iterable[Path], *, secret: bool) -> Iterator[tuple[Path, bool]]:
    for found in walk(folders):
        if isinstance(found, Source) and isinstance(found.path, Path):
            yield found.path, secret


def _of_findings(path: Path) -> Iterator[tuple[Path, bool]]:
    """Yield files whose finding people confirmed (internal) or dismissed (public)."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8-sig").splitlines() if line]
        for row in rows:
            kinds = {said for found in row["findings"] if (said := _said(found))}
            if len(kinds) == 1:
                yield Path(row["locator"]), kinds == {"confirmed"}
    except OSError as error:
        why = system_cause(error)
        raise ModelError(MODEL["model.unread"].fill(name=path, why=why)) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ModelError(MODEL["train.no-findings"].fill(name=path)) from None


def _said(found: Mapping[str, Any]) -> str:
    """Return what people concluded about a finding of the classifier; empty if nothing."""
    if found["code"] != RULE:
        return ""
    return str(found.get("conclusion", {}).get("kind", ""))
