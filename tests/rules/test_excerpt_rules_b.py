"""Rules that need the register: citations, copies, places, what has ended (MS3xx, MS41x, MS5xx)."""

from dataclasses import replace
from datetime import date

import pytest
from example_case import case_of

from markscan.document import Area, Document, Part, Place, Span
from markscan.finding import Copy, Outcome, Severity, Status, Verdict
from markscan.marking import EndDate
from markscan.policy import Location
from markscan.register import Entry, Point
from markscan.rules import RULES, Example, Task, judge
from markscan.rules.excerpt.disguise import disguises
from markscan.rules.excerpt.example_document import (
    ENTRY,
    FIRST,
    FOURTH,
    HEAD,
    NUMBER,
    ORIGINAL,
    PIECES,
    PIECES_REGISTER,
    REGISTER,
    SECOND,
    THIRD,
    TITLE,
    UNMARKED,
)
from markscan.rules.excerpt.own_copy import copies
from markscan.rules.excerpt.quoted_mail import quoted_from
from markscan.run import CopyLedger

OWN = {
    *("MS303", "MS304", "MS312", "MS313", "MS317", "MS318", "MS320", "MS325", "MS328", "MS335"),
    *(f"MS{number}" for number in range(413, 420)),
    *("MS501", "MS504", "MS505", "MS507", "MS511"),
}
EXCERPT = f"工作情况\n{FIRST}{SECOND}"
OUTSIDE = Example(task=Task.SCAN, highest="", register=REGISTER)


def registered(**changed: object) -> tuple[tuple[Entry, str], ...]:
    return ((replace(ENTRY, **changed), ORIGINAL),)


def found(example: Example) -> set[str]:
    return {finding.rule for finding in judge(case_of(example))} & OWN


def finding(code: str, example: Example):
    return next(f for f in judge(case_of(example)) if f.rule == code)


# What no finding may say.


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.code in OWN - {"MS501"}])
def test_a_finding_names_the_entry_and_none_of_its_words(rule, language):
    for example in rule.found:
        told = finding(rule.code, example)
        said = " ".join(text.of(language) for text in (told.message, told.fix, told.basis))

        for secret in (TITLE, NUMBER, FIRST[:8], SECOND[:8], THIRD[:8], FOURTH[:8], *PIECES):
            assert secret not in said
        if rule.code != "MS335":
            assert "K-1" in said


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.code in OWN - {"MS501"}])
def test_without_a_register_nothing_is_found(rule):
    for example in rule.found:
        assert rule.code not in found(replace(example, register=None))


@pytest.mark.parametrize(
    "over",
    [{"declassified": date(2025, 1, 1)}, {"ends": date(2025, 12, 31)}],
    ids=["declassified", "ended"],
)
@pytest.mark.parametrize(
    "code",
    [
        *("MS303", "MS304", "MS312", "MS313", "MS317", "MS318", "MS320", "MS328", "MS511"),
        *("MS413", "MS414", "MS416", "MS419", "MS504"),
    ],
)
def test_what_is_no_longer_secret_is_found_nowhere(code, over):
    rule = next(rule for rule in RULES if rule.code == code)

    for example in rule.found:
        entries = tuple((replace(entry, **over), text) for entry, text in example.register)
        assert code not in found(replace(example, register=entries))


@pytest.mark.parametrize("code", ["MS312", "MS328", "MS413"])
def test_an_assumed_end_does_not_release(code):
    rule = next(rule for rule in RULES if rule.code == code)
    lapsed = registered(ends=date(2025, 1, 1), assumed=True)

    assert code in found(replace(rule.found[0], register=lapsed))


# How they go together.


@pytest.mark.parametrize(
    ("text", "name", "codes"),
    [
        (UNMARKED, "通知.txt", {"MS312"}),
        (UNMARKED, "通知（送审稿）.txt", {"MS328"}),
        (ORIGINAL, "通知.txt", set()),
        (EXCERPT, "情况.txt", set()),
        (f"工作情况\n已按{NUMBER}办理。", "情况.txt", {"MS303"}),
        (f"工作情况\n学习《{TITLE}》。", "情况.txt", {"MS304"}),
        (f"工作情况\n学习《{TITLE}》（{NUMBER}）。", "情况.txt", {"MS303", "MS304"}),
        (f"工作情况\n{TITLE}\n{FIRST}", "情况.txt", set()),
        ("工作情况", f"【机密】{NUMBER}.txt", {"MS317"}),
        ("工作情况", f"{NUMBER}.txt", {"MS303"}),
    ],
)
def test_one_fact_is_one_finding_of_these_rules(text, name, codes):
    assert found(replace(OUTSIDE, text=text, name=name)) == codes


