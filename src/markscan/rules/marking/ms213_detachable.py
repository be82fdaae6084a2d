"""MS213 detachable: the marking stands in name, subject or picture only, not in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area, Span
from markscan.finding import Evidence, MarkingEvidence, Severity, Verdict
from markscan.marking import Marking
from markscan.match.grammar import parse_filename
from markscan.rules.beside import MAIL, examined, marks
from markscan.rules.proper_form import level_word, proper, shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule
from markscan.wording import Text

_NAME = Text("文件名", "the file name")
_SUBJECT = Text("邮件主题", "the subject of the mail")
_PICTURE = Text("封面图片", "a picture on the cover")
# Formats that are pictures themselves: the carrier bears the marking.
_PICTURES = frozenset({"png", "jpg", "gif", "tiff", "bmp", "webp", "emf", "wmf"})
_TEXT = 20  # characters of text beside a picture that make it a document
_SET_APART = re.compile(r"^(?:(?:Re|Fwd?|回复|答复|转发)\s*[:：]\s*)*[【\[［〔（(]", re.IGNORECASE)


def judge(case: Case) -> Iterator[Hit]:
    """Look for a whole marking in name, subject or picture, and none in the text itself.

    A bare level in the file name is MS211's; what a form or property claims is MS101's.
    """
    if case.exam or case.own_problems or _claimed(case):
        return
    if case.visible:
        yield from _pictured(case)
        return
    yield from _subject(case)
    for seen in case.state:
        if seen.place.area is Area.FILENAME and seen.marking.period is not None:
            yield _hit(case, seen, seen.marking, _NAME)
            return


def _claimed(case: Case) -> bool:
    if case.decision is not None and case.decision.marking is not None:
        return True
    mail = case.document.format in MAIL
    return any(
        seen.place.area not in VISIBLE and seen.place.area is not Area.FILENAME
        for seen in case.state
        if not (mail and seen.place.area is Area.PROPERTY)
    )


def _pictured(case: Case) -> Iterator[Hit]:
    """A marking that only pictures show, in a document that has a text."""
    if case.document.format in _PICTURES:
        return
    if any(seen.place.area is not Area.IMAGE for seen in case.visible):
        return
    written = sum(len(p.text) for p in case.document.parts if p.place.area is Area.BODY)
    first = case.visible[0]
    if written >= _TEXT and (first.place.page or 1) == 1:
        yield _hit(case, first, first.marking, _PICTURE)


def _subject(case: Case) -> Iterator[Hit]:
    """A mail whose subject is marked, while neither its text nor what travels with it is."""
    if case.document.format not in MAIL:
        return
    inside = [each for member in case.members for each in member.flat()]
    if not all(examined(each) for each in inside) or any(any(marks(each)) for each in inside):
        return
    for index, part in enumerate(case.document.parts):
        if part.place.area is Area.PROPERTY and part.place.label.lower() == "subject":
            marking = parse_filename(part.text)
            if marking is not None and _whole(marking, part.text):
                yield _hit(case, Evidence(index, Span(0, len(part.text))), marking, _SUBJECT)
                return


def _whole(marking: Marking, text: str) -> bool:
    if marking.scheme != "cn-state" or marking.level is None:
        return False
    return marking.period is not None or _SET_APART.match(text) is not None


def _hit(case: Case, seen: Evidence | MarkingEvidence, marking: Marking, where: Text) -> Hit:
    right = proper(marking) or f"{level_word(case, marking)}★保密期限"
    values: dict[str, object] = {"where": where, "mark": shown(case, marking), "right": right}
    return Hit((seen,), values)


RULE = Rule(
    code="MS213",
    name=Text("电子文件标志可分离", "Electronic marking not bound to the file"),
    trigger=Text(
        "密级标志只见于文件名、邮件主题或者封面图片，正文没有标志",
        "the marking stands only in the file name, the subject of a mail or a picture on the "
        "cover, and none in the text",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第22条第2款；《国家秘密定密管理暂行规定》第24条（2014）（与载体不可分离）",
        "Secrets law art. 22(2); classification rules 2014 art. 24 (inseparable from the carrier)",
    ),
    message=Text(
        "标志“{mark}”只见于{where}，正文没有标志，标志与文件可以分离",
        "the marking “{mark}” stands only in {where}; it can be parted from the file",
    ),
    fix=Text(
        "请在电子文件首页左上角标明“{right}”；确不涉密的，删去{where}中的标志。",
        "Put “{right}” at the top left of the first page; if it is no secret, take it out of "
        "{where}.",
    ),
    judge=judge,
    found=(
        Example("关于召开会议的通知\n各单位：", name="机密★10年 会议通知.txt"),
        Example("关于召开会议的通知\n各单位：", name="会议通知（秘密★5年）.txt"),
        Example(
            "关于召开全市工作会议的通知\n各单位：\n现将有关事项通知如下。",
            parts=((Area.IMAGE, "cover.png", "机密★10年"),),
        ),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知", name="机密★10年 会议通知.txt"),
        Example("关于召开会议的通知\n各单位：", name="【机密】会议通知.txt"),
        Example("关于召开会议的通知\n各单位：", name="会议通知.txt"),
        Example("机密★10年\n关于召开会议的通知", parts=((Area.IMAGE, "cover.png", "机密★10年"),)),
    ),
    drafts_only=True,
)
