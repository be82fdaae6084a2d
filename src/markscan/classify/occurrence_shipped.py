"""The occurrence model that comes with the program: checked at the start, read when needed.

Loaded with the program, so it imports nothing that takes time; few files have a weak marking.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from markscan.classify.model_file import check_digest, read_model

if TYPE_CHECKING:
    from markscan.classify.occurrence import OccurrenceModel


class Shipped:
    """The model that comes with the program, read when it is first needed."""

    def __init__(self, path: Path) -> None:
        """Make sure that the file at `path` is the one that `path`.sha256 names.

        Raises:
            ModelError: one of them is not there, or they do not match.
        """
        self._path = path
        check_digest(path)

    @cached_property
    def model(self) -> OccurrenceModel:
        """The model, read once.

        Raises:
            ModelError: the file is none.
        """
        from markscan.classify.occurrence import OccurrenceModel

        return OccurrenceModel.of(read_model(self._path))
