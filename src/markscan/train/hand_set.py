"""The hand-written passages: seen by no training, met only as figures.

Each passage is planted in public documents that no training has seen, and looked for at the
thresholds of the model.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from markscan.classify.content import ContentModel
from markscan.classify.matters import lexicon
from markscan.train.corpora import Document, document
from markscan.train.cross_fitting import NOTHING, Found, assessed, find_planted
from markscan.train.figures import auc, calibration_error, found_share, matter_shares, share
from markscan.train.recipe import Recipe
from markscan.train.sample import Sample
from markscan.train.thresholds import Scored

_HOSTS = 4  # that each passage is planted in
_CLAUSE = re.compile(r"[^，。；！？\n]*[，。；！？\n]?")


def read(path: Path) -> tuple[list[Sample], str]:
    """Return the passages, and the SHA-256 of their file.

    Raises:
        OSError: it cannot be read.
        ValueError, KeyError: it is no set of passages.
    """
    content = path.read_bytes()
    rows = [json.loads(line) for line in content.decode().splitlines() if line.strip()]
    made = [Sample(row["text"], row["matter"], bool(row["secret"]), row["id"]) for row in rows]
    return made, hashlib.sha256(content).hexdigest()


def without_cues(text: str) -> str:
    """Return `text` without the clauses that ask to keep something back."""
    cues = next(terms for code, terms in lexicon().groups if code == "closed")
    kept = [c for c in _CLAUSE.findall(text) if not any(cue in c for cue in cues)]
    return "".join(kept)


def measured(
    model: ContentModel,
    passages: Sequence[Sample],
    documents: Sequence[Document],
    public: Scored,
    recipe: Recipe,
) -> dict[str, Any]:
    """Return the figures of the hand-written set.

    Args:
        documents: public documents to plant in, kept out of the training.
        public: scores of public documents by models that had not seen their sources.
    """
    medium = model.parameters["thresholds"]["medium"]
    found = _planted(model, passages, documents, recipe)
    secret = [row for row in found if row.secret]
    open_ones = [row for row in found if not row.secret]
    bare = [replace(p, text=without_cues(p.text)) for p in passages if p.secret]
    cueless = _planted(model, [p for p in bare if len(p.text) > 30], documents, recipe)
    matters = sorted({row.matter for row in found})
    return {
        "passages": len(passages),
        "hosts": _HOSTS,
        "recall": found_share(secret, medium),
        "recall_high": found_share(secret, model.parameters["thresholds"]["high"]),
        "recall_without_cues": found_share(cueless, medium),
        "public_passages_flagged": found_share(open_ones, medium),
        "auc_public_passages": auc([r.score for r in secret], [r.score for r in open_ones]),
        "matters": {m: found_share([r for r in secret if r.matter == m], medium) for m in matters},
        "matter_first": matter_shares(secret, 1),
        "matter_first_three": matter_shares(secret, 3),
        "alone": _alone(model, passages),
        "calibration": _calibration(model, secret, public, recipe.prior),
    }


def _planted(
    model: ContentModel, passages: Sequence[Sample], documents: Sequence[Document], recipe: Recipe
) -> list[Found]:
    found: list[Found] = []
    for number in range(_HOSTS):
        other = replace(recipe, seed=recipe.seed + number)
        found += find_planted(model, passages, documents, other, "hand")
    return found


def _alone(model: ContentModel, passages: Sequence[Sample]) -> dict[str, Any]:
    """Return the shares flagged of passages that are a document of their own."""
    flagged: dict[bool, list[bool]] = {True: [], False: []}
    for passage in passages:
        said = assessed(model, document("", "", passage.text).units)
        flagged[passage.secret].append(said is not None and said.band != "low")
    return {
        "recall": share(sum(flagged[True]), len(flagged[True])),
        "public_flagged": share(sum(flagged[False]), len(flagged[False])),
    }


def _calibration(
    model: ContentModel, secret: Sequence[Found], public: Scored, prior: float
) -> dict[str, Any]:
    """Return calibration among public documents and planted secrets, at the stated prior."""
    high = np.array([row.score for row in secret if row.score > NOTHING])
    low = public.score[public.score > NOTHING]
    told = np.array([model.probability(score) for score in np.concatenate((low, high)).tolist()])
    truth = np.concatenate((np.zeros(len(low)), np.ones(len(high))))
    each = (1 - prior) / len(public.score), prior / len(secret)
    weight = np.where(truth > 0, each[1], each[0])
    return {"prior": prior, **calibration_error(told, truth, weight)}


def sampled(documents: Sequence[Document], seed: int, most: int) -> list[Document]:
    """Return at most `most` documents, drawn by `seed`."""
    return random.Random(seed).sample(list(documents), min(most, len(documents)))
