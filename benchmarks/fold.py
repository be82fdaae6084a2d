"""Benchmark: the fold against NFKC, str.translate and a list of places, way back included.

The peer is what one would write with the standard library alone: NFKC of the whole text,
one `str.translate` for ideographs, case and dropped characters, white space between
ideographs out by `re`, and a list of the places of the characters that stay. Its list is
not even exact (NFKC may make two characters of one); that is in its favour.

CPU time, rounds of both interleaved, median of 5, ratio per round. Checked: both give the
same ideographs in the same order.
"""

from __future__ import annotations

import random
import re
import statistics
import time
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

from markscan.fold import fold, is_han

ROUNDS = 5
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "public"
DROPPED = "\u200b\u200c\u200d\u200e\u200f\u00ad\u2060\ufeff\ufe0f"
BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
COMMON = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "機關單位應當按照規定確定密級保密期限和知悉範圍，。；：“”（）《》１２３０机关单位工作人员文件资料"
)


def run(quick: bool) -> list[dict[str, object]]:
    """Return one row for each size of text; MB are 10**6 bytes of UTF-8."""
    text = _text(1_000_000 if quick else 8_000_000)
    return [
        _bare_row("20 KB documents", _blocks(text, 7_000)),
        _row("20 KB documents", _blocks(text, 7_000)),
        _row("1 MB documents", _blocks(text, 350_000)),
        _row("lines", [line for line in text[:300_000].split("\n") if line]),
    ]


def _row(name: str, parts: list[str]) -> dict[str, object]:
    megabytes = sum(len(part.encode()) for part in parts) / 1e6
    ours, theirs = _interleaved(parts)
    wrong = sum(_ideographs(fold(part).text) != _ideographs(_peer(part)[0]) for part in parts[:50])
    return {
        "name": f"fold, {name}",
        "value_mb_s": round(megabytes / statistics.median(ours), 1),
        "peer": "NFKC + translate + places",
        "peer_mb_s": round(megabytes / statistics.median(theirs), 1),
        "ratio": round(statistics.median(b / a for a, b in zip(ours, theirs, strict=True)), 1),
        "check": "same ideographs" if not wrong else f"{wrong} texts differ",
    }


def _bare_row(name: str, parts: list[str]) -> dict[str, object]:
    """What every text is folded to before terms are looked for, beside NFKC alone."""
    megabytes = sum(len(part.encode()) for part in parts) / 1e6
    works = (lambda part: fold(part).bare, lambda part: unicodedata.normalize("NFKC", part))
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS + 1):
        for taken, work in zip(times, works, strict=True):
            taken.append(_cpu_seconds(work, parts))
    ours, theirs = (taken[1:] for taken in times)
    # Beyond U+FFFF the units only tell that there is one.
    every = (_ideographs(fold(part).text) for part in parts[:50])
    kept = sum(char <= "\uffff" for chars in every for char in chars)
    bare = sum(len(_ideographs(_bare_text(part))) for part in parts[:50])
    return {
        "name": f"bare text, {name}",
        "value_mb_s": round(megabytes / statistics.median(ours), 1),
        "peer": "NFKC alone",
        "peer_mb_s": round(megabytes / statistics.median(theirs), 1),
        "ratio": round(statistics.median(b / a for a, b in zip(ours, theirs, strict=True)), 1),
        "check": "same ideographs" if kept == bare else False,
    }


def _bare_text(part: str) -> str:
    return str(fold(part).bare.units.data, "utf-16-le")


def _interleaved(parts: list[str]) -> tuple[list[float], list[float]]:
    def ours(part: str) -> object:
        return fold(part).origin

    ours(parts[0]), _peer(parts[0])
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for taken, work in zip(times, (ours, _peer), strict=True):
            taken.append(_cpu_seconds(work, parts))
    return times


def _cpu_seconds(work: Callable[[str], object], parts: list[str]) -> float:
    start = time.process_time()
    for part in parts:
        work(part)
    return time.process_time() - start


def _peer(text: str) -> tuple[str, list[int]]:
    table = _peer_table()
    shown = BETWEEN.sub("", unicodedata.normalize("NFKC", text).translate(table))
    spaces = {place for match in BETWEEN.finditer(text) for place in range(*match.span())}
    dropped = frozenset(DROPPED)
    places = [
        place for place, char in enumerate(text) if char not in dropped and place not in spaces
    ]
    return shown, places


@cache
def _peer_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for code in (*range(0x250), *range(0x370, 0x530), *range(0x3400, 0xA000)):
        folded = fold(chr(code)).text
        if folded != chr(code) and not chr(code).isspace():
            table[code] = folded
    return table | {ord(char): None for char in DROPPED}


def _ideographs(text: str) -> list[str]:
    return [char for char in text if is_han(char)]


def _blocks(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(0, len(text), length)]


def _text(byte_limit: int) -> str:
    if not CORPUS.is_dir():
        return _made_up(byte_limit // 3)
    paths = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    random.Random(9).shuffle(paths)
    texts: list[str] = []
    size = 0
    for path in paths:
        if size >= byte_limit:
            break
        content = path.read_bytes()
        try:
            texts.append(content.decode())
        except UnicodeDecodeError:
            continue
        size += len(content)
    return "".join(texts)


def _made_up(length: int) -> str:
    chance = random.Random(9)
    weighted = COMMON * 10 + " " * (len(COMMON) // 2) + "\n" * (len(COMMON) // 3)
    return "".join(chance.choices(weighted, k=length))
