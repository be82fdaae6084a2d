"""Generated training texts in the form of records: forms, tables, ledgers, agendas and logs.

A template holds rows of cells instead of sentences. The rows of a secret text and of its public
twin are laid out by the same code with the same shapes, heads, slots and filler rows, so that only
what the cells say differs. The data lie in `models/training/records.toml`, whose first lines
explain the notation.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final, TypeAlias

from markscan.data import folder
from markscan.train.sample import MATTERS, Sample

SHORTEST: Final = 80
LONGEST: Final = 600

_CHOICE = re.compile(r"<([^<>]*)>")
_SLOT = re.compile(r"\{([^{}]+)\}")
_WHOLE = re.compile(r"(\d+)-(\d+)")
_DECIMAL = re.compile(r"(\d+\.\d+)~(\d+\.\d+)")
_REPEATED = re.compile(r"\*(\d)-(\d) ?")
_MAYBE = 0.65
_HEADED = 0.75
_SHUFFLED = 0.4
_CROSSED = 0.4
_STRAIGHT = 0.25

Cells: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a template: its cells and how often and where it may stand."""

    cells: Cells
    optional: bool = False
    pinned: bool = False
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """A secret template and its public twin: `kind` is form, table, agenda or log."""

    name: str
    matter: str
    kind: str
    heads: tuple[str, ...]
    secret: tuple[Row, ...]
    public: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """The whole data file: the pairs in order, the slots, and the filler rows of both classes.

    `open_rows` sound public and `strict_rows` sound internal; neither says what a text is.
    """

    pairs: tuple[Pair, ...]
    slots: Mapping[str, tuple[str, ...]]
    fillers: tuple[Cells, ...]
    open_rows: tuple[Cells, ...]
    strict_rows: tuple[Cells, ...]


def _row(line: str) -> Row:
    """Read a template line: marks `?`, `^`, `*2-4`, then cells divided by `｜`."""
    optional = line.startswith("?")
    line = line.removeprefix("?")
    pinned = line.startswith("^")
    line = line.removeprefix("^")
    repeated = _REPEATED.match(line)
    cells = tuple(line[repeated.end() if repeated else 0 :].split("｜"))
    if repeated is None:
        return Row(cells, optional, pinned)
    return Row(cells, optional, pinned, int(repeated[1]), int(repeated[2]))


def _rows(block: str) -> tuple[Row, ...]:
    """Read the lines of one template."""
    return tuple(_row(line) for line in block.strip().splitlines())


@cache
def records() -> Records:
    """Read the data file; OSError when absent, KeyError when a pair lacks a field."""
    data = tomllib.loads((folder("models") / "training" / "records.toml").read_text("utf-8"))
    pairs = tuple(
        Pair(
            f"records-{matter}-{entry['name']}",
            matter,
            entry["kind"],
            tuple(entry["head"].split("｜")),
            _rows(entry["secret"]),
            _rows(entry["public"]),
        )
        for matter in MATTERS
        for entry in data[matter]
    )
    slots = {name: tuple(values) for name, values in data["slots"].items()}
    spare = {
        name: tuple(tuple(line.split("｜")) for line in data[name])
        for name in ("fillers", "open_rows", "strict_rows")
    }
    return Records(pairs, slots, spare["fillers"], spare["open_rows"], spare["strict_rows"])


@dataclass(slots=True)
class _Filler:
    """Fills slots of one text: the same slot name gets the same value all through it."""

    rng: Random
    slots: Mapping[str, tuple[str, ...]]
    bound: dict[str, str]

    def fill(self, text: str) -> str:
        """Return `text` with each choice taken and each slot filled."""
        while _CHOICE.search(text):
            text = _CHOICE.sub(lambda found: self.rng.choice(found[1].split("/")), text)
        return _SLOT.sub(lambda found: self._value(found[1]), text)

    def _value(self, slot: str) -> str:
        """Return the number or name that stands in `slot`; KeyError for an unknown slot."""
        if whole := _WHOLE.fullmatch(slot):
            return str(self.rng.randint(int(whole[1]), int(whole[2])))
        if decimal := _DECIMAL.fullmatch(slot):
            places = len(decimal[1].split(".")[1])
            return f"{self.rng.uniform(float(decimal[1]), float(decimal[2])):.{places}f}"
        if slot not in self.bound:
            self.bound[slot] = self._drawn(slot.rstrip("23456"))
        return self.bound[slot]

    def _drawn(self, name: str) -> str:
        """Return a value of the list `name` that the text does not hold yet, if one is found."""
        taken = set(self.bound.values())
        value = ""
        for _ in range(20):
            value = self.again().fill(self.rng.choice(self.slots[name]))
            if value not in taken:
                break
        return value

    def again(self) -> _Filler:
        """Return a filler with nothing bound, for a repeated row."""
        return _Filler(self.rng, self.slots, {})


