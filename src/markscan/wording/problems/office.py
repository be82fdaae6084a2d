"""Why a file was not read: Excel and PowerPoint binaries."""

from __future__ import annotations

from markscan.wording.text import Text

OFFICE: dict[str, Text] = {}
