"""The headers of RAR 5 (technote.htm of RAR 5): reads them, and writes plain ones."""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO

from markscan.extract.archive.ciphers import DecryptedCbc, rar5_key
from markscan.extract.archive.coders import Slice
from markscan.extract.archive.rar_headers import SIGNATURE_5, Cipher, Member

_MAIN, _FILE, _SERVICE, _CRYPT, _END = 1, 2, 3, 4, 5
_HAS_EXTRA, _HAS_DATA, _BEFORE, _AFTER = 0x01, 0x02, 0x08, 0x10
_VOLUME, _SOLID_ARCHIVE = 0x01, 0x04
_FOLDER, _HAS_TIME, _HAS_CRC, _NO_SIZE = 0x01, 0x02, 0x04, 0x08
_SOLID, _LEAST_WINDOW = 0x40, 128 << 10
_CIPHER_RECORD, _LINK_RECORD, _SUBDATA_RECORD = 1, 5, 7
_CHECKED, _SEALED = 0x01, 0x02
_STRONGEST = 24  # 2^24 rounds; WinRAR uses 2^15
_MOST_HEADER = 2 << 20  # the format allows no more
_LIKELY = re.compile(rb"(?:[\x0b-\x7f]|[\x80-\xff][\x01-\x7f])\x02[\x00-\x1f]", re.S)
_SCAN = 4 << 20


