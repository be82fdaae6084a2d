"""Builds archives byte by byte, as far as the standard library does not."""

from __future__ import annotations

import hashlib
import hmac
import lzma
import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB

VECTOR = bytes(range(16))


def cbc(data: bytes, key: bytes) -> bytes:
    """Encrypt with AES-CBC, filled up with zeros."""
    engine = Cipher(AES(key), CBC(VECTOR)).encryptor()
    return engine.update(data + bytes(-len(data) % 16)) + engine.finalize()


# zip


def winzip_member(name: str, content: bytes, password: bytes, method: int = 8) -> bytes:
    """A zip with one member in WinZip AES-256 (AE-2)."""
    salt = bytes(range(16))
    keys = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 66)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = packer.compress(content) + packer.flush() if method == 8 else content
    engine = Cipher(AES(keys[:32]), ECB()).encryptor()
    blocks = range(1, len(plain) // 16 + 2)
    pad = b"".join(engine.update(n.to_bytes(16, "little")) for n in blocks)
    body = bytes(a ^ b for a, b in zip(plain, pad, strict=False))
    data = salt + keys[64:] + body + hmac.digest(keys[32:64], body, "sha1")[:10]
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, method)
    raw = name.encode()
    sizes = struct.pack("<IIIHH", 0, len(data), len(content), len(raw), len(extra))
    local = struct.pack("<4s5H", b"PK\x03\x04", 51, 0x801, 99, 0, 0) + sizes + raw + extra
    central = struct.pack("<4s6H", b"PK\x01\x02", 51, 51, 0x801, 99, 0, 0) + sizes
    central += struct.pack("<3H2I", 0, 0, 0, 0, 0) + raw + extra
    end = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local) + len(data), 0
    )
    return local + data + central + end


def pkzip_member(name: str, content: bytes, password: bytes) -> bytes:
    """A zip with one stored member in the cipher of PKZIP (APPNOTE 6.1)."""
    table = [_crc_of(n) for n in range(256)]
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = keys[0] >> 8 ^ table[(keys[0] ^ byte) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = keys[2] >> 8 ^ table[(keys[2] ^ keys[1] >> 24) & 0xFF]

    for byte in password:
        update(byte)
    crc = zlib.crc32(content)
    data = bytearray()
    for byte in bytes(11) + bytes([crc >> 24]) + content:
        low = keys[2] | 2
        data.append(byte ^ (low * (low ^ 1) >> 8 & 0xFF))
        update(byte)
    raw = name.encode()
    sizes = struct.pack("<IIIHH", crc, len(data), len(content), len(raw), 0)
    local = struct.pack("<4s5H", b"PK\x03\x04", 20, 0x801, 0, 0, 0) + sizes + raw
    central = struct.pack("<4s6H", b"PK\x01\x02", 20, 20, 0x801, 0, 0, 0) + sizes
    central += struct.pack("<3H2I", 0, 0, 0, 0, 0) + raw
    offset = len(local) + len(data)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(central), offset, 0)
    return local + bytes(data) + central + end


def _crc_of(value: int) -> int:
    for _ in range(8):
        value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)
    return value


# 7z


class SevenFile(NamedTuple):
    """A member of a 7z archive; `content` None makes it a folder."""

    name: str
    content: bytes | None = b""
    attributes: int = 0x20


_LZMA2 = {"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16}
_CHAINS: dict[str, tuple[tuple[bytes, bytes, list[dict[str, int]]], ...]] = {
    "copy": ((b"\x00", b"", []),),
    "lzma2": ((b"\x21", b"\x08", [_LZMA2]),),
    "lzma": (
        (
            b"\x03\x01\x01",
            b"\x5d\x00\x00\x01\x00",
            [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16, "lc": 3, "lp": 0, "pb": 2}],
        ),
    ),
    "bcj": (
        (b"\x21", b"\x08", [{"id": lzma.FILTER_X86}, _LZMA2]),
        (b"\x03\x03\x01\x03", b"", []),
    ),
    "delta": (
        (b"\x21", b"\x08", [{"id": lzma.FILTER_DELTA, "dist": 4}, _LZMA2]),
        (b"\x03", b"\x03", []),
    ),
    "ppmd": ((b"\x03\x04\x01", bytes(5), []),),
    "unknown": ((b"\x04\xf7\x11\x02", b"", []),),
}  # fmt: skip


