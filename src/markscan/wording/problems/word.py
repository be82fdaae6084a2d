"""Why a file was not read: compound files and Word binaries."""

from __future__ import annotations

from markscan.wording.text import Text

WORD: dict[str, Text] = {}
