"""What an official document must have (MS119, MS203–MS205, MS214–MS224), case by case."""

from dataclasses import replace
from datetime import date

import pytest
from example_case import case_of

from markscan.decision import Decision
from markscan.document import Area, Span
from markscan.finding import Severity
from markscan.marking import Duration, Marking
from markscan.match.draft import find_draft
from markscan.profile import Norm
from markscan.rules import Example, judge
from markscan.rules.example_page import Row, page

HEAD = "000001\n机密★10年\n特急\n某某市人民政府文件\n市政发〔2025〕5号\n"
TITLE = "关于召开会议的通知\n各县人民政府：\n"
TAIL = (
    "请按时参加会议。\n某某市人民政府\n2025年3月1日\n"
    "某某市人民政府办公室　2025年3月1日印发\n共印30份"
)
RIGHT = HEAD + TITLE + TAIL
OPEN = "某某市人民政府文件\n市政发〔2025〕5号\n" + TITLE + TAIL + "\n（此件公开发布）"
OWN = {"MS119", "MS203", "MS204", "MS205", "MS214", "MS215"} | {
    f"MS{number}" for number in (218, 219, 220, 223, 224)
}


def case(text: str, **profile: object):
    built = case_of(Example(text))
    return replace(built, profile=replace(built.profile, **profile))


def found(text: str, **profile: object) -> set[str]:
    return {finding.rule for finding in judge(case(text, **profile))} & OWN


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        OPEN,
        RIGHT.replace("机密★10年", "秘密★6个月").replace("特急\n", ""),
        RIGHT.replace("〔2025〕5号", "〔2025〕105号　　签发人：某某"),
        OPEN.replace("市政发〔2025〕5号\n", ""),
        "某某市人民政府\n" + OPEN.partition("\n")[2].replace("市政发", "市政函"),
        "工作秘密\n" + TITLE + TAIL,
        "会议议程\n一、报到\n电话：123456\n二、开会",
    ],
)
def test_what_is_complete_is_clean(text):
    assert found(text) == set()


@pytest.mark.parametrize("extra", ["电话：654321", "邮编 610200", "共2026页", "— 1 —", "12"])
def test_numbers_in_the_text_are_no_copy_number(extra):
    assert found(RIGHT.replace("请按时", f"{extra}\n请按时")) == set()


# MS119


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("市密发〔2025〕5号", True),
        ("市政密〔2025〕5号", True),
        ("市办密函[2025]12号", True),
        ("市密电〔2025〕3号", True),
        ("市保密发〔2025〕5号", False),
        ("国密字〔2025〕5号", False),
        ("市政发〔2025〕5号", False),
    ],
)
def test_a_classified_number_asks_for_a_marking(number, told):
    assert ("MS119" in found(OPEN.replace("市政发〔2025〕5号", number))) is told
    assert "MS119" not in found(RIGHT.replace("市政发〔2025〕5号", number))


def test_a_plain_number_is_told_only_where_the_office_has_a_classified_series():
    assert "MS119" not in found(RIGHT)
    assert "MS119" in found(RIGHT, classified_series=True)
    assert "MS119" not in found(RIGHT.replace("市政发", "市密发"), classified_series=True)


def test_a_cited_number_is_not_the_drafts_own():
    assert "MS119" not in found(OPEN.replace("请按时", "根据市密发〔2025〕5号文件，请按时"))


def test_a_claim_by_a_property_is_told_once():
    example = Example(OPEN.replace("市政发", "市密发"), parts=((Area.PROPERTY, "密级", "机密"),))
    assert {f.rule for f in judge(case_of(example))} & {"MS101", "MS119"} == {"MS101"}


# MS203


@pytest.mark.parametrize(
    ("mark", "severity"),
    [
        ("绝密★30年", Severity.HIGH),
        ("机密★10年", Severity.HIGH),
        ("秘密★5年", Severity.MEDIUM),
    ],
)
def test_a_missing_copy_number_weighs_by_the_level(mark, severity):
    text = RIGHT.replace("000001\n机密★10年", mark)

    assert [f.severity for f in judge(case(text)) if f.rule == "MS203"] == [severity]


