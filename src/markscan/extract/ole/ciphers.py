"""Decrypts the binary formats of Office with a password, without touching the disk.

What protects a doc, xls or ppt: RC4 and RC4 of CryptoAPI, and in workbooks a mere exclusive
or. Sources: [MS-OFFCRYPTO] 2.3.5-2.3.7, [MS-DOC] 2.2.6, [MS-XLS] 2.2.10, [MS-PPT] 2.3.7.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm
from msoffcrypto.exceptions import DecryptionError
from msoffcrypto.method.rc4 import DocumentRC4
from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI
from msoffcrypto.method.xor_obfuscation import DocumentXOR

from markscan.extract.ole.compound import Compound
from markscan.extract.ole.rebuild import rebuild

# Takes a password; returns the decrypted file, None if the password is wrong.
_Opener = Callable[[str], bytes | None]

# All that the libraries raise for broken data.
BROKEN = (
    DecryptionError,
    UnsupportedAlgorithm,
    struct.error,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    OverflowError,
    OSError,
)

# Records of a workbook that are never encrypted [MS-XLS] 2.2.10.
_PLAIN = frozenset((0x0809, 0x002F, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138))
_SHEET, _FILE_PASS, _NO_RECORD = 0x0085, 0x002F, 0x7FFF
_FIB_PLAIN = 68  # bytes of the stream WordDocument that stay as they are
_FIB_LOCKED = 0x8100
_CLEAR = struct.pack("<I", 0xE391C05F)
_USER_EDIT, _PERSIST, _SESSION = 0x0FF5, 0x1772, 0x2F14
_MOST_EDITS = 1000
_ROTATE = bytes((n >> 5 | n << 3) & 0xFF for n in range(256))


class _Lock(NamedTuple):
    """What a file says of its encryption; `bits` is 0 for RC4 without CryptoAPI."""

    salt: bytes
    verifier: bytes
    digest: bytes
    bits: int

    def fits(self, password: str) -> bool:
        """Tell whether this is the password."""
        if not self.bits:
            return bool(DocumentRC4.verifypw(password, self.salt, self.verifier, self.digest))
        return bool(
            DocumentRC4CryptoAPI.verifypw(
                password, self.salt, self.bits, self.verifier, self.digest
            )
        )

    def open(self, password: str, data: bytes, size: int, block: int = 0) -> bytes:
        """Return `data` decrypted, with a new key for each `size` bytes."""
        file = io.BytesIO(data)
        if not self.bits:
            plain = DocumentRC4.decrypt(password, self.salt, file, blocksize=size)
        else:
            plain = DocumentRC4CryptoAPI.decrypt(
                password, self.salt, self.bits, file, blocksize=size, block=block
            )
        return bytes(plain.getvalue())


def open_document(compound: Compound, passwords: tuple[str, ...]) -> bytes | None:
    """Return the document without its encryption; None if none of the passwords opens it."""
    try:
        opener = _opener(compound)
        if opener is None:
            return None
        return next((plain for plain in map(opener, passwords) if plain is not None), None)
    except BROKEN:
        return None


def _opener(compound: Compound) -> _Opener | None:
    for name, make in (
        ("WordDocument", _document),
        ("Workbook", _workbook),
        ("Book", _workbook),
        ("PowerPoint Document", _presentation),
    ):
        data = compound.read(name)
        if data:
            return make(compound, name, data)
    return None


def _read_lock(data: bytes) -> _Lock:
    """Return what an encryption header says [MS-OFFCRYPTO] 2.3.5.1, 2.3.6.1."""
    major, minor = struct.unpack_from("<HH", data)
    if (major, minor) == (1, 1):
        salt, verifier, digest = struct.unpack_from("<16s16s16s", data, 4)
        return _Lock(salt, verifier, digest, 0)
    if major not in (2, 3, 4) or minor != 2:
        raise ValueError("unknown encryption")
    size = struct.unpack_from("<I", data, 8)[0]
    bits = struct.unpack_from("<I", data, 28)[0] or 40
    salt, verifier, digest = struct.unpack_from("<4x16s16s4x20s", data, 12 + size)
    return _Lock(salt, verifier, digest, bits)


def _document(compound: Compound, name: str, main: bytes) -> _Opener | None:
    flags = struct.unpack_from("<H", main, 10)[0]
    if flags & _FIB_LOCKED != 0x0100:
        return None
    tables = "1Table" if flags & 0x0200 else "0Table"
    table = compound.read(tables) or b""
    lock = _read_lock(table)

    def open_with(password: str) -> bytes | None:
        if not lock.fits(password):
            return None
        plain = lock.open(password, main, 512)
        head = main[:10] + struct.pack("<H", flags & ~_FIB_LOCKED) + main[12:_FIB_PLAIN]
        changed = {name.lower(): head + plain[_FIB_PLAIN:]}
        changed[tables.lower()] = lock.open(password, table, 512)
        data = compound.read("Data")
        if data:
            changed["data"] = lock.open(password, data, 512)
        return rebuild(compound, changed)

    return open_with


def _workbook(compound: Compound, name: str, data: bytes) -> _Opener | None:
    records = _records(data)
    start = next((at for at, code, _ in records[:64] if code == _FILE_PASS), None)
    if start is None:
        return None
    kind = struct.unpack_from("<H", data, start)[0]
    if kind == 0:
        check = struct.unpack_from("<H", data, start + 4)[0]

        def unmask(password: str) -> bytes | None:
            if not 0 < len(password) < 16 or not DocumentXOR.verifypw(password, check):
                return None
            plain = _unmask(data, records, bytes(DocumentXOR.create_xor_array_method1(password)))
            return rebuild(compound, {name.lower(): _with_heads(data, plain, records)})

        return unmask
    lock = _read_lock(data[start + 2 :])

    def open_with(password: str) -> bytes | None:
        if not lock.fits(password):
            return None
        plain = lock.open(password, data, 1024)
        return rebuild(compound, {name.lower(): _with_heads(data, plain, records)})

    return open_with


def _records(data: bytes) -> list[tuple[int, int, int]]:
    """Return where each record's data begins, its number and length."""
    found: list[tuple[int, int, int]] = []
    at = 0
    while at + 4 <= len(data):
        code, size = struct.unpack_from("<HH", data, at)
        found.append((at + 4, code, min(size, len(data) - at - 4)))
        at += 4 + size
    return found


