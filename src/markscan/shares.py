"""What markscan.toml says of network shares: files and patience, never a password."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shares:
    """How shares are reached.

    `accounts` is the file of passwords, `key_file` a private key of SSH, `known_hosts` the
    host keys of SSH servers (None: those of the user). A share that has stopped answering is
    tried again for `patience` seconds before what lies on it counts as not examined.
    """

    accounts: Path | None = None
    key_file: Path | None = None
    known_hosts: Path | None = None
    patience: float = 15.0
