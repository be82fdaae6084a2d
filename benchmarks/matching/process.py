"""An engine in a process of its own: started with a request, then asked sample by sample."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from benchmarks.engines import EngineSpec

_ROOT = Path(__file__).parents[2]

Reply = dict[str, Any]


class EngineFailed(Exception):
    """The engine gave no answer; the message says why, as far as it is known.

    `unable`: it said so itself (not installed, too much for it), rather than breaking.
    """

    def __init__(self, message: str, unable: bool = False) -> None:
        """Keep both."""
        super().__init__(message)
        self.unable = unable


class EngineProcess:
    """The process of one engine; a context that ends it."""

    def __init__(self, spec: EngineSpec, request: Reply, cache: Path, limit: float) -> None:
        """Start it; `cache` is where it may keep compiled lexicons.

        `limit` are the seconds that any answer may take.
        """
        self._limit = limit
        # Compiled lexicons of an earlier run must not be met, nor those of the user.
        places = {"XDG_CACHE_HOME", "LOCALAPPDATA", "MARKSCAN_CACHE"}
        environment = {**os.environ, **dict.fromkeys(places, str(cache))}
        environment |= {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"benchmarks.engines.{spec.module}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment,
            cwd=cache,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._errors: list[str] = []
        out, errors = self._process.stdout, self._process.stderr
        assert out is not None and errors is not None
        threading.Thread(target=self._listen, args=(out,), daemon=True).start()
        self._listener = threading.Thread(target=self._errors.extend, args=(errors,), daemon=True)
        self._listener.start()
        self._say(json.dumps({**request, "variant": spec.variant}))

    def __enter__(self) -> EngineProcess:
        """Return the process itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it and what it holds."""
        self._process.kill()
        self._process.wait()
        self._listener.join(5)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # the pipe of a process that has died
                    continue

    def answer(self) -> Reply:
        """Return what it says next.

        Raises:
            EngineFailed: if it says nothing in time, has ended, or cannot do what was asked.
        """
        try:
            line = self._lines.get(timeout=self._limit)
        except queue.Empty:
            raise EngineFailed(f"no answer within {self._limit:.0f} s") from None
        if not line:
            self._process.wait()
            self._listener.join(5)
            last = self._errors[-1].strip()[:200] if self._errors else ""
            raise EngineFailed(f"ended with code {self._process.returncode} {last}".strip())
        reply: Reply = json.loads(line)
        if "cannot" in reply:
            raise EngineFailed(str(reply["cannot"]), unable=True)
        return reply

    def sample(self) -> Reply:
        """Have it take one sample; see `answer`."""
        self._say("sample")
        return self.answer()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except OSError:  # it has ended; `answer` says how
            return

    def _listen(self, stream: IO[str]) -> None:
        for line in stream:
            self._lines.put(line)
        self._lines.put("")
