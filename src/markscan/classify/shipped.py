"""The models that come with the program: checked at the start, read when they are first needed.

Loaded with the program, so it imports nothing that takes time; few files need a model.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from markscan.classify.model_file import ModelFile, check_digest, read_model
from markscan.data import folder

if TYPE_CHECKING:
    from markscan.classify.content import ContentModel
    from markscan.classify.occurrence import OccurrenceModel

Model = TypeVar("Model")


class Shipped(Generic[Model]):
    """A model that comes with the program."""

    def __init__(self, path: Path, build: Callable[[ModelFile], Model]) -> None:
        """Make sure that the file at `path` is the one that `path`.sha256 names.

        Raises:
            ModelError: one of them is not there, or they do not match.
        """
        check_digest(path)
        self._path, self._build = path, build

    @cached_property
    def model(self) -> Model:
        """The model, read once.

        Raises:
            ModelError: the file is none.
        """
        return self._build(read_model(self._path))


def model_path(name: str) -> Path:
    """Return where the model `name` lies: content, occurrence."""
    return folder("models") / f"{name}.zip"


def content_model(path: Path | None = None) -> Shipped[ContentModel]:
    """Return the model of unmarked content, that at `path` if one is named.

    Raises:
        ModelError: it is not there, or not what its digest says.
    """

    def build(file: ModelFile) -> ContentModel:
        from markscan.classify.content import ContentModel

        return ContentModel.of(file)

    return Shipped(path or model_path("content"), build)


def occurrence_model(path: Path | None = None) -> Shipped[OccurrenceModel]:
    """Return the model of level words, that at `path` if one is named.

    Raises:
        ModelError: it is not there, or not what its digest says.
    """

    def build(file: ModelFile) -> OccurrenceModel:
        from markscan.classify.occurrence import OccurrenceModel

        return OccurrenceModel.of(file)

    return Shipped(path or model_path("occurrence"), build)
