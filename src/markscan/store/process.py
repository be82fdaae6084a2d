"""Who is running, and whether a process that wrote its name down still lives.

A process number is given out again; together with the moment at which the process began it
names one process of one machine.
"""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

_QUERY_LIMITED = 0x1000
_STILL_ACTIVE = 259


@dataclass(frozen=True, slots=True)
class Process:
    """A process: its machine, its number there, and when it began, in its system's words.

    `born` is empty where the system does not tell.
    """

    host: str
    pid: int
    born: str


def this_process() -> Process:
    """Return the process that asks."""
    return Process(platform.node(), os.getpid(), _born(os.getpid()) or "")


def lives(process: Process) -> bool | None:
    """Tell whether `process` still runs; None where that cannot be told from here."""
    if process.host != platform.node():
        return None
    born = _born(process.pid)
    if born is not None:
        return born == process.born
    if sys.platform in ("linux", "win32"):
        return False  # there is none of that number
    try:
        os.kill(process.pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return None
    return None


def _born(pid: int) -> str | None:
    """Return when process `pid` began; None if there is none, or nobody tells."""
    if sys.platform == "win32":
        return _born_on_windows(pid)
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return None
    # The name in brackets may hold anything; state is field 3, start field 22.
    after = told.rpartition(")")[2].split()
    return None if after[0] == "Z" else f"{boot}:{after[19]}"


def _born_on_windows(pid: int) -> str | None:
    if sys.platform != "win32":
        return None
    import ctypes

    kernel = ctypes.windll.kernel32
    handle = kernel.OpenProcess(_QUERY_LIMITED, False, pid)
    if not handle:
        return None
    try:
        times = (ctypes.c_ulonglong * 4)()
        code = ctypes.c_ulong()
        size = ctypes.sizeof(ctypes.c_ulonglong)
        addresses = [ctypes.byref(times, index * size) for index in range(4)]
        if not kernel.GetExitCodeProcess(handle, ctypes.byref(code)) or code.value != _STILL_ACTIVE:
            return None
        return str(times[0]) if kernel.GetProcessTimes(handle, *addresses) else None
    finally:
        kernel.CloseHandle(handle)
