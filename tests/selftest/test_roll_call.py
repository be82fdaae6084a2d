"""Self-test samples: planted, found or missed, told apart, taken away."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from markscan import Config, Scanner
from markscan.errors import UsageError
from markscan.finding import Outcome, Status
from markscan.policy import Location, Policy
from markscan.selftest import RollCall, Sample, read_samples, write_samples
from markscan.selftest.planting import plant, remove
from markscan.selftest.sample import FORMATS, lines
from markscan.walk import Unlisted, listings

DAY = date(2026, 3, 1)
NOWHERE = Config(task="scan", policy=Policy(), today=DAY, ocr=False)
CLASSIFIED = Policy((Location(pattern="**", kind="classified", highest=(("cn-state", "jimi"),)),))


@pytest.fixture
def share(tmp_path):
    for folder in ("share/a", "share/b", "other"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "share/a/own.txt").write_text("通知\n", "utf-8")
    return tmp_path / "share"


def called(samples, *roots, exclude=(), config=NOWHERE, stop=False):
    """Walk, scan and hear as a kept scan does; return the roll call and what was left."""
    roll = RollCall(samples, [root.as_posix() for root in roots])
    scan = Scanner(config).scan_file
    left, files = [], []
    for one in roll.passing(listings(roots, exclude=exclude)):
        if not isinstance(one, Unlisted):
            left += [stat.name for stat in one.files]
    if not stop:
        for source in roll.among([]):
            outcome = scan(source)
            files.append(source.name)
            assert roll.answered(outcome)
    return roll, left, files


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("policy", "rules"),
    [(Policy(), ("MS104", "MS301")), (CLASSIFIED, ("MS104",))],
    ids=["anywhere", "where-secrets-may-lie"],
)
def test_a_sample_is_found_wherever_it_lies(format, policy, rules, share):
    config = Config(task="scan", policy=policy, today=DAY, ocr=False)
    sample = plant(share / "a", format, config, DAY)

    roll, left, files = called([sample], share, config=config)

    assert sample.rules == rules
    assert (roll.expected, roll.missed(whole=True)) == (1, [])
    assert left == ["own.txt"]  # nothing of it reaches the store
    assert files == [sample.name]


def test_a_sample_says_that_it_is_one_and_no_two_are_alike(share):
    one, two = (plant(share / "a", "txt", NOWHERE, DAY) for _ in range(2))
    text = Path(one.path).read_text("gb18030")

    assert "自检样本" in text and "内容全部虚构" in text and one.id in text
    assert one.content != two.content
    assert "\n".join(lines(one.id)) == text.rstrip("\n")


def spoil(sample: Sample, how: str) -> None:
    path = Path(sample.path)
    match how:
        case "deleted":
            path.unlink()
        case "altered":
            path.write_bytes(path.read_bytes() + b"\n")
        case "replaced":
            path.write_text("机密★10年\n关于仓储安排的通知\n", "utf-8")
        case "moved":
            path.rename(path.parent.parent / "b" / path.name)


@pytest.mark.parametrize(
    ("how", "left"),
    [("deleted", False), ("altered", True), ("replaced", True), ("moved", True)],
)
def test_a_sample_that_is_not_as_it_was_planted_is_missed_and_judged_as_any_file(how, left, share):
    sample = plant(share / "a", "txt", NOWHERE, DAY)
    spoil(sample, how)

    roll, rest, _ = called([sample], share)

    assert roll.missed(whole=True) == [sample]
    assert (sample.name in rest) is left


@pytest.mark.parametrize(
    ("config", "exclude"),
    [
        (Config(task="scan", today=DAY, ocr=False, disabled=("MS104",), policy=Policy()), ()),
        (NOWHERE, ("a",)),
        (NOWHERE, ("*.txt",)),
    ],
    ids=["rule-disabled", "folder-excluded", "name-excluded"],
)
def test_a_scan_that_is_blind_is_known_by_it(config, exclude, share):
    sample = plant(share / "a", "txt", NOWHERE, DAY)

    roll, *_ = called([sample], share, config=config, exclude=exclude)

    assert roll.missed(whole=True) == [sample]


def test_a_sample_elsewhere_is_not_expected(share):
    sample = plant(share.parent / "other", "txt", NOWHERE, DAY)

    roll, *_ = called([sample], share)

    assert (roll.expected, roll.missed(whole=True)) == (0, [])


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_sample_is_expected_by_whatever_path_its_root_is_named(share):
    link = share.parent / "link"
    link.symlink_to(share)
    sample = plant(link / "a", "txt", NOWHERE, DAY)

    for root in (share, link):
        roll, left, _ = called([sample], root)
        assert (roll.expected, roll.missed(whole=True), left) == (1, [], ["own.txt"])


def test_of_a_scan_that_was_stopped_only_what_was_reached_counts(share):
    sample = plant(share / "a", "txt", NOWHERE, DAY)
    roll, *_ = called([sample], share, stop=True)

    assert roll.missed(whole=False) == []
    assert roll.missed(whole=True) == [sample]
    spoil(sample, "altered")
    assert called([sample], share, stop=True)[0].missed(whole=False) == [sample]


def test_other_files_are_not_taken_for_samples(share):
    roll, *_ = called([plant(share / "a", "txt", NOWHERE, DAY)], share)

    assert not roll.answered(Outcome((share / "a/own.txt").as_posix(), "text", Status.EXAMINED))


def test_nothing_is_written_over_and_nothing_altered_is_deleted(share, monkeypatch):
    monkeypatch.setattr("secrets.token_hex", lambda size: "0" * 2 * size)
    sample = plant(share / "a", "txt", NOWHERE, DAY)
    with pytest.raises(UsageError):
        plant(share / "a", "txt", NOWHERE, DAY)
    spoil(sample, "altered")

    assert not remove(sample)
    assert Path(sample.path).is_file()


def test_no_sample_is_planted_where_no_rule_would_speak(share):
    config = Config(task="scan", policy=Policy(), ocr=False, disabled=("MS104", "MS301"))

    with pytest.raises(UsageError):
        plant(share / "a", "txt", config, DAY)
    assert [path.name for path in (share / "a").iterdir()] == ["own.txt"]


def test_the_list_of_samples_is_read_as_it_was_written(tmp_path):
    file = tmp_path / "s.samples.json"
    samples = (Sample("1" * 16, "/x/MarkScan自检-1.txt", "ab" * 32, ("MS104",), "2026-03-01"),)

    write_samples(file, samples)

    assert read_samples(file) == samples
    assert read_samples(tmp_path / "none") == ()
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "x/1", "samples": []}', "\ufffd{"])
def test_a_list_that_cannot_be_read_stops_the_scan(text, tmp_path):
    file = tmp_path / "s.samples.json"
    file.write_text(text, "utf-8")

    with pytest.raises(UsageError):
        read_samples(file)
