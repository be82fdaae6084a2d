"""Why a file was not read: Excel and PowerPoint binaries."""

from __future__ import annotations

from markscan.wording.text import Text

OFFICE: dict[str, Text] = {
    "excel.records": Text(
        "工作簿的记录有损坏，已尽量恢复",
        "records of the workbook are damaged; what could be found was read",
    ),
    "office.only-pictures": Text("文件只有图片，没有文字", "the file has pictures and no text"),
    "slides.old": Text(
        "PowerPoint 97 之前的演示文稿，暂不支持",
        "a presentation from before PowerPoint 97; not supported",
    ),
    "slides.records": Text(
        "演示文稿的记录有损坏，已尽量恢复",
        "records of the presentation are damaged; what could be found was read",
    ),
}
