"""PDF extraction against pdfplumber: all text, and the layout of the first page.

Times are CPU seconds of this process, over the same files in the same run, the better of
two readings for either side; megabytes are those of the files. Files that either side
refuses are left out of both.
"""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable
from pathlib import Path

from markscan.cli.sample_pdf import SamplePage, TextLine, write_pdf
from markscan.document import Part
from markscan.errors import UnreadError
from markscan.extract.extractor import Budget, Limits
from markscan.extract.pdf import extract
from markscan.source import Source

_CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "formats"
_GOALS = {"text": 20.0, "layout": 10.0}


def run(quick: bool) -> list[dict[str, object]]:
    """Return one row for each set of files and task. `quick` takes one file in eight."""
    rows: list[dict[str, object]] = []
    for name, files in _sets(quick).items():
        rows.append(_row(f"pdf text, {name}", files, "text", _our_text, _peer_text))
        rows.append(_row(f"pdf page one, {name}", files, "layout", _our_page, _peer_page))
    return rows


def _sets(quick: bool) -> dict[str, list[bytes]]:
    sets = {}
    for name, folder in (("mixed", "pdf"), ("Chinese law", "law_pdf")):
        paths = sorted((_CORPUS / folder).glob("*.pdf"))
        if paths:
            sets[name] = [path.read_bytes() for path in paths[:: 8 if quick else 1]]
    return sets or {"generated": [_generated()] * (2 if quick else 10)}


def _generated() -> bytes:
    lines = tuple(
        TextLine("各级机关、单位应当依照规定确定国家秘密。" * 2, 60, 60 + 18 * row, 11)
        for row in range(40)
    )
    return write_pdf((SamplePage(lines),) * 8)


def _row(
    name: str,
    files: list[bytes],
    task: str,
    ours: Callable[[bytes], int],
    peer: Callable[[bytes], int],
) -> dict[str, object]:
    row: dict[str, object] = {"name": name, "peer": "pdfplumber", "check": f">= {_GOALS[task]:g}x"}
    ours(_generated())  # loads PDFium, the way a worker does before its first file
    try:
        peer(_generated())
    except ImportError:
        seconds = sum(filter(None, (_timed(ours, data) for data in files)))
        megabytes = sum(map(len, files)) / 1e6
        return row | {"value_mb_s": round(megabytes / seconds, 2), "note": "pdfplumber is absent"}
    mine = theirs = megabytes = 0.0
    for data in files:
        a, b = _timed(ours, data), _timed(peer, data)
        if a is not None and b is not None:
            mine, theirs, megabytes = mine + a, theirs + b, megabytes + len(data) / 1e6
    ratio = theirs / mine
    return row | {
        "value_mb_s": round(megabytes / mine, 2),
        "peer_mb_s": round(megabytes / theirs, 2),
        "ratio": round(ratio, 1),
        "reached": ratio >= _GOALS[task],
    }


def _timed(read: Callable[[bytes], int], data: bytes) -> float | None:
    """Return CPU seconds, the better of two; None where the file is refused or has no text."""
    best = float("inf")
    characters = 0
    try:
        for _ in range(2):
            started = time.process_time()
            characters = read(data)
            best = min(best, time.process_time() - started)
    except UnreadError:
        return None
    except Exception as error:  # pdfplumber lets errors of every kind out
        logging.getLogger(__name__).debug("peer refused a file: %r", error)
        return None
    return best if characters else None


def _ours(data: bytes, limits: Limits) -> int:
    source = Source(Path("a.pdf"), (), data)
    items = extract(source, Budget(limits))
    return sum(len(item.text) for item in items if isinstance(item, Part))


def _our_text(data: bytes) -> int:
    return _ours(data, Limits(layout_pages=0))


def _our_page(data: bytes) -> int:
    return _ours(data, Limits(layout_pages=1, pages=1))


def _peer_text(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(page.extract_text() or "") for page in document.pages)


def _peer_page(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return len(document.pages[0].chars)
