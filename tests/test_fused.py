"""The fused fold gives what the ordinary one gives, and stays out of the way otherwise."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markscan.fold import Folded, accelerate, fold
from markscan.fold import fused as fused_module
from markscan.fold.bare import Bare
from markscan.fold.fused import fused
from markscan.fold.marked import mark
from markscan.fold.table import CODE, MANY, table

TRICKY = (
    "机密機級★☆*＊．·● \n\r\t\u00a0\u3000\u2028\u200b\u00ad\ufeff\ufe0f\U000e0101\0()（）jJnɡīíǚüā"
    "e\u0304\u0301…½㈱㊙ｊＡ１é⻓⼯ﷺİẗ〇々カﾞ\ud800\udc00𠀀勣¨"
)
BASIC = "".join(char for char in TRICKY if char < "\U00010000")
texts = st.one_of(
    st.text(st.sampled_from(BASIC), max_size=160),
    st.text(st.sampled_from(TRICKY), max_size=40),
    st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=()), max_size=60),
    st.text(st.characters(max_codepoint=0xFF), max_size=60),
)


@pytest.fixture
def switch() -> Iterator[None]:
    """Leave the fold after the test as it is for others: not accelerated."""
    known = fused_module._switch
    fused_module._switch = fused_module._Switch()
    yield
    fused_module._switch = known


@pytest.fixture(scope="module")
def fuse() -> fused_module.Fuse:
    pytest.importorskip("numba", reason="the fused fold is compiled by numba")
    made = fused_module._made()
    assert made is not None
    return made


def assert_equal(fuse: fused_module.Fuse, text: str) -> bool:
    """Return whether `text` is one that the loop folds; then it must do so as the ordinary."""
    found = fuse(text)
    if found is None:
        return False
    ordinary = mark(text, coarse=True)
    assert found.bare.dtype == ordinary.bare.dtype
    assert found.bare.tolist() == ordinary.bare.tolist()
    assert found.before.tolist() == ordinary.before.tolist()
    every = np.arange(len(found.bare))
    assert Bare(found).places(every).tolist() == Bare(ordinary).places(every).tolist()
    assert Bare(found).origin(every).tolist() == Bare(ordinary).origin(every).tolist()
    return True


@settings(deadline=None, max_examples=2000)
@given(text=texts)
def test_the_loop_folds_as_the_ordinary_fold(fuse, text: str) -> None:
    assert_equal(fuse, text)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("", False),
        ("a", False),
        ("café", False),
        ("密", True),
        ("密\n", True),
        ("机 密\r\n★ ㈱", True),
        ("机密" * 35_000, True),
        ("机 密，" * 20_000, True),
        ("a b" * 30_000, False),
        ("\ud800密\udc00", True),
        ("勣密", True),
        ("café密", True),
        ("(" + "密" * 18 + "é", True),
        ("(" + "密" * 17 + "é", False),
        ("机(jī)密", False),
        ("㈱ā", False),
        ("𠀀", False),
        ("密😀", False),
        ("…" * 20 + "密", True),
        ("…" * 1000, False),
        ("¨密", False),
    ],
    ids=lambda value: ascii(value[:9]) if isinstance(value, str) else None,
)
def test_it_gives_up_only_where_it_must(fuse, text: str, done: bool) -> None:
    assert assert_equal(fuse, text) == done


def test_every_character_of_the_basic_plane_folds_alike(fuse) -> None:
    known = table()
    units = known.units[:0x10000]
    hard = (units & MANY != 0) & known.expands_hard[units * (units & MANY != 0) & CODE]
    assert all(fuse(f"密{chr(code)}") is None for code in np.flatnonzero(hard).tolist())
    # So far apart that no parenthesis stands before a tone mark.
    rest = (f"机 {chr(code)} " for code in np.flatnonzero(~hard).tolist())
    assert assert_equal(fuse, ("密" * 18).join(rest))


def test_terms_stand_where_they_stand(fuse, switch, monkeypatch) -> None:
    from markscan.match.terms import TermFinder

    text = "前㈱ 机\n密 é，絕 密★１０年……" * 50
    finder = TermFinder(["机密", "绝密★10年", "(株)机", "10年."])
    before = finder.find(fold(text))
    assert accelerate()
    after = finder.find(fold(text))
    assert len(after) == len(before) > 0
    assert after.starts.tolist() == before.starts.tolist()
    assert after.ends.tolist() == before.ends.tolist()


def test_it_begins_once_so_many_characters_have_come(fuse, switch) -> None:
    assert fused("机密") is None
    assert not accelerate(after=10)
    assert fused("机密" * 4) is None
    assert fused("机密") is not None
    assert accelerate()


def test_asking_twice_for_a_beginning_keeps_the_earlier(fuse, switch) -> None:
    accelerate(after=2)
    accelerate(after=1000)
    assert fused("机密") is not None


def test_a_process_short_of_memory_does_not_begin(fuse, switch, monkeypatch) -> None:
    monkeypatch.setattr(fused_module, "_has_room", lambda: False)
    assert not accelerate()
    assert fused("机密") is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds and tells addresses")
@pytest.mark.parametrize(("megabytes", "room"), [(600, False), (4000, True)])
def test_room_is_what_the_limit_of_the_process_leaves(megabytes: int, room: bool) -> None:
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({megabytes} << 20,) * 2);"
        "from markscan.fold.fused import _has_room; print(_has_room())"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == str(room)


def test_without_numba_nothing_changes(switch, monkeypatch) -> None:
    fused_module._made.cache_clear()
    monkeypatch.setitem(sys.modules, "numba", None)
    monkeypatch.delitem(sys.modules, "markscan.fold.kernel", raising=False)
    try:
        assert not accelerate()
        assert fused("机密") is None
        assert Folded("机 密").bare.units.tolist() == [ord("机"), ord("密")]
    finally:
        fused_module._made.cache_clear()


def test_a_loop_that_folds_amiss_is_not_used(monkeypatch) -> None:
    pytest.importorskip("numba", reason="the fused fold is compiled by numba")
    from markscan.fold import kernel

    monkeypatch.setattr(kernel, "_compiled", lambda: lambda *_: (0, 0, 0))
    assert kernel.fuse() is None


def test_numba_is_not_loaded_before_it_is_asked_for() -> None:
    code = (
        "import sys; from markscan.fold import accelerate, fold;"
        "accelerate(after=1000); fold('机密' * 99).bare; print('numba' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
