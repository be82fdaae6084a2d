"""A link to one server that mends itself: retries with growing waits, then rests.

A server that has been silent for `patience` seconds is left alone for `_REST` seconds, during
which everything on it ends at once as not examined: a scan of a million files must not wait a
million times. After that one attempt decides.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from typing import TypeVar

from markscan.errors import Disconnected, UnreadError
from markscan.remote.accounts import Account
from markscan.remote.share import PROTOCOLS, Broken, Connect, Refused, Share
from markscan.shares import Shares

_FIRST_WAIT = 0.25  # seconds; doubled each time
_LONGEST_WAIT = 4.0
_CONNECT_SECONDS = 20.0
_REST = 30.0
# A request that breaks so many fresh connections is to blame, not the server.
_BREAKS = 3

Result = TypeVar("Result")


class Link:
    """The connection of this process to one server; made at the first call."""

    def __init__(
        self,
        account: Account,
        shares: Shares,
        *,
        connect: Connect | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._account = account
        self._shares = shares
        self._connect = connect
        self._clock = clock
        self._sleep = sleep
        self._share: Share | None = None
        self._refused: UnreadError | None = None
        self._resting_until: float | None = None

    def call(self, work: Callable[[Share], Result]) -> Result:
        """Return what `work` makes of the connection, tried again while it breaks.

        Raises:
            UnreadError: what `work` raises; `remote.broken` if the server stays silent; what
                the server said when it refused the login.
        """
        if self._refused is not None:
            raise self._refused
        begun = self._clock()
        tired = self._resting_until is not None
        if tired and begun < (self._resting_until or 0):
            raise Disconnected("remote.broken")
        until = begun if tired else begun + self._shares.patience
        wait, breaks = _FIRST_WAIT, 0
        while True:
            reached = False
            try:
                share = self._reached()
                reached = True
                result = work(share)
            except Refused as refused:
                self._refused = refused.error
                raise refused.error from None
            except Broken:
                self.drop()
                breaks += reached
            else:
                self._resting_until = None
                return result
            left = until - self._clock()
            if left <= 0 or breaks >= _BREAKS:
                if breaks < _BREAKS:
                    self._resting_until = self._clock() + _REST
                raise Disconnected("remote.broken") from None
            self._sleep(min(wait, left))
            wait = min(2 * wait, _LONGEST_WAIT)

    def drop(self) -> None:
        """Close the connection; the next call makes a new one."""
        if self._share is not None:
            share, self._share = self._share, None
            share.close()

    def _reached(self) -> Share:
        if self._share is None:
            if self._connect is None:
                module = importlib.import_module(PROTOCOLS[self._account.scheme].module)
                self._connect = module.connect
            assert self._connect is not None
            self._share = self._connect(self._account, self._shares, _CONNECT_SECONDS)
        return self._share
