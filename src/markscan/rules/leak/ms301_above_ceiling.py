"""MS301 above-ceiling: a marked file lies where its level may not lie."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Severity, Verdict
from markscan.rules.leak.location_words import allowed_here
from markscan.rules.leak.marked_place import above_ceiling, gravest, lessened
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import INTERFACE, Text

_WEAK = Text(
    "文件标有“{mark}”，所在位置{allowed}；该标志只见于{where}，须先核对",
    "the file is marked “{mark}”, and its location {allowed}; the marking is seen only in one "
    "place ({where}), so check it first",
)
_CHECK_FIRST = Text(
    "请先核对该标志是否属于本文件。属于的，立即停止使用、断开网络、保护现场并报告保密工作机构，"
    "不得自行删除；不属于的，更正该处标志。",
    "Check whether the marking belongs to this file. If it does, stop using it, disconnect, leave "
    "everything as it is and report it; do not delete it. If not, correct the marking.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Name the highest state marking that lies above the ceiling."""
    above = above_ceiling(case, "cn-state")
    if not above or case.location is None:
        return
    highest = gravest(case, above, Severity.CRITICAL)
    severity = max(lessened(seen, Severity.CRITICAL) for seen in above)
    values: dict[str, object] = {
        "mark": shown(case, highest.marking),
        "allowed": allowed_here(case.location, "cn-state"),
        "where": INTERFACE[f"place.{highest.place.area.value}"],
    }
    weak = severity is not Severity.CRITICAL
    yield Hit(
        (highest,),
        values,
        severity=severity,
        message=_WEAK if weak else None,
        fix=_CHECK_FIRST if weak else None,
    )


RULE = Rule(
    code="MS301",
    name=Text("涉密文件处于低密级位置", "Document above the permitted level of its location"),
    trigger=Text(
        "文件的国家秘密标志高于存放位置策略允许的最高密级。只见于页眉、批注、属性、隐藏内容的降为高，"
        "只见于文件名的降为中；已过保密期限的不报",
        "the file's state-secret marking in force is above what the location policy allows. Only "
        "in a header, comment, property or hidden text: high; only in the file name: medium; "
        "expired: not reported",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《保守国家秘密法》第31条第3项、第57条第10项；《保守国家秘密法实施条例》第41条、第61条",
        "Secrets law arts. 31(3) and 57(10); its regulation arts. 41 and 61",
    ),
    message=Text(
        "文件标有“{mark}”，所在位置{allowed}",
        "the file is marked “{mark}”, and its location {allowed}",
    ),
    fix=Text(
        "请立即停止使用、断开网络、保护现场并报告保密工作机构，不得自行删除、移动；"
        "可能泄露的，24小时内报告同级保密行政管理部门和上级主管部门。",
        "Stop using it, disconnect, leave everything as it is and report it; do not delete or "
        "move it. "
        "A possible leak must be reported within 24 hours.",
    ),
    judge=judge,
    found=(
        Example(
            "机密★5年\n延长保密期限至2029年6月30日\n通知\n某某局\n2020年3月10日",
            task=Task.SCAN,
            highest="",
        ),
        Example("机密★10年\n关于召开会议的通知", task=Task.SCAN, highest=""),
        Example("绝密★30年\n关于召开会议的通知", task=Task.SCAN, highest="jimi"),
        Example(
            "关于召开会议的通知",
            parts=((Area.HEADER, "word/header1.xml", "机密★10年"),),
            task=Task.SCAN,
            highest="",
        ),
        Example("关于召开会议的通知", name="【机密】会议通知.txt", task=Task.SCAN, highest=""),
    ),
    clean=(
        Example(
            "机密★5年\n延长保密期限至2025年6月30日\n通知\n某某局\n2020年3月10日",
            task=Task.SCAN,
            highest="",
        ),
        Example("机密★10年\n关于召开会议的通知", task=Task.SCAN, highest="jimi"),
        Example("机密★10年\n关于召开会议的通知", task=Task.CHECK, highest=None),
        Example("秘密★1年\n关于召开会议的通知\n2020年3月1日", task=Task.SCAN, highest=""),
        Example("极机密\n手机密码、随机密钥、主机密钥", task=Task.SCAN, highest=""),
        Example(
            "绝密★启用前\n2025年普通高等学校招生全国统一考试\n数学试题\n姓名　准考证号",
            task=Task.SCAN,
            highest="",
        ),
        Example("保密知识培训课件\n例如标注为“秘密★1年”。", task=Task.SCAN, highest=""),
        Example("绝密·核心\n关于召开会议的通知", task=Task.SCAN, highest=""),
    ),
)
