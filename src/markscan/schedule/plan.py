"""What is to be run, when and as whom: the same for every kind of schedule."""

from __future__ import annotations

from dataclasses import dataclass


class Unsayable(Exception):
    """A path or a name holds what this kind of schedule has no way to write: its argument."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A scan every night.

    `command` is the program and what it is given, one argument each. `reads` are the absolute
    paths of the roots on this machine, `writes` folders in which it must be able to write, beside
    its own. `network`: it needs the network, for a root or a store elsewhere. `at` is HH:MM.
    `user` is an account, empty for the usual one of this kind.
    """

    name: str
    about: str
    command: tuple[str, ...]
    at: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    network: bool = False
    user: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a schedule: its name, its text, and the encoding in which it is to be saved."""

    name: str
    text: str
    encoding: str = "utf-8"


def refuse_controls(*texts: str) -> None:
    """Refuse texts that would begin a new line, or another control sequence, in a file of lines.

    Raises:
        Unsayable: one does.
    """
    for text in texts:
        if any(ord(each) < 32 or ord(each) == 127 or 0xD800 <= ord(each) < 0xE000 for each in text):
            raise Unsayable(text)
