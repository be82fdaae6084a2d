"""Why a file was not read: plain text."""

from __future__ import annotations

from markscan.wording.text import Text

TEXT: dict[str, Text] = {
    "text.encoding-unsure": Text(
        "无法确定文字编码，内容可能有误", "the text encoding is in doubt; the text may be wrong"
    ),
    "text.bad-bytes": Text("有 {count} 处字节无法解码", "{count} places could not be decoded"),
    "text.nul-bytes": Text("略去 {count} 个空字节", "{count} NUL bytes were left out"),
}
