"""Why a file was not read: RTF, HTML, MHT and flat XML."""

from __future__ import annotations

from markscan.wording.text import Text

MARKUP: dict[str, Text] = {}