def sevenzip(
    *blocks: Sequence[SevenFile],
    method: str = "lzma2",
    password: str = "",
    packed_header: bool = False,
    hidden_header: bool = False,
) -> bytes:
    """A 7z archive; every block is one solid folder. Members without data come last."""
    body = b""
    folders = []
    for block in blocks:
        plain = b"".join(file.content or b"" for file in block)
        if plain:
            data, coders, sizes = _packed(plain, method, password)
            folders.append((data, coders, sizes, [f.content for f in block if f.content]))
            body += data
    header = _header([file for block in blocks for file in block], folders)
    if packed_header or hidden_header:
        data, coders, sizes = _packed(header, "lzma2", password if hidden_header else "")
        header = b"\x17" + _streams(len(body), [(data, coders, sizes, [header])])
        body += data
    return sevenzip_start(body, header) + body + header


def sevenzip_start(body: bytes, header: bytes) -> bytes:
    """The 32 bytes that tell where the header of a 7z archive is."""
    rest = struct.pack("<QQI", len(body), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(rest)) + rest


def _packed(plain: bytes, method: str, password: str) -> tuple[bytes, bytes, list[int]]:
    chain = list(_CHAINS[method])
    filters = chain[0][2]
    data = lzma.compress(plain, lzma.FORMAT_RAW, filters=filters) if filters else plain
    sizes = [len(plain)] * len(chain)
    if password:
        raw = password.encode("utf-16-le")
        rounds = b"".join(raw + struct.pack("<Q", n) for n in range(1 << 4))
        chain.insert(0, (b"\x06\xf1\x07\x01", b"\x44\x0f" + VECTOR, []))
        sizes.insert(0, len(data))
        data = cbc(data, hashlib.sha256(rounds).digest())
    coders = number(len(chain))
    for identifier, properties, _ in chain:
        flags = len(identifier) | (0x20 if properties else 0)
        coders += bytes([flags]) + identifier
        coders += number(len(properties)) + properties if properties else b""
    for place in range(1, len(chain)):
        coders += number(place) + number(place - 1)
    return data, coders, sizes


_Folder = tuple[bytes, bytes, list[int], list[bytes]]


def _streams(offset: int, folders: list[_Folder]) -> bytes:
    out = b"\x06" + number(offset) + number(len(folders)) + b"\x09"
    out += b"".join(number(len(data)) for data, *_ in folders) + b"\x00"
    out += b"\x07\x0b" + number(len(folders)) + b"\x00"
    out += b"".join(coders for _, coders, _, _ in folders)
    out += b"\x0c" + b"".join(number(size) for _, _, sizes, _ in folders for size in sizes)
    out += b"\x00\x08\x0d" + b"".join(number(len(files)) for *_, files in folders)
    out += b"\x09" + b"".join(number(len(f)) for *_, files in folders for f in files[:-1])
    crcs = [zlib.crc32(f) for *_, files in folders for f in files]
    return out + b"\x0a\x01" + struct.pack(f"<{len(crcs)}I", *crcs) + b"\x00\x00"


def _header(files: list[SevenFile], folders: list[_Folder]) -> bytes:
    out = b"\x01" + (b"\x04" + _streams(0, folders) if folders else b"")
    out += b"\x05" + number(len(files))
    empty = [not file.content for file in files]
    if any(empty):
        out += _property(0x0E, _bits(empty))
        hollow = [file.content == b"" for file in files if not file.content]
        out += _property(0x0F, _bits(hollow)) if any(hollow) else b""
    names = b"".join(file.name.encode("utf-16-le") + b"\0\0" for file in files)
    out += _property(0x11, b"\0" + names)
    attributes = struct.pack(f"<{len(files)}I", *(file.attributes for file in files))
    return out + _property(0x15, b"\x01\x00" + attributes) + b"\x00\x00"


def _property(kind: int, data: bytes) -> bytes:
    return bytes([kind]) + number(len(data)) + data


def _bits(flags: list[bool]) -> bytes:
    text = "".join("01"[flag] for flag in flags)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def number(value: int) -> bytes:
    """A number of 7z: the first byte tells how many follow."""
    if value < 0x80:
        return bytes([value])
    if value < 0x4000:
        return bytes([0x80 | value >> 8, value & 0xFF])
    return b"\xff" + struct.pack("<Q", value)


# RAR


