"""Document numbers (发文字号): 中办发〔2020〕12号, 市密发〔2023〕5号 (law-and-rules 2.2)."""

from __future__ import annotations

import re

from markscan.marking import Marking
from markscan.match.grammar.candidate import Candidate
from markscan.match.grammar.forms import CLOSE, FORMS, OPEN
from markscan.match.grammar.pattern import Pattern

_D = FORMS["docno"]
_FAMILIES = {code: name for name, others in _D["families"].items() for code in (name, *others)}
_SERIES = tuple(_D["series"])
_ORDINARY = tuple(_D["ordinary"])
_OPENING, _CLOSING = f"[{re.escape(OPEN)}]", f"[{re.escape(CLOSE)}]"
_NUMBER = Pattern(
    rf"{_OPENING}{{0,2}}(?:(?:发文字号|发文号|文号|文件编号)[:：])?"
    rf"(?P<code>[^\W\d_]{{1,16}}|[^\W_]{{0,6}}[×○〇*x]{{1,4}}[^\W_]{{1,10}}){_OPENING}"
    rf"(?:\d{{4}}|[一二][零〇○一二三四五六七八九]{{3}}){_CLOSING}第?\d{{1,5}}号(?:文件?)?"
    rf"{_CLOSING}{{0,2}}(?:签发人[:：].{{0,20}})?"
)


def parse_docno(candidate: Candidate) -> Marking | None:
    """Return the document number that the whole candidate is.

    Level: `family:中发` of a 机要 family, `mi?` of a series marked 密, None of any other.
    """
    text = candidate.text
    if "号" not in text:
        return None
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    code = found["code"]
    level = None
    if code in _FAMILIES:
        level = f"family:{_FAMILIES[code]}"
    elif code.endswith(_SERIES) and not code.endswith(_ORDINARY):
        level = "mi?"
    return Marking("docno", level, defects=(*candidate.script_defects, *candidate.sign_defects))
