"""Walks over shares and tells of them as `walk.listings` tells of disks.

Links are not followed. Servers may hide that a name is one (Samba does): a folder that bears the
number of a folder above it is taken for a link back, so there are no loops.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markscan import walk
from markscan.errors import UnreadError, UnsupportedFormat, VanishedFile
from markscan.pathpattern import compiled, is_absolute, normal
from markscan.remote.address import Address
from markscan.remote.file import source_in
from markscan.remote.link import Link
from markscan.remote.reach import Reach, link_to, reached
from markscan.remote.share import Entry
from markscan.walk import Excluded, Found, Listing, Skipped, Stat, Unlisted


def listings(
    addresses: Iterable[Address], *, exclude: tuple[str, ...] = ()
) -> Iterator[Listing | Unlisted]:
    """Yield the folders under `addresses`, each once, in the order of `walk.listings`.

    A root that is, or lies in, another one is left out. Never raises for what it meets: a
    folder that cannot be listed is an `Unlisted`.
    """
    roots = list(dict.fromkeys(addresses))
    for address in roots:
        if not any(_inside(address, other) for other in roots):
            yield from _Tree(address, _Patterns(exclude, address)).folders()


def everything(
    roots: Iterable[Path | Address], reach: Reach | None, exclude: tuple[str, ...] = ()
) -> Iterator[Listing | Unlisted]:
    """Yield the folders under all `roots`: first of those on disk, then of those on shares.

    From now on this process reaches shares by `reach`; its connections end with the iterator.
    """
    given = list(roots)
    yield from walk.listings([root for root in given if isinstance(root, Path)], exclude=exclude)
    with reached(reach):
        yield from listings(_addresses(given), exclude=exclude)


def files(
    roots: Iterable[Path | Address], reach: Reach | None, exclude: tuple[str, ...] = ()
) -> Iterator[Found]:
    """Yield everything under all `roots` as `walk.walk` does: first on disk, then on shares.

    This process reaches shares by `reach` until the iterator ends.
    """
    given = list(roots)
    yield from walk.walk([root for root in given if isinstance(root, Path)], exclude=exclude)
    with reached(reach):
        for one in listings(_addresses(given), exclude=exclude):
            yield from _in_order(one)


def file_at(address: Address) -> Found:
    """Return the one file at `address`; a `Skipped` where there is none, or it cannot be told.

    This process must reach its server (`reach.reached`).
    """
    try:
        entry = _looked(address)
    except UnreadError as error:
        return Skipped(address.url, error)
    if entry.kind != "file":
        reason = "folder" if entry.kind == "folder" else "special-file"
        return Skipped(address.url, UnsupportedFormat(reason))
    folder, _, name = address.url.rpartition("/")
    return source_in(folder, _stat(entry._replace(name=name)))


class _Patterns:
    """The patterns of what is not to be examined, as `walk` understands them."""

    def __init__(self, exclude: tuple[str, ...], address: Address) -> None:
        blind = address.scheme == "smb"  # to case
        patterns = [normal(each) for each in exclude]
        self._root, self._base = address.url, address.base
        self._server = normal(address.base)  # as patterns write it
        self._names = [compiled(each, blind) for each in patterns if "/" not in each]
        whole = [is_absolute(each) or each.startswith("**") for each in patterns]
        pairs = [pair for pair in zip(patterns, whole, strict=True) if "/" in pair[0]]
        self._whole = [compiled(each, blind) for each, entire in pairs if entire]
        self._below = [compiled(each, blind) for each, entire in pairs if not entire]

    def match(self, url: str, name: str) -> bool:
        """Tell whether what lies at `url`, under the root, is left out."""
        whole = self._server + url[len(self._base) :]
        below = url[len(self._root) :].strip("/") or name
        return (
            any(pattern.fullmatch(name) for pattern in self._names)
            or any(pattern.fullmatch(whole) for pattern in self._whole)
            or any(pattern.fullmatch(below) for pattern in self._below)
        )


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A folder to be listed: its URL, and the numbers of the folders above it and its own."""

    url: str
    numbers: frozenset[int]


