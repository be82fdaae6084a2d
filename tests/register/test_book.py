"""The register as the office keeps it: what is added stays, what is changed is refused."""

import sqlite3
import threading
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from markscan.document import Span
from markscan.errors import RegisterError
from markscan.fingerprint import HanText, Prints
from markscan.marking import Condition, Duration, EndDate, LongTerm
from markscan.register import Entry, Point
from markscan.register.book import MOST_SEGMENTS, Book
from markscan.register.entry import from_plain, to_plain
from markscan.register.keys import Key
from markscan.register.opening import compiled
from markscan.register.registering import prepare

KEY = Key.of(bytes(range(32)))
FERRY = "青禾渡口扩建工程自三月动工，由北岸第二施工队负责桩基，南岸仓库存放全部钢材和测量器材。"
DEPOT = "白石仓库的值班表每周一更换，夜间由两名保管员共同开启库门，钥匙分别存放在不同的保险柜内。"


def addition(text, **values):
    entry = Entry(number=0, id=values.pop("id", ""), level=values.pop("level", "jimi"), **values)
    return prepare(entry, text, Prints(KEY.prints)).addition


@pytest.fixture
def book(tmp_path):
    with Book.create(tmp_path / "office.register", KEY) as made:
        yield made


def holders(book, text):
    found = compiled(book).find(HanText(text))
    return sorted({book_entry(book, n) for n in found.entry.tolist()})


def book_entry(book, number):
    return next(entry.id for entry in book.entries() if entry.number == number)


@pytest.mark.parametrize(
    "period",
    [None, Duration(10, "Y"), Duration(0.5, "Y"), EndDate(2030, 12, 31), EndDate(2030),
     EndDate(2031, 5), Condition("启用前"), LongTerm()],
)  # fmt: skip
def test_an_entry_comes_back_as_it_was_written(period):
    entry = Entry(
        *(3, "R3", "juemi", period, date(2024, 5, 1), date(2034, 5, 1)),
        size=40, kept=12, title="标题", document_number="某发〔2024〕1号", scope=("一处", "二处"),
        copies=5, approvals=("A1",), stamp="复制专用", points=(Point(Span(2, 9), "juemi"),),
        title_span=Span(0, 4), parent="R1", declassified=date(2030, 1, 1), assumed=True,
    )  # fmt: skip

    assert from_plain(to_plain(entry)) == entry


def test_what_is_added_is_found_and_keeps_its_number(book):
    first, second = book.add([addition(FERRY), addition(DEPOT, id="仓-1")])

    assert (first.number, first.id, second.number, second.id) == (1, "R000001", 2, "仓-1")
    assert holders(book, FERRY[4:30]) == ["R000001"]
    assert holders(book, f"据悉，{DEPOT[3:25]}云云") == ["仓-1"]


def test_a_number_is_never_given_twice(book):
    book.add([addition(FERRY)])
    book.remove(["R000001"])

    assert book.add([addition(DEPOT)])[0].number == 2


def test_what_is_removed_is_no_longer_found_nor_in_the_file(book):
    sealed = b"R000001"
    book.add([addition(FERRY), addition(DEPOT)])
    book.remove(["R000001"])

    assert holders(book, FERRY) == []
    assert holders(book, DEPOT) == ["R000002"]
    assert sealed not in book.path.read_bytes()


def test_nothing_is_removed_if_one_id_is_unknown(book):
    book.add([addition(FERRY)])

    with pytest.raises(RegisterError):
        book.remove(["R000001", "R000009"])

    assert len(book.entries()) == 1


def test_an_id_stands_once_and_a_failed_addition_adds_nothing(book):
    book.add([addition(FERRY, id="甲")])

    with pytest.raises(RegisterError):
        book.add([addition(DEPOT, id="乙"), addition(DEPOT, id="甲")])

    assert [entry.id for entry in book.entries()] == ["甲"]
    assert holders(book, DEPOT) == []


def test_many_additions_are_merged_and_still_found(book):
    for number in range(2 * MOST_SEGMENTS):
        book.add([addition(FERRY if number % 2 else DEPOT)])

    count = sqlite3.connect(book.path).execute("SELECT count(*) FROM segment").fetchone()[0]
    assert count <= MOST_SEGMENTS
    assert len(holders(book, FERRY)) == MOST_SEGMENTS


