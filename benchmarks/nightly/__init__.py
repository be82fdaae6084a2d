"""The nightly scan: a rescan of unchanged files, beside find."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.nightly import first_scan, killed, unchanged


def run(quick: bool) -> Iterator[dict[str, object]]:
    """Measure all there is; `quick`: the smallest tree."""
    yield from unchanged.run(quick)
    yield from first_scan.run(quick)
    yield from killed.run(quick)
