"""Facts about the elements of an official document that its lines tell."""

import pytest

from markscan.document import Area, Document, Part, Place
from markscan.finding import Element
from markscan.match.elements import find_elements

HEAD = "关于青禾渡口疏浚的通知\n各县区水务局：\n请于汛前完成。\n"


def told(line, *kinds):
    document = Document("x", "x", "text", (Part(HEAD + line, Place(Area.BODY)),))
    seen = find_elements(document).found
    text = document.parts[0].text
    return [text[each.span.start : each.span.end] for each in seen if each.element in kinds]


@pytest.mark.parametrize(
    ("line", "signed", "day"),
    [
        ("望海市水务局 2025年6月1日", "望海市水务局", "2025年6月1日"),
        ("  望海市水务局\u3000\u3000二〇二五年六月一日 ", "望海市水务局", "二〇二五年六月一日"),
        ("望海市水务局\t2025 年 6 月 1 日", "望海市水务局", "2025 年 6 月 1 日"),
        ("望海市水务局 望海市财政局 2025年6月1日", "望海市水务局 望海市财政局", "2025年6月1日"),
        ("望海市水务局（印章）  2025年6月1日", "望海市水务局（印章）", "2025年6月1日"),
        ("望海市水务局\n2025年6月1日", "望海市水务局", "2025年6月1日"),
    ],
    ids=["blank", "wide, Han digits", "tab", "two offices", "seal", "two lines"],
)
def test_signature_and_date_may_share_a_line(line, signed, day):
    assert told(line, Element.SIGNATURE) == [signed]
    assert told(line, Element.DATE) == [day]


@pytest.mark.parametrize(
    "line",
    [
        "望海市水务局2025年6月1日印发",
        "报送单位：望海市水务局 2025年6月1日",
        "疏浚工程已报水务局，2025年6月1日",
        "开工日期 2025年6月1日",
        "望海市水务局 2025年6月1日前",
        "望海市水务局 2025年6月",
    ],
)
def test_a_day_behind_other_words_is_no_date_of_issue(line):
    assert told(line, Element.SIGNATURE, Element.DATE) == []
