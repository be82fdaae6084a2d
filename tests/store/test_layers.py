"""A change of what scans examines anew what it must, and spares the rest."""

from dataclasses import replace
from graphlib import TopologicalSorter

import pytest
from store_nights import CLEAN, CONFIG, MARKED, night, write

from markscan import rules
from markscan.policy import Location, Policy
from markscan.store.layers import Layers

INTERNAL = (("cn-internal", "neibu"), ("cn-work", "gongzuo"))


@pytest.fixture
def share(tmp_path):
    """Two clean files and a marked one, and a text with a number of the party centre."""
    root = tmp_path / "share"
    write(root, a_txt=CLEAN, deep__b_txt=CLEAN + "二", deep__marked_txt=MARKED, z__c_txt=CLEAN)
    return root


def same(share):
    return CONFIG


def disabling(share):
    return replace(CONFIG, disabled=("MS301",))


def disabling_more(share):
    return replace(CONFIG, disabled=("MS305", "MS301"))


def place(share, name, **values):
    return Location((share / name).as_posix(), **values)


def naming_a_place(share):
    allowed = place(share, "deep", kind="classified", highest=(("cn-state", "jimi"),))
    return replace(CONFIG, policy=Policy((allowed,)))


def naming_an_owner(share):
    return replace(CONFIG, policy=Policy((place(share, "z", owner="二科", highest=INTERNAL),)))


def naming_another_place(share):
    return replace(CONFIG, policy=Policy((Location("/elsewhere", kind="public"),)))


def opening_all(share):
    return replace(CONFIG, policy=Policy((), Location("", kind="public", listed=False)))


def other_limits(share):
    return replace(CONFIG, limits=replace(CONFIG.limits, pages=7))


ALL = ["a.txt", "b.txt", "c.txt", "marked.txt"]
CHANGES = [
    (same, disabling, ["marked.txt"]),
    (disabling, disabling_more, []),
    (disabling, same, ALL),
    (disabling_more, disabling, ALL),
    (same, naming_a_place, ["b.txt", "marked.txt"]),
    (naming_a_place, same, ["b.txt", "marked.txt"]),
    (same, naming_an_owner, ["c.txt"]),
    (same, naming_another_place, []),
    (same, opening_all, ALL),
    (same, other_limits, ALL),
]


@pytest.mark.parametrize(("before", "after", "examined"), CHANGES)
def test_what_may_be_judged_otherwise_is_examined_and_nothing_else(
    before, after, examined, share, tmp_path
):
    store = tmp_path / "store"
    night(store, share, config=before(share))
    changed = night(store, share, config=after(share))
    fresh = night(tmp_path / "fresh", share, config=after(share))
    again = night(store, share, config=after(share))

    assert changed.names == examined
    assert said(changed) == said(fresh)
    assert again.names == []


def said(night):
    return {
        name: [(found.rule, found.key) for found in outcome.findings]
        for name, outcome in night.outcomes.items()
    }


@pytest.mark.parametrize("change", [same, disabling, naming_a_place, naming_an_owner])
def test_layers_are_read_as_they_were_written(change, tmp_path):
    layers = Layers.of(change(tmp_path))

    assert Layers.read(layers.written()) == layers


def test_no_rules_silence_each_other_in_a_circle():
    silenced = {}
    for table in (rules._SUPPRESSES, rules._SUPPRESSES_OF_ENTRY, rules._SUPPRESSES_IN_FILE):
        for rule, others in table.items():
            silenced.setdefault(rule, set()).update(others)

    assert set(TopologicalSorter(silenced).static_order()) >= silenced.keys()
