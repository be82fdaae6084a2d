"""Benchmark: findings in text that has nothing of a registered document, per GB of text.

A finding is a file and a registered document of which it has a passage. Pairs that share 80
ideographs in a row are true reuse and left out; whatever else two papers share counts as false,
also where one quotes a sentence of the other. Each fold is scanned with a table of public text
made of the other five, and the surprisal of what is found is told by those five and other
text but examination papers; `no formulas` does without the list of formulas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from benchmarks.excerpts import texts
from benchmarks.excerpts.texts import Hashes, Text
from markscan.background import Background
from markscan.finding import Tier
from markscan.fingerprint import HanText
from markscan.match.excerpts import Reuse
from markscan.pool import Units

REGULATIONS = ("DLC", "行政法规")  # of provinces, and of the State Council
RUN = 80  # ideographs in a row that are no accident
MOST = {"official": 1000.0, "other": 10.0}  # alerts per GB


def run(quick: bool) -> Iterator[dict[str, object]]:
    """Yield a row for each kind of registered and of scanned text."""
    folds = [0] if quick else list(range(texts.FOLDS))
    laws = texts.laws()[:: 4 if quick else 1]
    full, bare = {}, {}
    for fold in folds:
        known = [each for each in laws if each.fold != fold]
        said = texts.statistics_of(known)
        full[fold] = texts.public_table(known), said
        bare[fold] = texts.public_table(known, formulas=False), said
    of = {fold: [each for each in laws if each.fold == fold] for fold in folds}
    courts = {fold: [each for each in of[fold] if "司法解释" in each.name] for fold in folds}
    rest = {fold: [each for each in of[fold] if "司法解释" not in each.name] for fold in folds}
    rules = {fold: [e for e in rest[fold] if e.name.startswith(REGULATIONS)] for fold in folds}
    same = dict.fromkeys(folds, texts.notices())
    yield _row("notices registered, laws scanned", "official", same, of, full)
    yield _row("the same, no formulas", "official", same, of, bare)
    if texts.real():
        yield _row("courts registered, regulations scanned", "official", courts, rules, full)
        yield _row("courts registered, all laws scanned", "official", courts, rest, full)
    for kind, every in texts.others().items():
        scanned = dict.fromkeys(folds, every)
        yield _row(f"laws registered, {kind} scanned", "other", of, scanned, full)


def _row(
    name: str,
    kind: str,
    registered: dict[int, list[Text]],
    scanned: dict[int, list[Text]],
    tables: dict[int, tuple[Hashes, Background]],
) -> dict[str, object]:
    counted: Counter[Tier | None] = Counter()
    size = most = 0
    for fold, (table, said) in tables.items():
        finder, register = texts.finder(registered[fold], table)
        most = max(most, len(register.index))
        units = [HanText(each.text).units for each in registered[fold]]
        size += sum(each.size for each in scanned[fold])
        with texts.told_by(said):
            for each in scanned[fold]:
                counted.update(_false(texts.reuses(finder, each.text), units, each))
    alerts = counted[Tier.ALERT] / size * 1e9
    row: dict[str, object] = {
        "name": f"false findings, {name}",
        "alert_per_gb": round(alerts),
        "review_per_gb": round(counted[Tier.REVIEW] / size * 1e9),
        "alerts": counted[Tier.ALERT],
        "mb": round(size / 1e6, 1),
        "rows": most,
    }
    if texts.real():
        reached = "reached" if alerts <= MOST[kind] else "missed"
        row["goal"] = f"alert ≤ {MOST[kind]:g}: {reached}"
    return row


def _false(reuses: Iterable[Reuse], units: Sequence[Units], scanned: Text) -> Iterator[Tier | None]:
    """Yield the tiers of `reuses` that are no true reuse; `units` are those of the registered."""
    for reuse in reuses:
        if not _share_run(units[reuse.entry.number - 1], HanText(scanned.text).units):
            yield reuse.tier


def _share_run(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two texts have `RUN` ideographs in a row in common."""
    step = RUN // 2
    text = other.astype("<u2").tobytes()
    for at in range(0, len(one) - step + 1, step):
        block = one[at : at + step].astype("<u2").tobytes()
        place = text.find(block)
        while place >= 0:
            if place % 2 == 0 and _run(one, other, at, place // 2) >= RUN:
                return True
            place = text.find(block, place + 1)
    return False


def _run(one: np.ndarray, other: np.ndarray, at: int, place: int) -> int:
    """How long the common run around two places is, up to `RUN` to each side."""
    before = min(at, place, RUN)
    after = min(len(one) - at, len(other) - place, RUN)
    back = one[at - before : at][::-1] != other[place - before : place][::-1]
    on = one[at : at + after] != other[place : place + after]
    return _first(back) + _first(on)


def _first(differs: Sequence[bool] | np.ndarray) -> int:
    found = np.flatnonzero(differs)
    return int(found[0]) if len(found) else len(differs)
