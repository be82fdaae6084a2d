"""Puts the configuration together: the file, and over it what the command line says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from markscan.cli.console import remark
from markscan.cli.options import Options
from markscan.config import NAME, Config, Task, find_config, read_config, read_passwords
from markscan.config_keys import PROFILES
from markscan.errors import UsageError
from markscan.policy import Policy
from markscan.wording import INTERFACE


def configured(
    options: Options, task: Task, *, quote: bool = False, roots: Iterable[Path] | None = ()
) -> Config:
    """Return the configuration of one run.

    Without --config, `check` takes the markscan.toml nearest above the working folder,
    `scan` and `review` the one in the working folder, and never one that lies in what
    is scanned: who may write to a share must not configure its inspection.

    Args:
        quote: whether to quote where the user did not say.
        roots: what is scanned; None where that is not known beforehand.

    Raises:
        UsageError: its one argument is a Text saying what is wrong.
    """
    said = {
        "profile": options.profile,
        "fail_level": options.fail_level,
        "jobs": options.jobs,
        "until": options.until,
        "io_mbps": options.io_mbps,
        "low_priority": options.low_priority,
        "language": options.asked,
        "ocr": options.ocr,
        "register": options.register,
        "register_key": options.key,
        "sketches": options.sketches,
    }
    overrides: dict[str, object] = {key: value for key, value in said.items() if value is not None}
    overrides["task"] = task
    page = options.format == "html"  # shows why rules are silent, and how pages are set
    overrides["explain"] = options.verbose or (page and task == "check")
    overrides["sketch"] = page
    overrides["quote"] = quote if options.quote is None else options.quote
    if options.password_file is not None:
        overrides["passwords"] = read_passwords(options.password_file)
    path = options.config
    if path is None:
        path = find_config(Path.cwd()) if task == "check" else _beside(options, roots)
    config = Config(**overrides) if path is None else read_config(path, **overrides)  # type: ignore[arg-type]
    if task != "check" and config.policy is None:
        # Where nobody says what may lie, no state secret may.
        config = replace(config, policy=Policy())
    if config.profile not in PROFILES:
        raise UsageError(
            INTERFACE["usage.profile"].fill(name=config.profile, known=", ".join(PROFILES))
        )
    return config


def _beside(options: Options, roots: Iterable[Path] | None) -> Path | None:
    """The markscan.toml in the working folder, unless that folder is being scanned."""
    here = Path.cwd()
    path = here / NAME
    if not path.is_file():
        return None
    if roots is None or any(here.is_relative_to(root.resolve()) for root in roots):
        if not options.quiet:
            remark(INTERFACE["config.ignored"], options.asked or "zh")
        return None
    return path
