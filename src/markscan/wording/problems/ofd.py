"""Why a file was not read: OFD."""

from __future__ import annotations

from markscan.wording.text import Text

OFD: dict[str, Text] = {}
