"""Documents with a word of their own in each place where text can stand: all are found."""

from __future__ import annotations

import re

import pytest
from corpora import folder
from reading import read

pytestmark = pytest.mark.corpus
WORD = re.compile(r"MK[A-Z0-9]{2,}")

# The document, and how many words it holds, with those of the files inside it.
PROBES = [
    ("probe.docx", 66),
    ("probe.xlsx", 35),
    ("probe.pptx", 21),
    ("probe.pdf", 23),
    ("probe.ofd", 19),
    ("probe.eml", 72),
    ("probe.html", 18),
    ("probe.rtf", 17),
    ("probe_lo.doc", 34),
    ("probe_lo.xls", 28),
    ("probe_lo.ppt", 18),
    ("probe_lo.rtf", 33),
]


@pytest.mark.parametrize(("name", "places"), PROBES)
def test_a_word_in_each_place_is_found(name, places, capsys):
    reading = read(folder("corpus", "probe") / name)

    labels = (part.place.label for part in reading.parts)
    words = set(WORD.findall("\n".join([reading.text, *reading.files, *labels])))

    with capsys.disabled():
        print(f"\n{name}: {len(words)} places")
    assert len(words) >= places
    assert not reading.problems
