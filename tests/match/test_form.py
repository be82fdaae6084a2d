"""What a draft form says, and what is no draft form."""

from datetime import date

import pytest

from markscan.document import Area, Box, Document, Part, Place, Span
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


def page(*rows: tuple[tuple[str, float], ...], title: str = "发文稿纸") -> Document:
    """A page of pieces, each with its left edge; every row is 14 points high."""
    rows = (((title, 80.0),), *rows)
    parts = [
        Part(piece, Place(Area.BODY, 1, "", Box(left, 100 + 14 * n, left + 12 * len(piece), y)))
        for n, row in enumerate(rows)
        for piece, left in row
        for y in [110 + 14 * n]
    ]
    return Document("草稿.pdf", "草稿.pdf", "pdf", tuple(parts))


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


UP = (("标题", "会议通知"), ("拟稿人", "张三"), ("密级", "保密期限", "知悉范围"))


@pytest.mark.parametrize(
    "rows",
    [
        (*UP, ("机密", "10年", "市直单位")),
        (*UP, ("□绝密 ☑机密 □秘密", "10年", "市直单位"), ("核稿", "李四")),
        (*UP[:2], ("定密意见", "密级", "保密期限"), ("", "机密", "10年")),
        (*UP[:2], ("密级", "保密期限", "审核的领导"), ("机密", "10年", "李四")),
        (*UP[:2], ("密级", "", "保密期限"), ("", "机密", "10年")),
        (*UP[:2], ("密级：", "保密期限："), ("机密", "10年")),
        (("标题", "密级", "保密期限"), ("会议通知", "机密", "10年"), ("拟稿人", "张三")),
    ],
)
def test_values_may_stand_below_their_labels(rows):
    assert canonical(table(*rows)) == "机密★10年"


@pytest.mark.parametrize(
    "rows",
    [
        UP,
        (*UP, ("核稿", "李四")),
        (*UP, ("定密依据", "定密责任人", "定密日期"), ("", "李四", "2026年1月1日")),
        (*UP, ("", "10年", "市直单位")),
        (*UP, ("____", "____年", "____")),
        (*UP[:2], ("密级", "", "缓急", ""), ("机密事项办理", "某处", "", "")),
        (*UP[:2], ("密级", "", "缓急", ""), ("核稿人意见", "机密", "", "")),
    ],
)
def test_labels_without_values_below_them_stay_blank(rows):
    decision = read_form(table(*rows))

    assert decision is not None
    assert decision.marking is None
    assert not decision.open


def test_all_fields_are_told_from_below():
    labels = ("密级", "知悉范围", "定密依据", "定密责任人", "定密日期", "印制份数")
    values = ("非密", "市直单位", "某规定", "李四", "2026年1月2日", "30")

    decision = read_form(table(labels, values, title="定密审批表"))

    assert decision is not None
    assert decision.open
    assert (decision.scope, decision.reasons, decision.officer) == (True, True, True)
    assert (decision.decided, decision.copies) == (date(2026, 1, 2), 30)
    assert decision.place == Place(Area.CELL, 1, "T1!R2C1")
    assert decision.holds(7, Span(0, 2))


def test_several_levels_below_one_label_are_a_list():
    rows = (("标题", "密级", "保密期限"), ("甲", "机密", "10年"), ("乙", "秘密", "5年"))

    assert read_form(table(*rows, ("拟稿人", "张三"), title="定密登记表")) is None


@pytest.mark.parametrize(
    "lines",
    [
        "密级\t保密期限\t知悉范围\n机密\t10年\t市直单位",
        "密级|保密期限|知悉范围\n机密|10年|市直单位",
        "| 密级 | 保密期限 | 知悉范围 |\n|------|------|------|\n| 机密 | 10年 | |",
        "密  级    保密期限    知悉范围\n机密      10年        县团级以上党委和政府",
        "密级 保密期限 知悉范围\n机密 10年 市直单位 各县",
    ],
)
def test_lines_of_text_may_have_values_below_labels(lines):
    document = text(f"定密审批表\n标题：会议通知\n拟稿人：张三\n{lines}\n\n{DRAFT}")

    assert canonical(document) == "机密★10年"


@pytest.mark.parametrize(
    "lines",
    [
        "密级：    保密期限：\n秘密★5年",
        "密级：    保密期限：\n秘密★5年    特急",
        "密级    保密期限\n000001\n秘密★5年",
        "密级    保密期限\n000001    特急",
        "密级    保密期限\n秘密★5年\n某某市人民政府文件",
        "密级|保密期限\n|10年",
    ],
)
def test_the_head_of_the_draft_is_no_value_of_a_blank_form(lines):
    document = text(f"发文稿纸\n标题：会议通知\n拟稿人：张三\n{lines}\n{DRAFT}")

    decision = read_form(document)

    assert decision is not None
    assert decision.marking is None


HEADS = (("密级", 80.0), ("保密期限", 200.0), ("知悉范围", 320.0))


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        ((HEADS, (("机密", 80.0), ("10年", 206.0), ("市直单位", 320.0))), "机密★10年"),
        ((HEADS, (("机密", 80.0), ("市直单位", 320.0))), "机密★?"),
        ((HEADS, (("□机密 ☑秘", 80.0),), (("密 □非密", 80.0),), (("市直", 320.0),)), "秘密★?"),
        (((("密级", 80.0), ("□机密 ☑秘", 130.0)), (("密 □非密", 130.0),)), "秘密★?"),
        ((HEADS, (("机密", 80.0),)), "机密★?"),
        ((HEADS, (("机密★10年", 80.0),)), None),
        ((HEADS, (("000001", 80.0),)), None),
        ((HEADS, (("机密是什么样的某某市人民政府文件", 80.0),)), None),
        ((HEADS, (("核稿", 80.0), ("机密", 200.0))), None),
    ],
)
def test_pieces_of_a_page_are_read_by_how_they_lie(rows, right):
    assert canonical(page((("拟稿人", 80.0), ("张三", 200.0)), *rows)) == right


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
