"""MS124 code-differs: a field names the level in English or by a code that says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area, Span
from markscan.finding import Evidence, MarkingEvidence, Severity, Verdict
from markscan.match.zones import is_level_field, label_beside
from markscan.rules.proper_form import shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule
from markscan.wording import Text

_ENGLISH = (
    r"top\s*-?_?secret|most\s*secret|highly\s*confidential|strictly\s*confidential|confidential"
    r"|secret|restricted|classified|unclassified|internal(?:\s*use)?(?:\s*only)?|public|general"
)
_CODES = r"TS|[SCRU]|(?:level|lv|l)?[\s_\-.]?[1-5]|[1-5]\s*级?|juemi|jimi|mimi"
_VALUE = re.compile(rf"\s*(?:{_ENGLISH}|{_CODES})\s*", re.IGNORECASE)
_LINE = re.compile(
    rf"^[ \t\u3000]*+([^:：\n]{{2,20}}?)[ \t\u3000]*+[:：][ \t\u3000]*+({_ENGLISH})[ \t\u3000]*+$",
    re.IGNORECASE | re.MULTILINE,
)
_TOP = re.compile(r"top\s*-?_?secret|TS", re.IGNORECASE)  # 绝密 in both tables of usage
_PINYIN = frozenset({"juemi", "jimi", "mimi"})
_LONGEST = 40


def judge(case: Case) -> Iterator[Hit]:
    """Compare English words and codes in level fields with the marking that the text bears.

    绝密 with TOP SECRET agrees; the tables in use give 机密 and 秘密 opposite words, so any
    other word or code is in doubt. Values in Chinese are MS212's.
    """
    head = next((seen for seen in case.visible if seen.marking.level is not None), None)
    if head is None:
        return
    for part, span in _fields(case):
        value = span.cut(case.document.parts[part].text)
        if not _agrees(value.strip(), head):
            values: dict[str, object] = {
                "code": value.strip(),
                "mark": shown(case, head.marking),
                "right": head.marking.level,
            }
            yield Hit((Evidence(part, span), head), values)
            return


def _fields(case: Case) -> Iterator[tuple[int, Span]]:
    """Yield the level fields that hold a word or code: properties, cells, lines."""
    for index, part in enumerate(case.document.parts):
        text, area = part.text, part.place.area
        if area is Area.PROPERTY or (area is Area.CELL and part.row is not None):
            label = part.place.label if area is Area.PROPERTY else ""
            if len(text) > _LONGEST or not _VALUE.fullmatch(text):
                continue
            if is_level_field(label or label_beside(case.document, index)):
                yield index, Span(0, len(text))
        elif area in VISIBLE:
            for found in _LINE.finditer(text):
                if is_level_field(found[1]):
                    yield index, Span(*found.span(2))


def _agrees(value: str, head: MarkingEvidence) -> bool:
    if value.lower() in _PINYIN:
        return value.lower() == head.marking.level
    return head.marking.level == "juemi" and _TOP.fullmatch(value) is not None


RULE = Rule(
    code="MS124",
    name=Text("密级代码映射错误", "Level word and code or English label disagree"),
    trigger=Text(
        "文件属性或者密级字段用英文、数字代码表示密级（SECRET、Confidential、2），而正文有国家秘密标志",
        "a property or field names the level in English or by a code (SECRET, Confidential, 2), "
        "and the text bears a state marking",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text("《保守国家秘密法》第14条", "Secrets law art. 14"),
    message=Text(
        "密级字段写作“{code}”，正文标“{mark}”，英文或者代码与密级没有固定对应",
        "a level field says “{code}”, the text “{mark}”; English words and codes stand for no "
        "fixed level",
    ),
    fix=Text(
        "请按正文写明密级，或者使用代码 {right}，不用英文和数字对照。",
        "Name the level in Chinese as the text does, or use the code {right}; no English, no "
        "numbers.",
    ),
    judge=judge,
    found=(
        Example("机密★10年\n关于会议的通知", parts=((Area.PROPERTY, "SecurityLevel", "SECRET"),)),
        Example("机密★10年\n关于会议的通知", parts=((Area.PROPERTY, "密级", "Confidential"),)),
        Example("秘密★5年\n关于会议的通知", parts=((Area.PROPERTY, "Classification", "2"),)),
        Example(
            "秘密★5年\n关于会议的通知",
            parts=((Area.PROPERTY, "MSIP_Label_1a_Name", "Highly Confidential"),),
        ),
        Example("机密★10年\n关于会议的通知", parts=((Area.PROPERTY, "密级", "juemi"),)),
    ),
    clean=(
        Example("绝密★20年\n关于会议的通知", parts=((Area.PROPERTY, "密级", "TOP SECRET"),)),
        Example("关于会议的通知", parts=((Area.PROPERTY, "SecurityLevel", "SECRET"),)),
        Example("机密★10年\n关于会议的通知", parts=((Area.PROPERTY, "密级", "机密"),)),
        Example("机密★10年\n关于会议的通知", parts=((Area.PROPERTY, "密级", "jimi"),)),
        Example("机密★10年\n关于会议的通知", parts=((Area.PROPERTY, "title", "Secret"),)),
    ),
    drafts_only=True,
)
