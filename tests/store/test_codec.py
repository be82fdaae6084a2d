"""What the store keeps of an outcome makes the same outcome again."""

import json
from dataclasses import replace

import pytest
from builders_outcome import PLACE, SECRET, finding, outcome
from hypothesis import given, settings
from hypothesis import strategies as st

from markscan import Config, Scanner
from markscan.cli.sample_share import write_share
from markscan.document import Page, Span
from markscan.finding import Outcome, Sketch, Status
from markscan.policy import Policy
from markscan.store.codec import decode, encode, is_quiet

st.register_type_strategy(
    Span,
    st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda two: Span(two[0], sum(two))),
)
_BARE = {
    "sketch": st.none(),
    "prints": st.just(b""),
    "excerpts": st.just(()),
    "content": st.just(b""),
    "unjudged": st.just(()),
}


def without_quote(one: Outcome) -> Outcome:
    return replace(one, findings=tuple(replace(each, quote="") for each in one.findings))


def of(locator, members):
    whole = st.builds(Outcome, locator=st.just(locator), members=st.just(members), **_BARE)
    return whole.map(without_quote)


OUTCOMES = (
    of("共享/a.zip!b.zip!c", ())
    .flatmap(lambda inner: of("共享/a.zip!b.zip", (inner,)))
    .flatmap(lambda inner: of("共享/a.zip", (inner, inner)))
)


@settings(max_examples=60, deadline=None)
@given(OUTCOMES)
def test_an_outcome_is_made_again_as_it_was(one):
    assert decode(encode(one), one.locator) == one


@given(OUTCOMES)
@settings(max_examples=10, deadline=None)
def test_the_files_inside_follow_the_file_when_it_moves(one):
    moved = decode(encode(one), "b/x.zip")

    assert [each.locator for each in moved.flat()] == [
        each.locator.replace("共享/a.zip", "b/x.zip") for each in one.flat()
    ]


def test_whatever_the_sample_share_yields_is_made_again(tmp_path):
    write_share(tmp_path)
    scan = Scanner(Config(task="scan", policy=Policy(), ocr=False)).scan_file
    seen = [scan(path) for path in sorted(tmp_path.rglob("*")) if path.is_file()]

    assert any(one.members for one in seen)
    assert any(one.findings for one in seen)
    for one in seen:
        assert decode(encode(one), one.locator) == one


def test_quotes_sketches_and_fingerprints_are_not_kept():
    inside = outcome("共享/a.docx!b", findings=(finding(),), prints=b"1234")
    one = outcome(
        findings=(finding(),),
        members=(inside,),
        sketch=Sketch(Page(1, 1, 1), ()),
        prints=b"5678",
        content=b"9",
    )
    again = decode(encode(one), one.locator)

    assert SECRET.encode() not in encode(one)
    assert all(not found.quote for each in again.flat() for found in each.findings)
    assert all(
        (each.sketch, each.prints, each.content) == (None, b"", b"") for each in again.flat()
    )


def test_a_name_that_is_no_text_is_kept():
    one = outcome("a.zip", members=(outcome("a.zip!\udcd6\udcd0.txt"),))

    assert decode(encode(one), "a.zip") == one


def test_what_a_later_version_added_is_passed_over():
    plain = json.loads(encode(outcome(findings=(finding(),))))
    plain["later"] = plain["findings"][0]["later"] = 1

    again = decode(json.dumps(plain).encode(), "a")

    assert again.findings[0].place == PLACE


@pytest.mark.parametrize("written", [b"", b"[]", b"1", b"{}", b'{"status":"?"}', b"\xff"])
def test_what_is_no_outcome_is_refused(written):
    with pytest.raises(ValueError):
        decode(written, "a")


@pytest.mark.parametrize(
    ("changes", "quiet"),
    [
        ({}, True),
        ({"content": b"1", "prints": b"2"}, True),
        ({"status": Status.PARTIAL}, False),
        ({"findings": (finding(),)}, False),
        ({"members": (outcome("a!b"),)}, False),
        ({"mentions": 1}, False),
    ],
)
def test_quiet_is_what_has_nothing_to_say(changes, quiet):
    assert is_quiet(outcome(**changes)) is quiet
