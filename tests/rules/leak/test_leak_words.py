"""Rules about leaks that rest on words: instructions, replies, papers, evasive spelling."""

from dataclasses import replace
from datetime import date

import pytest
from example_case import case_of

from markscan.document import Area
from markscan.finding import Severity
from markscan.rules import Example, Task, judge
from markscan.rules.exam_paper import is_mock, is_national, sitting

LOW = Example(task=Task.SCAN, highest="", today=date(2026, 1, 1))
PAPER = "注意事项：\n1. 答卷前，考生务必将姓名、准考证号填写在答题卡上。\n一、选择题"
HEAD = "某某市人民政府文件\n某政发〔2025〕3号\n关于召开会议的通知\n各单位：\n"


def codes(text: str, **how: object) -> set[str]:
    return {found.rule for found in judge(case_of(replace(LOW, text=text, **how)))}


# MS326, MS506


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("2027年普通高等学校招生全国统一考试", date(2027, 12, 31)),
        ("考试时间：2026年6月7日9:00—11:00", date(2026, 6, 7)),
        ("2026年6月高等教育自学考试", date(2026, 6, 30)),
        ("考试时间：2026年6月7日至9日", date(2026, 6, 9)),
        ("考试时间：2026年6月7日、8日", date(2026, 6, 8)),
        ("考试时间：2026年6月7、8日", date(2026, 6, 8)),
        ("考试时间：2026年6月7—9日", date(2026, 6, 9)),
        ("考试时间：2026年6月7日~9日 9:00—11:30", date(2026, 6, 9)),
        ("考试时间：2026年6月7日（星期日）至9日（星期二）", date(2026, 6, 9)),
        ("考试时间：2026年6月7日、8日、9日", date(2026, 6, 9)),
        ("考试时间：2026年6月30日至7月2日", date(2026, 7, 2)),
        ("考试时间：2026年12月31日至2027年1月2日", date(2027, 1, 2)),
        ("2026年普通高等学校招生全国统一考试\n考试时间：2026年6月7日至9日", date(2026, 6, 9)),
        ("考试时间：2026年6月9日至7日", date(2026, 6, 9)),
        ("考试时间：2026年6月7日上午9时—11时", date(2026, 6, 7)),
        ("考试时间：2026年6月7日至31日", date(2026, 6, 7)),
        ("2026年全国硕士研究生招生考试\n（考试时间：2026年12月19日）", date(2026, 12, 19)),
        ("2026年下半年大学英语四级考试\n考试日期：2026.12.12 9:00—11:20", date(2026, 12, 12)),
        ("2026年高中学业水平考试\n2026年5月9日上午8:30", date(2026, 5, 9)),
        ("2027年高中学业水平考试\n2026年5月9日印", date(2027, 12, 31)),
        ("2025—2026学年度第一学期", date(2026, 12, 31)),
        ("2026届高三", date(2026, 12, 31)),
        ("数学（理科）", None),
        ("2026年13月40日", date(2026, 12, 31)),
    ],
)
def test_the_day_of_an_examination_is_the_last_that_its_head_names(head, day):
    days = sitting(case_of(replace(LOW, text=f"绝密★启用前\n{head}\n{PAPER}")))

    assert (days.last if days else None) == day


@pytest.mark.parametrize(
    ("head", "mock", "national"),
    [
        ("2026年普通高等学校招生全国统一考试", False, True),
        ("2026年普通高等学校招生全国统一考试模拟试卷", False, True),
        ("2026届高三第二次联考", True, False),
        ("某某中学九年级期中测试", True, False),
        ("某某市录用公务员考试", False, True),
        ("业务知识考试", False, False),
    ],
)
def test_a_mock_paper_is_known_by_its_head(head, mock, national):
    case = case_of(replace(LOW, text=f"绝密★启用前\n{head}\n{PAPER}"))

    assert is_mock(case) is mock
    assert is_national(case) is national


@pytest.mark.parametrize(
    ("head", "severity"),
    [
        ("2027年普通高等学校招生全国统一考试", Severity.CRITICAL),
        ("2026年普通高等学校招生全国统一考试", Severity.MEDIUM),
        ("普通高等学校招生全国统一考试", Severity.MEDIUM),
        ("2026年全国硕士研究生招生考试\n考试时间：2026年12月19日", Severity.CRITICAL),
        ("2026年全国硕士研究生招生考试\n2026年12月31日", Severity.CRITICAL),
        ("业务知识考试", Severity.LOW),
    ],
)
def test_what_a_paper_is_worth_by_what_is_known_of_its_day(head, severity):
    case = case_of(replace(LOW, text=f"绝密★启用前\n{head}\n{PAPER}"))
    (found,) = [each for each in judge(case) if each.rule == "MS326"]

    assert found.severity is severity


# MS327


@pytest.mark.parametrize(
    "line",
    [
        "JM★10年",
        "【JM★10年】",
        "juemi★30年",
        "ＪＭ★１０年",
        "jimi ★ 10年",
        "ji密★10年",
        "机\u200b密★10年",
        "秘\u2060密★5年",
        "机\ufeff密",
        "禾必密★5年",
    ],
)
def test_a_marking_that_programs_would_miss_is_told_once(line):
    found = [f.rule for f in judge(case_of(replace(LOW, text=f"{line}\n{HEAD}", highest=None)))]

    assert found.count("MS327") == 1
    assert "MS115" not in found


