"""`python -m markscan.train evaluate`: measures the content model, and writes the figures.

One run prints and writes one JSON file: models that had not seen what they are judged on
(sources, near-topic pages, families, matters), the hand-written set, folders that must stay
clean, speed, size and loading. The file counts how often each sealed set was opened.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from markscan.classify.content import ContentModel
from markscan.classify.model_file import read_model
from markscan.train.corpora import Document, document, is_reserved, read_folders
from markscan.train.cross_fitting import assessed, cross_fit, matters_held_out, score
from markscan.train.figures import false_alarms, found_share, of_cross_fit, share
from markscan.train.hand_set import measured, read
from markscan.train.material import Material, gather
from markscan.train.pinned import again, is_pinned
from markscan.train.recipe import Recipe, recipe_of
from markscan.train.thresholds import Scored

_MEGABYTE = 1_000_000
_SPEED_DOCUMENTS = 800


def main(arguments: Sequence[str]) -> int:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m markscan.train evaluate")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--public", type=Path, nargs="+", required=True, metavar="DIR")
    parser.add_argument("--near", type=Path, nargs="*", default=[], metavar="DIR")
    parser.add_argument("--clean", type=Path, nargs="*", default=[], metavar="DIR")
    parser.add_argument("--passages", type=Path, nargs="*", default=[], help="sealed sets")
    parser.add_argument("--quick", action="store_true", help="without models trained anew")
    parser.add_argument("--out", type=Path, required=True)
    told = parser.parse_args(arguments)
    if not is_pinned():
        return again("markscan.train", ["evaluate", *arguments])
    figures = _figures(told)
    text = json.dumps(figures, ensure_ascii=False, indent=1) + "\n"
    told.out.write_text(text, "utf-8", newline="\n")
    print(text)
    return 0


def _figures(told: argparse.Namespace) -> dict[str, Any]:
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        start = time.process_time()
        file = read_model(told.model)
        model = ContentModel.of(file)
        recipe = recipe_of(file.card["recipe"])
        figures: dict[str, Any] = {"model": file.digest}
        documents, pages = read_folders(told.public), read_folders(told.near)
        kept_out = [made for made in documents if is_reserved(made)]
        public = score(model, kept_out)
        figures["kept_out"] = false_alarms(public, model.parameters["thresholds"]["medium"])
        if not told.quick:
            material = gather(told.public, told.near, tuple(file.card["families"]), recipe)
            public = _anew(figures, material, model, recipe)
        _shipped(figures, model, [d for d in documents if not is_reserved(d)], pages, told)
        figures["hand"] = {}
        sealed: dict[str, int] = {}
        for path in told.passages:
            passages, digest = read(path)
            made = measured(model, passages, kept_out, public, recipe)
            figures["hand"][path.stem] = made
            sealed |= _opened(told.out, digest)
        figures["sealed"] = sealed
        figures["seconds"] = round(time.process_time() - start)
    return figures


def _anew(
    figures: dict[str, Any], material: Material, model: ContentModel, recipe: Recipe
) -> Scored:
    """Add what models say that have not seen what they judge; return scores of public text."""
    thresholds = model.parameters["thresholds"]
    crossed = cross_fit(material, recipe, _note)
    figures["unseen"] = of_cross_fit(crossed, thresholds, recipe)
    found = matters_held_out(material, recipe, _note)
    medium = thresholds["medium"]
    figures["unseen_matters"] = {
        "recall": found_share(found, medium),
        "matters": {
            code: found_share([row for row in found if row.matter == code], medium)
            for code in sorted({row.matter for row in found})
        },
    }
    return crossed.public


def _shipped(
    figures: dict[str, Any],
    model: ContentModel,
    documents: Sequence[Document],
    pages: Sequence[Document],
    told: argparse.Namespace,
) -> None:
    """Add what the model itself does: on text it has seen, on clean folders, and how fast."""
    thresholds = model.parameters["thresholds"]
    seen = false_alarms(score(model, documents), thresholds["medium"])
    figures["seen"] = {"public": seen}
    if pages:
        figures["seen"]["near_topic"] = false_alarms(score(model, pages), thresholds["medium"])
    clean = read_folders(told.clean)
    flagged = [d.name for d in clean if (s := assessed(model, d.units)) and s.band != "low"]
    figures["clean"] = {**share(len(flagged), len(clean)), "flagged": flagged}
    figures["speed"] = _speed(model, told.public)
    figures["load"] = {"bytes": told.model.stat().st_size, "milliseconds": _loading(told.model)}


def _speed(model: ContentModel, folders: Sequence[Path]) -> dict[str, Any]:
    """Return megabytes of UTF-8 a second of processor time: fold, both stages, words."""
    paths = [p for folder in folders for p in sorted(folder.rglob("*.txt"))]
    texts = [
        paths[n].read_text("utf-8", "replace")
        for n in np.linspace(0, len(paths) - 1, min(_SPEED_DOCUMENTS, len(paths))).astype(int)
    ]
    size = sum(len(text.encode("utf-8", "replace")) for text in texts) / _MEGABYTE
    assessed(model, document("", "", texts[0]).units)
    best = min(_pass(model, texts) for _ in range(3))
    return {"megabytes": round(size, 2), "megabytes_a_second": round(size / best, 2)}


def _pass(model: ContentModel, texts: Sequence[str]) -> float:
    from markscan.fold import fold

    start = time.process_time()
    for text in texts:
        assessed(model, fold(text).bare.units)
    return time.process_time() - start


def _loading(path: Path) -> float:
    best = min(_load(path) for _ in range(5))
    return round(1000 * best, 1)


def _load(path: Path) -> float:
    start = time.perf_counter()
    ContentModel.of(read_model(path))
    return time.perf_counter() - start


def _opened(out: Path, digest: str) -> dict[str, int]:
    """Return how often the sealed set of this SHA-256 was opened, this time among them."""
    try:
        counted: dict[str, int] = json.loads(out.read_text("utf-8")).get("sealed", {})
    except (OSError, ValueError):
        counted = {}
    return {digest: counted.get(digest, 0) + 1}


def _note(line: str) -> None:
    print(line, file=sys.stderr)
