"""Public text: pieces that are no secret wherever they stand (公开文件、公文套语).

lexicons/public/pieces.npz holds 32-bit hashes of selected pieces of public law, notices and
formulas of official prose, made by lexicons/public/build.py. What stands there is left out when
a document is registered: it would only be found in every other paper. The formulas themselves
are in formulas.txt: what joins two of them, or one and its neighbour, tells no more than they.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from markscan import data
from markscan.errors import LexiconError
from markscan.fingerprint import PIECE, HanText, Prints, pieces, select
from markscan.wording import REGISTER
from markscan.wording.system import cause

Hashes = NDArray[np.uint32]

_CLAUSE = re.compile(r"[，；]")
_LEAST = PIECE // 2  # ideographs of a formula
# Known to everybody: the hashes shall be spread evenly, not hidden.
_KNOWN = Prints(b"markscan: public text, no secret")


def hashes(chosen: NDArray[np.uint16]) -> Hashes:
    """Return the hash of each piece; `chosen` has eight units a row."""
    return (_KNOWN.tags(chosen) >> np.uint64(32)).astype(np.uint32)


def is_public(chosen: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Return for each piece whether it stands in public text.

    One in a thousand that does not is taken for one that does.

    Raises:
        LexiconError: the table is missing or damaged.
    """
    known, sought = shipped(), hashes(chosen)
    at = np.searchsorted(known, sought)
    at[at == len(known)] = 0
    same: NDArray[np.bool_] = known[at] == sought if len(known) else np.zeros(len(at), np.bool_)
    return same


def stands_public(text: str) -> bool:
    """Return whether all of `text`, a title, stands in public text, as far as it is selected.

    Raises:
        LexiconError: the table is missing or damaged.
    """
    units = HanText(text).units
    chosen = pieces(units, select(units))
    return len(chosen) > 0 and bool(is_public(chosen).all())


def in_formulas(text: HanText, starts: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which pieces, by where they begin, stand by half or more in formulas.

    Raises:
        LexiconError: the list of formulas is missing.
    """
    said = text.units.astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")
    inside = np.zeros(len(text) + 1, np.intp)
    for formula in _formulas():
        at = said.find(formula)
        while at >= 0:
            inside[at + 1 : at + len(formula) + 1] = 1
            at = said.find(formula, at + len(formula))
    before = np.cumsum(inside)
    held: NDArray[np.bool_] = before[starts + PIECE] - before[starts] >= PIECE // 2
    return held


@lru_cache(maxsize=1)
def _formulas() -> tuple[str, ...]:
    """The formulas as their ideographs, each clause by itself as well."""
    path = data.folder("lexicons") / "public" / "formulas.txt"
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise LexiconError(REGISTER["public.none"].fill(name=path.name, why=cause(error))) from None
    said: dict[str, None] = {}
    for line in lines:
        if not line.startswith("#"):
            for clause in (line, *_CLAUSE.split(line)):
                units = HanText(clause).units
                said[units.astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")] = None
    return tuple(each for each in said if len(each) >= _LEAST)


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
        raise LexiconError(
            REGISTER["public.none"].fill(name=path.name, why=cause(error))
        ) from error


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
