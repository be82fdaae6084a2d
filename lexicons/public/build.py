"""Builds pieces.npz, the hashes of what public documents and formulas say.

Run `python lexicons/public/build.py FOLDER...`, with the package `markscan` installed. The
folders hold public official texts (.txt and .md in UTF-8, at any depth). The same texts give
the same bytes. README.md names those of the table that ships.
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

from markscan.fingerprint import HanText, pieces, select
from markscan.register.public import Hashes, hashes, packed

HERE = Path(__file__).parent
SUFFIXES = frozenset({".txt", ".md"})


def texts(folder: Path) -> Iterator[str]:
    """Yield the texts below `folder` in order of their names; what is not UTF-8 is passed over."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in SUFFIXES:
            try:
                yield path.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError:
                continue


def formulas() -> list[str]:
    """Return the lines of formulas.txt that are no remarks."""
    lines = (HERE / "formulas.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def known(some: Iterable[str], lines: Iterable[str]) -> Hashes:
    """Return, ascending, the hashes of the selected pieces of some texts and of formulas."""
    found = [np.zeros(0, np.uint32)]
    for text in (*some, *lines):
        han = HanText(text)
        found.append(np.unique(hashes(pieces(han.units, select(han.units)))))
    return np.unique(np.concatenate(found))


def write(arrays: dict[str, NDArray[np.generic]], path: Path) -> None:
    """Write `arrays` to `path` with fixed time stamps, uncompressed: see lexicons/background."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.save(member, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            package.writestr(entry, member.getvalue())


def main(folders: list[Path]) -> None:
    """Write pieces.npz from the texts below `folders`, and print what it was made from."""
    every = [text for folder in folders for text in texts(folder)]
    table = known(every, formulas())
    gaps, wide = packed(table)
    write({"gaps": gaps, "wide": wide}, HERE / "pieces.npz")
    size = sum(len(text.encode()) for text in every)
    print(f"{len(every)} texts, {size / 1e6:.1f} MB, {len(table)} hashes")
    made = (HERE / "pieces.npz").read_bytes()
    print(f"sha256 of the table: {hashlib.sha256(made).hexdigest()}, {len(made) / 1e6:.1f} MB")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
