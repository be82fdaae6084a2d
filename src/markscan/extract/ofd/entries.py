"""Finds the parts of an OFD package by the locations written in it (GB/T 33190—2016, 7.3).

A location is absolute from the root of the package or relative to the part it is written
in; writers get this wrong, so what is not there is looked for nearby.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded, UnreadError
from markscan.extract.ofd.content import Walker
from markscan.extract.ofd.tree import Tree
from markscan.extract.package import Member, Package

_LONGEST_ENDING = 4  # names of a path by whose end an entry is found


class Entries:
    """The entries of one package, and which of them have been read.

    `is_locked` is set where the package says it is encrypted: parts that are missing have
    then been put away, not lost.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._names: dict[str, str] = {}
        self._files: dict[str, list[str]] = {}  # by their last name
        self._endings: dict[str, list[str]] = {}  # by their last names
        self._seen: set[str] = set()
        self.is_locked = False
        for name in package.names:
            for written in {name, as_chinese(name)}:
                path = written.lower()
                self._names.setdefault(path, name)
                self._files.setdefault(posixpath.basename(path), []).append(name)
                steps = path.split("/")
                for count in range(2, min(len(steps), _LONGEST_ENDING + 1)):
                    same = self._endings.setdefault("/".join(steps[-count:]), [])
                    if not same or same[-1] != name:
                        same.append(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all entries."""
        return self._package.names

    def find(self, location: str, beside: str) -> str | None:
        """Return the entry that a location in `beside` means, None where it is missing."""
        place = location.strip().replace("\\", "/")
        if not place:
            return None
        folder = posixpath.dirname(beside)
        wide = folder.split("/", 1)[0]
        tried = ["", folder, wide] if place.startswith("/") else [folder, wide, ""]
        for start in tried:
            path = f"{start}/{place}"
            if "./" in path or "//" in path or path.endswith((".", "/")):
                path = posixpath.normpath(f"/{path}")
            found = self._names.get(path.lstrip("/").lower())
            if found is not None:
                return found
        return self._nearby(posixpath.normpath(place.lstrip("/")).lower(), wide)

    def _nearby(self, path: str, document: str) -> str | None:
        """Return the one entry of the same document whose name ends in `path`."""
        found = self._endings.get(path) or self._files.get(path, [])
        if len(found) != 1 or found[0].split("/", 1)[0].lower() != document.lower():
            return None
        return found[0]

    def named(self, file: str) -> list[str]:
        """Return the entries whose last name is `file`, in any case and folder."""
        return list(dict.fromkeys(self._files.get(file.lower(), ())))

    def has_read(self, name: str) -> bool:
        """Tell whether an entry has been read already."""
        return name.lower() in self._seen

    def read(self, name: str) -> list[Member]:
        """Return every entry of this name; what went wrong waits in `drain`."""
        self._seen.add(name.lower())
        return self._package.copies(name)

    def drain(self) -> Iterator[UnreadError]:
        """Yield what went wrong since the last call."""
        for problem in self._package.drain():
            self.is_locked |= isinstance(problem, EncryptedFile)
            yield problem

    def missing(self, location: str) -> Iterator[UnreadError]:
        """Yield that a location leads nowhere, unless encryption explains it."""
        if not self.is_locked:
            yield DamagedFile("ofd.missing-part", part=location.strip()[:100])


def faults(part: Tree | Walker, member: Member, name: str) -> Iterator[UnreadError]:
    """Yield what is wrong with a part that has been read; lost bytes have been told of."""
    if not part.is_whole and member.whole:
        yield DamagedFile("package.xml", part=name)
    if part.has_doctype:
        yield DamagedFile("package.doctype", part=name)
    if isinstance(part, Tree) and part.is_cut:
        yield LimitExceeded("limit.parts", allowed=part.allowed)


def as_chinese(name: str) -> str:
    """Return a name as Chinese Windows meant it, which is read as code page 437."""
    if name.isascii():
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name
