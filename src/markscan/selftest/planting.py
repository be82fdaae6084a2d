"""Plants samples and takes them away: the only writing in places that are scanned.

Each is one new file. Nothing is written over, and what is no longer as it was planted is
never deleted.
"""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path

from markscan.config import Config
from markscan.errors import UsageError
from markscan.selftest.registry import Sample, digest_of
from markscan.selftest.sample import FORMATS, PROOFS, name
from markscan.source import Source
from markscan.wording import INTERFACE
from markscan.wording.system import system_cause


def plant(folder: Path, format: str, config: Config, day: date) -> Sample:
    """Write a sample into `folder`, and say which rules must find it.

    Which rules those are is tried out with `config`, the one of the scan.

    Raises:
        UsageError: the folder cannot be written to, or no rule would speak of the sample.
    """
    from markscan.scan import Scanner

    scan = Scanner(config).scan_file
    number = secrets.token_hex(8)
    path = Path(os.path.abspath(folder)) / name(number, format)  # noqa: PTH100 -- links stay
    content = FORMATS[format](number)
    found = {finding.rule for finding in scan(Source(path, (), content)).findings}
    rules = tuple(code for code in PROOFS if code in found)
    if not rules:
        raise UsageError(INTERFACE["selftest.silent"].fill(name=folder))
    _write(path, content)
    return Sample(number, path.as_posix(), digest_of(content), rules, str(day))


def remove(sample: Sample) -> bool:
    """Delete the file of a sample; return whether it lay there as it was planted.

    Raises:
        UsageError: the system does not let it be deleted.
    """
    if sample.state != "intact":
        return False
    try:
        Path(sample.path).unlink()
    except OSError as error:
        raise _failed("selftest.not-deleted", sample.path, error) from None
    return True


def _write(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise _failed("selftest.not-written", path.as_posix(), error) from None


def _failed(key: str, path: str, error: OSError) -> UsageError:
    return UsageError(INTERFACE[key].fill(name=path, why=system_cause(error)))
