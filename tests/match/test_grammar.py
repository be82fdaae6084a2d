"""The marking grammar: facts of the team's own study, generated forms, properties, real text."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from markscan.fold import fold, what_changed
from markscan.marking import Condition, Duration, EndDate, LongTerm, Marking, Unusable
from markscan.match.grammar import ANCHORS, parse, parse_filename
from markscan.match.grammar.candidate import PLAIN
from markscan.match.grammar.forms import FORMS

HERE = Path(__file__).parent
SCHEMES = {
    "CN-STATE": "cn-state",
    "CN-WORK": "cn-work",
    "CN-INTERNAL": "cn-internal",
    "CN-COMM": "cn-commercial",
    "CN-MIL": "cn-military",
    "CN-LIFE": "lifecycle",
    "CHECKBOX": "checkbox",
    "CN-DOCNO": "docno",
    "CN-TEL": "telegram",
    "CN-OPEN": "openness",
    "CN-SCOPE": "scope",
    "TW": "tw",
}
NAMES = {"juemi": "绝密", "jimi": "机密", "mimi": "秘密"}


def rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text("utf-8").split("\n")[1:]
    return [[*line.split("\t"), "", "", ""] for line in lines if line]


def pieces(table: str) -> list[str]:
    return [piece for line in table.strip().splitlines() for piece in line.split("|")]


def seen(marking: Marking | None) -> tuple[object, ...] | None:
    if marking is None:
        return None
    return (marking.scheme, marking.level, marking.period_code, marking.canonical, marking.defects)


# Rows of the study that a clarification overrules: ruling, and what holds now.
RULED: dict[str, tuple[int, tuple[object, ...] | None]] = {
    "机密★10": (9, ("cn-state", "jimi", "10Y", "机密★?", ("unit",))),
    "机、秘密级": (4, None),
}


@pytest.mark.parametrize("row", rows("markings.tsv"), ids=lambda row: row[0])
def test_study(row: list[str]) -> None:
    text, scheme, level, period, canonical, defects, rules = row[:7]
    marking = parse(text)
    if text in RULED:
        assert seen(marking) == RULED[text][1]
        return
    if level.startswith("family:"):
        code: str | None = level
    else:
        code = None if level in {"", "-"} else level.lower()
    tags = tuple(tag for tag in defects.split(",") if tag)
    assert seen(marking) == (SCHEMES[scheme], code, period or "-", canonical or None, tags)
    assert marking is not None
    expected = {rule for rule in rules.split(",") if rule}
    if period == "-":
        expected.discard("MS103")  # clarification 15
    assert set(marking.rules) == expected


# What may parse although it stands in a row of false positives: the row says so itself, or
# leaves it to the place (a bare level, a full mark quoted in a lesson).
ALLOWED = {
    *("绝密", "机密", "秘密", "秘密★", "秘密★10年", "秘密●10年", "机密★1年"),
    *("密级：□绝密 □机密 □秘密 ☑非密", "文件密级：□绝密 □秘密 □内部资料 ■公开", "秘密级别:绝密"),
    *("绝密★启用前", "绝密★考试结束前", "绝密★考试结束前 2017年11月浙江省选考"),
    *("绝密★启用前 (past exam paper on a teaching site)",),
    *("秘密文件", "机密文件", "绝密文件", "解密", "秘密★XX年", "×密★×年", "〔密级★保密期限"),
    *("密等及解密條件或保密期限：普通", "極機密", "絕對機密", "機密（本件至…解密）"),
}


@pytest.mark.parametrize("row", rows("nonmarkings.tsv"), ids=lambda row: row[0])
def test_false_positives(row: list[str]) -> None:
    for piece in [row[0], *re.split(r"[、，,；;：:]|\s+", row[0])]:
        if piece not in ALLOWED:
            assert parse(piece) is None, piece


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # separators
        ("机密★★10年", ("jimi", "10Y", "机密★10年", "star-dup")),
        ("★★机密★10年", ("jimi", "10Y", "机密★10年", "star-dup order")),
        ("绝密★★启用前", ("juemi", "?启用前", "绝密★启用前", "star-dup")),
        ("机密—10年", ("jimi", "10Y", "机密★10年", "star-glyph")),
        ("机密:10年", ("jimi", "10Y", "机密★10年", "star-glyph")),
        ("机密/10年", ("jimi", "10Y", "机密★10年", "star-glyph")),
        ("机密、10年", ("jimi", "10Y", "机密★10年", "star-glyph")),
        ("机密·会议开始前", ("jimi", "?会议开始前", "机密★会议开始前", "star-glyph")),
        ("机密☆10", ("jimi", "10Y", "机密★?", "star-glyph unit")),
        ("机密*", ("jimi", "-", "机密★?", "star-glyph no-period")),
        ("机密★**年", ("jimi", "!", "机密★?", "placeholder")),
        # circles (clarification 2)
        ("机密★二〇年", ("jimi", "20Y", "机密★20年", "cn-num")),
        ("机密★二○三○年十二月三十一日", ("jimi", "@2030-12-31", "机密★2030年12月31日", "cn-num")),
        ("秘密★○年", ("mimi", "!", "秘密★?", "placeholder")),
        ("秘密★〇", ("mimi", "!", "秘密★?", "placeholder")),
        ("秘密○5年", ("mimi", "5Y", "秘密★5年", "star-glyph")),
        # order
        ("★绝密", ("juemi", "-", "绝密★?", "order no-period")),
        ("☆机密☆10年", ("jimi", "10Y", "机密★10年", "star-glyph order")),
        ("启用前★绝密", ("juemi", "?启用前", "绝密★启用前", "order")),
        ("机密十年★", ("jimi", "10Y", "机密★10年", "order cn-num")),
        # periods
        ("秘密★贰拾年", ("mimi", "20Y", "秘密★20年", "over-limit cn-num")),
        ("秘密★廿年", ("mimi", "20Y", "秘密★20年", "over-limit cn-num")),
        ("绝密★三十年", ("juemi", "30Y", "绝密★30年", "cn-num")),
        ("机密★一百二十个月", ("jimi", "120M", "机密★10年", "cn-num unit")),
        ("秘密★2周", ("mimi", "2W", "秘密★14日", "unit")),
        ("秘密★72小时", ("mimi", "72H", "秘密★3日", "unit")),
        ("秘密★10小时", ("mimi", "10H", "秘密★?", "unit")),
        ("秘密★45日", ("mimi", "45D", "秘密★45日", "unit")),
        ("秘密★1.5年", ("mimi", "18M", "秘密★18个月", "unit")),
        ("秘密★一年半", ("mimi", "18M", "秘密★18个月", "cn-num unit")),
        ("秘密★1年6个月", ("mimi", "18M", "秘密★18个月", "unit")),
        ("秘密★11", ("mimi", "11Y", "秘密★?", "over-limit unit")),
        ("机密★自印发之日起10年", ("jimi", "10Y", "机密★10年", "tail")),
        ("机密★10年后解密", ("jimi", "10Y", "机密★10年", "tail")),
        ("机密★99999999年", ("jimi", "!", "机密★?", "unit")),
        # dates (clarifications 7, 8)
        ("机密★2031年5月", ("jimi", "@2031-05", "机密★2031年5月", "date-form")),
        ("机密★2031-05", ("jimi", "@2031-05", "机密★2031年5月", "date-form")),
        ("机密★2040年1月1日前", ("jimi", "@2040-01-01", "机密★2039年12月31日", "tail")),
        ("机密★2040年前", ("jimi", "@2040-01-01", "机密★2039年12月31日", "date-form tail")),
        ("机密★2030年02月03日", ("jimi", "@2030-02-03", "机密★2030年2月3日", "date-form")),
        ("机密★2030 12 31", ("jimi", "@2030-12-31", "机密★2030年12月31日", "date-form space")),
        ("机密★2031", ("jimi", "@2031", "机密★2031年", "date-form")),
        ("机密★12月31日", ("jimi", "!", "机密★?", "bad-date")),
        ("机密★2029年2月29日", ("jimi", "!", "机密★?", "bad-date")),
        # placeholders
        ("机密★【待核实】", ("jimi", "!", "机密★?", "placeholder bracket")),
        ("机密★N年", ("jimi", "!", "机密★?", "placeholder")),
        ("机密★{period}", ("jimi", "!", "机密★?", "placeholder")),
        ("机密★{{years}}年", ("jimi", "!", "机密★?", "placeholder")),
        ("机密★□□年", ("jimi", "!", "机密★?", "placeholder")),
        ("机密★??年", ("jimi", "!", "机密★?", "placeholder")),
        ("机密★20__年", ("jimi", "!", "机密★?", "placeholder")),
        ("机密★20××年×月×日", ("jimi", "!", "机密★?", "placeholder")),
        ("机密★保密期限", ("jimi", "!", "机密★?", "placeholder")),
        ("机密★?", ("jimi", "!", "机密★?", "placeholder")),
        ("机密XX年", ("jimi", "!", "机密★?", "nostar placeholder")),
        ("密级：__（待填）", (None, "!", None, "placeholder label")),
        ("XX密★XX年", (None, "!", None, "placeholder")),
        ("【密级】★【保密期限】", (None, "!", None, "placeholder bracket")),
        # brackets, labels, tails (clarification 10)
        ("【（机密）★10年】", ("jimi", "10Y", "机密★10年", "bracket")),
        ("（机密★10年]", ("jimi", "10Y", "机密★10年", "bracket")),
        ("机密★保密期限：10年", ("jimi", "10Y", "机密★10年", "label")),
        ("密级机密★10年", ("jimi", "10Y", "机密★10年", "label")),
        ("国家秘密·机密★5年", ("jimi", "5Y", "机密★5年", "label")),
        ("国家秘密★10年", ("mimi", "10Y", "秘密★10年", "label")),
        ("机密★解密时间：2030年12月31日", ("jimi", "@2030-12-31", "机密★2030年12月31日", "label")),
        (
            "密级：机密 解密条件：会议结束后",
            ("jimi", "?会议结束后", "机密★会议结束后", "label nostar space"),
        ),
        ("密级：机密 (CONFIDENTIAL)", ("jimi", "-", "机密★?", "label nostar no-period space")),
        ("份号：000012 机密★10年", ("jimi", "10Y", "机密★10年", "")),
        ("特急 机密★10年", ("jimi", "10Y", "机密★10年", "")),
        ("机密★10年（指人专办）", ("jimi", "10Y", "机密★10年", "")),
        ("机密★10年 会后收回", ("jimi", "10Y", "机密★10年", "space")),
        ("机密★10年    第 3 页", ("jimi", "10Y", "机密★10年", "")),
        ("机密★10年。", ("jimi", "10Y", "机密★10年", "tail")),
        # script (clarifications 5, 6)
        ("㊙", ("mimi", "-", "秘密★?", "glyph nostar no-period")),
        ("㊙★5年", ("mimi", "5Y", "秘密★5年", "glyph")),
        ("機宻★5年", ("jimi", "5Y", "机密★5年", "trad")),
        ("絶密★30年", ("juemi", "30Y", "绝密★30年", "trad")),
        ("机密★⑩年", ("jimi", "10Y", "机密★10年", "glyph")),
        ("机\t密\t★\t1 0 年", ("jimi", "10Y", "机密★10年", "space")),
        ("機密(jī mì)★10年", ("jimi", "10Y", "机密★10年", "ruby trad")),
        ("机密★10年★", ("jimi", "10Y", "机密★10年", "star-dup")),
        ("机密★（　）年", ("jimi", "!", "机密★?", "placeholder space")),
        ("绝密★启用前（A卷）", ("juemi", "?启用前", "绝密★启用前", "")),
        # several
        ("机密★10年 机密★10年", ("jimi", "10Y", "机密★10年", "")),
        ("机密★10年 秘密★5年", (None, "-", None, "multi")),
        # examination papers
        ("绝密 启用前", ("juemi", "?启用前", "绝密★启用前", "nostar space")),
        ("绝密：启用前", ("juemi", "?启用前", "绝密★启用前", "star-glyph")),
        ("绝密★启用前 试卷类型：A", ("juemi", "?启用前", "绝密★启用前", "space")),
    ],
)
def test_state(text: str, expected: tuple[object, ...]) -> None:
    level, period, canonical, defects = expected
    tags = tuple(str(defects).split())
    assert seen(parse(text)) == ("cn-state", level, period, canonical, tags)


@pytest.mark.parametrize(
    ("text", "scheme", "level", "period", "defects"),
    [
        ("工作秘密★", "cn-work", "gongzuo", "-", "scheme-mix"),
        ("密级：工作秘密", "cn-work", "gongzuo", "-", "label"),
        ("工 作 秘 密", "cn-work", "gongzuo", "-", ""),
        ("内部", "cn-internal", "neibu", "-", ""),
        ("仅限内部使用", "cn-internal", "neibu", "-", ""),
        ("内部资料★严禁外传", "cn-internal", "neibu", "-", "scheme-mix"),
        ("密级：内部公文", "cn-internal", "neibu", "-", "label"),
        ("中石油 核心商密★10年", "cn-commercial", "hxsm", "10Y", "scheme-mix"),
        ("某某公司 商业秘密", "cn-commercial", "sm", "-", ""),
        ("普通商密：三年", "cn-commercial", "ptsm", "3Y", "cn-num"),
        ("绝密核心", "cn-military", "juemi_hx", "-", ""),
        ("绝密□ 机密☑ 秘密□", "checkbox", "jimi", "-", ""),
        ("绝密（ ） 机密（√） 秘密（ ）", "checkbox", "jimi", "-", ""),
        ("□绝密 □机密 □秘密 ☑非密", "checkbox", None, "-", ""),
        ("□绝密 ☑机密 ☑秘密", "checkbox", None, "-", "multi"),
        ("密级：□绝密 ☑机密 □秘密 保密期限：10年", "checkbox", "jimi", "10Y", "label"),
        ("此件删减后公开", "openness", "open", "-", ""),
        ("此件可依申请公开", "openness", "onreq", "-", ""),
        ("密级：公开", "openness", "open", "-", "label"),
        ("此件发至县团级，不登报", "scope", "县团级", "-", ""),
        ("传达至县团级", "scope", "县团级", "-", ""),
        ("厅字〔2000〕58号", "docno", "family:厅字", "-", ""),
        ("中廳字〔2000〕58號", "docno", "family:厅字", "-", "trad"),
        ("国办发〔二〇二三〕12号", "docno", "family:国办发", "-", ""),
        ("川密函【2021】第12号", "docno", "mi?", "-", ""),
        ("冀政办字〔2020〕3号", "docno", None, "-", ""),
        ("国密局发〔2020〕1号", "docno", None, "-", ""),
        ("国务院办公厅密码电报 特急", "telegram", "mima", "-", ""),
        ("机密★10年（已解密）", "lifecycle", "decl", "-", ""),
        ("机密★10年（变更为：秘密★5年）", "lifecycle", "jimi", "10Y", ""),
        ("保密期限延长5年", "lifecycle", "extend", "5Y", ""),
        ("密等：機密", "tw", "tw_mi", "-", ""),
        ("機密（本件至112年12月31日解密）", "tw", "tw_mi", "-", ""),
    ],
)
def test_other_schemes(
    text: str, scheme: str, level: str | None, period: str, defects: str
) -> None:
    assert seen(parse(text)) == (scheme, level, period, None, tuple(defects.split()))


NO_MARKING = """
国家秘密|商业秘密|商密|技术秘密|最高机密|绝密档案|绝密飞行|绝密543
机密 10|机密·10|机密-10|机密：|密级：|机密会议开始前|秘密花园开业前
秘密：会议公布前|机密文件，|机密。|机密）|（三）机密|机密/秘密|绝密/机密/秘密
绝密、机密、秘密|秘密★1年、机密★5年|机密2023年|秘密十年后
绝密级不超过三十年|机密級情報|機密情報|機密ファイル|★機密★のデータ|内部控制
内部资料性出版物准印证|公开课|此件已阅|发至邮箱|密碼:|工作秘密事项|商密认证
绝对机密|航天基地 · 绝密|A. 秘密 10年|国密局公告
{level}★{period}|10年★?
〔密级★保密期限，如：机密★1年；非涉密删除本行〕
国家秘密标志形式为“密级★保密期限”
"""


@pytest.mark.parametrize("text", pieces(NO_MARKING))
def test_no_marking(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("name", "level", "period"),
    [
        ("关于X的报告（机密★5年）.docx", "jimi", "5Y"),
        ("【机密】会议纪要.docx", "jimi", "-"),
        ("机密★10年 方案.docx", "jimi", "10Y"),
        ("机密★10年关于X的报告.docx", "jimi", "10Y"),
        ("方案_秘密.docx", "mimi", "-"),
        ("机密_10年_方案.docx", "jimi", "10Y"),
        ("机密10年.docx", "jimi", "10Y"),
        ("机密-10年-方案.docx", "jimi", "10Y"),
        ("机密_2030-12-31_方案.docx", "jimi", "@2030-12-31"),
        ("2024_机密 会议.docx", "jimi", "-"),
        ("报告.机密.doc", "jimi", "-"),
        ("秘密★5年_方案.pdf", "mimi", "5Y"),
        ("绝密★启用前 数学.docx", "juemi", "?启用前"),
        ("绝密_启用前_数学.docx", "juemi", "?启用前"),
        ("内部资料_2024.docx", "neibu", "-"),
        ("核心商密_10年_方案.pdf", "hxsm", "10Y"),
        ("中办发〔2020〕12号.pdf", "family:中办发", "-"),
    ],
)
def test_file_names(name: str, level: str, period: str) -> None:
    marking = parse_filename(name)
    assert marking is not None
    assert (marking.level, marking.period_code) == (level, period)


NAMES_WITHOUT = """
《绝密飞行》.txt|《机密》.txt|绝密飞行.txt|机密计算白皮书.pdf
秘密花园.epub|国家秘密.docx|保守 秘密 教育.pptx
合同_已解密.pdf|AES 解密.py|商业秘密保护.docx|商业秘密.docx
机密文件柜.jpg|手机密码.txt|绝密543.mp4|机密10年规划.docx
国发〔2020〕.doc|readme.md
"""


@pytest.mark.parametrize("name", pieces(NAMES_WITHOUT))
def test_file_names_without(name: str) -> None:
    assert parse_filename(name) is None


def test_limits_are_given_by_the_law_profile() -> None:
    strict = parse("机密★10年", law_limits={"jimi": 5})
    assert strict is not None
    assert strict.defects == ("over-limit",)
    assert parse("秘密★3650日") is not None
    assert "over-limit" not in (parse("秘密★3650日") or Marking("", None)).defects
    assert "over-limit" in (parse("秘密★3700日") or Marking("", None)).defects


# --- properties -----------------------------------------------------------------------


@dataclass(frozen=True)
class Form:
    """One way to write a mark; `defects` are the tags that it earns."""

    text: str
    defects: frozenset[str] = frozenset()


CN = "零一二三四五六七八九十"


def numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return CN[ones]
    return ("" if tens == 1 else CN[tens]) + "十" + (CN[ones] if ones else "")


def period_forms(period: object) -> list[Form]:
    """The ways of writing a period that the standard knows, and the faulty ones."""
    match period:
        case Duration(amount=amount, unit="Y"):
            return [
                Form(f"{amount}年"),
                Form(f"{numeral(int(amount))}年", frozenset({"cn-num"})),
                Form(f"{amount}年".translate(FULLWIDTH), frozenset({"fullwidth"})),
                Form(f"{amount}年以内", frozenset({"tail"})),
                Form(f"({amount}年)", frozenset({"bracket"})),
                Form(f"保密期限：{amount}年", frozenset({"label"})),
            ]
        case Duration(amount=amount, unit="M"):
            return [Form(f"{amount}个月"), Form(f"{amount}月", frozenset({"unit"}))]
        case Duration(amount=amount):
            return [Form(f"{amount}日"), Form(f"{amount}天", frozenset({"unit"}))]
        case EndDate(year=y, month=m, day=d):
            form = frozenset({"date-form"})
            return [
                Form(f"{y}年{m}月{d}日"),
                *(
                    Form(text, form)
                    for text in (f"{y}-{m}-{d}", f"{y}.{m}.{d}", f"{y}{m:02}{d:02}")
                ),
                Form(f"至{y}年{m}月{d}日止", frozenset({"tail"})),
            ]
        case Condition(event=event):
            return [Form(event)]
        case LongTerm():
            long = frozenset({"long"})
            return [Form("长期", long), Form("长期保密", long | {"long-word"})]
        case Unusable():
            hole = frozenset({"placeholder"})
            return [Form(text, hole) for text in ("××年", "__年", "XX年", "20××年", "N年")]
    return [Form("", frozenset({"no-period"}))]


FULLWIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
STARS = FORMS["separators"]["stars"]
PERIODS = st.one_of(
    st.builds(Duration, st.integers(1, 10), st.just("Y")),
    st.builds(Duration, st.integers(1, 11), st.just("M")),
    st.builds(Duration, st.integers(1, 31), st.just("D")),
    st.dates()
    .filter(lambda d: 1900 <= d.year < 2200)
    .map(lambda d: EndDate(d.year, d.month, d.day)),
    st.sampled_from(["启用前", "会议开始前", "任务完成后", "开标前"]).map(Condition),
    st.just(LongTerm()),
    st.just(Unusable()),
    st.none(),
)
LEVELS = st.sampled_from(sorted(NAMES))


def separator_forms() -> list[Form]:
    glyph = frozenset({"star-glyph"})
    return [
        Form("★"),
        Form(" ★ ", frozenset({"space"})),
        Form("★★", frozenset({"star-dup"})),
        *(Form(sign, glyph) for sign in STARS),
    ]


def level_forms(level: str) -> list[Form]:
    name = NAMES[level]
    traditional = {"绝密": "絕密", "机密": "機密", "秘密": "祕密"}[name]
    return [
        Form(name),
        Form(traditional, frozenset({"trad"})),
        Form(f"{name[0]} {name[1]}", frozenset({"space"})),
        Form(f"{name[0]}\u200b{name[1]}", frozenset({"zw"})),
        Form(name + "级", frozenset({"suffix"})),
        *(Form(typo, frozenset({"typo"})) for typo in FORMS["typos"][level]),
    ]


def around_forms() -> list[tuple[str, str, frozenset[str]]]:
    brackets = zip(FORMS["brackets"]["open"], FORMS["brackets"]["close"], strict=True)
    return [
        ("", "", frozenset()),
        ("000012 ", "", frozenset()),
        ("", "（亲启）", frozenset()),
        ("", "　特急", frozenset({"space"})),
        ("密级：", "", frozenset({"label"})),
        ("文件密级:", "", frozenset({"label"})),
        *((opening, closing, frozenset({"bracket"})) for opening, closing in brackets),
    ]


@st.composite
def written(draw: st.DrawFn) -> tuple[Marking, str]:
    """A mark and one way of writing it."""
    level, period = draw(LEVELS), draw(PERIODS)
    name = draw(st.sampled_from(level_forms(level)))
    separator = draw(st.sampled_from(separator_forms()))
    form = draw(st.sampled_from(period_forms(period)))
    before, after, tags = draw(st.sampled_from(around_forms()))
    text = before + name.text + separator.text + form.text + after
    defects = set(name.defects | separator.defects | form.defects | tags)
    if separator.text == " ★ " and not form.text and not after:
        defects.add("space")
    plain = period_forms(period)[0].text
    known = period is not None and not isinstance(period, Unusable)
    canonical = f"{NAMES[level]}★{plain if known else '?'}"
    return Marking("cn-state", level, period, canonical, tuple(sorted(defects))), text


@given(written())
@settings(max_examples=1500, deadline=None)
def test_what_is_written_is_read(case: tuple[Marking, str]) -> None:
    expected, text = case
    marking = parse(text)
    assert marking is not None, text
    found = (marking.scheme, marking.level, marking.period, marking.canonical)
    assert found == (expected.scheme, expected.level, expected.period, expected.canonical), text
    assert set(marking.defects) == set(expected.defects), text
    assert anchored(text), text


def anchored(text: str) -> bool:
    folded = fold(text).text
    return any(anchor in folded for anchor in ANCHORS)


@given(written())
@settings(max_examples=300, deadline=None)
def test_the_right_way_is_without_fault(case: tuple[Marking, str]) -> None:
    marking = parse(case[1])
    assert marking is not None
    assert marking.canonical is not None
    right = parse(marking.canonical)
    assert right is not None
    assert set(right.defects) <= {"long", "placeholder"}
    assert right.level == marking.level
    assert right.canonical == marking.canonical


INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202e\u2066\u2069\ufe0f\u180e"


@given(written(), st.data())
@settings(max_examples=300, deadline=None)
def test_invisible_characters_hide_no_marking(
    case: tuple[Marking, str], data: st.DataObject
) -> None:
    text = case[1]
    plain = parse(text)
    places = data.draw(st.lists(st.integers(1, len(text) - 1), min_size=1, max_size=80))
    signs = data.draw(st.text(INVISIBLE, min_size=len(places), max_size=len(places)))
    hidden = text
    for place, sign in sorted(zip(places, signs, strict=True), reverse=True):
        hidden = hidden[:place] + sign + hidden[place:]
    marking = parse(hidden)
    assert plain is not None
    assert marking is not None, ascii(hidden)
    assert (marking.level, marking.period) == (plain.level, plain.period)
    assert set(marking.defects) == set(plain.defects) | {"zw"}


ALPHABET = (
    "绝机秘密级件★☆·●○〇10年月日前后时 （）【】《》：，、。_-×x□■☑"
    "保期限解内部工作商公开此件发至中办第号{}"
)


@given(st.text(ALPHABET, max_size=70))
@settings(max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example("机密★" + "(" * 50)
@example("机密（" * 15)
@example("密级：" + "□绝密" * 19)
def test_everything_accepted_has_an_anchor(text: str) -> None:
    marking = parse(text)
    ordinary = marking is not None and marking.scheme == "docno" and marking.level is None
    if marking is not None and not ordinary:
        assert anchored(text), text
    parse_filename(text)


@given(st.text(max_size=200))
@settings(max_examples=500, deadline=None)
def test_arbitrary_text_never_raises(text: str) -> None:
    parse(text)
    parse_filename(text)


@pytest.mark.parametrize("row", rows("markings.tsv"), ids=lambda row: row[0])
def test_study_is_anchored(row: list[str]) -> None:
    if parse(row[0]) is not None:
        assert anchored(row[0])


def test_the_lexicon_is_in_folded_form() -> None:
    wrong = {char for char in PLAIN if not char.isspace() and fold(char).text != char}
    assert wrong == set()
    assert {char for char in PLAIN if not char.isspace() and what_changed(char)} == set()


def test_every_code_point_alone_and_in_a_mark() -> None:
    for code in range(0x20, 0x30000, 7):
        parse(chr(code))
        parse(f"机{chr(code)}密★10年")


BAD = [
    *("机密★", "（", "【机密", "★", "10年", "密级：", "□", "×", "{", "自", "保密期限", "机密/"),
    *("年月日", "发〔", "\u200b"),
]


@pytest.mark.parametrize("piece", BAD)
def test_time_grows_in_proportion(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        best = 1.0
        for _ in range(3):
            start = time.process_time()
            parse(text)
            parse_filename(text)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(60 // len(piece)) < 0.05
    short, long = seconds(20_000), seconds(40_000)
    assert long < 3 * short + 0.01


# --- real text ------------------------------------------------------------------------

SHARED = Path(os.environ.get("MARKSCAN_TEST_DATA", HERE.parents[2] / "shared"))


def short_lines(root: Path) -> Counter[str]:
    lines: Counter[str] = Counter()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix in {".txt", ".md", ".json", ".tsv", ".tex", ".html"}:
            text = path.read_text("utf-8", "ignore")
            lines.update(line.strip() for line in text.splitlines() if len(line.strip()) <= 60)
    return lines


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["seeds", "corpus/public"])
def test_no_line_of_public_text_is_a_state_marking(folder: str) -> None:
    root = SHARED / folder
    if not root.is_dir():
        pytest.skip("no test data here")
    found = {line for line in short_lines(root) if (m := parse(line)) and m.scheme == "cn-state"}
    assert found == set()


@pytest.mark.corpus
def test_labelled_strings_of_public_text() -> None:
    table = SHARED / "corpus" / "markings-seen-in-public.tsv"
    if not table.is_file():
        pytest.skip("no test data here")
    for line in table.read_text("utf-8").split("\n")[1:]:
        fields = line.split("\t")
        if len(fields) > 3 and "★" in fields[3]:
            assert parse(fields[3]) is not None, fields[3]
