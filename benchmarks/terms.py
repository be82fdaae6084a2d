"""Terms in folded text: our finder beside the same automaton on str, and a plain loop."""

from __future__ import annotations

import time
from collections.abc import Callable

import ahocorasick

from benchmarks.corpora import texts
from markscan.fold import fold
from markscan.match.grammar import ANCHORS
from markscan.match.terms import TermFinder
from markscan.term import shipped_terms


def run(quick: bool) -> list[dict[str, object]]:
    """Measure on the anchors and terms that ship."""
    folded = [fold(text).text for text in texts(4 if quick else 16)]
    size = sum(len(text.encode()) for text in folded) / 1e6
    words = sorted({*ANCHORS, *(fold(term.text).text for term in shipped_terms())})
    finder = TermFinder(words)
    automaton = ahocorasick.Automaton()
    for index, word in enumerate(words):
        automaton.add_word(word, index)
    automaton.make_automaton()

    def ours() -> int:
        return sum(len(finder.find(text)) for text in folded)

    def on_str() -> int:
        return sum(1 for text in folded for _ in automaton.iter(text))

    def loop() -> int:
        return sum(_occurrences(text, word) for text in folded for word in words)

    (mine, count), (peer, peers), (slow, plain) = (_timed(each) for each in (ours, on_str, loop))
    same = count == peers == plain
    row = {"value_mb_s": size / mine, "hits": count, "check": same}
    name = f"{len(words)} terms"
    return [
        {
            "name": name,
            **row,
            "peer": "ahocorasick on str",
            "peer_mb_s": size / peer,
            "ratio": peer / mine,
        },
        {
            "name": name,
            **row,
            "peer": "str.find loop",
            "peer_mb_s": size / slow,
            "ratio": slow / mine,
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
