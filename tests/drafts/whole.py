"""The whole matrix."""

from __future__ import annotations

from drafts import about, faults_level, faults_page, faults_sign, faults_whole, forms, scenes
from drafts.matrix import Case


def matrix() -> list[Case]:
    """All cases, in the order of the rules; every name is its own."""
    modules = (faults_level, faults_sign, faults_page, faults_whole, forms, scenes, about)
    cases = [case for module in modules for case in module.cases()]
    names = [case.name for case in cases]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice, twice
    return cases
