"""Families of generated training texts, one a file, written independently of each other."""

from __future__ import annotations

from importlib import import_module

from markscan.train.sample import Sample

FAMILIES = ("office", "notes", "voices", "records")


def samples(family: str, seed: int, per_template: int) -> list[Sample]:
    """Return the texts of one family, the same for the same seed."""
    return list(import_module(f"{__name__}.{family}").texts(seed, per_template))
