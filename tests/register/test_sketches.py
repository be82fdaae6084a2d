"""Sketches of what was scanned: kept whole, replaced, cut off, damaged; and the hunt in them."""

import random

import numpy as np
import pytest

from markscan.errors import RegisterError
from markscan.fingerprint import HanText, Prints
from markscan.register import Entry
from markscan.register.hunting import hunt
from markscan.register.keys import Key
from markscan.register.registering import prepare, register_of
from markscan.register.sketch_writer import Read, Writer
from markscan.register.sketches import FRACTION, Sketches, kept

KEY = Key.of(bytes(32))
OTHER = Key.of(bytes([1]) * 32)
PRINTS = Prints(KEY.prints)


def prose(seed, length):
    chance = random.Random(seed)
    return "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(length))


ORIGINAL = prose(1, 3000)
SECOND = prose(2, 900)


def register():
    texts = (ORIGINAL, SECOND)
    prepared = [
        prepare(Entry(n, f"R{n}", "secret"), text, PRINTS) for n, text in enumerate(texts, 1)
    ]
    return register_of([each.addition for each in prepared], KEY)


REGISTER = register()


def prints(text):
    return kept(REGISTER.take(HanText(text))[1])


def read(path, text, **inside):
    members = tuple((f"{path}!{name}", prints(content)) for name, content in inside.items())
    return Read(path, ((path, prints(text)), *members))


def written(path, *runs):
    for run in runs:
        with Writer(path, KEY) as writer:
            for each in run:
                writer.add(each)
    return path


def found(path, *, entries=frozenset({1, 2}), alone=False):
    seen = hunt(Sketches(path, KEY), REGISTER, entries, alone=alone)
    return {(one.locator, one.entry): one for one in seen.candidates}


def test_a_fingerprint_is_kept_by_its_own_value():
    tags = REGISTER.take(HanText(ORIGINAL))[1]
    chosen = np.frombuffer(kept(np.concatenate([tags, tags])), "<u8")

    assert chosen.tolist() == sorted({tag for tag in tags.tolist() if tag % FRACTION == 0})


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (ORIGINAL, 1.0),
        (ORIGINAL[:1500], 0.5),
        (prose(3, 500) + ORIGINAL[1000:1300] + prose(4, 500), 0.1),
    ],
    ids=["a copy", "half of it", "a tenth in foreign text"],
)
def test_the_share_is_about_what_stands_there(tmp_path, text, share):
    seen = found(written(tmp_path / "s", [read("/a.txt", text), read("/b.txt", prose(9, 900))]))

    assert set(seen) == {("/a.txt", 1)}
    assert seen["/a.txt", 1].share == pytest.approx(share, rel=0.25)


def test_a_member_of_an_archive_is_named_with_its_file(tmp_path):
    path = written(tmp_path / "s", [read("/a.zip", "", **{"b.txt": SECOND, "c.txt": prose(5, 50)})])
    (one,) = found(path).values()

    assert (one.locator, one.path, one.entry) == ("/a.zip!b.txt", "/a.zip", 2)


def test_only_the_entries_asked_for_are_sought(tmp_path):
    path = written(tmp_path / "s", [read("/a", ORIGINAL + SECOND)])

    assert set(found(path, entries={2})) == {("/a", 2)}


def test_most_comes_first(tmp_path):
    path = written(tmp_path / "s", [read("/a", ORIGINAL[:300]), read("/b", ORIGINAL)])

    assert [locator for locator, _ in found(path)] == ["/b", "/a"]


def test_one_short_place_is_told_only_if_asked(tmp_path):
    tags = np.frombuffer(prints(ORIGINAL), "<u8")
    path = written(tmp_path / "s", [Read("/a", (("/a", tags[:1].tobytes()),))])

    assert not found(path)
    assert set(found(path, alone=True)) == {("/a", 1)}


def test_two_places_far_apart_are_two_accidents(tmp_path):
    starts, tags = REGISTER.take(HanText(ORIGINAL))
    mine = np.flatnonzero(tags % FRACTION == 0)
    ends = np.sort(tags[mine[[0, -1]]])
    path = written(tmp_path / "s", [Read("/a", (("/a", ends.tobytes()),))])

    assert starts[mine[-1]] - starts[mine[0]] > 2000
    assert not found(path)


