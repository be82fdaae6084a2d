"""A model of an office's own: what it learns from, what it is judged on, when it is written."""

import json
import os
import random
import re

import numpy as np
import pytest

pytest.importorskip("sklearn")

from threadpoolctl import threadpool_limits

from markscan import Scanner
from markscan.classify.content import ContentModel
from markscan.classify.model_file import read_model
from markscan.classify.shipped import content_model
from markscan.cli import main
from markscan.config import Config, read_config
from markscan.errors import ModelError
from markscan.finding import Status
from markscan.train import office
from markscan.train.corpora import document
from markscan.train.office_fit import fit_office
from markscan.train.office_split import divide, folds
from markscan.train.office_texts import Labelled, read_office

DAY = 86_400
# Alike but for the fruit: the shipped model cannot know which is which.
OPEN = ("苹果树长势良好", "苹果枝条已经修剪", "苹果园的路面已经平整", "苹果装箱后运到车站")
OWN = ("山楂树长势良好", "山楂枝条已经修剪", "山楂园的路面已经平整", "山楂装箱后运到车站")
FILL = "河岸边的路灯已经修好，居民出行更加方便，绿化带补种了月季和女贞，菜场早市的摊位重新划了线。"


def text(rng, phrases):
    lines = [rng.choice(phrases) + "，" + "".join(rng.sample(FILL, 12)) for _ in range(12)]
    return "。\n".join(lines) + "。"


@pytest.fixture(scope="module", autouse=True)
def few_documents_are_enough():
    with pytest.MonkeyPatch.context() as patch, threadpool_limits(1):
        patch.setattr(office, "FEWEST", 24)
        patch.setattr(office, "_DRAWS", 200)
        yield


@pytest.fixture(scope="module")
def office_folders(tmp_path_factory):
    rng = random.Random(5)
    root = tmp_path_factory.mktemp("office")
    for name, phrases in (("open", OPEN), ("own", OWN)):
        for number in range(30):
            folder = root / name / f"d{number % 6}"
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{number}.txt"
            path.write_text(text(rng, phrases), "utf-8")
            os.utime(path, (DAY * (20_000 + number),) * 2)
    return root


@pytest.fixture(scope="module")
def trained(office_folders, tmp_path_factory):
    out = tmp_path_factory.mktemp("model") / "own.zip"
    made = office.train_office(
        [office_folders / "open"],
        [office_folders / "own"],
        [],
        level="mimi",
        out=out,
        day="2031-05-06",
        config=Config(ocr=False),
    )
    return made, out


def test_a_model_that_knows_the_office_is_written(trained):
    made, out = trained

    assert made.accepted and out.is_file()
    assert made.gain[1] > 0
    assert made.own["recall"]["hits"] > made.shipped["recall"]["hits"]
    assert made.own["auc"] > 0.9 > made.shipped["auc"]


def test_its_card_names_the_level_of_its_documents_and_no_text(trained, office_folders):
    card = read_model(trained[1]).card
    written = json.dumps(card, ensure_ascii=False)

    assert card["level"] == "mimi"
    assert card["documents"]["internal"] == 30
    assert str(office_folders) not in written
    assert not any(phrase[:4] in written for phrase in (*OPEN, *OWN))


def test_a_model_file_holds_no_text(trained):
    content = trained[1].read_bytes()

    assert not any(phrase[:4].encode() in content for phrase in OWN)
    assert all(a.dtype == np.int8 for a in read_model(trained[1]).arrays.values())


def test_what_is_written_is_a_model_that_a_scan_can_be_given(trained):
    assert (
        content_model(trained[1]).model.matters == ContentModel.of(read_model(trained[1])).matters
    )


def test_the_configuration_names_the_model_that_a_scan_uses(trained):
    out = trained[1]
    told = out.with_name("markscan.toml")
    told.write_text(f'[models]\ncontent = "{out.name}"\n', "utf-8")
    draft = out.with_name("a.txt")
    draft.write_text("例会改在周三。", "utf-8")

    config = read_config(told, task="scan", ocr=False)

    assert config.content_model == out
    assert Scanner(config).scan_file(draft).status is Status.EXAMINED
    with pytest.raises(ModelError):
        Scanner(read_config(told, task="scan", content_model=out.with_name("none.zip")))


