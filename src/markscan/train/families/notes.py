"""The family "notes": chat, mail, telephone records, scribbles and lists, in colloquial wording.

A template (`models/training/notes.toml`) is one subject told twice as loose statements. Form
(chat, mail, bullets, dictation...), asides, order, clipping and typing slips are drawn from the
same pools for both sides, so that only what the statements say tells them apart.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from markscan.data import folder
from markscan.train.sample import Sample

_SHORTEST, _LONGEST = 80, 600  # code points of a text
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT = re.compile(r"\{(?:(?P<low>[\d.]+)-(?P<high>[\d.]+)|(?P<kind>[a-z]+)(?:\.\d+)?)\}")
_SLIPS = (
    *(("再", "在"), ("在", "再"), ("账", "帐"), ("得", "的"), ("做", "作"), ("已经", "以经")),
    *(("考察", "考查"), ("安排", "按排"), ("登记", "登计"), ("材料", "才料"), ("公示", "公式")),
    *(("以后", "已后"), ("名单", "明单"), ("数据", "数剧"), ("会议", "会意"), ("报名", "报明")),
    *(("截止", "截至"), ("通知", "通之"), ("那个", "哪个"), ("的时候", "得时候"), ("像", "象")),
)


@dataclass(frozen=True, slots=True)
class Template:
    """One subject: its statements on both sides ("!" first means never left out)."""

    name: str
    matter: str
    secret: tuple[str, ...]
    public: tuple[str, ...]
    cue: bool


@dataclass(frozen=True, slots=True)
class Pools:
    """What all templates share: slot values, asides, and cue lines of either meaning."""

    slots: dict[str, tuple[str, ...]]
    asides: tuple[str, ...]
    secret_cues: tuple[str, ...]
    public_cues: tuple[str, ...]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _values(text: str) -> tuple[str, ...]:
    """Return slot values, separated by blanks or line ends; no value holds a blank."""
    return tuple(text.split())


@cache
def _data() -> tuple[tuple[Template, ...], Pools]:
    raw = tomllib.loads((folder("models") / "training" / "notes.toml").read_text("utf-8"))
    templates = tuple(
        Template(
            entry["name"],
            entry["matter"],
            _lines(entry["secret"]),
            _lines(entry["public"]),
            entry.get("cue", False),
        )
        for entry in raw["template"]
    )
    slots = {kind: _values(text) for kind, text in raw["slots"].items()}
    pools = (_lines(raw[name]) for name in ("asides", "secret_cues", "public_cues"))
    return templates, Pools(slots, *pools)


def templates() -> tuple[Template, ...]:
    """Return all templates, in the order of the file."""
    return _data()[0]


def texts(seed: int, per_template: int) -> Iterator[Sample]:
    """Yield `per_template` secret and as many public samples of each template.

    The same for the same arguments, on every platform.
    """
    rng = Random(seed)
    pools = _data()[1]
    for template in templates():
        for _ in range(per_template):
            for secret in (True, False):
                text = _compose(rng, pools, template, secret)
                yield Sample(text, template.matter, secret, template.name)


def _compose(rng: Random, pools: Pools, template: Template, secret: bool) -> str:
    filled: dict[str, str] = {}
    statements = template.secret if secret else template.public
    told = [s.removeprefix("!") for s in statements if s[0] == "!" or rng.random() < 0.8]
    if rng.random() < 0.5:
        rng.shuffle(told)
    if template.cue and rng.random() < 0.7:
        told.append(rng.choice(pools.secret_cues if secret else pools.public_cues))
    for aside in rng.sample(pools.asides, rng.choice((0, 0, 0, 1, 1, 2))):
        told.insert(rng.randint(0, len(told)), aside)
    told = [_fill(rng, pools.slots, line, filled) for line in told]
    while sum(map(len, told)) < _SHORTEST:
        told.append(_fill(rng, pools.slots, rng.choice(pools.asides), filled))
    told = [_habit(rng, line) for line in told]
    form = rng.choices(_FORMS, _WEIGHTS)[0]
    return form(_Pen(rng, pools.slots, filled), told)[:_LONGEST]


def _fill(rng: Random, slots: dict[str, tuple[str, ...]], line: str, filled: dict[str, str]) -> str:
    """Draw the choices and slots of a line; `filled` keeps the slots already drawn."""
    while _CHOICE.search(line):
        line = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), line)

    def value(found: re.Match[str]) -> str:
        if found["low"]:
            return _number(rng, found["low"], found["high"])
        if found[0] not in filled:
            filled[found[0]] = _fresh(rng, slots, found["kind"], filled)
        return filled[found[0]]

    return _SLOT.sub(value, line)


def _fresh(rng: Random, slots: dict[str, tuple[str, ...]], kind: str, used: dict[str, str]) -> str:
    """Draw a value of a kind that no other slot of the text has, if one is found soon."""
    drawn = ""
    for _ in range(8):
        drawn = _fill(rng, slots, rng.choice(slots[kind]), {})
        if drawn not in used.values():
            break
    return drawn


def _number(rng: Random, low: str, high: str) -> str:
    if "." in low:
        return f"{rng.randint(round(float(low) * 10), round(float(high) * 10)) / 10:.1f}"
    return str(rng.randint(int(low), int(high)))


def _habit(rng: Random, line: str) -> str:
    """Return the line with a typing slip now and then, and sometimes blanks for commas."""
    if rng.random() < 0.08:
        right, wrong = rng.choice(_SLIPS)
        line = line.replace(right, wrong, 1)
    if rng.random() < 0.12:
        line = line.replace("，", " ")
    return line


@dataclass(frozen=True, slots=True)
class _Pen:
    """What a form needs to write its own parts: dates, names, turns."""

    rng: Random
    slots: dict[str, tuple[str, ...]]
    filled: dict[str, str]

    def write(self, line: str) -> str:
        return _fill(self.rng, self.slots, line, self.filled)

    def clock(self) -> str:
        return f"{self.rng.randint(7, 22)}:{self.rng.randint(0, 59):02}"


def _chat(pen: _Pen, told: list[str]) -> str:
    people = [pen.write("{nick.7}"), pen.write("{nick.8}"), pen.write("{nick.9}")]
    hour, minute = pen.rng.randint(7, 21), pen.rng.randint(0, 40)
    stamped = pen.rng.random() < 0.6
    lines = []
    for line in told:
        who = pen.rng.choice(people)
        minute = min(minute + pen.rng.randint(0, 4), 59)
        lines.append(f"{who} {hour}:{minute:02}\n{line}" if stamped else f"{who}：{line}")
        if pen.rng.random() < 0.25:
            reply = pen.rng.choice(("嗯", "收到", "好的", "[抱拳]", "啊？", "行", "[OK]", "知道了"))
            lines.append(f"{pen.rng.choice(people)}：{reply}")
    return "\n".join(lines)


def _mail(pen: _Pen, told: list[str]) -> str:
    greeting = pen.write("{nick.7}[：|，你好！|，忙不？|，长话短说。]")
    ending = pen.write("[就这些|有事电话|祝好|辛苦|匆匆]\n{nick.8}\n{date.9}")
    return f"{greeting}\n" + "。".join(told) + f"。\n{ending}"


def _telephone(pen: _Pen, told: list[str]) -> str:
    head = pen.write("[电话记录|来电|接电话记一下] {date.9} ") + pen.clock()
    caller = pen.write("[{unit.9}{nick.7}|{nick.7}|{county.9}值班室]")
    return f"{head}\n来电人：{caller}\n内容：" + "；".join(told) + pen.write("。\n接：{nick.8}")


def _bullets(pen: _Pen, told: list[str]) -> str:
    mark = pen.rng.choice(("- ", "· ", "— ", "* ", "→", "① "))
    if mark == "① ":
        lines = [f"{chr(0x2460 + n)}{line}" for n, line in enumerate(told)]
    else:
        lines = [mark + line for line in told]
    return pen.write("[{date.9}|{weekday.9}碰头|记|{date.9} {nick.7}处]") + "\n" + "\n".join(lines)


def _list(pen: _Pen, told: list[str]) -> str:
    dot = pen.rng.choice((". ", ")", "、", "．"))
    head = pen.write("[今天的事|别忘了|本周要办的|手头几件|备忘]")
    return head + "：\n" + "\n".join(f"{n}{dot}{line}" for n, line in enumerate(told, 1))


def _diary(pen: _Pen, told: list[str]) -> str:
    head = pen.write("{date.9} {weekday.9} [晴|阴|小雨|风大|] ")
    return head + "。".join(told) + pen.rng.choice(("。", "……", "", "。就记这么多。"))


def _dictation(pen: _Pen, told: list[str]) -> str:
    words = ("那个", "然后", "就是说", "嗯", "还有啊", "对了", "哦")
    spoken = [pen.rng.choice(words) + re.sub("[，；：。]", " ", line) for line in told]
    return pen.rng.choice(("喂 ", "", "语音转文字：", "我说一下啊 ")) + " ".join(spoken)


def _scribble(pen: _Pen, told: list[str]) -> str:
    glue = pen.rng.choice(("；", " / ", "。", "\n", "——", "  ", "\n\n"))
    return pen.write("[{nick.7}，|@{nick.7} |转{nick.7}：|说个事，||]") + glue.join(told)


def _quoted(pen: _Pen, told: list[str]) -> str:
    cut = pen.rng.randint(1, len(told))
    above = "。".join(told[cut:]) or pen.write("[看下面|见下|转你]")
    below = "\n".join(f"> {line}" for line in told[:cut])
    return f"{above}\n" + pen.write("[在 {date.9} |]{nick.7}写道：\n") + below


_FORMS: tuple[Callable[[_Pen, list[str]], str], ...] = (
    *(_chat, _mail, _telephone, _bullets, _list, _diary, _dictation, _scribble, _quoted),
)
_WEIGHTS = (5, 3, 2, 3, 2, 2, 2, 4, 1)
