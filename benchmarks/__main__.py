"""`python -m benchmarks run GROUP [--quick] [--json]`: run a group, print its ratios."""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import sys
from pathlib import Path

# A group is one module or more; each has `run(quick) -> rows`.
GROUPS = {
    "core": ["benchmarks.terms"],
    "fold": ["benchmarks.fold"],
    "extraction": [
        "benchmarks.extraction",
        "benchmarks.pdf",
        "benchmarks.formats",
        "benchmarks.detection",
        "benchmarks.memory",
    ],
    "scan": ["benchmarks.scan", "benchmarks.isolation", "benchmarks.startup"],
    "check": ["benchmarks.check"],
}


def main() -> int:
    """Run what the command line asks for; 1 if a check failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    run = verbs.add_parser("run", help="run a group of benchmarks")
    run.add_argument("group", choices=[*GROUPS, "all"])
    run.add_argument("--quick", action="store_true", help="smaller inputs; ends within 50 s")
    run.add_argument("--json", action="store_true", help="one JSON object a row")
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parents[1]))
    names = list(GROUPS) if asked.group == "all" else [asked.group]
    failed = False
    if not asked.json:
        print(f"{platform.machine()}, Python {platform.python_version()}, CPU time unless said")
    for name in names:
        for module in GROUPS[name]:
            for row in importlib.import_module(module).run(asked.quick):
                failed |= row.get("check") is False
                print(
                    json.dumps({"group": name, **row}, ensure_ascii=False, default=str)
                    if asked.json
                    else _line(name, row)
                )
    return 1 if failed else 0


def _line(group: str, row: dict[str, object]) -> str:
    cells = [f"{group:<11}{row.get('name')}"]
    for key, value in row.items():
        if key != "name" and value is not None:
            shown = f"{value:.3g}" if isinstance(value, float) else value
            cells.append(f"{key}={shown}")
    return "  ".join(cells)


if __name__ == "__main__":
    sys.exit(main())
