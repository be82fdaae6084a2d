"""Passwords of shares: out of a file, the environment, or asked of a person; never out of a URL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from markscan.errors import UsageError
from markscan.remote.address import Address, root_of
from markscan.wording import INTERFACE
from markscan.wording.system import cause

VARIABLE = "MARKSCAN_REMOTE_PASSWORD"
_ASKED = frozenset({"smb"})  # protocols that know no key instead of a password


@dataclass(frozen=True, slots=True)
class Account:
    """Who logs in to a server. An empty user: whoever is logged in to this machine, by ticket."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    def fits(self, address: Address) -> bool:
        """Tell whether this account is one for `address`."""
        return (
            (self.scheme, self.host) == (address.scheme, address.host)
            and self.port in (0, address.port)
            and (not address.user or self.user == address.user)
        )


def read_accounts(path: Path) -> tuple[Account, ...]:
    """Return the accounts in the file at `path`: a line each, `smb://user@server password`.

    The password is what follows the first blank, up to the end of the line. Empty lines and
    those that begin with `#` say nothing.

    Raises:
        UsageError: the file cannot be read, or a line says something else.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        told = INTERFACE["remote.accounts"].fill(name=path, why=cause(error))
        raise UsageError(told) from None
    return tuple(
        _account(line, path, number)
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    )


def accounts_for(
    addresses: Iterable[Address],
    known: tuple[Account, ...],
    ask: Callable[[Address], str] | None = None,
) -> tuple[Account, ...]:
    """Return one account for each server of `addresses`.

    Args:
        known: accounts out of a file. They go before the environment variable, which holds
            for every server; that goes before `ask`.
        ask: asks a person for the password of an address; None where nobody is there.

    Raises:
        UsageError: two users of one server.
    """
    found: dict[str, Account] = {}
    for address in addresses:
        account = _account_for(address, known, ask) if address.base not in found else None
        before = found.setdefault(address.base, account or Account("", "", 0))
        if account is None and address.user and address.user != before.user:
            raise UsageError(INTERFACE["remote.two-users"].fill(server=address.base))
    return tuple(found.values())


def _account_for(
    address: Address, known: tuple[Account, ...], ask: Callable[[Address], str] | None
) -> Account:
    account = next((each for each in known if each.fits(address)), None)
    if account is not None:
        return replace(account, port=address.port)
    password = os.environ.get(VARIABLE, "")
    if not password and address.user and ask is not None and address.scheme in _ASKED:
        password = ask(address)
    return Account(address.scheme, address.host, address.port, address.user, password)


def _account(line: str, path: Path, number: int) -> Account:
    url, _, password = line.strip("\r\n").partition(" ")
    wrong = INTERFACE["remote.account-line"].fill(name=path.name, line=number)
    try:
        # A server alone is no root of SMB: any share of it will do here.
        root = root_of(f"{url.rstrip('/')}/-")
    except UsageError:
        raise UsageError(wrong) from None
    if isinstance(root, Path) or not root.user or not password:
        raise UsageError(wrong)
    return Account(root.scheme, root.host, root.port, root.user, password)
