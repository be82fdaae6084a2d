"""The elements a walk over WordprocessingML acts on, and which of its methods takes each.

Names and meanings: ECMA-376 part 1, clause 17; AlternateContent: part 3, clause 7; VML:
part 4, clause 19.
"""

from __future__ import annotations

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Run properties that may hide.
LOOKS = frozenset(("vanish", "specVanish", "color", "sz", "highlight"))
CHARACTERS = {"ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
# Old properties kept for a tracked change, and properties of things that are not text.
_SILENT = frozenset(
    (
        "pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tcPrChange",
        "trPrChange", "numberingChange", "sdtPr", "sdtEndPr",
    )
)  # fmt: skip

_WORD_STARTS = {
    "p": "_start_p", "r": "_start_r", "t": "_start_t", "delText": "_start_deleted_text",
    "instrText": "_start_instruction", "delInstrText": "_start_instruction",
    "tab": "_tab", "br": "_break", "sym": "_symbol", "fldChar": "_field_mark",
    "fldSimple": "_simple_field", "ddList": "_start_list", "listEntry": "_list_entry",
    "result": "_list_result", "rStyle": "_run_style", "pStyle": "_paragraph_style",
    "tblStyle": "_table_style", "shd": "_shade", "pageBreakBefore": "_page_before",
    "lastRenderedPageBreak": "_noted_page", "sectPr": "_section", "tbl": "_start_tbl",
    "tr": "_start_tr", "tc": "_start_tc", "txbxContent": "_start_box",
    "tblCaption": "_table_words", "tblDescription": "_table_words", "comment": "_author",
    "drawing": "_start_drawing", "pict": "_start_drawing",
}  # fmt: skip
_WORD_ENDS = {
    "p": "_end_p", "r": "_end_r", "t": "_end_text", "delText": "_end_text",
    "instrText": "_end_text", "delInstrText": "_end_text", "ddList": "_end_list",
    "tbl": "_end_tbl", "tc": "_end_tc", "txbxContent": "_end_box",
}  # fmt: skip
_OTHER_STARTS = {
    "t": "_start_t", "r": "_start_r", "textpath": "_art", "docPr": "_drawing",
    "cNvPr": "_drawing", "shape": "_drawing", "rect": "_drawing", "oval": "_drawing",
    "roundrect": "_drawing", "line": "_drawing", "group": "_drawing", "imagedata": "_drawing",
    "xfrm": "_drawing", "AlternateContent": "_start_alternatives", "Choice": "_start_branch",
    "Fallback": "_start_branch",
}  # fmt: skip
_OTHER_ENDS = {
    "t": "_end_text", "r": "_end_r", "p": "_end_drawn_paragraph",
    "AlternateContent": "_end_alternatives", "Choice": "_end_branch", "Fallback": "_end_branch",
}  # fmt: skip


def is_word(name: str) -> bool:
    """Tell whether an element is WordprocessingML, transitional, strict or of a beta."""
    space = name.rpartition(" ")[0]
    return "wordprocessingml" in space and space.endswith("main")


def _is_texty(name: str) -> bool:
    # Short names that mean text in DrawingML and in formulas, and anything elsewhere.
    space, _, local = name.rpartition(" ")
    return local not in ("t", "r", "p") or "drawingml" in space or "math" in space


def counter(local: str) -> str:
    """Return which depth an element of WordprocessingML deepens, "" for none."""
    if local in _SILENT:
        return "silent"
    if local in ("del", "moveFrom"):
        return "deleted"
    return local if local in ("pPr", "rPr", "rt") else ""


def start_method(name: str) -> str | None:
    """Return the walker's method for the start of an element, "namespace local"."""
    local = name.rpartition(" ")[2]
    if is_word(name):
        return _WORD_STARTS.get(local)
    return _OTHER_STARTS.get(local) if _is_texty(name) else None


def end_method(name: str) -> str | None:
    """Return the walker's method for the end of an element, "namespace local"."""
    local = name.rpartition(" ")[2]
    if is_word(name):
        return _WORD_ENDS.get(local)
    return _OTHER_ENDS.get(local) if _is_texty(name) else None
