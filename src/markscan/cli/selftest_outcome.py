"""The self-test of a kept scan: which samples it must find, and how that is told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from markscan.cli.console import complain
from markscan.cli.exit_code import Ending, tested
from markscan.selftest import ENDING, RollCall, Sample, read_samples
from markscan.store.database import is_url
from markscan.store.place import state_folder
from markscan.wording import INTERFACE, Language


def list_of(place: str) -> Path:
    """Return the file that lists the samples of the store at `place`.

    It lies beside a store that is a file, else in the user's state folder.
    """
    if not is_url(place):
        return Path(f"{place}{ENDING}")
    # Who connects, and with what password, does not make it another store.
    shown = place.rpartition("@")[2].encode("utf-8", "surrogatepass")
    return state_folder() / f"store-{hashlib.blake2b(shown, digest_size=8).hexdigest()}{ENDING}"


def called(place: str, roots: Iterable[str]) -> RollCall:
    """Return the roll call of a scan of `roots` (absolute paths, or URLs, which have none).

    Raises:
        UsageError: there is a list of samples, but it cannot be read.
    """
    return RollCall(read_samples(list_of(place)), [root for root in roots if "://" not in root])


def settled(end: Ending, roll: RollCall, state: str, language: Language) -> Ending:
    """Return how a run ended, its self-test considered; names on standard error what was missed."""
    missed = roll.missed(whole=state == "finished")
    for sample in missed:
        complain(told("selftest.missed", sample, language), language)
    return tested(end, roll.expected, len(missed))


def told(key: str, sample: Sample, language: Language) -> str:
    """Return the sentence `key` about a sample."""
    said = INTERFACE[key].fill(
        id=sample.id,
        name=sample.path,
        rules=" ".join(sample.rules),
        day=sample.planted,
        state=INTERFACE[f"selftest.{sample.state}"],
    )
    return said.of(language)
