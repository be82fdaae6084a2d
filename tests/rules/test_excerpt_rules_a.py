"""MS401 to MS412: what a file has of registered documents, and how it is marked."""

from dataclasses import replace
from datetime import date

import pytest
from example_case import case_of

from markscan.document import Area, Span
from markscan.finding import Finding, Severity, Verdict
from markscan.marking import Duration
from markscan.path_kinds import path_kinds
from markscan.policy import Location
from markscan.register.entry import Point
from markscan.rules import RULES, Case, Example, Task, judge
from markscan.rules.excerpt.example_register import (
    ENTRY,
    ONE,
    OTHER_ENTRY,
    OTHER_TEXT,
    REST,
    TAKEN,
    TEXT,
    TOP,
    TOP_ENTRY,
    TWO,
    Registered,
    one,
)
from markscan.rules.excerpt.readers import Reach, addressed, reach
from markscan.rules.excerpt.reuse_kinds import (
    is_compilation,
    is_copy,
    level_taken,
    members,
    same_stretch,
    there,
)

MINE = {f"MS{number}" for number in range(401, 413)}
DRAFT = f"关于做好有关工作的通知\n各单位：\n{TAKEN}\n某某局\n2025年6月1日"


def findings(case: Case) -> dict[str, Finding]:
    return {found.rule: found for found in judge(case) if found.rule in MINE}


def found(text: str, register: Registered = ONE, **given: object) -> dict[str, Finding]:
    return findings(case_of(Example(text, register=register, **given)))  # type: ignore[arg-type]


def with_points(case: Case, *points: Point) -> Case:
    return replace(case, reuse=tuple(replace(reuse, points=points) for reuse in case.reuse))


# What a sentence says.


def test_a_finding_names_entry_share_and_both_places():
    told = found(DRAFT)["MS401"]

    assert "D-001" in told.message.zh
    assert "44%" in told.message.zh
    assert "原件第 1 段（行）" in told.message.zh
    assert "line 1 of the original" in told.message.en
    assert "机密★2035年3月1日" in told.message.zh
    assert told.place is not None
    assert told.place.area is Area.BODY


@pytest.mark.parametrize(
    ("rule", "example"),
    [(r, e) for r in RULES if r.code in MINE for e in r.found],
    ids=lambda value: getattr(value, "code", "example"),
)
def test_no_finding_repeats_a_word_of_either_text(rule, example):
    title = "青禾渡口改造和白石仓布局调整方案"
    for told in judge(case_of(example)):
        said = told.message.zh + told.fix.zh + told.basis.zh
        for text in (TAKEN, REST, OTHER_TEXT, title):
            assert not any(text[n : n + 5] in said for n in range(len(text) - 4))


def test_without_a_register_nothing_is_judged():
    case = replace(case_of(Example(DRAFT)), registered=False)

    assert findings(case) == {}


# MS401


def test_an_unmarked_excerpt_is_critical_and_gives_its_verdict():
    told = found(DRAFT)["MS401"]

    assert told.severity is Severity.CRITICAL
    assert told.verdict is Verdict.EXCERPT_UNMARKED


def test_a_file_has_one_mark_however_many_documents_it_is_taken_from():
    text = f"工作情况\n{TAKEN}\n{OTHER_TEXT}"
    told = [f for f in judge(case_of(Example(text, register=TWO))) if f.rule == "MS401"]

    assert len(told) == 2
    assert all("应按“机密★2035年3月1日”管理" in each.message.zh for each in told)


def test_a_trace_that_may_be_an_accident_is_low_and_for_a_person():
    told = found(f"有关情况\n{TAKEN[4:20]}，其余另行通知。")

    assert list(told) == ["MS401"]
    assert told["MS401"].severity is Severity.LOW
    assert "核对" in told["MS401"].message.zh


def test_an_unmarked_copy_is_told_once():
    told = found(TEXT)

    assert list(told) == ["MS401"]
    assert "复制件" in told["MS401"].message.zh


