"""PAN-13 text alignment: passages of English texts copied, shuffled, translated, summed up.

Half of pan13-text-alignment-test-corpus2, as it lies beside the project. It has no training part:
pairs whose suspicious text falls into `_tuned` by a hash of its name served to find the constants
of match/word_chain.py, all others were scored with them afterwards. Every source is a register of
its own there, as in the task. Then all sources are one register, and each suspicious text is
scanned: that tells what is found by accident.
"""

from __future__ import annotations

import csv
import hashlib
import io
import tarfile
import time
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from benchmarks.corpora import PUBLIC
from benchmarks.excerpts.plagdet import Passage, score
from markscan.document import Area, Document, Part, Place
from markscan.finding import Tier
from markscan.fingerprint import Prints, WordText, word_pieces
from markscan.match.candidates import JoinedText
from markscan.match.excerpts import ExcerptFinder
from markscan.match.word_chain import chain_words
from markscan.register import Entry
from markscan.register.keys import Key
from markscan.register.register import Register
from markscan.register.registering import prepare, register_of

_ARCHIVE = PUBLIC.parent / "reuse" / "pan13.tar.xz"
_KEY = Key.of(b"markscan: a key of the benchmark")
_CLASSES = {
    "02-no-obfuscation": "none",
    "03-random-obfuscation": "random",
    "04-translation-obfuscation": "translation",
    "05-summary-obfuscation": "summary",
}
# Plagdet on the whole test corpus 2 as published: none, random, translation, summary, all.
PUBLISHED = {
    "Sanchez-Perez 2014": (0.900, 0.884, 0.887, 0.561, 0.878),
    "Torrejon 2013": (0.926, 0.747, 0.851, 0.341, 0.822),
    "Kong 2013": (0.827, 0.823, 0.852, 0.434, 0.819),
    "Suchomel 2013": (0.818, 0.753, 0.675, 0.610, 0.745),
    "baseline 2013": (0.934, 0.071, 0.106, 0.045, 0.422),
}
_GOALS = {"all": 0.89, "none": 0.95}


@dataclass(frozen=True, slots=True)
class _Pair:
    """A suspicious text, a source, and the passages that the one has of the other."""

    kind: str
    suspicious: str
    source: str
    cases: tuple[Passage, ...]

    @property
    def tuned(self) -> bool:
        """Whether the constants were found on it, among others."""
        name = self.suspicious.encode()
        return hashlib.md5(name, usedforsecurity=False).digest()[0] < 103


def run(quick: bool) -> Iterator[dict[str, object]]:
    """Score all pairs, a fifth of them if `quick`; one row where the corpus is absent."""
    if not _ARCHIVE.is_file():
        yield {"name": "PAN-13", "note": "the corpus is absent"}
        return
    texts, pairs = _read()
    chosen = pairs[:: 5 if quick else 1]
    yield _speed(texts)
    for part, which in (("held out", False), ("tuned on", True)):
        yield from _aligned(part, texts, [pair for pair in chosen if pair.tuned == which])
    for name, figures in PUBLISHED.items():
        said = dict(zip(("none", "random", "translation", "summary", "all"), figures, strict=True))
        yield {"name": f"PAN-13, published: {name}", **said}
    yield from _together(texts, pairs, chosen[:: 3 if quick else 1])


@lru_cache(maxsize=1)
def _read() -> tuple[dict[str, str], list[_Pair]]:
    """The texts by name, and the pairs."""
    texts: dict[str, str] = {}
    truth: dict[str, bytes] = {}
    table = ""
    with tarfile.open(_ARCHIVE) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None:
                continue
            name = member.name.rpartition("/")[2]
            if name.endswith(".txt"):
                texts[name] = content.read().decode("utf-8", "replace")
            elif name.endswith(".xml"):
                truth["/".join(member.name.split("/")[-2:])] = content.read()
            else:
                table = content.read().decode()
    rows = csv.DictReader(io.StringIO(table), delimiter="\t")
    return texts, [_pair(row, truth) for row in rows]


def _pair(row: Mapping[str, str], truth: Mapping[str, bytes]) -> _Pair:
    kind, suspicious, source = row["category"], row["susp"], row["source"]
    name = f"{kind}/{suspicious.removesuffix('.txt')}-{source.removesuffix('.txt')}.xml"
    cases = []
    for each in ElementTree.fromstring(truth[name]):
        if each.get("name") == "plagiarism":
            here, there = int(each.get("this_offset", 0)), int(each.get("source_offset", 0))
            end = here + int(each.get("this_length", 0))
            cases.append((here, end, there, there + int(each.get("source_length", 0))))
    return _Pair(kind, suspicious, source, tuple(cases))


