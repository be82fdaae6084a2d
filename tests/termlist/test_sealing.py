"""A sealed list opens with its passphrase alone, and nothing tells what it holds."""

from __future__ import annotations

import struct

import pytest

from markscan import cache
from markscan.errors import LexiconError
from markscan.termlist import TermList, read_entries, read_terms, reading, sealing
from markscan.termlist.sealing import is_sealed, named_passphrase, read_passphrase, seal, unseal

PASSPHRASE = "春江花月夜-correct-horse"
CONTENT = "绝密工程甲\n代号乙乙\n".encode()


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(sealing, "_COST", (10, 8, 1))


@pytest.fixture
def sealed(tmp_path):
    path = tmp_path / "list.sealed"
    path.write_bytes(seal("清单.txt", CONTENT, PASSPHRASE))
    return path


def test_a_sealed_list_is_read_with_its_passphrase(sealed):
    terms = read_terms([sealed], PASSPHRASE)

    assert [terms.id(n) for n in range(len(terms))] == ["清单.1", "清单.2"]
    assert terms.pool.text(0) == "绝密工程甲"


def test_a_sealed_file_shows_nothing_of_its_list(sealed):
    content = sealed.read_bytes()

    assert is_sealed(content) and not is_sealed(CONTENT)
    for secret in (*CONTENT.decode().split(), "清单"):
        assert secret.encode() not in content


def test_the_same_list_is_never_sealed_alike():
    assert seal("a.txt", CONTENT, PASSPHRASE) != seal("a.txt", CONTENT, PASSPHRASE)


def test_composed_and_decomposed_letters_are_the_same_passphrase(tmp_path):
    content = seal("a.txt", CONTENT, "caf\u00e9 caf\u00e9 caf\u00e9")

    opened = unseal(tmp_path / "a.sealed", content, "cafe\u0301 cafe\u0301 cafe\u0301")
    assert opened.source.content == CONTENT


def changed(content: bytes, at: int, byte: int | None = None) -> bytes:
    new = content[at] ^ 1 if byte is None else byte
    return content[:at] + bytes([new]) + content[at + 1 :]


BROKEN = {
    "no passphrase": (lambda c: c, "", "needs a passphrase"),
    "a wrong passphrase": (lambda c: c, "春江花月夜-wrong-horse!", "passphrase is wrong"),
    "cut short": (lambda c: c[:-1], PASSPHRASE, "passphrase is wrong"),
    "cut in its head": (lambda c: c[:30], PASSPHRASE, "cut short"),
    "the magic alone": (lambda c: c[:16], PASSPHRASE, "cut short"),
    "changed ciphertext": (lambda c: changed(c, -20 % len(c)), PASSPHRASE, "was changed"),
    "changed salt": (lambda c: changed(c, 20), PASSPHRASE, "was changed"),
    "changed nonce": (lambda c: changed(c, 40), PASSPHRASE, "was changed"),
    "a newer version": (lambda c: changed(c, 16, 9), PASSPHRASE, "newer MarkScan"),
    "no version": (lambda c: changed(c, 16, 0), PASSPHRASE, "damaged"),
    "a cost beyond reason": (lambda c: changed(c, 17, 40), PASSPHRASE, "damaged"),
    "a cost of nothing": (lambda c: changed(c, 18, 0), PASSPHRASE, "was changed"),
}


@pytest.mark.parametrize(("change", "passphrase", "said"), BROKEN.values(), ids=BROKEN)
def test_a_sealed_file_that_does_not_open_is_named(sealed, change, passphrase, said):
    sealed.write_bytes(change(sealed.read_bytes()))

    with pytest.raises(LexiconError) as caught:
        read_terms([sealed], passphrase)
    (message,) = caught.value.args
    assert said in message.en
    assert message.zh.startswith("list.sealed：")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("清单.txt", "绝密工程甲\n绝"),
        ("清单.csv", "词条,前文\n绝密工程甲,(绝密\n"),
        ("清单.csv", "词条,绝密\n绝密工程甲,1\n"),
        ("清单.toml", 'topic = "a"\nsource = "b"\n绝密工程甲'),
        ("清单.toml", 'topic = "a"\nsource = "b"\n[[term]]\ntext = "绝密工程甲"\n'),
        ("清单.txt", "绝密工程甲\x07"),
    ],
    ids=["short", "expression", "header", "no TOML", "no id", "control"],
)
def test_an_error_in_a_sealed_list_tells_nothing_of_it(tmp_path, name, content):
    path = tmp_path / "list.sealed"
    path.write_bytes(seal(name, content.encode(), PASSPHRASE))

    with pytest.raises(LexiconError) as caught:
        read_terms([path], PASSPHRASE)
    assert "绝" not in str(caught.value) and "清单" not in str(caught.value)


