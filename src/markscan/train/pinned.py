"""The same weights each time: one thread, and one kernel of the library of linear algebra.

The kernel is chosen when numpy is loaded, from the environment: so the training runs in a
process of its own, with the environment that it asks for.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Sequence

_MARK = "MARKSCAN_TRAIN_PINNED"
_X86 = frozenset({"x86_64", "amd64"})
_ONE = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def wanted() -> dict[str, str]:
    """Return the environment of a training."""
    made = dict.fromkeys(_ONE, "1") | {_MARK: "1"}
    if platform.machine().lower() in _X86:
        made["OPENBLAS_CORETYPE"] = "Haswell"
    return made


def is_pinned() -> bool:
    """Whether this process has the environment of a training."""
    return all(os.environ.get(name) == value for name, value in wanted().items())


def again(module: str, arguments: Sequence[str]) -> int:
    """Run `module` with `arguments` in a process with that environment; return its exit code."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env={**os.environ, **wanted()}, check=False).returncode
