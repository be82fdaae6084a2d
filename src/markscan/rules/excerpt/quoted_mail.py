"""Finds where the quoted original of a reply or forward begins (引用的原邮件)."""

from __future__ import annotations

import re

from markscan.document import Area, Document

_BLANKS = r"[^\S\n]{0,20}"
_MARKER = re.compile(
    # -----原始邮件-----, ----- Original Message -----, 以下是转发的邮件
    rf"^{_BLANKS}[-—_－=*]{{2,}}{_BLANKS}(?:原始?邮件(?:信息)?|转发的?(?:邮件|信息|消息)|回复的?原?邮件"
    r"|original message|forwarded message|forwarded by)"
    rf"|^{_BLANKS}(?:以下(?:是|为)?转发的?邮件|begin forwarded message)"
    # the head of the quoted mail: two of its lines, one after the other
    rf"|^{_BLANKS}>?{_BLANKS}\**(?:发件人|寄件者|from){_BLANKS}\**{_BLANKS}[:：].{{1,120}}\n"
    rf"(?:{_BLANKS}\n)?{_BLANKS}>?{_BLANKS}\**(?:发送时间|发件时间|时间|日期|寄件日期|收件人|抄送|主题"
    rf"|sent|date|to|cc|subject){_BLANKS}\**{_BLANKS}[:：]"
    # 在 2024年3月5日，某某 写道： / On …, … wrote:
    rf"|^{_BLANKS}(?:在|于|on\b).{{4,120}}(?:写道|wrote){_BLANKS}[:：]?{_BLANKS}$",
    re.IGNORECASE | re.MULTILINE,
)
_SUBJECT = re.compile(r"^\s*(?:(?:回复|答复|转发|re|fw|fwd)\s*[:：])", re.IGNORECASE)
_TEXT = frozenset({Area.BODY, Area.CELL, Area.TEXTBOX})


def quoted_from(document: Document) -> tuple[int, int] | None:
    """Return part and offset at which the quoted mail begins; None where none is quoted.

    A head right at the beginning is that of the mail itself: the first one behind other text
    counts. So does any where the subject says that it is a reply or a forward.
    """
    answered = any(
        part.place.area is Area.PROPERTY and _SUBJECT.match(part.text) for part in document.parts
    )
    above = answered
    for index, part in enumerate(document.parts):
        if part.place.area not in _TEXT:
            continue
        for found in _MARKER.finditer(part.text):
            if above or part.text[: found.start()].strip():
                return index, found.start()
        above = above or bool(part.text.strip())
    return None
