"""What the commands on registers print. Titles and numbers only where they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TextIO

from markscan.cli.console import complain, remark
from markscan.lexicon import read_levels
from markscan.marking import Condition, LongTerm, Period
from markscan.register.entry import Entry, to_plain
from markscan.report.columns import padded, width
from markscan.report.jsonl import line
from markscan.rules.derivation import mark_words
from markscan.walk import printable
from markscan.wording import INTERFACE, REGISTER, Language, Text

if TYPE_CHECKING:
    from markscan.intake import Wanted

SCHEMA = "markscan.register/1"
_COLUMNS = ("id", "mark", "issued", "ends", "state", "size")


class AddReport:
    """Says of each document what became of it, as soon as it is known."""

    def __init__(self, stream: TextIO, language: Language, format: str) -> None:
        self._stream = stream
        self._language = language
        self._jsonl = format == "jsonl"
        self._count = 0
        self.refused = 0

    def added(
        self, wanted: Wanted, entry: Entry, taken: Sequence[str], warnings: Iterable[Text]
    ) -> None:
        """Say that a document stands in the register, and what its owner should know."""
        self._count += 1
        told = [each.of(self._language) for each in warnings]
        if self._jsonl:
            record = self._record(wanted, "added")
            record |= {"entry": record_of(entry, names=False), "taken": list(taken)}
            self._stream.write(line(record | {"warnings": told}))
            return
        values = {"id": entry.id, "name": self._name(wanted), "mark": mark_of(entry)}
        row = REGISTER["add.added"].fill(**values, size=f"{entry.size:,}", kept=f"{entry.kept:,}")
        rows = [row.of(self._language)]
        if taken:
            names = [INTERFACE[f"register.{name}"] for name in taken]
            listed = Text("、".join(n.zh for n in names), ", ".join(n.en for n in names))
            rows.append("    " + REGISTER["add.taken"].fill(names=listed).of(self._language))
        rows += ["    " + REGISTER["add.warning"].fill(text=t).of(self._language) for t in told]
        self._stream.write("\n".join(rows) + "\n")

    def refuse(self, wanted: Wanted, why: Text) -> None:
        """Say that a document was not registered, and why."""
        self.refused += 1
        if self._jsonl:
            record = self._record(wanted, "refused")
            self._stream.write(line(record | {"message": why.of(self._language)}))
            return
        self._stream.flush()
        complain(REGISTER["add.refused"].fill(name=self._name(wanted), why=why), self._language)

    def close(self) -> None:
        """Say how many were added, and how many not."""
        self._stream.flush()
        key = "add.some" if self.refused else "add.all"
        remark(REGISTER[key].fill(count=self._count, refused=self.refused), self._language)

    def _record(self, wanted: Wanted, status: str) -> dict[str, object]:
        where = {"line": wanted.where} if wanted.where is not None else {}
        file = printable(wanted.file.as_posix())
        return {"schema": SCHEMA, "status": status, "file": file, **where}

    def _name(self, wanted: Wanted) -> str:
        name = printable(wanted.file.name or str(wanted.file))
        if wanted.where is None:
            return name
        return REGISTER["add.line"].fill(line=wanted.where, name=name).of(self._language).rstrip()


def record_of(entry: Entry, *, names: bool) -> dict[str, object]:
    """Return the object of one entry; title and number only with `names`."""
    shown = entry if names else replace(entry, title="", document_number="")
    plain = to_plain(shown)
    del plain["number"]  # its place in the file, which nobody else counts by
    plain.pop("title_span", None)
    plain.pop("lines", None)
    return plain


def mark_of(entry: Entry) -> str:
    """Return the marking of the registered document: 机密★10年; 机密 where no period is known."""
    return _mark(entry.level, entry.period)


def end_of(entry: Entry) -> Text:
    """Return until when a registered document binds, as the end of a sentence about it."""
    if entry.ends is not None:
        said = "change.assumed" if entry.assumed else "change.ends"
        return REGISTER[said].fill(day=entry.ends.isoformat())
    match entry.period:
        case LongTerm():
            return REGISTER["change.long-term"]
        case Condition():
            return REGISTER["change.condition"]
        case _:
            return REGISTER["change.no-end"]


def _mark(code: str, period: Period | None) -> str:
    return printable(mark_words(read_levels().find("cn-state", code), code, period))


def table(
    entries: Sequence[Entry], today: date, language: Language, *, names: bool
) -> Iterator[str]:
    """Yield the lines of a table of entries, its heading first."""
    columns = [*_COLUMNS, *(("document_number", "title") if names else ())]
    rows = [[INTERFACE[f"register.{column}"].of(language) for column in columns]]
    for entry in entries:
        values = _values(entry, today, language)
        rows.append([printable(values.get(column, "")) for column in columns])
    widths = [max(width(row[n]) for row in rows) for n in range(len(columns))]
    for row in rows:
        cells = (padded(cell, columns) for cell, columns in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip() + "\n"


def page(entry: Entry, today: date, language: Language, *, names: bool) -> Iterator[str]:
    """Yield the lines of all that is known of one entry."""
    values = _values(entry, today, language)
    if not names:
        values["title"] = values["document_number"] = ""
        withheld = [key for key in ("title", "document_number") if getattr(entry, key)]
        values |= {key: REGISTER["show.withheld"].of(language) for key in withheld}
    told = {key: value for key, value in values.items() if value}
    column = max(width(INTERFACE[f"register.{key}"].of(language)) for key in told)
    for key, value in told.items():
        name = padded(INTERFACE[f"register.{key}"].of(language), column)
        yield f"{name}  {printable(value)}\n"


def _values(entry: Entry, today: date, language: Language) -> dict[str, str]:
    """What is known of an entry in words, in the order in which a page shows it."""
    between = "、" if language == "zh" else ", "
    points = [f"{point.span.start}–{point.span.end}" for point in entry.points]
    return {
        "id": entry.id,
        "mark": mark_of(entry),
        "issued": _day(entry.issued),
        "ends": _day(entry.ends) + ("?" if entry.assumed else ""),
        "state": REGISTER[f"state.{state_of(entry, today)}"].of(language),
        "declassified": _day(entry.declassified),
        "fulfilled": _day(entry.fulfilled),
        "reviewed": between.join(map(_day, entry.reviewed)),
        "changes": between.join(
            f"{_mark(change.level, change.period)} ({_day(change.day)})" for change in entry.changes
        ),
        "return_by": _day(entry.return_by),
        "returned": _day(entry.returned),
        "transferred": _day(entry.transferred),
        "document_number": entry.document_number,
        "title": entry.title,
        "scope": between.join(entry.scope),
        "copies": str(entry.copies or ""),
        "approvals": between.join(entry.approvals),
        "stamp": entry.stamp,
        "parent": entry.parent,
        "points": between.join(points),
        "size": f"{entry.size:,}",
        "kept": f"{entry.kept:,}",
    }


def state_of(entry: Entry, today: date) -> str:
    """`in-force`, `ended`, or `declassified` (released ahead of its end)."""
    if entry.in_force(today):
        return "in-force"
    released = (entry.declassified, entry.fulfilled)
    early = any(day is not None and day <= today for day in released)
    return "declassified" if early else "ended"


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
