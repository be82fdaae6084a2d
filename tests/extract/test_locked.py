"""Facts about encrypted Office files."""

import contextlib
import hashlib
import io
import random
import struct
import zipfile
from pathlib import Path

import pytest
from builders_ole import compound
from builders_word import word_streams
from corpora import folder
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher
from msoffcrypto.format.ooxml import OOXMLFile

from markscan.document import Part
from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded, UnreadError
from markscan.extract.extractor import Budget, Item
from markscan.extract.locked import DEFAULT, decrypted, extract
from markscan.extract.ole.compound import Compound
from markscan.extract.ole.word.reader import read
from markscan.source import Source

SALT = bytes(range(16))


def source(data: bytes) -> Source:
    return Source(Path("a.docx"), ("b.docx",), data)


def packed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        archive.writestr("word/document.xml", "机密" * 3000)
    return file.getvalue()


PACKAGE = packed()


def locked(password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(PACKAGE)).encrypt(password, out)
    return out.getvalue()


def attempt(data: bytes, *passwords: str) -> list[Item]:
    """What is yielded; the problem that ended reading comes last."""
    found: list[Item] = []
    try:
        found.extend(extract(source(data), Budget(passwords=passwords)))
    except UnreadError as error:
        found.append(error)
    return found


@pytest.mark.parametrize("password", ["口令一", DEFAULT])
def test_a_package_is_opened_under_its_own_name(password):
    found = attempt(locked(password), "不对", "口令一")

    assert found == [Source(Path("a.docx"), ("b.docx",), PACKAGE)]


def test_without_its_password_a_package_stays_closed():
    assert [type(item) for item in attempt(locked("口令"), "不对", "")] == [EncryptedFile]


def streams_of(data: bytes) -> dict[str, bytes]:
    with Compound(source(data), Budget()) as file:
        return {path: file.read(path) or b"" for path in file.streams}


def test_the_work_of_guessing_is_bounded():
    streams = streams_of(locked("口令"))
    info = streams["EncryptionInfo"].replace(b'spinCount="100000"', b'spinCount="9999999"')

    found = attempt(compound({**streams, "EncryptionInfo": info}), "一", "二")

    assert [type(item) for item in found] == [LimitExceeded]


@pytest.mark.parametrize(
    ("info", "kind"),
    [
        (b"", EncryptedFile),
        (b"\4\0\4\0\x40\0\0\0<!DOCTYPE a><a/>", EncryptedFile),
        (b"\3\0\3\0" + bytes(60), EncryptedFile),
        (b"\4\0\4\0\x40\0\0\0<a", DamagedFile),
        (b"\4\0\4\0\x40\0\0\0<a/>", DamagedFile),
        (b"\2\0\2\0" + bytes(8), DamagedFile),
    ],
)
def test_what_is_said_of_the_encryption_may_be_nonsense(info, kind):
    data = compound({"EncryptionInfo": info, "EncryptedPackage": bytes(5000)})

    assert [type(item) for item in attempt(data, "口令")] == [kind]


# RC4 of the binary formats, [MS-OFFCRYPTO] 2.3.6, written down once more.


def key(password: str, block: int) -> bytes:
    first = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    second = hashlib.md5((first + SALT) * 16).digest()[:5]
    return hashlib.md5(second + struct.pack("<I", block)).digest()


def rc4(data: bytes, password: str, size: int) -> bytes:
    blocks = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(
        Cipher(ARC4(key(password, n)), mode=None).encryptor().update(block)
        for n, block in enumerate(blocks)
    )


def header(password: str) -> bytes:
    verifier = bytes(16)
    sealed = rc4(verifier + hashlib.md5(verifier).digest(), password, 512)
    return struct.pack("<HH", 1, 1) + SALT + sealed


