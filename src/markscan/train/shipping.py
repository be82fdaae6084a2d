"""Makes the model that ships: fitted to everything, its thresholds from cross-fitting."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.classify.content import ContentModel
from markscan.classify.model_file import write_model
from markscan.classify.segmenter import split_words
from markscan.fold import fold
from markscan.train.content_fit import train, with_matters
from markscan.train.corpora import digest_of
from markscan.train.cross_fitting import NOTHING, CrossFit, finished
from markscan.train.families import samples
from markscan.train.material import Material
from markscan.train.recipe import Recipe
from markscan.train.thresholds import calibration, thresholds

_ARRAYS = (
    *("single", "pair", "second_single", "second_pair", "words", "terms"),
    *("matter_single", "matter_pair", "matter_words"),
)
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "threadpoolctl", "jieba")
_GOLDEN = 4  # texts of a family


def whole(material: Material, recipe: Recipe, crossed: CrossFit) -> ContentModel:
    """Return the model fitted to all rows, with thresholds and calibration of `crossed`."""
    seen = [*material.public, *material.near]
    rows = np.ones(len(material.data), dtype=bool)
    model = finished(train(material.data, rows, seen, recipe), seen, recipe)
    model = with_matters(model, material.data, rows, recipe)
    secret = np.array([f.score if f.hit else NOTHING for f in crossed.planted if f.secret])
    told = {
        **model.parameters,
        "bias": round(model.parameters["bias"], 5),
        "second_bias": round(model.parameters["second_bias"], 5),
        "thresholds": thresholds(crossed.public, recipe),
        "calibration": calibration(crossed.public.score, secret, recipe.prior),
    }
    return rounded(replace(model, parameters=told))


def rounded(model: ContentModel) -> ContentModel:
    """Return the model with weights as the file will hold them: of one byte each."""
    packed = {name: quantised(getattr(model, name)) for name in _ARRAYS}
    scale = {name: scale for name, (_, scale) in packed.items()}
    kept = {
        name: array.astype(np.float32) * np.float32(scale[name])
        for name, (array, _) in packed.items()
    }
    return replace(model, **kept, parameters={**model.parameters, "scale": scale})


def write(model: ContentModel, card: Mapping[str, Any], path: Path) -> None:
    """Write a rounded model.

    Raises:
        ModelError: it cannot be written.
    """
    scale = model.parameters["scale"]
    arrays = {
        name: np.round(getattr(model, name) / np.float32(scale[name])).astype(np.int8)
        for name in _ARRAYS
    }
    write_model(path, "content", model.parameters, arrays, card)


def quantised(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], float]:
    """Return weights as whole numbers up to 127, and what one of them is worth."""
    most = float(np.abs(weights).max())
    scale = float(np.float32(most / 127)) if most else 1.0
    return np.round(weights / scale).astype(np.int8), scale


def origin(material: Material, recipe: Recipe, data: Path, day: str) -> dict[str, Any]:
    """Return what the card says of data, settings and libraries.

    Args:
        data: the folder with the data files of the families.
        day: the day of the training, as it shall stand in the card.
    """
    files = sorted(p for p in data.iterdir() if p.stem in material.families)
    bags = np.unique(material.data.bag[material.data.bag >= 0])
    return {
        "date": day,
        "recipe": asdict(recipe),
        "families": list(material.families),
        "templates": len(set(material.data.template.tolist()) - {""}),
        "generated": len(bags),
        "rows": len(material.data),
        "public": {"documents": len(material.public), "sha256": digest_of(material.public)},
        "near": {"documents": len(material.near), "sha256": digest_of(material.near)},
        "generators": {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files},
        "versions": {name: version(name) for name in _LIBRARIES},
        "python": platform.python_version(),
    }


def golden(model: ContentModel, recipe: Recipe, families: Sequence[str]) -> list[dict[str, Any]]:
    """Return generated texts and their scores, by which other versions are held to this one."""
    rows = []
    for family in families:
        made = samples(family, recipe.seed + 2, 1)
        for sample in made[:: max(len(made) // _GOLDEN, 1)][:_GOLDEN]:
            said = model.assess(fold(sample.text).bare.units, split_words, gated=False)
            if said is not None:
                rows.append({"text": sample.text, "score": round(said.score, 3)})
    return rows