@pytest.mark.parametrize(
    ("asked", "secret", "confidential"),
    [("all", True, True), ("juemi-jimi", False, True), ("none", False, False)],
)
def test_a_profile_says_which_levels_need_a_copy_number(asked, secret, confidential):
    text = RIGHT.replace("000001\n", "")

    assert ("MS203" in found(text.replace("机密★10年", "秘密★5年"), copy_number=asked)) is secret
    assert ("MS203" in found(text, copy_number=asked)) is confidential


@pytest.mark.parametrize(
    "text",
    [
        "秘密★5年\n涉密文件登记表\n名称\n密级\n2025年3月1日",
        "绝密★启用前\n2025年普通高等学校招生全国统一考试语文试卷\n考生须知：",
        "关于标志的说明\n各单位：\n首页标明“机密★10年”。\n某某局\n2025年3月1日\n（此件公开发布）",
    ],
)
def test_forms_examinations_and_texts_about_markings_need_none(text):
    assert not found(text) & {"MS203", "MS214", "MS215", "MS220"}


def test_a_company_is_not_asked():
    assert not found(RIGHT.replace("000001\n", ""), own_star=True) & {"MS203"}


def test_a_copy_number_on_the_cover_or_behind_it_counts():
    cover = "机密★10年\n某某工程建设方案\n某某市人民政府\n2025年3月\n"
    inner = RIGHT.replace("关于召开会议的通知", "某某工程建设方案")

    assert found(cover + inner) == set()
    assert "MS203" in found(cover + inner.replace("000001\n", ""))


# MS204


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("000001", False),
        ("123456", False),
        ("0001", True),
        ("0000001", True),
        ("No.000001", True),
        ("№000001", True),
        ("编号：000001", True),
        ("份号：1", True),
        ("第000012号", True),
        ("第1份", True),
        ("第十二份", True),
        ("０００００１", True),
    ],
)
def test_a_copy_number_has_six_digits_and_nothing_else(written, told):
    text = RIGHT.replace("000001", written)

    assert ("MS204" in found(text)) is told
    assert "MS203" not in found(text)


def test_a_house_may_have_another_number_of_digits():
    text = RIGHT.replace("000001", "0001")

    assert "MS204" not in found(text, norm=Norm(copy_number_digits=4))
    assert "MS204" in found(RIGHT, norm=Norm(copy_number_digits=4))


def test_a_copy_number_below_the_heading_is_too_low():
    text = RIGHT.replace("000001\n", "").replace("文件\n", "文件\n000001\n")

    assert found(text) == {"MS204", "MS205"}


@pytest.mark.parametrize(("left", "told"), [(28, False), (29.5, False), (39.3, True), (160, True)])
def test_a_copy_number_stands_flush_left(left, told):
    example = page(
        Row("000001", left=left),
        Row("机密★10年"),
        Row("关于召开会议的通知", left=80),
        Row("各县人民政府："),
    )

    assert ("MS204" in {f.rule for f in judge(case_of(example))}) is told


# MS205


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("000001\n机密★10年\n特急", False),
        ("000001\n机密★10年", False),
        ("机密★10年\n特急", False),
        ("机密★10年\n000001\n特急", True),
        ("000001\n特急\n机密★10年", True),
        ("特急\n000001\n机密★10年", True),
        ("000001　机密★10年\n特急", True),
        ("000001\n机密★10年　特急", True),
        ("000001\n机密★10年 特急", True),
        ("000001\t机密★10年\t特急", True),
    ],
)
def test_the_head_has_one_order(head, told):
    text = RIGHT.replace("000001\n机密★10年\n特急", head)

    assert ("MS205" in found(text)) is told