def test_a_later_run_replaces_the_rows_of_the_same_file(tmp_path):
    first = [read("/a", ORIGINAL), read("/b", SECOND), read("/c.zip", "", x=SECOND)]
    path = written(tmp_path / "s", first, [read("/a", prose(6, 90)), read("/c.zip", "", y=SECOND)])

    assert set(found(path)) == {("/b", 2), ("/c.zip!y", 2)}


def test_a_file_that_is_mostly_replaced_is_written_anew(tmp_path):
    files = [read(f"/{n}", prose(100 + n, 900)) for n in range(20)]
    path = written(tmp_path / "s", [read("/old", ORIGINAL)], files)
    size = path.stat().st_size
    written(path, files, files)

    assert path.stat().st_size < 1.5 * size
    assert set(found(path)) == {("/old", 1)}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["s"]


def test_names_that_are_no_unicode_come_back(tmp_path):
    name = "/\udcb7\udca8\n绝.txt"

    assert set(found(written(tmp_path / "s", [read(name, SECOND)]))) == {(name, 2)}


@pytest.mark.parametrize("lost", [1, 100, 1500], ids=str)
def test_of_a_killed_scan_the_complete_segments_are_used(tmp_path, lost):
    path = written(tmp_path / "s", [read("/a", ORIGINAL)])
    whole = path.stat().st_size
    written(path, [read("/b", ORIGINAL)])
    path.write_bytes(path.read_bytes()[:-lost])

    assert Sketches(path, KEY).cut
    assert set(found(path)) == {("/a", 1)}
    with Writer(path, KEY) as writer:
        assert writer.dropped
    assert path.stat().st_size == whole
    assert not Sketches(path, KEY).cut


def test_a_damaged_segment_is_left_out_and_hides_nothing(tmp_path):
    path = written(tmp_path / "s", [read("/a", ORIGINAL)], [read("/b", SECOND)])
    start = path.stat().st_size
    written(path, [read("/a", prose(6, 900))], [read("/c", SECOND)])
    content = bytearray(path.read_bytes())
    content[start + 300] ^= 1
    path.write_bytes(content)
    seen = hunt(Sketches(path, KEY), REGISTER, {1, 2})

    # The damaged segment said that /a was read again: the earlier reading counts once more.
    assert {(one.locator, one.entry) for one in seen.candidates} == {
        ("/a", 1),
        ("/b", 2),
        ("/c", 2),
    }
    assert (seen.damaged, seen.files) == (1, 3)


@pytest.mark.parametrize("use", [Sketches, Writer], ids=["read", "write"])
@pytest.mark.parametrize(
    ("content", "key", "says"),
    [
        (b"a paper of somebody", KEY, "不是指纹存档"),
        (b'{"format": "markscan-register/1", "key": "1"}', KEY, "不是指纹存档"),
        (b'{"format": "markscan-prints/9", "key": "%s"}', KEY, "markscan-prints/9"),
        (b'{"format": "markscan-prints/1", "key": "%s"}', OTHER, KEY.id),
    ],
    ids=["another file", "a register", "another version", "another key"],
)
def test_what_is_no_sketch_of_this_key_is_refused_and_left_alone(tmp_path, use, content, key, says):
    path = tmp_path / "s"
    content = content.replace(b"%s", KEY.id.encode()).ljust(255) + b"\n"
    path.write_bytes(content)
    with pytest.raises(RegisterError) as refused:
        use(path, key)

    assert says in refused.value.args[0].zh
    assert path.read_bytes() == content


def test_two_scans_do_not_write_one_file(tmp_path):
    with Writer(tmp_path / "s", KEY), pytest.raises(RegisterError) as refused:
        Writer(tmp_path / "s", KEY)

    assert "另一次扫描" in refused.value.args[0].zh


def test_a_file_into_which_nothing_came_is_not_left_behind(tmp_path):
    written(tmp_path / "s", [])

    assert not list(tmp_path.iterdir())


def test_the_file_holds_no_text(tmp_path):
    path = written(tmp_path / "s", [read("/a", ORIGINAL)])

    assert ORIGINAL[:8].encode() not in path.read_bytes()
    assert ORIGINAL[:8].encode("utf-16-le") not in path.read_bytes()
