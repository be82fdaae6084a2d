"""Draws a recorded run: MB/s against the size of the lexicon and the number of documents."""

from __future__ import annotations

import csv
import statistics
from collections import defaultdict
from pathlib import Path
from typing import Any

ADVICE = "matplotlib is missing; the extra bench brings it: pip install 'markscan[bench]'"

# By engine, points (x, MB/s).
Lines = dict[str, list[tuple[int, float]]]


def lines(samples: list[dict[str, str]], prefix: str, along: str) -> Lines:
    """Return, for benches whose name begins with `prefix`, MB/s by the column `along`."""
    taken: defaultdict[tuple[str, int], list[float]] = defaultdict(list)
    for row in samples:
        if row["bench"].startswith(prefix) and row["model"] == "throughput":
            speed = int(row["size"]) * 1e3 / int(row["ns"])
            taken[row["engine"], int(row[along])].append(speed)
    found: Lines = {}
    for (engine, at), speeds in sorted(taken.items()):
        found.setdefault(engine, []).append((at, statistics.median(speeds)))
    return found


def draw(folder: Path) -> list[Path]:
    """Write lexicon.svg and documents.svg into `folder`, beside its samples.csv.

    Raises:
        ImportError: if matplotlib is not installed.
        FileNotFoundError: if nothing is recorded in `folder`.
    """
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "markscan"  # the same file for the same numbers
    with (folder / "samples.csv").open(encoding="utf-8", newline="") as file:
        samples = list(csv.DictReader(file))
    drawn = [
        (
            folder / "lexicon.svg",
            lines(samples, "throughput/rare", "terms"),
            "terms in the lexicon",
        ),
        (folder / "documents.svg", lines(samples, "documents/", "documents"), "documents of 20 kB"),
    ]
    return [_figure(path, found, label) for path, found, label in drawn if found]


def _figure(path: Path, found: Lines, label: str) -> Path:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(9, 5.5))
    for engine, points in sorted(found.items(), key=lambda pair: -pair[1][-1][1]):
        own = engine.startswith("markscan")
        folds = own or engine.startswith("folded-")
        style: dict[str, Any] = {"linewidth": 2.5 if own else 1.2, "marker": "o", "markersize": 3}
        style["linestyle"] = "-" if folds else "--"
        axes.plot(*zip(*points, strict=True), label=engine, **style)
    axes.set(xscale="log", yscale="log", xlabel=label, ylabel="MB/s, CPU time")
    axes.set_title("solid: folds; dashed: does not fold", fontsize="small")
    axes.grid(visible=True, which="both", alpha=0.25)
    axes.legend(fontsize="x-small", loc="center left", bbox_to_anchor=(1, 0.5))
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)
    return path
