"""Which records each command writes with --format jsonl; schemas/NAME.schema.json says of each
what stands in it.
"""

from __future__ import annotations

# By the words that call the command; all that can be asked for jsonl are here.
RECORDS: dict[str, tuple[str, ...]] = {
    "check": ("outcome", "compilation"),
    "scan": ("outcome", "notice"),
    "review": ("outcome",),
    "report": ("outcome", "notice"),
    "demo": ("outcome",),
    "diff": ("difference",),
    "runs": ("run",),
    "status": ("status",),
    "verdict list": ("verdict",),
    "verdict unused": ("verdict",),
    "selftest list": ("sample",),
    "rules": ("rule",),
    "marking": ("marking",),
    "lexicon check": ("lexicon",),
    "model score": ("score",),
    "register add": ("register",),
    "register list": ("register",),
    "register show": ("register",),
    "register due": ("register",),
    "hunt": ("hunt",),
    "doctor": ("doctor",),
}
