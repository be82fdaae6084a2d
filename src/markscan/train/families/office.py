"""Office: formal official prose of government offices, secret templates with public twins.

A pair of `models/training/office.toml` holds a subject, sentences that both sides share, and the
sentences of either side. A text is a shared lead, a core sentence of its side, a random choice
of the other sentences in random order, filling sentences, all set in a frame (title, addressee,
numbering, closing) that is drawn without regard to the side. So neither frame
nor length tells the sides apart; what the sentences say does.

In a sentence `[a|b]` is a choice, `{name}` a slot that keeps its value through the text (a digit
behind the name makes another value of the same list), `{3..9}` or `{1.5..4.0}` a number.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markscan.data import folder
from markscan.train.sample import MATTERS, Sample

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)")
_TRAILING = re.compile(r"，\[[^\[\]]*\](?=。$)")
_TRAILING_DROPPED = 0.1  # the share of trailing clauses that the less wordy side drops
_LONGEST = 600
_SHORTEST = 80
_TRIES = 20
_OVERSHOOT = 15  # code points a body may grow past the length drawn for it


@dataclass(frozen=True, slots=True)
class _Side:
    """What one side of a pair says; `sentences[0]` is its core, `cue` adds a secrecy word.

    `terse` is the share of trailing clauses dropped, so that both sides' sentences are of one
    mean length.
    """

    secret: bool
    sentences: tuple[str, ...]
    cue: bool
    terse: float


@dataclass(frozen=True, slots=True)
class _Pair:
    """A secret template and its public twin; `both[0]` leads every text of either."""

    name: str
    matter: str
    subject: str
    both: tuple[str, ...]
    sides: tuple[_Side, _Side]


@dataclass(frozen=True, slots=True)
class _Family:
    """The whole data file: pairs in order, lists of slots and the sentences of frames."""

    pairs: tuple[_Pair, ...]
    slots: Mapping[str, Sequence[str]]
    frame: Mapping[str, Sequence[str]]


@dataclass(slots=True)
class _Writer:
    """Fills slots and choices of one text, remembering the values of its slots."""

    rng: random.Random
    slots: Mapping[str, Sequence[str]]
    known: dict[str, str] = field(default_factory=dict)

    def fill(self, sentence: str) -> str:
        """Return `sentence` with every choice made and every slot filled."""
        while "[" in sentence:
            sentence = _CHOICE.sub(lambda m: self.rng.choice(m[1].split("|")), sentence)
        return _SLOT.sub(lambda m: self._value(m[1]), sentence)

    def _value(self, name: str) -> str:
        if (limits := _RANGE.fullmatch(name)) is not None:
            return self._number(limits[1], limits[2])
        if name not in self.known:
            kind = name.rstrip("0123456789")
            taken = [v for k, v in self.known.items() if k.rstrip("0123456789") == kind]
            value = self._fresh(kind)
            for _ in range(_TRIES):
                if value not in taken:
                    break
                value = self._fresh(kind)
            self.known[name] = value
        return self.known[name]

    def _fresh(self, kind: str) -> str:
        """Return another value of a list; slots inside it keep nothing for the text."""
        return _Writer(self.rng, self.slots).fill(self.rng.choice(self.slots[kind]))

    def _number(self, low: str, high: str) -> str:
        if "." in low:
            return f"{self.rng.uniform(float(low), float(high)):.{len(low.split('.')[1])}f}"
        return str(self.rng.randint(int(low), int(high)))


def texts(seed: int, per_template: int) -> Iterator[Sample]:
    """Yield `per_template` texts of each template and of each twin, the same for the same seed."""
    family = _load()
    rng = random.Random(seed)
    for pair in family.pairs:
        for side in pair.sides:
            for number in range(per_template):
                text = _text(rng, family, pair, side, _length(number))
                yield Sample(text, pair.matter, side.secret, pair.name)


def _length(number: int) -> int:
    """Return the length, in code points, that the body of the `number`-th text aims at.

    Golden-ratio steps spread any count of texts evenly, alike on both sides of a pair.
    """
    return _SHORTEST + int(330 * (number * 0.6180339887 % 1))


def _load() -> _Family:
    path = folder("models") / "training" / "office.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    pairs = tuple(_pair(matter, entry) for matter in MATTERS for entry in table[matter])
    return _Family(pairs, table["slots"], table["frame"])


def _pair(matter: str, entry: Mapping[str, Any]) -> _Pair:
    secret, public = tuple(entry["secret"]), tuple(entry["public"])
    excess = _mean_length(secret) - _mean_length(public)
    sides = (
        _Side(True, secret, bool(entry.get("cue")), _terse(secret, excess)),
        _Side(False, public, bool(entry.get("innocent")), _terse(public, -excess)),
    )
    name = f"office.{matter}.{entry['id']}"
    return _Pair(name, matter, entry["subject"], tuple(entry["both"]), sides)


def _terse(sentences: Sequence[str], excess: float) -> float:
    """Return the share of trailing clauses to drop to lose `excess` code points a sentence."""
    kept = _mean_length([_TRAILING.sub("", s) for s in sentences])
    trailing = _mean_length(sentences) - kept
    return _TRAILING_DROPPED + min(0.8, max(0.0, excess) / max(trailing, 1.0))


def _mean_length(sentences: Sequence[str]) -> float:
    """Return the mean length of sentences in code points, each choice counted as its mean."""
    return sum(map(_expected_length, sentences)) / len(sentences)


def _expected_length(sentence: str) -> float:
    flat = _SLOT.sub("某某某", sentence)
    choices = [choice.split("|") for choice in _CHOICE.findall(flat)]
    chosen = sum(sum(map(len, options)) / len(options) for options in choices)
    return len(_CHOICE.sub("", flat)) + chosen


def _text(rng: random.Random, family: _Family, pair: _Pair, side: _Side, length: int) -> str:
    """Write texts until one keeps the bounds of length; the last one if none does."""
    text = ""
    for _ in range(_TRIES):
        writer = _Writer(rng, family.slots)
        lead, *rest = _body(writer, family.frame, pair, side, length)
        rng.shuffle(rest)
        text = _framed(writer, family.frame, pair.subject, [lead, *rest])
        if _SHORTEST <= len(text) <= _LONGEST:
            break
    return text


def _body(
    writer: _Writer, frame: Mapping[str, Sequence[str]], pair: _Pair, side: _Side, length: int
) -> list[str]:
    """Write the shared lead and the core sentence, then others up to about `length`.

    Wordier sentences so make fewer of them, not longer texts; what the
    pair's own sentences leave open, filling sentences take up.
    """
    rng = writer.rng
    own = [_TRAILING.sub("", s) if rng.random() < side.terse else s for s in side.sentences]
    body = [writer.fill(pair.both[0]), writer.fill(own[0])]
    if side.cue:
        body.append(writer.fill(rng.choice(frame["cues" if side.secret else "innocent"])))
    others = [*own[1:], *pair.both[1:], *rng.sample(frame["filling"], 1)]
    rng.shuffle(others)
    others += rng.sample(frame["filling"], 6)
    for sentence in others:
        written = writer.fill(sentence)
        if written not in body and sum(map(len, body)) + len(written) <= length + _OVERSHOOT:
            body.append(written)
    return body[: len(_CHINESE)]


def _framed(
    writer: _Writer, frame: Mapping[str, Sequence[str]], subject: str, body: Sequence[str]
) -> str:
    """Set the sentences in a frame: title, addressee, numbering, paragraphs and closing."""
    rng = writer.rng
    lines = []
    if rng.random() < 0.5:
        lines.append(writer.fill(rng.choice(frame["titles"]).replace("SUBJECT", subject)))
        if rng.random() < 0.5:
            lines.append(writer.fill(rng.choice(frame["addressees"])))
    lines += _numbered(rng, body)
    if rng.random() < 0.4:
        lines.append(writer.fill(rng.choice(frame["closings"])))
    return "\n".join(lines)


def _numbered(rng: random.Random, body: Sequence[str]) -> list[str]:
    """Return paragraphs: one, several, or one for each numbered sentence behind the lead."""
    lead, rest = body[0], body[1:]
    style = rng.choice(("one", "one", "several", "several", "一、", "（一）", "1.", "一是"))
    if style == "one":
        return ["".join(body)]
    if style == "several":
        cut = rng.randint(1, len(body) - 1)
        return ["".join(body[:cut]), "".join(body[cut:])]
    if style == "一是":
        return [lead + "".join(f"{_CHINESE[n]}是{s}" for n, s in enumerate(rest))]
    return [lead, *(_number(style, n) + s for n, s in enumerate(rest))]


_CHINESE = "一二三四五六七八九十"


def _number(style: str, n: int) -> str:
    return style.replace("一", _CHINESE[n]).replace("1", str(n + 1))