@pytest.mark.parametrize("points", [(), (Point(Span(60, 90), "jimi"),)])
def test_an_unmarked_copy_is_one_finding_whatever_rules_see_it(points):
    own = registered(points=points)

    told = judge(case_of(Example(UNMARKED, register=own)))
    about = {found.rule for found in told} & {"MS312", "MS401", "MS415", "MS219"}

    assert about == {"MS312"}


def test_of_a_rule_that_is_disabled_another_takes_the_place():
    told = judge(case_of(Example(UNMARKED, register=registered())), disabled={"MS312"})

    assert "MS401" in {found.rule for found in told}


def test_the_place_decides_about_a_citation():
    text = f"工作情况\n已按{NUMBER}办理。"

    assert found(replace(OUTSIDE, text=text)) == {"MS303"}
    assert found(replace(OUTSIDE, text=text, highest=None)) == {"MS413"}
    assert found(replace(OUTSIDE, text=text, highest="mimi")) == set()


def test_where_internal_papers_may_lie_a_citation_is_less():
    example = replace(OUTSIDE, text=f"工作情况\n已按{NUMBER}办理。")
    inside = Location("/srv", kind="internal", highest=(("cn-internal", "neibu"),))
    listed = replace(case_of(example), location=inside)

    assert [f.severity for f in judge(case_of(example)) if f.rule == "MS303"] == [Severity.HIGH]
    assert [f.severity for f in judge(listed) if f.rule == "MS303"] == [Severity.MEDIUM]


def test_a_deleted_marking_is_told_once():
    parts = ((Area.DELETED, "word/document.xml", "机密★10年"),)
    codes = {f.rule for f in judge(case_of(Example(UNMARKED, parts=parts, register=REGISTER)))}

    assert "MS313" in codes
    assert not codes & {"MS101", "MS312"}


def test_many_entries_are_counted_and_the_first_are_named():
    entries = tuple(
        (replace(ENTRY, id=f"K-{n}", document_number=f"某水发〔2024〕{n}号", title=""), ORIGINAL)
        for n in range(1, 8)
    )
    text = "\n".join(f"已收某水发〔2024〕{n}号。" for n in range(1, 8))
    told = finding("MS303", replace(OUTSIDE, text=text, register=entries))

    assert "K-1、K-2、K-3、K-4、K-5 等 7 件" in told.message.zh
    assert len(told.others) == 6


# MS312, MS313, MS328


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (UNMARKED, True),
        (UNMARKED.replace("3月5日", "3月6日"), True),
        (UNMARKED.removeprefix(HEAD), False),
        ("内部资料\n" + UNMARKED, True),
        ("秘密★5年\n" + UNMARKED, False),
        (EXCERPT, False),
    ],
)
def test_a_copy_with_its_head_bears_the_marking_of_the_original(text, told):
    assert ("MS312" in found(replace(OUTSIDE, text=text))) is told


@pytest.mark.parametrize(
    "word", ["草稿", "征求意见稿", "送审稿", "清样", "第三稿", "改2稿", "DRAFT", "花脸稿"]
)
def test_a_draft_is_known_by_its_name(word):
    assert found(replace(OUTSIDE, text=UNMARKED, name=f"通知-{word}.txt")) == {"MS328"}


@pytest.mark.parametrize("name", ["通知.txt", "投稿须知.txt", "第三方稿件.txt", "overdrafted.txt"])
def test_other_names_make_no_draft(name):
    assert "MS328" not in found(replace(OUTSIDE, text=UNMARKED, name=name))


# MS318


def test_residue_where_its_level_may_lie_is_less():
    name = "/home/a/.local/share/Trash/files/通知.txt"
    low = replace(OUTSIDE, text=ORIGINAL, name=name)

    assert finding("MS318", low).severity is Severity.HIGH
    assert finding("MS318", replace(low, highest="jimi")).severity is Severity.MEDIUM


# MS325


def test_a_phrase_that_many_documents_share_is_no_aggregation():
    same = tuple(
        (replace(entry, id=f"K-{n}"), text.replace(piece, PIECES[0]))
        for n, ((entry, text), piece) in enumerate(zip(PIECES_REGISTER, PIECES, strict=True))
    )
    example = Example(f"工作情况\n{PIECES[0]}。", task=Task.SCAN, register=same)

    assert len(case_of(example).reuse) == 3
    assert "MS325" not in found(example)


def test_fragments_scattered_over_a_long_text_are_no_aggregation():
    filler = "本周例会照常举行，请各处室按时到会并做好记录。\n" * 100
    example = Example(filler.join(PIECES), task=Task.SCAN, register=PIECES_REGISTER)

    assert "MS325" in found(replace(example, text="\n".join(PIECES)))
    assert "MS325" not in found(example)


