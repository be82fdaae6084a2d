"""What a sketch of a scan costs and finds: bytes, time, recall by length, false candidates.

Registered are public documents of one kind, scanned are others; their fingerprints are cleared of
those of a third part, as the table of public text does. Where the corpus is absent texts are
made up: then nothing is ever shared by accident, and the row of false candidates says nothing.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.corpora import PUBLIC, texts
from markscan.fingerprint import HanText, Prints, pieces, select
from markscan.register import Entry
from markscan.register.book import Addition
from markscan.register.hunting import Hunt, hunt
from markscan.register.keys import Key
from markscan.register.register import Register
from markscan.register.registering import register_of
from markscan.register.sketch_writer import Read, Writer
from markscan.register.sketches import FRACTION, Sketches, kept

LENGTHS = (30, 50, 100, 200, 500)  # characters of a passage
_KEY = Key.of(b"markscan: a key of the benchmark")
_PRINTS = Prints(_KEY.prints)
_AROUND = 300  # characters of foreign text before and behind a passage
_HAN = 0.7  # part of a passage that is ideographs, at least
_TRUE = 15  # kept fingerprints in common, from which on it is no accident
# What is registered, what is scanned: folders of the corpus.
_KINDS = {
    "another kind of text": ("LawRefBook__Laws", ("LCTT__TranslateProject", "NiuTrans__*")),
    "another kind of official text": ("ZhouYNF__platform-1", ("LawRefBook__Laws",)),
}


@dataclass(frozen=True, slots=True)
class _Parts:
    """Texts for the table of public text, to be registered, to be scanned."""

    public: list[str]
    registered: list[str]
    scanned: list[str]

    @classmethod
    def of(cls, megabytes: float) -> _Parts:
        """Cut the corpus."""
        whole = texts(megabytes)
        many = max(len(whole) // 10, 1)
        return cls(whole[: 4 * many], whole[4 * many : 5 * many], whole[5 * many :])


def run(quick: bool) -> Iterator[dict[str, object]]:
    """Measure on 16 MB (60 without `quick`) of text, and on made-up fingerprints."""
    parts = _Parts.of(16 if quick else 60)
    register = _register(parts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _cost(folder, parts, register)
        yield from _accidents(folder, 4 if quick else 40)
        yield from _recall(folder, parts, register, 40 if quick else 300)
        for count in (10**6, 10**7) if quick else (10**6, 10**7, 10**8):
            yield _growth(folder, count, register, parts.registered[0])


def _tags(text: str) -> tuple[HanText, np.ndarray, np.ndarray]:
    han = HanText(text)
    starts = select(han.units)
    return han, starts, _PRINTS.tags(pieces(han.units, starts))


def _register(parts: _Parts) -> Register:
    public = np.unique(np.concatenate([_tags(text)[2] for text in parts.public]))
    added = []
    for number, text in enumerate(parts.registered, 1):
        han, starts, tags = _tags(text)
        at = np.minimum(np.searchsorted(public, tags), len(public) - 1)
        own = public[at] != tags
        tags, first = np.unique(tags[own], return_index=True)
        entry = Entry(number, f"R{number}", "secret", size=len(han), kept=len(tags))
        added.append(Addition(entry, tags, starts[own][first].astype(np.int64)))
    return register_of(added, _KEY)


def _cost(folder: Path, parts: _Parts, register: Register) -> Iterator[dict[str, object]]:
    """Bytes and time of a sketch, time of a hunt in it, and what it lists by accident."""
    size = sum(len(text.encode()) for text in parts.scanned) / 1e6
    began = time.process_time()
    prints = [_tags(text)[2] for text in parts.scanned]
    making = time.process_time() - began
    began = time.process_time()
    rows = [kept(tags) for tags in prints]
    choosing = time.process_time() - began
    path = folder / "cost"
    began = time.process_time()
    _write(path, rows)
    writing = time.process_time() - began
    yield {
        "name": f"sketch of {len(rows)} texts, {size:.0f} MB",
        "bytes_per_mb": path.stat().st_size / size,
        "kept_per_mb": sum(map(len, rows)) / 8 / size,
        "choosing_s_per_gb": 1000 * choosing / size,
        "writing_s_per_gb": 1000 * writing / size,
        "of_making_fingerprints": (choosing + writing) / making,
    }
    began = time.process_time()
    found = _hunt(path, register, alone=True)
    spent = time.process_time() - began
    yield {
        "name": f"hunt for {len(register.entries)} texts ({len(register.index)} rows)",
        "seconds_per_gb": 1000 * spent / size,
        "listed": len(found.candidates),
    }


def _accidents(folder: Path, megabytes: float) -> Iterator[dict[str, object]]:
    """What is listed of files that hold nothing of what is registered, where the corpus lies."""
    if not PUBLIC.is_dir():
        return
    for name, (registered, scanned) in _KINDS.items():
        own, foreign = _folders((registered,), 4), _folders(scanned, megabytes)
        register = _register(_Parts(_folders(("LawRefBook__Laws",), 20, seed=5), own, foreign))
        known = set(_folders(("LawRefBook__Laws",), 20, seed=5))
        foreign = [text for text in foreign if text not in known]
        size = sum(len(text.encode()) for text in foreign) / 1e9
        path = folder / "accidents"
        _write(path, [kept(_tags(text)[2]) for text in foreign])
        found = _hunt(path, register, alone=True).candidates
        path.unlink()
        chance = [one for one in found if one.hits < _TRUE]
        yield {
            "name": f"listed by accident: {name}, {1000 * size:.0f} MB",
            "rows": len(register.index),
            "listed_per_gb": sum(one.likely for one in chance) / size,
            "with_all_per_gb": len(chance) / size,
            "files_with_all": len({one.path for one in chance}) / len(foreign),
        }


def _folders(names: Sequence[str], megabytes: float, seed: int = 7) -> list[str]:
    files = [
        path
        for name in names
        for folder in sorted(PUBLIC.glob(name))
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".txt", ".md")
    ]
    random.Random(seed).shuffle(files)
    found, size = [], 0
    for path in files:
        if size > megabytes * 1e6:
            break
        found.append(path.read_text("utf-8", "replace"))
        size += len(found[-1].encode())
    return found


def _recall(
    folder: Path, parts: _Parts, register: Register, times: int
) -> Iterator[dict[str, object]]:
    """How often a file with one passage is listed, by the length of the passage.

    A passage is one of which something can be found at all: mostly ideographs, and of its pieces
    at least half are protected.
    """
    chance = random.Random(11)
    for length in LENGTHS:
        wanted, rows = [], []
        for number, passage in _passages(parts.registered, register, length, times, chance):
            foreign = chance.choice(parts.scanned)
            at = chance.randrange(max(len(foreign) - 2 * _AROUND, 1))
            before, behind = foreign[at : at + _AROUND], foreign[at + _AROUND :][:_AROUND]
            rows.append(kept(_tags(f"{before}\n{passage}\n{behind}")[2]))
            wanted.append(number)
        path = folder / f"recall{length}"
        _write(path, rows)
        found = _hunt(path, register, alone=True)
        listed = {(one.locator, one.entry): one.likely for one in found.candidates}
        seen = [listed.get((f"/{n}", number)) for n, number in enumerate(wanted)]
        yield {
            "name": f"recall, passages of {length} characters",
            "passages": len(wanted),
            "listed": sum(1 for one in seen if one) / max(len(seen), 1),
            "with_all_or_confirm": sum(1 for one in seen if one is not None) / max(len(seen), 1),
        }


def _passages(
    registered: Sequence[str], register: Register, length: int, times: int, chance: random.Random
) -> Iterator[tuple[int, str]]:
    for _ in range(100 * times):
        number = chance.randrange(len(registered))
        text = registered[number]
        if len(text) <= length or times <= 0:
            continue
        at = chance.randrange(len(text) - length)
        passage = text[at : at + length]
        han, places, tags = _tags(passage)
        hits = register.look_up(places, tags)
        own = int(np.count_nonzero(hits.entry == number + 1))
        if own and 2 * own >= len(tags) and len(han) >= _HAN * length:
            times -= 1
            yield number + 1, passage


def _growth(folder: Path, count: int, register: Register, copied: str) -> dict[str, object]:
    """Time of a hunt in `count` made-up fingerprints, 1,000 a file, among them ten copies."""
    chance = np.random.default_rng(3)
    own = kept(_tags(copied)[2])
    path = folder / "growth"
    each = 1000
    with Writer(path, _KEY) as writer:
        for number in range(count // each):
            tags = chance.integers(0, 1 << 62, each, np.uint64) * np.uint64(FRACTION)
            row = own if number % max(count // each // 10, 1) == 0 else kept(tags)
            writer.add(Read(f"/{number}", ((f"/{number}", row),)))
    began, clock = time.process_time(), time.perf_counter()
    found = _hunt(path, register)
    spent, wall = time.process_time() - began, time.perf_counter() - clock
    files = {one.path for one in found.candidates}
    size = path.stat().st_size
    path.unlink()
    return {
        "name": f"hunt in {count:,} fingerprints",
        "seconds": spent,
        "wall_s": wall,
        "millions_per_s": count / spent / 1e6,
        "megabytes": size / 1e6,
        "check": len(files) in (10, 11) and found.files == count // each,
    }


def _write(path: Path, rows: Iterable[bytes]) -> None:
    with Writer(path, _KEY) as writer:
        for number, row in enumerate(rows):
            writer.add(Read(f"/{number}", ((f"/{number}", row),)))


def _hunt(path: Path, register: Register, *, alone: bool = False) -> Hunt:
    return hunt(Sketches(path, _KEY), register, set(register.entries), alone=alone)
