"""Fused fold: from a text to its bare units in one compiled loop, where numba is installed.

It takes a third of the time, but importing numba and compiling take seconds: as long as the
ordinary fold loses on MUCH characters. So it begins when a program asks for it, and never
before so many have come as it asks for. What it compiles is not kept on disk: that would
save a second, and ask for trust in files that hold machine code.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from markscan.pool import Units

    Places = NDArray[np.int32]

MUCH = 150_000_000  # characters
_ROOM = 700 << 20  # bytes of addresses; it takes half of them

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Fused:
    """The bare units of a text. Places are those of `markscan.fold.marked.Marked`.

    `before` tells for each mark how many bare units stand before it, `extra` is as there.
    """

    bare: Units
    before: Places
    extra: Places | None


Fuse = Callable[[str], Fused | None]


@dataclass(slots=True)
class _Switch:
    """One a process. Threads may count amiss; that only shifts the beginning."""

    left: float = inf  # characters to come before `fuse` is made
    fuse: Fuse | None = None


_switch = _Switch()


def accelerate(after: int = 0) -> bool:
    """Fold by the compiled loop once `after` more characters have come; 0: from now on.

    Return whether it is in use now. Without numba, or where numba does not work, nothing
    changes. Beginning takes two seconds of the processor or more, and 150 MB of memory.
    """
    if _switch.fuse is None:
        _switch.left = min(_switch.left, after)
        if _switch.left <= 0:
            _begin()
    return _switch.fuse is not None


def in_use() -> bool:
    """Return whether the loop folds now."""
    return _switch.fuse is not None


def may_compile() -> bool:
    """Return whether memory is left to compile another loop beside it."""
    return _has_room()


def installed() -> bool:
    """Return whether numba is there."""
    return find_spec("numba") is not None


def works() -> bool:
    """Return whether the loop can be compiled here, and folds as it must. Takes seconds."""
    return _made() is not None


def fused(text: str) -> Fused | None:
    """Return the bare units of `text`; None where the ordinary fold has to make them.

    That is so before `accelerate`, and for texts all in Latin-1, with characters beyond
    U+FFFF or with what may be pinyin in parentheses.
    """
    if _switch.fuse is None:
        _switch.left -= len(text)
        if _switch.left > 0:
            return None
        _begin()
        if _switch.fuse is None:
            return None
    return _switch.fuse(text)


def _begin() -> None:
    if _has_room():
        _switch.fuse, _switch.left = _made(), inf
    else:
        _switch.left = MUCH


def _has_room() -> bool:
    """Whether the limit of this process leaves memory: short of it, the compiler may hang."""
    if sys.platform == "win32":
        return True
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY:
        return True
    try:
        used = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return False
    return limit - used * resource.getpagesize() > _ROOM


@cache
def _made() -> Fuse | None:
    # numba may be one that does not know this numpy, or have lost what it needs.
    try:
        from markscan.fold.kernel import fuse

        return fuse()
    except (ImportError, OSError, AttributeError, MemoryError) as error:
        _log.info("no fused fold: %s", error)
        return None
