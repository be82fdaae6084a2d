"""Sketches: what is kept of the fingerprints of every file that a scan has read.

A document that is registered later is looked for in them, without reading the files again
(`register/hunting.py`). Of a text every second fingerprint is kept, chosen by its own value, so
that two texts that share a passage keep the same ones of it.

One file: a line of JSON that names format and key, then segments. A segment is a line of JSON, its
columns and, compressed, the names of the files; its digest shows whether it is whole. Segments
are only added; a file that is read again replaces its earlier rows. Where most rows are replaced
the file is written anew.

Fingerprints are keyed, but there is no seal: without the key the file tells the names of all
files, how many ideographs each has, about, and which files have text in common. With the key for
scanning it can be asked whether a known passage stands in a file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from markscan.errors import RegisterError
from markscan.wording import REGISTER

if TYPE_CHECKING:
    from markscan.register.keys import Key

Tags = NDArray[np.uint64]

FORMAT = "markscan-prints/1"
FRACTION = 2  # of so many fingerprints one is kept

_FAMILY = FORMAT.partition("/")[0]
HEAD = 256  # bytes of a line of JSON
_ALIGN = 64
_SIZES = ("files", "rows", "tags", "names")


def kept(tags: Tags) -> bytes:
    """Return what is kept of the fingerprints of a text: ascending, each once, 8 bytes each."""
    chosen = tags[(tags & np.uint64(FRACTION - 1)) == 0]
    chosen.sort()  # np.unique, which hashes, takes four times as long
    once: Tags = chosen[np.diff(chosen, prepend=~chosen[:1]) != 0]
    return once.astype("<u8").tobytes()


@dataclass(frozen=True, slots=True)
class Segment:
    """Where a segment stands in its file, in bytes, and what its head says of it.

    It has `files` on disk and `rows`: a row for each of them, and one for each file inside that
    has text. `at` is when it was written (ISO 8601, UTC).
    """

    start: int
    files: int
    rows: int
    tags: int
    names: int
    at: str
    digest: str

    @property
    def size(self) -> int:
        """How many bytes its columns take."""
        exact = 8 * self.tags + 12 * self.files + 4 * self.rows + self.names
        return -(-exact // _ALIGN) * _ALIGN

    @property
    def end(self) -> int:
        """Where the next segment begins."""
        return self.start + HEAD + self.size


@dataclass(frozen=True, eq=False)
class Columns:
    """What stands in a segment.

    `tags` are those of all rows, one row after the other; `counts` how many each row has; `paths`
    digests of the files on disk, `rows` how many rows each of them has. `locators` are those of
    the rows, packed.
    """

    tags: Tags
    paths: Tags
    counts: NDArray[np.uint32]
    rows: NDArray[np.uint32]
    packed: bytes

    def locators(self) -> list[str]:
        """Return the locator of each row; the first of a file is its path."""
        names: list[str] = json.loads(zlib.decompress(self.packed))
        return names


class Sketches:
    """The segments of a file, for reading."""

    def __init__(self, path: Path, key: Key) -> None:
        """Look where the segments of the file `path` stand.

        Raises:
            RegisterError: there is none, it is of another format or key, or cannot be read.
        """
        self.path = path
        if not path.is_file():
            raise RegisterError(REGISTER["sketch.none"].fill(name=path))
        with reported(path), path.open("rb") as file:
            check(file, path, key)
            self.segments = tuple(segments_of(file))
            ends = self.segments[-1].end if self.segments else HEAD
            self.cut = file.seek(0, os.SEEK_END) > ends

    def read(self, segment: Segment) -> Columns | None:
        """Return what stands in `segment`; None if it is damaged.

        Raises:
            RegisterError: it cannot be read.
        """
        with reported(self.path), self.path.open("rb") as file:
            return read_segment(file, segment)

    def live(self, segments: Sequence[Segment]) -> list[NDArray[np.bool_]]:
        """Return for the files of each of `segments` whether no later row replaces them.

        Raises:
            RegisterError: they cannot be read.
        """
        with reported(self.path), self.path.open("rb") as file:
            return live([paths_of(file, segment) for segment in segments])


def live(paths: Sequence[Tags]) -> list[NDArray[np.bool_]]:
    """Return for the files of each segment, in order, whether no later row replaces them."""
    whole = np.concatenate([np.zeros(0, np.uint64), *paths])
    _, last = np.unique(whole[::-1], return_index=True)
    mask = np.zeros(len(whole), np.bool_)
    mask[len(whole) - 1 - last] = True
    ends = np.cumsum([0, *(len(each) for each in paths)]).tolist()
    return [mask[start:end] for start, end in pairwise(ends)]


def chosen(columns: Columns, files: NDArray[np.bool_]) -> Columns:
    """Return of `columns` only the files for which `files` is true."""
    rows = np.repeat(files, columns.rows)
    names = [name for name, chosen in zip(columns.locators(), rows, strict=True) if chosen]
    return Columns(
        tags=columns.tags[np.repeat(rows, columns.counts)],
        paths=columns.paths[files],
        counts=columns.counts[rows],
        rows=columns.rows[files],
        packed=packed_names(names),
    )


def path_digest(path: str) -> int:
    """Return 64 bits that stand for the file `path`, however its case, where the system minds."""
    written = os.path.normcase(path).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(written, digest_size=8).digest(), "little")


def packed_names(names: Iterable[str]) -> bytes:
    """Return the locators of rows as they are stored."""
    # Names may hold anything, half a surrogate pair too: JSON writes it as it is.
    return zlib.compress(json.dumps(list(names)).encode(), 3)


def put_segment(file: IO[bytes], at: int, columns: Columns, when: str) -> int:
    """Write a segment at `at`; return how many bytes it takes."""
    body = b"".join(
        (
            columns.tags.astype("<u8").tobytes(),
            columns.paths.astype("<u8").tobytes(),
            columns.rows.astype("<u4").tobytes(),
            columns.counts.astype("<u4").tobytes(),
            columns.packed,
        )
    )
    body += bytes(-len(body) % _ALIGN)
    said: dict[str, Any] = {
        "files": len(columns.paths),
        "rows": len(columns.counts),
        "tags": len(columns.tags),
        "names": len(columns.packed),
        "at": when,
    }
    head = _head(said | {"digest": _digest(said, body)})
    file.seek(at)
    _write(file, head + body)
    return len(head) + len(body)


def read_segment(file: IO[bytes], segment: Segment) -> Columns | None:
    """Return what stands in `segment` of `file`; None if it is damaged."""
    file.seek(segment.start + HEAD)
    body = file.read(segment.size)
    said = {name: getattr(segment, name) for name in (*_SIZES, "at")}
    if len(body) != segment.size or _digest(said, body) != segment.digest:
        return None
    kinds = (("<u8", segment.tags), ("<u8", segment.files))
    more = (("<u4", segment.files), ("<u4", segment.rows))
    found, at = [], 0
    for kind, count in (*kinds, *more):
        found.append(np.frombuffer(body, kind, count, at))
        at += found[-1].nbytes
    tags, paths, rows, counts = found
    return Columns(tags, paths, counts, rows, body[at : at + segment.names])


def paths_of(file: IO[bytes], segment: Segment) -> Tags:
    """Return digests of the files on disk in `segment`, unverified."""
    file.seek(segment.start + HEAD + 8 * segment.tags)
    return np.frombuffer(file.read(8 * segment.files), "<u8")


def segments_of(file: IO[bytes]) -> Iterator[Segment]:
    """Yield the segments whose bytes are all there, until one that is not."""
    size = file.seek(0, os.SEEK_END)
    start = HEAD
    while start + HEAD <= size:
        file.seek(start)
        try:
            said = json.loads(file.read(HEAD))
            files, rows, tags, names = sizes = [int(said[name]) for name in _SIZES]
            at, digest = str(said["at"]), str(said["digest"])
        except (ValueError, KeyError, TypeError):
            return
        segment = Segment(start, files, rows, tags, names, at, digest)
        if min(sizes) < 0 or segment.end > size:
            return
        yield segment
        start = segment.end


def begin(file: IO[bytes], key: Key) -> int:
    """Write the first line of an empty file; return where the first segment begins."""
    _write(file, _head({"format": FORMAT, "key": key.id, "fraction": FRACTION}))
    return HEAD


def _write(file: IO[bytes], content: bytes) -> None:
    rest = memoryview(content)
    while rest:  # a file without a buffer may take less than it is given
        rest = rest[file.write(rest) :]


def _head(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode().ljust(HEAD - 1) + b"\n"


def _digest(said: dict[str, Any], body: bytes) -> str:
    made = hashlib.blake2b(json.dumps(said).encode(), digest_size=16)
    made.update(body)
    return made.hexdigest()


def check(file: IO[bytes], path: Path, key: Key) -> None:
    """Refuse a file that is none of sketches, or of another format or key."""
    file.seek(0)
    try:
        said = json.loads(file.read(HEAD))
        format, made_with = str(said["format"]), str(said["key"])
    except (ValueError, KeyError, TypeError):
        raise RegisterError(REGISTER["sketch.wrong"].fill(name=path)) from None
    if format != FORMAT:
        if not format.startswith(f"{_FAMILY}/"):
            raise RegisterError(REGISTER["sketch.wrong"].fill(name=path))
        raise RegisterError(REGISTER["sketch.format"].fill(name=path, found=format, known=FORMAT))
    if made_with != key.id:
        raise RegisterError(REGISTER["sketch.key"].fill(name=path, found=made_with, given=key.id))


@contextlib.contextmanager
def reported(path: Path, key: str = "sketch.unread") -> Iterator[None]:
    """Turn what the system says into a RegisterError."""
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise RegisterError(REGISTER[key].fill(name=path, why=why)) from None
