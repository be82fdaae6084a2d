"""The rules that judge a place as a whole, not one file: one a module, listed here.

A kept scan asks them when it has seen all files (store/places.py). They take no part in the
judgement of a file, so a scan loads them without the rules for files.
"""

from __future__ import annotations

from markscan.place_rules import ms331_label_below, ms332_mixed_folder, ms336_unregistered
from markscan.place_rules.rule import Notice, PlaceRule

__all__ = ["PLACE_RULES", "Notice", "PlaceRule"]

PLACE_RULES: dict[str, PlaceRule] = {
    rule.code: rule
    for rule in (ms331_label_below.RULE, ms332_mixed_folder.RULE, ms336_unregistered.RULE)
}
