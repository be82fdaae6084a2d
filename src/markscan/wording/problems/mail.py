"""Why a file was not read: mail."""

from __future__ import annotations

from markscan.wording.text import Text

MAIL: dict[str, Text] = {}
