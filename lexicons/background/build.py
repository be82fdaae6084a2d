"""Builds table.npz, how often groups of characters stand in public text.

Run `python lexicons/background/build.py FOLDER`, with the package `markscan` installed.
FOLDER holds public texts (.txt and .md in UTF-8, at any depth). The same texts give the
same bytes. README.md names those of the table that ships.
"""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from markscan.background import LONGEST, slots, values_of
from markscan.fold import fold
from markscan.pool import units_of

HERE = Path(__file__).parent
SUFFIXES = frozenset({".txt", ".md"})
MEGABYTE = 10**6
LONG_LINE = 32  # characters; a line at least as long is taken once, wherever it stands
LEAST_COUNT = (1, 3, 5, 5)  # by size; a rarer group is left out
LEAST_FILES = 2  # a group that only one text has is left out: it says what the text says

Keys = NDArray[np.uint64]


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of the files below `folder` in order of their names.

    Long lines that stood before are left out: laws are often kept twice. Files that are
    not UTF-8 are passed over.
    """
    seen: set[bytes] = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix not in SUFFIXES:
            continue
        try:
            lines = path.read_bytes().decode("utf-8-sig").splitlines()
        except UnicodeDecodeError:
            continue
        kept = []
        for line in lines:
            if len(line) >= LONG_LINE:
                digest = hashlib.blake2b(line.encode(), digest_size=8).digest()
                if digest in seen:
                    continue
                seen.add(digest)
            kept.append(line)
        yield path.relative_to(folder).as_posix(), "\n".join(kept)


def keys(units: NDArray[np.uint16], size: int) -> Keys:
    """Return the keys of all groups of `size` characters of `units`, in order."""
    count = max(len(units) - size + 1, 0)
    packed = np.zeros(count, np.uint64)
    for place in range(size):
        packed = (packed << np.uint64(16)) | units[place : place + count]
    return packed


def counted(some: Iterable[Keys]) -> tuple[Keys, NDArray[np.int64], NDArray[np.int64]]:
    """Return the different keys of some texts, how often and in how many texts each stands."""
    parts = [np.unique(part, return_counts=True) for part in some]
    together = np.concatenate([part for part, _ in parts])
    order = np.argsort(together, kind="stable")
    together = together[order]
    first = np.flatnonzero(np.append(True, together[1:] != together[:-1]))
    counts = np.concatenate([part for _, part in parts])[order]
    files = np.diff(np.append(first, len(together)))
    return together[first], np.add.reduceat(counts, first), files


def columns(some: Iterable[str]) -> dict[str, NDArray[np.generic]]:
    """Return the columns of table.npz for some texts, described in README.md."""
    folded, size_in_bytes = [], 0
    for text in some:
        size_in_bytes += len(text.encode())
        folded.append(units_of(fold(text).text))
    megabytes = size_in_bytes / MEGABYTE
    made: dict[str, NDArray[np.generic]] = {}
    for size in range(1, LONGEST + 1):
        found, counts, files = counted(keys(units, size) for units in folded)
        taken = (counts >= LEAST_COUNT[size - 1]) & (files >= (LEAST_FILES if size > 1 else 1))
        values = values_of(counts[taken] / megabytes)
        made[f"gap{size}"], made[f"value{size}"] = packed(slots(found[taken], size), values)
    made["least"] = np.array(LEAST_COUNT) / megabytes
    made["units"] = np.array(sum(map(len, folded)) / megabytes)
    made["megabytes"] = np.array(megabytes)
    return made


def packed(
    places: NDArray[np.int64], values: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return values and the distances between their slots, each in a byte.

    Of the values of one slot the highest stays. A distance beyond 255 is bridged by
    entries of value 0.
    """
    order = np.lexsort((values, places))
    places, values = places[order], values[order]
    last = np.append(places[1:], -1) != places
    places, values = places[last], values[last]
    distances = np.diff(places, prepend=-1)
    bridges = (distances - 1) // 255
    ends = np.cumsum(bridges + 1) - 1
    gaps = np.full(len(places) + int(bridges.sum()), 255, np.uint8)
    gaps[ends] = distances - 255 * bridges
    spread = np.zeros(len(gaps), np.uint8)
    spread[ends] = values
    return gaps, spread


def write(folder: Path, path: Path) -> None:
    """Write the table of the texts below `folder` to `path`, and print what it was made from.

    The time stamps in it are fixed.

    It is not compressed, since unpacking would take most of the time of loading. A wheel
    and a repository compress what they hold.
    """
    named = list(texts(folder))
    read = hashlib.sha256("\0".join(part for pair in named for part in pair).encode())
    made = columns(text for _, text in named)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        for name, array in made.items():
            member = io.BytesIO()
            np.save(member, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            package.writestr(entry, member.getvalue())
    groups = [int((made[f"value{size}"] != 0).sum()) for size in range(1, LONGEST + 1)]
    print(f"{len(named)} files, {made['megabytes']:.1f} MB, groups: {groups}")
    print("sha256 of names and texts:", read.hexdigest())
    print("sha256 of the table:", hashlib.sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    write(Path(sys.argv[1]), HERE / "table.npz")
