"""Reads what stands around the pages of an OFD: properties, tags, outlines, seals, other parts.

GB/T 33190—2016: 7.4 document information, 7.5 outlines and bookmarks, 14 actions, 16
structure tags, 17 extensions, 18 signatures; the seal itself: GB/T 38540—2020, 6.
"""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area, GivenName, Part, Place
from markscan.extract.ofd.tree import Node

# Of the information on a document: an identity, dates and versions are no text.
_NUMBERS = frozenset(("DocID", "CreationDate", "ModDate", "Cover", "CreatorVersion"))
# Of a signature: what its maker says of himself, and free parameters.
_SIGNED = frozenset(("ProviderName", "Company", "Provider", "Parameter", "Parameters"))
_UTF8 = 0x0C  # a tag of DER
_MOST_STEPS = 64  # elements of a seal looked at


def _property(text: str, label: str) -> Part:
    return Part(text.strip(), Place(Area.PROPERTY, None, label))


def information(body: Node) -> Iterator[Part]:
    """Yield what a DocBody tells of its document."""
    for info in body.children:
        if info.name == "DocInfo":
            for node in info.walk():
                if node.name not in _NUMBERS and node.text.strip():
                    label = node.get("Name") if node.name == "CustomData" else ""
                    yield _property(node.text, GivenName(label) if label else node.name)


def outlines(document: Node) -> Iterator[Part]:
    """Yield titles of the outline, names of bookmarks and addresses of links."""
    for node in document.walk():
        match node.name:
            case "OutlineElem":
                text, label = node.get("Title"), "outline"
            case "Bookmark":
                text, label = node.get("Name"), "bookmark"
            case "URI":
                text, label = node.get("URI"), "URI"
            case _:
                continue
        if text:
            area = Area.HIDDEN if label == "URI" else Area.PROPERTY
            yield Part(text, Place(area, None, label))


def references(tags: Node) -> set[str]:
    """Return the ids of the objects that structure tags point at."""
    return {node.text.strip() for node in tags.all("ObjectRef")}


def tagged(tags: Node, said: dict[str, list[str]], label: str) -> Iterator[Part]:
    """Yield each structure tag with the text of its objects, labelled with the tag's name.

    The names are what the standard leaves to the trade: 密级, 发文字号.
    """
    for node in tags.walk():
        name = node.name
        if name == "ObjectRef" or name == "ObjectData":
            continue
        objects: list[str] = []
        data: list[str] = []
        for child in node.children:
            if child.name == "ObjectRef":
                objects += said.get(child.text.strip(), ())
            elif child.name == "ObjectData":
                data.append(child.text.strip())
        told = ["".join(objects), node.text, " ".join(data)]
        told += [value for value in node.attributes.values() if not value.isascii()]
        for text in told:
            if text and not text.isspace():
                yield _property(text, GivenName(name) if name else label)


def everything(root: Node, label: str) -> Iterator[Part]:
    """Yield the text of a part of unknown meaning: of attributes, what is more than ASCII."""
    lines: list[str] = []
    for node in root.walk():
        lines += [value for value in node.attributes.values() if not value.isascii()]
        if node.text.strip():
            lines.append(node.text.strip())
    if lines:
        yield _property("\n".join(lines), label)


def signer(signature: Node) -> Iterator[Part]:
    """Yield who signed, as the signature's own words have it."""
    told = set()
    for node in signature.walk():
        if node.name in _SIGNED:
            for text in (node.text, node.get("ProviderName"), node.get("Company")):
                text = text.strip()
                if text and text not in told:
                    told.add(text)
                    yield _property(text, "signature")


def seal_name(data: bytes) -> str:
    """Return the name of a seal: SESeal { eSealInfo { header, esID, property { type, name } } }.

    The older form (GM/T 0031—2014) has a list of certificates between type and name.
    """
    found = _inside(data, 0, len(data))
    for _ in range(2):  # the seal, then what is known of it
        first = next(found, None)
        if first is None:
            return ""
        found = _inside(data, first[1], first[2])
    parts = list(found)
    if len(parts) < 3:
        return ""
    for tag, start, end in _inside(data, parts[2][1], parts[2][2]):
        if tag == _UTF8:
            return data[start:end].decode("utf-8", "replace").strip()
    return ""


def _inside(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield tag, start and end of the content of the DER elements between two places."""
    for _ in range(_MOST_STEPS):
        if start + 2 > end:
            return
        tag, length = data[start], data[start + 1]
        start += 2
        if length >= 0x80:
            wide = length & 0x7F
            if not 0 < wide <= 4:
                return
            length = int.from_bytes(data[start : start + wide], "big")
            start += wide
        if start + length > end:
            return
        yield tag, start, start + length
        start += length
