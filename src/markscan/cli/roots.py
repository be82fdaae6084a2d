"""The argument ROOT: a folder, a file, or the address of a share; and how shares are reached."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markscan.wording import INTERFACE

if TYPE_CHECKING:
    from markscan.config import Config
    from markscan.remote.address import Address
    from markscan.remote.reach import Reach


def root(value: str) -> Path | Address:
    """Return the path of this machine, or the address, that `value` names. Raises UsageError."""
    if "://" not in value:
        return Path(value)
    from markscan.remote.address import root_of  # most roots lie on this machine

    return root_of(value)


ROOT = click.types.FuncParamType(root)


def reach_of(roots: Iterable[Path | Address], config: Config) -> Reach | None:
    """Return how the addresses among `roots` are reached; None if there are none.

    A password that nobody has written down is asked for, where a person sits.

    Raises:
        UsageError: a library is missing, or the accounts say something that cannot be meant.
    """
    addresses = [root for root in roots if not isinstance(root, Path)]
    if not addresses:
        return None
    from markscan.remote.accounts import accounts_for, read_accounts
    from markscan.remote.reach import Reach, require

    require(addresses)
    file = config.shares.accounts
    known = read_accounts(file) if file is not None else ()

    def ask(address: Address) -> str:
        told = INTERFACE["remote.ask"].fill(user=address.user, server=address.base)
        answer: str = click.prompt(
            told.of(config.language), hide_input=True, err=True, default="", show_default=False
        )
        return answer

    there = sys.stdin is not None and sys.stdin.isatty()
    return Reach(accounts_for(addresses, known, ask if there else None), config.shares)
