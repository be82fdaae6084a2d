"""The headers of RAR 1.5 to 4 (technote.txt of RAR 4): reads them, and writes plain ones."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from markscan.extract.archive.ciphers import DecryptedCbc, rar4_key
from markscan.extract.archive.coders import Slice
from markscan.extract.archive.names import decode_name
from markscan.extract.archive.rar_headers import SIGNATURE_4, Cipher, Member

_MAIN, _FILE, _COMMENT, _SERVICE, _END = 0x73, 0x74, 0x75, 0x7A, 0x7B
_MAIN_VOLUME, _MAIN_COMMENT, _MAIN_SOLID, _MAIN_LOCKED = 0x0001, 0x0002, 0x0008, 0x0080
_BEFORE, _AFTER, _LOCKED, _REMARK, _SOLID = 0x01, 0x02, 0x04, 0x08, 0x10
_WINDOW, _LARGE, _UNICODE, _SALT, _DATA = 0xE0, 0x100, 0x200, 0x400, 0x8000
_UNIX = 3
_LINK = 0xA000
_FIELDS = struct.Struct("<IIBIIBBHI")
_LIKELY = re.compile(rb"..\x74.[\x80-\xff][\x20-\xff][\x00-\x0f]", re.S)
_SCAN = 4 << 20


class Walk4:
    """Goes over the blocks of an archive.

    Args:
        file: the archive.
        at: where its signature stands.
        passwords: tried where the headers are encrypted.
        most: members that are listed.
    """

    def __init__(self, file: BinaryIO, at: int, passwords: tuple[str, ...], most: int) -> None:
        self.members: list[Member] = []
        self.comments: list[bytes] = []
        self.is_locked = self.damaged = self.ended = False
        self.is_volume = self.more = self.lost_comment = False
        self._file = file
        self._passwords = passwords
        self._hidden = False  # the headers are encrypted
        self._length = file.seek(0, 2)
        self.end = at + len(SIGNATURE_4)
        while self.end < self._length and len(self.members) <= most:
            if not self._block() or self.ended:
                break
        # RAR before 2.9 wrote no block at the end.
        newer = any(member.version >= 29 for member in self.members)
        self.damaged |= not self.ended and (newer or self.end > self._length)

    def prologue(self, *, solid: bool) -> bytes:
        """Return the signature and the main header of a plain archive."""
        return SIGNATURE_4 + _framed(_MAIN, _MAIN_SOLID if solid else 0, bytes(6))

    def packed_as(self, member: Member, packed: int) -> bytes:
        """Return a file header for `member`, plain and with `packed` bytes behind it."""
        size = member.size or 0
        flags = _DATA | _LARGE | member.settings & _WINDOW | (_SOLID if member.solid else 0)
        fields = _FIELDS.pack(
            packed & 0xFFFFFFFF, size & 0xFFFFFFFF, _UNIX, member.crc or 0, 0,
            member.version, 0x30 + member.method, 1, 0x81A4,
        )  # fmt: skip
        high = struct.pack("<II", packed >> 32, size >> 32)
        return _framed(_FILE, flags, fields + high + b"a")

    def epilogue(self) -> bytes:
        """Return the block that ends an archive."""
        return _framed(_END, 0x4000, b"")

    def _block(self) -> bool:
        """Take in one block; tell whether to go on."""
        start = self.end
        header, data_at = self._header(start)
        if header is None:
            return not self.is_locked and self._resync(start)
        kind, flags = header[2], int.from_bytes(header[3:5], "little")
        following = data_at
        if kind in (_FILE, _SERVICE):
            try:
                member = _member(header, flags, data_at)
            except (struct.error, IndexError):
                return self._resync(start)
            following += member.packed
            self.members.append(member)
            self.lost_comment |= bool(flags & _REMARK) and kind == _FILE
        elif kind == _MAIN:
            self.is_volume = bool(flags & _MAIN_VOLUME)
            self._hidden = bool(flags & _MAIN_LOCKED)
            if flags & _MAIN_COMMENT:
                self._old_comment(header[13:])
        elif kind == _END:
            self.ended = True
            self.more = bool(flags & 0x01)
        elif flags & _DATA and len(header) >= 11:
            following += int.from_bytes(header[7:11], "little")
        self.end = following
        return True

    def _header(self, at: int) -> tuple[bytes | None, int]:
        """Return the header at a place and where its data begins; None if it is broken."""
        if self._hidden:
            return self._hidden_header(at)
        self._file.seek(at)
        head = self._file.read(7)
        if len(head) < 7:
            return None, at
        size = int.from_bytes(head[5:7], "little")
        header = head + self._file.read(max(size - 7, 0))
        return (header if _sound(header, size) else None), at + size

    def _hidden_header(self, at: int) -> tuple[bytes | None, int]:
        self._file.seek(at)
        salt = self._file.read(8)
        for password in self._passwords:
            stream = DecryptedCbc(Slice(self._file, at + 8, 1 << 17), *rar4_key(password, salt))
            plain = io.BytesIO(stream.read(1 << 17))
            head = plain.read(7)
            size = int.from_bytes(head[5:7], "little")
            header = head + plain.read(max(size - 7, 0))
            if _sound(header, size):
                self._passwords = (password,)
                return header, at + 8 + -(-size // 16) * 16
        self.is_locked = not self.members
        self.damaged |= bool(self.members)
        return None, at

    def _resync(self, at: int) -> bool:
        """Go to the next block of a file that is whole, if there is one."""
        self.damaged = True
        at += 1
        while not self._hidden and at < self._length:
            self._file.seek(at)
            window = self._file.read(_SCAN + 0x10000)
            for found in _LIKELY.finditer(window[: _SCAN + 7]):
                start = found.start()
                size = int.from_bytes(window[start + 5 : start + 7], "little")
                if _sound(window[start : start + size], size):
                    self.end = at + start
                    return True
            at += _SCAN
        return False

    def _old_comment(self, block: bytes) -> None:
        """Take in a comment that is part of the main header, as RAR 1.5 and 2 have it."""
        if len(block) >= 13 and block[2] == _COMMENT and block[10] == 0x30:
            self.comments.append(block[13 : int.from_bytes(block[5:7], "little")])
        else:
            self.lost_comment = True


def _sound(header: bytes, size: int) -> bool:
    if size < 7 or len(header) < size:
        return False
    kind, flags = header[2], int.from_bytes(header[3:5], "little")
    if _COMMENT <= kind < _SERVICE:
        return flags & _DATA != 0 and size < 0x100  # sub-blocks of RAR 2 are summed otherwise
    # A comment inside a header is not part of the checksum.
    if kind == _MAIN and flags & _MAIN_COMMENT:
        header = header[:13]
    elif kind == _FILE and flags & _REMARK and len(header) >= 32:
        header = header[: 32 + int.from_bytes(header[26:28], "little")]
    return zlib.crc32(header[2:]) & 0xFFFF == int.from_bytes(header[:2], "little")


def _member(header: bytes, flags: int, data_at: int) -> Member:
    packed, size, system, crc, _, version, method, length, attributes = _FIELDS.unpack_from(
        header, 7
    )
    at = 7 + _FIELDS.size
    if flags & _LARGE:
        high = struct.unpack_from("<II", header, at)
        packed, size, at = packed | high[0] << 32, size | high[1] << 32, at + 8
    raw = header[at : at + length]
    salt = header[at + length : at + length + 8] if flags & _SALT else b""
    is_link = system == _UNIX and attributes & 0xF000 == _LINK
    service = raw.decode("ascii", "replace") if header[2] == _SERVICE else ""
    return Member(
        name=service or _name(raw, flags),
        service=service,
        is_folder=not service and flags & _WINDOW == _WINDOW,
        target="" if is_link else None,
        at=data_at,
        packed=packed,
        size=None if size in (0xFFFFFFFF, (1 << 64) - 1) else size,
        crc=crc,
        method=max(method - 0x30, 0),
        version=version,
        settings=flags & _WINDOW,
        solid=bool(flags & _SOLID),
        before=bool(flags & _BEFORE),
        after=bool(flags & _AFTER),
        cipher=Cipher(salt) if flags & _LOCKED else None,
    )


def _name(raw: bytes, flags: int) -> str:
    if flags & _UNICODE and b"\0" in raw:
        plain, _, packed = raw.partition(b"\0")
        try:
            return "".join(map(chr, _characters(plain, packed))) or decode_name(plain)
        except IndexError:
            return decode_name(plain)
    return decode_name(raw)


def _characters(plain: bytes, packed: bytes) -> Iterator[int]:
    """Unpack a name: two bits say how many bytes of UTF-16 the next character takes."""
    high = packed[0] << 8
    at, bits, flags, done = 1, 0, 0, 0
    while at < len(packed):
        if bits == 0:
            flags, bits, at = packed[at], 8, at + 1
        bits -= 2
        kind = flags >> bits & 3
        if kind == 3:
            count = packed[at]
            at += 1
            shift = 0
            if count & 0x80:
                shift, at = packed[at], at + 1
            for _ in range((count & 0x7F) + 2):
                code = plain[done]
                yield (code + shift & 0xFF) | high if count & 0x80 else code
                done += 1
            continue
        code = packed[at]
        if kind == 2:
            at += 1
        yield code if kind == 0 else code | (high if kind == 1 else packed[at] << 8)
        at += 1
        done += 1


def _framed(kind: int, flags: int, body: bytes) -> bytes:
    rest = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest
