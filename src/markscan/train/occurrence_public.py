"""Real public text for training: paragraphs to stand around, and level words that mark nothing.

Files named by a sealed test set are left out, and so is every level word around which 13
characters are those of one in it. What a word does in real text is told by simple signs; where
they could mean a marking, it is left out.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from markscan.classify.occurrence_features import REACH
from markscan.classify.occurrence_rules import Kind, ruled
from markscan.train.occurrence_texts import Occurrence

_LEVEL = re.compile("绝密|机密|秘密")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENDINGS = frozenset({".txt", ".md", ".html"})
_SAME = 13  # characters that two texts share only if one is of the other
_FILES = 2000  # of one source, at most
_WORDS = 250  # level words of one source, at most
_PARAGRAPHS = 150  # of one source
_OF_FILE = 4  # level words of one file
_WEIGHT = 0.6  # the kind is told by signs, not by a reader
_PARAGRAPH = (25, 200)  # characters

_MARKING_LIKE = re.compile(r"^[\s★☆·:：]*(?:\d|[一二三四五十]+年|$)")
_EXAM = re.compile(r"^\s*[★☆]?\s?(?:启用|考试结束|使用)前")
_MENTION = re.compile(
    r"密级|涉密|定密|保密|国家|军事|绝密[、，,和及]|机密[、，,和及]|泄露|泄漏|文件|档案|情报|标志|间谍"
)


def sealed(list_file: Path, root: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Return the files that a test set names, and the runs of 13 characters around its words."""
    files, runs = set(), set()
    for row in map(json.loads, list_file.read_text("utf-8").splitlines()):
        files.add(row["file"].partition("!")[0])
        path = root / row["file"]
        if "!" not in row["file"] and path.is_file():
            text = _text(path)
            runs |= _runs(text[max(0, row["start"] - REACH) : row["start"] + REACH])
    return frozenset(files), frozenset(runs)


def public_text(
    seed: int,
    folders: Sequence[Path],
    left_out: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
) -> tuple[list[Occurrence], list[str]]:
    """Return level words in the files below `folders`, and paragraphs without any.

    Args:
        seed: of the random numbers that draw files and paragraphs.
        folders: each folder is one source.
        left_out: what `sealed` returned.
    """
    rng = random.Random(seed)
    words: list[Occurrence] = []
    paragraphs: list[str] = []
    for source in sorted(folders):
        files = sorted(p for p in source.rglob("*") if p.suffix in _ENDINGS and p.is_file())
        files = [p for p in files if not any(p.as_posix().endswith(f) for f in left_out[0])]
        if len(files) > _FILES:
            files = rng.sample(files, _FILES)
        found: list[Occurrence] = []
        plain: list[str] = []
        for path in files:
            text = _text(path)
            here = list(_words(text, source.name, left_out[1]))
            found += here if len(here) <= _OF_FILE else rng.sample(here, _OF_FILE)
            plain += list(_paragraphs(text))[:20]
        words += found if len(found) <= _WORDS else rng.sample(found, _WORDS)
        paragraphs += plain if len(plain) <= _PARAGRAPHS else rng.sample(plain, _PARAGRAPHS)
    return words, paragraphs


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _words(text: str, source: str, runs: frozenset[str]) -> Iterator[Occurrence]:
    for found in _LEVEL.finditer(text):
        left = text[max(0, found.start() - REACH) : found.start()]
        right = text[found.end() : found.end() + REACH]
        if runs and not runs.isdisjoint(_runs(left + found[0] + right)):
            continue
        kind = _kind(left, found[0], right)
        if kind is not None:
            name = f"public-{source}"
            yield Occurrence(left, found[0], right, kind, name, name, None, _WEIGHT)


def _kind(left: str, word: str, right: str) -> Kind | None:
    """What the word does, by signs around it; None where it may be a marking or an example."""
    if _EXAM.match(right):
        return "exam"
    line = left.rpartition("\n")[2].strip()
    tail = right.partition("\n")[0]
    if (not line and not tail.strip()) or _MARKING_LIKE.match(tail) or "密级：" in line[-8:]:
        return None
    if len(_HAN.findall(line + tail)) < 8:
        return None
    if (decided := ruled(left, word, right)) is not None:
        return decided[1]
    near = left[-12:] + word + right[:12]
    return "mention" if _MENTION.search(near) else "other"


def _paragraphs(text: str) -> Iterator[str]:
    for line in text.splitlines():
        line = line.strip()
        fits = _PARAGRAPH[0] <= len(line) <= _PARAGRAPH[1] and not _LEVEL.search(line)
        if fits and len(_HAN.findall(line)) > len(line) / 2:
            yield line


def _runs(text: str) -> set[str]:
    bare = re.sub(r"\s+", "", text)
    return {bare[at : at + _SAME] for at in range(len(bare) - _SAME + 1)}


def sources(folders: Iterable[Path]) -> list[Path]:
    """Return the folders right below `folders`; a folder without any is a source itself."""
    made: list[Path] = []
    for each in folders:
        below = [p for p in sorted(each.iterdir()) if p.is_dir()]
        made += below or [each]
    return made