def test_two_versions_of_a_document_are_told_once_by_the_higher():
    lower = replace(ENTRY, id="D-000", level="mimi", ends=date(2030, 3, 1))
    case = case_of(Example(DRAFT, register=((lower, TEXT), (ENTRY, TEXT))))

    told = [each for each in judge(case) if each.rule == "MS401"]

    assert len(told) == 1
    assert "D-001" in told[0].message.zh


@pytest.mark.parametrize("area", [Area.FILENAME, Area.PROPERTY, Area.HIDDEN, Area.COMMENT])
def test_a_marking_that_no_reader_sees_marks_no_excerpt(area):
    assert "MS401" in found(DRAFT, parts=((area, "密级", "机密★10年"),))


@pytest.mark.parametrize(
    "changed",
    [
        {"declassified": date(2025, 12, 31)},
        {"ends": date(2025, 12, 31)},
    ],
)
def test_what_is_no_longer_secret_may_be_taken(changed):
    assert found(DRAFT, one(**changed)) == {}


@pytest.mark.parametrize(
    "changed", [{"declassified": date(2026, 1, 2)}, {"ends": date(2025, 1, 1), "assumed": True}]
)
def test_what_is_not_yet_released_is_secret(changed):
    assert "MS401" in found(DRAFT, one(**changed))


def test_a_title_alone_is_no_excerpt():
    title = "关于青禾渡口改造分期推进和白石仓库区布局调整有关事项的实施方案"
    register = ((replace(ENTRY, title=title), f"{title}\n{TEXT}"),)

    assert not {"MS401", "MS402"} & set(found(f"通知\n请学习《{title}》。", register))


# MS402, MS403


def test_an_excerpt_takes_the_level_of_the_matched_points():
    higher = with_points(
        case_of(Example(f"秘密★5年\n{DRAFT}", register=one(level="mimi"))),
        Point(Span(0, 40), "jimi"),
    )
    lower = with_points(
        case_of(Example(f"秘密★10年\n{DRAFT}", register=ONE)), Point(Span(0, 60), "mimi")
    )
    more = with_points(
        case_of(Example(f"秘密★10年\n{DRAFT}", register=ONE)), Point(Span(0, 20), "mimi")
    )

    assert "机密" in findings(higher)["MS402"].message.zh
    assert "MS402" not in findings(lower)
    assert "MS402" in findings(more)  # what stands beside the point is of the document's level


def test_the_highest_of_several_points_counts_and_an_unknown_level_does_not():
    case = with_points(
        case_of(Example(DRAFT, register=ONE)),
        Point(Span(0, 40), "mimi"),
        Point(Span(40, 60), "nothing"),
    )
    level = level_taken(case, case.reuse[0])

    assert level is not None
    assert level.code == "mimi"


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("机密★5年", True),
        ("机密★9年", True),
        ("机密★10年", False),
        ("机密★2035年2月28日", True),
        ("机密★2035年3月1日", False),
        ("机密★启用前", False),
        ("机密★长期", False),
        ("机密", False),
    ],
)
def test_ends_are_compared_as_days(mark, told):
    assert ("MS403" in found(f"{mark}\n{DRAFT}")) is told


def test_the_right_mark_is_told_with_the_level_of_the_file_where_it_is_higher():
    told = found(f"机密★5年\n{DRAFT}", one(level="mimi", ends=date(2034, 1, 31)))

    assert "机密★2034年1月31日" in told["MS403"].fix.zh


def test_an_end_that_the_law_does_not_allow_is_not_recommended():
    told = found(f"机密★5年\n{DRAFT}", one(ends=date(2060, 1, 1)))["MS403"]

    assert "★" not in told.fix.zh
    assert "法定最长期限" in told.fix.zh


def test_an_assumed_end_is_called_assumed_and_not_recommended():
    told = found(f"机密★5年\n{DRAFT}", one(period=None, assumed=True, ends=date(2045, 3, 1)))

    assert "推定" in told["MS403"].message.zh
    assert "★" not in told["MS403"].fix.zh


