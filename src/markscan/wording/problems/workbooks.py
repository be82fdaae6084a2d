"""Why a file was not read: workbooks (xlsx)."""

from __future__ import annotations

from markscan.wording.text import Text

WORKBOOKS: dict[str, Text] = {
    "xlsx.no-workbook": Text("不是工作簿：没有工作表", "no workbook: it has no sheet"),
    "xlsx.only-pictures": Text("工作簿只有图片，没有文字", "the workbook has pictures and no text"),
    "xlsx.records": Text(
        "工作簿的 {part} 部分为二进制格式，未读取",
        "part {part} of the workbook is binary; not read",
    ),
    "xlsx.model": Text(
        "工作簿的数据模型 {part} 未读取", "the data model {part} of the workbook was not read"
    ),
}
