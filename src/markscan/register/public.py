"""Public text: pieces that are no secret wherever they stand (公开文件、公文套语).

lexicons/public/pieces.npz holds 32-bit hashes of selected pieces of public law, notices and
formulas of official prose, made by lexicons/public/build.py. What stands there is left out when
a document is registered: it would only be found in every other paper.
"""

from __future__ import annotations

from functools import lru_cache
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from markscan import data
from markscan.errors import LexiconError
from markscan.fingerprint import Prints
from markscan.wording import REGISTER

Hashes = NDArray[np.uint32]

# Known to everybody: the hashes shall be spread evenly, not hidden.
_KNOWN = Prints(b"markscan: public text, no secret")


def hashes(pieces: NDArray[np.uint16]) -> Hashes:
    """Return the hash of each piece; `pieces` has eight units a row."""
    return (_KNOWN.tags(pieces) >> np.uint64(32)).astype(np.uint32)


def is_public(pieces: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Return for each piece whether it stands in public text.

    One in a thousand that does not is taken for one that does.

    Raises:
        LexiconError: the table is missing or damaged.
    """
    known, sought = shipped(), hashes(pieces)
    at = np.searchsorted(known, sought)
    at[at == len(known)] = 0
    same: NDArray[np.bool_] = known[at] == sought if len(known) else np.zeros(len(at), np.bool_)
    return same


@lru_cache(maxsize=1)
def shipped() -> Hashes:
    """Return the hashes that ship with the program, ascending.

    Raises:
        LexiconError: the table is missing or damaged.
    """
    path = data.folder("lexicons") / "public" / "pieces.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as package:
            return unpacked(package["gaps"], package["wide"])
    except (OSError, KeyError, ValueError, EOFError, BadZipFile) as error:
        raise LexiconError(REGISTER["public.none"].fill(name=path.name, why=error)) from error


def packed(known: Hashes) -> tuple[NDArray[np.uint16], Hashes]:
    """Return ascending `known` as gaps of 16 bits; those that are wider stand apart, in order."""
    gaps = np.diff(known, prepend=np.uint32(0))
    wide = gaps >= 0xFFFF
    return np.where(wide, 0xFFFF, gaps).astype(np.uint16), gaps[wide].astype(np.uint32)


def unpacked(gaps: NDArray[np.uint16], wide: Hashes) -> Hashes:
    """Return what `packed` was given.

    Raises:
        ValueError: the columns do not belong together.
    """
    steps = gaps.astype(np.uint32)
    steps[gaps == 0xFFFF] = wide
    return np.cumsum(steps, dtype=np.uint32)