def test_two_elements_at_one_height_stand_on_one_line():
    lines = ("000001", "机密★10年", "关于召开会议的通知", "各县人民政府：")
    example = page(*(Row(line) for line in lines))
    layout = example.layout
    assert layout
    first, second, *rest = layout.lines
    box = replace(second.box, top=first.box.top, bottom=first.box.bottom, left=300, right=380)
    beside = replace(second, box=box, place=second.place._replace(box=box))
    moved = replace(example, layout=replace(layout, lines=(first, beside, *rest)))

    assert "MS205" not in {f.rule for f in judge(case_of(example))}
    assert "MS205" in {f.rule for f in judge(case_of(moved))}


def test_an_unmarked_head_is_not_ordered():
    assert "MS205" not in found("特急\n000001\n" + OPEN)


# MS214


@pytest.mark.parametrize(
    "line",
    [
        "（此件发至县团级）",
        "知悉范围：项目组成员",
        "发送范围：各处室主要负责同志",
        "传达范围：支部以上党员干部",
        "抄送：市委办公室",
        "分送：各副市长",
        "主送：市委",
        "本件限项目组成员阅知",
    ],
)
def test_a_scope_may_be_named_in_many_ways(line):
    text = RIGHT.replace("各县人民政府：\n", "")

    assert "MS214" in found(text)
    assert "MS214" not in found(text.replace("\n共印", f"\n{line}\n共印"))


@pytest.mark.parametrize(
    "line", ["现将有关事项通知如下：", "会议时间：", "不得扩大知悉范围。", "知悉范围："]
)
def test_what_names_nobody_is_no_scope(line):
    assert "MS214" in found(RIGHT.replace("各县人民政府：", line))


# MS215


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("共印30份", False),
        ("（共印15份）", False),
        ("印20份", False),
        ("印数：15", False),
        ("印制份数：30份", False),
        ("", True),
        ("发放问卷共300份。", True),
    ],
)
def test_the_number_of_copies_is_stated(line, told):
    assert ("MS215" in found(RIGHT.replace("共印30份", line))) is told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("（2026年12月31日前清退）", False),
        ("清退时间：2026年12月31日", False),
        ("（阅后退回）", False),
        ("清退多占的办公用房。", True),
    ],
)
def test_a_day_of_return_is_stated_where_a_profile_asks(line, told):
    text = RIGHT.replace("共印30份", f"{line}\n共印30份")

    assert ("MS215" in found(text, return_date_required=True)) is told
    assert "MS215" not in found(text)


# MS218, MS219


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("（此件公开发布）", set()),
        ("（此件依申请公开）", set()),
        ("公开属性：主动公开", set()),
        ("公开方式：依申请公开", set()),
        ("（此件不公开）", {"MS218"}),
        ("公开属性：不予公开", {"MS218"}),
        ("（此件不公开）\n理由：属于内部事务信息", set()),
        ("（此件不公开，依据《政府信息公开条例》第十六条）", set()),
        ("（此件不予公开，涉及商业秘密）", set()),
        ("（联系人：某某，电话：123456）", {"MS219"}),
        ("", {"MS219"}),
    ],
)
def test_a_document_says_whether_it_is_public(note, codes):
    assert found(OPEN.replace("（此件公开发布）", note)) == codes


def test_a_company_or_profile_without_the_duty_is_not_asked():
    text = OPEN.replace("（此件公开发布）", "")

    assert found(text, openness_required=False) == set()
    assert found(text.replace("市人民政府", "科技有限公司")) == set()


@pytest.mark.parametrize(
    "text",
    [
        "某某市公务用车管理办法\n第一条 规范管理。\n第二条 适用本市。\n第三条 市政府负责。"
        "\n2025年3月1日",
        "××市人民政府文件\n关于×××的通知\n各单位：\n2025年3月1日",
        "2025年工作总结\n一年来工作进展顺利。\n2025年12月31日",
        "员工请假登记表\n姓名\n2025年3月1日",
        "关于召开会议的通知\n定于下周开会。",
    ],
)
def test_laws_samples_forms_and_notes_need_no_attribute(text):
    assert "MS219" not in found(text)


