"""Corpora and lexicons as files: built once in a folder outside the project, then reused."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.corpora import PUBLIC
from benchmarks.matching import lexicons
from benchmarks.matching.prose import VERSION, Planted, Prose, chance

GENERATED = "official"
FOUND = "public"

_LIMIT = 200_000_000  # bytes of the public text; there is less


def default_folder() -> Path:
    """Return the folder that is used unless the command line says another."""
    return Path(tempfile.gettempdir()) / "markscan-bench"


def has_corpus(name: str) -> bool:
    """Whether the texts of corpus `name` can be had on this machine."""
    return name == GENERATED or PUBLIC.is_dir()


def corpus_file(name: str, size: int, folder: Path) -> Path:
    """Return a file whose first `size` bytes are of corpus `name`; builds it if need be.

    A file of public text may hold less. Half a gigabyte of made-up text takes half a minute.
    """
    path = folder / f"{name}-{VERSION}.txt"
    if not path.exists() or (name == GENERATED and path.stat().st_size < size):
        pieces = _official() if name == GENERATED else _public(1)
        _write(path, pieces, size if name == GENERATED else _LIMIT)
    return path


def lexicon_file(name: str, corpus: str, folder: Path) -> Path:
    """Return the file of lexicon `name` for `corpus`, a term a line; builds it if need be."""
    path = folder / f"{corpus}-{name}-{VERSION}.terms"
    if name == "shipped" or not path.exists():
        samples: Callable[[], Iterator[str]] = (
            lexicons.generated_samples if corpus == GENERATED else partial(_public, 0)
        )
        _write(path, ["\n".join(lexicons.lexicon(name, samples)) + "\n"], None)
    return path


def terms_of(path: Path) -> list[str]:
    """Return the terms of a lexicon file."""
    return path.read_text("utf-8").split("\n")[:-1]


def documents_of(path: Path, size: int, document: int) -> list[bytes]:
    """Return the first `size` bytes of a file in documents of at most `document` bytes.

    Cut between characters; a character that `size` cuts through is left away.
    """
    with path.open("rb") as file:
        data = file.read(size)
    cuts, start, found = data, 0, []
    while start < len(cuts):
        stop = start + document
        while start < stop < len(cuts) and cuts[stop] & 0xC0 == 0x80:
            stop -= 1
        found.append(cuts[start:stop])
        start = max(stop, start + 1)
    if found:
        found[-1] = found[-1].decode("utf-8", "ignore").encode()
    return found


def _official() -> Iterator[str]:
    planted = Planted(
        lexicons.variants(lexicons.rare(lexicons.SIZES["1k"])), lexicons.variants(lexicons.marks())
    )
    return Prose(planted).blocks()


def _public(which: int) -> Iterator[str]:
    """Every second public document, in an order of chance: 0 for lexicons, 1 to measure."""
    files = sorted(p for p in PUBLIC.rglob("*") if p.suffix in {".txt", ".md"} and p.is_file())
    order = np.argsort(chance(len(files), 50), kind="stable").tolist()
    for at in islice(order, which, None, 2):
        yield files[at].read_text("utf-8", "replace").replace("\0", "") + "\n"


def _write(path: Path, pieces: Iterator[str] | list[str], size: int | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    written = 0
    with os.fdopen(handle, "wb") as file:
        for piece in pieces:
            written += file.write(piece.encode("utf-8", "replace"))
            if size is not None and written >= size:
                break
    Path(name).replace(path)
