"""A raw file that knows where it stands; what is read there, others know."""

from __future__ import annotations

import io
from abc import abstractmethod


class Seekable(io.RawIOBase):
    """The part of a readable file that is the same however its bytes come: position and size."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    @abstractmethod
    def length(self) -> int:
        """Return the number of bytes."""

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; nothing is read or sent."""
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.length()}[whence]
        if begin + offset < 0:
            raise ValueError("negative position")
        self._at = begin + offset
        return self._at

    def tell(self) -> int:
        """Return the position."""
        return self._at
