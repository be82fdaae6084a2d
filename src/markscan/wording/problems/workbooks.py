"""Why a file was not read: workbooks (xlsx)."""

from __future__ import annotations

from markscan.wording.text import Text

WORKBOOKS: dict[str, Text] = {}
