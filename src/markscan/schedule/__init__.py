"""Writes what runs a scan every night, for systemd, Windows and cron. Installs nothing."""

from __future__ import annotations

from collections.abc import Callable

from markscan.schedule.cron import cron
from markscan.schedule.plan import Plan, Unsayable, Written
from markscan.schedule.systemd import own_store, systemd
from markscan.schedule.windows import windows

__all__ = ["KINDS", "Plan", "Unsayable", "Written", "own_store"]

# Each kind of schedule, and what writes its files.
KINDS: dict[str, Callable[[Plan], list[Written]]] = {
    "systemd": systemd,
    "windows": windows,
    "cron": cron,
}
