"""What a draft form says, and what is no draft form."""

from datetime import date

import pytest

from markscan.document import Area, Document, Part, Place, Span
from markscan.finding import MarkingEvidence, Role, Zone
from markscan.marking import Marking
from markscan.match.form import own_markings, read_form

FORM = "发文稿纸\n密级：{level}    缓急：特急\n标题：关于召开会议的通知\n拟稿人：张三"
DRAFT = "某某市人民政府文件\n某政发〔2025〕3号\n关于召开会议的通知\n各单位："


def text(content: str, name: str = "草稿.txt") -> Document:
    return Document(name, name, "text", (Part(content, Place(Area.BODY)),))


def table(*rows: tuple[str, ...], title: str = "发文稿纸", behind: str = "") -> Document:
    parts = [Part(title, Place(Area.BODY, 1, "p1"))] if title else []
    for r, row in enumerate(rows, 1):
        for c, cell in enumerate(row, 1):
            if cell:
                parts.append(Part(cell, Place(Area.CELL, 1, f"T1!R{r}C{c}"), row=r))
    if behind:
        parts += [Part(line, Place(Area.BODY, 2)) for line in behind.split("\n")]
    return Document("草稿.docx", "草稿.docx", "docx", tuple(parts))


def canonical(document: Document) -> str | None:
    decision = read_form(document)
    assert decision is not None
    return decision.marking.canonical if decision.marking else None


@pytest.mark.parametrize(
    ("level", "right"),
    [
        ("机密★10年", "机密★10年"),
        ("机密10年", "机密★10年"),
        ("机密", "机密★?"),
        ("机密级", "机密★?"),
        ("拟定机密级，保密期限10年", "机密★10年"),
        ("秘密★2030年12月31日", "秘密★2030年12月31日"),
        ("□绝密 ☑机密 □秘密 □非密", "机密★?"),
        ("绝密□ 机密☑ 秘密□ 非密□", "机密★?"),
        ("绝密（ ） 机密（√） 秘密（ ）", "机密★?"),
        ("■ 秘密 5年 □ 机密", "秘密★5年"),
    ],
)
def test_the_level_field_is_read(level, right):
    assert canonical(text(FORM.format(level=level))) == right


@pytest.mark.parametrize(
    "line",
    [
        "密级：机密★10年",
        "密级:机密★10年   缓急:特急",
        "密  级：机密★10年    缓  急：特急",
        "密　级　机密★10年",
        "密级 机密 保密期限 10年",
        "密级 | 机密 | 保密期限 | 10年",
        "密级（拟）：机密    保密期限：10年",
    ],
)
def test_a_line_is_read_by_its_labels(line):
    assert canonical(text(f"发 文 稿 纸\n{line}\n标题：会议通知\n拟稿人：张三")) == "机密★10年"


@pytest.mark.parametrize(
    "title",
    [
        "某某市人民政府发文稿纸",
        "发文处理笺",
        "拟稿纸",
        "公文审批单",
        "定密审批表",
        "国家秘密定密审核表",
        "国家秘密确定、变更、解除审批表",
    ],
)
def test_a_form_is_known_by_its_title(title):
    assert canonical(text(f"{title}\n密级：机密★10年\n标题：会议通知")) == "机密★10年"


@pytest.mark.parametrize(
    ("level", "is_open"),
    [
        ("非密", True),
        ("不涉密", True),
        ("无", True),
        ("/", True),
        ("工作秘密", True),
        ("□绝密 □机密 □秘密 ☑非密", True),
        ("", False),
        ("____", False),
        ("□绝密 □机密 □秘密 □非密", False),
        ("绝密、机密、秘密", False),
    ],
)
def test_a_form_without_level_is_open_or_undecided(level, is_open):
    decision = read_form(text(FORM.format(level=level)))

    assert decision is not None
    assert decision.marking is None
    assert decision.open is is_open


@pytest.mark.parametrize(
    "answer", [("□是 ☑否"), ("是□ 否☑"), ("否")], ids=["before", "behind", "word"]
)
def test_a_form_may_ask_whether_the_draft_is_secret(answer):
    decision = read_form(text(f"发文处理笺\n是否涉密：{answer}\n标题：会议通知\n拟稿人：张三"))

    assert decision is not None
    assert decision.open


