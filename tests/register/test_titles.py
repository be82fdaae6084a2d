"""Titles in running prose: whole, with one or two characters changed, under another wording."""

import pytest

from markscan.document import Area, Document, Part, Place
from markscan.fingerprint import HanText
from markscan.match.candidates import JoinedText
from markscan.match.citations import in_prose
from markscan.register.entry import Entry
from markscan.register.names import Names
from markscan.register.wordings import wordings

SECRET = bytes(32)
TITLE = "关于印发《青禾渡口夜间摆渡调度方案》的通知"
PLAIN = "关于青禾渡口北侧趸船整修工程安排的通知"
BEFORE, BEHIND = "昨日会上有人提到要按照", "的要求抓紧办理并于月底前报送情况"


def found(text, *titles):
    """The numbers of the titles, from 1, that stand in the prose of `text`."""
    entries = [Entry(n, f"E{n}", "jimi", title=title) for n, title in enumerate(titles, 1)]
    names = Names.of(entries, SECRET)
    document = Document("a.txt", "a.txt", "text", (Part(text, Place(Area.BODY)),))
    joined = JoinedText.of(document)
    return [each[0] for each in in_prose(names, joined, HanText(text), ())]


def in_text(written):
    return f"{BEFORE}{written}{BEHIND}。"


WRITTEN = {
    "as it is": PLAIN,
    "traditional": "關於青禾渡口北側躉船整修工程安排的通知",
    "blanks between": "关于 青禾渡口 北侧趸船 整修工程 安排的通知",
    "broken over lines": "关于青禾渡口北侧\n趸船整修工程安排\n的通知",
    "one changed": PLAIN.replace("整修", "整休"),
    "one left out": PLAIN.replace("工程", "程"),
    "one put in": PLAIN.replace("工程", "工工程"),
    "a word replaced": PLAIN.replace("整修", "改造"),
    "two changed far apart": PLAIN.replace("禾", "和").replace("安排", "按排"),
    "with who issued it": f"某某市水务局{PLAIN}",
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_a_title_is_seen_in_prose(written):
    assert found(in_text(written), "关于召开年度总结会议的通知", PLAIN) == [2]


OTHERS = {
    "what it is about": "青禾渡口的摆渡船和趸船",
    "another document on it": "关于青禾渡口南侧候船廊道改造验收情况的报告",
    "half of it": PLAIN[: len(PLAIN) // 2],
    "two sentences": f"{PLAIN[:9]}。{PLAIN[9:]}",
    "many characters changed": PLAIN.replace("青禾渡口", "白石仓库").replace("整修", "改造"),
}


@pytest.mark.parametrize("written", OTHERS.values(), ids=OTHERS)
def test_what_is_another_title_or_none_is_not_seen(written):
    assert found(in_text(written), PLAIN) == []


def test_a_year_or_a_numeral_tells_one_title_from_the_next():
    of = "关于青禾渡口{}汛期摆渡调度方案的通知"

    assert found(in_text(of.format("2024年")), of.format("2024年")) == [1]
    assert found(in_text(of.format("2023年")), of.format("2024年")) == []
    assert found(in_text(of.format("第二批")), of.format("第一批")) == []


def test_what_anybody_may_write_is_not_sought_in_prose():
    common = "关于修改部分行政法规的决定"

    assert found(in_text(common), common) == []


@pytest.mark.parametrize(
    ("title", "others"),
    [
        (TITLE, {"青禾渡口夜间摆渡调度方案"}),
        ("关于印发青禾渡口夜间摆渡调度方案的通知", {"青禾渡口夜间摆渡调度方案"}),
        (f"某某市水务局{PLAIN}", {PLAIN}),
        ("关于印发《工作方案》的通知", set()),
        (PLAIN, set()),
    ],
)
def test_a_title_has_other_wordings(title, others):
    assert set(wordings(title)) - {title} == others


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (TITLE, "青禾渡口夜间摆渡调度方案"),
        ("青禾渡口夜间摆渡调度方案", TITLE),
        ("青禾渡口夜间摆渡调度方案", "关于印发青禾渡口夜间摆渡调度方案的通知"),
        (f"某某市水务局{PLAIN}", PLAIN),
    ],
)
def test_a_title_is_seen_with_and_without_its_prefix(title, written):
    assert found(in_text(written), title) == [1]


def test_titles_come_back_from_their_columns():
    names = Names.of([Entry(1, "E", "jimi", title=PLAIN)], SECRET)

    again = Names.unpack(names.columns, SECRET)

    text = HanText(in_text(PLAIN)).units
    assert [each.entry for each in again.titles.find(text)] == [1]
    assert names.titles.find(text) == again.titles.find(text)


def test_another_key_sees_nothing():
    names = Names.of([Entry(1, "E", "jimi", title=PLAIN)], SECRET)
    other = Names.unpack(names.columns, bytes([1] * 32))

    assert other.titles.find(HanText(in_text(PLAIN)).units) == []


@pytest.mark.parametrize("size", [0, 1, 7, 8, 15, 16, 17, (1 << 14) - 8, (1 << 14) + 3])
def test_a_title_is_seen_wherever_it_stands(size):
    text = "的" * size + PLAIN + "了" * (size % 5)

    assert found(text, PLAIN) == [1]
