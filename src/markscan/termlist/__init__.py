"""Term lists (词库): words and phrases that are looked for, as people keep them.

 files ─reading→ bytes ─unsealed, decoded→ text ─formats→ Entries ─columns→ TermList

`Entries` is what one file says, with examples and lines; `TermList` is what the search
needs, of all files, as columns that a million terms fit into.
"""

from __future__ import annotations

from markscan.termlist.columns import TermList
from markscan.termlist.reading import read_entries, read_terms, shipped_list, shipped_terms
from markscan.termlist.term import Term

__all__ = ["Term", "TermList", "read_entries", "read_terms", "shipped_list", "shipped_terms"]
