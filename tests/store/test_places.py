"""What a run finds of places: MS331, MS332 and MS336, one notice for each, on both databases."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from store_nights import CLEAN, CONFIG, MARKED, TODAY, night, put

from markscan.finding import Conclusion
from markscan.policy import UNLISTED, Location, Policy
from markscan.store.comparison import compare_places
from markscan.store.database import open_database
from markscan.store.layers import Layers
from markscan.store.places import keep_notices, notices
from markscan.store.runs import one_run
from markscan.store.verdicts import decide, standing, subject_of, unused

TOP, LOW = "绝密★20年\n关于仓储安排的通知\n", "秘密★5年\n关于轮班安排的通知\n"
ENDED = "机密★2020年1月1日\n关于仓储安排的通知\n"
SPEECH = "保密知识培训\n例如标注为“机密★10年”。\n"
NOW = datetime(2026, 3, 1, 9, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(autouse=True)
def known_identity(monkeypatch):
    """Whether the program has changed is no question here, and takes long to tell."""
    monkeypatch.setattr("markscan.store.layers.identity", lambda config: b"the same")
    monkeypatch.setattr("store_nights._layers", Layers.of)  # what others keep stays right


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "share"
    put(root / "a.txt", CLEAN)
    return root


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    if request.param == "postgresql":
        return request.getfixturevalue("server")
    return tmp_path / "store.sqlite"


def place(path, highest="", kind=""):
    """A location of the policy; `highest` is a level of the state, or nothing."""
    levels = (("cn-state", highest),) if highest else ()
    return Location(str(path), kind=kind, highest=levels)


def listed(*places):
    return Policy(places, UNLISTED)


def looked(store, *roots, policy=None, day=0, disabled=()):
    """Scan, keep what is said of places, and return it as (rule, place, message)."""
    config = replace(CONFIG, policy=policy, today=TODAY + timedelta(days=day), disabled=disabled)
    run = night(store, *roots, config=config).run
    with closing(open_database(str(store))) as connection:
        keep_notices(connection, run, policy, disabled, standing(connection, config.today))
    return told(store)


def told(store, number=None):
    with closing(open_database(str(store))) as connection:
        run = one_run(connection, number)
        found = notices(connection, run, standing(connection, TODAY))
        return [(n.rule, n.place, n.message.zh) for n in found if not n.dismissed]


def rules(found):
    return [rule for rule, _, _ in found]


# MS336


def test_a_root_that_the_policy_does_not_list_is_told_once(root, store):
    for name in "bcd":
        put(root / name / "x.txt", CLEAN)

    found = looked(store, root, policy=listed(place("/elsewhere")))

    assert [(rule, name) for rule, name, _ in found] == [("MS336", root.as_posix())]


@pytest.mark.parametrize(
    "pattern",
    ["{0}", "{0}/**", "{0}/deep", "{1}", "{1}/**", "**", "**/deep/**", "{1}/*/deep"],
)
def test_a_root_that_lies_in_a_location_or_holds_one_is_listed(pattern, root, tmp_path):
    put(root / "deep" / "x.txt", CLEAN)
    policy = listed(place(pattern.format(root.as_posix(), tmp_path.as_posix())))

    assert looked(tmp_path / "store.sqlite", root, policy=policy) == []


@pytest.mark.parametrize("pattern", ["{0}2", "**/other/**", "{1}/*/other", "{1}/x"])
def test_a_root_beside_all_locations_is_not_listed(pattern, root, tmp_path):
    policy = listed(place(pattern.format(root.as_posix(), tmp_path.as_posix())))

    assert rules(looked(tmp_path / "store.sqlite", root, policy=policy)) == ["MS336"]


def test_without_a_policy_no_place_is_unregistered(root, tmp_path):
    assert looked(tmp_path / "store.sqlite", root) == []


def test_a_rule_that_is_disabled_says_nothing_of_places(root, tmp_path):
    store, policy = tmp_path / "store.sqlite", listed(place("/elsewhere"))

    assert looked(store, root, policy=policy, disabled=("MS336",)) == []


def test_a_scan_of_another_root_does_not_settle_the_first(root, tmp_path):
    store, other = tmp_path / "store.sqlite", put(tmp_path / "other" / "x.txt", CLEAN).parent
    policy = listed(place(other))
    looked(store, root, policy=policy)

    assert looked(store, other, policy=policy) == []
    assert rules(told(store, 1)) == ["MS336"]
    assert rules(looked(store, root, policy=policy)) == ["MS336"]


def test_of_roots_that_lie_in_each_other_the_outermost_is_told(root, store):
    inner = put(root / "deep" / "x.txt", CLEAN).parent
    policy = listed(place("/elsewhere"))

    def told_of(*roots):
        return [name for _, name, _ in looked(store, *roots, policy=policy)]

    assert told_of(inner) == [inner.as_posix()]
    assert told_of(root, inner) == [root.as_posix()]
    assert told_of(inner) == [root.as_posix()]


# Runs that do not ask


@pytest.mark.parametrize(
    ("policed", "disabled", "shown"),
    [
        (False, (), ["MS331", "MS336"]),
        (True, ("MS331", "MS336"), []),
        (True, ("MS331",), ["MS336"]),
    ],
    ids=["none", "both", "one"],
)
def test_what_is_not_asked_stands(policed, disabled, shown, root, store):
    other = put(root.parent / "other" / "x.txt", CLEAN).parent
    put(root / "x.txt", MARKED)
    policy = listed(place(root))
    before = looked(store, root, other, policy=policy)

    asked = policy if policed else None
    assert rules(looked(store, root, other, policy=asked, disabled=disabled)) == shown
    assert looked(store, root, other, policy=policy) == before
    with closing(open_database(str(store))) as connection:
        found = notices(connection, one_run(connection, None), standing(connection, TODAY))
    assert [each.first_run for each in found] == [1, 1]


def became(store, old, new):
    """What became of each rule between two runs."""
    with closing(open_database(str(store))) as connection:
        pair = one_run(connection, old), one_run(connection, new)
        told = compare_places(connection, *pair, standing(connection, TODAY))
        return {each.rule: change.value for change, each in told}


def test_places_are_compared_like_findings(root, store):
    other = put(root.parent / "other" / "x.txt", CLEAN).parent
    policy = listed(place(root))
    low = put(root / "low.txt", LOW)
    looked(store, root, other, policy=policy)
    put(root / "top.txt", TOP)
    looked(store, root, other, policy=policy)
    low.unlink()
    looked(store, root, other, policy=policy)
    looked(store, root, policy=policy)

    assert became(store, 1, 2) == {"MS331": "open", "MS332": "new", "MS336": "open"}
    assert became(store, 2, 3) == {"MS331": "open", "MS332": "gone", "MS336": "open"}
    assert became(store, 3, 4) == {"MS331": "open", "MS336": "unknown"}


# MS332


def test_top_secret_beside_other_levels_in_one_folder_is_told_once_for_the_folder(root, store):
    for name in ("mixed", "mixed/below", "top", "low"):
        put(root / name / "plain.txt", CLEAN)
    put(root / "mixed" / "top.txt", TOP)
    put(root / "mixed" / "top2.txt", TOP + "二")
    put(root / "mixed" / "low.txt", LOW)
    put(root / "top" / "top.txt", TOP)
    put(root / "low" / "low.txt", LOW)

    ((rule, name, message),) = looked(store, root)

    assert (rule, name) == ("MS332", (root / "mixed").as_posix())
    assert "2 件" in message and "1 件" in message


def test_unchanged_files_count_and_a_folder_that_is_tidied_is_settled(root, store):
    put(root / "top.txt", TOP)
    assert looked(store, root) == []
    put(root / "low.txt", LOW)
    assert rules(looked(store, root)) == ["MS332"]
    (root / "top.txt").unlink()

    assert looked(store, root) == []
    assert rules(told(store, 2)) == ["MS332"]


def test_a_dismissed_mixture_is_told_again_once_other_files_are_mixed_in(root, store):
    put(root / "top.txt", TOP)
    put(root / "low.txt", LOW)
    looked(store, root)
    dismiss(store, key_of(store, "MS332"))
    assert looked(store, root) == []
    put(root / "low.txt", LOW + "另一件")

    assert rules(looked(store, root)) == ["MS332"]


@pytest.mark.parametrize("other", [ENDED, SPEECH, CLEAN])
def test_what_is_no_secret_in_force_mixes_with_nothing(other, root, tmp_path):
    put(root / "top.txt", TOP)
    put(root / "other.txt", other)

    assert looked(tmp_path / "store.sqlite", root) == []


# MS331


@pytest.mark.parametrize(
    ("highest", "kind", "content", "found"),
    [
        ("mimi", "removable", MARKED, True),
        ("jimi", "removable", MARKED, False),
        ("juemi", "classified", TOP, False),
        ("jimi", "classified", TOP, True),
        ("", "internal", LOW, True),
        ("", "public", ENDED, False),
        ("", "public", SPEECH, False),
    ],
)
def test_a_place_that_held_more_than_it_admits_is_told(
    highest, kind, content, found, root, tmp_path
):
    put(root / "x.txt", content)
    policy = listed(place(root, highest, kind))

    said = looked(tmp_path / "store.sqlite", root, policy=policy)

    assert rules(said) == (["MS331"] if found else [])


def test_the_mark_stays_at_high_water_when_the_file_is_gone(root, store):
    secret = put(root / "secret name.txt", MARKED)
    put(root / "low.txt", LOW)
    policy = listed(place(root, "", "removable"))
    looked(store, root, policy=policy)
    secret.unlink()
    later = looked(store, root, policy=policy, day=3)

    ((rule, name, message),) = later
    assert (rule, name) == ("MS331", root.as_posix())
    assert "2026年3月1日" in message and "机密" in message
    assert "secret name" not in message


def test_a_policy_that_admits_the_level_ends_it(root, store):
    put(root / "x.txt", MARKED).unlink()
    put(root / "y.txt", MARKED)
    looked(store, root, policy=listed(place(root, "mimi", "removable")))

    assert looked(store, root, policy=listed(place(root, "jimi", "removable"))) == []


def test_of_two_locations_the_nearer_one_holds_the_file(root, tmp_path):
    put(root / "safe" / "x.txt", MARKED)
    policy = listed(place(root), place(root / "safe", "jimi", "classified"))

    assert looked(tmp_path / "store.sqlite", root, policy=policy) == []


def dismiss(store, named, day=0):
    """Dismiss the finding or notice of that key, for a month."""
    with closing(open_database(str(store))) as connection:
        subject = subject_of(connection, named)
        until = (NOW + timedelta(days=30)).date()
        decide(connection, subject, Conclusion("dismissed", "已销毁", "李四", NOW, until))
        return unused(connection, NOW.date())


def key_of(store, rule):
    with closing(open_database(str(store))) as connection:
        run = one_run(connection, None)
        found = notices(connection, run, standing(connection, TODAY))
        return next(n.key for n in found if n.rule == rule)


def test_a_recorded_verdict_ends_it_until_another_secret_is_seen(root, store):
    put(root / "x.txt", MARKED).unlink()
    secret = put(root / "y.txt", MARKED)
    policy = listed(place(root, "mimi", "removable"))
    looked(store, root, policy=policy)
    secret.unlink()
    looked(store, root, policy=policy)
    dead = dismiss(store, key_of(store, "MS331"))

    assert dead == []  # the verdict holds for what stands
    assert told(store) == []
    assert looked(store, root, policy=policy) == []
    put(root / "z.txt", MARKED + "又一件")
    assert rules(looked(store, root, policy=policy)) == ["MS331"]


def test_who_dismisses_the_file_settles_the_place(root, store):
    put(root / "x.txt", MARKED)
    policy = listed(place(root, "mimi", "classified"))
    looked(store, root, policy=policy)
    with closing(open_database(str(store))) as connection:
        found = "SELECT key FROM finding WHERE rule = 'MS301'"
        key = connection.execute(text(found)).scalar_one()
    dismiss(store, key)

    assert looked(store, root, policy=policy) == []


def test_a_notice_keeps_the_run_that_found_it_first(root, store):
    put(root / "top.txt", TOP)
    put(root / "low.txt", LOW)
    looked(store, root)
    put(root / "low2.txt", LOW + "二")
    looked(store, root)

    with closing(open_database(str(store))) as connection:
        (found,) = notices(connection, one_run(connection, None), standing(connection, TODAY))
    assert "2 件混" in found.message.zh and found.first_run == 1
    assert "与其他密级文件 1 件" in told(store, 1)[0][2]


def test_a_store_of_before_learns_what_its_files_were(root, tmp_path):
    store = tmp_path / "store.sqlite"
    secret = put(root / "x.txt", MARKED)
    put(root / "ended.txt", ENDED)
    night(store, root)
    secret.unlink()
    night(store, root)
    with closing(open_database(str(store))) as connection:
        for change in (
            "DROP INDEX file_level",
            "ALTER TABLE file DROP COLUMN level",
            "ALTER TABLE file DROP COLUMN wake",
            "ALTER TABLE folder DROP COLUMN wake",
            "DROP TABLE notice",
            "PRAGMA user_version = 4",
        ):
            connection.execute(text(change))
        connection.commit()

    assert rules(looked(store, root, policy=listed(place(root)))) == ["MS331"]
