"""Why a file was not read: OFD."""

from __future__ import annotations

from markscan.wording.text import Text

OFD: dict[str, Text] = {
    "ofd.encrypted": Text("OFD 已加密，需要密钥或口令", "the OFD asks for a key or a password"),
    "ofd.no-document": Text(
        "OFD 已损坏，找不到文档入口", "the OFD is damaged; it names no document to read"
    ),
    "ofd.missing-part": Text(
        "OFD 缺少所引用的 {part} 部分", "the OFD refers to a part that is not in it: {part}"
    ),
    "ofd.no-text": Text(
        "全部 {count} 个有内容的页均为图像或者图形，没有文字",
        "all {count} pages with content are pictures or drawings without text",
    ),
    "ofd.pages-without-text": Text(
        "第 {pages} 页没有文字，只有图像或者图形，共 {count} 页",
        "pages of pictures or drawings without text: {pages} ({count})",
    ),
    "ofd.garbled": Text(
        "第 {pages} 页文字只有字形、没有编码，无法识别，共 {count} 页",
        "pages whose text is glyphs without a known meaning: {pages} ({count})",
    ),
}
