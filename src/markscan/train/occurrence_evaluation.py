"""Measures the occurrence model on its sealed test sets: written by hand, and real public files.

Figures are counts with Wilson intervals; no text of a set is printed, only ids.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markscan.classify.occurrence import OccurrenceModel, Reading
from markscan.classify.occurrence_features import REACH
from markscan.classify.occurrence_rules import KINDS, Kind

_Z = 1.959964  # of 95 per cent
_BINS = 10
_LEVEL_LENGTH = 2  # characters of a level word in real files
_AROUND = 20  # characters to each side that the digest of a row covers


@dataclass(frozen=True, slots=True)
class Case:
    """An occurrence of a test set."""

    name: str
    left: str
    word: str
    right: str
    kind: Kind


def hand(path: Path) -> list[Case]:
    """Return the cases of a set that holds its texts."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Case(r["id"], r["left"], r["word"], r["right"], KINDS[KINDS.index(r["class"])])
        for r in rows
    ]


def real(path: Path, root: Path) -> tuple[list[Case], int]:
    """Return the cases of a set that names places in files below `root`, and how many it names.

    Files that are not there, are inside archives or have changed are passed over.
    """
    rows = list(map(json.loads, path.read_text("utf-8").splitlines()))
    return list(_found(rows, root)), len(rows)


def _found(rows: Sequence[Mapping[str, Any]], root: Path) -> Iterator[Case]:
    for row in rows:
        text = _text(root, row["file"])
        start = row["start"]
        around = text[max(0, start - _AROUND) : start + _AROUND]
        if hashlib.sha256(around.encode("utf-8")).hexdigest()[:16] != row["sha256_16"]:
            continue
        end = start + _LEVEL_LENGTH
        left, right = text[max(0, start - REACH) : start], text[end : end + REACH]
        kind = KINDS[KINDS.index(row["class"])]
        yield Case(
            row["id"],
            left.replace("\r\n", "\n"),
            text[start:end],
            right.replace("\r\n", "\n"),
            kind,
        )


def _text(root: Path, name: str) -> str:
    path, _, member = name.partition("!")
    try:
        content = (root / path).read_bytes()
        if member:
            import io
            import zipfile

            with zipfile.ZipFile(io.BytesIO(content)) as package:
                content = package.read(member)
    except (OSError, KeyError, ValueError):
        return ""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def measured(model: OccurrenceModel, cases: Sequence[Case]) -> dict[str, Any]:
    """Return what the model does on a set: marking against the rest, each kind, calibration."""
    readings = [model.classify(c.left, c.word, c.right) for c in cases]
    pairs = Counter((c.kind, r.kind) for c, r in zip(cases, readings, strict=True))
    of_kind = {}
    for kind in KINDS:
        right = pairs[kind, kind]
        said = sum(n for (_, r), n in pairs.items() if r == kind)
        held = sum(n for (c, _), n in pairs.items() if c == kind)
        of_kind[kind] = {"precision": share(right, said), "recall": share(right, held)}
    wrong = [
        {"id": c.name, "is": c.kind, "said": r.kind, "rule": r.rule}
        for c, r in zip(cases, readings, strict=True)
        if (c.kind == "marking") != (r.kind == "marking")
    ]
    rest = [r for c, r in zip(cases, readings, strict=True) if c.kind != "marking"]
    return {
        "occurrences": len(cases),
        "right": share(
            sum(c.kind == r.kind for c, r in zip(cases, readings, strict=True)), len(cases)
        ),
        "kinds": of_kind,
        "false_markings": share(sum(r.kind == "marking" for r in rest), len(rest)),
        "table": {kind: {other: pairs[kind, other] for other in KINDS} for kind in KINDS},
        "calibration": calibration(cases, readings),
        "errors": wrong,
    }


def share(count: int, of: int) -> dict[str, float | int]:
    """Return a share with its 95 per cent interval (Wilson)."""
    if not of:
        return {"count": 0, "of": 0}
    p, z2 = count / of, _Z * _Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    return {
        "count": count,
        "of": of,
        "share": round(p, 4),
        "low": round(max(0.0, middle - half), 4),
        "high": round(min(1.0, middle + half), 4),
    }


def calibration(cases: Sequence[Case], readings: Sequence[Reading]) -> dict[str, float]:
    """Return how far stated likelihoods are from shares: of the kind, and of being a marking."""
    kind = [(r.probability, c.kind == r.kind) for c, r in zip(cases, readings, strict=True)]
    mark = [(r.marks, c.kind == "marking") for c, r in zip(cases, readings, strict=True)]
    return {
        "ece_kind": _ece(kind),
        "ece_marking": _ece(mark),
        "brier_marking": round(sum((p - y) ** 2 for p, y in mark) / max(1, len(mark)), 4),
    }


def _ece(pairs: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error over ten bins of equal width."""
    made = 0.0
    for at in range(_BINS):
        own = [(p, y) for p, y in pairs if min(int(p * _BINS), _BINS - 1) == at]
        if own:
            gap = sum(p for p, _ in own) / len(own) - sum(y for _, y in own) / len(own)
            made += abs(gap) * len(own) / len(pairs)
    return round(made, 4)
