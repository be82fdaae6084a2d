"""The ruled lines of a page, from the level bars that its paths paint.

GB/T 9704—2012 has red ones below 发文字号 (7.2.7), and double ones, one thick and one thin,
at head and foot of a letter (10.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markscan.document import Box, Stroke

_SHORTEST = 100.0  # points
THICKEST = 5.0  # points: what is thicker is a bar of colour
_SAME = 0.6  # points between edges that are one
_TOUCH = 2.0  # points between pieces of one line
_TWIN = 6.0  # points between the two of a double line
_EXTENT = 0.05  # of their width, by which their ends may differ
_WHITE = "fa"


class Rule(NamedTuple):
    """A level bar as painted, in points from the page's top left; the colour "#rrggbb" or ""."""

    left: float
    top: float
    right: float
    bottom: float
    colour: str


def page_strokes(rules: Iterable[Rule], page: int, width: float, height: float) -> list[Stroke]:
    """Return the ruled lines of a page of this size, from the top down.

    Pieces that meet end to end are one line, and two of one length close together are one
    double line.
    """
    seen = [rule for rule in rules if _is_seen(rule, width, height)]
    long = [rule for rule in _joined(seen) if rule.right - rule.left > _SHORTEST]
    long.sort(key=lambda rule: (rule.top, rule.left))
    strokes: list[Stroke] = []
    twins: set[int] = set()
    for index, rule in enumerate(long):
        if index in twins:
            continue
        twin = _twin(index, long, twins)
        if twin is not None:
            twins.add(twin)
            rule = _around(rule, long[twin])
        box = Box(*(round(edge, 2) for edge in rule[:4]))
        strokes.append(Stroke(page, box, rule.colour, twin is not None))
    return strokes


def _is_seen(rule: Rule, width: float, height: float) -> bool:
    left, top, right, bottom, colour = rule
    if not (bottom - top <= THICKEST and right > 0 and left < width):
        return False
    pale = bool(colour) and min(colour[1:3], colour[3:5], colour[5:]) >= _WHITE
    return bottom >= 0 and top <= height and not pale


def _joined(rules: list[Rule]) -> list[Rule]:
    """Return the bars, those that meet or were painted twice as one."""
    rules = sorted(rules, key=lambda rule: (rule.colour, round(rule.top + rule.bottom), rule.left))
    done: list[Rule] = []
    for rule in rules:
        last = done[-1] if done else None
        if (
            last is not None
            and last.colour == rule.colour
            and abs(last.top - rule.top) <= _SAME
            and abs(last.bottom - rule.bottom) <= _SAME
            and rule.left <= last.right + _TOUCH
        ):
            done[-1] = last._replace(right=max(last.right, rule.right))
        else:
            done.append(rule)
    return done


def _twin(index: int, rules: list[Rule], taken: set[int]) -> int | None:
    """Return which of the bars below makes a double line with this one."""
    above = rules[index]
    far = _EXTENT * (above.right - above.left)
    for other in range(index + 1, len(rules)):
        below = rules[other]
        if below.top - above.bottom > _TWIN:
            return None
        if (
            other not in taken
            and above.colour == below.colour
            and abs(above.left - below.left) <= far
            and abs(above.right - below.right) <= far
        ):
            return other
    return None


def _around(one: Rule, other: Rule) -> Rule:
    left, right = min(one.left, other.left), max(one.right, other.right)
    return Rule(left, one.top, right, max(one.bottom, other.bottom), one.colour)
