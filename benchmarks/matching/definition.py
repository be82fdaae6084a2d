"""What is measured: the benches and goals as the TOML files of benchmarks/definitions say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "definitions"
MODELS = ("throughput", "latency", "build")


@dataclass(frozen=True, slots=True)
class Bench:
    """One comparison: engines, on one text, with one lexicon.

    `megabytes` are 10**6 bytes of the corpus, `document` the bytes of a document at most.
    `count` is by kind (see `reference.KINDS`); empty for text that is not the same
    everywhere: then engines of one kind must agree. `left_out` says by engine why it is
    not run. `group` is the file it stands in.
    """

    name: str
    group: str
    model: str
    analysis: str
    corpus: str
    megabytes: float
    document: int
    lexicon: str
    engines: tuple[str, ...]
    rounds: int = 5
    count: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound on a ratio of two engines, or of an engine in two benches, or on a value.

    `value` is a column of the summary ("mb_s", "build_s", "load_s", "rss_mb"). With
    `over`, the value of the engine is divided by that of engine `over` (round by round),
    in bench `over_bench` if given. One of `at_least` and `at_most` is set.
    """

    text: str
    bench: str
    engine: str
    value: str = "mb_s"
    over: str = ""
    over_bench: str = ""
    at_least: float | None = None
    at_most: float | None = None


def benches(folder: Path = FOLDER) -> list[Bench]:
    """Return the benches of all files, in order of files and lines.

    Raises:
        ValueError: naming the bench and what is wrong with it.
    """
    found = [
        _bench(path.stem, row) for path in sorted(folder.glob("*.toml")) for row in _rows(path)
    ]
    names = [bench.name for bench in found]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"benches of one name: {sorted(twice)}")
    return found


def goals(folder: Path = FOLDER) -> list[Goal]:
    """Return the goals of all files."""
    return [Goal(**row) for path in sorted(folder.glob("*.toml")) for row in _read(path, "goal")]


def with_counts(text: str, name: str, count: Mapping[str, int]) -> str:
    """Return the TOML `text` with the count of bench `name` set to `count`.

    Raises:
        ValueError: if the text has no such bench with a line `count = {...}`.
    """
    said = ", ".join(f"{kind} = {number}" for kind, number in count.items())
    line = f"count = {{ {said} }}"
    pattern = rf'(?ms)^(name = "{re.escape(name)}"$(?:(?!^\[\[).)*?)^count = [^\n]*$'
    changed, times = re.subn(pattern, lambda found: found[1] + line, text)
    if times != 1:
        raise ValueError(f"no line for the count of {name}")
    return changed


def _read(path: Path, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8")).get(table, [])
    return rows


def _rows(path: Path) -> list[dict[str, Any]]:
    defaults = tomllib.loads(path.read_text("utf-8")).get("defaults", {})
    return [defaults | row for row in _read(path, "bench")]


def _bench(group: str, row: dict[str, Any]) -> Bench:
    name = row.get("name", "a bench without a name")
    known = {each.name for each in fields(Bench)} - {"group"}
    unknown = set(row) - known
    missing = {"name", "model", "analysis", "corpus", "megabytes", "document", "lexicon", "engines"}
    missing -= set(row)
    if unknown or missing:
        raise ValueError(f"{name}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    if row["model"] not in MODELS:
        raise ValueError(f"{name}: no model {row['model']}")
    return Bench(**{**row, "group": group, "engines": tuple(row["engines"])})
