"""Terms: words and phrases that are looked for, as the lexicon files list them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markscan.data import folder
from markscan.errors import LexiconError
from markscan.fold import fold
from markscan.wording import Text

# A shorter term stands in every text and says nothing.
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `id` is what reports cite; `text` is as written in its file.

    `examples` hold the term, `counter_examples` look alike and do not.
    """

    id: str
    topic: str
    text: str
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


def shipped_terms() -> tuple[Term, ...]:
    """Return the terms of lexicons/terms/, file by file in name order.

    Raises:
        LexiconError: a file does not say what it must say.
    """
    return read_terms(sorted((folder("lexicons") / "terms").glob("*.toml")))


def read_terms(files: Iterable[Path]) -> tuple[Term, ...]:
    """Return the terms of `files` in order.

    Raises:
        LexiconError: a file is no lexicon, an id stands twice, a term is too short.
    """
    terms = [term for file in files for term in _read_file(file)]
    seen: set[str] = set()
    for term in terms:
        if term.id in seen:
            raise LexiconError(Text(f"词条 {term.id} 重复", f"term {term.id} stands twice"))
        seen.add(term.id)
    return tuple(terms)


def _read_file(file: Path) -> list[Term]:
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(file, str(error), str(error)) from error
    topic = content.get("topic")
    if not isinstance(topic, str) or not content.get("source"):
        raise _wrong(file, "词库须有 topic 和 source", "a lexicon needs a topic and a source")
    return [
        _read_term(file, topic, number, entry)
        for number, entry in enumerate(content.get("term", []), 1)
    ]


def _read_term(file: Path, topic: str, number: int, entry: dict[str, Any]) -> Term:
    text = entry.get("text")
    if not isinstance(text, str) or len(fold(text).text) < _SHORTEST:
        raise _wrong(
            file,
            f"第 {number} 个词条不足 {_SHORTEST} 个字",
            f"term {number} is shorter than {_SHORTEST} characters",
        )
    if not isinstance(entry.get("id"), str):
        raise _wrong(file, f"第 {number} 个词条没有 id", f"term {number} has no id")
    return Term(
        id=f"{topic}.{entry['id']}",
        topic=topic,
        text=text,
        examples=tuple(entry.get("examples", ())),
        counter_examples=tuple(entry.get("counter_examples", ())),
    )


def _wrong(file: Path, zh: str, en: str) -> LexiconError:
    return LexiconError(Text(f"{file.name}：{zh}", f"{file.name}: {en}"))
