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

import numpy as np

from markscan.data import folder
from markscan.document import Area, Document
from markscan.errors import LexiconError
from markscan.finding import NumberEvidence, Severity, Zone
from markscan.fold import fold
from markscan.match.candidates import Candidate, JoinedText
from markscan.match.lines import Lines
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
            known = tomllib.loads(
                (folder("lexicons") / "published-numbers.toml").read_text("utf-8")
            )
            self._published = {number for entry in known["source"] for number in entry["numbers"]}
        except (OSError, KeyError, TypeError, tomllib.TOMLDecodeError) as error:
            raise LexiconError(
                Text(f"文号词库：{error!r}", f"lexicon of document numbers: {error!r}")
            ) from error

    @property
    def codes(self) -> list[str]:
        """The codes to look for, folded; `find` takes their hits."""
        return [family.code for family in self._families]

    def find(self, document: Document, joined: JoinedText, hits: Hits) -> Iterator[NumberEvidence]:
        """Yield each number of a family that is not known to be published.

        Args:
            document: what `joined` was joined from.
            joined: its text.
            hits: where the codes stand, as indices into `codes`.
        """
        if not len(hits):
            return
        zones, lines = Zones(document), Lines(document)
        for family, start, stop in self._occurrences(joined, hits):
            seen = self._evidence(document, joined, zones, lines, family, (start, stop))
            number = self._number(joined.folded.text[start:stop], family)
            if seen.own if family.heading else number not in self._published:
                yield seen

    def _occurrences(self, joined: JoinedText, hits: Hits) -> Iterator[tuple[Family, int, int]]:
        """Yield family, start and end in the folded text."""
        text, origin, reached = joined.folded.text, joined.folded.origin, -1
        starts, ends = np.searchsorted(origin, hits.starts), np.searchsorted(origin, hits.ends)
        # Longest first where two codes end together: 国办发 holds 办发.
        for start, end, index in np.stack((starts, ends, hits.terms), 1).tolist():
            family = self._families[index]
            if end == reached:
                continue
            if family.heading:
                reached = end
                yield family, start, end
            elif (tail := _TAIL.match(text, end)) and _begins(_before(joined, start)):
                reached = end
                yield family, start, tail.end()

    @staticmethod
    def _number(text: str, family: Family) -> str:
        """The number in the form of published-numbers.toml."""
        tail = _TAIL.match(text, len(family.code))
        return f"{family.code}〔{tail[1].translate(_DIGITS)}〕{int(tail[2])}号" if tail else ""

    def _evidence(
        self,
        document: Document,
        joined: JoinedText,
        zones: Zones,
        lines: Lines,
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
            and document.parts[part].text.startswith(line[:2], span.start)
            and place.area in {Area.BODY, Area.TEXTBOX, Area.CELL}
            and zones.zone(candidate) is Zone.STRONG
        )
        where_it_stands = lines.place(part, span.start)
        return NumberEvidence(part, span, family.code, family.severity, where_it_stands, own)


def _begins(before: str) -> bool:
    """Whether a number may begin after this character."""
    return before in _BEFORE or _HAN.match(before) is None


def _before(joined: JoinedText, start: int) -> str:
    """The character before `start` of the folded text, a line end if one was dropped there."""
    origin, text = joined.folded.origin, joined.folded.text
    if not start:
        return ""
    dropped = joined.text[int(origin[start - 1]) + 1 : int(origin[start])]
    return "\n" if "\n" in dropped else text[start - 1]


def _line_of(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : len(text) if end < 0 else end].strip()
