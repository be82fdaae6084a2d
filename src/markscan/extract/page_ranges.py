"""Names pages in short."""

from __future__ import annotations

_MOST = 30


def page_ranges(numbers: list[int]) -> str:
    """Return ascending page numbers as "2-4, 7"; a long list ends in "…"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    words = [str(a) if a == b else f"{a}-{b}" for a, b in ranges[:_MOST]]
    return ", ".join(words) + (", …" if len(ranges) > _MOST else "")
