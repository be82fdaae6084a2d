"""How a person or the system stops a scan: Ctrl-C, SIGTERM, and Ctrl-Break on Windows.

All three end it as `KeyboardInterrupt` does: the report is closed, what was found is kept, and
the processes that it started end with it.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from markscan.errors import WorkerError

# Python itself makes a KeyboardInterrupt of SIGINT alone.
_OTHERS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGBREAK") if hasattr(signal, name))
_ALL = (signal.SIGINT, *_OTHERS)

_Handler = Callable[[int, FrameType | None], None]


@contextmanager
def stopped_like_ctrl_c() -> Iterator[None]:
    """Make a KeyboardInterrupt of the other signals that ask a process to end."""
    with _heard(_OTHERS, _interrupt):
        yield


@contextmanager
def stopped_late() -> Iterator[Callable[[], None]]:
    """Let Ctrl-C and its like wait for the next call of what is yielded.

    So nothing is kept by halves. The second one does not wait. A process that ended of the
    same signal, sent to all of them at once, is no fault.
    """
    asked = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    def check() -> None:
        if asked:
            raise KeyboardInterrupt

    with _heard(_ALL, note):
        try:
            yield check
        except WorkerError:
            check()
            raise
        check()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _heard(signals: tuple[signal.Signals, ...], handler: _Handler) -> Iterator[None]:
    """Let `handler` hear `signals`; only the main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.signal(each, handler) for each in signals}
    try:
        yield
    finally:
        for each, old in before.items():
            signal.signal(each, old)
