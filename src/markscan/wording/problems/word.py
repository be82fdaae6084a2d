"""Why a file was not read: compound files and Word binaries."""

from __future__ import annotations

from markscan.wording.text import Text

WORD: dict[str, Text] = {
    "ole.no-streams": Text(
        "复合文档已损坏，找不到其中的数据流",
        "the compound file is damaged; no stream was found in it",
    ),
    "ole.damaged": Text(
        "复合文档的目录已损坏，已尽量恢复",
        "the directory of the compound file is damaged; what could be found was read",
    ),
    "ole.stream": Text(
        "复合文档的数据流 {part} 不完整", "stream {part} of the compound file is not whole"
    ),
    "word.no-text": Text("不是 Word 文档：没有正文", "no Word document: it has no text"),
    "ole.carved": Text(
        "文件结构已损坏，仅从原始数据中找出部分文字",
        "the file is damaged; only some text was found in its bytes",
    ),
    "word.cut-off": Text(
        "Word 文档正文不完整，已读出剩余部分",
        "the text of the Word document is cut off; the rest was read",
    ),
    "locked.effort": Text(
        "文档加密强度过高，未逐一尝试口令", "the encryption is too costly to try every password"
    ),
    "locked.method": Text(
        "文档加密方式不支持", "the way the document is encrypted is not supported"
    ),
}