# MS404


@pytest.mark.parametrize(
    ("reader", "scope", "expected"),
    [
        ("水务科", ("水务科",), Reach.WITHIN),
        ("某某局水务科", ("水务科",), Reach.WITHIN),
        ("市委办", ("市委办公室",), Reach.WITHIN),
        ("档案局", ("水务科",), Reach.WIDER),
        ("各县人民政府", ("水务科",), Reach.WIDER),
        ("全体人员", ("县处级以上干部",), Reach.WIDER),
        ("县团级", ("地师级",), Reach.WIDER),
        ("地师级", ("县团级",), Reach.WITHIN),
        ("省军级", ("地师级", "省军级"), Reach.WITHIN),
        ("县团级", ("水务科",), Reach.WIDER),
        ("市政府办公室", ("县处级以上干部",), Reach.UNKNOWN),
        ("有关单位", ("水务科",), Reach.UNKNOWN),
        ("各县人民政府", ("各县（市、区）人民政府",), Reach.WITHIN),
        ("各县市区政府", ("各县（市、区）人民政府",), Reach.WITHIN),
        ("市公安局", ("市直各部门",), Reach.UNKNOWN),
        ("各县人民政府", ("市直各部门",), Reach.WIDER),
    ],
)
def test_a_reader_stands_within_a_scope_or_not(reader, scope, expected):
    assert reach(reader, scope) is expected


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("各县（市、区）人民政府，市政府各部门：", ["各县人民政府", "市政府各部门"]),
        ("抄送：市委办公室、市档案局。", ["市委办公室", "市档案局"]),
        ("现将有关情况报告如下：", []),
        ("有关单位：", []),
        ("张三同志：", []),
    ],
)
def test_a_line_of_addressees_names_offices(line, names):
    assert addressed(line) == names


def test_the_reader_at_fault_is_told_by_turn_and_not_by_name():
    text = f"机密★10年\n关于做好有关工作的通知\n水务科、各乡镇：\n{TAKEN}\n某某局\n2025年6月1日"
    told = found(text, one(scope=("水务科",)))["MS404"]

    assert "主送机关第 2 个" in told.message.zh and "addressee 2" in told.message.en
    assert "乡镇" not in told.message.zh


def test_the_original_is_compared_with_its_own_register():
    head = "机密★10年\n关于做好有关工作的通知\n各县人民政府：\n"
    told = found(f"{head}{TEXT}\n某某局\n2025年6月1日", one(scope=("水务科",)))["MS404"]

    assert told.severity is Severity.MEDIUM
    assert "同一文件" in told.message.zh and "补全" in told.fix.zh


@pytest.mark.parametrize("code", ["MS402", "MS403"])
def test_all_entries_concerned_are_named_the_worst_first(code):
    other = replace(OTHER_ENTRY, level="juemi", ends=date(2050, 1, 1))
    both = ((ENTRY, TEXT), (other, OTHER_TEXT))
    body = f"秘密★2026年12月31日\n工作动态\n{TAKEN}\n{OTHER_TEXT[:40]}\n" + "其他工作正常。" * 40
    told = found(body, both)[code]

    assert "D-002、D-001" in told.fix.zh
    assert "“D-002”" in told.message.zh


def test_readers_of_the_place_are_compared_with_the_scope():
    case = case_of(Example(f"机密★10年\n{TAKEN}", register=one(scope=("水务科",))))
    open_to = Location("/srv", readers=("水务科", "全体人员"), highest=(("cn-state", "jimi"),))
    closed = replace(open_to, readers=("水务科",))

    told = findings(replace(case, location=open_to))["MS404"]

    assert "1 个" in told.message.zh
    assert "MS404" not in findings(replace(case, location=closed))
    assert "MS404" not in findings(replace(case, location=replace(open_to, listed=False)))


