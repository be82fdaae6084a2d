"""Why a file was not read: pictures and text recognition."""

from __future__ import annotations

from markscan.wording.text import Text

PICTURES: dict[str, Text] = {
    "picture": Text("图片，未做文字识别", "a picture; no text recognition"),
    "picture.damaged": Text("图片已损坏，无法解码", "the picture is damaged and cannot be decoded"),
    "picture.truncated": Text(
        "图片不完整，仅读出能恢复的部分", "the picture is cut off; what is left of it was read"
    ),
    "picture.ocr-failed": Text("图片文字识别失败", "text recognition failed on the picture"),
    "picture.ocr-unusable": Text(
        "文字识别组件无法运行（{error}）", "text recognition cannot run here ({error})"
    ),
    "limit.pictures": Text(
        "做文字识别的页和图片超过 {allowed} 个上限",
        "more than {allowed} pages and pictures to recognise",
    ),
    "limit.pixels": Text("图片超过 {allowed} 像素上限", "a picture of more than {allowed} pixels"),
}