def test_a_model_that_is_not_better_is_not_written(office_folders, tmp_path):
    """Both sides hold the same kind of text: nothing can be learned."""
    rng = random.Random(8)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        for number in range(24):
            (tmp_path / name / f"{number}.txt").write_text(text(rng, OPEN), "utf-8")
    out = tmp_path / "own.zip"

    made = office.train_office(
        [tmp_path / "a"],
        [tmp_path / "b"],
        [],
        level="internal",
        out=out,
        day="2031-05-06",
        config=Config(ocr=False),
    )

    assert not made.accepted
    assert not out.exists()


def test_too_few_documents_are_refused(office_folders, tmp_path):
    with pytest.raises(ModelError):
        office.train_office(
            [office_folders / "open" / "d0"],
            [office_folders / "own"],
            [],
            level="mimi",
            out=tmp_path / "own.zip",
            day="2031-05-06",
            config=Config(ocr=False),
        )


def labelled(number, secret=False, folder="f", text="第一段文字"):
    made = document(folder, f"{folder}/{number}", f"{text}{number}。" * 30)
    return Labelled(made, secret, folder, number)


def test_the_newest_documents_and_whole_folders_are_held_out():
    found = [
        labelled(n, s, f"{'ab'[s]}{n % 6}", chr(0x4E00 + 7 * n)) for n in range(60) for s in (0, 1)
    ]

    parts = divide(found, 3)

    held = {one.document.name for one in parts.held}
    newest = {one.document.name for one in found if one.day >= 51}
    assert newest <= held
    whole = [
        f for f in {one.folder for one in found} if not any(o.folder == f for o in parts.train)
    ]
    assert len(whole) >= 2


def test_a_near_copy_of_a_held_out_document_is_not_trained_on():
    rng = random.Random(1)
    body = "".join(chr(rng.randrange(0x4E00, 0x9000)) for _ in range(900))
    found = [labelled(n, text=chr(0x5000 + 9 * n)) for n in range(19)]
    found += [
        Labelled(document("f", f"f/x{n}", body + "。" * n), False, "f", 90 + n) for n in (0, -80)
    ]

    parts = divide(found, 3)

    assert parts.copies == 1


def test_a_folder_is_in_one_fold():
    found = [labelled(n, folder=f"f{n % 8}") for n in range(40)]
    made = folds(found, 3, 1)

    assert all(len({made[n] for n in range(40) if n % 8 == f}) == 1 for f in range(8))


def test_what_the_documents_do_not_speak_of_stays_as_it_was_shipped(office_folders):
    prior = content_model().model
    found, _ = read_office(
        [office_folders / "open"], [office_folders / "own"], [], Config(ocr=False)
    )
    model = fit_office(prior, found, 1)

    changed = np.flatnonzero(model.pair != prior.pair)
    assert 0 < len(changed) < len(prior.pair) / 20


def test_reviewed_findings_say_which_file_is_what(tmp_path):
    rows = []
    for number, kind in enumerate(("confirmed", "dismissed", "confirmed")):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"第{number}号的正文。" * 20, "utf-8")
        said = {"code": "MS302", "conclusion": {"kind": kind}}
        rows.append({"locator": str(path), "findings": [said] if number < 2 else []})
    report = tmp_path / "report.jsonl"
    report.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")

    found, left = read_office([], [], [report], Config(ocr=False))

    assert [one.secret for one in found] == [True, False]
    assert left.unread == 0


def test_a_file_on_both_sides_is_left_out(tmp_path):
    for name in ("open", "own"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("同一段文字在两边都有。" * 20, "utf-8")

    found, left = read_office([tmp_path / "open"], [tmp_path / "own"], [], Config(ocr=False))

    assert found == []
    assert left.both == 1


def test_what_is_no_report_is_refused(tmp_path):
    path = tmp_path / "report.jsonl"
    path.write_text("[1]\n", "utf-8")
    with pytest.raises(ModelError):
        read_office([], [], [path], Config(ocr=False))


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--level", "mimi", "--out", "x.zip"], id="nothing to learn from"),
        pytest.param(["--public", ".", "--internal", ".", "--out", "x.zip"], id="no level"),
        pytest.param(
            ["--public", ".", "--internal", ".", "--out", "there", "--level", "mimi"],
            id="it is there",
        ),
        pytest.param(
            ["--public", ".", "--internal", ".", "--out", "x.zip", "--level", "mimi"], id="too few"
        ),
    ],
)
def test_the_command_refuses_what_cannot_be_done(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").write_text("", "utf-8")

    assert main(["train", *arguments]) == 2
    assert re.search(r"[\u4e00-\u9fff]", capsys.readouterr().err)
