"""Makes level words in their surroundings, of which it is known what they do there.

`models/training/occurrences.toml` holds groups of texts with slots and choices; a group has a
kind, a style, and a frame that says where in a document its texts stand. Around them stand
lines that tell nothing: shared by all kinds, of the same file or of real public text.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markscan.classify.occurrence_features import REACH, Structure
from markscan.classify.occurrence_rules import KINDS, Kind
from markscan.data import folder

_CHOICE = re.compile(r"<([^<>|]*(?:\|[^<>|]*)+)>")
_SLOT = re.compile(r"\{([a-z]+|\d+\.\.\d+)\}")
_TARGET = re.compile("«([^«»]*)»")
_DISGUISES = {"绝密": "絕密", "机密": "機密"}
_DISGUISED = 0.04  # share of words in traditional form, and of words with a gap
_APART = 0.08  # share of documents of which each line is a part of its own
_JOINS = ("\t", "\f", " ¦ ", " ", " ", "  ", "  ", "　", ",", "，", "，", "；", "、")
_DROPPED, _SHUFFLED = 0.25, 0.3  # columns left out, tables in another order
_TOLD = 0.5  # share of occurrences whose place in the file is told
_PART_AREAS = ("header", "footer", "textbox", "cell", "property", "header", "textbox")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A level word between `left` and `right`, and what it does there.

    `template` names the text that it was made of, `style` its group; all that share a name
    belong on one side of a split. `weight` is what it counts in training.
    """

    left: str
    word: str
    right: str
    kind: Kind
    style: str
    template: str
    structure: Structure | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """Texts of one kind that stand in one frame."""

    kind: Kind
    style: str
    frame: str
    texts: tuple[str, ...]


class Writer:
    """Fills slots and makes choices, by one generator of random numbers."""

    def __init__(self, rng: random.Random, slots: Mapping[str, Sequence[str]]) -> None:
        """Draw from `slots` with `rng`."""
        self._rng = rng
        self._slots = slots

    def fill(self, text: str) -> str:
        """Return `text` with every choice made and every slot filled."""
        while (found := _CHOICE.search(text)) is not None:
            made = self._rng.choice(found[1].split("|"))
            text = text[: found.start()] + made + text[found.end() :]
        return _SLOT.sub(self._value, text).replace("¦", "|")

    def _value(self, found: re.Match[str]) -> str:
        name = found[1]
        if ".." in name:
            low, _, high = name.partition("..")
            return str(self._rng.randint(int(low), int(high)))
        if name not in self._slots:
            return found[0]
        return self.fill(self._rng.choice(self._slots[name]))


def groups() -> tuple[tuple[Group, ...], Mapping[str, Sequence[str]]]:
    """Return the groups of the training texts and their lists of slots."""
    path = folder("models") / "training" / "occurrences.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    made = tuple(
        Group(KINDS[KINDS.index(each["class"])], each["style"], each["frame"], (*each["texts"],))
        for each in table["groups"]
    )
    return made, table["slots"]


def occurrences(seed: int, per_text: int, public: Sequence[str] = ()) -> Iterator[Occurrence]:
    """Yield the level words of `per_text` documents of each text, the same for the same seed.

    Args:
        seed: of the random numbers.
        per_text: documents made of each text.
        public: paragraphs of real text to stand around the texts, too.
    """
    made, slots = groups()
    rng = random.Random(seed)
    writer = Writer(rng, slots)
    for group in made:
        for number, text in enumerate(group.texts):
            for _ in range(per_text):
                shape = _TABLES[group.frame](rng, text) if group.frame in _TABLES else text
                filled = writer.fill(shape)
                document, area = _framed(rng, writer, group, filled, public)
                if rng.random() < _APART:
                    document = document.replace("\n", "\f")
                name = f"{group.style}-{number}"
                yield from _cut(rng, group, name, document, area)


def _rows(rng: random.Random, text: str) -> str:
    """A table of the columns in `text`, some left out: a ledger, a register, a list."""
    columns = _columns(rng, text)
    join = rng.choice(_JOINS)
    rows = [join.join(value for _, value in columns) for _ in range(rng.choice((1, 1, 2, 3, 4)))]
    if join in ("；", "，") and rng.random() < 0.5:
        rows = [join.join(f"{name}：{value}" for name, value in columns) for _ in rows]
    elif rng.random() < 0.6:
        rows.insert(0, join.join(name for name, _ in columns))
    if rng.random() < 0.4:
        rows.insert(0, "{ledger}")
    return ("\f" if join == "\f" else "\n").join(rows)


