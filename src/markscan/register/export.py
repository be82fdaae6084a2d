"""The export: what of a register may be carried to an unclassified machine, signed.

One file: a line of JSON that names the columns, the columns, and behind them the signature
(Ed25519) of all before it. It holds fingerprints whose payloads are hidden, keyed digests of
titles and document numbers, and of each entry only what the office lets out.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.errors import RegisterError
from markscan.fingerprint import Prints
from markscan.register.entry import Entry, from_plain, to_plain
from markscan.register.index import Index
from markscan.register.keys import Key
from markscan.register.names import Names
from markscan.register.register import Register, numbered
from markscan.wording import REGISTER
from markscan.wording.system import cause

FORMAT = "markscan-register/2"
_FAMILY = FORMAT.partition("/")[0]
_SIGNATURE = 64
_ALIGN = 64
_LONGEST_HEAD = 1 << 30


@dataclass(frozen=True, slots=True)
class Said:
    """What an export says of itself before it is opened."""

    format: str
    key: str
    entries: int
    rows: int


def write_export(
    path: Path, key: Key, entries: list[Entry], index: Index, names: Names, turn: int = 0
) -> None:
    """Write the new file `path`, signed with `key`.

    Args:
        path: of the file.
        key: that of the office.
        entries: what is let out of each.
        index: the fingerprints.
        names: digests of titles and numbers.
        turn: how often the register was changed.

    Raises:
        RegisterError: the file exists or cannot be written, or the key only scans.
    """
    columns = index.columns | names.columns
    body, told = _packed(columns)
    said = {
        "format": FORMAT,
        "key": key.id,
        "turn": turn,
        "columns": told,
        "entries": [to_plain(entry) for entry in entries],
    }
    head = json.dumps(said, ensure_ascii=False).encode()
    head += b" " * (-(len(head) + 1) % _ALIGN) + b"\n"
    signature = key.sign(_digest(head, body))
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            for piece in (head, body, signature):
                file.write(piece)
    except FileExistsError:
        raise RegisterError(REGISTER["register.exists"].fill(name=path)) from None
    except OSError as error:
        why = cause(error)
        raise RegisterError(REGISTER["register.unwritten"].fill(name=path, why=why)) from None


def is_export(path: Path) -> bool:
    """Whether the file at `path` begins like an export, of whatever version."""
    try:
        with path.open("rb") as file:
            return file.read(64).startswith(b'{"format": "%s/' % _FAMILY.encode())
    except OSError:
        return False


def read_export(path: Path, key: Key) -> Register:
    """Return the register in the export `path`; its signature is checked first.

    The file is mapped into memory: processes share it.

    Raises:
        RegisterError: it is of another version or key, was changed, or cannot be read.
    """
    try:
        raw = np.asarray(np.memmap(path, np.uint8, "r"))
    except (OSError, ValueError) as error:
        why = cause(error)
        raise RegisterError(REGISTER["register.unusable"].fill(name=path, why=why)) from None
    try:
        end = _head_end(raw)
        said = json.loads(bytes(raw[:end]))
        format, signer = str(said["format"]), str(said["key"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _damaged(path) from None
    if format != FORMAT:
        raise RegisterError(REGISTER["register.format"].fill(name=path, found=format, known=FORMAT))
    if signer != key.id:
        raise RegisterError(REGISTER["register.key"].fill(name=path, found=signer, given=key.id))
    head, body, signature = raw[:end], raw[end:-_SIGNATURE], raw[-_SIGNATURE:]
    digest = _digest(head, body)
    if not key.verifies(bytes(signature), digest):
        raise RegisterError(REGISTER["register.signature"].fill(name=path))
    try:
        columns = _unpacked(body, said["columns"])
        return Register(
            entries=numbered(from_plain(plain) for plain in said["entries"]),
            index=Index.unpack(columns),
            prints=Prints(key.prints, key.cipher),
            names=Names.unpack(columns, key.names),
            identity=digest.hex(),
            turn=int(said["turn"]),
        )
    except (ValueError, KeyError, TypeError):
        raise _damaged(path) from None


def _head_end(raw: NDArray[np.uint8]) -> int:
    """Where the line of JSON ends."""
    if len(raw) <= _SIGNATURE:
        raise ValueError("short")
    for start in range(0, min(len(raw), _LONGEST_HEAD), 1 << 20):
        found = np.flatnonzero(raw[start : start + (1 << 20)] == ord("\n"))
        if len(found):
            end = start + int(found[0]) + 1
            if end + _SIGNATURE > len(raw):
                break
            return end
    raise ValueError("head")


def _packed(
    columns: Mapping[str, NDArray[Any]],
) -> tuple[bytearray, list[tuple[str, str, int, int]]]:
    told: list[tuple[str, str, int, int]] = []
    at = 0
    arrays = {name: np.ascontiguousarray(column) for name, column in columns.items()}
    for name, array in arrays.items():
        told.append((name, array.dtype.str, len(array), at))
        at += -(-array.nbytes // _ALIGN) * _ALIGN
    body = bytearray(at)
    for array, (*_, start) in zip(arrays.values(), told, strict=True):
        body[start : start + array.nbytes] = array.view(np.uint8).data
    return body, told


def _unpacked(body: NDArray[np.uint8], told: list[Any]) -> dict[str, NDArray[Any]]:
    columns = {}
    for name, kind, count, start in told:
        dtype = np.dtype(kind)
        if dtype.kind != "u":
            raise ValueError("dtype")
        columns[name] = body[start : start + dtype.itemsize * count].view(dtype)
        if len(columns[name]) != count:
            raise ValueError("length")
    return columns


def _digest(head: Any, body: Any) -> bytes:
    made = hashlib.blake2b(b"markscan register export\0", digest_size=64)
    made.update(len(head).to_bytes(8, "little"))
    made.update(head)
    made.update(body)
    return made.digest()


def _damaged(path: Path) -> RegisterError:
    return RegisterError(REGISTER["register.damaged"].fill(name=path))
