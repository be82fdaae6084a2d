"""`markscan train`: an office's own content model, kept only if it beats the one that ships.

Judged on documents held out by folder and day, of which the training saw none and no near copy.
The file holds weights of hashed characters and words, no text; yet weights give away what they
were learned from, to one who asks in the right way: it is handled at the level of its documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.classify.content import ContentModel, doublings
from markscan.classify.model_file import read_model
from markscan.classify.segmenter import split_words
from markscan.classify.shipped import model_path
from markscan.config import Config
from markscan.errors import ModelError
from markscan.train.figures import auc, share
from markscan.train.office_fit import STRENGTH, fit_office
from markscan.train.office_split import Divided, divide, folds
from markscan.train.office_texts import Labelled, Left, read_office
from markscan.train.recipe import Recipe
from markscan.train.shipping import rounded, write
from markscan.train.thresholds import Scored, calibration, thresholds
from markscan.wording import MODEL

FEWEST = 50  # documents of either side
ADVISED = 200
_FOLDS = 3
_DRAWS = 1000
_LIBRARIES = ("numpy", "scipy", "scikit-learn")

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of a training. `shipped` and `own` are figures on the documents held out.

    `gain` is how much more often the own model puts an internal document above a public one,
    with its 90 % interval: above nothing, it is better by 95 %.
    """

    public: int
    internal: int
    left: Left
    held: tuple[int, int]
    shipped: dict[str, Any]
    own: dict[str, Any]
    gain: tuple[float, float, float]
    accepted: bool


def train_office(
    public: Sequence[Path],
    internal: Sequence[Path],
    reviewed: Sequence[Path],
    *,
    level: str,
    out: Path,
    day: str,
    config: Config,
) -> Trained:
    """Train, judge, and write the model to `out` if it is better than the shipped one.

    Args:
        public: folders of documents that are public.
        internal: folders of documents that must not be.
        reviewed: reports whose findings of the classifier people have decided about.
        level: the highest level among the documents, as the card shall call it.
        out: where to write; a file `out`.sha256 beside it names its digest.
        day: what the card calls the day of training.
        config: limits and passwords for reading.

    Raises:
        ModelError: there are too few documents, or the file cannot be written.
    """
    from threadpoolctl import threadpool_limits

    found, left = read_office(public, internal, reviewed, config)
    counts = sum(not one.secret for one in found), sum(one.secret for one in found)
    if min(counts) < FEWEST:
        told = {"public": counts[0], "internal": counts[1], "least": FEWEST}
        raise ModelError(MODEL["train.too-few"].fill(**told))
    file = read_model(model_path("content"))
    shipped, recipe = ContentModel.of(file), Recipe()
    divided = divide(found, recipe.seed)
    with threadpool_limits(1):
        model = _model(shipped, divided.train, recipe)
    made = _judged(shipped, model, divided, counts, left, recipe)
    if made.accepted:
        write(model, _card(made, file.digest, divided, level, day), out)
    return made


def _model(shipped: ContentModel, found: Sequence[Labelled], recipe: Recipe) -> ContentModel:
    """Return the model of the documents, thresholds and calibration by documents left out."""
    scores = np.zeros(len(found))
    secret = np.array([one.secret for one in found])
    of = np.array(folds(found, _FOLDS, recipe.seed))
    for number in range(_FOLDS):
        seen = [one for one, fold in zip(found, of, strict=True) if fold != number]
        if len({one.secret for one in seen}) < 2:
            raise ModelError(MODEL["train.one-sided"])
        part = fit_office(shipped, seen, recipe.seed)
        for n in np.flatnonzero(of == number).tolist():
            scores[n] = _score(part, found[n])
    lengths = np.array([doublings(len(one.document.units)) for one in found], dtype=np.int64)
    source = np.array([one.folder for one in found], dtype=object)
    open_ones = Scored(source[~secret], lengths[~secret], scores[~secret])
    told = {
        "thresholds": thresholds(open_ones, recipe),
        "calibration": calibration(scores[~secret], scores[secret], recipe.prior),
    }
    model = fit_office(shipped, found, recipe.seed)
    return rounded(replace(model, parameters={**model.parameters, **told}))


def _judged(
    shipped: ContentModel,
    model: ContentModel,
    divided: Divided,
    counts: tuple[int, int],
    left: Left,
    recipe: Recipe,
) -> Trained:
    held = divided.held
    secret = np.array([one.secret for one in held])
    scores = [np.array([_score(each, one) for one in held]) for each in (shipped, model)]
    before, after = (
        _figures(each, held, score) for each, score in zip((shipped, model), scores, strict=True)
    )
    gain = _gain(scores[0], scores[1], secret, recipe.seed)
    allowed = max(before["public_flagged"]["hits"], int(recipe.worst_source * (~secret).sum()))
    better = gain[1] > 0 and after["public_flagged"]["hits"] <= allowed
    sides = int((~secret).sum()), int(secret.sum())
    return Trained(*counts, left, sides, before, after, gain, better)


def _score(model: ContentModel, one: Labelled) -> float:
    said = model.assess(one.document.units, split_words, gated=False)
    return said.score if said is not None else float(model.parameters["floor"])


def _figures(model: ContentModel, held: Sequence[Labelled], score: Numbers) -> dict[str, Any]:
    """Return what a model does on the documents held out, at its band medium."""
    medium = model.parameters["thresholds"]["medium"]
    flagged = [
        value >= medium[doublings(len(one.document.units))]
        for one, value in zip(held, score.tolist(), strict=True)
    ]
    sides: dict[bool, list[int]] = {True: [], False: []}
    for number, one in enumerate(held):
        sides[one.secret].append(number)
    return {
        "auc": auc([score[n] for n in sides[True]], [score[n] for n in sides[False]]),
        "recall": share(sum(flagged[n] for n in sides[True]), len(sides[True])),
        "public_flagged": share(sum(flagged[n] for n in sides[False]), len(sides[False])),
    }


def _gain(
    before: Numbers, after: Numbers, secret: NDArray[np.bool_], seed: int
) -> tuple[float, float, float]:
    """Return by how much the area under the curve grows, and its 5 % and 95 % of bootstraps."""
    rng = np.random.default_rng(seed)
    high, low = np.flatnonzero(secret), np.flatnonzero(~secret)

    def grown(inside: NDArray[np.intp], outside: NDArray[np.intp]) -> float:
        areas = [auc(s[inside].tolist(), s[outside].tolist()) or 0.0 for s in (before, after)]
        return areas[1] - areas[0]

    drawn = [grown(rng.choice(high, len(high)), rng.choice(low, len(low))) for _ in range(_DRAWS)]
    least, most = np.quantile(drawn, (0.05, 0.95)).tolist()
    return round(grown(high, low), 4), round(least, 4), round(most, 4)


def _card(made: Trained, prior: str, divided: Divided, level: str, day: str) -> dict[str, Any]:
    """From what the model is made and how well it does; no name and no word of a document."""
    return {
        "kind": "content",
        "trained": day,
        "level": level,
        "prior": prior,
        "strength": STRENGTH,
        "documents": {"public": made.public, "internal": made.internal, **asdict(made.left)},
        "near_copies_of_held_out": divided.copies,
        "held_out": {
            "public": made.held[0],
            "internal": made.held[1],
            "shipped": made.shipped,
            "own": made.own,
            "gain": made.gain,
        },
        "versions": {name: version(name) for name in _LIBRARIES},
    }
