"""URLs of shares: `smb://user@server/share/folder`, without a password, names as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath

from markscan.errors import UsageError
from markscan.wording import INTERFACE, Text

SCHEMES = ("smb", "sftp", "s3")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://([^/]*)(.*)", re.DOTALL)
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::([0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class Address:
    """A root on a share. `path` begins with a slash and has none at its end, but `/` itself.

    `host` is in lower case; `port` is 0 where the URL names none. For `s3` the host is the
    bucket. `user` is what the URL names, `domain;user` for a Windows domain.
    """

    scheme: str
    host: str
    port: int
    path: str
    user: str = field(default="", compare=False)

    @property
    def base(self) -> str:
        """The URL of the server, without user and slash: what all its locators begin with."""
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{self.host}{port}"

    @property
    def url(self) -> str:
        """The URL of the root, without user and slash at the end."""
        return self.base + self.path.rstrip("/")

    def __str__(self) -> str:
        """Return the URL without user."""
        return self.url


def root_of(text: str) -> Path | Address:
    """Return what a user named as a root: a path of this machine, or an address.

    Nothing in a URL is percent-encoded but in `file://`, so that a locator out of a report
    can be given as a root again.

    Raises:
        UsageError: it is a URL that cannot be meant, or one with a password in it.
    """
    match = _URL.fullmatch(text)
    if match is None:
        return Path(text)
    scheme = match[1].lower()
    if scheme == "file":
        return _local(text)
    if scheme not in SCHEMES:
        known = Text("、".join(SCHEMES), ", ".join(SCHEMES))
        raise UsageError(INTERFACE["remote.scheme"].fill(scheme=scheme, known=known))
    return _address(scheme, match[2], match[3])


def _address(scheme: str, authority: str, rest: str) -> Address:
    user, at, place = authority.rpartition("@")
    if ":" in user:
        raise UsageError(INTERFACE["remote.password-in-url"])
    host = _HOST.fullmatch(place)
    port = int(host[2]) if host is not None and host[2] else 0
    if host is None or (at and not user) or port > 65535:
        raise UsageError(INTERFACE["remote.url"].fill(scheme=scheme))
    path = normpath("/" + rest.lstrip("/"))
    if scheme == "smb" and path == "/":
        raise UsageError(INTERFACE["remote.no-share"])
    name = host[1] if scheme == "s3" else host[1].lower()
    return Address(scheme, name, port, path, user)


def _local(text: str) -> Path:
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    try:
        told = urlsplit(text)
        if told.netloc not in ("", "localhost") or told.query or told.fragment:
            raise ValueError
        return Path(url2pathname(told.path))
    except ValueError:
        raise UsageError(INTERFACE["remote.url"].fill(scheme="file")) from None
