"""The loop of the fused fold, compiled by numba. Only `markscan.fold.fused` imports it.

It reads the characters where the interpreter keeps them, so that nothing is encoded.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import numba
import numpy as np
from numba import types
from numba.core.errors import NumbaError

from markscan.fold.fused import Fuse, Fused
from markscan.fold.marked import mark
from markscan.fold.table import CODE, MARK_HARD, MARK_MANY, MARKS, PINYIN, TONE, table
from markscan.pool import ASTRAL, ASTRAL_HAN

Kernel = Callable[..., tuple[int, int, int]]

_log = logging.getLogger(__name__)

_TOP = 0xF800
_OPENING = ord("(")
_HAN_FROM, _HAN_TO = 0x20000, 0x323B0  # ideographs beyond U+FFFF
_LONGEST = (1 << 31) - (1 << 28)  # characters that 32 bits count, with what they become
# One of each kind: a tone, plain, white space, folded, dropped, beyond U+FFFF, expansions.
_TRIAL = "é机密\u3000★１０年\r\n\u200b勣密…㈱"


def fuse() -> Fuse | None:
    """Compile the loop, and return what folds by it; None where it does not do as it must."""
    try:
        kernel = _compiled()
    except NumbaError as error:
        _log.info("no fused fold: %s", type(error).__name__)
        return None
    known = table()
    which = known.coarse.expansions
    parts = (which.units, which.starts, which.lengths, known.expands_hard)

    def fused(text: str) -> Fused | None:
        size, room = len(text), 64 + len(text) // 16
        if size > _LONGEST:
            return None
        units = np.empty(size + room, np.uint16)
        before = np.empty(size + room, np.int32)
        extra = np.empty(room, np.int32)
        count, marks, extras = kernel(
            text, known.coarse.units, known.units, *parts, units, before, extra
        )
        if count < 0:
            return None
        # The copy frees what was reserved: few characters are marks.
        return Fused(units[:count], before[:marks].copy(), extra[:extras] if extras else None)

    return fused if _works(fused) else None


def _works(fuse: Fuse) -> bool:
    found, right = fuse(_TRIAL), mark(_TRIAL, coarse=True)
    if found is None or found.extra is None or right.extra is None:
        return False
    pairs = ((found.bare, right.bare), (found.before, right.before), (found.extra, right.extra))
    return all(np.array_equal(one, other) for one, other in pairs)


def _compiled() -> Kernel:
    index, flags, places = types.intp[::1], types.boolean[::1], types.int32[::1]
    units, codes = types.uint16[::1], types.uint32[::1]
    told = (units, codes, units, index, index, flags)
    # With its signature it is compiled here, and never again.
    made = numba.njit([(types.unicode_type, *told, units, places, places)])(_loop)
    # Past the choice by the types of the arguments, which takes as long as folding a line.
    (only,) = made.overloads.values()
    kernel: Kernel = only.entry_point
    return kernel


def _loop(  # type: ignore[no-untyped-def]
    text, narrow, codes, parts, starts, lengths, hard, units, before, extra
):
    """Write what `Fused` holds, and return how much of each; -1 first where it gives up.

    Plain loops over arrays that are there already: anything dearer takes numba ten seconds.
    """
    size = text._length
    if text._kind != 2:  # bytes a character; wider ones are beyond U+FFFF
        return -1, 0, 0
    chars = numba.carray(text._data, (size,), np.uint16)
    room = len(units) - size
    count = marks = extras = 0
    for at in range(size):
        char = chars[at]
        unit = narrow[char]
        if unit < MARK_MANY:
            # Both are written and one of them counts: a branch would be guessed amiss.
            is_mark = unit & _TOP == MARKS
            units[count] = unit
            before[marks] = count
            marks += is_mark
            count += not is_mark
            continue
        code = codes[char] & CODE
        if unit == MARK_HARD:
            if codes[char] & TONE == 0:
                code = ASTRAL_HAN if _HAN_FROM <= code < _HAN_TO else ASTRAL
            for near in range(max(count - PINYIN, 0), count):
                if units[near] == _OPENING and codes[char] & TONE != 0:
                    return -1, 0, 0
            units[count] = code
            count += 1
            continue
        room -= lengths[code]
        if hard[code] or room < 0:
            return -1, 0, 0
        for part in range(starts[code], starts[code] + lengths[code]):
            if part > starts[code]:
                extra[extras] = count + marks
                extras += 1
            is_mark = parts[part] & _TOP == MARKS
            units[count] = parts[part]
            before[marks] = count
            marks += is_mark
            count += not is_mark
    return count, marks, extras
