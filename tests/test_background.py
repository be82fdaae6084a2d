"""Facts about how common groups of characters are said to be."""

from __future__ import annotations

import hashlib
import importlib.util
import zipfile
from types import ModuleType

import corpora
import numpy as np
import pytest

from markscan import data
from markscan.background import FLOOR, Background, expected, per_megabyte, read_background, shipped
from markscan.errors import LexiconError
from markscan.fold import fold
from markscan.pool import Pool, units_of

FOLDER = data.folder("lexicons") / "background"


def _build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("background_build", FOLDER / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD = _build()


def rate(text: str) -> float:
    return float(expected(Pool.of([text]))[0])


def background(*texts: str) -> Background:
    return Background.unpack(BUILD.columns(texts))


@pytest.mark.parametrize("size", [1, 2, 3, 4])
@pytest.mark.parametrize("text", ["", "机", "保密", "国家秘密", "国家秘密受法律保护" * 8000])
def test_every_group_has_its_rate(text, size):
    rates = per_megabyte(units_of(text), size)

    assert rates.dtype == np.float32
    assert len(rates) == max(len(text) - size + 1, 0)
    assert (rates >= np.float32(FLOOR)).all()


@pytest.mark.parametrize("size", [0, 5])
def test_other_sizes_are_refused(size):
    with pytest.raises(ValueError, match="1 to 4"):
        per_megabyte(units_of("国家秘密"), size)


@pytest.mark.parametrize("text", ["的", "国家", "人民法院"])
def test_common_words_are_common(text):
    assert rate(text) > 100


@pytest.mark.parametrize("text", ["鑫蟃龘靐", "靐龘龘鑫", "国龘家靐", "𠀀龘𠀀𠀀"])
def test_what_was_never_seen_is_rare(text):
    assert rate(text) < 0.1


def test_the_rate_of_a_long_text_is_that_of_its_rarest_group():
    text = "不得泄露国家秘密"
    assert rate(text) == per_megabyte(units_of(text), 4).min()


def test_texts_of_a_pool_do_not_run_into_each_other():
    texts = ["秘密", "国", "国家秘密", "", "不得泄露国家秘密", "家", "𠀀国家机关"]
    together = expected(Pool.of(texts))

    assert together.tolist() == [rate(text) for text in texts]
    assert expected(Pool.of([])).tolist() == []


def test_a_group_is_no_commoner_than_the_groups_in_it():
    units = units_of(fold("中华人民共和国保守国家秘密法规定，机关、单位负责人签发。").text)
    for size in (2, 3, 4):
        shorter = per_megabyte(units, size - 1)
        rates = per_megabyte(units, size)
        assert (rates <= np.minimum(shorter[:-1], shorter[1:])).all()


def test_a_table_counts_what_stands_in_its_texts():
    text = "甲乙丙丁戊" * 100
    made = background(text, text)
    megabytes = 2 * len(text.encode()) / 1e6
    rates = made.per_megabyte(units_of("甲乙丙丁"), 4)

    assert rates[0] == pytest.approx(200 / megabytes, rel=0.1)
    assert made.units == pytest.approx(1e6 / 3)


def test_a_group_of_one_text_alone_is_left_out():
    made = background("甲乙丙丁戊己" * 100, "子丑寅卯辰巳" * 100)

    assert made.per_megabyte(units_of("甲乙丙丁"), 4)[0] <= made.least[3]


def test_distances_beyond_a_byte_are_bridged():
    places = np.array([0, 255, 511, 512, 5000], np.int64)
    gaps, values = BUILD.packed(places, np.array([1, 2, 3, 4, 5], np.uint8))
    filled = np.cumsum(gaps, dtype=np.int64) - 1

    assert filled[values > 0].tolist() == places.tolist()
    assert values[values > 0].tolist() == [1, 2, 3, 4, 5]


def test_of_two_groups_in_one_slot_the_commoner_stays():
    gaps, values = BUILD.packed(np.array([7, 7]), np.array([9, 3], np.uint8))

    assert (gaps.tolist(), values.tolist()) == ([8], [9])


def test_the_same_texts_give_the_same_bytes(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("a.txt", "b.md"):
        (folder / name).write_text("依法保守国家秘密是公民的义务。" * 9, "utf-8")
    (folder / "c.txt").write_bytes("国家".encode("gb18030"))
    for name in ("one.npz", "two.npz"):
        BUILD.write(folder, tmp_path / name)

    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert read_background(tmp_path / "one.npz").units > 0


def test_a_long_line_is_counted_once(tmp_path):
    line = "依法保守国家秘密是公民的义务。" * 9
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{line}\n短行\n", "utf-8")

    assert [text for _, text in BUILD.texts(tmp_path)] == [f"{line}\n短行", "短行"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no table"])
def test_a_damaged_table_is_named(tmp_path, content):
    path = tmp_path / "table.npz"
    path.write_bytes(content)

    with pytest.raises(LexiconError, match=r"table\.npz"):
        read_background(path)


def test_a_table_without_its_columns_is_named(tmp_path):
    path = tmp_path / "table.npz"
    np.savez(path, units=np.array(1.0))

    with pytest.raises(LexiconError, match=r"table\.npz"):
        read_background(path)


def test_the_table_that_ships_is_small():
    with zipfile.ZipFile(FOLDER / "table.npz") as package:
        members = [package.read(name) for name in package.namelist()]

    assert sum(map(len, members)) < 3_300_000
    assert 300_000 < shipped().units < 400_000


@pytest.mark.corpus
def test_rates_hold_on_texts_that_were_not_counted():
    halves: tuple[list[str], list[str]] = ([], [])
    for name, text in BUILD.texts(corpora.folder("corpus", "public")):
        digest = hashlib.sha256(name.encode()).digest()
        if digest[1] % 4 == 0:
            halves[digest[0] & 1].append(text)
    made = background(*halves[0])
    megabytes = sum(len(text.encode()) for text in halves[1]) / 1e6
    held = [units_of(fold(text).text) for text in halves[1]]
    for size, within in ((1, 0.9), (2, 0.85), (3, 0.8), (4, 0.75)):
        keys, counts, _ = BUILD.counted(BUILD.keys(units, size) for units in held)
        common = counts / megabytes >= 10
        keys, counts = keys[common], counts[common]
        shifts = np.arange(16 * (size - 1), -1, -16, dtype=np.uint64)
        units = ((keys[:, None] >> shifts) & np.uint64(0xFFFF)).astype(np.uint16).ravel()
        ratio = made.per_megabyte(units, size)[::size] / (counts / megabytes)
        close = counts[(ratio > 0.5) & (ratio < 2)].sum() / counts.sum()
        assert close > within, size


@pytest.mark.corpus
def test_four_characters_by_chance_are_never_common():
    random = np.random.default_rng(1)
    folder = corpora.folder("corpus", "public")
    some = [units_of(fold(text).text) for _, text in list(BUILD.texts(folder))[::10]]
    rates = per_megabyte(random.permutation(np.concatenate(some)), 4)

    assert (rates <= 0.2).mean() > 0.999
    assert (rates > 1).mean() < 0.0002