def test_aggregation_names_all_entries():
    example = Example("\n此外，\n".join(PIECES), task=Task.SCAN, register=PIECES_REGISTER)

    told = finding("MS325", example)

    assert told.severity is Severity.MEDIUM
    assert all(entry in told.message.zh for entry in ("K-11", "K-12", "K-13"))


# MS335


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("机密★10年\n关于召开会议的通知\n各单位：", "通知.txt", True),
        (ORIGINAL, "通知.txt", False),
        (f"机密★10年\n{NUMBER}\n关于有关安排的通知\n各单位：\n请落实。", "通知.txt", False),
        (f"机密★10年\n关于有关安排的通知\n各单位：\n已按{NUMBER}办理。", "通知.txt", True),
        ("绝密★启用前\n2026年普通高等学校招生全国统一考试\n数学试题", "试题.txt", False),
        ("保密培训课件\n例如标注为“机密★10年”。", "课件.txt", False),
    ],
)
def test_what_is_marked_is_in_the_register(text, name, told):
    example = Example(text, name=name, task=Task.SCAN, register=REGISTER)

    assert ("MS335" in found(example)) is told


def test_a_file_that_was_not_read_is_not_missing_in_the_register():
    example = Example(
        "机密★10年\n关于召开会议的通知", task=Task.SCAN, register=REGISTER, problem="damaged"
    )

    assert "MS335" not in found(example)


# MS414


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("由红杉仓统一调拨，进场前须经三方验收。", []),
        ("由紅杉倉統一調撥，進場前須經三方驗收。", ["繁体字、异体字"]),
        ("由红杉仓统一调拨，见喆同志。", []),
        ("由红\u200b杉仓统一调拨。", ["零宽字符等不可见字符"]),
        ("由红（hóng）杉仓统一调拨。", ["夹注的拼音"]),
        ("由hong红shan杉cang仓tong统yi一", ["夹注的拼音"]),
        ("由 红 杉 仓 统 一 调 拨", ["字间空格"]),
        ("由*红*杉*仓*统*一*调*拨", ["字间插入的符号"]),
        ("由红杉仓 统一调拨 进场前须经三方验收", []),
        ("由红杉仓统⼀调拨。", ["其他字符集的同形字"]),
        ("①由红杉仓统一调拨，②面积30㎡。\ufeff", []),
        ("使用APP和OCR对PDF进行GB标准转换", []),
        ("", []),
    ],
)
def test_a_disguise_is_seen_in_the_passage_itself(passage, words):
    assert [each.zh for each in disguises([passage])] == words


def test_converted_text_changes_no_verdict():
    example = Example("机密★10年\n" + " ".join(FIRST), task=Task.SCAN, register=REGISTER)

    assert finding("MS414", example).severity is Severity.INFO
    assert finding("MS414", example).verdict is None


# MS415


@pytest.mark.parametrize(
    ("span", "mark", "told"),
    [
        (Span(40, 70), "", True),
        (Span(40, 70), "秘密★5年\n", True),
        (Span(40, 70), "机密★5年\n", False),
        (Span(120, 140), "", False),
        # Of the point hardly anything stands here.
        (Span(75, 110), "", False),
        (Span(50, 53), "", True),
    ],
)
def test_a_key_point_decides_by_itself(span, mark, told):
    entries = registered(points=(Point(span, "jimi"),))

    assert ("MS415" in found(Example(f"{mark}工作情况\n{FIRST}", register=entries))) is told


# MS416


def outcome(locator: str, *given: Copy, members: tuple[Outcome, ...] = ()) -> Outcome:
    return Outcome(locator, "txt", Status.EXAMINED, copies=given, members=members)


def told_of(ledger: CopyLedger, *outcomes: Outcome) -> list[int]:
    return [sum(len(one.findings) for one in ledger.counted(each).flat()) for each in outcomes]


def test_copies_beyond_the_approved_number_are_told():
    files = [outcome(f"{n}.txt", Copy("K-1", 2)) for n in range(4)]

    assert told_of(CopyLedger(), *files) == [0, 0, 1, 1]
    assert told_of(CopyLedger(disabled={"MS416"}), *files) == [0, 0, 0, 0]


def test_copies_of_other_documents_and_of_unknown_number_are_not_counted_together():
    files = [outcome("a", Copy("K-1", 1)), outcome("b", Copy("K-2", 1)), outcome("c", Copy("K-3"))]

    assert told_of(CopyLedger(), *files, outcome("d", Copy("K-3"))) == [0, 0, 0, 0]


def test_one_copy_number_twice_names_the_other_file():
    ledger = CopyLedger()
    told_of(ledger, outcome("a.txt", Copy("K-1", None, 7)), outcome("b.txt", Copy("K-1", None, 8)))

    (said,) = ledger.counted(outcome("c.txt", Copy("K-1", None, 7))).findings

    assert "a.txt" in said.message.zh
    assert (said.rule, said.severity) == ("MS416", Severity.HIGH)


