"""Keys of a register: who may write and read it, who may only look for what is in it.

The office's key (`register`) stays with the documents. From it follow, by HKDF-SHA256 (RFC
5869): the secret of the fingerprints, the key under which entries are stored, the one of titles
and document numbers, and an Ed25519 key that signs what is exported. The key for scanning
(`scan`) holds of these the first and the third and the public half of the last: with it
passages are found and signatures checked, entries are not read and nothing can be signed.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from markscan.errors import RegisterError
from markscan.fingerprint import CIPHERS
from markscan.wording import REGISTER
from markscan.wording.system import system_cause

Kind = Literal["register", "scan"]

FORMAT = "markscan-key/1"
_ROOT = 32  # bytes of the secret from which all others follow


@dataclass(frozen=True, slots=True)
class Key:
    """The secrets of one register. `entries` and `signing` are None in a key for scanning.

    `id` names the key and tells nothing of it: eight bytes as hexadecimal digits.
    """

    id: str
    cipher: str
    prints: bytes = field(repr=False)
    names: bytes = field(repr=False)
    verifying: bytes = field(repr=False)
    entries: bytes | None = field(default=None, repr=False)
    signing: bytes | None = field(default=None, repr=False)

    @classmethod
    def of(cls, root: bytes, cipher: str = "aes") -> Key:
        """Return the office's key that follows from the secret `root` (32 bytes)."""
        signing = _follow(root, b"markscan signing")
        private = Ed25519PrivateKey.from_private_bytes(signing)
        return cls(
            id=_follow(root, b"markscan key id")[:8].hex(),
            cipher=cipher,
            prints=_follow(root, b"markscan fingerprints"),
            names=_follow(root, b"markscan names"),
            verifying=private.public_key().public_bytes(
                serialization.Encoding.Raw, serialization.PublicFormat.Raw
            ),
            entries=_follow(root, b"markscan entries"),
            signing=signing,
        )

    @property
    def kind(self) -> Kind:
        """`register` for the office's key, `scan` for one that only scans."""
        return "scan" if self.entries is None else "register"

    def sign(self, content: bytes) -> bytes:
        """Return the signature (64 bytes) of `content`.

        Raises:
            RegisterError: this key only scans.
        """
        if self.signing is None:
            raise RegisterError(REGISTER["key.only-scans"])
        return Ed25519PrivateKey.from_private_bytes(self.signing).sign(content)

    def verifies(self, signature: bytes, content: bytes) -> bool:
        """Whether `signature` is one of `content` by the office that this key is from."""
        try:
            Ed25519PublicKey.from_public_bytes(self.verifying).verify(signature, content)
        except InvalidSignature:
            return False
        return True


def new_key(path: Path, cipher: str = "aes") -> Key:
    """Make a key, write it to the new file `path` that only its owner may read, return it.

    Raises:
        RegisterError: the file exists, or cannot be written.
    """
    root = secrets.token_bytes(_ROOT)
    _write(path, {"format": FORMAT, "kind": "register", "cipher": cipher, "secret": root.hex()})
    return Key.of(root, cipher)


def write_scan_key(key: Key, path: Path) -> None:
    """Write of `key` what is needed for scanning to the new file `path`.

    Raises:
        RegisterError: the file exists, or cannot be written.
    """
    said = {"format": FORMAT, "kind": "scan", "cipher": key.cipher, "id": key.id}
    parts = {"prints": key.prints, "names": key.names, "verifying": key.verifying}
    _write(path, said | {name: secret.hex() for name, secret in parts.items()})


def read_key(path: Path) -> Key:
    """Return the key in the file `path`.

    Raises:
        RegisterError: it cannot be read, or is no key of this format.
    """
    try:
        said = json.loads(path.read_text("utf-8-sig"))
        return _read(said)
    except OSError as error:
        why = system_cause(error)
        raise RegisterError(REGISTER["key.unread"].fill(name=path, why=why)) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RegisterError(REGISTER["key.wrong"].fill(name=path)) from None


def _read(said: dict[str, Any]) -> Key:
    if said["format"] != FORMAT or said["cipher"] not in CIPHERS:
        raise ValueError("format")
    if said["kind"] == "register":
        return Key.of(_secret(said["secret"]), said["cipher"])
    if said["kind"] != "scan":
        raise ValueError("kind")
    names = ("prints", "names", "verifying")
    return Key(str(said["id"]), said["cipher"], *(_secret(said[name]) for name in names))


def _follow(root: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=purpose).derive(root)


def _secret(written: str) -> bytes:
    secret = bytes.fromhex(written)
    if len(secret) != _ROOT:
        raise ValueError("length")
    return secret


def _write(path: Path, said: dict[str, str]) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write((json.dumps(said, indent=1) + "\n").encode())
    except FileExistsError:
        raise RegisterError(REGISTER["key.exists"].fill(name=path)) from None
    except OSError as error:
        why = system_cause(error)
        raise RegisterError(REGISTER["key.unwritten"].fill(name=path, why=why)) from None
