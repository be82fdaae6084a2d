"""One term, and what a file of terms says: the types that every format yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markscan.errors import LexiconError
from markscan.wording import Text

LONGEST = 1000  # characters of a term; a longer line is no term but a mistake
SHORTEST = 2  # characters of a folded term; a shorter one stands in every text


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `id` is what reports cite; `text` is as written in its file.

    `examples` hold the term, `counter_examples` look alike and do not. One occurrence adds
    `weight` to the score of the topic. A `bounded` term must stand at the borders of words;
    None: if it has at most four characters, all Han. `before` and `after` are regular
    expressions that must match right before and right after the term in the folded text.
    """

    id: str
    topic: str
    text: str
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    weight: float = 1.0
    bounded: bool | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The content of one file of terms. `sealed`: it came out of a sealed file.

    `name` is that of the list itself, which ids are made from; `path` the file that was
    read, which errors name. They differ for a sealed file.
    """

    path: Path
    name: str
    content: bytes
    sealed: bool = False

    @property
    def stem(self) -> str:
        """The name without its suffix: topic and beginning of the ids of a plain list."""
        return Path(self.name).stem

    def wrong(self, zh: str, en: str, line: int | None = None) -> LexiconError:
        """Return the error that names this file and, where it is known, a line from 1.

        `zh` and `en` never hold what the list says: it may be sealed.
        """
        place = self.path.name if line is None else f"{self.path.name}:{line}"
        return LexiconError(Text(f"{place}：{zh}", f"{place}: {en}"))


@dataclass(slots=True)
class Entries:
    """What one file says, a term an index. Filled by the reader of a format, then only read.

    The texts are as written. What only few terms have is kept by index. `line` gives the
    line of a term, from 1; `named` what the file calls a field, where not by its own name.
    """

    source: Source
    line: Callable[[int], int]
    texts: Sequence[str]
    ids: Sequence[str]
    topics: Sequence[str]
    weights: Sequence[float] = ()  # empty: 1.0 for all
    bounded: Mapping[int, bool] = field(default_factory=dict)
    sides: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    examples: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    counter_examples: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """The number of terms."""
        return len(self.texts)

    def terms(self) -> Iterator[Term]:
        """Yield the terms one by one."""
        for number, text in enumerate(self.texts):
            before, after = self.sides.get(number, ("", ""))
            yield Term(
                id=self.ids[number],
                topic=self.topics[number],
                text=text,
                examples=self.examples.get(number, ()),
                counter_examples=self.counter_examples.get(number, ()),
                weight=self.weights[number] if self.weights else 1.0,
                bounded=self.bounded.get(number),
                before=before,
                after=after,
            )

    def wrong(self, number: int, zh: str, en: str) -> LexiconError:
        """Return the error that names the file and the line of term `number`."""
        return self.source.wrong(zh, en, self.line(number))