def _chosen(rows: Sequence[Row], filler: _Filler, shuffle: bool) -> list[Cells]:
    """Draw the rows that stand in one text, filled and in order."""
    rng = filler.rng
    kept = [row for row in rows if not row.optional or rng.random() < _MAYBE]
    if shuffle and rng.random() < _SHUFFLED:
        free = [row for row in kept if not row.pinned]
        rng.shuffle(free)
        kept = [row for row in kept if row.pinned] + free
    cells: list[Cells] = []
    for row in kept:
        for _ in range(rng.randint(row.least, row.most)):
            own = filler if row.most == 1 else filler.again()
            cells.append(tuple(own.fill(cell) for cell in row.cells))
    return cells


def _labelled(cells: Cells, colon: str, comma: str) -> str:
    """Join a label with its value by `colon`, or three and more cells by `comma`."""
    return (colon if len(cells) <= 2 else comma).join(cells)


def _form(rows: Sequence[Cells], rng: Random) -> str:
    """Lay rows out as a form: one of eight shapes."""
    shape = rng.randrange(8)
    if shape == 0:
        return "\n".join(_labelled(row, "：", "，") for row in rows)
    if shape == 1:
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)
    if shape == 2:
        return "\n".join("\t".join(row) for row in rows)
    if shape == 3:
        return "\n".join(f"【{row[0]}】{'，'.join(row[1:])}" for row in rows)
    if shape == 4:
        return "\n".join(f"{i}. {_labelled(row, '：', '，')}" for i, row in enumerate(rows, 1))
    if shape == 5:
        return "；".join(_labelled(row, "：", "，") for row in rows) + "。"
    if shape == 6:
        return "\n".join(_labelled(row, ": ", ", ") for row in rows)
    return "\n".join(f"- {_labelled(row, '——', ' / ')}" for row in rows)


def _table(rows: Sequence[Cells], rng: Random) -> str:
    """Lay rows out as a table; a row of two cells stands under it as a note."""
    between = rng.choice((" | ", "\t", "，", ",", " / ", "  "))
    numbered = rng.random() < 0.3
    lines = []
    for number, row in enumerate(rows, 1):
        line = "：".join(row) if len(row) == 2 else between.join(row)
        lines.append(f"{number}{between}{line}" if numbered else line)
    return "\n".join(lines)


def _agenda(rows: Sequence[Cells], rng: Random) -> str:
    """Lay rows out as numbered items of an agenda or of a record of speakers."""
    number = rng.choice(("{}. ", "（{}）", "{}、", "{}）", "[{}] ", "", "· "))
    colon = rng.choice(("：", "：", " ", "——", ": "))
    return "\n".join(
        number.format(i) + _labelled(row, colon, "，") for i, row in enumerate(rows, 1)
    )


def _log(rows: Sequence[Cells], rng: Random) -> str:
    """Lay rows out as log lines with rising times of one day."""
    minute = rng.randrange(7 * 60, 15 * 60)
    stamp = rng.choice(("{:02d}:{:02d} ", "[{:02d}:{:02d}] ", "{}时{:02d}分，", "{:02d}:{:02d}\t"))
    between = rng.choice(("：", " ", " | ", "，"))
    lines = []
    for row in rows:
        lines.append(stamp.format(minute // 60, minute % 60) + between.join(row))
        minute += rng.randrange(2, 40)
    return "\n".join(lines)


def _toned(secret: bool, data: Records, filler: _Filler) -> Iterator[Cells]:
    """Yield rows in the tone of the other class, somewhat more often than of its own."""
    crossed, own = data.open_rows, data.strict_rows
    if not secret:
        crossed, own = own, crossed
    for rows, rate in ((crossed, _CROSSED), (own, _STRAIGHT)):
        for cells in filler.rng.sample(rows, 2):
            if filler.rng.random() < rate:
                yield tuple(filler.fill(cell) for cell in cells)


def _text(pair: Pair, secret: bool, data: Records, rng: Random) -> str:
    """Generate one text of a template: head, rows, and filler rows as both classes have them."""
    filler = _Filler(rng, data.slots, {})
    head = filler.fill(rng.choice(pair.heads)) if rng.random() < _HEADED else ""
    rows = _chosen(pair.secret if secret else pair.public, filler, pair.kind == "form")
    for cells in _toned(secret, data, filler):
        first = sum(len(row) > 2 for row in rows) or 1
        rows.insert(rng.randint(first, len(rows)), cells)
    spare = rng.sample(data.fillers, 4)
    count = rng.choice((0, 0, 1, 1, 2))
    while count or sum(len(cell) for row in rows for cell in row) < SHORTEST:
        if not spare:
            break
        rows.append(tuple(filler.fill(cell) for cell in spare.pop()))
        count = max(0, count - 1)
    lay = {"form": _form, "table": _table, "agenda": _agenda, "log": _log}[pair.kind]
    body = lay(rows, rng)
    return f"{head}\n{body}" if head else body


def texts(seed: int, per_template: int) -> Iterator[Sample]:
    """Yield `per_template` secret texts and as many public twins of every template.

    The same arguments give the same texts in the same order.
    """
    rng = Random(seed)
    data = records()
    for pair in data.pairs:
        for _ in range(per_template):
            for secret in (True, False):
                text = _text(pair, secret, data, rng)
                yield Sample(text, pair.matter, secret, pair.name)