def test_files_inside_an_archive_are_counted():
    inside = (outcome("a.zip!1", Copy("K-1", 1)), outcome("a.zip!2", Copy("K-1", 1)))
    counted = CopyLedger().counted(outcome("a.zip", members=inside))

    assert [len(each.findings) for each in counted.flat()] == [0, 0, 1]


def test_what_is_no_copy_is_passed_on_as_it_is():
    plain = outcome("a.zip", members=(outcome("a.zip!1"),))

    assert CopyLedger().counted(plain) is plain


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("000003\n" + ORIGINAL, (Copy("K-1", 30, 3),)),
        (ORIGINAL, (Copy("K-1", 30, None),)),
        (EXCERPT, ()),
    ],
)
def test_a_copy_says_which_one_it_is(text, given):
    example = Example(text, task=Task.SCAN, register=registered(copies=30))

    assert copies(case_of(example)) == given


# MS419


def mail(*texts: str, subject: str = "") -> Document:
    parts = [Part(text, Place(Area.BODY)) for text in texts]
    if subject:
        parts.append(Part(subject, Place(Area.PROPERTY, label="subject")))
    return Document("a.eml", "a.eml", "eml", tuple(parts))


@pytest.mark.parametrize(
    ("document", "start"),
    [
        (mail("好的。\n-----原始邮件-----\n正文"), (0, 4)),
        (mail("好的。", "发件人：甲某\n发送时间：2025年3月1日\n正文"), (1, 0)),
        (mail("好的。\nFrom: A\nSent: Monday\nBody"), (0, 4)),
        (mail("好的。\n在 2025年3月1日，甲某 写道：\n> 正文"), (0, 4)),
        (mail("-------- 转发邮件信息 --------\n正文", subject="Fw: 安排"), (0, 0)),
        (mail("发件人：甲某\n主题：安排\n正文"), None),
        (mail("发件人：由办公室确定。\n其他事项另行通知。"), None),
        (mail("各单位：\n请按时参加。"), None),
        (mail(" " * 100_000 + "\n" + "\t" * 100_000), None),
    ],
)
def test_a_quoted_mail_begins_behind_new_text(document, start):
    assert quoted_from(document) == start


# What has ended.


def test_the_register_knows_of_an_extension():
    text = "机密★1年\n" + UNMARKED

    assert "MS501" in found(Example(text))
    assert "MS501" not in found(Example(text, register=REGISTER))


def test_what_the_register_released_lies_nowhere_too_low():
    released = registered(declassified=date(2025, 2, 1))
    codes = [f.rule for f in judge(case_of(replace(OUTSIDE, text=ORIGINAL, register=released)))]

    assert codes == ["MS501"]


def test_a_published_document_loses_its_sign_and_that_is_told_once():
    released = registered(declassified=date(2025, 2, 1))
    example = replace(OUTSIDE, text=ORIGINAL, kind="public", register=released)

    (told,) = judge(case_of(example))

    assert (told.rule, told.verdict) == ("MS505", Verdict.MARKING_FAULTY)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"declassified": date(2025, 2, 1)}, True),
        ({"declassified": date(2026, 2, 1)}, False),
        ({"ends": date(2025, 12, 31), "period": EndDate(2025, 12, 31)}, True),
        ({"ends": date(2025, 12, 31), "assumed": True}, False),
        ({"ends": None}, False),
    ],
)
def test_a_derived_document_follows_its_source(changed, told):
    text = f"机密★2040年1月1日\n{EXCERPT}"

    assert ("MS507" in found(Example(text, register=registered(**changed)))) is told


def test_scope_and_copies_may_stand_in_the_register():
    head = "000001\n机密★10年\n" + UNMARKED.replace("各有关单位：\n", "")
    bare = {f.rule for f in judge(case_of(Example(head, register=REGISTER)))}
    known = registered(scope=("项目组",), copies=30)
    told = {f.rule for f in judge(case_of(Example(head, register=known)))}

    assert {"MS214", "MS215"} <= bare
    assert not told & {"MS214", "MS215"}


@pytest.mark.parametrize(
    ("behind", "number"),
    [("", 1), ("\n某某市水务局办公室复印\n2025年3月2日", None)],
    ids=["as issued", "a photocopy with its stamp"],
)
def test_a_photocopy_bears_the_copy_number_of_what_was_copied(behind, number):
    case = case_of(Example(f"000001\n{ORIGINAL}{behind}", task=Task.SCAN, register=REGISTER))

    assert [each.number for each in copies(case)] == [number]
