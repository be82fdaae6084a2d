"""How this process reaches shares: handed over once at its start, with the passwords."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from markscan.errors import Disconnected, UsageError
from markscan.remote.accounts import Account
from markscan.remote.address import Address
from markscan.remote.link import Link
from markscan.remote.share import PROTOCOLS
from markscan.shares import Shares
from markscan.wording import INTERFACE


@dataclass(frozen=True, slots=True)
class Reach:
    """The accounts and settings by which shares are reached. Travels to the processes that scan.

    It goes through the pipe by which a process is started, never over the command line, the
    environment or a file.
    """

    accounts: tuple[Account, ...] = field(default=(), repr=False)
    shares: Shares = field(default_factory=Shares)

    def enter(self) -> None:
        """Make this the reach of this process; connections of an earlier one are dropped."""
        leave()
        _here.update({_base(each): Link(each, self.shares) for each in self.accounts})


def leave() -> None:
    """Drop all connections of this process and forget the accounts."""
    for link in _here.values():
        link.drop()
    _here.clear()


@contextmanager
def reached(reach: Reach | None) -> Iterator[None]:
    """Reach shares by `reach` in this process for as long as the block lasts; None: not at all."""
    if reach is None:
        yield
        return
    reach.enter()
    try:
        yield
    finally:
        leave()


def link_to(base: str) -> Link:
    """Return the link of this process to the server with the URL `base`.

    Raises:
        Disconnected: this process was given no account of it.
    """
    link = _here.get(base)
    if link is None:
        raise Disconnected("remote.broken")
    return link


def require(addresses: Iterable[Address]) -> None:
    """Make sure that the libraries are installed that `addresses` need.

    Raises:
        UsageError: one is missing; names the command that installs it.
    """
    for address in addresses:
        spoken = PROTOCOLS[address.scheme]
        if importlib.util.find_spec(spoken.library) is None:
            command = f'pip install "markscan[{spoken.extra}]"'
            told = INTERFACE["remote.extra"].fill(scheme=address.scheme, command=command)
            raise UsageError(told)


def _base(account: Account) -> str:
    return Address(account.scheme, account.host, account.port, "/").base


# One process, one set of links: a worker connects once, however many files it is given.
_here: dict[str, Link] = {}
