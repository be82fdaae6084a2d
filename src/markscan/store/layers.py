"""Of what a scanner is made, in layers: so that a change examines anew only what it must.

Two scanners that differ in nothing but these layers say the same of a file

* if the place in which it lies is the same in both policies: of a policy a judgement sees the
  place of its file and nothing else (circumstances.py);
* if the second one has only disabled further rules and the first one found nothing in the file:
  rules that see something silence each other, never all of them, so none of them saw anything.

Everything else (code, libraries, lexicons, models, terms, register, profile) bears on what is
read or matched in any file whose text was read, and the text is not kept.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from markscan.config import Config
from markscan.policy import Location, Policy
from markscan.source import Source
from markscan.store.codec import decode
from markscan.store.identity import identity
from markscan.store.runs import Run
from markscan.store.schema import SCANNER


@dataclass(frozen=True, slots=True)
class Layers:
    """A scanner. `base` is the digest of all that is not told in the other fields."""

    base: bytes
    disabled: tuple[str, ...]
    policy: Policy | None

    @classmethod
    def of(cls, config: Config) -> Layers:
        """Return the layers of the scanner that `config` makes."""
        return cls(identity(config), tuple(sorted(set(config.disabled))), config.policy)

    def digest(self) -> bytes:
        """Return what is the same for the same scanner: 32 bytes."""
        return hashlib.blake2b(self.written(), digest_size=32).digest()

    def written(self) -> bytes:
        """Return the layers as they are kept."""
        policy = asdict(self.policy) if self.policy is not None else None
        told = {"base": self.base.hex(), "disabled": self.disabled, "policy": policy}
        return json.dumps(told, sort_keys=True).encode()

    @classmethod
    def read(cls, written: bytes) -> Layers:
        """Return the layers that `written` holds."""
        told = json.loads(written)
        policy = told["policy"]
        if policy is not None:
            places = tuple(_location(each) for each in policy["locations"])
            policy = Policy(places, _location(policy["default"]))
        return cls(bytes.fromhex(told["base"]), tuple(told["disabled"]), policy)


class Spared:
    """Tells which files the scanner of a run need not examine that another one examined."""

    def __init__(self, connection: Connection, run: Run, layers: Layers) -> None:
        """Keep `layers` as those of the scanner of `run`."""
        mine = SCANNER.c.id == run.scanner
        connection.execute(update(SCANNER).where(mine).values(layers=layers.written()))
        self._connection = connection
        self._now = layers
        self._others: dict[int, Layers | None] = {}

    def tell(self, source: Source, before: Row[Any]) -> bool:
        """Tell whether what another scanner said of `source`, kept in `before`, holds still."""
        was, now = self._layers(before.scanner), self._now
        if was is None or was.base != now.base:
            return False
        if was.disabled != now.disabled and not (
            set(was.disabled) <= set(now.disabled) and _found_nothing(before)
        ):
            return False
        if was.policy is None or now.policy is None:
            return was.policy is now.policy
        return was.policy == now.policy or (
            was.policy.locate(source.path) == now.policy.locate(source.path)
        )

    def _layers(self, scanner: int) -> Layers | None:
        if scanner not in self._others:
            query = select(SCANNER.c.layers).where(SCANNER.c.id == scanner)
            written = self._connection.execute(query).scalar()
            self._others[scanner] = Layers.read(written) if written else None
        return self._others[scanner]


def _found_nothing(row: Row[Any]) -> bool:
    if row.outcome is None:
        return True
    return not any(one.findings for one in decode(row.outcome, "").flat())


def _location(plain: dict[str, Any]) -> Location:
    pairs = tuple((scheme, code) for scheme, code in plain["highest"])
    return Location(**{**plain, "readers": tuple(plain["readers"]), "highest": pairs})