# Compilations: MS405, MS406, MS412.


def test_a_compilation_is_two_documents_or_one_under_its_title():
    def compiled(text: str, register: Registered = TWO) -> bool:
        return is_compilation(case_of(Example(text, register=register)))

    attached = ((ENTRY, TEXT), (replace(OTHER_ENTRY, parent="D-001"), OTHER_TEXT))
    versions = ((ENTRY, TEXT), (replace(ENTRY, id="D-009"), f"{TEXT}补充一句说明。"))

    assert compiled(f"{TEXT}\n{OTHER_TEXT}")
    assert compiled(f"有关文件汇编\n{TEXT}")
    assert not compiled(TEXT)
    assert not compiled(f"有关文件汇编\n{TAKEN}")
    assert not compiled(f"{TEXT}\n{OTHER_TEXT}", attached)
    assert not compiled(TEXT, versions)


def test_a_compilation_is_compared_by_its_cover_not_by_its_highest_member():
    text = f"秘密★5年\n有关文件汇编\n机密★10年\n{TEXT}\n秘密★5年\n{OTHER_TEXT}"

    assert "MS405" in found(text, TWO)
    assert "MS405" not in found(text.replace("秘密★5年", "机密★10年", 1), TWO)


def test_the_longest_member_counts_whatever_its_level():
    longer = replace(OTHER_ENTRY, ends=date(2035, 12, 31))
    text = f"机密★2035年3月1日\n有关材料\n{TEXT}\n{OTHER_TEXT}"

    assert "MS406" not in found(text, TWO)
    told = found(text, ((ENTRY, TEXT), (longer, OTHER_TEXT)))["MS406"]
    assert "D-002" in told.message.zh
    assert "机密★2035年12月31日" in told.fix.zh


def test_a_compilation_is_no_excerpt():
    told = found(f"秘密★1年\n有关材料\n{TEXT}\n{OTHER_TEXT}\n某某局\n2025年6月1日", TWO)

    assert set(told) == {"MS405", "MS406", "MS412"}


def test_members_that_are_approved_need_no_further_approval():
    approved = ((replace(ENTRY, approvals=("1",)), TEXT), (OTHER_ENTRY, OTHER_TEXT))
    told = found(f"机密★10年\n有关材料\n{TEXT}\n{OTHER_TEXT}", approved)["MS412"]

    assert "D-002" in told.message.zh
    assert "D-001" not in told.message.zh


# Copies: MS407, MS408, MS409.


def test_what_reads_like_a_registered_document_may_be_the_original():
    for task in Task:
        case = case_of(Example(f"机密★10年\n{TEXT}", task=task, register=ONE))
        assert is_copy(case.reuse[0])
        assert findings(case) == {}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("方案 - 副本.docx", True),
        ("复件 方案.docx", True),
        ("Copy of 方案.docx", True),
        ("方案（复印件）.pdf", True),
        ("方案.docx", False),
        ("copyright说明.docx", False),
        ("方案(1).docx", False),
    ],
)
def test_the_name_of_a_file_may_say_that_it_is_a_copy(name, told):
    assert ("MS408" in found(f"机密★10年\n{TEXT}", name=name)) is told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("某某局办公室复制", False),
        ("此件由某某局复印 第3份", False),
        ("复印专用章", False),
        ("复制机关：某某局", False),
        ("未经批准不得复制、翻印", True),
        ("复印室电话另行通知", True),
        ("需要复制的，应当报批。", True),
    ],
)
def test_a_stamp_is_a_line_of_its_own_and_no_prohibition(line, told):
    assert ("MS408" in found(f"机密★10年\n{TEXT}\n{line}", name="方案 - 副本.docx")) is told


@pytest.mark.parametrize("kind", ["personal", "removable", "mail", "sync"])
def test_no_original_lies_in_a_personal_or_passing_place(kind):
    marked = f"机密★10年\n{TEXT}"

    assert "MS408" in found(marked, task=Task.SCAN, highest="jimi", kind=kind)
    assert "MS408" not in found(marked, task=Task.SCAN, highest="jimi", kind="classified")


