"""The texts: real public ones where they lie beside the project, else made up.

`MARKSCAN_SHARED` names the folder that holds corpus/public and corpus/reuse; by default it is
`shared` beside the project. Documents are divided into six folds by their titles, so that the
versions of one law are in one fold: what is registered or scanned is never in the table of
public text that it is measured with, nor in the statistics that its surprisal is told by.
"""

from __future__ import annotations

import importlib.util
import os
import random
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from markscan import background
from markscan.background import Background
from markscan.document import Area, Document, Part, Place
from markscan.fingerprint import HanText, Prints, pieces, select
from markscan.match.candidates import JoinedText
from markscan.match.excerpts import ExcerptFinder, Reuse
from markscan.register.book import Addition
from markscan.register.entry import Entry
from markscan.register.keys import Key
from markscan.register.public import hashes
from markscan.register.register import Register
from markscan.register.registering import register_of

SHARED = Path(os.environ.get("MARKSCAN_SHARED") or Path(__file__).parents[3] / "shared")
PUBLIC = SHARED / "corpus" / "public"
FOLDS = 6
KEY = Key.of(bytes(32))
_LEXICONS = Path(__file__).parents[2] / "lexicons"
FORMULAS = _LEXICONS / "public" / "formulas.txt"
_GENERAL = ("classics", "articles", "made up")  # kinds of other text that statistics are made of

_LONG_LINE = 32  # characters, as in lexicons/background/build.py

Hashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Text:
    """A document; `fold` is 0 to 5."""

    name: str
    text: str

    @property
    def fold(self) -> int:
        """The number of its fold, the same for all versions of a law."""
        return zlib.crc32(re.sub(r"\(.*", "", self.name).encode()) % FOLDS

    @property
    def size(self) -> int:
        """Bytes of UTF-8."""
        return len(self.text.encode())


def real() -> bool:
    """Return whether the public texts are there."""
    return PUBLIC.is_dir()


@cache
def laws() -> list[Text]:
    """Return laws, regulations and judicial interpretations."""
    return _read("LawRefBook__Laws") if real() else _made("law", 400)


@cache
def notices() -> list[Text]:
    """Return notices of the State Council (国务院文件): official, but no law."""
    found = _read("ZhouYNF__platform-1") if real() else _made("notice", 60)
    return [each for each in found if len(each.text) > 300]


@cache
def others() -> dict[str, list[Text]]:
    """Return text that is not official, by kind."""
    if not real():
        return {"made up": _made("other", 300)}
    return {
        "classics": _read("NiuTrans__Classical-Modern"),
        "articles": _read("LCTT__TranslateProject"),
        "exams": _read("OpenLMLab__GAOKAO-Bench"),
    }


def public_table(texts: Iterable[Text], *, formulas: bool = True) -> Hashes:
    """Return the hashes of all selected pieces of `texts` and of the list of formulas."""
    lines = FORMULAS.read_text("utf-8").splitlines() if formulas else []
    every = [each.text for each in texts] + [line for line in lines if line[:1] != "#"]
    found = [np.zeros(1, np.uint32)]
    for text in every:
        han = HanText(text)
        found.append(np.unique(hashes(pieces(han.units, select(han.units)))))
    return np.unique(np.concatenate(found))


def statistics_of(known: Iterable[Text]) -> Background:
    """Return how common characters are in `known` and in a quarter of other text but exams."""
    spec = importlib.util.spec_from_file_location("built", _LEXICONS / "background" / "build.py")
    if spec is None or spec.loader is None:
        raise ImportError(_LEXICONS)
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    general = [each for kind in _GENERAL for each in others().get(kind, [])[::4]]
    return Background.unpack(build.columns(_once(each.text for each in (*known, *general))))


@contextmanager
def told_by(statistics: Background) -> Iterator[None]:
    """Take surprisal from `statistics` instead of those that ship, which have seen all texts."""
    with mock.patch.object(background, "shipped", lambda: statistics):
        yield


def finder(texts: Sequence[Text], public: Hashes) -> tuple[ExcerptFinder, Register]:
    """Return what looks for excerpts of `texts`, numbered from 1, and the register of them."""
    prints = Prints(KEY.prints)
    additions = []
    for number, each in enumerate(texts, start=1):
        han = HanText(each.text)
        starts = select(han.units)
        chosen = pieces(han.units, starts)
        secret = ~holds(public, hashes(chosen))
        tags, first = np.unique(prints.tags(chosen[secret]), return_index=True)
        entry = Entry(number, str(number), "jimi", size=len(han), kept=len(tags))
        additions.append(Addition(entry, tags, starts[secret][first].astype(np.int64)))
    register = register_of(additions, KEY)
    return ExcerptFinder(register), register


def holds(known: NDArray[np.generic], sought: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Return which of `sought` stand in the ascending column `known`."""
    at = np.searchsorted(known, sought)
    at[at == len(known)] = 0
    same: NDArray[np.bool_] = known[at] == sought
    return same


def reuses(found: ExcerptFinder, text: str) -> tuple[Reuse, ...]:
    """Return what `text`, as a plain file, has of each registered document."""
    document = Document("x.txt", "x.txt", "text", (Part(text, Place(Area.BODY)),))
    return found.find(document, JoinedText.of(document))


def _read(folder: str) -> list[Text]:
    found = []
    for path in sorted((PUBLIC / folder).rglob("*")):
        if path.suffix in (".txt", ".md"):
            try:
                found.append(Text(path.name, path.read_text("utf-8-sig")))
            except UnicodeDecodeError:
                continue
    return found


def _once(texts: Iterable[str]) -> Iterator[str]:
    """Yield `texts` without long lines that stood before: laws are often kept twice."""
    seen: set[str] = set()
    for text in texts:
        kept = []
        for line in text.splitlines():
            if len(line) < _LONG_LINE or line not in seen:
                kept.append(line)
                seen.add(line)
        yield "\n".join(kept)


def _made(kind: str, count: int) -> list[Text]:
    """Make up documents of sentences of words, which follow the law of Zipf."""
    chance = random.Random(kind)
    pool = [chr(code) for code in range(0x4E00, 0x9FA5, 7)]
    words = ["".join(chance.choices(pool, k=chance.choice((1, 2, 2, 2, 3)))) for _ in range(20_000)]
    weights = [1 / (rank + 30) for rank in range(len(words))]
    texts = []
    for number in range(count):
        drawn = chance.choices(words, weights, k=2_000)
        for at in range(0, len(drawn), 8):
            drawn[at] += chance.choice("，，。；")
        texts.append(Text(f"{kind} {number}", "".join(drawn)))
    return texts
