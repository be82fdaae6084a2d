"""The identity of a scanner: a digest of all that its judgement depends on but the file.

But for disabled rules and the location policy, of which it matters how they changed (layers.py).

The same identity, the same file in the same place on the same day: the same outcome. It takes in
the code of the program and the data that ship with it, byte by byte, the versions of the
libraries that read files, the office's own term lists, the register, and the configuration.

Left out is what judges nothing (language, quoting, processes, patterns of paths, `--fail-level`),
limits of time, because a file that took too long is looked at again in each run, and the
day. Of the day the law in force counts here; what else depends on it are outcomes with
something in them, which are judged anew when a day may change them (nightly.py).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import markscan
from markscan.config import Config
from markscan.data import folder
from markscan.extract import ocr_installed
from markscan.lexicon import read_law

_PACKAGE = Path(markscan.__file__).parent
# Packages of the program that judge nothing.
_FACES = frozenset(
    {
        *("cli", "lexicons", "models", "place_rules", "report", "schedule", "schemas", "selftest"),
        *("store", "train"),
    }
)
_LITTLE = 1 << 24
_READERS = (
    *("cryptography", "hyperscan", "libarchive-c", "msoffcrypto-tool", "numpy", "pyahocorasick"),
    *("pypdfium2", "regex", "rapidocr", "onnxruntime"),
)
# Fields of Config that do not decide what is said of a file, and those taken in otherwise.
_BESIDE = frozenset(
    {
        *("today", "quote", "exclude", "seconds_per_file", "seconds_per_picture", "jobs"),
        *("fail_level", "explain", "sketch", "form", "sketches", "excerpts", "language"),
        *("ocr", "passwords", "terms_key", "lexicons", "register", "register_key", "content_model"),
        *("finding_key", "until", "io_mbps", "low_priority", "shares", "inspections"),
        *("disabled", "policy"),  # layers.py
    }
)


def identity(config: Config) -> bytes:
    """Return the digest, 32 bytes, of the scanner that `config` makes."""
    digest = hashlib.blake2b(digest_size=32)
    for told in _told(config):
        digest.update(len(told).to_bytes(8, "big") + told)
    if config.passwords:
        # Slow on purpose: nobody shall find a password by comparing digests.
        words = "\0".join(config.passwords).encode("utf-8", "surrogatepass")
        digest.update(hashlib.scrypt(words, salt=digest.digest()[:16], n=1 << 14, r=8, p=1))
    return digest.digest()


def _told(config: Config) -> Iterator[bytes]:
    yield markscan.__version__.encode()
    yield from _contents(sorted(_sources()))
    yield from _contents(sorted(_files(folder("lexicons"))))
    # What they were made with lies beside them.
    yield from _contents(sorted(folder("models").glob("*.zip")))
    for name in _READERS:
        yield f"{name} {_version(name)}".encode()
    for field in fields(Config):
        if field.name not in _BESIDE:
            yield f"{field.name}={getattr(config, field.name)!r}".encode("utf-8", "surrogatepass")
    yield b"ocr" if config.ocr and ocr_installed() else b"no ocr"
    law = read_law(config.today)
    yield repr([(each.name, _fixed(getattr(law, each.name))) for each in fields(law)]).encode()
    named = (*config.lexicons, config.register, config.content_model)
    yield from _contents([path for path in named if path is not None])


def _sources() -> Iterator[str]:
    for entry in os.scandir(_PACKAGE):
        if entry.name.endswith(".py"):
            yield entry.path
        elif entry.name not in _FACES:
            yield from (path for path in _files(entry.path) if path.endswith(".py"))


def _files(top: Path | str) -> Iterator[str]:
    """Yield the paths of the files under a folder, as text: there are hundreds at each start."""
    for inside, below, names in os.walk(top):
        below[:] = [name for name in below if name != "__pycache__"]
        yield from (os.path.join(inside, name) for name in names)  # noqa: PTH118


def _contents(paths: Iterable[Path | str]) -> Iterator[bytes]:
    for path in paths:
        yield os.path.basename(path).encode("utf-8", "surrogatepass")  # noqa: PTH119
        yield _digest(path)


def _digest(path: Path | str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            if os.fstat(file.fileno()).st_size < _LITTLE:
                return hashlib.blake2b(file.readall()).digest()
            # A register may be larger than memory.
            return hashlib.file_digest(file, hashlib.blake2b).digest()
    except OSError:  # whoever builds the scanner says what is wrong
        return b""


def _version(name: str) -> str:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return ""
    told = found.read_text("METADATA") or found.read_text("PKG-INFO") or ""
    # The parser of e-mail headers takes ten times as long.
    lines = (line.partition(":") for line in told.splitlines())
    return next((value.strip() for key, _, value in lines if key == "Version"), "")


def _fixed(value: object) -> object:
    """Return `value` in a form whose repr does not depend on the order of hashes."""
    if isinstance(value, set | frozenset):
        return sorted(value, key=repr)
    return sorted(value.items(), key=repr) if isinstance(value, dict) else value
