"""Finds the lexicons and models, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def folder(name: str) -> Path:
    """Return the folder `name` ("lexicons" or "models").

    In a wheel it lies inside the package; in a checkout, at the root.
    """
    shipped = _PACKAGE / name
    return shipped if shipped.is_dir() else _CHECKOUT / name