def vint(value: int) -> bytes:
    """A number of RAR 5."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def block5(kind: int, flags: int, body: bytes, data: bytes = b"", extra: bytes = b"") -> bytes:
    """A block of RAR 5."""
    flags |= (0x01 if extra else 0) | (0x02 if data else 0)
    head = vint(kind) + vint(flags) + (vint(len(extra)) if extra else b"")
    head += (vint(len(data)) if data else b"") + body + extra
    sized = vint(len(head)) + head
    return struct.pack("<I", zlib.crc32(sized)) + sized + data


def file5(
    name: str,
    content: bytes,
    *,
    flags: int = 0,
    kind: int = 2,
    folder: bool = False,
    link: str = "",
    password: str = "",
    info: int = 0,
    size: int | None = None,
) -> bytes:
    """A stored member of RAR 5."""
    extra = b""
    data = content
    if link:
        record = vint(5) + vint(1) + vint(0) + vint(len(link.encode())) + link.encode()
        extra = vint(len(record)) + record
    if password:
        salt = bytes(range(16))
        key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1 << 4)
        seal = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, (1 << 4) + 32)
        check = bytes(seal[n] ^ seal[n + 8] ^ seal[n + 16] ^ seal[n + 24] for n in range(8))
        record = vint(1) + vint(0) + vint(1) + bytes([4]) + salt + VECTOR + check + bytes(4)
        extra, data = vint(len(record)) + record, cbc(content, key)
    raw = name.encode()
    body = vint(0x04 | (0x01 if folder else 0)) + vint(len(content) if size is None else size)
    body += vint(0o100644) + struct.pack("<I", zlib.crc32(content)) + vint(info) + vint(1)
    return block5(kind, flags, body + vint(len(raw)) + raw, data, extra)


def rar5(*blocks: bytes, volume: int = 0, more: bool = False) -> bytes:
    """A RAR 5 archive. `volume` is the main header's flags."""
    start = b"Rar!\x1a\x07\x01\x00" + block5(1, 0, vint(volume))
    return start + b"".join(blocks) + block5(5, 0, vint(1 if more else 0))


def block4(kind: int, flags: int, body: bytes, data: bytes = b"") -> bytes:
    """A block of RAR 4; the size of its data is part of `body`."""
    rest = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest + data


def file4(
    raw: bytes,
    content: bytes,
    *,
    flags: int = 0,
    kind: int = 0x74,
    method: int = 0x30,
    attributes: int = 0x20,
    system: int = 2,
    password: str = "",
    version: int = 29,
) -> bytes:
    """A stored member of RAR 4."""
    data, salt = content, b""
    if password:
        salt = bytes(range(8))
        data = _locked4(content, password, salt)
        flags |= 0x404
    fields = struct.pack(
        "<IIBIIBBHI", len(data), len(content), system, zlib.crc32(content), 0, version, method,
        len(raw), attributes,
    )  # fmt: skip
    return block4(kind, 0x8000 | flags, fields + raw + salt, data)


def rar4(*blocks: bytes, flags: int = 0, more: bool = False) -> bytes:
    """A RAR 4 archive."""
    start = b"Rar!\x1a\x07\x00" + block4(0x73, flags, bytes(6))
    return start + b"".join(blocks) + block4(0x7B, 0x4000 | (1 if more else 0), b"")


def _locked4(content: bytes, password: str, salt: bytes) -> bytes:
    raw = password.encode("utf-16-le") + salt
    digest = hashlib.sha1()
    vector = bytearray()
    for count in range(1 << 18):
        digest.update(raw + count.to_bytes(3, "little"))
        if count % (1 << 14) == 0:
            vector.append(digest.digest()[-1])
    key = struct.pack("<4I", *struct.unpack(">4I", digest.digest()[:16]))
    engine = Cipher(AES(key), CBC(bytes(vector))).encryptor()
    return engine.update(content + bytes(-len(content) % 16)) + engine.finalize()


# cab


def cabinet(raw: bytes, content: bytes) -> bytes:
    """A cabinet with one stored member ([MS-CAB] 2)."""
    data = struct.pack("<IHH", 0, len(content), len(content)) + content
    entry = struct.pack("<IIHHHH", len(content), 0, 0, 0x21, 0, 0x20) + raw + b"\0"
    first = 36 + 8 + len(entry)
    head = struct.pack(
        "<4sIIIIIBBHHHHH", b"MSCF", 0, first + len(data), 0, 36 + 8, 0, 3, 1, 1, 1, 0, 0, 0
    )
    return head + struct.pack("<IHH", first, 1, 0) + entry + data
