"""Which samples were planted: a small file beside the store of the scans that must find them.

It holds paths, digests and codes of rules, and no key: whoever may write to it may silence the
self-test, as whoever may write to the store may.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from markscan.errors import UnreadError, UsageError
from markscan.source import Source
from markscan.wording import INTERFACE
from markscan.wording.system import cause

_SCHEMA = "markscan.samples/1"
_MOST = 1 << 20  # bytes; no sample is as large
ENDING = ".samples.json"  # of the file's name, after that of the store


@dataclass(frozen=True, slots=True)
class Sample:
    """A planted file.

    `path` is absolute, with slashes; `content` the BLAKE2b-256 of its bytes as hex; `rules` are
    those that must speak of it, `planted` is the day as YYYY-MM-DD.
    """

    id: str
    path: str
    content: str
    rules: tuple[str, ...]
    planted: str

    @property
    def name(self) -> str:
        """The name of the file without its folder."""
        return self.path.rpartition("/")[2]

    @property
    def state(self) -> str:
        """How it lies there now: "intact", "altered" or "missing" (or not to be read)."""
        found = content_of(Path(self.path))
        if found is None:
            return "missing"
        return "intact" if found == self.content else "altered"


def content_of(path: Path) -> str | None:
    """Return the BLAKE2b-256 of a file (of a large one, of its beginning); None if unreadable."""
    try:
        return digest_of(Source(path).read(_MOST))
    except (UnreadError, OSError):
        return None


def digest_of(content: bytes) -> str:
    """Return the BLAKE2b-256 of some bytes as hex."""
    return hashlib.blake2b(content, digest_size=32).hexdigest()


def read_samples(path: Path) -> tuple[Sample, ...]:
    """Return the samples noted in the file `path`; none where there is no such file.

    Raises:
        UsageError: it is there and cannot be read: a scan must not go on without its test.
    """
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["schema"] != _SCHEMA:
            raise ValueError("schema")
        rows = [{**row, "rules": tuple(row["rules"])} for row in told["samples"]]
        return tuple(Sample(**row) for row in rows)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        told = INTERFACE["selftest.unreadable"].fill(name=path, why=cause(error))
        raise UsageError(told) from None


def write_samples(path: Path, samples: Iterable[Sample]) -> None:
    """Note these samples and no others, at once or not at all.

    Raises:
        OSError: the system says so.
    """
    rows = [asdict(sample) for sample in sorted(samples, key=lambda each: each.path)]
    text = json.dumps({"schema": _SCHEMA, "samples": rows}, ensure_ascii=False, indent=2)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
