"""The HTML report: one page, whole, private, and safe to open."""

import re
from html.parser import HTMLParser
from importlib import resources

import docx
import pytest
from builders_outcome import PLACE, SECRET, finding, line, outcome, report

from markscan import Config, Scanner
from markscan.document import Area, Box, Layout, Page, Place, Stroke
from markscan.finding import Advice, Input, Problem, Severity, Status, Unjudged
from markscan.page_sketch import sketch
from markscan.report import Totals
from markscan.wording import Text

EVIL = "<script>alert(1)</script>\"'&\x1b"
VOID = {"meta", "br", "rect", "line", "circle"}
P2 = Place(Area.BODY, 1, "p2")


class Tags(HTMLParser):
    """Checks that tags nest, and gathers ids, links and attributes."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.names = [], [], [], set()
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        values = dict(attributes)
        assert not [name for name in values if name.startswith("on")]
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values[name] for name in ("href", "src") if name in values]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def page(*outcomes, **manner):
    text = report("html", *outcomes, **manner)
    return text, Tags(text)


def drafted(**changes):
    lines = (
        line("p1", SECRET, Box(80, 110, 180, 126)),
        line("p2", "机密 10年", Box(80, 138, 160, 154)),
        line("p3", "某局文件", Box(120, 215, 480, 255), colour="#ff0000"),
    )
    strokes = (
        Stroke(1, Box(80, 330, 520, 331), "#ff0000"),
        Stroke(1, Box(80, 700, 81, 740), 'red" onload="', True),
    )
    layout = Layout((Page(1, 595.3, 841.9, Box(79, 105, 521, 743)),), lines, strokes)
    values = {
        "findings": (
            finding(Severity.LOW, rule="MS202", place=P2),
            finding(place=P2),
            finding(Severity.MEDIUM, rule="MS203", place=Place(Area.BODY, 2, "p40")),
        ),
        "sketch": sketch(layout, [(P2, "机密 10年")], quote=False),
    }
    return outcome(**(values | changes))


def test_a_page_needs_nothing_from_outside():
    text, tags = page(drafted())

    assert "default-src 'none'" in text
    assert not tags.names & {"script", "link", "img", "iframe", "object", "base", "form"}
    assert all(link.startswith("#") for link in tags.links)
    style = resources.files("markscan.report").joinpath("page.css").read_text("utf-8")
    assert "url(" not in style and "@import" not in style


def test_ids_are_unique_and_every_link_leads_somewhere():
    _, tags = page(drafted(), drafted(), outcome("b.docx"))

    assert len(tags.ids) == len(set(tags.ids))
    assert {link[1:] for link in tags.links} <= set(tags.ids)


@pytest.mark.parametrize(("language", "word"), [("zh", "检查台账"), ("en", "Coverage")])
def test_a_page_names_its_language(language, word):
    text, _ = page(drafted(), language=language)

    assert f'<html lang="{ {"zh": "zh-CN", "en": "en"}[language] }">' in text
    assert word in text


def test_whatever_a_file_says_is_text():
    text, tags = page(
        drafted(
            locator=EVIL,
            format=EVIL,
            status=Status.PARTIAL,
            findings=(
                finding(
                    message=Text(EVIL, EVIL),
                    fix=Text(EVIL, EVIL),
                    basis=Text(EVIL, EVIL),
                    place=Place(Area.PROPERTY, 1, EVIL),
                    others=(Place(Area.PROPERTY, 2, EVIL),),
                    quote=EVIL,
                ),
            ),
            problems=(Problem("damaged", Text(EVIL, EVIL)),),
            advice=(Advice(Text(EVIL, EVIL), Text(EVIL, EVIL), None),),
        ),
        quote=True,
    )

    assert "script" not in tags.names
    assert "\x1b" not in text
    assert text.count("&lt;script&gt;") == 11


def test_a_marking_is_legible_and_the_rest_is_bars():
    text, _ = page(drafted())

    assert "机密 10年</text>" in text
    assert SECRET not in text
    assert text.count('class="bar"') == 2
    assert 'style="fill:#ff0000"' in text
    assert "onload" not in text


def test_findings_on_the_page_are_numbered_there_the_others_only_listed():
    text, tags = page(drafted())

    assert {"f1-1", "f1-2", "f1-3"} <= set(tags.ids)
    assert [name for name in tags.ids if name.endswith("-mark")] == ["f1-1-mark", "f1-3-mark"]
    order = re.findall(r'<span class="code">(MS\d+)', text)
    assert order == ["MS103", "MS203", "MS202"]
    assert text.count('class="outline') == 1
    assert text.count('class="outline high"') == 1


def test_a_finding_of_the_whole_file_is_only_listed():
    text, tags = page(drafted(findings=(finding(place=None),)))

    assert "整个文件" in text
    assert "f1-1-mark" not in tags.ids


def test_a_place_without_a_line_is_outlined_by_its_box():
    text, _ = page(drafted(findings=(finding(place=Place(Area.BODY, 1, "", Box(9, 9, 50, 50))),)))

    assert 'class="outline high" x="6.0" y="6.0"' in text


def test_discs_of_one_place_do_not_cover_each_other():
    text, _ = page(drafted(findings=tuple(finding(place=P2) for _ in range(4))))

    discs = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', text)
    assert len(discs) == len(set(discs)) == 4
    assert all(0 < float(x) < 595 for x, _ in discs)


def test_what_was_not_read_is_never_clean():
    lost = Problem("encrypted", Text("没有口令", "no password"))

    text, _ = page(outcome(status=Status.UNREAD, problems=(lost,)))

    assert "未能完整检查，不能视为无问题" in text
    assert "没有口令" in text
    assert "无问题</span>" not in text


def test_advice_and_silent_rules_stand_apart():
    advice = Advice(Text("提到储备数量", "names stocks"), Text("保密法第13条", "law 13"), P2)

    text, _ = page(outcome(advice=(advice,), unjudged=(Unjudged("MS123", Input.FORM),)))

    assert "请判定" in text
    assert "第1页 正文 第2段：提到储备数量（保密法第13条）" in text
    details = text[text.index("<details") : text.index("</details>")]
    assert "未判断（缺定密审批单）：MS123" in details


def test_the_ledger_ends_the_page_and_adds_up():
    text, tags = page(drafted(), outcome("b.docx"), totals=Totals(excluded=3))

    assert "发现文件 5 = 完整检查 2 + 部分检查 0 + 未能检查 0 + 按策略排除 3" in text
    assert text.index('id="f1"') < text.index('id="ledger"') < text.index("完了")
    assert text.endswith("</body>\n</html>\n")
    assert "ledger" in tags.ids


def test_a_quiet_page_has_no_ledger():
    _, tags = page(drafted(), quiet=True)

    assert "ledger" not in [*tags.ids, *(link[1:] for link in tags.links)]


def test_clean_files_are_listed_up_to_a_number_and_counted_beyond():
    many = [outcome(f"共享/{number}.docx") for number in range(203)]

    few, all_of_them = page(*many)[0], page(*many, verbose=True)[0]

    assert few.count("共享/") == 200
    assert "另有 3 个无问题的文件未逐一列出" in few
    assert all_of_them.count("共享/") == 203


def test_quoting_is_announced():
    assert "请按所检查文件的最高密级管理" in page(drafted(), quote=True)[0]
    assert "请按所检查文件的最高密级管理" not in page(drafted())[0]


def test_nothing_examined_is_a_page_too():
    text, _ = page()

    assert "发现文件 0" in text


def test_the_scanner_draws_only_on_asking_and_only_with_findings(tmp_path):
    for name, text in (("a.docx", "机密 10年"), ("b.docx", "关于防汛的通知")):
        document = docx.Document()
        document.add_paragraph(text)
        document.add_paragraph(SECRET)
        document.save(tmp_path / name)

    silent, drawing = Scanner(Config()), Scanner(Config(sketch=True))

    assert silent.scan_file(tmp_path / "a.docx").sketch is None
    assert drawing.scan_file(tmp_path / "b.docx").sketch is None
    found = drawing.scan_file(tmp_path / "a.docx").sketch
    assert [piece.text for piece in found.lines] == ["机密 10年", ""]


def test_a_place_in_a_header_is_told_in_words():
    assert "第1页 页眉" in page(outcome(findings=(finding(place=PLACE),)))[0]
