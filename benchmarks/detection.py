"""Compares telling formats and encodings apart with the libraries usually taken for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpora import texts
from markscan.extract.encoding import decide
from markscan.sniff import sniff
from markscan.source import Source

_FORMATS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "formats"
_ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
_LENGTHS = (40, 200, 2_000)


def run(quick: bool) -> list[dict[str, object]]:
    """Return a row for formats and a row for encodings."""
    return [row for row in (_sniffing(quick), _decoding(quick)) if row]


def _sniffing(quick: bool) -> dict[str, object] | None:
    paths = [path for path in sorted(_FORMATS.rglob("*")) if path.is_file()]
    paths = paths[:: 4 if quick else 1]
    if not paths:
        return None
    row: dict[str, object] = {"name": "format of a file", "peer": "libmagic", "goal": 5}
    try:
        import magic
    except ImportError:
        return row | {"note": "the peer is absent: python-magic"}
    known = magic.Magic(mime=True)
    ours = _seconds(lambda: [sniff(Source(path)) for path in paths])
    peer = _seconds(lambda: [known.from_file(str(path)) for path in paths])
    return row | {
        "files": len(paths),
        "value_us": round(ours / len(paths) * 1e6, 1),
        "ratio": round(peer / ours, 2),
        "reached": peer / ours >= 5,
    }


def _decoding(quick: bool) -> dict[str, object]:
    samples = [
        (text[:length], text[:length].encode(encoding, "ignore").decode(encoding), encoding)
        for text in texts(1 if quick else 4)[: 60 if quick else 250]
        for length in _LENGTHS
        for encoding in _ENCODINGS
        if len(text) >= length
    ]
    # Only what the encoding can hold: Big5 has no simplified characters.
    cut = [(want.encode(encoding), want) for _, want, encoding in samples if len(want) >= 20]
    right = sum(decide(data).text == want for data, want in cut)
    row: dict[str, object] = {
        "name": "encoding of a text",
        "peer": "charset-normalizer",
        "goal": 2.5,
        "samples": len(cut),
        "right": round(right / len(cut), 4),
        "check": right / len(cut) >= 0.99,
    }
    try:
        import charset_normalizer
    except ImportError:
        return row | {"note": "the peer is absent: charset-normalizer"}
    ours = _seconds(lambda: [decide(data) for data, _ in cut])
    peer = _seconds(lambda: [charset_normalizer.from_bytes(data).best() for data, _ in cut])
    return row | {"ratio": round(peer / ours, 2), "reached": peer / ours >= 2.5}


def _seconds(work: Callable[[], object]) -> float:
    work()
    start = time.process_time()
    work()
    return time.process_time() - start
