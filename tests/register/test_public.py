"""Facts about what counts as public text."""

import importlib.util
import random
from types import ModuleType

import corpora
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from markscan import data
from markscan.fingerprint import HanText, pieces, select
from markscan.register.public import hashes, is_public, packed, shipped, unpacked

FOLDER = data.folder("lexicons") / "public"


def _build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("public_build", FOLDER / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD = _build()


def part_public(text: str) -> float:
    units = HanText(text).units
    chosen = pieces(units, select(units))
    return float(is_public(chosen).mean()) if len(chosen) else 0.0


@given(st.lists(st.integers(0, 2**32 - 1), unique=True, max_size=200))
def test_a_packed_table_comes_back(known):
    table = np.array(sorted(known), np.uint32)

    assert np.array_equal(unpacked(*packed(table)), table)


@pytest.mark.parametrize("line", BUILD.formulas())
def test_a_formula_is_public(line):
    units = HanText(line).units
    if len(select(units)):
        assert part_public(line) == 1


def test_the_law_on_secrets_is_named_in_public_text():
    assert part_public("根据《中华人民共和国保守国家秘密法》及其实施条例，制定本办法。") > 0.8


def test_what_nobody_wrote_is_not_public():
    nonsense = "".join(random.Random(1).choices([chr(c) for c in range(0x4E00, 0x9FA0)], k=30_000))

    assert part_public(nonsense) < 0.002


def test_the_table_is_small_and_in_order():
    assert (np.diff(shipped().astype(np.int64)) > 0).all()
    assert len(shipped()) > 2_000_000
    assert (FOLDER / "pieces.npz").stat().st_size <= 8_000_000


def test_the_same_texts_give_the_same_table(tmp_path):
    (tmp_path / "b.txt").write_text("现将有关事项通知如下，请各单位遵照执行。", "utf-8")
    (tmp_path / "a.md").write_text("本办法由各地另行制定实施细则并予以公布。", "utf-8")
    (tmp_path / "c.txt").write_bytes(b"\xff\xfe\xff")

    one = BUILD.known(BUILD.texts(tmp_path), [])
    assert np.array_equal(one, BUILD.known(reversed(list(BUILD.texts(tmp_path))), []))
    units = HanText("现将有关事项通知如下").units
    assert np.isin(hashes(pieces(units, select(units))), one).all()


@pytest.mark.corpus
def test_public_law_is_public():
    found = sorted(corpora.folder("corpus", "public", "LawRefBook__Laws").glob("*.txt"))[:20]

    for path in found:
        assert part_public(path.read_text("utf-8")) > 0.99
