"""The lexicons that are measured, made by rule: rare, dense, markings, and those that ship.

rare_N: document numbers, titles, companies, names, codes, and 18 % runs of 8 to 20
characters cut out of text of the same kind; nested, the small are the first of the large.
dense_N: the N most frequent runs of 2 to 4 ideographs below the most frequent. marks_1k:
markings as drafts carry them. shipped: the anchors and terms of the program itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count, islice

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.prose import PLAIN_BLOCKS, Prose, chance, made_terms, mixed
from benchmarks.matching.vocabulary import PERIODS, TRADITIONAL

SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "350k": 350_000, "1M": 1_000_000}
MARKS = 1_000

# Yields texts of the kind that is measured, without end or as many as there are.
Samples = Callable[[], Iterator[str]]

_FRAGMENTS = 18  # per cent
_SKIPPED = 2_500  # the most frequent runs are grammar, not words
_COUNTED = 2_000_000  # characters that the dense lexicon is counted on
_BACKGROUND = 12  # texts
_ENDS = re.compile(r"[\n\r\x00]")


def generated_samples() -> Iterator[str]:
    """Yield made-up prose from blocks that no measured corpus reaches."""
    return Prose().blocks(PLAIN_BLOCKS)


def rare(size: int, samples: Samples = generated_samples) -> list[str]:
    """Return `size` different terms, 18 of 100 cut out of `samples`."""
    made = dict.fromkeys(made_terms(size + size // 8 + 200))
    every = iter(made)
    runs = _fragments(samples)
    places = (chance(size, 31) % np.uint64(100) < _FRAGMENTS).tolist()
    terms: dict[str, None] = {}
    for is_fragment in places:
        source = runs if is_fragment else every
        terms[next(term for term in source if term not in terms)] = None
    return list(terms)


def dense(size: int, samples: Samples = generated_samples) -> list[str]:
    """Return the `size` most frequent runs of ideographs after the first 2,500, by frequency."""
    text = "".join(islice(_characters(samples), _COUNTED))
    runs: Counter[str] = Counter()
    for stretch in re.findall("[\u4e00-\u9fff]{2,}", text):
        for length in (2, 3, 4):
            runs.update(stretch[at : at + length] for at in range(len(stretch) - length + 1))
    ranked = sorted(runs.items(), key=lambda pair: (-pair[1], pair[0]))
    return [run for run, _ in ranked[_SKIPPED : _SKIPPED + size]]


@cache
def marks() -> list[str]:
    """Return 1,000 markings: level, star and period, with what stands around them."""
    levels, stars = ("绝密", "机密", "秘密"), ("★", "☆")
    around = ("{}", "密级：{}", "（{}）", "本件为{}", "{}件", "标注“{}”", "{}级")
    every = (
        form.format(f"{level}{star}{period}")
        for form in around
        for level in levels
        for star in stars
        for period in PERIODS
    )
    return list(islice(dict.fromkeys(every), MARKS))


def shipped() -> list[str]:
    """Return the anchors of the grammar and the terms that ship, folded."""
    from markscan.fold import fold
    from markscan.match.grammar import ANCHORS
    from markscan.termlist import shipped_terms

    return sorted({*ANCHORS, *(fold(term.text).text for term in shipped_terms())})


def lexicon(name: str, samples: Samples = generated_samples) -> list[str]:
    """Return the lexicon `name`, such as rare_10k.

    Raises:
        KeyError: if there is no such lexicon.
    """
    kind, _, size = name.partition("_")
    if kind == "rare":
        return rare(SIZES[size], samples)
    if kind == "dense":
        return dense(SIZES[size], samples)
    return marks() if {"marks_1k": True, "shipped": False}[name] else shipped()


def variants(terms: list[str]) -> list[str]:
    """Return every term 16 times, 4 times in a form that only the fold brings back.

    Once broken by a line end between ideographs, once with full-width digits and letters, once in
    traditional characters, once with a zero-width space.
    """
    wide = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    old = str.maketrans(TRADITIONAL)
    forms = []
    for term in terms:
        half = _place(term)
        forms += [term] * 12
        forms.append(f"{term[:half]}\n{term[half:]}")
        forms.append(term.translate(wide))
        forms.append(term.translate(old))
        forms.append(f"{term[:half]}\u200b{term[half:]}")
    return forms


def _place(term: str) -> int:
    """Where white space may stand: between two ideographs; 0 if there is no such place."""
    found = re.search("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", term)
    return found.start() if found else 0


def _characters(samples: Samples) -> Iterator[str]:
    return (character for text in samples() for character in text)


def _fragments(samples: Samples) -> Iterator[str]:
    """Yield runs of 8 to 20 characters that stand in one line, not at white space.

    None begins or ends with six characters that a sample of the text has: what every text
    says is no sign of a leak, and made-up prose repeats itself more than people do.
    """
    common = _background(samples)
    for turn in count():  # few texts: begin again, at other places
        for number, text in enumerate(samples()):
            if len(text) < 400 or (number < _BACKGROUND and not turn):
                continue
            starts = chance(len(text) // 60, 40_000 + number + (turn << 32)) % np.uint64(
                len(text) - 25
            )
            places = starts.astype(np.int64)
            hashes, lengths = _windows(text), 8 + places % 13
            novel = _absent(hashes[places], common)
            novel &= _absent(hashes[places + lengths - 6], common)
            for start, length in zip(places[novel].tolist(), lengths[novel].tolist(), strict=True):
                run = text[start : start + length]
                if run == run.strip() and not _ENDS.search(run):
                    yield run


@cache
def _background(samples: Samples) -> NDArray[np.uint64]:
    """The windows of the first texts, in order."""
    first = islice(samples(), _BACKGROUND)
    return np.sort(np.concatenate([_windows(text) for text in first]))


def _absent(hashes: NDArray[np.uint64], ranked: NDArray[np.uint64]) -> NDArray[np.bool_]:
    nearest = np.minimum(np.searchsorted(ranked, hashes), len(ranked) - 1)
    return np.asarray(ranked[nearest] != hashes)


def _windows(text: str) -> NDArray[np.uint64]:
    """A hash of the six characters that begin at each character but the last five."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    many = max(0, len(codes) - 5)
    hashed = np.zeros(many, np.uint64)
    with np.errstate(over="ignore"):
        for at in range(6):
            hashed *= np.uint64(0x9E3779B97F4A7C15)
            hashed += codes[at : at + many]
    return mixed(hashed)
