"""Public text of folders, as documents by source.

A source is a folder right below a given folder, or that folder itself for files that lie in it.
What a source is named decides only which documents are held out together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from markscan.classify.characters import Slots, characters, ideographs, pair_slots
from markscan.fold import fold
from markscan.pool import Units

_TEXTS = frozenset({".txt", ".md", ".tex", ".html"})
_NOT_TEXTS = frozenset({"manifest.tsv"})
_MOST_UNITS = 200_000  # of one document; the rest is left out


@dataclass(frozen=True, eq=False, slots=True)
class Document:
    """One document: its bare text, and the characters and slots of `classify.characters`."""

    source: str
    name: str
    units: Units
    chars: Units
    slots: Slots
    digest: str

    @property
    def is_chinese(self) -> bool:
        """Whether half of the text is ideographs."""
        return share_of_han(self.units) >= 0.5


def document(source: str, name: str, text: str) -> Document:
    """Return the document that `text` makes."""
    units = fold(text).bare.units[:_MOST_UNITS]
    chars = ideographs(characters(units))
    return Document(
        source, name, units, chars, pair_slots(chars), hashlib.sha256(text.encode()).hexdigest()
    )


def read_folders(folders: Iterable[Path]) -> list[Document]:
    """Return the text files of `folders`, by path; a text that comes again is left out.

    Raises:
        OSError: a file cannot be read.
    """
    found: list[Document] = []
    known: set[str] = set()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() not in _TEXTS or path.name in _NOT_TEXTS:
                continue
            inside = path.relative_to(folder)
            source = inside.parts[0] if len(inside.parts) > 1 else folder.name
            made = document(source, inside.as_posix(), path.read_text("utf-8", "replace"))
            if made.digest not in known:
                known.add(made.digest)
                found.append(made)
    return found


def is_reserved(made: Document) -> bool:
    """Whether a document is kept out of every training, so that something is left to test with.

    One in sixteen, by its digest. Hand-written passages are planted in them.
    """
    return made.digest[0] == "0"


def digest_of(documents: Sequence[Document]) -> str:
    """Return one SHA-256 for the texts of all documents."""
    return hashlib.sha256("".join(sorted(d.digest for d in documents)).encode()).hexdigest()


def share_of_han(units: Units) -> float:
    """Return which share of the units are ideographs."""
    if not len(units):
        return 0.0
    return float(((units >= 0x4E00) & (units <= 0x9FFF)).mean())
