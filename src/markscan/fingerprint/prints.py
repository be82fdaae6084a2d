"""Keyed fingerprints: a block cipher over the pieces of a text.

A piece of eight units is exactly one block of 128 bits. Its fingerprint is half of what AES or
SM4 makes of the block: a pseudorandom function for whoever has no key, a dictionary to be
tried for whoever has it. No mixing of our own takes part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers import Cipher, modes

Tags = NDArray[np.uint64]

_BLOCK = 16
CIPHERS = ("aes", "sm4")
SECRET = 32  # bytes of the secret: one key for the pieces, one for what hangs on them


class Prints:
    """Makes fingerprints under one secret."""

    def __init__(self, secret: bytes, cipher: str = "aes") -> None:
        """Take a secret of 32 bytes and the name of a cipher of `CIPHERS`."""
        if len(secret) != SECRET:
            raise ValueError(f"a secret has {SECRET} bytes, not {len(secret)}")
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        make = {"aes": algorithms.AES, "sm4": algorithms.SM4}[cipher]
        self._pieces = Cipher(make(secret[:_BLOCK]), modes.ECB())
        self._more = Cipher(make(secret[_BLOCK:]), modes.ECB())

    def tags(self, pieces: NDArray[np.uint16]) -> Tags:
        """Return the fingerprint of each piece; `pieces` has eight units a row."""
        if not len(pieces):
            return np.zeros(0, np.uint64)
        return self._encrypted(self._pieces, np.ascontiguousarray(pieces, "<u2"))[::2].copy()

    def turn(self, tags: Tags, number: int) -> tuple[Tags, Tags]:
        """Return under which tag the entry `number` of each of `tags` is kept, and its pad.

        The first entry of a tag, number 0, is kept under the tag itself. So that no two rows
        show that they share a piece, each further one is kept under a number that only the
        key can tell; and each has a pad of its own, with which its payload is hidden.
        """
        blocks = np.empty((len(tags), 2), "<u8")
        blocks[:, 0] = tags
        blocks[:, 1] = number
        if not len(tags):
            return tags, tags
        made = self._encrypted(self._more, blocks).reshape(-1, 2)
        return (tags if number == 0 else made[:, 1].copy()), made[:, 0].copy()

    @staticmethod
    def _encrypted(cipher: Cipher[modes.ECB], blocks: NDArray[np.generic]) -> Tags:
        made = np.empty(blocks.nbytes + _BLOCK - 1, np.uint8)
        cipher.encryptor().update_into(blocks.view(np.uint8).reshape(-1).data, made.data)
        return made[: blocks.nbytes].view("<u8")
