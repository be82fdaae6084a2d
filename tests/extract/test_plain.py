"""Facts about reading plain text."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markscan.document import Area, Part
from markscan.errors import LimitExceeded, UnreadError
from markscan.extract import plain
from markscan.extract.extractor import Budget, Item, Limits
from markscan.source import Source

SENTENCE = "各单位应当按照要求做好工作，并把结果报告给办公室。\n"


def read(content: bytes, name: str = "a.txt", **limits: int) -> list[Item]:
    source = Source(Path(name), (), content)
    return list(plain.extract(source, Budget(Limits(**limits))))


def texts(items: list[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, Part)]


def reasons(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, UnreadError)]


def test_an_empty_file_yields_nothing() -> None:
    assert read(b"") == []


def test_a_small_file_is_one_part_with_its_encoding() -> None:
    (part,) = read(SENTENCE.encode())
    assert isinstance(part, Part)
    assert (part.text, part.place.area, part.place.label) == (SENTENCE, Area.BODY, "utf-8 1.00")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_the_label_names_the_encoding(encoding: str) -> None:
    (part,) = read(SENTENCE.encode(encoding))
    assert isinstance(part, Part)
    assert part.text == SENTENCE
    assert part.place.label.startswith(encoding.removesuffix("-sig"))


def test_line_ends_become_line_feeds() -> None:
    assert texts(read(b"a\r\nb\rc\nd\r\n")) == ["a\nb\nc\nd\n"]


def test_an_encoding_in_doubt_is_a_problem_beside_the_text() -> None:
    items = read("Le château était fermé, déjà très tôt.".encode("cp1252"))
    assert reasons(items) == ["text.encoding-unsure"]
    assert "teau" in texts(items)[0]


def test_bad_bytes_within_are_told_and_a_cut_end_is_not() -> None:
    content = (SENTENCE * 20).encode()
    assert reasons(read(content[:-2])) == []
    items = read(content[:750] + b"\xff\xff" + content[750:])
    assert reasons(items) == ["text.bad-bytes"]


def test_a_hole_is_left_out_and_told() -> None:
    items = read("机密★10年".encode() + bytes(5000) + "完".encode())
    assert texts(items) == ["机密★10年完"]
    assert reasons(items) == ["text.nul-bytes"]


def test_characters_over_the_limit_end_the_reading() -> None:
    source = Source(Path("a.txt"), (), SENTENCE.encode() * 10)
    seen: list[Item] = []
    with pytest.raises(LimitExceeded, match=r"limit\.characters"):
        for item in plain.extract(source, Budget(Limits(text_characters=100))):
            seen.append(item)
    assert sum(map(len, texts(seen))) == 100


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "_BLOCK", 64)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-be", "utf-32"])
def test_blocks_join_to_the_whole_text(encoding: str) -> None:
    text = "".join(f"第{n}行：{SENTENCE}" for n in range(50))
    parts = texts(read(text.encode(encoding)))
    assert len(parts) > 5
    assert "".join(parts) == text
    assert all(part.endswith("\n") for part in parts)


@pytest.mark.usefixtures("small_blocks")
def test_a_line_longer_than_a_block_is_cut() -> None:
    text = SENTENCE.strip() * 40
    parts = texts(read(text.encode()))
    assert len(parts) > 2
    assert "".join(parts) == text


@pytest.mark.usefixtures("small_blocks")
def test_a_block_may_be_in_another_encoding() -> None:
    content = b"plain words\n" * 30 + (SENTENCE * 10).encode("gb18030")
    assert SENTENCE * 8 in "".join(texts(read(content)))


@given(st.lists(st.sampled_from([SENTENCE, "a\r\n", "\n", "密\r", "word "]), max_size=60))
def test_no_text_is_lost_between_blocks(pieces: list[str]) -> None:
    text = "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "_BLOCK", 32)
        found = "".join(texts(read(text.encode())))
    assert found == text.replace("\r\n", "\n").replace("\r", "\n")


def test_a_text_before_a_sparse_gigabyte_is_read_with_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "hole.txt"
    with path.open("wb") as file:
        file.write(b"head")
        file.seek((1 << 28) - 20)
        file.write("机密★10年".encode())
    tracemalloc.start()
    started = time.perf_counter()
    items = list(plain.extract(Source(path), Budget()))
    spent = time.perf_counter() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "".join(texts(items)) == "head机密★10年"
    assert reasons(items) == ["text.nul-bytes"]
    assert peak < 40 << 20
    assert spent < 10


def test_a_table_is_read_cell_by_cell() -> None:
    items = read('姓名,备注\n张三,"机密★10年，\n内部"\n,x\n'.encode(), "b.CSV")
    cells = [(p.text, p.place.label, p.row) for p in items if isinstance(p, Part)]
    assert cells == [
        ("姓名", "R1C1", 1),
        ("备注", "R1C2", 1),
        ("张三", "R2C1", 2),
        ("机密★10年，\n内部", "R2C2", 2),
        ("x", "R3C2", 3),
    ]
    assert all(p.place.area is Area.CELL for p in items if isinstance(p, Part))


@pytest.mark.parametrize(("name", "content"), [("a.csv", b"a;b\n"), ("a.tsv", b"a\tb\n")])
def test_the_delimiter_is_the_one_in_use(name: str, content: bytes) -> None:
    assert texts(read(content, name)) == ["a", "b"]


def test_cells_over_the_limit_are_read_as_lines() -> None:
    items = read(b"a,b\nc,d\ne,f\n", "a.csv", parts=3)
    assert reasons(items) == ["limit.parts"]
    assert texts(items)[:3] == ["a", "b", "c"]
    assert "e,f" in texts(items)[-1]


def test_a_table_that_cannot_be_parsed_is_read_as_lines() -> None:
    content = b'a,b\n"' + b"x" * 200_000 + b"\nlast,line\n"
    assert "last,line" in texts(read(content, "a.csv"))[-1]
