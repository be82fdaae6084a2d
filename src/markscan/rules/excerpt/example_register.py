"""Registered documents for the examples of rules: invented, neutral, about nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from markscan.marking import Duration
from markscan.register import Entry

# What is taken in the examples, and the rest of its document.
TAKEN = (
    "青禾渡口改造分三个阶段推进，第一阶段由水务科清理北岸碎石，第二阶段由建设科更换旧式栈桥并铺设照明线路，"
    "第三阶段由联络组组织试航并逐日登记水位变化。"
)
REST = (
    "白石仓同步调整库区布局，东侧货架改作备件存放，西侧通道加宽到两车并行，夜间值守改为双岗轮换，"
    "钥匙交接须当面清点并在簿册上签名，遇有雷雨时由班长带人巡查排水沟，发现渗漏立即用沙袋封堵并拍照留存。"
)
TEXT = f"{TAKEN}\n{REST}"
OTHER_TEXT = (
    "长风试验队今后每旬校准一次测风仪，读数由两人分别抄录后比对，出现偏差时先停机再查接线，"
    "更换的旧件装箱封存并交器材室编号，箱号与抄录簿的页码应当一一对应，不得涂改。"
)

ENTRY = Entry(
    1,
    "D-001",
    "jimi",
    Duration(10, "Y"),
    issued=date(2025, 3, 1),
    ends=date(2035, 3, 1),
)
OTHER_ENTRY = Entry(
    2,
    "D-002",
    "mimi",
    Duration(5, "Y"),
    issued=date(2025, 6, 30),
    ends=date(2030, 6, 30),
)
TOP_ENTRY = replace(ENTRY, id="D-003", level="juemi")

Registered = tuple[tuple[Entry, str], ...]

ONE: Registered = ((ENTRY, TEXT),)
TWO: Registered = ((ENTRY, TEXT), (OTHER_ENTRY, OTHER_TEXT))
TOP: Registered = ((TOP_ENTRY, TEXT),)


def one(**changed: object) -> Registered:
    """Return a register of the first document alone, its entry changed so."""
    return ((replace(ENTRY, **changed), TEXT),)  # type: ignore[arg-type]