def test_what_was_not_read_in_full_lacks_no_stamp():
    assert "MS408" not in found(
        f"机密★10年\n{TEXT}", name="方案 - 副本.docx", problem="no-text-layer"
    )


def test_a_top_secret_excerpt_is_forbidden_and_an_approval_makes_it_a_reminder():
    approved = ((replace(TOP_ENTRY, approvals=("1",)), TEXT),)

    assert found(f"绝密★20年\n{DRAFT}", TOP)["MS407"].severity is Severity.CRITICAL
    assert found(f"绝密★20年\n{DRAFT}", approved)["MS407"].severity is Severity.LOW


def test_a_forbidden_copy_is_not_asked_for_stamp_or_approval():
    told = found(f"绝密★10年\n{TEXT}", TOP, name="方案 - 副本.docx")

    assert set(told) == {"MS407"}


def test_a_reprint_without_note_is_told_once():
    told = found(f"机密★10年\n{TEXT}", name="方案（翻印件）.docx")

    assert "MS409" in told
    assert "MS408" not in told


# MS410, MS411


@pytest.mark.parametrize(
    ("name", "task", "told"),
    [
        ("会议笔记.docx", Task.CHECK, True),
        ("meeting notes.docx", Task.SCAN, True),
        ("随便.one", Task.SCAN, True),
        ("随便.md", Task.CHECK, True),
        ("新建文本文档 (2).txt", Task.SCAN, True),
        ("新建文本文档 (2).txt", Task.CHECK, False),
        ("随便.txt", Task.SCAN, False),
        ("随便.txt", Task.CHECK, False),
        ("随便.docx", Task.SCAN, False),
        ("footnotes.docx", Task.SCAN, False),
    ],
)
def test_notes_are_known_by_kind_and_name(name, task, told):
    assert ("MS410" in found(f"记一下\n{TAKEN}", name=name, task=task)) is told


def test_notes_in_a_folder_of_notes_are_notes():
    case = case_of(Example(f"记一下\n{TAKEN}", name="随便.docx", register=ONE))
    lying = path_kinds(r"D:\资料\我的笔记\随便.docx")

    assert "MS410" in findings(replace(case, path_kinds=lying))
    assert "MS410" not in findings(case)


def test_weak_traces_from_all_over_are_told_once_as_a_paraphrase():
    example = next(r for r in RULES if r.code == "MS411").found[0]

    assert set(findings(case_of(example))) == {"MS411"}


# What the kinds rest on.


def test_members_are_counted_once_for_a_stretch_of_the_file():
    again = replace(ENTRY, id="D-009", period=Duration(5, "Y"))
    case = case_of(Example(f"通知\n{TEXT}", register=((ENTRY, TEXT), (again, TEXT))))

    assert same_stretch(case.reuse[0], case.reuse[1])
    assert len(members(case)) == 1


def test_documents_that_stand_behind_each_other_share_no_stretch():
    case = case_of(Example(f"{TEXT}\n{OTHER_TEXT}", register=TWO))

    assert not same_stretch(case.reuse[0], case.reuse[1])
    assert len(members(case)) == 2


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        (((0, 5),), "第 1 段（行）"),
        (((20, 105), (25, 28)), "第 3–11 段（行）"),
        (((25, 28), (20, 105)), "第 3–11 段（行）"),
        (((20, 45), (40, 65)), "第 3–7 段（行）"),
        (((90, 95), (0, 5)), "第 1、10 段（行）"),
        (((0, 5), (20, 25), (40, 45), (60, 65)), "第 1、3、5 段（行）等处"),
    ],
)
def test_each_line_of_the_original_is_named_once(spans, told):
    entry = replace(ENTRY, lines=tuple(range(0, 200, 10)))

    assert there(entry, [Span(*span) for span in spans]).zh == told