def locked_doc(password: str) -> bytes:
    streams = word_streams("机密★10年\r" + "正文\r" * 500)
    main, table = streams["WordDocument"], streams["1Table"]
    # The header of the encryption takes the first bytes of the table stream.
    room = bytes(52)
    moved = bytearray(main)
    for at in range(0x9A, 0x9A + 8 * 93, 8):
        start, length = struct.unpack_from("<II", main, at)
        struct.pack_into("<I", moved, at, start + 52 if length else 0)
    moved[11] |= 1
    head = header(password)
    sealed = rc4(bytes(moved), password, 512)
    sealed_table = rc4(room + table, password, 512)
    return compound(
        {
            "WordDocument": bytes(moved[:68]) + sealed[68:],
            "1Table": head + sealed_table[52:],
        }
    )


def locked_xls(password: str) -> bytes:
    return compound({"Workbook": workbook(password), "\x05SummaryInformation": b"x"})


def workbook(password: str) -> bytes:
    def record(code: int, data: bytes) -> bytes:
        return struct.pack("<HH", code, len(data)) + data

    head = struct.pack("<H", 1) + header(password)
    plain = [(0x809, b"\0\6\5\0" + bytes(12)), (0x2F, head), (0x85, bytes(range(20)))]
    plain += [(0xFC, "机密".encode("utf-16-le") * 400)] * 4
    whole = b"".join(record(code, data) for code, data in plain)
    sealed = rc4(whole, password, 1024)
    out = b""
    for code, data in plain:
        at = len(out) + 4
        kept = len(data) if code in (0x809, 0x2F) else 4 if code == 0x85 else 0
        out += record(code, data[:kept] + sealed[at + kept : at + len(data)])
    return out


def test_a_word_binary_is_read_with_its_password():
    found = list(read(source(locked_doc("口令")), Budget(passwords=("不对", "口令"))))

    assert found[0].text == "机密★10年"
    assert all(isinstance(item, Part) for item in found)


def test_a_word_binary_without_its_password_stays_closed():
    with pytest.raises(EncryptedFile):
        list(read(source(locked_doc("口令")), Budget(passwords=("不对",))))


def test_a_workbook_is_decrypted_record_by_record():
    plain = decrypted(source(locked_xls("口令")), Budget(passwords=("口令",)))

    book = streams_of(plain or b"")["Workbook"]
    assert book.count("机密".encode("utf-16-le") * 400) == 4
    assert book[20:22] != b"\x2f\0"  # the record that told of the encryption
    assert bytes(range(20)) in book


def test_a_workbook_encrypted_by_office_itself_needs_no_password():
    assert decrypted(source(locked_xls(DEFAULT)), Budget()) is not None


def test_what_cannot_be_decrypted_gives_nothing():
    assert decrypted(source(locked_xls("口令")), Budget()) is None
    assert decrypted(source(compound({"Workbook": b"\x2f\0\2\0"})), Budget()) is None
    assert decrypted(source(compound(word_streams("正文\r"))), Budget()) is None


@pytest.mark.parametrize("make", [locked_doc, locked_xls])
def test_broken_files_raise_nothing_else(make):
    data = make("口令")
    for seed in range(60):
        chance = random.Random(seed)
        broken = bytearray(data[: chance.randrange(len(data))] if seed % 3 == 0 else data)
        for _ in range(20):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        with contextlib.suppress(UnreadError):
            decrypted(source(bytes(broken)), Budget(passwords=("口令",)))


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("xls/msoffcrypto-tool__rc4cryptoapi_password.xls", "Password1234_"),
        ("xls/msoffcrypto-tool__xor_password_123456789012345.xls", "123456789012345"),
        ("ppt/msoffcrypto-tool__rc4cryptoapi_password.ppt", "Password1234_"),
        ("doc/msoffcrypto-tool__rc4cryptoapi_password.doc", "Password1234_"),
    ],
)
def test_real_binaries_are_decrypted(name, password):
    path = folder("corpus", "formats") / name

    assert decrypted(Source(path), Budget(passwords=(password,))) is not None
    assert decrypted(Source(path), Budget()) is None


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["ecma376standard_password", "example_password"])
def test_real_packages_are_decrypted(name):
    path = folder("corpus", "formats", "docx") / f"msoffcrypto-tool__{name}.docx"

    found = list(extract(Source(path), Budget(passwords=("Password1234_",))))

    assert [item.members for item in found] == [()]
