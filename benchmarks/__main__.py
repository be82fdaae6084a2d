"""Runs benchmarks, records them, draws them.

`run GROUP` prints rows, `record` writes a run of the group matching into a folder, `plot`
draws it, `pin` writes the expected counts anew.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

# A group is one module or more; each has `run(quick) -> rows`.
GROUPS = {
    "core": ["benchmarks.terms"],
    "matching": ["benchmarks.matching.group"],
    "fold": ["benchmarks.fold"],
    "extraction": [
        "benchmarks.extraction",
        "benchmarks.pdf",
        "benchmarks.formats",
        "benchmarks.detection",
        "benchmarks.memory",
    ],
    "scan": ["benchmarks.scan", "benchmarks.isolation", "benchmarks.startup", "benchmarks.nightly"],
    "check": ["benchmarks.check"],
    "classifier": ["benchmarks.classifier"],
    "excerpts": [
        "benchmarks.excerpts.recall",
        "benchmarks.excerpts.accidents",
        "benchmarks.excerpts.natural",
        "benchmarks.excerpts.speed",
        "benchmarks.excerpts.growth",
        "benchmarks.excerpts.hunt",
        "benchmarks.excerpts.pan",
    ],
}


def main() -> int:
    """Do what the command line asks for; 1 if a check failed."""
    asked = _parser().parse_args()
    sys.path.insert(0, str(Path(__file__).parents[1]))
    return int(_VERBS[asked.verb](asked))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="run a group of benchmarks")
    run.add_argument("group", choices=[*GROUPS, "all"])
    run.add_argument("--json", action="store_true", help="one JSON object a row")
    record = verbs.add_parser("record", help="run matching and write everything down")
    record.add_argument("--name", help="the folder under benchmarks/record")
    pin = verbs.add_parser("pin", help="write the counts of the reference into the definitions")
    for verb in (run, record):
        verb.add_argument("--quick", action="store_true", help="smaller inputs; within a minute")
        verb.add_argument("--rounds", type=int, help="matching: rounds instead of those defined")
    for verb in (run, record, pin):
        verb.add_argument("--only", default="", help="matching: benches whose name this matches")
        verb.add_argument("--cache", type=Path, help="matching: where built inputs are kept")
    plot = verbs.add_parser("plot", help="draw a recorded run (extra: bench)")
    plot.add_argument("folder", type=Path, nargs="?", help="a folder of benchmarks/record")
    return parser


def _run(asked: argparse.Namespace) -> int:
    names = list(GROUPS) if asked.group == "all" else [asked.group]
    failed = False
    if not asked.json:
        print(f"{platform.machine()}, Python {platform.python_version()}, CPU time unless said")
    for name in names:
        for module in GROUPS[name]:
            for row in _rows(name, module, asked):
                failed |= row.get("check") is False
                print(
                    json.dumps({"group": name, **row}, ensure_ascii=False, default=str)
                    if asked.json
                    else _line(name, row)
                )
    return 1 if failed else 0


def _rows(name: str, module: str, asked: argparse.Namespace) -> Iterable[dict[str, object]]:
    run = importlib.import_module(module).run
    found: Iterable[dict[str, object]]
    if name == "matching":
        found = run(asked.quick, asked.only, asked.cache, asked.rounds)
    else:
        found = run(asked.quick)
    return found


def _record(asked: argparse.Namespace) -> int:
    from benchmarks.matching import definition, group, inputs, record

    folder = record.FOLDER / (asked.name or record.name_of_run())
    goals, everything = definition.goals(), []
    cache = asked.cache or inputs.default_folder()
    for measured in group.results(group.chosen(asked.quick, asked.only), cache, asked.rounds):
        everything.append(measured)
        record.write(folder, everything, goals)  # a run broken off leaves what it has
    print(folder)
    return 1 if any(measured.failed for measured in everything) else 0


def _plot(asked: argparse.Namespace) -> int:
    from benchmarks.matching import plot, record

    recorded = sorted(path.parent for path in record.FOLDER.glob("*/samples.csv"))
    if asked.folder is None and not recorded:
        print("nothing is recorded yet: python -m benchmarks record", file=sys.stderr)
        return 1
    try:
        for path in plot.draw(asked.folder or recorded[-1]):
            print(path)
    except ImportError:
        print(plot.ADVICE, file=sys.stderr)
        return 1
    return 0


def _pin(asked: argparse.Namespace) -> int:
    from benchmarks.matching import group, inputs

    for line in group.pin(asked.only, asked.cache or inputs.default_folder()):
        print(line, flush=True)
    return 0


def _line(group: str, row: dict[str, object]) -> str:
    cells = [f"{group:<11}{row.get('name')}"]
    for key, value in row.items():
        if key != "name" and value is not None:
            shown = f"{value:.3g}" if isinstance(value, float) else value
            cells.append(f"{key}={shown}")
    return "  ".join(cells)


_VERBS = {"run": _run, "record": _record, "plot": _plot, "pin": _pin}


if __name__ == "__main__":
    sys.exit(main())
