"""Why a file was not read: slides and OpenDocument."""

from __future__ import annotations

from markscan.wording.text import Text

SLIDES: dict[str, Text] = {
    "pptx.no-presentation": Text(
        "不是完整的演示文稿：没有演示文稿部分",
        "no whole presentation: the part that lists its slides is missing",
    ),
    "pptx.slides-lost": Text(
        "第 {pages} 张幻灯片缺失，共 {count} 张", "slides that are missing: {pages} ({count})"
    ),
    "slides.no-text": Text(
        "全部 {count} 张幻灯片均为图片，没有文字", "all {count} slides are pictures without text"
    ),
    "slides.without-text": Text(
        "第 {pages} 张幻灯片只有图片，没有文字，共 {count} 张",
        "slides that are pictures without text: {pages} ({count})",
    ),
    "odf.no-content": Text(
        "不是 OpenDocument 文档：没有正文部分", "no OpenDocument file: it has no content"
    ),
}
