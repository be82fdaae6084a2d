"""Runs a scan over many files, in this process or in a pool of others."""

from __future__ import annotations

from markscan.run.pool import run, unread
from markscan.run.worker import Scan

__all__ = ["Scan", "run", "unread"]
