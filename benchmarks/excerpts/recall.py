"""Benchmark: how many excerpts are found, by what was done to them and by their length.

Registered are documents whose fold is not in the table of public text. An excerpt is a run of
as many characters, white space not counted, of which at most a fifth of the groups of twelve
ideographs stands in public text; it stands between 60 characters of a text of another kind.
It is found if a passage of the right document overlaps it. `alert` and `review` are percent;
`review` counts both tiers.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.excerpts import texts
from benchmarks.excerpts.edits import EDITS
from markscan.finding import Tier
from markscan.fingerprint import HanText
from markscan.match.excerpts import ExcerptFinder

LENGTHS = (20, 30, 50, 100, 200, 500)
FOREIGN = 60  # characters of other text before and after
PUBLIC_PART = 0.2
_GROUP = 12
# What must be reached: (edit, length) -> (tier, percent).
GOALS = {
    ("verbatim", 20): ("review", 97.0),
    ("verbatim", 30): ("alert", 95.0),
    ("synonyms 20 %", 100): ("review", 99.0),
    ("synonyms 30 %", 100): ("review", 90.0),
    ("misread 10 %", 100): ("review", 95.0),
    ("deleted 30 %", 200): ("review", 93.0),
}


def run(quick: bool) -> Iterator[dict[str, object]]:
    """Yield a row for each edit and length, for laws and for notices registered."""
    laws, notices = texts.laws(), texts.notices()
    if quick:
        laws = laws[::4]
    # As many documents make the table as are left out of it.
    known = [each for each in laws if each.fold % 2]
    left = [each for each in laws if not each.fold % 2]
    registered = random.Random(2).sample(left, min(600, len(left)))
    count = 15 if quick else 300
    lengths = (20, 30, 100, 200) if quick else LENGTHS
    yield from _rows("notices", notices, laws, lengths, count)
    if not quick:
        yield from _rows("laws", registered, known, lengths, count)


def _rows(
    name: str,
    registered: Sequence[texts.Text],
    known: Sequence[texts.Text],
    lengths: Sequence[int],
    count: int,
) -> Iterator[dict[str, object]]:
    finder, register = texts.finder(registered, texts.public_table(known))
    rows = len(register.index)
    groups = np.unique(np.concatenate([_groups(HanText(each.text).units) for each in known]))
    foreign = [_bare(each.text) for kind in texts.others().values() for each in kind]
    foreign = [each for each in foreign if len(each) > 4 * FOREIGN]
    bare = [_bare(each.text) for each in registered]
    said = texts.statistics_of(known)
    for length in lengths:
        chance = random.Random(length)
        drawn = [_excerpt(bare, length, groups, chance) for _ in range(count)]
        for edit, change in EDITS.items():
            tiers = []
            for number, excerpt in drawn:
                around = chance.choice(foreign)
                at = chance.randrange(len(around) - 2 * FOREIGN)
                before, after = around[at : at + FOREIGN], around[at + FOREIGN :][:FOREIGN]
                with texts.told_by(said):
                    tiers.append(_tier(finder, before, change(excerpt, chance), after, number))
            yield _row(name, rows, edit, length, tiers)


def _row(
    name: str, rows: int, edit: str, length: int, tiers: list[Tier | None]
) -> dict[str, object]:
    alert = 100 * sum(tier is Tier.ALERT for tier in tiers) / len(tiers)
    review = 100 * sum(tier is not None for tier in tiers) / len(tiers)
    tier, least = GOALS.get((edit, length), ("", 0.0))
    row: dict[str, object] = {
        "name": f"recall, {name}, {edit}, {length}",
        "review": round(review, 1),
        "alert": round(alert, 1),
        "excerpts": len(tiers),
        "rows": rows,
    }
    if tier and texts.real():
        reached = {"review": review, "alert": alert}[tier] >= least
        row["goal"] = f"{tier} ≥ {least:g}: {'reached' if reached else 'missed'}"
    return row


def _tier(finder: ExcerptFinder, before: str, excerpt: str, after: str, number: int) -> Tier | None:
    """The tier of the surest passage of the right document that overlaps the excerpt."""
    start, end = len(before), len(before) + len(excerpt)
    found = [
        seen.tier
        for reuse in texts.reuses(finder, before + excerpt + after)
        if reuse.entry.number == number
        for seen in reuse.passages
        if seen.span.start < end and seen.span.end > start
    ]
    return min(found, key=lambda tier: tier is not Tier.ALERT, default=None)


def _excerpt(
    bare: Sequence[str], length: int, known: NDArray[np.uint64], chance: random.Random
) -> tuple[int, str]:
    """The number of a document, from 1, and an excerpt of it that is hardly public."""
    while True:
        number = chance.randrange(len(bare))
        text = bare[number]
        if len(text) < length + 50:
            continue
        at = chance.randrange(len(text) - length)
        groups = _groups(HanText(text[at : at + length]).units)
        if len(groups) and texts.holds(known, groups).mean() <= PUBLIC_PART:
            return number + 1, text[at : at + length]


def _groups(units: NDArray[np.uint16]) -> NDArray[np.uint64]:
    """Hashes of all groups of twelve ideographs."""
    count = max(len(units) - _GROUP + 1, 0)
    mixed = np.zeros(count, np.uint64)
    for place in range(_GROUP):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + units[place : place + count]
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _bare(text: str) -> str:
    return re.sub(r"<!--.*?-->|[#\s]+", "", text)
