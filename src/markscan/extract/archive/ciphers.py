"""AES as archives use it: the keys from the passwords, the plain bytes from the stream."""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB

from markscan.extract.archive.coders import Stream

_STEP = 1 << 16
_BLOCK = 16


def spellings(passwords: tuple[str, ...]) -> Iterator[bytes]:
    """Yield every password in the encodings that Chinese systems hand to archivers."""
    for password in passwords:
        seen = set()
        for encoding in ("utf-8", "gb18030"):
            raw = password.encode(encoding, "replace")
            if raw not in seen:
                seen.add(raw)
                yield raw


class DecryptedCbc:
    """The plain bytes of a stream in AES-CBC; its last block may be padded."""

    def __init__(self, source: Stream, key: bytes, vector: bytes) -> None:
        self._source = source
        self._cipher = Cipher(AES(key), CBC(vector)).decryptor()
        self._plain = b""

    def read(self, most: int) -> bytes:
        """Return up to `most` bytes."""
        while not self._plain:
            data = self._source.read(_STEP)
            if not data:
                return b""
            # Whole blocks come out; the rest waits in the cipher.
            self._plain = self._cipher.update(data)
        data, self._plain = self._plain[:most], self._plain[most:]
        return data


def decrypt_counted(data: bytes, key: bytes) -> bytes:
    """Decrypt AES in counter mode, counting from one with the low byte first (WinZip)."""
    cipher = Cipher(AES(key), ECB()).encryptor()
    pieces = []
    for start in range(0, len(data), _STEP):
        piece = np.frombuffer(data[start : start + _STEP], np.uint8)
        blocks = -(-len(piece) // _BLOCK)
        counters = np.zeros((blocks, 2), "<u8")
        counters[:, 0] = np.arange(1, blocks + 1, dtype="<u8") + start // _BLOCK
        pad = np.frombuffer(cipher.update(counters.tobytes()), np.uint8)[: len(piece)]
        pieces.append((piece ^ pad).tobytes())
    return b"".join(pieces)


def open_winzip(data: bytes, strength: int, passwords: tuple[str, ...]) -> bytes | None:
    """Return what WinZip AES hides, still compressed; None where no password fits.

    Layout: salt, two bytes that check the password, the data, ten bytes of HMAC-SHA-1 (the
    AE-1 and AE-2 description of WinZip).

    Raises:
        ValueError: the data was changed or is not whole.
    """
    size = {1: 16, 2: 24, 3: 32}.get(strength)
    if size is None or len(data) < size // 2 + 12:
        raise ValueError("winzip")
    salt, check = data[: size // 2], data[size // 2 : size // 2 + 2]
    body, seal = data[size // 2 + 2 : -10], data[-10:]
    fitted = False
    for password in spellings(passwords):
        keys = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 2 * size + 2)
        if keys[-2:] != check:
            continue
        fitted = True
        if hmac.digest(keys[size : 2 * size], body, "sha1")[:10] == seal:
            return decrypt_counted(body, keys[:size])
    if fitted:
        raise ValueError("winzip")
    return None


@lru_cache(maxsize=64)
def sevenzip_key(password: str, salt: bytes, power: int) -> bytes:
    """Return the key of 7zAES: SHA-256 over 2^power rounds of salt, password and count."""
    raw = password.encode("utf-16-le", "surrogatepass")
    if power == 0x3F:
        return (salt + raw).ljust(32, b"\0")[:32]
    digest = hashlib.sha256()
    rounds = 1 << power
    step = min(rounds, 1 << 10)
    for start in range(0, rounds, step):
        counts = (struct.pack("<Q", count) for count in range(start, start + step))
        digest.update(b"".join(salt + raw + count for count in counts))
    return digest.digest()


@lru_cache(maxsize=64)
def rar4_key(password: str, salt: bytes) -> tuple[bytes, bytes]:
    """Return key and vector of RAR 3 and 4: SHA-1 over 2^18 rounds."""
    raw = password.encode("utf-16-le", "surrogatepass") + salt
    digest = hashlib.sha1(usedforsecurity=False)
    vector = b""
    for part in range(16):
        start = part << 14
        digest.update(raw + start.to_bytes(3, "little"))
        vector += digest.digest()[-1:]
        digest.update(
            b"".join(raw + n.to_bytes(3, "little") for n in range(start + 1, start + (1 << 14)))
        )
    key = struct.pack("<4I", *struct.unpack(">4I", digest.digest()[:16]))
    return key, vector


@lru_cache(maxsize=64)
def rar5_key(password: str, salt: bytes, power: int) -> tuple[bytes, bytes]:
    """Return the key of RAR 5 and the eight bytes that check its password."""
    rounds = 1 << power
    raw = password.encode("utf-8", "surrogatepass")
    key = hashlib.pbkdf2_hmac("sha256", raw, salt, rounds)
    seal = hashlib.pbkdf2_hmac("sha256", raw, salt, rounds + 32)
    folded = np.bitwise_xor.reduce(np.frombuffer(seal, np.uint8).reshape(4, 8), axis=0)
    return key, folded.tobytes()
