"""Book: the register as the office keeps it (密件台账), one file, on the classified side.

An SQLite database of sealed pieces: each entry and each segment of fingerprints is encrypted
under the office's key (AES-256-GCM), and a seal (HMAC-SHA256) over what is there shows whether
a piece was changed, taken out or put back. Each addition is one transaction and writes one
segment; small segments are merged when there are many. Readers see the state before or after.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from numpy.typing import NDArray

from markscan.errors import RegisterError
from markscan.register.entry import Entry, from_plain, to_plain
from markscan.register.keys import Key
from markscan.wording import REGISTER
from markscan.wording.system import database_cause, system_cause

Tags = NDArray[np.uint64]

FORMAT = 1
MOST_SEGMENTS = 8
_ROWS = 1 << 22  # of a segment: 64 MB, since SQLite takes no blob above 1 GB
_NONCE, _TAG = 12, 16
_WAIT = 30.0  # seconds for another writer

_SCHEMA = """
CREATE TABLE book (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (number INTEGER PRIMARY KEY, mark BLOB NOT NULL, sealed BLOB NOT NULL);
CREATE TABLE segment (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL CHECK (kind IN ('rows', 'public')),
    rows INTEGER NOT NULL, mark BLOB NOT NULL, sealed BLOB NOT NULL);
"""


@dataclass(frozen=True, eq=False)
class Addition:
    """A document to be added: its entry, and the fingerprints with their places in it.

    The number of the entry is given when it is added.
    """

    entry: Entry
    tags: Tags
    places: NDArray[np.int64]


class Book:
    """The register of an office. Opened for one piece of work, then closed."""

    def __init__(self, path: Path, key: Key) -> None:
        """Open the register in the file `path`.

        Raises:
            RegisterError: there is none, it is damaged or changed, or the key is another one.
        """
        if key.entries is None:
            raise RegisterError(REGISTER["key.only-scans"])
        if not path.is_file():
            raise RegisterError(REGISTER["register.none"].fill(name=path))
        self.path, self.key = path, key
        self._secret = key.entries
        with contextlib.ExitStack() as closing, self._reported():
            self._base = _connect(path)
            closing.callback(self._base.close)
            self._check()
            closing.pop_all()

    @classmethod
    def create(cls, path: Path, key: Key) -> Book:
        """Make an empty register in the new file `path`.

        Raises:
            RegisterError: the file exists, or cannot be written.
        """
        if key.entries is None:
            raise RegisterError(REGISTER["key.only-scans"])
        try:
            path.touch(0o600, exist_ok=False)
        except OSError as error:
            why = system_cause(error)
            raise RegisterError(REGISTER["register.unwritten"].fill(name=path, why=why)) from None
        with contextlib.closing(_connect(path)) as base:
            base.executescript(_SCHEMA)
            said = {"format": FORMAT, "key": key.id, "next": 1}
            for name, value in said.items():
                base.execute("INSERT INTO book VALUES (?, ?)", (name, str(value).encode()))
            base.execute("INSERT INTO book VALUES ('seal', ?)", (_seal(base, key.entries),))
        return cls(path, key)

    def __enter__(self) -> Book:
        """Return the book, to be closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._base.close()

    @property
    def turn(self) -> int:
        """How often the register was changed: of two exports the newer has more."""
        return int(self._value("turn") or 0)

    @property
    def identity(self) -> str:
        """The same as long as nothing in the register has changed."""
        return bytes(self._value("seal")).hex()

    def entries(self) -> list[Entry]:
        """Return all entries by number."""
        with self._reported():
            rows = self._base.execute("SELECT number, mark, sealed FROM entry ORDER BY number")
            return [self._entry(number, mark, sealed) for number, mark, sealed in rows]

    def rows(self) -> tuple[Tags, Tags]:
        """Return the fingerprints of all entries, without those of public documents.

        Two columns: fingerprint, and entry << 32 | place.
        """
        known = np.array([entry.number for entry in self.entries()], np.uint64)
        tags, payload = self._columns("rows", 2)
        public = self._columns("public", 1)[0]
        kept = np.isin(payload >> np.uint64(32), known) & ~np.isin(tags, public)
        return tags[kept], payload[kept]

    def add(self, additions: Sequence[Addition]) -> list[Entry]:
        """Add documents, all or none; return their entries with the numbers they got.

        Raises:
            RegisterError: an id stands in the register already, or the file cannot be written.
        """
        entries: list[Entry] = []
        with self._writing():
            start = int(self._value("next"))
            taken = {entry.id for entry in self.entries()}
            for number, addition in enumerate(additions, start):
                entry = _numbered(addition.entry, number)
                if entry.id in taken:
                    raise RegisterError(REGISTER["register.id-taken"].fill(id=entry.id))
                taken.add(entry.id)
                entries.append(entry)
                self._put(entry)
            self._set("next", str(start + len(additions)).encode())
            if additions:
                payload = [
                    addition.places.astype(np.uint64) | np.uint64(entry.number << 32)
                    for addition, entry in zip(additions, entries, strict=True)
                ]
                tags = np.concatenate([addition.tags for addition in additions])
                self._write_segments("rows", tags, np.concatenate(payload))
        self.merge()
        return entries

    def add_public(self, tags: Tags) -> None:
        """Add the fingerprints of public documents: what they hold is no secret.

        Raises:
            RegisterError: the file cannot be written.
        """
        with self._writing():
            old = self._columns("public", 1)[0]
            self._base.execute("DELETE FROM segment WHERE kind = 'public'")
            self._write_segments("public", np.union1d(old, tags))

    def change(self, entries: Iterable[Entry]) -> None:
        """Put `entries` in the places of those with their numbers, all or none.

        Raises:
            RegisterError: the file cannot be written.
        """
        with self._writing():
            for entry in entries:
                self._put(entry)

    def remove(self, ids: Sequence[str]) -> list[Entry]:
        """Remove entries with their fingerprints; return them.

        Raises:
            RegisterError: there is no entry of an id; then nothing is removed.
        """
        by_id = {entry.id: entry for entry in self.entries()}
        for each in ids:
            if each not in by_id:
                raise RegisterError(REGISTER["register.no-entry"].fill(id=each))
        gone = [by_id[each] for each in dict.fromkeys(ids)]
        with self._writing():
            for entry in gone:
                self._base.execute("DELETE FROM entry WHERE number = ?", (entry.number,))
            self._rewrite()
        with self._reported():
            self._base.execute("VACUUM")  # so that nothing of them is left in the file
        return gone

    def merge(self) -> None:
        """Make one segment of many, if there are many. Readers go on meanwhile."""
        with self._reported():
            count = self._base.execute("SELECT count(*) FROM segment WHERE kind = 'rows'")
            if count.fetchone()[0] <= MOST_SEGMENTS:
                return
        with self._writing():
            self._rewrite()

    def verify(self) -> tuple[int, int]:
        """Read everything; return the number of entries and of fingerprints.

        Raises:
            RegisterError: something was changed or is damaged.
        """
        self.sound("integrity_check")
        tags, _ = self.rows()
        return len(self.entries()), len(tags)

    def sound(self, how: Literal["integrity_check", "quick_check"] = "quick_check") -> None:
        """Let the database test its pages, those too that hold none of the sealed pieces.

        Raises:
            RegisterError: one was changed or is damaged.
        """
        with self._reported():
            found = self._base.execute(f"PRAGMA {how}").fetchone()[0]
        if found != "ok":
            raise self._damaged()

    def check(self) -> None:
        """Test the pages and open each piece, so that what was changed on disk is refused.

        Raises:
            RegisterError: something was changed or is damaged.
        """
        self.sound()
        self.entries()
        with self._reported():
            said = "SELECT kind, rows, mark, sealed FROM segment ORDER BY id"
            for kind, rows, mark, sealed in self._base.execute(said):
                self._opened(mark, sealed, f"{kind} {rows}")

    def _rewrite(self) -> None:
        """Write the rows of the entries that are there as one run of segments."""
        known = np.array([entry.number for entry in self.entries()], np.uint64)
        tags, payload = self._columns("rows", 2)
        kept = np.isin(payload >> np.uint64(32), known)
        self._base.execute("DELETE FROM segment WHERE kind = 'rows'")
        self._write_segments("rows", tags[kept], payload[kept])

    def _write_segments(self, kind: str, *columns: Tags) -> None:
        order = np.argsort(columns[0], kind="stable")
        for start in range(0, len(order), _ROWS):
            chosen = order[start : start + _ROWS]
            content = np.stack([column[chosen] for column in columns]).astype("<u8").tobytes()
            mark, sealed = self._sealed(content, f"{kind} {len(chosen)}")
            self._base.execute(
                "INSERT INTO segment (kind, rows, mark, sealed) VALUES (?, ?, ?, ?)",
                (kind, len(chosen), mark, sealed),
            )

    def _columns(self, kind: str, count: int) -> list[Tags]:
        """The columns of all segments of a kind, one after the other."""
        with self._reported():
            found = [np.zeros((count, 0), np.uint64)]
            said = "SELECT rows, mark, sealed FROM segment WHERE kind = ? ORDER BY id"
            for rows, mark, sealed in self._base.execute(said, (kind,)):
                content = self._opened(mark, sealed, f"{kind} {rows}")
                found.append(np.frombuffer(content, "<u8").reshape(count, rows))
            return list(np.concatenate(found, axis=1))

    def _put(self, entry: Entry) -> None:
        plain = json.dumps(to_plain(entry), ensure_ascii=False).encode()
        mark, sealed = self._sealed(plain, f"entry {entry.number}")
        self._base.execute(
            "INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", (entry.number, mark, sealed)
        )

    def _entry(self, number: int, mark: bytes, sealed: bytes) -> Entry:
        try:
            return from_plain(json.loads(self._opened(mark, sealed, f"entry {number}")))
        except (KeyError, TypeError, ValueError):
            raise self._damaged() from None

    def _sealed(self, content: bytes, name: str) -> tuple[bytes, bytes]:
        """Return the mark (nonce and tag) and the encrypted bytes of `content`."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self._secret).encrypt(nonce, content, name.encode())
        return nonce + sealed[-_TAG:], sealed[:-_TAG]

    def _opened(self, mark: bytes, sealed: bytes, name: str) -> bytes:
        try:
            whole = bytes(sealed) + mark[_NONCE:]
            return AESGCM(self._secret).decrypt(mark[:_NONCE], whole, name.encode())
        except (InvalidTag, ValueError, TypeError):
            raise self._damaged() from None

    def _check(self) -> None:
        try:
            format = int(self._value("format"))
            key = bytes(self._value("key")).decode()
        except (TypeError, ValueError):
            raise self._damaged() from None
        if format != FORMAT:
            raise RegisterError(
                REGISTER["register.format"].fill(name=self.path, found=format, known=FORMAT)
            )
        if key != self.key.id:
            raise RegisterError(
                REGISTER["register.key"].fill(name=self.path, found=key, given=self.key.id)
            )
        if not hmac.compare_digest(self._value("seal"), _seal(self._base, self._secret)):
            raise self._damaged()

    def _value(self, name: str) -> Any:
        row = self._base.execute("SELECT value FROM book WHERE name = ?", (name,)).fetchone()
        return row[0] if row is not None else b""

    def _set(self, name: str, value: bytes) -> None:
        self._base.execute("INSERT OR REPLACE INTO book VALUES (?, ?)", (name, value))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, sealed at its end; nothing is written if it fails."""
        with self._reported():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._set("turn", str(self.turn + 1).encode())
                self._set("seal", _seal(self._base, self._secret))
                self._base.execute("COMMIT")
            finally:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")

    @contextlib.contextmanager
    def _reported(self) -> Iterator[None]:
        """What the database complains of, as an error of the register."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):  # empty, or some other database
                raise self._damaged() from None
            why = database_cause(str(error))
            raise RegisterError(
                REGISTER["register.unusable"].fill(name=self.path, why=why)
            ) from None
        except (sqlite3.DatabaseError, OverflowError):
            raise self._damaged() from None

    def _damaged(self) -> RegisterError:
        return RegisterError(REGISTER["register.damaged"].fill(name=self.path))


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_WAIT, isolation_level=None)


def _numbered(entry: Entry, number: int) -> Entry:
    return replace(entry, number=number, id=entry.id or f"R{number:06d}")


def _seal(base: sqlite3.Connection, secret: bytes) -> bytes:
    """A keyed digest of all that is there: of pieces their marks, which bind their content."""
    seal = hmac.new(secret, digestmod=hashlib.sha256)
    for said in (
        "SELECT name, value FROM book WHERE name <> 'seal' ORDER BY name",
        "SELECT number, mark FROM entry ORDER BY number",
        "SELECT id, kind, rows, mark FROM segment ORDER BY id",
    ):
        for row in base.execute(said):
            seal.update(repr(row).encode())
        seal.update(b"\0")
    return seal.digest()
