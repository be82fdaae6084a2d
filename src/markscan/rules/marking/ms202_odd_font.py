"""MS202 odd-font: the marking is not set in 3号黑体."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Run
from markscan.finding import Input, Severity, Verdict
from markscan.profile import Norm
from markscan.rules.example_page import Row, page
from markscan.rules.rule import Case, Hit, Rule
from markscan.rules.setting import head_marking, setting
from markscan.wording import Text

# Sizes of type by their Chinese names, in points.
_NAMES = {
    42.0: "初号", 36.0: "小初", 26.0: "一号", 24.0: "小一", 22.0: "二号", 18.0: "小二",
    16.0: "三号", 15.0: "小三", 14.0: "四号", 12.0: "小四", 10.5: "五号", 9.0: "小五",
}  # fmt: skip
_FONT = Text("字体为“{font}”", "the font is “{font}”")
_SIZE = Text("字号为{size}", "the size is {size}")


def judge(case: Case) -> Iterator[Hit]:
    """Compare font and size of the level's characters with the norm; silent where unknown."""
    head = head_marking(case)
    found = setting(case, head) if head is not None else None
    if head is None or found is None:
        return
    faults = list(dict.fromkeys(_faults(case.profile.norm, found.runs_with(case.text(head)))))
    if faults:
        told = Text("，".join(f.zh for f in faults), ", ".join(f.en for f in faults))
        values = {"fault": told, "font": case.profile.norm.fonts[0]}
        values["size"] = _named(case.profile.norm.size)
        yield Hit((head,), values)


def _faults(norm: Norm, runs: list[Run]) -> Iterator[Text]:
    for run in runs:
        if run.font and not norm.is_mark_font(run.font):
            yield _FONT.fill(font=run.font)
    for run in runs:
        if run.size is not None and abs(run.size - norm.size) > norm.size_tolerance:
            yield _SIZE.fill(size=_named(run.size))


def _named(size: float) -> Text:
    points = f"{size:.1f}".removesuffix(".0")
    name = _NAMES.get(round(size * 2) / 2)
    return Text(f"{name}（{points} 磅）" if name else f"{points} 磅", f"{points} pt")


_HEAD = (
    Row("某某市人民政府文件", left=60, font="方正小标宋简体", size=36),
    Row("某政发〔2026〕5号", left=85, font="仿宋"),
    Row("关于召开会议的通知", left=73, font="方正小标宋简体", size=22),
    Row("各县人民政府：", font="仿宋"),
)

RULE = Rule(
    code="MS202",
    name=Text("密级字体字号不符", "Marking not in 3号黑体"),
    trigger=Text(
        "公文标志的字体不是黑体，或者字号不是 3 号；字体、字号不明时不判断",
        "the marking of an official document is not set in 黑体 (a sans serif) or not in size 3 "
        "(16 pt); silent where font or size are not known",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text("GB/T 9704—2012 7.2.2", "GB/T 9704—2012, 7.2.2"),
    message=Text("标志的{fault}", "of the marking, {fault}"),
    fix=Text("请改用{font}、{size}。", "Use {font}, {size}."),
    judge=judge,
    found=(
        page(Row("机密★10年", font="仿宋_GB2312"), *_HEAD),
        page(Row("机密★10年", size=14), *_HEAD),
        page(Row("000001", font="仿宋"), Row("秘密★5年", font="SimSun", size=12), *_HEAD),
        page(Row("机密★10年", font="微软雅黑"), *_HEAD),
    ),
    clean=(
        page(Row("机密★10年"), *_HEAD),
        page(Row("机密★10年", font="SimHei"), *_HEAD),
        page(Row("机密★10年", font="FZHTK--GBK1-0"), *_HEAD),
        page(Row("机密★10年", font="", size=16.2), *_HEAD),
    ),
    drafts_only=True,
    needs=(Input.LAYOUT,),
)
