"""Keeps compiled columns on disk, so that processes start without compiling them again.

An entry is one file, named by the digest of what it was compiled from: a line of JSON that
names the columns, then the columns themselves. It holds numbers only and is mapped into
memory, where processes share it. It is read only if it lies in a folder that nobody else
may write to and its own digest is right. Entries made from a sealed list are encrypted
(AES-256-GCM) under a key of that list.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import secrets
import stat
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORMAT = 1
FOLDER = "MARKSCAN_CACHE"  # the environment variable that names another folder

_log = logging.getLogger(__name__)
_SUFFIX = ".columns"
# What this module names its files, whole and unfinished ones.
_OURS = re.compile(r"[a-z]+-[0-9a-f]{32}(?:\.columns|\.[0-9a-f]{16}\.part)")
_ALIGN = 64
_NONCE = 12
_KEPT = 60 * 24 * 3600  # seconds an entry stays that nobody reads


def folder() -> Path:
    """Return the folder of the cache, which need not exist yet."""
    named = os.environ.get(FOLDER)
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_cache_path("markscan", appauthor=False)


def load(kind: str, digest: bytes, secret: bytes | None = None) -> dict[str, NDArray[Any]] | None:
    """Return the columns saved under `kind` and `digest`; None if there are none to be trusted.

    Args:
        kind: what the columns are for, part of the name of the file.
        digest: of all that the columns were compiled from.
        secret: the key, 32 bytes, of an entry that was saved with one.
    """
    import numpy as np

    path = _path(kind, digest)
    try:
        if not _private(path.parent):
            return None
        raw: NDArray[np.uint8]
        if secret is None:
            raw = np.asarray(np.memmap(path, np.uint8, "r"))  # plain: its views cost less
        else:
            raw = np.frombuffer(_decrypted(path.read_bytes(), secret, path.name), np.uint8)
        columns = _unpack(raw)
    except (OSError, ValueError, KeyError, TypeError) as error:
        if not isinstance(error, FileNotFoundError):
            _log.info("cache entry %s is not used: %s", path.name, type(error).__name__)
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return columns


def save(
    kind: str, digest: bytes, columns: Mapping[str, NDArray[Any]], secret: bytes | None = None
) -> None:
    """Save `columns` under `kind` and `digest`. Never raises: a full disk only costs time.

    Args:
        kind: what the columns are for.
        digest: of all that they were compiled from.
        columns: arrays of numbers, by name.
        secret: a key of 32 bytes under which the entry is encrypted.
    """
    path = _path(kind, digest)
    raw = _pack(columns)
    if secret is not None:
        raw = _encrypted(raw, secret, path.name)
    half = path.with_suffix(f".{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _private(path.parent):
            return
        with os.fdopen(os.open(half, _NEW, 0o600), "wb") as file:
            file.write(raw)
        half.replace(path)  # another process may have been faster: with the same bytes
    except OSError as error:
        _log.info("cache entry %s is not kept: %s", path.name, error.strerror)
        with contextlib.suppress(OSError):
            half.unlink()
    _forget_old(path.parent)


def forget() -> tuple[int, int]:
    """Remove every entry; return how many went, and how many could not be removed."""
    gone = left = 0
    for path in _entries(folder()):
        try:
            path.unlink()
            gone += 1
        except FileNotFoundError:
            pass
        except OSError:  # on Windows another process may have it open
            left += 1
    return gone, left


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _path(kind: str, digest: bytes) -> Path:
    return folder() / f"{kind}-{digest.hex()[:32]}{_SUFFIX}"


def _private(place: Path) -> bool:
    """Whether nobody else may write there. On Windows the profile of the user sees to it."""
    if os.name == "nt":
        return True
    found = place.stat()
    good = found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if not good:
        _log.warning("cache folder %s is not used: others may write to it", place)
    return good


def _pack(columns: Mapping[str, NDArray[Any]]) -> bytes:
    import numpy as np

    rows: list[tuple[str, str, list[int], int]] = []
    at = 0
    arrays = [np.ascontiguousarray(column) for column in columns.values()]
    for name, array in zip(columns, arrays, strict=True):
        rows.append((name, array.dtype.str, list(array.shape), at))
        at += -(-array.nbytes // _ALIGN) * _ALIGN
    body = bytearray(at)
    for array, (*_, start) in zip(arrays, rows, strict=True):
        body[start : start + array.nbytes] = array.tobytes()
    said = {"format": FORMAT, "digest": _digest(body), "columns": rows}
    head = json.dumps(said).encode()
    return head + b" " * (-(len(head) + 1) % _ALIGN) + b"\n" + body


def _unpack(raw: NDArray[np.uint8]) -> dict[str, NDArray[Any]]:
    import numpy as np

    end = bytes(raw[: 1 << 16]).index(b"\n") + 1
    said = json.loads(bytes(raw[:end]))
    body = raw[end:]
    if said["format"] != FORMAT or said["digest"] != _digest(body):
        raise ValueError("digest")
    columns = {}
    for name, kind, shape, start in said["columns"]:
        dtype = np.dtype(kind)
        if dtype.hasobject:
            raise ValueError("dtype")
        stop = start + dtype.itemsize * int(np.prod(shape, dtype=np.int64))
        columns[name] = body[start:stop].view(dtype).reshape(shape)
    return columns


def _digest(body: Any) -> str:
    return hashlib.blake2b(body, digest_size=32).hexdigest()


def _encrypted(raw: bytes, secret: bytes, name: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, raw, name.encode())


def _decrypted(raw: bytes, secret: bytes, name: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(secret).decrypt(raw[:_NONCE], raw[_NONCE:], name.encode())
    except InvalidTag as error:
        raise ValueError("key") from error


def _forget_old(place: Path) -> None:
    """Remove what nobody has read for long, and what was never finished."""
    for path in _entries(place):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _KEPT:
                path.unlink()


def _entries(place: Path) -> list[Path]:
    """Return the files in `place` that bear a name of ours; no others are touched."""
    try:
        return [path for path in place.iterdir() if _OURS.fullmatch(path.name)]
    except OSError:
        return []
