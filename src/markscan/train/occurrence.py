"""Trains and measures the occurrence model: `python -m markscan.train occurrence`.

The same texts, folders and date make the same bytes on the same machine image: one thread and a
named kernel of the linear algebra, for which the program starts itself anew if need be.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from markscan.classify.model_file import read_model, write_model
from markscan.classify.occurrence import OccurrenceModel
from markscan.classify.occurrence_features import FEATURES, SLOTS
from markscan.classify.occurrence_rules import KINDS
from markscan.data import folder
from markscan.train.occurrence_evaluation import hand, measured, real, share
from markscan.train.occurrence_fit import (
    Numbers,
    Table,
    common,
    fit,
    limits,
    packed,
    shares,
    table,
    temperature,
    trust,
    unseen,
)
from markscan.train.occurrence_public import public_text, sealed, sources
from markscan.train.occurrence_texts import Occurrence, occurrences
from markscan.train.pinned import again, is_pinned

KIND = "occurrence"
_BY_HAND, _IN_FILES = "occurrences*.jsonl", "public-occurrences*.jsonl"
SEED, PER_TEXT, STRENGTH = 20261, 6, 0.1


def train(
    public: Sequence[Path],
    out: Path,
    day: str,
    *,
    root: Path | None = None,
    test_sets: Path | None = None,
    per_text: int = PER_TEXT,
    strength: float = STRENGTH,
) -> dict[str, Any]:
    """Train a model, write it with its digest and card to `out`, and return the card.

    Args:
        public: folders of public text; each folder right below is a source.
        out: where to write; a file `out`.sha256 beside it names its digest.
        day: what the card calls the day of training.
        root: the folder that places of the test set of real files are relative to.
        test_sets: the folder of the sealed test sets; without it nothing is left out or measured.
        per_text: documents made of each training text.
        strength: how freely weights grow (C of the regression).
    """
    left_out = (frozenset[str](), frozenset[str]())
    if test_sets is not None and root is not None:
        parts = [sealed(path, root) for path in sorted(test_sets.glob(_IN_FILES))]
        files, runs = zip(*parts, strict=True)
        left_out = frozenset().union(*files), frozenset().union(*runs)
    words, paragraphs = public_text(SEED, sources(public), left_out) if public else ([], [])
    found = [*occurrences(SEED, per_text, paragraphs), *words]
    data = common(table(found))
    scores = unseen(data, strength, data.template, SEED)
    model = _model(data, scores, strength)
    card = _card(found, data, strength, day)
    card["training"]["public_paragraphs"] = len(paragraphs)
    card["unseen_texts"] = _unseen(data, scores, model["limits"]["decide"], model["temperature"])
    weights = model.pop("weights")
    write_model(out, KIND, model, {"weights": weights}, card)
    if test_sets is not None:
        card["test_sets"] = evaluate(out, test_sets, root)
        write_model(out, KIND, model, {"weights": weights}, card)
    return card


def evaluate(path: Path, test_sets: Path, root: Path | None) -> dict[str, Any]:
    """Return what the model at `path` does on the sealed test sets that are there."""
    model = OccurrenceModel.of(read_model(path))
    made: dict[str, Any] = {}
    for by_hand in sorted(test_sets.glob(_BY_HAND)):
        told: dict[str, Any] = {"sha256": _digest(by_hand)}
        made[by_hand.stem] = {**told, **measured(model, hand(by_hand))}
    if root is None:
        return made
    for in_files in sorted(test_sets.glob(_IN_FILES)):
        cases, named = real(in_files, root)
        told = {"sha256": _digest(in_files), "named": named, "found": len(cases)}
        made[in_files.stem] = {**told, **measured(model, cases)}
    return made


def _card(found: Sequence[Occurrence], data: Table, strength: float, day: str) -> dict[str, Any]:
    """From what a model is trained, when, and by what."""
    return {
        "kind": KIND,
        "trained": day,
        "seed": SEED,
        "strength": strength,
        "texts_sha256": _digest(folder("models") / "training" / "occurrences.toml"),
        "training": {
            "occurrences": dict(sorted(Counter(o.kind for o in found).items())),
            "texts": len(set(data.template)),
            "public_occurrences": sum(o.weight < 1 for o in found),
        },
        "versions": _versions(),
    }


def _model(data: Table, scores: Numbers, strength: float) -> dict[str, Any]:
    free = data.rule < 0
    heat = temperature(scores[free], data.label[free], data.weight[free])
    weights, bias = fit(data, np.ones(len(data.label), dtype=np.bool_), strength)
    packed_weights, scale = packed(weights)
    return {
        "features": FEATURES,
        "kinds": [*KINDS],
        "slots": SLOTS,
        "scale": scale,
        "bias": [round(float(each), 6) for each in bias],
        "temperature": heat,
        "trust": dict(trust(data)),
        "limits": limits(data, shares(scores / heat)[:, 0]),
        "weights": packed_weights,
    }


def _unseen(data: Table, scores: Numbers, decide: float, heat: float) -> dict[str, Any]:
    """How well training texts are read by models that have not seen them."""
    marks = np.where(data.rule >= 0, data.rule == 0, shares(scores / heat)[:, 0] >= decide)
    own = data.label == 0
    made = data.weight == 1
    right = int((marks & own & made).sum())
    return {
        "precision": share(right, int((marks & made).sum())),
        "recall": share(right, int((own & made).sum())),
        "public_false_markings": share(int((marks & ~made).sum()), int((~made).sum())),
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _versions() -> Mapping[str, str]:
    import scipy
    import sklearn

    return {"numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__}


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the command line says, and print the card."""
    parser = argparse.ArgumentParser(prog="python -m markscan.train occurrence")
    parser.add_argument("--public", type=Path, nargs="*", default=[], metavar="DIR")
    parser.add_argument("--root", type=Path, metavar="DIR", help="of the files of the test set")
    parser.add_argument("--test-sets", type=Path, metavar="DIR")
    parser.add_argument("--date", required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = [*sys.argv[1:]] if arguments is None else [*arguments]
    told = parser.parse_args(given)
    if not is_pinned():
        return again("markscan.train.occurrence", given)
    card = train(told.public, told.out, told.date, root=told.root, test_sets=told.test_sets)
    print(json.dumps(card, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
