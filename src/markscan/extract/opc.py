"""Finds the parts of an Open Packaging Conventions package: content types, relationships.

ECMA-376 part 2, clauses 6.2 and 6.5.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from markscan.extract.markup import read_events
from markscan.extract.package import Package


@dataclass(frozen=True, slots=True)
class Relation:
    """One arrow from a part to another part or to the world outside.

    `kind` is the last word of its type, such as "hyperlink"; `target` is the name of an
    entry, or the address as written where `external`; by `id` the part refers to it.
    """

    kind: str
    target: str
    external: bool
    id: str = ""


@dataclass(slots=True)
class ContentTypes:
    """What [Content_Types].xml says of the entries; names in lower case."""

    parts: dict[str, str] = field(default_factory=dict)
    extensions: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """Return the content type of an entry, "" where nothing is said."""
        name = name.lower()
        return self.parts.get(name) or self.extensions.get(name.rsplit(".", 1)[-1], "")


class Kinds:
    """Tells what a part is: by the end of its content type, or by its whole name.

    Both tables are read from the top; "" where none of their lines fits.
    """

    def __init__(
        self, by_type: tuple[tuple[str, str], ...], by_name: tuple[tuple[str, str], ...]
    ) -> None:
        self._by_type = by_type
        self._by_name = [(re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in by_name]
        self.declared = lru_cache(maxsize=256)(self._declared)
        self.named = lru_cache(maxsize=1024)(self._named)

    def _declared(self, content_type: str) -> str:
        return next((kind for end, kind in self._by_type if content_type.endswith(end)), "")

    def _named(self, name: str) -> str:
        return next((kind for pattern, kind in self._by_name if pattern.fullmatch(name)), "")


def parse_relations(data: bytes, relations_name: str) -> list[Relation]:
    """Return what the ".rels" entry of this name says, damaged as it may be."""
    folder = posixpath.dirname(posixpath.dirname(relations_name))
    found: list[Relation] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "Relationship":
            target = attributes.get("Target", "")
            external = attributes.get("TargetMode", "").lower() == "external"
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = target if external else _resolve(folder, target)
            found.append(Relation(kind, target, external, attributes.get("Id", "")))

    read_events(data, start)
    return found


def read_content_types(package: Package) -> ContentTypes:
    """Return the content types of the package; empty where the entry is missing."""
    types = ContentTypes()

    def start(name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        if name.rpartition(" ")[2] == "Override":
            types.parts[attributes.get("PartName", "").lstrip("/").lower()] = kind
        elif name.rpartition(" ")[2] == "Default":
            types.extensions[attributes.get("Extension", "").lower()] = kind

    for member in package.copies("[Content_Types].xml"):
        read_events(member.data, start)
    return types


def _resolve(folder: str, target: str) -> str:
    path = target.replace("\\", "/").split("#", 1)[0]
    if "%" in path:
        path = unquote(path)
    if "." not in path[:2]:
        return path.lstrip("/") if path.startswith("/") or not folder else f"{folder}/{path}"
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def relations_of(name: str) -> str:
    """Return the name of the entry that says what the part `name` points at."""
    folder, base = posixpath.split(name)
    return f"{folder}/_rels/{base}.rels".lstrip("/")
