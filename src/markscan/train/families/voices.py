"""Training texts in a personal voice: letters, speeches, memos, reports, interviews, accounts.

A template is a list of sentences, written once with content that must not be public and once
with published content on the same subject. Both sides of a draw share the values of the slots
and what surrounds them (opening, asides, closing, numerals), so only the content tells them
apart. The templates are in `models/training/voices.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from markscan.data import folder
from markscan.train.sample import MATTERS, Sample

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT = re.compile(r"(第?)\{([a-z]+)\d?(?::(\d+):(\d+))?\}")
_DIGITS = "零一二三四五六七八九"
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


@dataclass(frozen=True, slots=True)
class Template:
    """A matter told twice: `secret` and `public` are the sentences, with their signs."""

    name: str
    matter: str
    voice: str
    secret: tuple[str, ...]
    public: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a text: an opening, asides by the place they follow (0 to 1), a closing."""

    opener: str
    asides: tuple[tuple[float, str], ...]
    closer: str
    breaks: float


@cache
def _data() -> dict[str, Any]:
    """Return the parsed file of the family."""
    return tomllib.loads((folder("models") / "training" / "voices.toml").read_text("utf-8"))


@cache
def templates() -> tuple[Template, ...]:
    """Return all templates, in the order of the matters and of the file."""
    return tuple(
        Template(
            f"voices.{matter}.{number}",
            matter,
            entry["voice"],
            tuple(entry["secret"].split("\n")),
            tuple(entry["public"].split("\n")),
        )
        for matter in MATTERS
        for number, entry in enumerate(_data()[matter], start=1)
    )


def texts(seed: int, per_template: int) -> Iterator[Sample]:
    """Yield `per_template` secret texts of every template, each followed by its public twin.

    The texts follow from the two numbers alone.
    """
    rng = Random(seed)
    for template in templates():
        for _ in range(per_template):
            frame = _frame(rng, template.voice)
            values = _Values(rng)
            for secret, lines in ((True, template.secret), (False, template.public)):
                text = values.fill(_compose(rng, lines, frame, template.voice))
                yield Sample(text, template.matter, secret, template.name)


def _frame(rng: Random, voice: str) -> Frame:
    """Draw the surroundings of a text of the voice."""
    pool: Mapping[str, Sequence[str]] = _data()["frame"][voice]
    asides: Sequence[str] = pool.get("asides", _data()["frame"]["asides"])
    count = rng.choice((0, 1, 1, 2, 3))
    talk = voice == "interview"
    return Frame(
        opener=rng.choice(pool["openers"]) if talk or rng.random() < 0.6 else "",
        asides=tuple((rng.random(), aside) for aside in rng.sample(asides, count)),
        closer=rng.choice(pool["closers"]) if rng.random() < 0.45 else "",
        breaks=rng.choice((0.0, 0.0, 0.15, 0.4)),
    )


def _compose(rng: Random, lines: Sequence[str], frame: Frame, voice: str) -> str:
    """Return the text with its slots still open: sentences chosen, ordered and surrounded."""
    body = _ordered(rng, [line for line in lines if line[0] != "?" or rng.random() < 0.6])
    body = [_CHOICE.sub(lambda found: rng.choice(found[1].split("|")), line) for line in body]
    if voice == "interview":
        return _dialogue(body, frame)
    for place, aside in frame.asides:
        body.insert(1 + int(place * len(body)), aside)
    parts = [part for part in (frame.opener, *body, frame.closer) if part]
    pieces = [parts[0]]
    for part in parts[1:]:
        pieces.append("\n" if rng.random() < frame.breaks else "")
        pieces.append(part)
    return "".join(pieces)


def _ordered(rng: Random, lines: Sequence[str]) -> list[str]:
    """Return the sentences without their signs, the movable ones (~) in a drawn order."""
    movable = [line[1:] for line in lines if line[0] == "~"]
    rng.shuffle(movable)
    rest = iter(movable)
    return [next(rest) if line[0] == "~" else line.removeprefix("?") for line in lines]


def _dialogue(body: Sequence[str], frame: Frame) -> str:
    """Return the sentences as answers; questions open, stand between and close."""
    questions = {1 + int(place * (len(body) - 1)): aside for place, aside in frame.asides}
    pieces = [f"问：{frame.opener}\n答："]
    for index, line in enumerate(body):
        if index in questions:
            pieces.append(f"\n问：{questions[index]}\n答：")
        pieces.append(line)
    if frame.closer:
        pieces.append(f"\n问：{frame.closer}")
    return "".join(pieces)


class _Values:
    """The values of the slots of one pair of texts; each is drawn when it is first met."""

    def __init__(self, rng: Random) -> None:
        """Draw what a pair decides once: its places, its surnames, how it writes numbers."""
        slots = _data()["slots"]
        self._slots: Mapping[str, Any] = slots
        self._rng = rng
        self._stems = rng.sample(slots["stems"], 12)
        self._surnames = rng.sample(slots["surnames"], 12)
        self._han = rng.random() < 0.5
        self._suffix = rng.choice(("市", "市", ""))
        self._known: dict[str, str] = {}

    def fill(self, text: str) -> str:
        """Return the text with every slot filled."""
        return _SLOT.sub(self._value, text)

    def _value(self, found: re.Match[str]) -> str:
        ordinal, kind, low, high = found.groups()
        key = found[0].removeprefix("第")
        if key not in self._known:
            self._known[key] = self._number(kind, low, high) if low else self._word(kind)
        value = self._known[key]
        return ordinal + ("二" if ordinal and value == "两" else value)

    def _number(self, kind: str, low: str, high: str) -> str:
        """Return a whole number (n) or one with a decimal (d) of the closed range."""
        whole = self._rng.randint(int(low), int(high))
        if kind == "n":
            return numeral(whole) if self._han else str(whole)
        tenth = self._rng.randint(1, 9)
        return (
            f"{_DIGITS[whole]}点{_DIGITS[tenth]}"
            if self._han and whole < 10
            else (f"{whole}.{tenth}")
        )

    def _word(self, kind: str) -> str:
        """Return a name, place, office or date."""
        rng, slots = self._rng, self._slots
        match kind:
            case "p":
                name = "".join(rng.sample(slots["given"], rng.choice((1, 2, 2))))
                return f"{self._surnames.pop()}{name}"
            case "a":
                return str(rng.choice(slots["titles"])).format(self._surnames.pop())
            case "city":
                return f"{self._stems.pop()}{self._suffix}"
            case "county" | "town":
                return f"{self._stems.pop()}{'县' if kind == 'county' else '镇'}"
            case "road" | "school":
                return f"{self._stems.pop()}{rng.choice(slots[f'{kind}s'])}"
            case "firm":
                return f"{rng.choice(slots['firms'])}{rng.choice(slots['kinds'])}"
            case "mon":
                return f"{rng.choice(_MONTHS)}月"
            case "day":
                return f"{numeral(rng.randint(10, 28))}日"
            case "yr":
                return str(rng.randint(1968, 2012))
        lists = {"bur": "bureaus", "post": "posts", "proj": "projects", "land": "lands"}
        return str(rng.choice(slots[lists.get(kind, "weekdays")]))


def numeral(number: int) -> str:
    """Return a number from 1 to 9,999 in Chinese numerals, two as before a measure word."""
    if number == 2:
        return "两"
    out = ""
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            out += _DIGITS[digit] + unit
        elif out and not out.endswith("零"):
            out += "零"
    out = out.rstrip("零")
    return out[1:] if out.startswith("一十") else out
