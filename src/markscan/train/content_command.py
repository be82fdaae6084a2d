"""`python -m markscan.train content`: trains the content model and writes its file.

The figures of the cross-fitting go into the card: what they mean is in models/README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from markscan.data import folder
from markscan.train.families import FAMILIES
from markscan.train.pinned import again, is_pinned
from markscan.train.recipe import Recipe


def main(arguments: Sequence[str]) -> int:
    """Train as the command line says, in a pinned process of its own."""
    parser = argparse.ArgumentParser(prog="python -m markscan.train content")
    parser.add_argument("--public", type=Path, nargs="+", required=True, metavar="DIR")
    parser.add_argument("--near", type=Path, nargs="*", default=[], metavar="DIR")
    parser.add_argument("--families", nargs="+", default=list(FAMILIES), choices=FAMILIES)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=NUMBER", dest="settings")
    parser.add_argument("--date", required=True, help="of the training, for the card")
    parser.add_argument("--out", type=Path, required=True)
    told = parser.parse_args(arguments)
    try:
        recipe = changed(Recipe(), told.settings)
    except (ValueError, AttributeError) as error:
        parser.error(str(error))
    if not is_pinned():
        return again("markscan.train", ["content", *arguments])
    print(json.dumps(make(told, recipe), ensure_ascii=False, indent=1))
    return 0


def make(told: argparse.Namespace, recipe: Recipe) -> dict[str, object]:
    """Train, write the file, and return its card."""
    from threadpoolctl import threadpool_limits

    from markscan.train.cross_fitting import cross_fit
    from markscan.train.figures import of_cross_fit
    from markscan.train.material import gather
    from markscan.train.shipping import golden, origin, whole, write

    with threadpool_limits(1):
        material = gather(told.public, told.near, tuple(told.families), recipe)
        crossed = cross_fit(material, recipe, lambda line: print(line, file=sys.stderr))
        model = whole(material, recipe, crossed)
    card = origin(material, recipe, folder("models") / "training", told.date)
    card["figures"] = of_cross_fit(crossed, model.parameters["thresholds"], recipe)
    card["golden"] = golden(model, recipe, material.families)
    write(model, card, told.out)
    return card


def changed(recipe: Recipe, settings: Sequence[str]) -> Recipe:
    """Return the recipe with settings of the command line.

    Raises:
        ValueError: no such setting, or no such number.
        AttributeError: no such setting.
    """
    for setting in settings:
        name, _, value = setting.partition("=")
        recipe = replace(recipe, **{name: type(getattr(recipe, name))(value)})
    return recipe
