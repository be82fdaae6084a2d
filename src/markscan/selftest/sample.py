"""What a self-test sample (自检样本) holds: an invented paper with a marking, which says so.

The marking is written with ☆, as no paper of the office should have it: so a rule speaks of it
wherever the sample lies, in places where state secrets may lie as well. The paper names no
organ, person or matter, and its number makes its content unlike that of any other file.
"""

from __future__ import annotations

import io
from collections.abc import Callable

MARK = "机密☆10年"
# What of the findings on a sample is its proof; others depend on where and how it lies.
PROOFS = ("MS104", "MS301")

# The label stands last, and not in the name: a paper that calls itself a sample (样本) at its
# head is taken for one, rightly, and its marking for an example.
_LINES = (
    MARK,
    "关于调整仓库夜间值守安排的通知",
    "各值守小组：",
    "现将仓库夜间值守安排通知如下：一号仓由甲组值守，二号仓由乙组值守，每班两人，交接时核对清单。",
    "值守管理小组",
    "2026年1月5日",
    "说明：本件是 MarkScan 自检样本（编号 {number}），由本单位保密工作人员放置，内容全部虚构，"
    "不涉及任何国家秘密，请勿移动、修改或者删除。每次检查都应当检出本件；没有检出，说明检查没有"
    "正常进行。",
)


def name(number: str, format: str) -> str:
    """Return the name of the file of a sample."""
    return f"MarkScan自检-{number}.{format}"


def lines(number: str) -> list[str]:
    """Return the paper of the sample with that number, line by line."""
    return [line.format(number=number) for line in _LINES]


def text(number: str) -> bytes:
    """Return the paper as a plain text in GB 18030, as old editors write it."""
    return ("\r\n".join(lines(number)) + "\r\n").encode("gb18030")


def word(number: str) -> bytes:
    """Return the paper as a Word document."""
    import docx

    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.title = ""
    document.core_properties.comments = ""
    for line in lines(number):
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# Each format and what writes it.
FORMATS: dict[str, Callable[[str], bytes]] = {"docx": word, "txt": text}