# MS220


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2025年3月1日", False),
        ("二〇二五年三月一日", False),
        ("2025.3.1", False),
        ("成文日期：2025年3月1日", False),
        ("（2025年3月1日）", False),
        ("某某市人民政府 2025年3月1日", False),
        ("2025年3月", True),
        ("2025年　月　日", True),
        ("2025年", True),
        ("", True),
    ],
)
def test_a_period_needs_a_day_to_count_from(day, told):
    text = RIGHT.replace("某某市人民政府办公室　2025年3月1日印发\n", "")
    text = text.replace("2025年3月1日", day)

    assert ("MS220" in found(text)) is told
    assert "MS220" not in found(text.replace("机密★10年", "机密★2030年1月1日"))
    assert "MS220" not in found(text.replace("机密★10年", "机密★开标前"))


def test_the_form_of_a_draft_may_give_day_scope_and_copies():
    text = "000001\n机密★10年\n某某市人民政府文件\n市政发〔2025〕5号\n关于召开会议的方案\n请落实。"
    decision = Decision(
        Marking("cn-state", "jimi", Duration(10, "Y"), "机密★10年"),
        decided=date(2025, 3, 1),
        scope=True,
        copies=30,
        separate=True,
    )
    told = {f.rule for f in judge(replace(case_of(Example(text)), decision=decision))} & OWN

    assert {"MS214", "MS215", "MS220"} <= found(text)
    assert not told & {"MS214", "MS215", "MS220"}


def test_the_form_before_a_draft_is_not_the_draft():
    form = "某某市发文稿纸\n标题：关于召开会议的通知\n"
    built = case(form + RIGHT)
    blank = Decision(taken=((0, Span(0, len(form))),))

    behind = find_draft(built.document, built.elements(), blank)
    case_behind = replace(built, decision=blank, draft=lambda: behind)
    assert {f.rule for f in judge(case_behind)} & OWN == set()


# MS223


@pytest.mark.parametrize(
    ("word", "told"), [("特急", False), ("加急", False), ("特提", True), ("平急", True)]
)
def test_documents_and_telegrams_have_words_of_their_own(word, told):
    telegram = RIGHT.replace("某某市人民政府文件", "某某市人民政府密码电报").replace("特急", word)

    assert ("MS223" in found(RIGHT.replace("特急", word))) is told
    assert "MS223" not in found(telegram)
    assert "MS223" in found(telegram.replace(f"{word}\n", ""))


# MS224


@pytest.mark.parametrize(
    "number",
    [
        "市政发[2025]5号", "市政发(2025)5号", "市政发（2025）5号", "市政发【2025】5号",
        "市政发2025年5号", "市政发〔2025〕第5号", "市政发〔2025〕005号", "市政发〔25〕5号",
        "市政发〔二〇二五〕5号", "市政发〔2025年〕5号", "市政发〔2025〕5", "市政发 〔2025〕 5号",
        "市政发〔2025〕５号",
    ],
)  # fmt: skip
def test_a_number_has_one_form_and_the_right_one_is_told(number):
    (finding,) = [
        f for f in judge(case(RIGHT.replace("市政发〔2025〕5号", number))) if f.rule == "MS224"
    ]

    assert "〔2025〕5号" in finding.fix.zh
    assert "市政发" not in finding.message.zh + finding.fix.zh


@pytest.mark.parametrize(
    "number",
    [
        "市政发〔2025〕5号", "市政发〔2025〕105号", "第5号", "〔2025〕第5期", "〔2025〕18号",
        "（2025）某01民初1号", "市财政局公告2025年第5号", "第18期", "GB/T 9704—2012",
    ],
)  # fmt: skip
def test_numbers_of_other_kinds_are_left_alone(number):
    assert "MS224" not in found(RIGHT.replace("市政发〔2025〕5号", number))


def test_what_was_not_read_in_full_lacks_nothing():
    example = Example(RIGHT.replace("000001\n", "").replace("共印30份", ""), problem="damaged")

    assert not {f.rule for f in judge(case_of(example))} & OWN
