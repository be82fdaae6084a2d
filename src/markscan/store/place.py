"""Where the store of a scan lies when nobody names a place: one file a set of roots."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from markscan.store.paths import as_bytes

FOLDER = "MARKSCAN_STATE"  # the environment variable that names another folder


def state_folder() -> Path:
    """Return the folder of what is kept for the user, which need not exist yet."""
    named = os.environ.get(FOLDER)
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_state_path("markscan", appauthor=False)


def default_place(roots: Iterable[str]) -> Path:
    """Return the path of the store of these roots, absolute paths; makes its folder."""
    told = as_bytes("\0".join(sorted({os.path.normcase(root) for root in roots})))
    folder = state_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"scan-{hashlib.blake2b(told, digest_size=8).hexdigest()}.sqlite"
