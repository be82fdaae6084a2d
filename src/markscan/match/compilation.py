"""Knows a compilation (汇编): several documents under one cover, not one document.

On its cover stand the highest level and the longest period of its members; each classified
member bears its own marking (标志 1990 art. 8).
"""

from __future__ import annotations

import re
from itertools import islice

from markscan.document import Document
from markscan.match.elements import TextLine, text_lines

_TITLE = re.compile(r"[^。：:，]{0,50}(?:汇编|选编|文件集|合订本)(?:[（(].{1,16}[）)])?")
_ABOUT = re.compile(r"关于|印发|编制|报送|征集")
_TOP = 10  # lines in which the title stands


def compilation_title(document: Document) -> TextLine | None:
    """Return the line that is the title of a compilation; None where `document` is none."""
    for line in islice(text_lines(document), _TOP):
        if "。" in line.text:
            return None
        if _TITLE.fullmatch(line.bare) and not _ABOUT.search(line.bare):
            return line
    return None