def test_public_documents_of_the_office_are_not_looked_for(book):
    from markscan.fingerprint import pieces, select

    book.add([addition(FERRY), addition(DEPOT)])
    units = HanText(FERRY).units
    book.add_public(Prints(KEY.prints).tags(pieces(units, select(units))))

    assert holders(book, FERRY) == []
    assert holders(book, DEPOT) == ["R000002"]


def test_an_entry_can_be_changed(book):
    entry = book.add([addition(FERRY)])[0]
    book.change([replace(entry, declassified=date(2025, 1, 1))])

    assert book.entries()[0].declassified == date(2025, 1, 1)


def test_a_reader_sees_the_register_while_another_writes(book):
    book.add([addition(FERRY)])
    seen, go, done = [], threading.Event(), threading.Event()

    def read():
        with Book(book.path, KEY) as other:
            go.set()
            seen.append(len(other.entries()))
        done.set()

    reader = threading.Thread(target=read)
    book._base.execute("BEGIN IMMEDIATE")
    reader.start()
    assert done.wait(20)
    book._base.execute("ROLLBACK")
    reader.join()

    assert seen == [1]


def test_the_file_shows_neither_text_nor_names(book):
    named = {"title": "关于青禾渡口扩建的通知", "document_number": "某密发〔2024〕7号"}
    book.add([addition(FERRY, **named)])
    content = book.path.read_bytes()

    for secret in (FERRY[:6], named["title"], named["document_number"], "jimi"):
        assert secret.encode() not in content
        assert secret.encode("utf-16-le") not in content


def test_the_same_pieces_in_two_documents_show_no_pattern_when_compiled(book):
    book.add([addition(FERRY), addition(FERRY)])
    index = compiled(book).index

    assert len(np.unique(index.rest)) == len(index.rest)
    assert len(np.unique(index.payload)) == len(index.payload)


def test_another_key_is_refused(book):
    with pytest.raises(RegisterError, match="密钥"):
        Book(book.path, Key.of(bytes(32)))


@pytest.mark.parametrize(
    "said",
    [
        "UPDATE segment SET sealed = zeroblob(length(sealed)), mark = zeroblob(28)",
        "DELETE FROM segment",
        "DELETE FROM entry",
        "UPDATE segment SET kind = 'public'",
        "UPDATE entry SET number = number + 7",
        "UPDATE book SET value = x'31' WHERE name = 'next'",
        "DELETE FROM book WHERE name = 'seal'",
        "DROP TABLE segment",
        "UPDATE book SET value = 'x' WHERE name = 'format'",
    ],
)
def test_a_changed_register_is_refused_when_it_is_opened(book, said):
    book.add([addition(FERRY), addition(DEPOT)])
    base = sqlite3.connect(book.path)
    base.execute(said)
    base.commit()
    base.close()

    with pytest.raises(RegisterError):
        Book(book.path, KEY)


def test_bytes_changed_inside_a_segment_are_found_when_it_is_read(book):
    book.add([addition(FERRY)])
    base = sqlite3.connect(book.path)
    base.execute("UPDATE segment SET sealed = zeroblob(length(sealed))")
    base.commit()
    base.close()

    with Book(book.path, KEY) as changed, pytest.raises(RegisterError):
        changed.verify()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.99])
def test_a_register_that_was_cut_off_is_refused(book, share):
    book.add([addition(FERRY), addition(DEPOT)])
    content = book.path.read_bytes()
    short = book.path.with_name("short.register")
    short.write_bytes(content[: int(len(content) * share)])

    with pytest.raises(RegisterError), Book(short, KEY) as cut:
        cut.verify()


def test_a_newer_format_is_named(book):
    book._base.execute("UPDATE book SET value = '9' WHERE name = 'format'")

    with pytest.raises(RegisterError, match="9"):
        Book(book.path, KEY)


def test_a_key_for_scanning_does_not_open_it(book, tmp_path):
    from markscan.register.keys import read_key, write_scan_key

    write_scan_key(KEY, tmp_path / "scan.key")

    with pytest.raises(RegisterError, match="扫描"):
        Book(book.path, read_key(tmp_path / "scan.key"))
