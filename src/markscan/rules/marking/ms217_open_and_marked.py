"""MS217 open-and-marked: a note opens the document to the public, and it is a state secret."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.end_date import expired
from markscan.rules.proper_form import shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule
from markscan.wording import Text

_OPEN = frozenset({"open", "onreq"})


def judge(case: Case) -> Iterator[Hit]:
    """Look for 此件公开发布 or 依申请公开 beside a marking whose period has not ended."""
    in_force = [seen for seen in case.visible if not expired(case, seen.marking)]
    for note in case.effective("openness"):
        if in_force and note.marking.level in _OPEN and note.place.area in VISIBLE:
            yield Hit((note, in_force[0]), {"mark": shown(case, in_force[0].marking)})
            return


RULE = Rule(
    code="MS217",
    name=Text("公开属性与密级矛盾", "Open-to-public note on a classified document"),
    trigger=Text(
        "文内既有此件公开发布、主动公开、依申请公开等字样，又有尚在保密期限内的国家秘密标志",
        "此件公开发布, 主动公开 or 依申请公开 stands together with a state-secret marking in force",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法实施条例》第5条、第42条；《政府信息公开条例》第14条",
        "Regulation under the secrets law arts. 5 and 42; openness regulation art. 14",
    ),
    message=Text(
        "公开属性与国家秘密标志“{mark}”矛盾",
        "the note opens to the public what is marked “{mark}”",
    ),
    fix=Text(
        "国家秘密不予公开。请删除公开字样；拟公开的，先履行解密程序和保密审查，再删除“{mark}”。",
        "State secrets are not published. Delete the note; or declassify and review it first, then "
        "delete “{mark}”.",
    ),
    judge=judge,
    found=(
        Example("机密★10年\n关于召开会议的通知\n（此件公开发布）"),
        Example("秘密★5年\n关于召开会议的通知\n（此件依申请公开）"),
        Example("机密★10年\n关于召开会议的通知\n公开属性：主动公开"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知\n（此件不公开）"),
        Example("关于召开会议的通知\n（此件公开发布）"),
        Example("秘密★1年\n关于召开会议的通知\n2020年3月1日\n（此件公开发布）"),
        Example("机密★10年\n关于公开招标的通知\n请各单位公开透明地组织公开招标。"),
    ),
)
