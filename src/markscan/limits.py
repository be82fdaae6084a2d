"""Limits: how much one file on disk, with everything inside it, may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file on disk may cost.

    What begins with `total` or tells of unpacking and archives counts for the file with
    everything inside it; the rest for each document.
    """

    archive_depth: int = 8
    archive_entries: int = 50_000
    unpacked_bytes: int = 1 << 30
    unpacked_ratio: int = 200  # unpacked bytes for each packed byte, once 1 MiB is passed
    member_bytes: int = 256 << 20
    text_characters: int = 20_000_000
    parts: int = 1_000_000  # paragraphs, cells, lines
    pages: int = 5_000
    layout_pages: int = 2  # the first pages that are read with boxes, fonts and sizes
    total_characters: int = 400_000_000
    total_parts: int = 10_000_000
    total_pages: int = 50_000
    pictures: int = 40  # pages and pictures whose text is recognised, of one file with all inside
    picture_pixels: int = 60_000_000  # of one picture
