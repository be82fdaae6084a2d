"""Where a file lies, and what may lie there."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markscan.lexicon import read_levels
from markscan.pathpattern import compiled, normal
from markscan.policy import KINDS, UNLISTED, Location, Policy

# pattern, path, does it lie there
MATCHES = [
    ("/srv/share", "/srv/share/a/b.docx", True),
    ("/srv/share", "/srv/share", True),
    ("/srv/share/", "/srv/share/a", True),
    ("/srv/share/**", "/srv/share/a/b", True),
    ("/srv/share", "/srv/shared/a", False),
    ("/srv/share", "/SRV/share/a", False),
    ("/srv/*/密", "/srv/a/密/x", True),
    ("/srv/*/密", "/srv/a/b/密/x", False),
    ("/srv/**/密", "/srv/a/b/密/x", True),
    ("/srv/**/密", "/srv/密/x", True),
    ("/srv/**/密", "/srv/a/绝密/x", False),
    ("/srv/a*", "/srv/abc/x", True),
    ("/srv/a*c/x", "/srv/a/c/x", False),
    ("**/WeChat Files", "C:/Users/张/WeChat Files/x.doc", True),
    ("**/WeChat Files", "/home/张/WeChat Files/x.doc", True),
    ("**", "/anything", True),
    ("/", "/anything", True),
    ("D:/共享", "d:/共享/x", True),
    ("D:\\共享", "D:\\共享\\x", True),
    ("D:/Share", "d:/SHARE/x", True),
    ("D:/", "D:/x", True),
    ("D:/", "E:/x", False),
    ("//server/密件", "\\\\SERVER\\密件\\a.docx", True),
    ("//server/密件", "//server2/密件/a", False),
    ("\\\\server\\share\\**", "//server/share/a", True),
    ("D:/共享", "\\\\?\\D:\\共享\\x", True),
    ("//server/a", "\\\\?\\UNC\\server\\a\\x", True),
    ("/srv/share", "/srv/other/../share/x", True),
    ("/srv/share", "/srv/share/../x", False),
    ("/srv/a+b(1)", "/srv/a+b(1)/x", True),
    ("/srv/share", "/srv/share/a\nb", True),
    ("/srv/a\\b", "/srv/a\\b/x", True),
]


@pytest.mark.parametrize(("pattern", "path", "lies"), MATCHES)
def test_a_pattern_covers_what_lies_in_its_place(pattern, path, lies):
    policy = Policy((Location(pattern, owner="甲"),))

    assert policy.locate(Path(path)).listed is lies


def test_the_most_specific_place_wins_whatever_the_order():
    inner, outer = Location("/srv/share/涉密", owner="内"), Location("/srv/share", owner="外")

    for locations in ((inner, outer), (outer, inner)):
        policy = Policy(locations)
        assert policy.locate(Path("/srv/share/涉密/a")).owner == "内"
        assert policy.locate(Path("/srv/share/a")).owner == "外"


def test_of_two_equally_specific_places_the_first_wins():
    policy = Policy((Location("/srv/*/a", owner="一"), Location("/srv/**/a", owner="二")))

    assert policy.locate(Path("/srv/x/a/f")).owner == "一"
    assert policy.locate(Path("/srv/x/y/a/f")).owner == "二"


def test_a_relative_path_lies_below_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert Policy((Location(str(tmp_path)),)).locate(Path("a.docx")).listed


def test_an_unlisted_place_may_hold_internal_papers_and_no_state_secrets():
    place = Policy().locate(Path("/anywhere/a.docx"))

    assert not place.listed
    assert place.ceiling("cn-internal").zh == "内部"
    assert place.ceiling("cn-state") is None
    assert place.ceiling("cn-military") is None


def allowed(highest: dict[str, str]) -> list[str]:
    place = Location("/x", highest=tuple(highest.items()))
    return [f"{each.scheme}:{each.code}" for each in read_levels() if place.allows(each)]


OPEN = ["openness:public", "openness:onreq"]
INTERNAL = [*OPEN, "cn-internal:neibu"]
COMPANY = [
    *("cn-commercial:sm", "cn-commercial:ptsm", "cn-commercial:hxsm"),
    *("cn-company:mimi", "cn-company:jimi", "cn-company:juemi"),
]
WORK = [*INTERNAL, "cn-work:gongzuo"]
ALLOWED = [
    ({}, OPEN),
    ({"openness": "public"}, ["openness:public"]),
    ({"cn-internal": "neibu"}, INTERNAL),
    ({"cn-work": "gongzuo"}, WORK + COMPANY),
    ({"cn-state": "mimi"}, [*WORK, "cn-state:mimi", *COMPANY]),
    ({"cn-state": "jimi"}, [*WORK, "cn-state:mimi", "cn-state:jimi", *COMPANY]),
    (
        {"cn-state": "juemi", "cn-commercial": "ptsm"},
        [
            *(*WORK, "cn-state:mimi", "cn-state:jimi", "cn-state:juemi"),
            *("cn-commercial:sm", "cn-commercial:ptsm"),
            *("cn-company:mimi", "cn-company:jimi", "cn-company:juemi"),
        ],
    ),
    ({"cn-company": "juemi"}, [*OPEN, *COMPANY[3:]]),
    ({"tw": "tw_high"}, [*OPEN, "tw:tw_mi", "tw:tw_high"]),
]


@pytest.mark.parametrize(("highest", "levels"), ALLOWED)
def test_a_place_admits_what_is_named_and_what_is_lower(highest, levels):
    assert allowed(highest) == levels


def test_a_ceiling_of_one_scheme_never_admits_state_secrets():
    for level in read_levels():
        if level.scheme != "cn-state":
            place = Location("/x", highest=((level.scheme, level.code),))
            assert place.ceiling("cn-state") is None


@given(st.sampled_from([level for level in read_levels() if level.scheme == "cn-state"]))
def test_raising_a_ceiling_never_forbids_what_was_allowed(level):
    order = [each.code for each in read_levels().scheme("cn-state").levels]
    lower = {f"{s}" for s in allowed({"cn-state": level.code})}

    for code in order[order.index(level.code) :]:
        assert lower <= set(allowed({"cn-state": code}))


def test_an_unknown_scheme_is_not_admitted():
    assert Location("/x", highest=(("cn-state", "juemi"),)).ceiling("us") is None


def test_a_policy_survives_pickling():
    policy = Policy((Location("/a", kind="internal", readers=("全体",)),), UNLISTED)

    assert pickle.loads(pickle.dumps(policy)) == policy
    assert "internal" in KINDS


@given(st.text(max_size=30))
def test_the_normal_form_of_a_path_is_its_own_normal_form(text):
    once = normal(text)

    assert normal(once) == once


@given(st.text(alphabet="ab*/密.", min_size=1, max_size=12))
def test_every_pattern_can_be_compiled(text):
    assert compiled(normal(text)) is not None
