"""What `markscan hunt` writes: files that hold passages of registered documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from markscan.document import Place
from markscan.finding import ExcerptEvidence, Outcome, Status, Tier
from markscan.register.hunting import Candidate
from markscan.register.register import Register
from markscan.report.columns import padded, width
from markscan.report.jsonl import line, place_record
from markscan.walk import printable
from markscan.wording import REGISTER, Language

SCHEMA = "markscan.hunt/1"


@dataclass(frozen=True, slots=True)
class Row:
    """A file and a registered document of which it has something.

    `state` is `suspected` where the file was not read again, `confirmed` or `review` by what a
    full scan finds, `unread` where it could not be read again. `share` is the part of the
    document that stands in the file: an estimate unless confirmed. `hits` is how many kept
    fingerprints they share, `read` when the file was read for the sketch; 0 and empty where
    only the second reading has found it. `place` is where the first passage begins.
    """

    locator: str
    entry: str
    state: str
    share: float
    hits: int = 0
    read: str = ""
    passages: int = 0
    place: Place | None = None


def suspected(candidates: Iterable[Candidate], register: Register) -> list[Row]:
    """Return a row for each candidate, in their order."""
    return [_suspect(each, register, "suspected") for each in candidates]


def confirmed(
    candidates: Sequence[Candidate],
    outcomes: Mapping[str, Outcome],
    register: Register,
    sought: Set[int],
) -> list[Row]:
    """Return what holds after the files were read again, most first; then what was not read.

    Args:
        candidates: what was suspected.
        outcomes: of the second reading, by locator.
        register: holds the documents.
        sought: numbers of those that are looked for.
    """
    known = {(each.locator, register.entries[each.entry].id): each for each in candidates}
    sizes = {register.entries[n].id: register.entries[n].size for n in sought}
    rows: list[Row] = []
    for locator, outcome in outcomes.items():
        by_entry: dict[str, list[ExcerptEvidence]] = {}
        for seen in outcome.excerpts:
            if seen.entry in sizes:
                by_entry.setdefault(seen.entry, []).append(seen)
        for entry, passages in by_entry.items():
            before = known.get((locator, entry))
            sure = any(seen.tier is Tier.ALERT for seen in passages)
            covered = sum(seen.covered for seen in passages)
            rows.append(
                Row(
                    locator,
                    entry,
                    "confirmed" if sure else "review",
                    min(covered / max(sizes[entry], 1), 1.0),
                    before.hits if before is not None else 0,
                    before.at if before is not None else "",
                    len(passages),
                    passages[0].place,
                )
            )
    rows.sort(key=lambda row: (row.state != "confirmed", -row.share, row.locator, row.entry))
    found = {(row.locator, row.entry) for row in rows}
    unread = [
        _suspect(each, register, "unread")
        for key, each in known.items()
        if key not in found and _unread(outcomes.get(each.locator))
    ]
    return rows + unread


def as_table(rows: Sequence[Row], language: Language) -> Iterator[str]:
    """Yield the lines of a table, nothing without rows."""
    if not rows:
        return
    told = [[REGISTER[f"hunt.{name}"].of(language) for name in ("entry", "share", "state")]]
    told[0] += [REGISTER[f"hunt.{name}"].of(language) for name in ("read", "file")]
    for row in rows:
        sign = "" if row.state in ("confirmed", "review") else "~"
        at = place_record(row.place)["label"] if row.place is not None else ""
        where = f" ({at})" if at else ""
        state = REGISTER[f"hunt.{row.state}"].of(language)
        share = f"{sign}{row.share:.0%}"
        told.append([row.entry, share, state, row.read[:10], row.locator + where])
    cells = [[printable(cell) for cell in each] for each in told]
    widths = [max(width(row[n]) for row in cells) for n in range(len(cells[0]))]
    for each in cells:
        padding = (padded(cell, columns) for cell, columns in zip(each, widths, strict=True))
        yield "  ".join(padding).rstrip() + "\n"


def as_records(rows: Sequence[Row], language: Language) -> Iterator[str]:
    """Yield a line of JSON for each row; `language` makes no difference."""
    del language
    for row in rows:
        record: dict[str, object] = {
            "schema": SCHEMA,
            "locator": printable(row.locator),
            "entry": row.entry,
            "state": row.state,
            "share": round(row.share, 4),
            "hits": row.hits,
            "read": row.read or None,
        }
        if row.place is not None:
            record |= {"passages": row.passages, "place": place_record(row.place)}
        yield line(record)


def _suspect(each: Candidate, register: Register, state: str) -> Row:
    entry = register.entries[each.entry].id
    return Row(each.locator, entry, state, each.share, each.hits, each.at)


def _unread(outcome: Outcome | None) -> bool:
    """Whether a file may still hold what was suspected: it is gone, or was not read in full."""
    return outcome is None or outcome.status is not Status.EXAMINED
