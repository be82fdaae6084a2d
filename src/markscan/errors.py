"""Every exception MarkScan raises.

* MarkScanError
  x UsageError            the caller asked for something impossible; nothing was scanned
    + ConfigError         markscan.toml says something that cannot be meant
    + LexiconError        a file of lexicons/ does not say what it must say
    + ModelError          a model file is not what it says, or cannot be used
    + RegisterError       a register or its key cannot be used, or refuses what is asked of it
    + StoreError          the store of scans cannot be opened, or refuses what is asked of it
  x UnreadError           one file could not be read in full; the scan goes on
    + UnsupportedFormat   nobody here reads this format
    + EncryptedFile       it asks for a password or a key
    + DamagedFile         it breaks the rules of its own format
    + LimitExceeded       reading on would cost more than allowed
    + NoTextLayer         it shows text only as a picture
    + AccessDenied        the system does not let us read it
    + VanishedFile        it was there when listed, and is no more
    + TimedOut            it took longer than one file may
    + Disconnected        the share on which it lies cannot be reached, or was lost meanwhile
  x WorkerError           the processes that scan could not be kept running

Errors of asking stop everything before the first file is opened. Errors of data
become a `Problem` in the outcome of their file and never leave `Scanner.scan_file`.
"""

from __future__ import annotations


class MarkScanError(Exception):
    """Base of all errors raised by MarkScan."""


class UsageError(MarkScanError):
    """The caller asked for something that cannot be done; nothing was scanned."""


class ConfigError(UsageError):
    """The configuration says something that cannot be meant. Names file and line."""


class LexiconError(UsageError):
    """A file of lexicons/ does not say what it must say."""


class ModelError(UsageError):
    """A model file is not what it says, or cannot be used. Its argument is a Text."""


class RegisterError(UsageError):
    """A register or its key cannot be used, or refuses what is asked. Its argument is a Text."""


class StoreError(UsageError):
    """The store of scans cannot be opened, or refuses what is asked. Its argument is a Text."""


class UnreadError(MarkScanError):
    """One file could not be read in full.

    Raised where reading must end, yielded by an extractor where reading goes on.

    Args:
        reason: key of a sentence in `wording.PROBLEMS`, for example "docx.no-body".
        values: what stands in the braces of that sentence; never document text.
    """

    code = "internal"

    def __init__(self, reason: str, **values: str | int) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values

    def __str__(self) -> str:
        """Return the reason and its values, for logs."""
        return " ".join([self.reason, *(f"{k}={v}" for k, v in self.values.items())])


class UnsupportedFormat(UnreadError):
    """No extractor reads this format."""

    code = "unsupported"


class EncryptedFile(UnreadError):
    """The file, or this part of it, asks for a password or a key."""

    code = "encrypted"


class DamagedFile(UnreadError):
    """The file breaks the rules of its own format."""

    code = "damaged"


class LimitExceeded(UnreadError):
    """Reading on would pass a limit of the budget."""

    code = "limit"


class NoTextLayer(UnreadError):
    """The file, or some of its pages, shows text only as a picture."""

    code = "no-text-layer"


class AccessDenied(UnreadError):
    """The operating system does not let us read the file."""

    code = "permission"


class VanishedFile(UnreadError):
    """The file was there when it was listed and is gone now."""

    code = "vanished"


class TimedOut(UnreadError):
    """The file took longer than one file may take."""

    code = "timeout"


class Disconnected(UnreadError):
    """The share on which the file lies cannot be reached, or was lost while it was read."""

    code = "disconnected"


class WorkerError(MarkScanError):
    """The processes that scan could not be kept running. Its argument is a `Text`."""