BROKEN = [
    "机*密★10年",
    "机-密★10年",
    "机_密★10年",
    "机·密★10年",
    "J密★10年",
    "ji mi★10年",
    "jī mì ★10年",
    "机 mi★10年",
    "机.密 10年",
]
LETTER = HEAD + "现将有关事项通知如下。\n某某市人民政府\n2025年3月1日"


@pytest.mark.parametrize("line", BROKEN)
def test_a_level_broken_up_is_told_in_the_head_of_an_official_document(line):
    assert "MS327" in codes(f"{line}\n{LETTER}")
    assert "MS327" not in codes(f"{LETTER}\n一\n{line}")
    assert "MS327" not in codes(f"{line}\n随笔\n今天天气很好。")


@pytest.mark.parametrize(
    "line",
    [
        "机 密★10年",
        "机　密★10年",
        "機密★10年",
        "机蜜★10年",
        "机(jī)密★10年",
        "\u200b机密★10年\u200b",
        "厚度 5 mm★",
        "JM-10 型",
        "用户 jimi 登录",
        "jimi.zhang@example.cn",
        "MM 公司",
        "常见写法有 JM★10年、机mi★10年 等。",
        "mimi",
    ],
)
def test_ordinary_writing_is_no_evasion(line):
    assert "MS327" not in codes(f"{line}\n{HEAD}", highest=None)


def test_what_was_recognised_in_a_picture_is_no_evasion():
    parts = ((Area.IMAGE, "p1", "机mi★10年"),)

    assert "MS327" not in codes("", parts=parts)


def test_a_lesson_on_evasion_evades_nothing():
    assert "MS327" not in codes("保密检查培训课件\nJM★10年\n机mi★10年")


# MS322


@pytest.mark.parametrize(
    "text",
    [
        "省领导批示后，各地迅速落实，3月12日召开会议，同意实施方案。",
        "领导批示：\n拟办意见：",
        "领导批示：应当填写同意与否并注明日期，如3月12日。",
        "领导批示办理制度\n第一条 批示意见应当在3月12日前办结，请各单位研究落实。",
        "一、学习贯彻领导批示精神。3.12 会议同意该方案。",
        "批示内容：×同志已阅。3月12日",
    ],
)
def test_text_about_instructions_is_none(text):
    assert "MS322" not in codes(f"文件处理单\n{text}")


# MS308, MS309, MS330


@pytest.mark.parametrize(
    "text",
    [
        "密码电报\n《密码电报》是一部电影，讲述地下工作者的故事。",
        "关于密码电报的管理规定\n第一条 密码电报由专人管理。\n第二条 不得复制。\n第三条 不得外传。",
        "明传电报\n本词条介绍明传电报的历史。",
        "历史回忆\n电文只有四个字：密电收悉。",
        "机密★10年\n关于明传电报使用情况的通报\n各单位：\n明传电报不得传发秘密事项。",
    ],
)
def test_text_about_telegrams_is_no_telegram(text):
    assert not {"MS308", "MS309", "MS330"} & codes(text)


def test_a_cipher_telegram_is_told_beside_its_marking():
    text = "机密★10年\n特急\n国务院办公厅密码电报\n国办密电〔2025〕998号\n关于有关工作的通知"

    assert {"MS301", "MS308"} <= codes(text)


# MS901, MS904, MS905


def test_a_limit_is_told_only_where_nothing_else_tells_that_the_file_is_unread():
    assert codes("", problem="limit") == {"MS904"}
    assert codes("", problem="encrypted") == {"MS310"}


@pytest.mark.parametrize("word", ["现已废止", "（已失效）"])
def test_a_law_that_the_text_calls_repealed_may_be_named(word):
    text = f"{HEAD}《保守国家秘密法实施办法》{word}，请各单位知悉。"

    assert "MS905" not in codes(text, task=Task.CHECK)


# MS309

REPORT = "某某市海洋局文件\n某海发〔2026〕5号\n关于有关情况的报告\n某某市人民政府：\n"


@pytest.mark.parametrize(
    "text",
    [
        "关于落实某办密电〔2026〕31号精神情况的报告如下。",
        "按照某办密电〔2026〕31号要求，我局已落实。",
        "某办密电[2026]31号要求各地开展检查。",
        "你办密电收悉。",
    ],
)
def test_a_paper_that_answers_or_acts_on_a_cipher_telegram_is_told(text):
    assert "MS309" in codes(REPORT + text)


@pytest.mark.parametrize(
    "text",
    [
        "按照某办发电〔2026〕31号要求，我局已落实。",
        "按照某办明电〔2026〕31号要求，我局已落实。",
        "密电的登记、传阅按照有关规定办理。",
        "电报目录：某办密电〔2026〕31号。",
    ],
)
def test_a_paper_on_other_telegrams_is_no_reply(text):
    assert "MS309" not in codes(REPORT + text)
