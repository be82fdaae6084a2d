"""Precision and recall of each rule over the matrix: `python tests/drafts/measure.py`.

All drafts are built in a temporary folder and scanned in this process, with the task
"check" on 2026-11-22. Only rules on drafts (MS1xx, MS2xx) and findings of medium or more
count as surplus.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from drafts import cross
from drafts.files import build
from drafts.matrix import Case
from drafts.paper import MAKE_UPS, Draft, MakeUp, Pair
from drafts.whole import matrix

from markscan import Config, Outcome, Scanner, Severity

TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Result:
    """What a scan of one case in one format found: `missed` and `surplus` are codes."""

    case: Case
    kind: str
    missed: frozenset[str]
    surplus: frozenset[str]
    found: frozenset[str]


def judged(case: Case, kind: str, outcome: Outcome) -> Result:
    """Compare an outcome with what the case asks."""
    findings = [finding for one in outcome.flat() for finding in one.findings]
    found = frozenset(
        finding.rule
        for finding in findings
        if finding.rule[:3] in ("MS1", "MS2")
        or finding.severity >= Severity.MEDIUM
        or finding.rule in case.expected
    )
    missed = case.expected - found
    if case.any_of and not case.any_of & found:
        missed |= {case.rule}
    tolerated = case.tolerated | case.any_of
    if kind == "pdf":  # LibreOffice sets what fonts it has
        tolerated |= {"MS202"}
        if _other_font(case):
            missed -= {"MS202"}
    return Result(case, kind, missed, found - case.expected - tolerated, found)


def _other_font(case: Case) -> bool:
    return isinstance(case.thing, Draft) and case.thing.setting.marking_font != "黑体"


def run(
    cases: Iterable[Case], kinds: Iterable[str], folder: Path, make_up: MakeUp = "book"
) -> list[Result]:
    """Build and scan every case in every format of `kinds` that it has."""
    return [
        judged(case, kind, scan(case, path))
        for case, kind, path in build(cases, kinds, folder, make_up)
    ]


def scan(case: Case, path: Path) -> Outcome:
    """What MarkScan finds; the form of a pair lies beside its draft."""
    form = path.with_name(f"form{path.suffix}") if isinstance(case.thing, Pair) else None
    return _scanner(case.profile, form).scan_file(path)


@lru_cache(maxsize=8)
def _scanner(profile: str, form: Path | None) -> Scanner:
    config = Config(task="check", today=TODAY, ocr=False, profile=profile, form=form)
    return Scanner(config)


def table(results: list[Result]) -> str:
    """Precision and recall per rule and over all, then misses and surplus."""
    hit, miss, extra = Counter(), Counter(), Counter()
    lines: dict[str, list[str]] = defaultdict(list)
    for result in results:
        hit.update(result.case.expected - result.missed)
        miss.update(result.missed)
        extra.update(result.surplus)
        where = f"{result.case.name} [{result.kind}]"
        for code in sorted(result.missed):
            lines[code].append(f"  missed  {code} {where}  found {' '.join(sorted(result.found))}")
        for code in sorted(result.surplus):
            lines[code].append(f"  surplus {code} {where}")
    rows = [f"{'rule':6} {'hit':>5} {'miss':>5} {'extra':>5} {'prec':>6} {'recall':>6}"]
    for code in sorted({*hit, *miss, *extra}):
        rows.append(_row(code, hit[code], miss[code], extra[code]))
    rows.append(_row("all", hit.total(), miss.total(), extra.total()))
    clean = [result for result in results if not result.case.faulty]
    quiet = sum(1 for result in clean if not result.surplus and not result.missed)
    rows.append(f"clean cases without surplus: {quiet} of {len(clean)}; cases {len(results)}")
    return "\n".join([*rows, *(line for code in sorted(lines) for line in lines[code])])


def _row(code: str, hit: int, miss: int, extra: int) -> str:
    precision = hit / (hit + extra) if hit + extra else 0.0
    recall = hit / (hit + miss) if hit + miss else 1.0
    return f"{code:6} {hit:5} {miss:5} {extra:5} {precision:6.3f} {recall:6.3f}"


def show(
    cases: Iterable[Case], kinds: Iterable[str], folder: Path, make_up: MakeUp = "book"
) -> None:
    """Print every finding of every case, with what was expected."""
    for case, kind, path in build(cases, kinds, folder, make_up):
        print(f"{case.name} [{kind}] expected {' '.join(sorted(case.expected)) or 'nothing'}")
        for one in scan(case, path).flat():
            for found in one.findings:
                print(f"  {found.rule} {found.severity.code} {found.message.zh} {found.place}")


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rule", default="", help="only cases of this rule")
    parser.add_argument("--format", default="docx,txt", help="docx, txt, pptx, pdf, reportlab")
    parser.add_argument(
        "--show", default="", help="all findings of the cases with this in the name"
    )
    parser.add_argument("--cross", action="store_true", help="every fault on every base")
    parser.add_argument("--make-up", choices=MAKE_UPS, default="book", help="ways of clerks")
    parser.add_argument("--keep", type=Path, help="write the files here and keep them")
    options = parser.parse_args()
    whole = cross.cases() if options.cross else matrix()
    cases = [case for case in whole if case.rule.startswith(options.rule)]
    cases = [case for case in cases if options.show in case.name]
    kinds = options.format.split(",")
    with tempfile.TemporaryDirectory() as folder:
        target = options.keep or Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        if options.show:
            show(cases, kinds, target, options.make_up)
        else:
            print(table(run(cases, kinds, target, options.make_up)))


if __name__ == "__main__":
    main()
