"""Benchmark: more and more rows: look-ups a second, bytes a row, text to passages.

Rows are random tags, as real ones are to whoever has no key. Peers: `np.searchsorted` in the
sorted column, and a Python set (up to a million rows). CPU time, one core, batches of 50,000.
Checked: of tags of which one in fifty is there, exactly those are found. What 10**9 rows would
take is worked out from bytes a row; nothing of that size is built.

Text to passages runs over public text with an index of 10**8 random rows in which nothing of it
stands: `candidates` are rows that answer all the same, `passages` what becomes of them.
Register size is that of 100 public documents, as a book and as its export; nothing of them is
left out as public, so that of real documents it is less.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.excerpts import texts
from markscan.fingerprint import HanText, Prints
from markscan.match.chain import chain
from markscan.register.book import Book
from markscan.register.entry import Entry
from markscan.register.index import Index
from markscan.register.names import Names
from markscan.register.opening import export
from markscan.register.register import Register
from markscan.register.registering import prepare

BATCH = 50_000
_HITS = 50  # one look-up in so many finds something
_SET_ROWS = 10**6
_FREE = 6e9  # bytes of memory that the largest size needs while it is built
_GOAL = 20.0  # million look-ups a second
_DOCUMENT = 20_000  # characters
_ROUNDS = 3
_REGISTERED = 100
_SIZES = (10**5, 10**6, 10**7, 10**8)


def run(quick: bool) -> Iterator[dict[str, object]]:
    """Yield a row for each size, the plan for a billion rows, text to passages, the files."""
    last: dict[str, object] = {}
    for rows in _SIZES[: 2 if quick else 4]:
        if rows == _SIZES[-1] and _free_memory() < _FREE:
            yield {"name": f"index, {rows:,} rows", "note": "not measured: too little memory"}
            continue
        last = _measure(rows, 10 if quick or rows == _SIZES[-1] else 40)
        yield last
    per_row = float(str(last["bytes_a_row"]))
    yield {
        "name": "index, 1,000,000,000 rows, planned",
        "gb": round(per_row, 1),
        "gb_without_places": round(per_row - 8, 1),
    }
    for rows in (_SIZES[1],) if quick else (_SIZES[1], _SIZES[-1]):
        if rows < _SIZES[-1] or _free_memory() >= _FREE:
            yield _to_passages(rows)
    yield _sizes()


def _to_passages(rows: int) -> dict[str, object]:
    """Text of all kinds against `rows` random rows, from the characters to the passages."""
    chance = np.random.default_rng(1)
    index = Index.of(
        chance.integers(0, 1 << 64, rows, np.uint64), chance.integers(0, 1 << 64, rows, np.uint64)
    )
    prints = Prints(texts.KEY.prints)
    register = Register({}, index, prints, Names.of((), texts.KEY.names), "")
    every = [each.text for kind in texts.others().values() for each in kind]
    every = [each.text for each in texts.laws()[:1500]] + every
    joined = "\n".join(every)[:8_000_000]
    documents = [joined[at : at + _DOCUMENT] for at in range(0, len(joined), _DOCUMENT)]
    size = len(joined.encode()) / 1e6
    speeds, candidates, found = [], 0, 0
    for number in range(_ROUNDS):
        start = time.process_time()
        for text in documents:
            hits = register.find(HanText(text))
            passages = chain(hits)
            if not number:
                candidates, found = candidates + len(hits), found + len(passages)
        speeds.append(size / max(time.process_time() - start, 1e-9))
    return {
        "name": f"text to passages, {rows:,} random rows",
        "mb_s": round(statistics.median(speeds), 1),
        "mb": round(size, 1),
        "candidates": candidates,
        "passages": found,
        "gb_of_index": round(sum(c.nbytes for c in index.columns.values()) / 1e9, 2),
    }


def _sizes() -> dict[str, object]:
    """Bytes of a register and its export for each byte of the text of 100 documents."""
    chosen = texts.laws()[:_REGISTERED]
    prints = Prints(texts.KEY.prints)
    additions = [
        prepare(Entry(0, "", "jimi", title=each.name[:40]), each.text, prints, public=True).addition
        for each in chosen
    ]
    with tempfile.TemporaryDirectory() as folder:
        book_file, out = Path(folder) / "book", Path(folder) / "export"
        with Book.create(book_file, texts.KEY) as book:
            book.add(additions)
            export(book, out)
            rows = len(book.rows()[0])
        book_size, out_size = book_file.stat().st_size, out.stat().st_size
    size = sum(each.size for each in chosen)
    return {
        "name": f"register size, {len(chosen)} documents",
        "mb": round(size / 1e6, 2),
        "rows": rows,
        "book_mb_a_mb": round(book_size / size, 2),
        "export_mb_a_mb": round(out_size / size, 2),
    }


def _measure(rows: int, batches: int) -> dict[str, object]:
    chance = np.random.default_rng(rows)
    tags = chance.integers(0, 1 << 64, rows, np.uint64)
    start = time.process_time()
    index = Index.of(tags, np.zeros(rows, np.uint64))
    built = time.process_time() - start
    sought = chance.integers(0, 1 << 64, (batches, BATCH), np.uint64)
    sought[:, ::_HITS] = chance.choice(tags, (batches, BATCH // _HITS))
    misses = chance.integers(0, 1 << 64, (batches, BATCH), np.uint64)
    hits = chance.choice(tags, (batches, BATCH))
    tags.sort()
    found = sum(len(index.find(batch)[0]) for batch in sought)
    real = sum(int((tags[np.searchsorted(tags, b) % rows] == b).sum()) for b in sought)
    ours = _speeds(index.find, sought)
    plain = _speeds(lambda batch: np.searchsorted(tags, batch), sought)
    row: dict[str, object] = {
        "name": f"index, {rows:,} rows",
        "m_look_ups_s": round(statistics.median(ours), 1),
        "misses": round(statistics.median(_speeds(index.find, misses)), 1),
        "hits": round(statistics.median(_speeds(index.find, hits)), 1),
        "bytes_a_row": round(sum(c.nbytes for c in index.columns.values()) / rows, 2),
        "m_rows_built_s": round(rows / built / 1e6, 1),
        "searchsorted": round(statistics.median(plain), 2),
        "ratio": round(statistics.median(a / b for a, b in zip(ours, plain, strict=True)), 1),
        "check": found == real,
    }
    if rows <= _SET_ROWS:
        known = set(tags.tolist())
        lists = [batch.tolist() for batch in sought]
        row["python_set"] = round(
            statistics.median(_speeds(lambda some: [t for t in some if t in known], lists)), 1
        )
    return row


def _speeds(work: Callable[..., object], batches: object) -> list[float]:
    """Million look-ups a second, for each batch."""
    speeds = []
    for batch in batches:  # type: ignore[attr-defined]
        start = time.process_time()
        work(batch)
        speeds.append(BATCH / max(time.process_time() - start, 1e-9) / 1e6)
    return speeds


def _free_memory() -> float:
    """Bytes of memory that are free; plenty where nobody tells."""
    try:
        with Path("/proc/meminfo").open(encoding="utf-8") as file:
            for line in file:
                if line.startswith("MemAvailable"):
                    return float(line.split()[1]) * 1024
    except OSError:
        pass
    return float("inf")
