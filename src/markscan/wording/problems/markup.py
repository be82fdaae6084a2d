"""Why a file was not read: RTF, HTML, MHT and flat XML."""

from __future__ import annotations

from markscan.wording.text import Text

MARKUP: dict[str, Text] = {
    "markup.too-large": Text(
        "文件超过 {allowed} 字节，只读取了前面部分",
        "the file exceeds {allowed} bytes; only its beginning was read",
    ),
    "rtf.cut": Text("RTF 文件不完整，末尾缺失", "the RTF file is cut off; its end is missing"),
    "rtf.object": Text("嵌入对象 {name} 已损坏", "embedded object {name} is damaged"),
    "html.cut": Text("网页文件不完整，末尾缺失", "the page is cut off; its end is missing"),
    "xml.cut": Text("XML 文件不完整，末尾缺失", "the XML file is cut off; its end is missing"),
    "html.data": Text("网页内嵌文件 {name} 已损坏", "file {name} inside the page is damaged"),
    "html.only-pictures": Text("网页只有图片，没有文字", "the page has pictures and no text"),
}
