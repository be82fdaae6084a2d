"""Opens encrypted packages: docx, xlsx and pptx that ask for a password.

Source: [MS-OFFCRYPTO] 2.3.4, agile and standard encryption.
"""

from __future__ import annotations

import io
import re
from xml.parsers.expat import ExpatError

from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded
from markscan.extract.ole.ciphers import BROKEN
from markscan.extract.ole.rebuild import write

_MOST_ROUNDS = 8_000_000  # of hashing, over all passwords: some ten seconds
_STANDARD_ROUNDS = 50_000  # [MS-OFFCRYPTO] 2.3.4.7
_AGILE = b"\4\0\4\0"
_ROUNDS = re.compile(rb"spinCount\s*=\s*[\"'](\d{1,9})[\"']")
_BROKEN = (FileFormatError, ParseError, ExpatError, *BROKEN)


def open_package(info: bytes, package: bytes, passwords: tuple[str, ...]) -> bytes:
    """Return the package that one of the passwords opens.

    Args:
        info: the stream EncryptionInfo.
        package: the stream EncryptedPackage.
        passwords: what is tried, in order.

    Raises:
        EncryptedFile: none opens it, or it is encrypted in a way that nobody here knows.
        LimitExceeded: to try all of them would cost too much.
        DamagedFile: `info` cannot be read.
    """
    rounds = _STANDARD_ROUNDS
    if info.startswith(_AGILE):
        if b"<!" in info:  # no writer declares entities there
            raise EncryptedFile("locked.method")
        rounds = max((int(said) for said in _ROUNDS.findall(info)), default=0)
    tried = passwords[: _MOST_ROUNDS // max(rounds, 1)]
    try:
        # A compound file of our own making: theirs may be a trap for the library.
        streams = {"EncryptionInfo": info, "EncryptedPackage": package}
        file = OOXMLFile(io.BytesIO(write(streams)))
        for password in tried:
            if _fits(file, password):
                plain = io.BytesIO()
                file.load_key(password=password)
                file.decrypt(plain)
                return plain.getvalue()
    except InvalidKeyError:  # the right password, and no package came out
        raise DamagedFile("ole.stream", part="EncryptedPackage") from None
    except DecryptionError:
        raise EncryptedFile("locked.method") from None
    except _BROKEN:
        raise DamagedFile("ole.stream", part="EncryptionInfo") from None
    if len(tried) < len(passwords):
        raise LimitExceeded("locked.effort")
    raise EncryptedFile("encrypted-package")


def _fits(file: OOXMLFile, password: str) -> bool:
    info = file.info
    if file.type == "agile":
        # Checked apart, for the key costs as many rounds once more.
        return bool(
            ECMA376Agile.verify_password(
                password,
                info["passwordSalt"],
                info["passwordHashAlgorithm"],
                info["encryptedVerifierHashInput"],
                info["encryptedVerifierHashValue"],
                info["spinValue"],
                info["passwordKeyBits"],
            )
        )
    try:
        file.load_key(password=password, verify_password=True)
    except InvalidKeyError:
        return False
    return True
