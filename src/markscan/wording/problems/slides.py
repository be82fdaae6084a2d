"""Why a file was not read: slides and OpenDocument."""

from __future__ import annotations

from markscan.wording.text import Text

SLIDES: dict[str, Text] = {}
