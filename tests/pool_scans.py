"""What the workers of the pool tests do. Apart from the tests, so that they start quickly."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable

from markscan.errors import ConfigError
from markscan.finding import Outcome, Status
from markscan.run import Scan
from markscan.source import Source
from markscan.wording import Text

HELD: list[bytes] = []


def good(source: Source) -> Outcome:
    return Outcome(source.locator, "text", Status.EXAMINED)


def by_name(source: Source) -> Outcome:
    """Do what the first word of the file's name says."""
    match source.path.name.partition(".")[0].partition("-")[0]:
        case "slow":
            time.sleep(0.1)
        case "hang":
            time.sleep(1000)
        case "spin":
            while True:
                pass
        case "exit":
            os._exit(7)
        case "abort":
            os.abort()
        case "segfault":
            ctypes.string_at(0)
        case "raise":
            raise ValueError("绝密内容 must not be seen")
        case "quit":
            raise SystemExit(3)
        case "recurse":
            return by_name(source) if by_name(source) else good(source)
        case "unpicklable":
            return Outcome(source.locator, (lambda: None), Status.EXAMINED)  # type: ignore[arg-type]
        case "eat":
            while True:
                HELD.append(bytes(64 << 20))
        case "grow":
            HELD.append(b"x" * (300 << 20))
        case "print":
            os.write(1, "机密正文".encode())
        case "long":
            return Outcome(source.locator, "x" * 3_000_000, Status.EXAMINED)
        case "pid":
            return Outcome(source.locator, str(os.getpid()), Status.EXAMINED)
    return good(source)


def make_good() -> Scan:
    return good


def make_by_name() -> Scan:
    return by_name


def make_refused() -> Scan:
    raise ConfigError(Text("第三行", "line three"))


def make_unportable() -> Scan:
    error = OSError("no weights")
    error.kept = lambda: None  # type: ignore[attr-defined]
    raise error


def make_dead() -> Scan:
    os._exit(9)


def make_none() -> Callable[[Source], Outcome]:
    raise KeyError("what nobody expects")


def make_nice() -> Scan:
    def scan(source: Source) -> Outcome:
        import psutil

        me = psutil.Process()
        disk = getattr(me, "ionice", lambda: None)()
        said = f"{int(me.nice())} {getattr(getattr(disk, 'ioclass', None), 'name', '')}"
        return Outcome(source.locator, said, Status.EXAMINED)

    return scan
