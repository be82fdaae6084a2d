"""Facts about what is quoted from a law that is named with it."""

import pytest

from markscan.match.quotations import of_laws


def quoted(text):
    return [text[start:end].strip("“”「」") for start, end in of_laws(text)]


@pytest.mark.parametrize(
    "text",
    [
        "《中华人民共和国渔业法》规定，“甲”，这改变了以往的做法。",
        "2014年修订的《中华人民共和国渔\n业法 》第十二条第二款规定： “甲 ”。",
        "《渔业法（2013年修正）》明确“甲”只能由法律规定。",
        "我国宪法规定：“甲”。",
        "香港特别行政区基本法第一百零四条规定，有关人员在「甲」时必须宣誓。",
        "民法典第一千一百八十条规定“甲”。",
    ],
)
def test_words_behind_a_law_that_says_them_are_its_own(text):
    assert [each.strip() for each in quoted(text)] == ["甲"]


def test_one_quotation_may_follow_the_other():
    assert quoted("宪法规定：“甲”、“乙”和“丙”。会上说“丁”。") == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    "text",
    [
        "会议指出，“甲”。",
        "《渔业法》已经施行。会议指出，“甲”。",
        "《渔业管理办法》规定，“甲”。",
        "依法规定“甲”。",
        "上述做法明确“甲”。",
        "《渔业法》规定，甲。",
        "《渔业法》规定，“甲",
        "《渔业法》和《关于渔港的通知》规定“甲”。",
        "《渔业法》规定罚款。通知要求“甲”。",
    ],
    ids=[
        *("no law", "another sentence", "other rules", "by law", "a way of doing", "no marks"),
        *("an open mark", "another paper", "the law before"),
    ],
)
def test_other_words_are_not(text):
    assert quoted(text) == []