def test_columns_of_a_sealed_list_are_kept_under_a_secret(sealed, monkeypatch):
    monkeypatch.setattr(reading, "_WORTH_CACHING", 0)
    saved = []
    monkeypatch.setattr(cache, "load", lambda *args: None)
    monkeypatch.setattr(cache, "save", lambda *args: saved.append(args))
    read_terms([sealed], PASSPHRASE)
    plain = sealed.with_name("plain.txt")
    plain.write_bytes(CONTENT)
    read_terms([plain])

    assert [len(args[3]) if args[3] else 0 for args in saved] == [32, 0]


def test_a_short_passphrase_is_refused():
    with pytest.raises(LexiconError, match="fewer than 12"):
        seal("a.txt", CONTENT, "short")


@pytest.mark.parametrize("content", ["", "\nabc", b"\xff\xff"])
def test_a_file_without_a_passphrase_is_refused(tmp_path, content):
    path = tmp_path / "key"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(LexiconError, match="passphrase of term lists"):
        read_passphrase(path)


KEY_FILES = {
    "UTF-8 with its mark": f"\ufeff{PASSPHRASE}\r\nremark".encode(),
    "UTF-16 of Notepad": f"{PASSPHRASE}\r\n".encode("utf-16"),
    "GB 18030": PASSPHRASE.encode("gb18030"),
    "GB 18030 with its mark": f"\ufeff{PASSPHRASE}\n".encode("gb18030"),
    "blanks at the end": f"{PASSPHRASE} \t\u3000\r\n".encode(),
    "line ends of an old Mac": f"{PASSPHRASE}\rremark\r".encode(),
}


@pytest.mark.parametrize("content", KEY_FILES.values(), ids=KEY_FILES)
def test_a_passphrase_is_the_same_however_its_file_is_saved(tmp_path, content):
    path = tmp_path / "key"
    path.write_bytes(content)

    assert read_passphrase(path) == PASSPHRASE


def test_a_folder_holds_no_passphrase(tmp_path):
    with pytest.raises(LexiconError) as caught:
        read_passphrase(tmp_path)
    assert "这是文件夹" in caught.value.args[0].zh


def test_the_name_of_a_cache_entry_does_not_confirm_a_guess(sealed, monkeypatch):
    monkeypatch.setattr(reading, "_WORTH_CACHING", 0)
    digests = []
    monkeypatch.setattr(cache, "load", lambda *args: None)
    monkeypatch.setattr(cache, "save", lambda kind, digest, *rest: digests.append(digest))
    read_terms([sealed], PASSPHRASE)
    sealed.write_bytes(seal("清单.txt", CONTENT, PASSPHRASE))  # under another salt
    read_terms([sealed], PASSPHRASE)
    plain = sealed.with_name("清单.txt")
    plain.write_bytes(CONTENT)
    read_terms([plain])

    assert len(set(digests)) == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda columns: columns.clear(),
        lambda columns: columns.pop("ids"),
        lambda columns: columns.update(weights=columns["weights"][:1]),
        lambda columns: columns.update(topics=columns["ids"]),
    ],
    ids=["none", "one missing", "one short", "no JSON"],
)
def test_an_entry_of_other_columns_is_made_again(tmp_path, monkeypatch, change):
    monkeypatch.setattr(reading, "_WORTH_CACHING", 0)
    kept = {}
    monkeypatch.setattr(cache, "load", lambda kind, digest, secret: kept.get(digest))
    monkeypatch.setattr(
        cache, "save", lambda kind, digest, columns, secret: kept.update({digest: dict(columns)})
    )
    path = tmp_path / "a.txt"
    path.write_bytes(CONTENT)
    read_terms([path])
    (columns,) = kept.values()
    change(columns)

    assert read_terms([path]).pool.text(0) == "绝密工程甲"
    assert len(read_terms([path])) == 2


def test_the_environment_may_name_the_file_of_the_passphrase(tmp_path, monkeypatch):
    path = tmp_path / "key"
    path.write_text(f"{PASSPHRASE}\nremark\n", "utf-8")
    monkeypatch.delenv(sealing.KEY_VARIABLE, raising=False)
    assert named_passphrase() == ""

    monkeypatch.setenv(sealing.KEY_VARIABLE, str(path))
    assert named_passphrase() == PASSPHRASE


def test_the_head_is_as_documented():
    content = seal("a.txt", CONTENT, PASSPHRASE)
    magic, version, *cost, _, _ = struct.unpack(">16s4B16s12s", content[:48])

    assert (magic, version, cost) == (b"MARKSCAN-SEALED\n", 1, [10, 8, 1])


def test_entries_of_a_sealed_list_say_so(sealed):
    (entries,) = read_entries([sealed], PASSPHRASE)

    assert entries.source.sealed and entries.source.name == "清单.txt"


def test_a_list_knows_the_secret_it_must_be_kept_under(sealed):
    plain = sealed.with_name("plain.txt")
    plain.write_text("项目丁丁\n", "utf-8")
    open_terms, closed = read_terms([plain]), read_terms([sealed], PASSPHRASE)

    assert open_terms.secret is None
    assert closed.secret is not None and closed.secret.hex() not in repr(closed)
    assert TermList.joined([open_terms, closed]).secret is not None
    assert TermList.joined([open_terms, open_terms]).secret is None
