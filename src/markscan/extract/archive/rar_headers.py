"""What the headers of RAR archives tell, whichever version wrote them."""

from __future__ import annotations

from typing import NamedTuple, Protocol

SIGNATURE_4 = b"Rar!\x1a\x07\x00"
SIGNATURE_5 = b"Rar!\x1a\x07\x01\x00"


class Cipher(NamedTuple):
    """How a member is encrypted. `check` is b"" where the format stores none.

    `sealed` tells that its checksum is one of the key too, and so tells us nothing.
    """

    salt: bytes
    vector: bytes = b""
    power: int = 0
    check: bytes = b""
    sealed: bool = False


class Member(NamedTuple):
    """A member, or a service block that is packed like one.

    `method` is 0 where the data is stored, `version` that of the format of the packed
    data, `settings` what unpacking takes besides; `size` and `crc` are None where unknown.
    """

    name: str
    service: str = ""
    is_folder: bool = False
    target: str | None = None
    at: int = 0
    packed: int = 0
    size: int | None = None
    crc: int | None = None
    method: int = 0
    version: int = 0
    settings: int = 0
    solid: bool = False
    before: bool = False  # it began in the volume before
    after: bool = False  # it goes on in the next
    cipher: Cipher | None = None


class Walk(Protocol):
    """The headers of one archive; `members` holds those that could be read."""

    members: list[Member]
    comments: list[bytes]
    is_locked: bool  # the headers are encrypted, and no password opens them
    damaged: bool
    ended: bool  # by the block that says so
    is_volume: bool
    more: bool  # another volume follows
    lost_comment: bool
    end: int  # where the next block would stand

    def packed_as(self, member: Member, packed: int) -> bytes:
        """Return a header for `member`, plain and with its `packed` bytes behind it."""
        ...

    def prologue(self, *, solid: bool) -> bytes:
        """Return the signature and the first header of an archive of one volume."""
        ...

    def epilogue(self) -> bytes:
        """Return the block that ends an archive."""
        ...
