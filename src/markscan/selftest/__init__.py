"""Self-test samples (自检样本): harmless marked files that each scan must find."""

from __future__ import annotations

from markscan.selftest.registry import ENDING, Sample, read_samples, write_samples
from markscan.selftest.roll_call import RollCall

__all__ = ["ENDING", "RollCall", "Sample", "read_samples", "write_samples"]