def _speed(texts: Mapping[str, str]) -> dict[str, object]:
    """Words, pieces and fingerprints of many texts, and of one large one."""
    prints = Prints(_KEY.prints)
    many = list(texts.values())[:600]
    size = sum(len(text.encode()) for text in many) / 1e6
    rates = []
    for given in (many, ["\n".join(many)]):
        least = min(_seconds(given, prints) for _ in range(3))
        rates.append(size / least)
    return {"name": "words to fingerprints", "mb_s": rates[0], "one_text_mb_s": rates[1]}


def _seconds(texts: list[str], prints: Prints) -> float:
    began = time.process_time()
    for text in texts:
        prints.tags(word_pieces(WordText(text))[1])
    return time.process_time() - began


def _aligned(
    part: str, texts: Mapping[str, str], pairs: list[_Pair]
) -> Iterator[dict[str, object]]:
    """A row for each class of pairs and one for all."""
    read = {
        name: WordText(texts[name]) for pair in pairs for name in (pair.suspicious, pair.source)
    }
    registers = {pair.source: _register({pair.source: texts[pair.source]}) for pair in pairs}
    found = defaultdict(list)
    for pair in pairs:
        here, there = read[pair.suspicious], read[pair.source]
        result = pair.cases, _passages(registers[pair.source], here, there)
        found[_CLASSES.get(pair.kind, "")].append(result)
        found["all"].append(result)
    for name in (*_CLASSES.values(), "all"):
        seen, goal = score(found[name]), _GOALS.get(name)
        yield {
            "name": f"PAN-13, {part}: {name}",
            "pairs": len(found[name]),
            "plagdet": round(seen.plagdet, 4),
            "precision": round(seen.precision, 4),
            "recall": round(seen.recall, 4),
            "granularity": round(seen.granularity, 4),
            "goal": goal,
            "reached": None if goal is None else seen.plagdet >= goal,
        }


def _passages(register: Register, here: WordText, there: WordText) -> list[Passage]:
    """The passages that are found, in code points of both texts."""
    found = chain_words(register.find_words(here))
    columns = (found.start, found.end, found.there, found.there_end)
    return [
        (
            int(here.starts[start]),
            int(here.ends[min(end, len(here)) - 1]),
            int(there.starts[other]),
            int(there.ends[min(other_end, len(there)) - 1]),
        )
        for start, end, other, other_end in zip(*columns, strict=True)
    ]


def _register(texts: Mapping[str, str]) -> Register:
    """A register of `texts` by name."""
    prints = Prints(_KEY.prints)
    added = [
        prepare(Entry(number, name, "secret"), text, prints).addition
        for number, (name, text) in enumerate(texts.items(), 1)
    ]
    return register_of(added, _KEY)


def _together(
    texts: Mapping[str, str], pairs: list[_Pair], chosen: list[_Pair]
) -> Iterator[dict[str, object]]:
    """All sources in one register: which of the true ones are found, and what in other texts."""
    sources = {name: text for name, text in texts.items() if name.startswith("src-")}
    register = _register(sources)
    finder = ExcerptFinder(register)
    size = sum(len(text.encode()) for text in sources.values())
    yield {
        "name": f"PAN-13, all {len(sources)} sources registered",
        "rows": len(register.index),
        "rows_per_byte": len(register.index) / size,
    }
    true = {(pair.suspicious, pair.source) for pair in pairs if pair.cases}
    taken = {name for name, _ in true}
    sought = list(dict.fromkeys(pair.suspicious for pair in chosen))
    seen, speed, _ = _scanned(finder, {name: texts[name] for name in sought if name in taken})
    expected = [pair for pair in true if pair[0] in set(sought)]
    yield {
        "name": "PAN-13, texts with passages of them",
        "true": len(expected),
        "review": sum(pair in seen for pair in expected) / len(expected),
        "alert": sum(seen.get(pair) is Tier.ALERT for pair in expected) / len(expected),
        "mb_s": speed,
    }
    seen, speed, size = _scanned(
        finder, {name: texts[name] for name in sought if name not in taken}
    )
    yield {
        "name": "PAN-13, texts into which nothing was put",
        "megabytes": size,
        "alerts": sum(tier is Tier.ALERT for tier in seen.values()),
        "reviews": sum(tier is Tier.REVIEW for tier in seen.values()),
        "mb_s": speed,
    }


def _scanned(
    finder: ExcerptFinder, texts: Mapping[str, str]
) -> tuple[dict[tuple[str, str], Tier | None], float, float]:
    """What is found in each text, by text and source; MB/s; MB."""
    seen = {}
    began = time.process_time()
    for name, text in texts.items():
        document = Document(name, name, "txt", (Part(text, Place(Area.BODY)),))
        for reuse in finder.find(document, JoinedText.of(document)):
            seen[name, reuse.entry.id] = reuse.tier
    size = sum(len(text.encode()) for text in texts.values()) / 1e6
    return seen, size / (time.process_time() - began), size