class _Fields:
    """Reads numbers of seven bits a byte, low ones first, and plain bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self._data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value
            if shift > 63:
                raise IndexError

    def take(self, size: int) -> bytes:
        if size > len(self._data) - self.at:
            raise IndexError
        self.at += size
        return self._data[self.at - size : self.at]

    def rest(self) -> bytes:
        return self._data[self.at :]


class Walk5:
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
        self._crypt: Cipher | None = None
        self._length = file.seek(0, 2)
        self.end = at + len(SIGNATURE_5)
        while self.end < self._length and len(self.members) <= most:
            if not self._block() or self.ended:
                break
        self.damaged |= not self.ended and not self.is_locked

    def prologue(self, *, solid: bool) -> bytes:
        """Return the signature and the main header of a plain archive."""
        flags = _number(_SOLID_ARCHIVE if solid else 0)
        return SIGNATURE_5 + _framed(_number(_MAIN) + _number(0) + flags)

    def packed_as(self, member: Member, packed: int) -> bytes:
        """Return a file header for `member`, plain and with `packed` bytes behind it."""
        body = _number(_FILE) + _number(_HAS_DATA) + _number(packed)
        body += _number(0) + _number(member.size or 0) + _number(0o100644)
        return _framed(body + _number(member.settings) + _number(1) + _number(1) + b"a")

    def epilogue(self) -> bytes:
        """Return the block that ends an archive."""
        return _framed(_number(_END) + _number(0) + _number(0))

    def _block(self) -> bool:
        """Take in one block; tell whether to go on."""
        start = self.end
        header, following = self._header(start)
        if header is None:
            return not self.is_locked and self._resync(start)
        try:
            fields = _Fields(header)
            kind, flags = fields.number(), fields.number()
            extra = fields.number() if flags & _HAS_EXTRA else 0
            packed = fields.number() if flags & _HAS_DATA else 0
            if kind in (_FILE, _SERVICE):
                tail = header[max(len(header) - extra, 0) :] if extra else b""
                member = _member(fields, tail, kind == _SERVICE)
                before, after = bool(flags & _BEFORE), bool(flags & _AFTER)
                self.members.append(
                    member._replace(at=following, packed=packed, before=before, after=after)
                )
            elif kind == _MAIN:
                self.is_volume = bool(fields.number() & _VOLUME)
            elif kind == _CRYPT:
                self._crypt = _cipher(fields, with_vector=False)
            elif kind == _END:
                self.ended, self.more = True, bool(fields.number() & 0x01)
        except IndexError:
            return self._resync(start)
        self.end = following + packed
        return True

    def _header(self, at: int) -> tuple[bytes | None, int]:
        """Return the header at a place and where its data begins; None if it is broken."""
        if self._crypt is not None:
            return self._hidden_header(at, self._crypt)
        self._file.seek(at)
        head = self._file.read(16)
        size = _size(head)
        if size is not None and size > len(head):
            head += self._file.read(size - len(head))
        return (None, at) if size is None else (_sound(head[:size]), at + size)

    def _hidden_header(self, at: int, crypt: Cipher) -> tuple[bytes | None, int]:
        self._file.seek(at)
        vector = self._file.read(16)
        for password in self._passwords if len(vector) == 16 else ():
            key, check = rar5_key(password, crypt.salt, crypt.power)
            if crypt.check and crypt.check != check:
                continue
            plain = DecryptedCbc(Slice(self._file, at + 16, _MOST_HEADER + 16), key, vector)
            head = plain.read(16)
            size = _size(head)
            while size is not None and len(head) < size and (more := plain.read(size)):
                head += more
            header = _sound(head[:size]) if size is not None else None
            if header is not None and size is not None:
                self._passwords = (password,)
                return header, at + 16 + -(-size // 16) * 16
        self.is_locked = not self.members
        return None, at

    def _resync(self, at: int) -> bool:
        """Go to the next block of a file that is whole, if there is one."""
        self.damaged = True
        at += 1
        while self._crypt is None and at < self._length:
            self._file.seek(at)
            window = self._file.read(_SCAN + 0x10000)
            for found in _LIKELY.finditer(window, 4, _SCAN + 8):
                start = found.start() - 4
                size = _size(window[start : start + 16])
                if size is not None and _sound(window[start : start + size]) is not None:
                    self.end = at + start
                    return True
            at += _SCAN
        return False


def _size(head: bytes) -> int | None:
    """Return the bytes that a header takes with its checksum and size."""
    fields = _Fields(head[4:])
    try:
        size = fields.number()
    except IndexError:
        return None
    return 4 + fields.at + size if 0 < size <= _MOST_HEADER else None


def _sound(block: bytes) -> bytes | None:
    """Return the header behind checksum and size, if it is whole."""
    fields = _Fields(block[4:])
    try:
        size = fields.number()
        header = fields.take(size)
    except IndexError:
        return None
    return header if zlib.crc32(block[4:]) == int.from_bytes(block[:4], "little") else None


def _member(fields: _Fields, extra: bytes, is_service: bool) -> Member:
    flags, size = fields.number(), fields.number()
    fields.number()  # attributes
    if flags & _HAS_TIME:
        fields.take(4)
    crc = int.from_bytes(fields.take(4), "little") if flags & _HAS_CRC else None
    settings = fields.number()
    fields.number()  # system
    name = fields.take(fields.number()).decode("utf-8", "replace")
    cipher, target, subdata = _records(extra)
    return Member(
        name=name + subdata if is_service else name,
        service=name if is_service else "",
        is_folder=bool(flags & _FOLDER),
        target=target,
        size=None if flags & _NO_SIZE else size,
        crc=crc,
        method=settings >> 7 & 7,
        version=50 + (settings & 0x3F),
        settings=settings,
        solid=bool(settings & _SOLID),
        cipher=cipher,
    )


def _records(extra: bytes) -> tuple[Cipher | None, str | None, str]:
    """Return cipher, target of a link and name of a stream from the extra area."""
    cipher: Cipher | None = None
    target: str | None = None
    subdata = ""
    fields = _Fields(extra)
    while fields.rest():
        record = _Fields(fields.take(fields.number()))
        kind = record.number()
        if kind == _CIPHER_RECORD:
            cipher = _cipher(record, with_vector=True)
        elif kind == _LINK_RECORD:
            record.number()
            record.number()
            target = record.take(record.number()).decode("utf-8", "replace")
        elif kind == _SUBDATA_RECORD:
            subdata = record.rest().decode("utf-8", "replace")
    return cipher, target, subdata


def _cipher(fields: _Fields, *, with_vector: bool) -> Cipher:
    fields.number()  # version
    flags = fields.number()
    power = fields.take(1)[0]
    salt = fields.take(16)
    vector = fields.take(16) if with_vector else b""
    check = fields.take(12)[:8] if flags & _CHECKED else b""
    return Cipher(salt, vector, min(power, _STRONGEST), check, bool(flags & _SEALED))


def narrowed(settings: int, size: int) -> int:
    """Return the settings with the smallest window that `size` bytes can make use of."""
    window = settings >> 10 & 0x0F
    while window and _LEAST_WINDOW << (window - 1) >= size:
        window -= 1
    return settings & ~(0x0F << 10) | window << 10


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _framed(body: bytes) -> bytes:
    sized = _number(len(body)) + body
    return zlib.crc32(sized).to_bytes(4, "little") + sized
