"""Facts about the encoding ladder."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markscan.extract.encoding import UNSURE, decide

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "public"

SIMPLIFIED = (
    "各部门应当在每年年底以前把保密工作的情况报告给领导小组，并按要求清理过期的文件。",
    "会议决定：由办公室牵头，其他单位配合，三个月内完成检查，发现问题及时整改。",
    "这份材料只供内部参考，不得复制、转发，用完以后请交回档案室统一保管。",
)
TRADITIONAL = (
    "各部門應當在每年年底以前把保密工作的情況報告給領導小組，並按要求清理過期的文件。",
    "會議決定：由辦公室牽頭，其他單位配合，三個月內完成檢查，發現問題及時整改。",
)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("length", [4, 10, 20, 38])
def test_simplified_text_comes_back(encoding: str, length: int) -> None:
    for sentence in SIMPLIFIED:
        for start in range(0, len(sentence) - length, 5):
            cut = sentence[start : start + length]
            decoded = decide(cut.encode(encoding))
            assert decoded.text == cut
            assert decoded.confidence >= UNSURE


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("length", [10, 20, 34])
def test_traditional_text_comes_back(encoding: str, length: int) -> None:
    for sentence in TRADITIONAL:
        for start in range(0, len(sentence) - length, 5):
            cut = sentence[start : start + length]
            decoded = decide(cut.encode(encoding))
            assert (decoded.text, decoded.bad) == (cut, 0)
            assert decoded.confidence >= UNSURE


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("机密", "gb18030"),
        ("机密★10年", "gb18030"),
        ("机密★10年", "utf-16-le"),
        ("机密★10年", "utf-16-be"),
        ("絕密", "big5"),
        ("name = 1  # 密级", "gb18030"),
        ("hello", "utf-16-le"),
        ("機密文件", "gb18030"),
    ],
)
def test_a_few_characters_are_enough(text: str, encoding: str) -> None:
    decoded = decide(text.encode(encoding))
    assert decoded.text == text
    assert decoded.confidence >= UNSURE


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("これは日本語の文章です。秘密の書類を扱う。", "shift_jis"),
        ("これは日本語の文章です。秘密の書類を扱う。", "euc_jp"),
        ("이것은 한국어 문장입니다. 비밀 문서를 다룬다.", "euc_kr"),
        ("Le château était fermé à cause de la tempête, déjà très tôt.", "cp1252"),
        ("Größe und Länge müssen geprüft werden.", "cp1252"),
        ("Это русский текст о документах.", "cp1251"),
        ("Это русский текст о документах.", "koi8-r"),
        ("Αυτό είναι ελληνικό κείμενο.", "cp1253"),
    ],
)
def test_other_languages_are_never_a_sure_gb18030(text: str, encoding: str) -> None:
    assert decide(text.encode(encoding)).confidence < UNSURE


@pytest.mark.parametrize("sentence", ["机密工作会议", f"{SIMPLIFIED[0]} A~b\n{SIMPLIFIED[1]}"])
def test_seven_bit_chinese_is_read(sentence: str) -> None:
    decoded = decide(sentence.encode("hz"))

    assert (decoded.text, decoded.encoding) == (sentence, "hz")


@pytest.mark.parametrize("text", ["(format t ~{~a ~})", "cd ~{ab}", "a ~{name~}x ~{b", "~{a~}"])
def test_ascii_that_only_looks_seven_bit_stays_ascii(text: str) -> None:
    assert decide(text.encode()).text == text


def test_a_byte_order_mark_is_left_out_and_told() -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        decoded = decide("机密".encode(encoding))
        assert (decoded.text, decoded.had_bom, decoded.confidence) == ("机密", True, 1.0)


def test_a_byte_order_mark_that_lies_is_not_believed() -> None:
    decoded = decide(b"\xef\xbb\xbf" + SIMPLIFIED[0].encode("gb18030"))
    assert SIMPLIFIED[0][3:] in decoded.text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_character_cut_at_the_end_is_no_damage(encoding: str) -> None:
    whole = SIMPLIFIED[0].encode(encoding)
    decoded = decide(whole[:-3])
    assert decoded.bad == 0
    assert SIMPLIFIED[0].startswith(decoded.text)
    assert decoded.confidence >= UNSURE


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_bad_byte_within_is_counted(encoding: str) -> None:
    text = SIMPLIFIED[0] * 5
    content = text.encode(encoding)
    at = len(SIMPLIFIED[0].encode(encoding)) * 2
    decoded = decide(content[:at] + b"\xff" + content[at:])
    assert decoded.bad == 1
    assert decoded.text.replace("\ufffd", "") == text
    assert decoded.confidence >= UNSURE


def test_nul_bytes_are_left_out_and_counted() -> None:
    content = SIMPLIFIED[0].encode("gb18030")
    decoded = decide(content + bytes(100) + content)
    assert (decoded.text, decoded.nuls) == (SIMPLIFIED[0] * 2, 100)


def test_a_single_high_byte_is_in_doubt() -> None:
    assert decide(b"\xd0").confidence < UNSURE


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_utf_8_round_trips_whatever_it_says(text: str) -> None:
    decoded = decide(("\ufeff" + text).encode())
    assert (decoded.text, decoded.encoding, decoded.confidence) == (text, "utf-8", 1.0)


@given(
    st.lists(st.sampled_from(SIMPLIFIED), min_size=1, max_size=30),
    st.sampled_from(["gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-8", "utf-32-be"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
)
def test_mixed_text_round_trips(sentences: list[str], encoding: str, ascii_text: str) -> None:
    text = ascii_text + "\r\n" + "\n".join(sentences)
    assert decide(text.encode(encoding)).text == text


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(noise: bytes) -> None:
    decoded = decide(noise)
    assert 0 <= decoded.confidence <= 1
    assert "\0" not in decoded.text


@pytest.mark.corpus
def test_cuts_of_real_texts_come_back() -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"no test data at {CORPUS}")
    choose = random.Random(20)
    files = sorted(CORPUS.rglob("*.txt"))
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for path in choose.sample(files, min(300, len(files))):
        text = path.read_text("utf-8", "ignore").replace("\0", "")
        for length in (10, 40, 200, 2000):
            start = choose.randrange(max(1, len(text) - length))
            cut = text[start : start + length].lstrip("\ufeff")
            if sum("\u4e00" <= char <= "\u9fff" for char in cut) < 3:
                continue
            for encoding in ENCODINGS:
                total[encoding] += 1
                right[encoding] += decide(cut.encode(encoding)).text == cut
    assert total["gb18030"] > 500
    for encoding, count in total.items():
        assert right[encoding] >= 0.99 * count, (encoding, right[encoding], count)