class _Tree:
    """The walk over one root."""

    def __init__(self, address: Address, patterns: _Patterns) -> None:
        self._address = address
        self._patterns = patterns

    def folders(self) -> Iterator[Listing | Unlisted]:
        """Yield the folders of the root, or the one folder in which a root that is a file lies."""
        address = self._address
        try:
            root = _looked(address)
        except UnreadError as error:
            yield Unlisted(address.url, error)
            return
        if root.kind != "folder":
            yield self._alone(root)
            return
        link = link_to(address.base)
        waiting = [_Waiting(address.url, frozenset({root.inode} - {0}))]
        while waiting:
            top = waiting.pop()
            listing, below = self._listing(link, top)
            yield listing
            waiting.extend(reversed(below))

    def _alone(self, entry: Entry) -> Listing:
        folder, _, name = self._address.url.rpartition("/")
        if self._patterns.match(self._address.url, name):
            return Listing(folder, [], excluded=(name,), whole=False)
        if entry.kind != "file":
            odd = Skipped(self._address.url, UnsupportedFormat("special-file"))
            return Listing(folder, [], (odd,), whole=False)
        return Listing(folder, [_stat(entry._replace(name=name))], whole=False)

    def _listing(self, link: Link, top: _Waiting) -> tuple[Listing | Unlisted, list[_Waiting]]:
        """Return what lies in the folder `top`, and the folders in it, in order."""
        path = top.url[len(self._address.base) :] or "/"
        try:
            entries = link.call(lambda share: share.entries(path))
        except UnreadError as error:
            return Unlisted(top.url, error), []
        files: list[Stat] = []
        below: list[_Waiting] = []
        odd: list[Skipped] = []
        excluded: list[str] = []
        closed: list[str] = []
        for entry in sorted(entries, key=lambda each: each.name):
            url = f"{top.url}/{entry.name}"
            if self._patterns.match(url, entry.name):
                (closed if entry.kind == "folder" else excluded).append(
                    url if entry.kind == "folder" else entry.name
                )
            elif entry.kind == "file":
                files.append(_stat(entry))
            elif entry.kind == "folder" and entry.inode not in top.numbers:
                below.append(_Waiting(url, top.numbers | ({entry.inode} - {0})))
            else:
                odd.extend(self._oddity(link, url, entry))
        below.sort(key=lambda each: each.url + "/")
        listing = Listing(top.url, files, tuple(odd), tuple(excluded), tuple(closed))
        return listing, below

    def _oddity(self, link: Link, url: str, entry: Entry) -> Iterator[Skipped]:
        """Yield why a link or a special file is not examined; of most links, nothing."""
        path = url[len(self._address.base) :]
        error: UnreadError | None
        if entry.kind == "folder":
            error = UnsupportedFormat("link-loop")
        elif entry.kind == "special":
            error = UnsupportedFormat("special-file")
        else:
            try:
                error = self._leading(path, link.call(lambda share: share.target(path)))
            except VanishedFile:
                error = VanishedFile("dangling-link")
            except UnreadError as fault:
                error = fault
        if error is not None:
            yield Skipped(url, error)

    def _leading(self, path: str, target: str | None) -> UnreadError | None:
        """Return what is to be said of a link at `path` that leads to `target`."""
        if target is None:
            return UnsupportedFormat("remote.link")
        if path.startswith(target.rstrip("/") + "/"):
            return UnsupportedFormat("link-loop")
        root = self._address.path.rstrip("/") + "/"
        return None if f"{target}/".startswith(root) else UnsupportedFormat("link-out-of-root")


def _addresses(roots: Iterable[Path | Address]) -> Iterator[Address]:
    return (root for root in roots if isinstance(root, Address))


def _looked(address: Address) -> Entry:
    """Return what lies at `address`. Raises UnreadError."""
    try:
        return link_to(address.base).call(lambda share: share.look(address.path))
    except VanishedFile:
        raise VanishedFile("missing") from None


def _in_order(one: Listing | Unlisted) -> Iterator[Found]:
    """Yield what lies right in a folder of a share, in the order of names."""
    if isinstance(one, Unlisted):
        yield Skipped(one.path, one.error)
        return
    left_out = (*(f"{one.path}/{name}" for name in one.excluded), *one.closed)
    found: list[Found] = [source_in(one.path, file) for file in one.files]
    found += [*one.odd, *map(Excluded, left_out)]
    yield from sorted(found, key=lambda each: each.locator)


def _stat(entry: Entry) -> Stat:
    return Stat(entry.name, entry.size, entry.mtime, entry.inode)


def _inside(address: Address, other: Address) -> bool:
    """Tell whether `address` lies under `other`."""
    under = other.path.rstrip("/") + "/"
    return (
        address.base == other.base and address.path != other.path and address.path.startswith(under)
    )
