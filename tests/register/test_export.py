"""What is carried to an unclassified machine: signed, and silent without its key."""

import json

import numpy as np
import pytest

from markscan.errors import RegisterError
from markscan.fingerprint import HanText, Prints
from markscan.register import Entry
from markscan.register.book import Book
from markscan.register.export import read_export
from markscan.register.keys import Key, new_key, read_key, write_scan_key
from markscan.register.opening import export, open_register
from markscan.register.registering import prepare

TEXT = "青禾渡口扩建工程自三月动工，由北岸第二施工队负责桩基，南岸仓库存放全部钢材和测量器材。"
TITLE = "关于青禾渡口扩建工程有关安排的通知"
NUMBER = "某密发〔2024〕7号"


@pytest.fixture
def office(tmp_path):
    key = new_key(tmp_path / "office.key")
    entry = Entry(0, "渡-1", "jimi", title=TITLE, document_number=NUMBER, scope=("工程处",))
    with Book.create(tmp_path / "office.register", key) as book:
        book.add([prepare(entry, TEXT, Prints(key.prints)).addition])
        export(book, tmp_path / "out.register")
    write_scan_key(key, tmp_path / "scan.key")
    return tmp_path


def test_the_export_finds_with_the_key_for_scanning_what_the_register_finds(office):
    whole = open_register(office / "office.register", office / "office.key")
    out = open_register(office / "out.register", office / "scan.key")

    text = HanText(TEXT[5:35])
    assert len(out.find(text)) == len(whole.find(text)) > 0
    assert out.entries[1].id == "渡-1"
    assert next(iter(out.names.numbered("根据某密发[2024]7号文件")))[0] == 1
    assert out.names.titled(TITLE) == [1]


def test_names_and_scope_stay_at_home_unless_let_out(office):
    out = open_register(office / "out.register", office / "scan.key").entries[1]
    with Book(office / "office.register", read_key(office / "office.key")) as book:
        more = export(book, office / "more.register", names=True, scope=True).entries[1]

    assert (out.title, out.document_number, out.scope) == ("", "", ())
    assert (more.title, more.document_number, more.scope) == (TITLE, NUMBER, ("工程处",))


def test_the_file_shows_neither_text_nor_names(office):
    content = (office / "out.register").read_bytes()

    for secret in (TEXT[:6], TITLE, NUMBER, "工程处"):
        assert secret.encode() not in content
        assert json.dumps(secret).strip('"').encode() not in content


def test_its_fingerprints_match_nothing_under_another_key(office):
    out = open_register(office / "out.register", office / "scan.key")
    other = Prints(bytes(32))

    from markscan.fingerprint import pieces, select

    units = HanText(TEXT).units
    starts = select(units)
    assert len(out.look_up(starts, other.tags(pieces(units, starts)))) == 0


@pytest.mark.parametrize("where", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_one_changed_byte_is_refused(office, where):
    path = office / "out.register"
    content = bytearray(path.read_bytes())
    content[int((len(content) - 1) * where)] ^= 1
    path.write_bytes(content)

    with pytest.raises(RegisterError):
        open_register(path, office / "scan.key")


@pytest.mark.parametrize("share", [0.0, 0.001, 0.2, 0.5, 0.9, 0.9999])
def test_a_file_that_was_cut_off_is_refused(office, share):
    path = office / "out.register"
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])

    with pytest.raises(RegisterError):
        open_register(path, office / "scan.key")


def test_another_key_is_refused_by_name(office):
    new_key(office / "other.key")

    with pytest.raises(RegisterError, match=read_key(office / "office.key").id):
        open_register(office / "out.register", office / "other.key")


def test_what_another_office_has_signed_under_this_id_is_refused(office):
    """Whoever only scans has the secrets of the fingerprints, but cannot sign."""
    mine, other = read_key(office / "office.key"), Key.of(b"x" * 32)
    from dataclasses import replace

    from markscan.register.export import write_export

    good = read_export(office / "out.register", mine)
    forged = replace(mine, signing=other.signing)
    write_export(office / "forged", forged, list(good.entries.values()), good.index, good.names)

    with pytest.raises(RegisterError, match="签名"):
        read_export(office / "forged", mine)


def test_another_version_is_named(office):
    path = office / "out.register"
    path.write_bytes(path.read_bytes().replace(b"markscan-register/2", b"markscan-register/7", 1))

    with pytest.raises(RegisterError, match="markscan-register/7"):
        open_register(path, office / "scan.key")


def test_a_key_for_scanning_cannot_export(office):
    key = read_key(office / "scan.key")

    with pytest.raises(RegisterError, match="扫描"):
        key.sign(b"")
    assert (key.kind, key.entries, key.signing) == ("scan", None, None)


SECRET = f'"secret": "{"00" * 32}"'


@pytest.mark.parametrize(
    "content",
    [
        *("", "{}", "[]", "null", "\0", "x" * 100, '{"format": "markscan-key/1"}'),
        '{"format": "markscan-key/1", "kind": "register", "cipher": "aes", "secret": "00"}',
        f'{{"format": "markscan-key/2", "kind": "register", "cipher": "aes", {SECRET}}}',
        f'{{"format": "markscan-key/1", "kind": "register", "cipher": "des", {SECRET}}}',
    ],
)
def test_a_file_that_is_no_key_is_refused(tmp_path, content):
    (tmp_path / "key").write_text(content, "utf-8")

    with pytest.raises(RegisterError):
        read_key(tmp_path / "key")


def test_a_key_is_never_written_over(office):
    with pytest.raises(RegisterError):
        new_key(office / "office.key")


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
def test_each_cipher_finds_its_own(tmp_path, cipher):
    key = new_key(tmp_path / "key", cipher)
    with Book.create(tmp_path / "book", key) as book:
        prints = Prints(key.prints, key.cipher)
        book.add([prepare(Entry(0, "", "mimi"), TEXT, prints).addition])
        export(book, tmp_path / "out")

    assert len(read_export(tmp_path / "out", key).find(HanText(TEXT))) > 0
    assert read_key(tmp_path / "key") == key


def test_keys_print_no_secret():
    key = Key.of(bytes(range(32)))

    for secret in (key.prints, key.names, key.entries, key.signing):
        assert repr(secret) not in repr(key)
        assert secret.hex() not in repr(key)


def test_the_columns_of_an_export_look_like_random_numbers(office):
    out = open_register(office / "out.register", office / "scan.key")
    bits = np.unpackbits(out.index.payload.view(np.uint8))

    assert abs(bits.mean() - 0.5) < 4 * 0.5 / len(bits) ** 0.5


def test_words_in_latin_letters_stay_at_home_unless_let_out(tmp_path):
    key = new_key(tmp_path / "key")
    memo = "The harbour committee moved the northern ferry depot to a quiet warehouse. " * 3
    with Book.create(tmp_path / "book", key) as book:
        prints = Prints(key.prints)
        for text in (memo, TEXT):
            book.add([prepare(Entry(0, "", "mimi"), text, prints).addition])
        closed = export(book, tmp_path / "closed")
        opened = export(book, tmp_path / "opened", words=True)

    assert (closed.has_words, opened.has_words) == (False, True)
    assert len(closed.find(HanText(TEXT))) == len(opened.find(HanText(TEXT))) > 0
    assert len(closed.index) < len(opened.index)
