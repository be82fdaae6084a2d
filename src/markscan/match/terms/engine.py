"""What an engine is: it finds words in bare text, and nothing else.

A word is a distinct term without white space, as units of `markscan.pool`. Engines differ
in speed alone: every one finds every occurrence, overlapping ones too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from markscan.pool import Pool, Units

Column = NDArray[np.int64]
Columns = Mapping[str, NDArray[Any]]


class Engine(Protocol):
    """Looks for a fixed set of words. Built once, then only read."""

    def find(self, text: Units) -> tuple[Column, Column]:
        """Return where words end in `text`, and which; by ends, then longest first."""

    def columns(self) -> Columns:
        """Return what `load` needs beside the words, to be spared the work of `build`."""


class Kind(Protocol):
    """A kind of engine: what the table in `markscan.match.terms` lists."""

    name: str
    library: str  # the package of PyPI that does the work; columns are for one version of it

    @staticmethod
    def available() -> bool:
        """Return whether it works on this machine."""

    @staticmethod
    def build(words: Pool) -> Engine:
        """Return an engine for `words`, none of which is empty, each there once."""

    @staticmethod
    def load(words: Pool, columns: Columns) -> Engine:
        """Return the engine that gave `columns`, among which there may be others.

        Raises:
            ValueError: another version gave them.
        """
