"""Opens encrypted zip members: the cipher of PKZIP (APPNOTE 6.1) and AES of WinZip."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import BinaryIO

from markscan.errors import EncryptedFile, LimitExceeded, UnreadError, UnsupportedFormat
from markscan.extract.archive.ciphers import open_winzip, spellings
from markscan.extract.archive.coders import (
    BROKEN,
    Limited,
    Slice,
    Stream,
    bunzipped,
    inflated,
)

_STRONG = 0x40  # flag: encrypted by a certificate or a scheme that is not public
_AES_FIELD = 0x9901
# The cipher of PKZIP goes byte by byte: about a second for each megabyte.
_MOST_PKZIP = 8 << 20
_STEP = 1 << 20


class Locked(Exception):
    """A member that was not opened."""

    def __init__(self, problem: UnreadError) -> None:
        super().__init__(problem.reason)
        self._problem = problem

    def told(self, name: str) -> UnreadError:
        """Return the problem with the name of the member."""
        return type(self._problem)(self._problem.reason, **self._problem.values, name=name)


def unlock(
    archive: zipfile.ZipFile, file: BinaryIO, entry: zipfile.ZipInfo, passwords: tuple[str, ...]
) -> bytes:
    """Return the content of an encrypted member, at most one byte more than it declares.

    Raises:
        Locked: no password fits, or nobody here can use it.
        ValueError, and what zipfile raises: the member is damaged.
    """
    if entry.compress_type == 99:
        return _winzip(file, entry, passwords)
    if entry.flag_bits & _STRONG:
        raise Locked(EncryptedFile("archive.encrypted-member"))
    return _pkzip(archive, entry, passwords)


def _pkzip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, passwords: tuple[str, ...]) -> bytes:
    for password in spellings(passwords):
        try:
            # Opening reads the twelve bytes that check the password, by one byte of it; a
            # wrong one in 256 passes and fails by the checksum.
            with archive.open(entry, pwd=password) as member:
                if entry.compress_size > _MOST_PKZIP:
                    raise Locked(LimitExceeded("archive.slow-cipher"))
                return member.read(entry.file_size + 1)
        except (*BROKEN, RuntimeError, zipfile.BadZipFile):
            continue
    raise Locked(EncryptedFile("archive.encrypted-member"))


def _winzip(file: BinaryIO, entry: zipfile.ZipInfo, passwords: tuple[str, ...]) -> bytes:
    field = _field(entry.extra)
    if field is None:
        raise ValueError("no field of its cipher")
    strength, method = field
    if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2):
        raise Locked(UnsupportedFormat("archive.method", method=method))
    file.seek(entry.header_offset)
    header = file.read(30)
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise ValueError("no local header")
    begin = entry.header_offset + 30 + sum(struct.unpack_from("<HH", header, 26))
    packed = _all(Slice(file, begin, entry.compress_size), entry.compress_size)
    plain = open_winzip(packed, strength, passwords)
    if plain is None:
        raise Locked(EncryptedFile("archive.encrypted-member"))
    return _unpacked(plain, method, entry.file_size + 1)


def _unpacked(plain: bytes, method: int, most: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return plain[:most]
    source = io.BytesIO(plain)
    return _all(inflated(source) if method == zipfile.ZIP_DEFLATED else bunzipped(source), most)


def _all(stream: Stream, most: int) -> bytes:
    stream = Limited(stream, most)
    return b"".join(iter(lambda: stream.read(_STEP), b""))


def _field(extra: bytes) -> tuple[int, int] | None:
    """Return the strength and the real method from the extra field of WinZip AES."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _AES_FIELD and at + 11 <= len(extra):
            strength, method = struct.unpack_from("<BH", extra, at + 8)
            return strength, method
        at += 4 + size
    return None
