"""The priority of this process: behind everybody else's."""

from __future__ import annotations

import contextlib
import sys

_NICE = 10


def step_back() -> None:
    """Let other programs have the processor and the disk first, where the system can tell.

    POSIX: nice 10, or what is lower already; Linux: of the disk only what is idle. Windows:
    below normal, low for the disk. What the system refuses stays as it is.
    """
    import psutil

    me = psutil.Process()
    with contextlib.suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            me.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            me.nice(max(_NICE, me.nice()))
    with contextlib.suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            me.ionice(psutil.IOPRIO_LOW)
        elif sys.platform == "linux":
            me.ionice(psutil.IOPRIO_CLASS_IDLE)
