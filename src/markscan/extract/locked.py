"""Opens encrypted Office files with the passwords at hand.

The new formats lie as one encrypted stream in a compound file; the old ones encrypt their
own streams. Everything happens in memory. Source: [MS-OFFCRYPTO] 2.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from markscan.errors import DamagedFile, EncryptedFile
from markscan.extract.extractor import Budget, Item
from markscan.extract.ole.compound import Compound
from markscan.source import Source

# What Office itself tries: it encrypts write-protected workbooks with this.
DEFAULT = "VelvetSweatshop"


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the document that lies encrypted in `source`, under the same name.

    Raises:
        EncryptedFile: no password opens it, or it asks for a certificate.
        DamagedFile: what it says of its encryption cannot be read, or it holds no package.
        LimitExceeded: it is too large, or it costs too much to try every password.
    """
    with Compound(source, budget) as compound:
        info, package = compound.read("EncryptionInfo"), compound.read("EncryptedPackage")
        yield from compound.drain()
    if not info or not package:
        raise EncryptedFile("encrypted-package")
    # The libraries take long to load, and few files need them.
    from markscan.extract.ole.agile import open_package

    budget.unpack(len(package), len(package))
    plain = open_package(info, package, passwords(budget))
    if not plain.startswith(b"PK"):
        raise DamagedFile("package.no-entries")
    yield Source(source.path, source.members, plain)


def decrypted(source: Source, budget: Budget) -> bytes | None:
    """Return a doc, xls or ppt without its encryption; None if no password opens it.

    Raises:
        UnreadError: the file cannot be opened or is over a limit.
    """
    from markscan.extract.ole.ciphers import open_document

    with Compound(source, budget) as compound:
        plain = open_document(compound, passwords(budget))
    if plain is not None:
        budget.unpack(len(plain), len(plain))
    return plain


def passwords(budget: Budget) -> tuple[str, ...]:
    """Return what is tried, each once."""
    return tuple(dict.fromkeys((DEFAULT, *(word for word in budget.passwords if word))))
