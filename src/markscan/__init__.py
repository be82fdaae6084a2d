"""Finds missing, wrong and misplaced classification markings in Chinese office documents.

>>> import markscan
>>> markscan.parse_marking("机密★10年").period_code  # doctest: +SKIP
'10Y'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markscan.config import Config, read_config
    from markscan.errors import ConfigError, LexiconError, MarkScanError, UnreadError, UsageError
    from markscan.finding import Finding, MarkingEvidence, Outcome, Problem, Severity, Status
    from markscan.marking import Level, Marking
    from markscan.match.grammar import parse as parse_marking
    from markscan.scan import Scanner
    from markscan.source import Source

__version__ = "0.1.0"

# The public names and where they live; loaded when first asked for, so that the
# command line starts without the whole house.
_PUBLIC = {
    "Config": "markscan.config",
    "ConfigError": "markscan.errors",
    "Finding": "markscan.finding",
    "Level": "markscan.marking",
    "LexiconError": "markscan.errors",
    "MarkScanError": "markscan.errors",
    "Marking": "markscan.marking",
    "MarkingEvidence": "markscan.finding",
    "Outcome": "markscan.finding",
    "Problem": "markscan.finding",
    "Scanner": "markscan.scan",
    "Severity": "markscan.finding",
    "Source": "markscan.source",
    "Status": "markscan.finding",
    "UnreadError": "markscan.errors",
    "UsageError": "markscan.errors",
    "parse_marking": "markscan.match.grammar:parse",
    "read_config": "markscan.config",
}

__all__ = [
    "Config",
    "ConfigError",
    "Finding",
    "Level",
    "LexiconError",
    "MarkScanError",
    "Marking",
    "MarkingEvidence",
    "Outcome",
    "Problem",
    "Scanner",
    "Severity",
    "Source",
    "Status",
    "UnreadError",
    "UsageError",
    "__version__",
    "parse_marking",
    "read_config",
]


def __getattr__(name: str) -> object:
    """Load a public name on first use."""
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, attribute = _PUBLIC[name].partition(":")
    return getattr(import_module(module), attribute or name)
