"""Engines, each in a process of its own: `python -m benchmarks.engines.MODULE`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """How an engine is started and what it counts.

    `kind` names the expected count (`reference.KINDS`; "documents" for none at all).
    `inexact` says why a count may differ without failing the run; it is then reported.
    `cached`: a second start with the same lexicon loads what the first has compiled.
    """

    name: str
    module: str
    kind: str
    does: str
    variant: str = ""
    inexact: str = ""
    cached: bool = False
    own: bool = False


def _own(name: str, variant: str, does: str) -> EngineSpec:
    return EngineSpec(name, "own", "folded", does, variant, cached=True, own=True)


_BLIND = "does not see white space between words"
_OFFSETS = "decode, fold, find, code point offsets of the original"

ENGINES = {
    spec.name: spec
    for spec in (
        _own("markscan", "", f"{_OFFSETS}; engine as chosen"),
        _own("markscan-batch", "batch", f"{_OFFSETS}; documents handed over together"),
        _own("markscan-fast", "fast", f"{_OFFSETS}; fold and large lists compiled by numba"),
        _own("markscan-anchored", "anchored", _OFFSETS),
        _own("markscan-automaton", "automaton", _OFFSETS),
        _own("markscan-filtered", "filtered", _OFFSETS),
        EngineSpec("markscan-fold", "own", "documents", "decode and fold alone", "fold", own=True),
        EngineSpec(
            "folded-daachorse", "daachorse", "folded", "our fold, then daachorse", "fold", _BLIND
        ),
        EngineSpec(
            "folded-pyahocorasick",
            "pyahocorasick",
            "folded",
            "our fold, then its iter",
            "fold",
            _BLIND,
        ),
        EngineSpec("pyahocorasick", "pyahocorasick", "plain", "decode, iter; no fold"),
        EngineSpec(
            "pyahocorasick-latin1",
            "pyahocorasick",
            "plain",
            "UTF-8 read as Latin-1, byte offsets; no fold",
            "latin1",
        ),
        EngineSpec("ahocorasick_rs", "ahocorasick_rs", "plain", "decode, overlapping; no fold"),
        EngineSpec(
            "ahocorasick_rs-bytes", "ahocorasick_rs", "plain", "byte offsets; no fold", "bytes"
        ),
        EngineSpec("daachorse", "daachorse", "plain", "decode, by character; no fold"),
        EngineSpec("hyperscan", "hyperscan", "plain", "literals, bytes, ends only; no fold"),
        EngineSpec("re2", "re2", "longest", "alternation, leftmost longest; no fold"),
        EngineSpec("re2-set", "re2", "set", "which terms stand in a document; no fold", "set"),
        EngineSpec("ripgrep", "ripgrep", "lines", "rg -F -f -c, start taken off; no fold"),
        EngineSpec("grep", "grep", "lines", "grep -F -f -c, LC_ALL=C, start taken off; no fold"),
        EngineSpec("yara-x", "yara_x", "plain", "one rule, all matches, bytes; no fold"),
        EngineSpec(
            "flashtext",
            "flashtext",
            "longest",
            "decode, extract_keywords; no fold",
            inexact="looks for words between spaces and misses hits in Chinese",
        ),
    )
}
