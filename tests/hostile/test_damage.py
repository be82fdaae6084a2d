"""Files cut short and bytes turned over: every format, whole documents.

What was lost is told: a file that ends without a problem has all the text it had.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from corpora import folder
from reading import read

from markscan.cli.sample_share import samples

# Formats without an end of their own: nobody can see that some of it is missing.
ENDLESS = frozenset({"text", "html", "eml", "mht", "mbox", "tar", "empty", "binary"})
CUTS = 20
FLIPS = 12
SAMPLES = {name: data for name, data in samples() if len(data) > 100}


def losses(data: bytes, name: str) -> list[str]:
    """Cut `data` at places all over it; return where text was lost and nothing said so."""
    whole = Counter(read(data, name).texts)
    silent = []
    for number in range(1, CUTS + 1):
        at = len(data) * number // (CUTS + 1)
        cut = read(data[:at], name)
        if cut.format not in ENDLESS and not cut.problems and whole - Counter(cut.texts):
            silent.append(f"{name}: cut at {at} of {len(data)}, read as {cut.format}")
    return silent


def flip(data: bytes, name: str) -> None:
    """Turn bytes over; whatever comes out, no exception does."""
    chance = Random(len(data))
    for _ in range(FLIPS):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 8, 64))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        read(bytes(damaged), name)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_that_is_cut_says_what_it_lost(name):
    assert losses(SAMPLES[name], name) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_with_turned_bytes_breaks_nothing(name):
    flip(SAMPLES[name], name)


PROBES = (
    "probe.docx", "probe.xlsx", "probe.pptx", "probe.ofd", "probe.pdf", "probe.rtf", "probe.eml",
    "probe.html", "probe_lo.doc", "probe_lo.xls", "probe_lo.ppt", "probe_lo.rtf",
)  # fmt: skip
KINDS = (
    "doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf", "rtf", "msg", "zip", "7z", "rar", "tgz",
    "wps", "mht", "eml",
)  # fmt: skip


@pytest.mark.corpus
@pytest.mark.parametrize("name", PROBES)
def test_a_document_with_text_in_every_place_says_what_it_lost(name):
    data = (folder("corpus", "probe") / name).read_bytes()

    flip(data, name)

    assert losses(data, name) == []


@pytest.mark.corpus
@pytest.mark.parametrize("kind", KINDS)
def test_real_files_that_are_cut_say_what_they_lost(kind):
    found = [loss for path in _small(folder("corpus", "formats", kind)) for loss in _of(path)]

    assert found == []


def _of(path: Path) -> list[str]:
    data = path.read_bytes()
    flip(data, path.name)
    return losses(data, path.name)


def _small(where: Path) -> list[Path]:
    """Return a few files of a folder, not large, always the same."""
    files = [path for path in sorted(where.iterdir()) if 500 < path.stat().st_size < 60_000]
    return Random(len(files)).sample(files, min(3, len(files)))
