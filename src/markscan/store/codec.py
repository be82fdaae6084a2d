"""Writes an outcome as plain bytes and makes it again: what the store keeps of one file.

The form is JSON in UTF-8: an object for a dataclass, fields that hold their default left out,
locators of files inside relative to the file on disk, which is not named. What is not kept:
quotes, sketches, fingerprints and passages, which are document text or grow as large, what people
concluded, which has its own table, and which rules stayed silent, which is told only where asked
for.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from markscan.document import Place
from markscan.finding import Outcome, Status, Verdict
from markscan.wording import Text

Plain = Any  # what JSON can hold
_Change = Callable[[Any], Any]


class _Coder(NamedTuple):
    """How values of one type are written and made again."""

    write: _Change
    read: _Change


def is_quiet(outcome: Outcome) -> bool:
    """Tell whether there is nothing to say of a file but that it was examined and is clean."""
    return _without_text(replace(outcome, locator="", format="")) == _CLEAN


def encode(outcome: Outcome) -> bytes:
    """Return `outcome` as bytes, without the locator of the file on disk."""
    plain = _coder(Outcome).write(_relative(_without_text(outcome), len(outcome.locator)))
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def decode(written: bytes, locator: str) -> Outcome:
    """Return the outcome that `encode` wrote, of the file that is now called `locator`.

    Fields that a later version wrote and this one does not know are passed over.

    Raises:
        ValueError: these are no bytes of `encode`.
    """
    plain = json.loads(written.decode("utf-8", "surrogatepass"))
    try:
        outcome: Outcome = _coder(Outcome).read(plain)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no outcome") from error
    return _absolute(outcome, locator)


def _without_text(outcome: Outcome) -> Outcome:
    return replace(
        outcome,
        findings=tuple(
            replace(found, quote="") if found.quote else found for found in outcome.findings
        ),
        members=tuple(_without_text(member) for member in outcome.members),
        sketch=None,
        prints=b"",
        excerpts=(),
        unjudged=(),
        content=b"",
        twin=b"",
    )


def _relative(outcome: Outcome, start: int) -> Outcome:
    members = tuple(_relative(member, start) for member in outcome.members)
    return replace(outcome, locator=outcome.locator[start:], members=members)


def _absolute(outcome: Outcome, locator: str) -> Outcome:
    members = tuple(_absolute(member, locator) for member in outcome.members)
    return replace(outcome, locator=locator + outcome.locator, members=members)


_CLEAN = Outcome("", "", Status.EXAMINED)
assert _CLEAN.verdict is Verdict.CLEAN


@cache
def _coder(kind: Any) -> _Coder:
    """Return how values of the type `kind` are written and read."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _union(get_args(kind))
    if origin is tuple:
        each = _coder(get_args(kind)[0])
        return _Coder(
            lambda values: [each.write(value) for value in values],
            lambda plain: tuple([each.read(value) for value in plain]),
        )
    if kind is Text:
        return _Coder(lambda text: [text.zh, text.en], lambda plain: Text(*plain))
    if kind is date:
        return _Coder(date.isoformat, date.fromisoformat)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Coder(lambda value: value.value, kind)
    if is_dataclass(kind) or kind is Place:
        return _record(kind)
    if origin is Literal or kind in (str, int, float, bool):
        return _Coder(lambda value: value, lambda plain: plain)
    raise TypeError(f"the store cannot keep a {kind}")


def _union(kinds: tuple[Any, ...]) -> _Coder:
    """Values of one type or None; or of several dataclasses, told apart by their names."""
    some = [kind for kind in kinds if kind is not type(None)]
    if len(some) == 1:
        inner = _coder(some[0])
        return _Coder(
            lambda value: None if value is None else inner.write(value),
            lambda plain: None if plain is None else inner.read(plain),
        )
    coders = {kind.__name__: _coder(kind) for kind in some}

    def write(value: Any) -> Plain:
        name = type(value).__name__
        return None if value is None else {name: coders[name].write(value)}

    def read(plain: Plain) -> Any:
        if plain is None:
            return None
        ((name, inner),) = plain.items()
        return coders[name].read(inner)

    return _Coder(write, read)


# Fields of an outcome that are not kept.
_LEFT_OUT = frozenset(
    {
        *("sketch", "prints", "excerpts", "unjudged", "quote", "content", "twin", "conclusion"),
        *("wake", "rank"),
    }
)


def _record(kind: Any) -> _Coder:
    hints = get_type_hints(kind)
    named = [name for name in _names(kind) if name not in _LEFT_OUT]
    defaults = _defaults(kind)
    # An outcome has outcomes inside: its own coder is asked for when the first one comes.
    coders = {
        name: _later(hints[name]) if name == "members" else _coder(hints[name]) for name in named
    }

    def write(value: Any) -> Plain:
        plain = {}
        for name, coder in coders.items():
            held = getattr(value, name)
            if name not in defaults or held != defaults[name]:
                plain[name] = coder.write(held)
        return plain

    def read(plain: Plain) -> Any:
        return kind(
            **{name: coders[name].read(held) for name, held in plain.items() if name in coders}
        )

    return _Coder(write, read)


def _later(kind: Any) -> _Coder:
    return _Coder(lambda value: _coder(kind).write(value), lambda plain: _coder(kind).read(plain))


def _names(kind: Any) -> list[str]:
    return list(kind._fields) if kind is Place else [each.name for each in fields(kind)]


def _defaults(kind: Any) -> dict[str, Any]:
    if kind is Place:
        return dict(kind._field_defaults)
    told: dict[str, Any] = {}
    for each in fields(kind):
        made: Field[Any] = each
        if made.default is not MISSING:
            told[made.name] = made.default
        elif made.default_factory is not MISSING:
            told[made.name] = made.default_factory()
    return told