def _form(rng: random.Random, text: str) -> str:
    """Fields of the names and values in `text`, some left out: the head of a paper, a slip."""
    fields = _columns(rng, text)
    pair = rng.choice(("：", "：", ":", ": ", "\t", "\f", "\f", " ", " ¦ "))
    among = {"\f": ("\f",), "\t": ("\t", "\n"), " ¦ ": ("\n",)}.get(
        pair, ("\n", "\n", "    ", "；")
    )
    made = rng.choice(among).join(f"{name}{pair}{value}" for name, value in fields)
    return made if rng.random() < 0.5 else f"{{slip}}\n{made}"


def _columns(rng: random.Random, text: str) -> list[tuple[str, str]]:
    """Names and values, those without a level word at times left out or in another order."""
    found = [(name, value) for name, _, value in (c.partition("=") for c in text.split(";"))]
    kept = [each for each in found if "«" in each[1] or rng.random() > _DROPPED]
    if rng.random() < _SHUFFLED:
        rng.shuffle(kept)
    return kept


_TABLES: Mapping[str, Callable[[random.Random, str], str]] = {"rows": _rows, "form": _form}


def _framed(
    rng: random.Random, writer: Writer, group: Group, text: str, public: Sequence[str]
) -> tuple[str, str]:
    """The text with what stands around it, and the area of its part."""

    def around() -> str:
        if public and rng.random() < 0.5:
            return rng.choice(public)
        return writer.fill("{body}" if rng.random() < 0.8 else "{title}")

    match group.frame:
        case "head":
            return "\n".join([text, *(around() for _ in range(rng.randint(0, 2)))]), "body"
        case "line" | "rows" | "form":
            above = [around() for _ in range(rng.choice((0, 1, 1, 2)))]
            below = [around() for _ in range(rng.choice((0, 1, 1)))]
            return "\n".join([*above, text, *below]), "body"
        case "prose":
            join = rng.choice(("", "", "\n"))
            above = [around() for _ in range(rng.choice((0, 1, 1)))]
            below = [around() for _ in range(rng.choice((0, 1, 1)))]
            return join.join([*above, text, *below]), "body"
        case "part":
            beside = [around() if rng.random() < 0.7 else "" for _ in range(2)]
            left = f"{beside[0]}\f" if beside[0] else ""
            return f"{left}{text}" + (f"\f{beside[1]}" if beside[1] else ""), rng.choice(
                _PART_AREAS
            )
        case _:
            return text + (f"\f{around()}" if rng.random() < 0.3 else ""), "filename"


def _cut(
    rng: random.Random, group: Group, name: str, document: str, area: str
) -> Iterator[Occurrence]:
    """The occurrences of a document, each with what stands around it."""
    plain, at, found = "", 0, []
    for target in _TARGET.finditer(document):
        plain += document[at : target.start()]
        found.append((len(plain), target[1]))
        plain += target[1]
        at = target.end()
    plain += document[at:]
    for start, word in found:
        shown = _disguised(rng, word)
        left = plain[max(0, start - REACH) : start]
        right = plain[start + len(word) : start + len(word) + REACH]
        told = _place(rng, group, area, plain, start) if rng.random() < _TOLD else None
        yield Occurrence(left, shown, right, group.kind, group.style, name, told)


def _disguised(rng: random.Random, word: str) -> str:
    if rng.random() < _DISGUISED:
        return _DISGUISES.get(word, word)
    if rng.random() < _DISGUISED:
        return rng.choice((" ", "　")).join(word)
    return word


def _place(rng: random.Random, group: Group, area: str, text: str, start: int) -> Structure:
    line = sum(1 for row in text[:start].split("\n") if row.strip())
    if group.frame not in ("head", "part", "name"):
        line += rng.choice((0, 2, 10, 15, 20))
    paged = area == "textbox" or rng.random() < 0.4
    corner = group.frame == "head" or (area == "textbox" and rng.random() < 0.6)
    return Structure(
        area=area,
        page=(1 if corner else rng.choice((1, 1, 2, 3))) if paged else 0,
        top=(rng.uniform(0.05, 0.22) if corner else rng.uniform(0.05, 0.95)) if paged else None,
        left=rng.choice((0.1, 0.15, 0.3, 0.5, 0.7)) if paged else None,
        line=line,
        levels=rng.choice((0, 1)),
        size=len(text) * rng.choice((1, 1, 10, 100)),
        repeated=area in ("header", "footer"),
    )
