"""Why a file was not read: PDF."""

from __future__ import annotations

from markscan.wording.text import Text

PDF: dict[str, Text] = {
    "pdf.encrypted": Text("PDF 已加密，需要口令", "the PDF asks for a password"),
    "pdf.damaged": Text("PDF 已损坏，没有可读的页", "the PDF is damaged; no page can be read"),
    "pdf.salvaged": Text(
        "PDF 不完整，已尽量恢复", "the PDF is cut off; what could be found was read"
    ),
    "pdf.pages-damaged": Text(
        "第 {pages} 页已损坏，共 {count} 页", "damaged pages: {pages} ({count})"
    ),
    "pdf.no-text": Text(
        "全部 {count} 个有内容的页均为图像，没有文字层",
        "all {count} pages with content are pictures without text",
    ),
    "pdf.pages-without-text": Text(
        "第 {pages} 页没有文字层，共 {count} 页", "pages without text: {pages} ({count})"
    ),
    "pdf.garbled": Text(
        "第 {pages} 页文字编码无法识别，共 {count} 页",
        "pages whose text has no known meaning: {pages} ({count})",
    ),
}