def test_all_fields_are_told():
    decision = read_form(
        text(
            "定密审批表\n密级：机密\n保密期限：10年\n知悉范围：市委常委\n定密依据：某范围第3条\n"
            "定密责任人：李四\n拟稿日期：2025年3月1日\n定密日期：2025-03-02\n印制份数：30份"
        )
    )

    assert decision is not None
    assert decision.marking is not None
    assert decision.marking.canonical == "机密★10年"
    assert (decision.drafted, decision.decided) == (date(2025, 3, 1), date(2025, 3, 2))
    assert (decision.scope, decision.reasons, decision.officer) == (True, True, True)
    assert decision.copies == 30
    assert decision.alone
    assert not decision.separate


@pytest.mark.parametrize(
    "rows",
    [
        (("密级", "机密", "保密期限", "10年"), ("标题", "会议通知"), ("拟稿人", "张三")),
        (("密 级", "机密★10年", "缓急", ""), ("标题", "会议通知"), ("拟稿人", "张三")),
        (("密级：机密★10年", "缓急：特急"), ("标题：会议通知",), ("拟稿人：张三",)),
        (("密级", "□绝密", "☑机密", "□秘密"), ("保密期限", "10年"), ("拟稿人", "张三")),
    ],
)
def test_tables_are_read_by_their_rows(rows):
    assert canonical(table(*rows)) == "机密★10年"


def test_an_empty_cell_does_not_take_the_next_label_for_its_value():
    decision = read_form(table(("密级", "", "缓急", "特急"), ("标题", "通知"), ("拟稿人", "张三")))

    assert decision is not None
    assert decision.marking is None
    assert decision.place == Place(Area.CELL, 1, "T1!R1C1")


def test_a_form_without_title_is_known_by_its_labels():
    rows = (("密级", "秘密★5年"), ("拟稿人", "张三"), ("核稿", "李四"), ("会签", "无"))

    assert read_form(table(*rows, ("标题", "会议通知"), title="")) is not None


@pytest.mark.parametrize(
    "content",
    [
        "密级：机密★10年\n关于召开会议的通知\n签发人：张三\n各单位：",
        "收文处理单\n密级：机密\n来文单位：市委\n标题：关于会议的通知",
        "国家秘密解密审核表\n密级：机密\n标题：旧文件\n审核意见：同意",
        "涉密文件复印审批单\n密级：机密\n标题：旧文件\n经办人：张三",
        "关于印发定密审批表的通知\n各单位：\n现印发定密审批表。",
        "发文稿纸\n密级：\n缓急：\n标题：\n拟稿人：",
        "附件1\n定密审批表\n密级：机密\n保密期限：10年\n定密责任人：李四",
        "定密责任人应当在定密时填写定密依据。",
        "",
    ],
)
def test_what_is_no_form_of_this_draft(content):
    assert read_form(text(content)) is None


def test_a_blank_form_is_read_where_it_is_given():
    decision = read_form(text("发文稿纸\n密级：\n缓急：\n标题：\n拟稿人："), blank=True)

    assert decision is not None
    assert decision.marking is None
    assert not decision.open


def test_a_form_inside_the_draft_takes_its_table_only():
    rows = (("密级", "机密"), ("标题", "会议通知"), ("拟稿人", "张三"))

    decision = read_form(table(*rows, behind=DRAFT))

    assert decision is not None
    assert not decision.alone
    assert decision.holds(2, Span(0, 2))
    assert not decision.holds(8, Span(0, 4))


@pytest.mark.parametrize(("behind", "role"), [(DRAFT, Role.REFERENCE), ("", Role.MARKING)])
def test_a_level_in_the_form_marks_the_form_never_the_draft(behind, role):
    rows = (("密级", "机密"), ("标题", "会议通知"), ("拟稿人", "张三"))
    document = table(*rows, behind=behind)
    place = document.parts[2].place
    mark = Marking("cn-state", "jimi", None, "机密★?", ("nostar", "no-period"))
    seen = MarkingEvidence(2, Span(0, 2), mark, place, Zone.STRONG, Role.MARKING)

    (own,) = own_markings((seen,), read_form(document))

    assert own.role is role
