"""Sealed lists: for an office whose list of terms is itself sensitive.

    magic 16 bytes "MARKSCAN-SEALED\\n" | version 1 | log2 N, r, p of scrypt, 1 byte each
    | salt 16 | nonce 12 | AES-256-GCM of what was sealed, with its tag

All before the ciphertext is authenticated with it. The key is scrypt of the passphrase (in
NFC, as UTF-8) and the salt. What was sealed is the length of the list's name (2 bytes, most
significant first), that name in UTF-8, and the content of the list as it was. A sealed list is
opened in memory only. What it does not hide is its length.
"""

from __future__ import annotations

import os
import struct
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markscan.errors import LexiconError
from markscan.termlist.decoding import decoded
from markscan.termlist.files import cause
from markscan.termlist.term import Source
from markscan.wording import Text

MAGIC = b"MARKSCAN-SEALED\n"
SUFFIX = ".sealed"
VERSION = 1
KEY_VARIABLE = "MARKSCAN_TERMS_KEY_FILE"
SHORTEST_PASSPHRASE = 12  # characters

_COST = (17, 8, 1)  # log2 N, r, p: 128 MB and about half a second
_DEAREST = (20, 16, 4)  # a file that asks for more is no file of ours
_HEAD = struct.Struct(f">{len(MAGIC)}s4B16s12s")
_TAG = 16
_NAME = struct.Struct(">H")


@dataclass(frozen=True, slots=True)
class Opened:
    """What came out of a sealed file: the list, and a secret for what is kept of it."""

    source: Source
    secret: bytes  # 32 bytes; changes with passphrase and salt


def is_sealed(content: bytes) -> bool:
    """Return whether `content` is that of a sealed file, whole or cut short."""
    return content.startswith(MAGIC)


def seal(name: str, content: bytes, passphrase: str) -> bytes:
    """Return the sealed file of the list `name`.

    Raises:
        LexiconError: the passphrase is too short.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise LexiconError(
            Text(
                f"口令不足 {SHORTEST_PASSPHRASE} 个字符",
                f"the passphrase has fewer than {SHORTEST_PASSPHRASE} characters",
            )
        )
    salt, nonce = os.urandom(16), os.urandom(12)
    head = _HEAD.pack(MAGIC, VERSION, *_COST, salt, nonce)
    told = name.encode("utf-8", "surrogatepass")
    key = _key(passphrase, salt, *_COST)
    return head + AESGCM(key).encrypt(nonce, _NAME.pack(len(told)) + told + content, head)


def unseal(path: Path, content: bytes, passphrase: str) -> Opened:
    """Return what the sealed file at `path` holds.

    Raises:
        LexiconError: there is no passphrase or a wrong one, the file is cut short, changed,
            or sealed by a newer version of this program.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    file = Source(path, path.name, b"", sealed=True)
    if len(content) > len(MAGIC) and content[len(MAGIC)] > VERSION:
        raise file.wrong(
            "由更新版本的 MarkScan 密封，请升级", "was sealed by a newer MarkScan; update this one"
        )
    if len(content) < _HEAD.size + _TAG + _NAME.size:
        raise file.wrong("密封文件不完整", "the sealed file is cut short")
    if not passphrase:
        raise file.wrong(
            f"密封词库需要口令：请设置 [terms] key-file 或环境变量 {KEY_VARIABLE}",
            f"a sealed list needs a passphrase: set [terms] key-file or {KEY_VARIABLE}",
        )
    head = content[: _HEAD.size]
    _, version, *cost, salt, nonce = _HEAD.unpack(head)
    if version < 1 or any(told > most for told, most in zip(cost, _DEAREST, strict=True)):
        raise file.wrong("密封文件已损坏", "the sealed file is damaged")
    try:
        key = _key(passphrase, salt, *cost)
        opened = AESGCM(key).decrypt(nonce, content[_HEAD.size :], head)
    except (InvalidTag, ValueError):
        raise file.wrong(
            "口令不对，或者文件不完整、被改动过",
            "the passphrase is wrong, or the file is cut short or was changed",
        ) from None
    (length,) = _NAME.unpack_from(opened)
    name = opened[_NAME.size : _NAME.size + length].decode("utf-8", "surrogatepass")
    source = Source(path, name, opened[_NAME.size + length :], sealed=True)
    return Opened(source, _derived(key))


def read_passphrase(path: Path) -> str:
    """Return the passphrase in the file at `path`: its first line, without blanks at its end.

    The file may be in any encoding that a list may be in.

    Raises:
        LexiconError: the file cannot be read, or its first line is empty.
    """
    try:
        text = decoded(Source(path, path.name, path.read_bytes()))
    except OSError as error:
        raise _no_passphrase(path, cause(path, error)) from None
    except LexiconError:
        why = Text("不是 UTF-8 或 GB18030 编码", "it is neither in UTF-8 nor in GB 18030")
        raise _no_passphrase(path, why) from None
    passphrase = text.partition("\n")[0].rstrip()
    if not passphrase:
        raise LexiconError(
            Text(
                f"词库口令文件“{path}”的第一行是空的",
                f'the first line of "{path}", the passphrase of term lists, is empty',
            )
        )
    return passphrase


def _no_passphrase(path: Path, why: Text) -> LexiconError:
    return LexiconError(
        Text(
            f"无法读取词库口令文件“{path}”：{why.zh}",
            f'cannot read the passphrase of term lists from "{path}": {why.en}',
        )
    )


def named_passphrase() -> str:
    """Return the passphrase in the file that the environment names; "" if it names none.

    Raises:
        LexiconError: as `read_passphrase`.
    """
    path = os.environ.get(KEY_VARIABLE)
    return read_passphrase(Path(path)) if path else ""


@lru_cache(maxsize=8)
def _key(passphrase: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    told = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Scrypt(salt=salt, length=32, n=1 << log_n, r=r, p=p).derive(told)


def _derived(key: bytes) -> bytes:
    """Return a secret that tells nothing of `key`."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=None, info=b"markscan cached columns").derive(key)
