"""MS316 no-text-layer: pictures or scanned pages were not read."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Report a file that has pages or pictures without text."""
    if any(problem.code == "no-text-layer" for problem in case.own_problems):
        yield Hit()


RULE = Rule(
    code="MS316",
    name=Text("图片、扫描件未识别", "Image-only document not read"),
    trigger=Text(
        "图片、扫描件或者其中几页没有文字层，未作文字识别",
        "a picture, a scan or some of its pages have no text, and none was recognised",
    ),
    severity=Severity.LOW,
    verdict=None,
    basis=Text(
        "九三学社中央机关保密工作规定第11条第2项、第3项",
        "Jiusan Society secrecy rules art. 11(2) and (3)",
    ),
    message=Text(
        "图片或者扫描页没有文字层，内容未检查，不能视为无问题",
        "pictures or scanned pages have no text: they were not examined and must not count as "
        "clean",
    ),
    fix=Text(
        "请作文字识别（OCR）后复查，或者人工查看首页左上角有无密级标志和印章。",
        "Recognise the text (OCR) and check again, or look for a marking or stamp at the top "
        "left of "
        "the first page.",
    ),
    judge=judge,
    found=(
        Example(name="扫描件.pdf", problem="no-text-layer"),
        Example(name="扫描件.jpg", problem="no-text-layer", task=Task.SCAN, highest=""),
        Example("关于召开会议的通知", name="扫描件.pdf", problem="no-text-layer"),
    ),
    clean=(
        Example("关于召开会议的通知", name="通知.pdf"),
        Example(name="会议纪要.docx", problem="encrypted"),
        Example("关于扫描件没有文字层的说明"),
    ),
)
