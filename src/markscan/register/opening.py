"""Opens a register for a scan, and makes the export of one."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from markscan import cache
from markscan.errors import RegisterError
from markscan.fingerprint import Prints
from markscan.register.book import Book
from markscan.register.export import is_export, read_export, write_export
from markscan.register.index import Index
from markscan.register.keys import read_key
from markscan.register.names import Names
from markscan.register.register import Register, numbered
from markscan.register.rows import MANY, compile_rows
from markscan.wording import REGISTER

_COMPILED = 3  # version of the columns that a book is compiled to


def key_beside(path: Path) -> Path:
    """Return where the key of the register `path` lies if nobody names another place."""
    return path.with_name(path.name + ".key")


def open_register(path: Path, key_file: Path | None = None) -> Register:
    """Return what a scan needs of the register or export in the file `path`.

    Raises:
        RegisterError: it cannot be read, was changed, or its key is another one.
    """
    if not path.is_file():
        raise RegisterError(REGISTER["register.none"].fill(name=path))
    key = read_key(key_file or key_beside(path))
    if is_export(path):
        return read_export(path, key)
    if key.kind == "scan":
        raise RegisterError(REGISTER["register.no-export"].fill(name=path))
    with Book(path, key) as book:
        return compiled(book)


def compiled(book: Book) -> Register:
    """Return `book` compiled for looking things up; compiled once, then kept in the cache.

    What is in the cache says nothing of the file: if that is not as it was when all of it was
    read last, by size, times and number, each of its pieces is opened again.

    Raises:
        RegisterError: it is damaged.
    """
    key, entries = book.key, book.entries()
    digest = hashlib.blake2b(f"{_COMPILED} {MANY} {book.identity}".encode()).digest()
    prints = Prints(key.prints, key.cipher)
    columns, stamp = cache.load("register", digest), _stamp(book.path)
    if columns is None:
        book.sound()
        tags, payload = book.rows()
        index = compile_rows(prints, tags, payload)
        names = Names.of(entries, key.names)
        cache.save("register", digest, index.columns | names.columns)
        cache.save("registerseen", digest, {"stamp": stamp})
    else:
        seen = cache.load("registerseen", digest)
        if seen is None or not np.array_equal(seen.get("stamp", ()), stamp):
            book.check()
            cache.save("registerseen", digest, {"stamp": stamp})
        index, names = Index.unpack(columns), Names.unpack(columns, key.names)
    return Register(numbered(entries), index, prints, names, book.identity, book.turn)


def _stamp(path: Path) -> NDArray[np.int64]:
    """What changes with a file: its size, number, and times in nanoseconds."""
    found = path.stat()
    told = (found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns)
    return np.array([each & ((1 << 63) - 1) for each in told], np.int64)


def export(
    book: Book, path: Path, *, names: bool = False, scope: bool = False, words: bool = False
) -> Register:
    """Write of `book` what may be let out to the new file `path`; return what it holds.

    Titles and document numbers go out as keyed digests; with `names` also as written, with
    `scope` the readers of each document. Fingerprints of documents in Latin letters stay at
    home unless `words` is given: whoever has the key guesses pairs of words in seconds. What
    is no longer in force goes out all the same: its day of ending is in the entry.

    Raises:
        RegisterError: the file exists or cannot be written.
    """
    whole = compiled(book)
    out = [entry.let_out(names=names, scope=scope) for entry in whole.entries.values()]
    index = whole.index
    if whole.has_words and not words:
        kept = np.array([e.number for e in out if not e.words], np.uint64)
        tags, payload = book.rows()
        mine = np.isin(payload >> np.uint64(32), kept)
        index = compile_rows(whole.prints, tags[mine], payload[mine])
        out = [replace(entry, kept=0) if entry.words else entry for entry in out]
    write_export(path, book.key, out, index, whole.names, book.turn)
    return read_export(path, book.key)
