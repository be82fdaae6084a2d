"""What `markscan lexicon check` writes, and the office's own texts that it counts in."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from pathlib import Path

from markscan.document import Part
from markscan.errors import UnreadError, UsageError
from markscan.extract import Budget, extract
from markscan.lexicon_review import Note, Review
from markscan.limits import Limits
from markscan.report.jsonl import line
from markscan.sniff import sniff
from markscan.source import Source
from markscan.termlist.term import Entries
from markscan.walk import printable
from markscan.wording import INTERFACE, Language

SCHEMA = "markscan.lexicon/1"
_SHOWN = 20  # remarks of one kind in a report for people; all of them in JSON Lines


class LexiconReport:
    """Words a review for people or programs; never quotes a sealed list.

    Args:
        lists: what was reviewed, in order.
        seen: what was seen in them.
        quote: whether to show terms.
    """

    def __init__(
        self, lists: Sequence[Entries], seen: Review, language: Language, *, quote: bool
    ) -> None:
        self._lists = lists
        self._ends = list(accumulate(map(len, lists)))
        self._seen = seen
        self._language = language
        self._quote = quote
        # Their ids tell what they are.
        named = (note.numbers for note in seen.notes if note.kind == "named")
        self._unnamed = frozenset(chain.from_iterable(named))

    def rows(self) -> Iterator[str]:
        """Yield the lines of the report for people."""
        shown: Counter[str] = Counter()
        for note in self._seen.notes:
            shown[note.kind] += 1
            if note.warns or shown[note.kind] <= _SHOWN:
                yield self._row(note)
        more = shown["inside"] - _SHOWN
        if more > 0:
            yield f"{self._said('more', count=more)}\n"
        yield from self._totals()

    def records(self) -> Iterator[str]:
        """Yield the lines for programs: one a note, then the totals."""
        seen = self._seen
        for note in seen.notes:
            record: dict[str, object] = {
                "schema": SCHEMA,
                "kind": note.kind,
                "severity": "warning" if note.warns else "info",
                "message": self._message(note),
                "terms": [self._term(number) for number in note.numbers],
            }
            if note.figure is not None:
                record |= {"figure": round(note.figure, 3), "counted": note.counted}
            yield line(record)
        yield line(
            {
                "schema": SCHEMA,
                "kind": "totals",
                "terms": seen.terms,
                "topics": dict(seen.topics),
                "lengths": {str(length): count for length, count in seen.lengths.items()},
                "expected": round(seen.expected, 3),
                "counted": None if seen.counted is None else round(seen.counted, 3),
                "megabytes": round(seen.megabytes, 3),
            }
        )

    def _row(self, note: Note) -> str:
        level = self._said("warning" if note.warns else "info")
        places = []
        for number in note.numbers:
            term = self._term(number)
            quoted = f" {term['text']}" if "text" in term else ""
            cited = f" [{term['id']}]" if term["id"] else ""
            places.append(f"{term['place']}{cited}{quoted}")
        said = f"{level}  {self._message(note)}"
        return "  ".join([said, *(printable(place) for place in places)]) + "\n"

    def _totals(self) -> Iterator[str]:
        seen = self._seen
        yield f"{self._said('terms', count=seen.terms)}\n"
        topics = ", ".join(f"{printable(name)} {count}" for name, count in seen.topics.items())
        yield f"{self._said('topics', topics=topics)}\n"
        lengths = ", ".join(f"{length}: {count}" for length, count in seen.lengths.items())
        yield f"{self._said('lengths', lengths=lengths)}\n"
        yield f"{self._said('expected', figure=_figure(seen.expected))}\n"
        if seen.counted is not None:
            values = {"figure": _figure(seen.counted), "megabytes": f"{seen.megabytes:.2f}"}
            yield f"{self._said('counted', **values)}\n"
        warnings = sum(note.warns for note in seen.notes)
        told = self._said("warnings", count=warnings) if warnings else self._said("no-warning")
        yield f"{told}\n"

    def _message(self, note: Note) -> str:
        key = f"{note.kind}.counted" if note.counted else note.kind
        return self._said(key, figure=_figure(note.figure or 0))

    def _term(self, number: int) -> dict[str, str]:
        which = bisect_right(self._ends, number)
        entries = self._lists[which]
        own = number - (self._ends[which - 1] if which else 0)
        place = f"{entries.source.path.name}:{entries.line(own)}"
        quoted = self._quote and not entries.source.sealed
        told = {"place": place, "id": entries.ids[own]}
        if number in self._unnamed and not quoted:
            told["id"] = ""
        if quoted:
            told["text"] = entries.texts[own]
        return told

    def _said(self, key: str, **values: object) -> str:
        return INTERFACE[f"lexicon.{key}"].fill(**values).of(self._language)


class FolderTexts:
    """Iterates over the texts of the files below a folder, of any format.

    `unread` counts the files that could not be read, once all were asked for.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise UsageError(INTERFACE["usage.out-folder"].fill(name=folder))
        self._folder = folder
        self.unread = 0

    def __iter__(self) -> Iterator[str]:
        for path in sorted(self._folder.rglob("*")):
            if path.is_file():
                yield self._text(Source(path))

    def _text(self, source: Source) -> str:
        texts: list[str] = []
        try:
            for item in extract(source, sniff(source), Budget(Limits(), (), None)):
                if isinstance(item, Part):
                    texts.append(item.text)
        except UnreadError:
            self.unread += 1
        return "\n".join(texts)


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"
