"""Reads and writes a model: a zip of JSON and npy files that can run nothing.

`model.json` names format, kind and parameters, and of each array its type, shape and SHA-256;
`card.json` says from what it was trained and how well it does. Arrays are plain numbers
(`allow_pickle=False`); names, types, shapes, digests and sizes are checked before use. The
same content makes the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.errors import ModelError
from markscan.wording import MODEL
from markscan.wording.system import system_cause

FORMAT = "markscan-model/1"
MOST_BYTES = 64_000_000  # of a file, packed and unpacked

_HEAD, _CARD = "model.json", "card.json"
_KINDS = frozenset("fiu")
# What zipfile, json and numpy raise for a file that is none of theirs; a RuntimeError of zipfile
# tells of a method or a password that it does not know.
_BROKEN = (
    *(ValueError, KeyError, TypeError, EOFError, RecursionError, RuntimeError),
    *(zipfile.BadZipFile, zipfile.LargeZipFile),
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, eq=False)
class ModelFile:
    """What a model file holds. `digest` is the SHA-256 of the file, as hexadecimal digits."""

    kind: str
    parameters: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]
    card: Mapping[str, Any]
    digest: str


def read_model(path: Path) -> ModelFile:
    """Return what the file at `path` holds.

    Raises:
        ModelError: it cannot be read, is too large, or is not what it says.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValueError("size")
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _unpacked(package, hashlib.sha256(content).hexdigest())
    except OSError as error:
        why = system_cause(error)
        raise ModelError(MODEL["model.unread"].fill(name=path, why=why)) from None
    except _BROKEN:
        raise ModelError(MODEL["model.wrong"].fill(name=path)) from None


def check_digest(path: Path) -> None:
    """Make sure that the file at `path` is the one that `path`.sha256 names.

    Raises:
        ModelError: one of them is not there, or they do not match.
    """
    named = _beside(path)
    try:
        told = named.read_text("ascii").split()[:1]
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        why = system_cause(error)
        raise ModelError(MODEL["model.unread"].fill(name=error.filename, why=why)) from None
    except ValueError:
        raise ModelError(MODEL["model.wrong"].fill(name=named)) from None
    if told != [found]:
        raise ModelError(MODEL["model.wrong"].fill(name=path))


def write_model(
    path: Path,
    kind: str,
    parameters: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    card: Mapping[str, Any],
) -> None:
    """Write a model to the file at `path`, in the place of one that is there.

    A file `path`.sha256 beside it names its digest.

    Raises:
        ModelError: it cannot be written.
    """
    packed = {f"{name}.npy": _npy(array) for name, array in sorted(arrays.items())}
    said = {
        "format": FORMAT,
        "kind": kind,
        "parameters": dict(parameters),
        "arrays": {
            name: {
                "type": array.dtype.str,
                "shape": list(array.shape),
                "sha256": hashlib.sha256(packed[f"{name}.npy"]).hexdigest(),
            }
            for name, array in sorted(arrays.items())
        },
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, content in {_HEAD: _json(said), _CARD: _json(card), **packed}.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else it tells on which system it was made
            package.writestr(entry, content)
    half = path.with_name(path.name + ".part")
    try:
        half.write_bytes(made.getvalue())
        half.replace(path)
        digest = hashlib.sha256(made.getvalue()).hexdigest()
        _beside(path).write_text(f"{digest}  {path.name}\n", "ascii", newline="\n")
    except OSError as error:
        why = system_cause(error)
        raise ModelError(MODEL["model.unwritten"].fill(name=path, why=why)) from None


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _unpacked(package: zipfile.ZipFile, digest: str) -> ModelFile:
    names = [entry.filename for entry in package.infolist()]
    if sum(entry.file_size for entry in package.infolist()) > MOST_BYTES:
        raise ValueError("size")
    said = json.loads(_read(package, _HEAD))
    if said["format"] != FORMAT:
        raise ValueError("format")
    told: dict[str, Any] = said["arrays"]
    if sorted(names) != sorted([_HEAD, _CARD, *(f"{name}.npy" for name in told)]):
        raise ValueError("names")
    arrays = {name: _array(_read(package, f"{name}.npy"), row) for name, row in told.items()}
    card = json.loads(_read(package, _CARD))
    if not isinstance(card, dict):
        raise ValueError("card")
    return ModelFile(str(said["kind"]), dict(said["parameters"]), arrays, card, digest)


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as member:
        content = member.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError("size")
    return content


def _array(content: bytes, told: Mapping[str, Any]) -> NDArray[Any]:
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise ValueError("digest")
    array: NDArray[Any] = np.load(io.BytesIO(content), allow_pickle=False)
    if array.dtype.kind not in _KINDS or array.dtype.str != told["type"]:
        raise ValueError("type")
    if list(array.shape) != told["shape"] or not np.isfinite(array).all():
        raise ValueError("values")
    return array


def _npy(array: NDArray[Any]) -> bytes:
    made = io.BytesIO()
    np.save(made, np.ascontiguousarray(array), allow_pickle=False)
    return made.getvalue()


def _json(said: Mapping[str, Any]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
