"""Why a file was not read: pictures and text recognition."""

from __future__ import annotations

from markscan.wording.text import Text

PICTURES: dict[str, Text] = {
    "picture": Text("图片，未做文字识别", "a picture; no text recognition"),
}
