"""Facts about excerpts of registered documents and what stays of them through changes."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markscan.document import Area, Document, Part, Place
from markscan.finding import Tier
from markscan.fingerprint import HanText, Prints, pieces, select
from markscan.match.candidates import JoinedText
from markscan.match.excerpts import ExcerptFinder, least_bits, thresholds
from markscan.register.entry import Entry
from markscan.register.keys import Key
from markscan.register.registering import prepare, register_of

KEY = Key.of(bytes(32))
# GB 2312, level one: each stands for itself when it is folded.
HAN = [
    bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)
]


def prose(size: int, seed: int = 1) -> str:
    """Characters without sense: public text has none of them."""
    return "".join(random.Random(seed).choices(HAN, k=size))


def finder(*texts: str) -> ExcerptFinder:
    prints = Prints(KEY.prints)
    additions = [
        prepare(Entry(number, f"D-{number}", "jimi"), text, prints).addition
        for number, text in enumerate(texts, start=1)
    ]
    return ExcerptFinder(register_of(additions, KEY))


def found(where: ExcerptFinder, *parts: str):
    document = Document("x", "x", "docx", tuple(Part(p, Place(Area.BODY)) for p in parts))
    return where.find(document, JoinedText.of(document))


def tags_of(text: str) -> list[int]:
    units = HanText(text).units
    return Prints(KEY.prints).tags(pieces(units, select(units))).tolist()


SECRET = prose(400)
FINDER = finder(SECRET, prose(300, seed=2))
BEFORE, AFTER = prose(60, seed=3), prose(60, seed=4)

CHANGES = {
    "as it stands": lambda text: text,
    "spaces": " ".join,
    "line ends": "\n".join,
    "punctuation": "，。".join,
    "zero width": "\u200b".join,
    "pinyin in brackets": "(shì)".join,
    "digits": "12".join,
    "full-width letters": "ＡＢ".join,
    "compatibility ideographs": lambda text: text.replace("金", "\uf90a"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_no_ideograph_changes_nothing(change):
    plain = found(FINDER, BEFORE + SECRET[100:140] + AFTER)
    changed = found(FINDER, BEFORE + change(SECRET[100:140]) + AFTER)

    assert [(p.source, p.covered, p.tier) for p in changed[0].passages] == [
        (p.source, p.covered, p.tier) for p in plain[0].passages
    ]


def test_traditional_script_changes_nothing():
    simplified, traditional = (
        "国务院办公厅关于仓库选址与应急储备轮换的说明",
        ("國務院辦公廳關於倉庫選址與應急儲備輪換的說明"),
    )
    text = prose(40, 5) + simplified + prose(40, 6)

    assert found(finder(text), traditional)[0].tier is found(finder(text), simplified)[0].tier


def test_an_excerpt_is_told_with_both_places():
    (reuse,) = found(FINDER, BEFORE + SECRET[100:160] + AFTER)

    (passage,) = reuse.passages
    assert reuse.entry.id == "D-1"
    assert passage.tier is Tier.ALERT
    assert 60 <= passage.span.start < 66 and 114 < passage.span.end <= 120
    assert passage.source.start - 100 == passage.span.start - 60
    assert reuse.share == pytest.approx(passage.covered / 400)


def test_an_excerpt_may_go_on_in_the_next_cell():
    (reuse,) = found(FINDER, BEFORE, SECRET[100:120], SECRET[120:140])

    assert reuse.tier is Tier.ALERT
    assert reuse.passages[0].part == 1


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 380), st.integers(12, 20))
def test_twelve_ideographs_in_a_row_are_worth_a_look(start, size):
    start = min(start, 400 - size)

    assert [r.entry.number for r in found(FINDER, BEFORE + SECRET[start : start + size])] == [1]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 370))
def test_thirty_ideographs_in_a_row_are_sure(start):
    (reuse,) = found(FINDER, BEFORE + SECRET[start : start + 30] + AFTER)

    assert reuse.tier is Tier.ALERT


def test_sentences_that_were_turned_round_prove_each_other():
    one, two, three = SECRET[50:65], SECRET[200:215], SECRET[320:335]
    (reuse,) = found(FINDER, BEFORE + three + prose(5, 7) + one + prose(5, 8) + two)

    assert {passage.tier for passage in reuse.passages} == {Tier.ALERT}


def test_other_text_has_nothing_of_it():
    assert found(FINDER, prose(20_000, seed=9)) == ()


def test_one_character_a_million_times_is_soon_read_and_nothing_sure():
    where = finder("一" * 300_000 + SECRET)

    (reuse,) = found(where, "一" * 300_000)

    assert len(reuse.passages) == 1
    assert reuse.tier is Tier.REVIEW
    assert reuse.covered <= 16


def test_thresholds_rise_with_the_register():
    steps = [thresholds(10**power) for power in range(10)]

    assert steps[0] == steps[6] == (14, 8)
    assert steps == sorted(steps)
    assert steps[8] == (18, 9)
    assert steps[9] == (21, 10)


def test_a_sure_passage_must_be_improbable_too_and_more_so_in_a_larger_register():
    assert [least_bits(rows) for rows in (1, 1 << 20, 1 << 21, 1 << 30)] == [30, 30, 31, 40]


def test_words_that_always_stand_together_are_not_sure_however_many():
    name = "全国人民代表大会和地方各级人民代表大会常务委员会"
    prints = Prints(KEY.prints)
    addition = prepare(Entry(1, "D-1", "jimi"), name + SECRET, prints, public=True).addition

    (reuse,) = found(ExcerptFinder(register_of([addition], KEY)), BEFORE + name + AFTER)

    assert reuse.covered >= 14
    assert reuse.tier is Tier.REVIEW


@pytest.mark.parametrize(
    ("named", "tier"),
    [("《中华人民共和国渔业法》规定，", Tier.REVIEW), ("会议指出，", Tier.ALERT)],
    ids=["a law", "no law"],
)
def test_what_is_quoted_from_a_named_law_is_only_worth_a_look(named, tier):
    (reuse,) = found(FINDER, f"{BEFORE}。{named}“{SECRET[100:140]}”。{AFTER}")

    assert reuse.tier is tier


def test_a_secret_beside_a_quotation_from_a_law_is_sure():
    text = f"《中华人民共和国渔业法》规定，“{SECRET[100:140]}”。{SECRET[140:200]}"

    (reuse,) = found(FINDER, text)

    assert reuse.tier is Tier.ALERT


TITLE = "关于青禾渡口扩建工程有关安排的通知"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (f"根据《{TITLE}》要求", "报告.docx"),
        (f"{TITLE}\n各单位：", "报告.docx"),
        (f"{TITLE[:9]}\n{TITLE[9:]}\n各单位：", "报告.docx"),
        (f"根据《{TITLE.replace('扩建', '改建')}》要求", "报告.docx"),
        ("正文另附。", f"{TITLE}.docx"),
        ("正文另附。", f"【内部】{TITLE}（定稿）.docx"),
        ("正文另附。", f"03-{TITLE}-副本(1).docx"),
    ],
)
def test_the_title_of_a_registered_document_is_seen(body, name):
    entry = Entry(1, "D-1", "jimi", title=TITLE)
    where = ExcerptFinder(register_of([prepare(entry, SECRET, Prints(KEY.prints)).addition], KEY))
    parts = (Part(body, Place(Area.BODY)), Part(name, Place(Area.FILENAME)))
    document = Document(name, name, "docx", parts)

    (reuse,) = where.find(document, JoinedText.of(document))

    assert {seen.kind for seen in reuse.citations} == {"title"}


HEAD = "望海市海洋发展服务中心文件\n望海中心发〔2026〕{}号\n{}\n机关各科室、各直属单位："
TAIL = (
    "望海市海洋发展服务中心\n2026年3月5日\n抄送：望海市渔业管理局，望海市港航事务中心。\n"
    "望海市海洋发展服务中心办公室2026年3月5日印发"
)
BODY = prose(120, seed=11)
REGISTERED = finder(f"机密★10年\n{HEAD.format(61, '关于青禾航标改造的通知')}\n{BODY}\n{TAIL}")


@pytest.mark.parametrize("parted", [False, True], ids=["lines", "paragraphs"])
@pytest.mark.parametrize("tail", [TAIL, TAIL.replace("\n2026", " 2026", 1)], ids=["own", "beside"])
def test_the_form_of_an_official_document_is_no_excerpt(parted, tail):
    text = f"{HEAD.format(70, '关于夏季作息的通知')}\n{prose(60, seed=12)}\n{tail}"

    assert found(REGISTERED, *(text.split("\n") if parted else [text])) == ()


def test_the_form_stays_out_of_what_is_kept_for_later_hunts():
    text = f"{HEAD.format(70, '关于夏季作息的通知')}\n{BODY[40:80]}\n{TAIL}"
    document = Document("x", "x", "text", (Part(text, Place(Area.BODY)),))

    _, prints = REGISTERED.look(document, JoinedText.of(document), prints=True)

    assert set(prints.tolist()) & set(tags_of(BODY[40:80]))
    assert not set(prints.tolist()) & set(tags_of(TAIL))


def test_an_excerpt_under_the_same_letterhead_is_told_by_itself():
    (reuse,) = found(REGISTERED, f"{HEAD.format(70, '工作通知')}\n{BODY[40:80]}\n{TAIL}")

    (passage,) = reuse.passages
    assert reuse.tier is Tier.ALERT
    assert passage.source.end - passage.source.start <= 40


def test_a_copy_has_its_form_as_well():
    text = f"{HEAD.format(61, '关于青禾航标改造的通知')}\n{BODY}\n{TAIL}"

    (reuse,) = found(REGISTERED, text)

    assert reuse.reach > 0.95
    assert reuse.share > 0.9


@pytest.mark.parametrize(
    "around",
    ["关于工作的通知\n{}：\n请落实。", "{}\n2026年3月5日", "名单\n某某局\n{}局\n关于工作的通知"],
    ids=["before a colon", "before a date", "in a list of offices"],
)
def test_a_line_that_only_stands_where_the_form_does_is_an_excerpt(around):
    (reuse,) = found(REGISTERED, around.format(BODY[30:58]))

    assert reuse.tier is Tier.ALERT
