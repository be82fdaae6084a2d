"""Limits: how much one file on disk, with everything inside it, may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file on disk, with everything inside it, may cost."""

    archive_depth: int = 8
    archive_entries: int = 50_000
    unpacked_bytes: int = 1 << 30
    unpacked_ratio: int = 200  # unpacked bytes for each packed byte, once 1 MiB is passed
    member_bytes: int = 256 << 20
    text_characters: int = 20_000_000  # of one file
    parts: int = 1_000_000  # of one file: paragraphs, cells, lines
    pages: int = 5_000  # of one file
    layout_pages: int = 2  # the first pages that are read with boxes, fonts and sizes
