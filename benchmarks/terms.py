"""Terms in folded text: our finder beside the same automaton on str, and a plain loop."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import ahocorasick

from benchmarks.corpora import texts
from markscan.fold import fold
from markscan.match.grammar import ANCHORS
from markscan.match.terms import TermFinder
from markscan.term import shipped_terms


def run(quick: bool) -> list[dict[str, object]]:
    """Measure on the anchors and terms that ship, and on a lexicon of thousands."""
    folded = [fold(text).text for text in texts(4 if quick else 16)]
    shipped = sorted({*ANCHORS, *(fold(term.text).text for term in shipped_terms())})
    return [*_rows("terms that ship", shipped, folded), *_rows("made-up terms", _made(), folded)]


def _made() -> list[str]:
    """Return 3,000 terms of six characters that begin with 1,000 different ones."""
    chance = random.Random(7)
    ideographs = [chr(code) for code in range(0x4E00, 0x9FA6)]
    firsts = chance.sample(ideographs, 1000)
    return sorted(
        {first + "".join(chance.choices(ideographs, k=5)) for first in firsts for _ in range(3)}
    )


def _rows(name: str, words: list[str], folded: list[str]) -> list[dict[str, object]]:
    size = sum(len(text.encode()) for text in folded) / 1e6
    finder = TermFinder(words)
    automaton = ahocorasick.Automaton()
    for index, word in enumerate(words):
        automaton.add_word(word, index)
    automaton.make_automaton()
    few = folded[: max(1, len(folded) * 200 // len(words) // 4)]

    def ours() -> int:
        return sum(len(finder.find(text)) for text in folded)

    def on_str() -> int:
        return sum(1 for text in folded for _ in automaton.iter(text))

    def loop() -> int:
        return sum(_occurrences(text, word) for text in few for word in words)

    (mine, count), (peer, peers), (slow, plain) = (_timed(each) for each in (ours, on_str, loop))
    part = sum(len(text.encode()) for text in few) / 1e6
    same = count == peers and plain == sum(len(finder.find(text)) for text in few)
    row: dict[str, object] = {
        "name": f"{len(words)} {name}",
        "value_mb_s": size / mine,
        "hits": count,
        "check": same,
    }
    return [
        {**row, "peer": "ahocorasick on str", "peer_mb_s": size / peer, "ratio": peer / mine},
        {
            **row,
            "peer": "str.find loop",
            "peer_mb_s": part / slow,
            "ratio": (size / mine) / (part / slow),
        },
    ]


def _occurrences(text: str, word: str) -> int:
    count, at = 0, text.find(word)
    while at >= 0:
        count, at = count + 1, text.find(word, at + 1)
    return count


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    best, answer = float("inf"), 0
    for _ in range(3):
        began = time.process_time()
        answer = work()
        best = min(best, time.process_time() - began)
    return best, answer
