"""Where the real third-party files lie, beside the project; tests skip without them."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def folder(*names: str) -> Path:
    """The folder of that name; skips the test where it is not there."""
    path = SHARED.joinpath(*names)
    if not path.is_dir():
        pytest.skip(f"no real files here: {'/'.join(names)}")
    return path
