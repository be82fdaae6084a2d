"""What suggests a level to the drafter of an unmarked draft, and what does not."""

from dataclasses import replace
from functools import partial

import pytest
from corpora import folder
from example_case import case_of

from markscan import Config, Scanner
from markscan.document import Area, Span
from markscan.finding import TermEvidence
from markscan.match.elements import find_elements
from markscan.rules import Example, Task
from markscan.rules.advice import advise

HEAD = "某某市人民政府文件\n某政发〔2024〕5号\n关于做好有关工作的通知\n各县区人民政府：\n"
BODY = "请认真贯彻执行，有关情况及时报告。\n" * 3
TAIL = "某某市人民政府\n2024年5月1日\n"


def advices(example):
    case = case_of(example)
    return advise(replace(case, elements=partial(find_elements, case.document)))


def kinds(text, **more):
    return [advice.message.zh.partition("，")[0] for advice in advices(Example(text, **more))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"000012\n{HEAD}{BODY}{TAIL}", "文首有份号"),
        (f"份号：000012\n{HEAD}{BODY}{TAIL}", "文首有份号"),
        (f"{HEAD}{BODY}{TAIL}（会后收回）", "有指人办理、阅后收回一类的办理要求 1 处"),
        (f"特急　指人译办\n{HEAD}{BODY}{TAIL}", "有指人办理、阅后收回一类的办理要求 1 处"),
        (f"{HEAD}{BODY}{TAIL}（阅后退回，请勿外传）", "有指人办理、阅后收回一类的办理要求 1 处"),
        (f"张某某同志亲启\n{HEAD}{BODY}{TAIL}", "有指人办理、阅后收回一类的办理要求 1 处"),
        (f"{HEAD}{BODY}{TAIL}（此件发至县团级）", "有限定知悉范围的附注（“此件发至……”等）1 处"),
        (f"密码电报\n{HEAD}{BODY}{TAIL}", "文首标明是密码电报"),
        (f"{HEAD}{BODY}定密依据：\n定密责任人：\n{TAIL}", "有定密依据、定密责任人一类的栏目 2 处"),
        (f"{HEAD}根据省密发〔2023〕5号文件要求，\n{BODY}{TAIL}", "引用密字号文件 1 处；"),
        (f"{HEAD}按照中办通报〔2023〕5号，\n{BODY}{TAIL}", "引用未见公开的机要文件字号 1 处；"),
    ],
)
def test_shape_and_citations_suggest_a_level(text, kind):
    assert kinds(text)[0].replace(" 处", "处").startswith(kind.replace(" 处", "处"))


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}{BODY}{TAIL}",
        f"{HEAD}{BODY}{TAIL}（此件公开发布）",
        f"000012\n{HEAD}{BODY}{TAIL}（此件公开发布）",
        f"000012\n机密★10年\n{HEAD}{BODY}{TAIL}",
        f"000012\n秘密★XX年\n{HEAD}{BODY}{TAIL}",
        f"000012\n{HEAD}{BODY}密级：□绝密 □机密 □秘密 ☑非密\n{TAIL}",
        f"{HEAD}会议材料一律会后收回，不得带出会场。\n{BODY}{TAIL}",
        f"{HEAD}定密依据应当写明保密事项范围的条款。\n{BODY}{TAIL}",
        f"{HEAD}收到密码电报后，应当指人译办。\n{BODY}{TAIL}",
        f"{HEAD}根据省保密发〔2023〕5号、国密发〔2020〕3号，\n{BODY}{TAIL}",
        f"{HEAD}抄送：市委办公室。共印200份\n{BODY}{TAIL}",
        f"{HEAD}研究后备干部和换届人事安排。\n{BODY}{TAIL}",
        f"市密发〔2023〕5号\n关于开会的通知\n{BODY}{TAIL}",
        "第一条　为了保密。\n第二条　会议文件。\n第三条　回收。\n（会后收回）",
        "定密审批表\n定密依据：\n定密责任人：",
        "公文模板\n000012\n某某市人民政府文件\n关于某事的通知\n各单位：\n（会后收回）",
        "",
    ],
)
def test_ordinary_texts_marked_ones_and_texts_about_secrecy_get_none(text):
    assert kinds(text) == []


def test_advice_is_for_drafts_only():
    assert kinds(f"{HEAD}{BODY}{TAIL}（会后收回）", task=Task.SCAN) == []


def test_weak_hints_only_add_to_something_else():
    text = f"{HEAD}研究后备干部名册。\n{BODY}{TAIL}（会后收回）\n共印20份"

    assert [message[:4] for message in kinds(text)] == ["有指人办", "注有印制", "命中内置"]


def with_terms(text, *terms):
    """The case of a text in which terms of the user's own list stand, each at its place."""
    case = case_of(Example(text))
    at = [
        TermEvidence(0, _span(text, word), name, 1.0, name.partition(".")[0], own=True)
        for name, word in terms
    ]
    return replace(case, terms=tuple(at), elements=partial(find_elements, case.document))


def _span(text, word):
    return Span(text.index(word), text.index(word) + len(word))


def test_terms_of_the_users_own_list_are_named_by_id_never_by_text():
    text = f"{HEAD}青禾渡口和白石仓的安排。\n{BODY}{TAIL}（此件公开发布）"
    terms = [(f"shixiang.t{n}", "青禾渡口") for n in range(5)]
    [advice] = advise(with_terms(text, *terms))

    assert "“shixiang”的词条 5 处（t0、t1、t2等）" in advice.message.zh
    assert "青禾" not in advice.message.zh + advice.message.en
    assert advice.place is not None and advice.place.area is Area.BODY


def test_a_list_of_terms_in_the_configuration_is_used(tmp_path):
    (tmp_path / "shixiang.toml").write_text(
        'topic = "shixiang"\nsource = "保密事项范围"\n[[term]]\nid = "a1"\ntext = "青禾渡口"\n',
        "utf-8",
    )
    (tmp_path / "a.txt").write_text(f"{HEAD}青禾渡口的安排。\n{BODY}{TAIL}", "utf-8")
    config = Config(lexicons=(tmp_path / "shixiang.toml",), ocr=False)
    [advice] = Scanner(config).scan_file(tmp_path / "a.txt").advice

    assert "请判定" in advice.message.zh and "（a1）" in advice.message.zh


def test_every_advice_is_put_to_a_person_and_names_its_basis():
    text = f"000012\n{HEAD}根据省密发〔2023〕5号、中办通报〔2023〕5号，\n{BODY}{TAIL}（会后收回）"
    found = advices(Example(text))

    assert len(found) >= 4
    assert all("请判定" in a.message.zh and a.basis.zh.startswith("《") for a in found)


def test_regulations_about_secrecy_get_none():
    scanner = Scanner(Config(ocr=False))

    assert not [p.name for p in folder("seeds").glob("*.txt") if scanner.scan_file(p).advice]