def _with_heads(data: bytes, plain: bytes, records: list[tuple[int, int, int]]) -> bytes:
    """Return `plain` with what is not encrypted in `data`, and without its lock."""
    out = bytearray(plain)
    for at, code, size in records:
        kept = size if code in _PLAIN else 4 if code == _SHEET else 0
        out[at - 4 : at + kept] = data[at - 4 : at + kept]
        if code == _FILE_PASS:
            struct.pack_into("<H", out, at - 4, _NO_RECORD)
    return bytes(out)


def _unmask(data: bytes, records: list[tuple[int, int, int]], key: bytes) -> bytes:
    """Undo an exclusive or, whose key goes on from the end of each record."""
    stream = key * (65536 // len(key) + 2)
    out = bytearray(data)
    for at, _, size in records:
        shift = (at + size) % len(key)
        mask = int.from_bytes(stream[shift : shift + size], "big")
        mixed = int.from_bytes(data[at : at + size], "big") ^ mask
        out[at : at + size] = mixed.to_bytes(size, "big").translate(_ROTATE)
    return bytes(out)


def _presentation(compound: Compound, name: str, data: bytes) -> _Opener | None:
    user = compound.read("Current User") or b""
    edit = struct.unpack_from("<I", user, 16)[0]
    places: dict[int, int] = {}
    session = None
    for _ in range(_MOST_EDITS):
        code, length, before, persist = struct.unpack_from("<2xHI8xII", data, edit)
        if code != _USER_EDIT:
            break
        if length >= 0x20 and session is None:
            session = struct.unpack_from("<I", data, edit + 36)[0]
        places = {**_persist(data, persist), **places}
        if not before:
            break
        edit = before
    if session not in places:
        return None
    at = places.pop(session)
    lock = _read_lock(data[at + 8 :])

    def open_with(password: str) -> bytes | None:
        if not lock.fits(password):
            return None
        out = bytearray(data)
        left = 2 * len(data)  # objects do not overlap
        for number, place in places.items():
            head = lock.open(password, data[place : place + 8], 8, number)
            size = 8 + struct.unpack_from("<I", head, 4)[0]
            stretch = data[place : place + size]
            left -= len(stretch)
            if left < 0:
                raise ValueError("objects overlap")
            if stretch:
                plain = lock.open(password, stretch, len(stretch), number)
                out[place : place + len(stretch)] = plain
        changed = {"current user": user[:12] + _CLEAR + user[16:], name.lower(): bytes(out)}
        return rebuild(compound, changed)

    return open_with


def _persist(data: bytes, at: int) -> dict[int, int]:
    """Return where the objects of one directory lie, by their number [MS-PPT] 2.3.4."""
    code, length = struct.unpack_from("<2xHI", data, at)
    if code != _PERSIST:
        return {}
    places: dict[int, int] = {}
    at += 8
    end = min(at + length, len(data))
    while at + 4 <= end:
        head = struct.unpack_from("<I", data, at)[0]
        first, count = head & 0xFFFFF, min(head >> 20, (end - at - 4) // 4)
        offsets = struct.unpack_from(f"<{count}I", data, at + 4)
        places |= dict(zip(range(first, first + count), offsets, strict=True))
        at += 4 + 4 * count
    return places
