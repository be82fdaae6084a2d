"""Sparse files in tar archives: where the stretches that were stored belong (GNU tar 8.3)."""

from __future__ import annotations

import tarfile
from typing import BinaryIO, NamedTuple

from markscan.extract.archive.tar_headers import BLOCK, Header

_MOST_STRETCHES = 1 << 16


class HolesError(ValueError):
    """The map of a sparse file makes no sense."""


class Pieces(NamedTuple):
    """The content of a member: `size` bytes, zeros but for `stretches`.

    Each is an offset in the content, a place in the archive and a length, in order.
    """

    size: int
    stretches: tuple[tuple[int, int, int], ...]


def pieces(file: BinaryIO, header: Header) -> Pieces:
    """Return how the content of a file lies in the archive.

    Raises:
        HolesError: it is sparse and its map is damaged.
    """
    records = header.records
    try:
        if header.kind == tarfile.GNUTYPE_SPARSE:
            return _old(file, header)
        if records.get("GNU.sparse.major") == b"1":
            return _version_1(file, header)
        if "GNU.sparse.map" in records:
            return _paired(header, [int(n) for n in records["GNU.sparse.map"].split(b",")])
        if "GNU.sparse.offset" in records:
            offsets = records["GNU.sparse.offset"].split(b",")
            sizes = records["GNU.sparse.numbytes"].split(b",")
            pairs = zip(offsets, sizes, strict=True)
            return _paired(header, [int(number) for pair in pairs for number in pair])
    except (ValueError, KeyError, IndexError) as error:
        raise HolesError from error
    return Pieces(header.size, ((0, header.at, header.size),) if header.size else ())


def _old(file: BinaryIO, header: Header) -> Pieces:
    """Read the map from the header itself, and from the blocks that continue it."""
    numbers = _numbers(header.block, 386, 4)
    if header.more > _MOST_STRETCHES * 24:
        raise HolesError
    file.seek(header.at - header.more)
    for _ in range(0, header.more, BLOCK):
        numbers += _numbers(file.read(BLOCK), 0, 21)
    return _laid_out(_octal(header.block[483:495]), numbers, header.at, header.size)


def _version_1(file: BinaryIO, header: Header) -> Pieces:
    """Read the map from before the data: decimal numbers, a line each."""
    file.seek(header.at)
    text = file.read(min(header.size, BLOCK))
    count = int(text.split(b"\n", 1)[0])
    if not 0 <= count <= _MOST_STRETCHES:
        raise HolesError
    while text.count(b"\n") < 2 * count + 1:
        block = file.read(BLOCK * 64)[: header.size - len(text)]
        if not block:
            raise HolesError
        text += block
    lines = text.split(b"\n", 2 * count + 1)[: 2 * count + 1]
    used = -(-(sum(map(len, lines)) + len(lines)) // BLOCK) * BLOCK
    numbers = [int(line) for line in lines[1:]]
    size = int(header.records["GNU.sparse.realsize"])
    return _laid_out(size, numbers, header.at + used, header.size - used)


def _paired(header: Header, numbers: list[int]) -> Pieces:
    size = int(header.records["GNU.sparse.size"])
    return _laid_out(size, numbers, header.at, header.size)


def _laid_out(size: int, numbers: list[int], at: int, stored: int) -> Pieces:
    if len(numbers) > 2 * _MOST_STRETCHES:
        raise HolesError
    stretches = []
    end = 0
    for offset, length in zip(numbers[::2], numbers[1::2], strict=True):
        if offset < end or length < 0 or offset + length > size or length > stored:
            raise HolesError
        if length:
            stretches.append((offset, at, length))
        at += length
        stored -= length
        end = offset + length
    return Pieces(size, tuple(stretches))


def _numbers(block: bytes, at: int, count: int) -> list[int]:
    fields = (block[at + 12 * n : at + 12 * n + 12] for n in range(2 * count))
    pairs = [_octal(field) if field.strip(b"\0 ") else -1 for field in fields]
    return pairs[: pairs.index(-1)] if -1 in pairs else pairs


def _octal(field: bytes) -> int:
    if field[0] & 0x80:
        return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big")
    return int(field.strip(b"\0 ") or b"0", 8)
