"""Reads the manifest of an OpenDocument package, and opens what is encrypted in it.

OASIS OpenDocument 1.3 part 2, 3.4 and 4.8: AES in CBC mode, the key made of the password by
PBKDF2. Other ways are told as encrypted.
"""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64decode
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from markscan.extract.markup import by_local_name, read_events

_MOST_ROUNDS = 1_000_000
_KEY_SIZES = (16, 24, 32)


@dataclass(slots=True)
class Lock:
    """How one entry is encrypted, as the manifest says; what is missing is as in ODF 1.1."""

    algorithm: str = ""
    vector: bytes = b""
    derivation: str = ""
    salt: bytes = b""
    rounds: int = 0
    key_size: int = 16
    start_key: str = "sha1"
    checksum_type: str = ""
    checksum: bytes = b""
    size: int = 0  # of the entry, unpacked

    def open(self, data: bytes, password: str) -> bytes | None:
        """Return what lies behind `password`, still deflated; None if it is the wrong one."""
        if "aes" not in self.algorithm or "cbc" not in self.algorithm:
            return None
        if "pbkdf2" not in self.derivation or not 0 < self.rounds <= _MOST_ROUNDS:
            return None
        data = data[: len(data) // 16 * 16]
        if self.key_size not in _KEY_SIZES or len(self.vector) != 16 or not data:
            return None
        digest = "sha256" if "sha256" in self.start_key else "sha1"
        start = hashlib.new(digest, password.encode()).digest()
        key = hashlib.pbkdf2_hmac("sha1", start, self.salt, self.rounds, self.key_size)
        cipher = Cipher(algorithms.AES(key), modes.CBC(self.vector)).decryptor()
        plain = cipher.update(data) + cipher.finalize()
        plain = plain[: -plain[-1]] if 1 <= plain[-1] <= 16 else plain
        return plain if self._fits(plain) else None

    def _fits(self, plain: bytes) -> bool:
        digest = hashlib.sha256 if "sha256" in self.checksum_type else hashlib.sha1
        sample = plain[:1024] if "1k" in self.checksum_type else plain
        return digest(sample).digest() == self.checksum


def read_locks(data: bytes) -> dict[str, Lock]:
    """Return the lock of each entry that a META-INF/manifest.xml says is encrypted."""
    locks: dict[str, Lock] = {}
    entry = {"path": "", "size": "0"}

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        said = by_local_name(attributes)
        if local == "file-entry":
            entry["path"], entry["size"] = said.get("full-path", ""), said.get("size", "0")
        elif local == "encryption-data":
            locks[entry["path"]] = Lock(
                checksum_type=said.get("checksum-type", "").lower(),
                checksum=_decode(said.get("checksum", "")),
                size=_number(entry["size"]),
            )
        elif entry["path"] in locks:
            _take(locks[entry["path"]], local, said)

    read_events(data, start)
    return locks


def _take(lock: Lock, element: str, said: dict[str, str]) -> None:
    if element == "algorithm":
        lock.algorithm = said.get("algorithm-name", "").lower()
        lock.vector = _decode(said.get("initialisation-vector", ""))
    elif element == "key-derivation":
        lock.derivation = said.get("key-derivation-name", "").lower()
        lock.salt = _decode(said.get("salt", ""))
        lock.rounds = _number(said.get("iteration-count", "0"))
        lock.key_size = _number(said.get("key-size", "16"))
    elif element == "start-key-generation":
        lock.start_key = said.get("start-key-generation-name", "").lower()


def _decode(text: str) -> bytes:
    try:
        return b64decode(text)
    except (binascii.Error, ValueError):
        return b""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0
