"""Facts about the fold and the way back."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import tomllib
import unicodedata
import zipfile
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markscan import data
from markscan.document import Span
from markscan.errors import LexiconError
from markscan.fold import Folded, fold, is_han, what_changed
from markscan.fold import marked as fold_marked
from markscan.fold import table as fold_table
from markscan.fold.alike import ALIKE, alike
from markscan.fold.blocks import blocks
from markscan.fold.marked import Marked, mark
from markscan.fold.wide import mark_wide
from markscan.pool import units_of

FOLDER = data.folder("lexicons") / "fold"
BORDER = "\0" * 100

TRICKY = (
    "机密機級★☆*＊．·● \n\r\t\u00a0\u3000\u2028\u200b\u00ad\ufeff\ufe0f\U000e0101\0()（）jJnɡīíǚüā"
    "e\u0304\u0301〔】—“…½㈱㊙ｊＡ１é⻓⼯ﷺİẗ〇々カﾞ\ud800\udc00𠀀"
)
tricky = st.text(st.sampled_from(TRICKY), max_size=30)
texts = st.one_of(
    tricky,
    st.text(st.sampled_from(TRICKY), min_size=97, max_size=160),
    st.text(st.characters(exclude_categories=()), max_size=30),
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("机密★１０年", "机密★10年"),
        ("ＡＢｃ：（１）", "abc:(1)"),
        ("機密★10年", "机密★10年"),
        ("絕密", "绝密"),
        ("絶密", "绝密"),
        ("祕密", "秘密"),
        ("宻", "密"),
        ("発関広", "发关广"),
        ("㊙", "秘"),
        ("⼯作", "工作"),
        ("⻓期", "长期"),
        ("⾧期", "长期"),
        ("\uf98e", "年"),
        ("①", "1"),
        ("𝟏𝟎", "10"),
        ("㈱", "(株)"),
        ("½", "1⁄2"),
        ("……", "......"),
        ("İ", "i\u0307"),
        ("\ud800密", "\ufffd密"),
    ],
)
def test_one_form_for_all_ways_to_write_a_character(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize("char", "浜沪予欠芸叙")
def test_chinese_characters_that_are_japanese_forms_of_others_stay(char: str) -> None:
    assert fold(char).text == char


def test_stars_and_separators_of_markings_stay() -> None:
    kept = tomllib.loads((FOLDER / "variants.toml").read_text(encoding="utf-8"))["kept"]
    glyphs = kept["stars"] + kept["separators"]
    assert set("★☆✩✪✫✭✮✯✰⋆⭐*＊※●○◆◇▲△·•．〇") <= set(glyphs)
    assert fold(glyphs).text == glyphs


@pytest.mark.parametrize(
    "invisible",
    "\u200b\u200c\u200d\u200e\u202e\u2060\u2066\u2069\u00ad\ufeff\ufe0f\U000e0100\U000e0041\u034f"
    "\u180e\u115f\u3164\uffa0\ufff9\x01\x7f\x9f",
)
def test_invisible_characters_are_dropped(invisible: str) -> None:
    assert fold(f"机{invisible}密{invisible}★").text == "机密★"
    assert what_changed(f"机{invisible}密") == {"zw"}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("机 密", "机密"),
        ("机\u3000密", "机密"),
        ("机\u00a0 \t密", "机密"),
        ("机\n密", "机密"),
        ("机\r\n密", "机密"),
        ("机 \u200b 密", "机密"),
        ("二〇 三一年", "二〇三一年"),
        ("𠀀 机 勣 𠀁", "𠀀机𪟝𠀁"),
        ("机 😀 密", "机 😀 密"),
        ("秘密★ 3 年", "秘密★ 3 年"),
        ("机密 10", "机密 10"),
        (" 机密 ", " 机密 "),
        ("a\u3000b", "a b"),
        ("机密\u3000★", "机密 ★"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\vb\fc\u0085d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("\r\n", "\n"),
    ],
)
def test_white_space_goes_between_ideographs_only(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize("space", ["", " ", "\n", "\u3000", "\u200b"])
def test_nothing_joins_across_the_border(space: str) -> None:
    shown = fold(f"a{space}a").text[1:-1]
    assert fold(f"机{space}\0{space}密").text == f"机{shown}\0{shown}密"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("機(jī)密", "机密"),
        ("机（jī）密（mì）", "机密"),
        ("机(JĪ)密", "机密"),
        ("机(ji\u0304)密", "机密"),
        ("率(lǜ)", "率"),
        ("率(lu\u0308\u0300)", "率"),
        ("双(shuāng)", "双"),
        ("关(ɡuān)", "关"),
        ("机(jī) 密", "机密"),
        ("机(jī)(jì)密", "机密"),
        ("机\u200b(j\u200bī)密", "机密"),
        ("机(" + "\u200b" * 80 + "jī)密", "机密"),
        ("机(ji)密", "机(ji)密"),
        ("机(abcdefā)", "机(abcdefā)"),
        ("机()密", "机()密"),
        ("a(jī)密", "a(jī)密"),
        ("(jī)密", "(jī)密"),
        ("机\0(jī)", "机\0(jī)"),
        ("机(jī", "机(jī"),
        ("机((jī))", "机((jī))"),
    ],
)
def test_pinyin_goes_after_an_ideograph_only(text: str, folded: str) -> None:
    assert fold(text).text == folded
    assert fold(text + BORDER).text == folded + BORDER


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("渉密人员", "涉密人员"),
        ("檔案資訊網際網路", "档案资讯网际网路"),
        ("维护****利益，在**员", "维护****利益,在**员"),
        ("第1條依據。第二條", "第1条依据。第二条"),
        ("保密,管理；监督", "保密,管理;监督"),
        ("该法的'条文，网上的.数据", "该法的'条文,网上的.数据"),
        ("____年, 20xx年", "____年, 20xx年"),
        ("见中發(fā)〔2016〕1號", "见中发〔2016〕1号"),
        ("機關(guān)于今日采取，範圍與范圍", "机关于今日采取,范围与范围"),
        ("保密\u00a0工作", "保密工作"),
        ("第一章\u3000通\u3000则", "第一章通则"),
        ("五—节", "五—节"),
        ("[bookmark: _Toc1]标题", "[bookmark: _toc1]标题"),
    ],
)
def test_traps_of_real_regulations(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("机密★10年", ""),
        ("  机密★10年\n", ""),
        ("（机密★10年）：", ""),
        ("机密＊10年", ""),
        ("ABC…", ""),
        ("机密★１０年", "fullwidth"),
        ("机密★1Ｏ年", "fullwidth"),
        ("㊙★10年", "glyph"),
        ("机密★⑩年", "glyph"),
        ("机密★⻓期", "glyph"),
        ("机密★⾧期", "glyph trad"),
        ("機密★10年", "trad"),
        ("渉密", "trad"),
        ("机\u200d密", "zw"),
        ("\ufeff机密", "zw"),
        ("机　密", "space"),
        ("机密★ 10年", "space"),
        ("\u200b 机密", "zw"),
        ("機(jī)密", "trad ruby"),
        ("机(ji)密", ""),
        ("絕 密\u00ad★３０年", "trad space zw fullwidth"),
        ("", ""),
    ],
)
def test_what_changed_names_what_was_undone(text: str, tags: str) -> None:
    assert what_changed(text) == frozenset(tags.split())


def test_ideographs_are_told_from_other_characters() -> None:
    assert all(map(is_han, "机密秘〇々㐀𠀀𲎯\ufa0e"))
    assert not any(map(is_han, "★1a，　かア〆\0\ue000한"))


def test_the_way_back_leads_to_the_characters_of_the_text() -> None:
    text = "見機(jī)\u200b密　★１０年"
    folded = fold(text)
    assert folded.text == "见机密 ★10年"
    assert folded.origin.tolist() == [0, 1, 7, 8, 9, 10, 11, 12]
    assert folded.unfold(Span(1, 3)).cut(text) == "機(jī)\u200b密"
    assert folded.unfold(Span(5, 7)).cut(text) == "１０"


def test_all_characters_of_an_expansion_lead_to_one() -> None:
    folded = fold("甲㈱乙")
    assert folded.text == "甲(株)乙"
    assert folded.unfold(Span(2, 3)) == Span(1, 2)
    assert folded.unfold(Span(1, 5)) == Span(1, 3)


def test_an_empty_span_stays_empty_and_the_end_is_the_end() -> None:
    folded = fold("机\u200b密\u200b")
    assert folded.unfold(Span(0, 0)) == Span(0, 0)
    assert folded.unfold(Span(1, 1)) == Span(2, 2)
    assert folded.unfold(Span(2, 2)) == Span(4, 4)
    assert fold("").unfold(Span(0, 0)) == Span(0, 0)


def test_a_span_outside_the_folded_text_is_refused() -> None:
    with pytest.raises(ValueError, match="ends at 3"):
        fold("机 密").unfold(Span(0, 3))


def test_every_code_point_folds_to_something_that_stays() -> None:
    # The border between them keeps each character from acting on the next.
    every = "\0".join(map(chr, range(1, 0x110000)))
    folded = fold(every)
    assert folded.text.count("\0") == every.count("\0")
    assert fold(folded.text).text == folded.text
    assert len(folded.origin) == len(folded.text)
    assert (np.diff(folded.origin) >= 0).all()
    # Each stands at twice its number less two, borders between.
    assert (folded.origin[[char == "\0" for char in folded.text]] % 2 == 1).all()


def test_every_code_point_of_the_basic_plane_folds_alone_as_it_does_among_others() -> None:
    every = [chr(code) for code in range(1, 0x10000)]
    assert [fold(char).text for char in every] == fold("\0".join(every)).text.split("\0")


@settings(deadline=None, max_examples=500)
@given(texts)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold(text).text
    assert fold(folded).text == folded


@settings(deadline=None, max_examples=500)
@given(texts)
def test_every_folded_character_comes_from_one_that_folds_to_it(text: str) -> None:
    folded = fold(text)
    origin = folded.origin.tolist()
    assert len(origin) == len(folded.text)
    assert origin == sorted(origin)
    assert all(
        char in fold(text[place]).text for char, place in zip(folded.text, origin, strict=True)
    )


@settings(deadline=None, max_examples=300)
@given(texts)
def test_short_texts_fold_as_long_ones(text: str) -> None:
    short, long = fold(text), fold(text + BORDER)
    assert long.text == short.text + BORDER
    assert long.origin[: len(short.text)].tolist() == short.origin.tolist()


def test_signs_alike_are_what_the_fold_leaves_of_them() -> None:
    for group in ALIKE:
        assert [fold(sign).text for sign in group] == list(group)
        assert alike(group) == group[0] * len(group)
    assert len(set("".join(ALIKE))) == len("".join(ALIKE))


@settings(deadline=None, max_examples=1000)
@given(texts)
def test_units_of_16_bits_fold_as_those_of_32(text: str) -> None:
    for coarse in (False, True):
        one, other = mark(text, coarse=coarse), Marked(*mark_wide(text, coarse=coarse))
        assert one.units.tolist() == other.units.tolist()
    narrow, wide = mark(text), Marked(*mark_wide(text))
    every = np.arange(len(narrow.units))
    assert narrow.origin(every).tolist() == wide.origin(every).tolist()


@settings(deadline=None, max_examples=1000)
@given(st.text(st.sampled_from(TRICKY + "，。.8;?" * 3), max_size=60), st.integers(1, 9))
def test_blocks_fold_as_the_whole(text: str, size: int) -> None:
    pieces = list(blocks(text, size))
    assert "".join(pieces) == text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fold_marked, "blocks", lambda text: blocks(text, size))
        folded = Folded(text)
        assert folded.text == Folded(text).text == folded.text
    whole = Folded(text)
    assert folded.text == whole.text
    assert folded.origin.tolist() == whole.origin.tolist()


@settings(deadline=None, max_examples=500)
@given(texts)
def test_bare_text_is_folded_text_without_white_space_and_signs_alike_are_one(text: str) -> None:
    folded = Folded(text)
    shown = np.flatnonzero(~np.isin(folded.units, [ord(" "), ord("\n")]))
    assert folded.bare.units.tolist() == units_of(alike(folded.text))[shown].tolist()
    origin = folded.bare.origin(np.arange(len(shown)))
    assert origin.tolist() == folded.origin[shown].tolist()


@settings(deadline=None, max_examples=300)
@given(texts)
def test_there_is_one_unit_for_every_folded_character(text: str) -> None:
    folded = fold(text)
    assert folded.units.tolist() == units_of(folded.text).tolist()
    assert len(folded.units) == len(folded.text)


@settings(deadline=None, max_examples=300)
@given(texts, st.data())
def test_unfold_agrees_with_the_origins(text: str, draw: st.DataObject) -> None:
    folded = fold(text)
    start = draw.draw(st.integers(0, len(folded.text)))
    end = draw.draw(st.integers(start, len(folded.text)))
    span = folded.unfold(Span(start, end))
    assert span.end <= len(text)
    if start < end:
        assert span == Span(folded.origin[start], folded.origin[end - 1] + 1)
    else:
        assert span.start == span.end


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_ascii_folds_as_it_does_among_other_characters(text: str) -> None:
    assert fold(text + "\0密").text == fold(text).text + "\0密"


@settings(deadline=None)
@given(tricky, tricky)
def test_the_two_sides_of_a_border_fold_apart(left: str, right: str) -> None:
    assert fold(f"{left}\0{right}").text == f"{fold(left).text}\0{fold(right).text}"


def test_a_missing_or_damaged_table_is_named(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(data, "folder", lambda name: tmp_path)
    with pytest.raises(LexiconError, match=r"table\.npz"):
        fold_table.table.__wrapped__()
    (tmp_path / "fold").mkdir()
    (tmp_path / "fold" / "table.npz").write_bytes(b"PK\3\4 no table")
    with pytest.raises(LexiconError, match=r"table\.npz"):
        fold_table.table.__wrapped__()


def _build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fold_build", FOLDER / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_is_what_its_script_makes(tmp_path) -> None:
    pytest.importorskip("opencc", reason="the table is built with the package opencc")
    with np.load(FOLDER / "table.npz", allow_pickle=False) as package:
        stored = {name: package[name] for name in package.files}
    made_with = (str(stored["unicode"]), str(stored["opencc"]))
    here = (unicodedata.unidata_version, importlib.metadata.version("opencc"))
    if made_with != here:
        pytest.skip(f"the table was made with Unicode and OpenCC {made_with}; here are {here}")
    made = _build().arrays()
    assert made.keys() == stored.keys()
    assert all(np.array_equal(made[name], stored[name]) for name in made)


def test_the_table_is_small() -> None:
    with zipfile.ZipFile(FOLDER / "table.npz") as package:
        assert package.testzip() is None
    assert (FOLDER / "table.npz").stat().st_size < 100_000
