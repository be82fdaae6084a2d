"""Finds document numbers (发文字号) of the 机要 families: 中发〔2016〕5号.

The families, their issuers and what a number of each is worth where it is not known
to be published stand in lexicons/numbers.toml (S003 art. 8, law-and-rules 2.2), the
numbers known to be published in lexicons/published-numbers.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from markscan.data import folder
from markscan.document import Area, Document
from markscan.errors import LexiconError
from markscan.finding import NumberEvidence, Severity, Zone
from markscan.fold import fold
from markscan.match.candidates import Candidate, JoinedText
from markscan.match.terms import Hits
from markscan.match.zones import Zones
from markscan.wording import Text

# What follows the code: 〔2016〕5号, in any brackets; the year may be in Chinese numerals.
_TAIL = re.compile(
    r"[ \n]?[〔\[(【{〈<]{1,2} ?([12]\d{3}|[〇○零一二三四五六七八九]{4})年? ?[〕\])】}〉>]{1,2}"
    r" ?第? ?(\d{1,4}) ?号"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
# Han characters after which a number may begin in running text.
_BEFORE = frozenset("按照据见和与及以由对在的了经到将号文即为是如和办厅委发")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Family:
    """A series of document numbers. `code` is folded; `severity` as in NumberEvidence.

    `heading` marks a code that is a line of its own without a number: 中共中央文件.
    """

    code: str
    severity: Severity
    heading: bool


class NumberFinder:
    """Finds the numbers of the families. Built once, then only read."""

    def __init__(self) -> None:
        """Read the families and the published numbers.

        Raises:
            LexiconError: a file does not say what it must say.
        """
        try:
            data = tomllib.loads((folder("lexicons") / "numbers.toml").read_text("utf-8"))
            self._families = [
                Family(fold(code).text, Severity[entry["severity"].upper()], kind == "heading")
                for kind in ("family", "heading")
                for entry in data[kind]
                for code in entry["codes"]
            ]
            known = tomllib.loads((folder("lexicons") / "published-numbers.toml").read_text("utf-8"))
            self._published = {number for entry in known["source"] for number in entry["numbers"]}
        except (OSError, KeyError, TypeError, tomllib.TOMLDecodeError) as error:
            raise LexiconError(
                Text(f"文号词库：{error!r}", f"lexicon of document numbers: {error!r}")
            ) from error

    @property
    def codes(self) -> list[str]:
        """The codes to look for, folded; `find` takes their hits."""
        return [family.code for family in self._families]

    def find(
        self, document: Document, joined: JoinedText, hits: Hits
    ) -> Iterator[NumberEvidence]:
        """Yield each number of a family that is not known to be published.

        Args:
            document: what `joined` was joined from.
            joined: its text.
            hits: where the codes stand in the folded text, as indices into `codes`.
        """
        if not len(hits):
            return
        text = joined.folded.text
        zones = Zones(document)
        reached = -1
        # Longest first where two codes end together: 国办发 holds 办发.
        for start, end, index in sorted(
            zip(hits.starts.tolist(), hits.ends.tolist(), hits.terms.tolist(), strict=True),
            key=lambda hit: (hit[1], hit[0]),
        ):
            family = self._families[index]
            stop = end if family.heading else self._end_of_number(text, start, end, family)
            if stop is None or end == reached:
                continue
            reached = end
            seen = self._evidence(document, joined, zones, family, (start, stop))
            if seen.own or not family.heading:
                yield seen

    def _end_of_number(self, text: str, start: int, end: int, family: Family) -> int | None:
        """Where the number that begins with the code [start, end) ends; None if published."""
        tail = _TAIL.match(text, end)
        if tail is None or not _begins_here(text, start):
            return None
        number = f"{family.code}〔{tail[1].translate(_DIGITS)}〕{int(tail[2])}号"
        return None if number in self._published else tail.end()

    def _evidence(
        self,
        document: Document,
        joined: JoinedText,
        zones: Zones,
        family: Family,
        where: tuple[int, int],
    ) -> NumberEvidence:
        origin = joined.folded.origin
        part, span = joined.locate(int(origin[where[0]]), int(origin[where[1] - 1]) + 1)
        place = document.parts[part].place
        line = _line_of(document.parts[part].text, span.start)
        candidate = Candidate(part, span, line, prose=False)
        room = 0 if family.heading else 12  # 签发人：某某 may stand beside a number
        own = (
            len(line) <= (span.end - span.start) + room
            and place.area in {Area.BODY, Area.TEXTBOX, Area.CELL}
            and zones.zone(candidate) is Zone.STRONG
        )
        return NumberEvidence(part, span, family.code, family.severity, place, own)


def _begins_here(text: str, start: int) -> bool:
    before = text[start - 1] if start else ""
    return not before or _HAN.match(before) is None or before in _BEFORE


def _line_of(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : len(text) if end < 0 else end].strip()
