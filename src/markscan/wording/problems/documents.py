"""Why a file was not read: packages of XML and Word documents."""

from __future__ import annotations

from markscan.wording.text import Text

DOCUMENTS: dict[str, Text] = {
    "encrypted-package": Text("文档已加密，需要密码", "the document is encrypted"),
    "docx.no-body": Text("不是 Word 文档：没有正文部分", "no Word document: it has no body"),
    "docx.layout": Text("无法读取文档版式", "how the document is set cannot be read"),
    "docx.only-pictures": Text("文档只有图片，没有文字", "the document has pictures and no text"),
    "package.directory": Text(
        "文件不完整，仅读出能恢复的部分", "the file is incomplete; what could be found was read"
    ),
    "package.junk": Text("文件前后有多余数据", "other bytes stand before or behind the file"),
    "package.no-entries": Text(
        "文件已损坏，没有可读的部分", "the file is damaged; nothing can be read"
    ),
    "package.encrypted": Text("文档内容已加密", "what is inside the document is encrypted"),
    "package.part": Text("文档的 {part} 部分已损坏", "part {part} of the document is damaged"),
    "package.method": Text(
        "文档的 {part} 部分压缩方法不支持", "part {part} is packed by an unknown method"
    ),
    "package.xml": Text("文档的 {part} 部分不是完整的 XML", "part {part} is no whole XML"),
    "package.doctype": Text(
        "文档的 {part} 部分含有实体声明，未展开", "part {part} declares entities; not expanded"
    ),
}
