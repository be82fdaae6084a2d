"""Training of the content model, on a few texts of its own."""

import json
import random

import pytest

pytest.importorskip("sklearn")
pytest.importorskip("threadpoolctl")

from threadpoolctl import threadpool_limits

from markscan.classify.content import ContentModel
from markscan.classify.model_file import read_model
from markscan.train import evaluate_command
from markscan.train.__main__ import main
from markscan.train.content_command import changed
from markscan.train.corpora import document, is_reserved, read_folders
from markscan.train.cross_fitting import cross_fit
from markscan.train.figures import share
from markscan.train.material import gather, unlike
from markscan.train.pinned import wanted
from markscan.train.recipe import Recipe
from markscan.train.rows import plant
from markscan.train.shipping import origin, whole, write
from markscan.train.thresholds import Scored, counts, thresholds

SMALL = Recipe(per_template=1, random_windows=1, folds=2, rarest=3, rounds=1)
SOURCES = ("laws", "news", "tales")
TOPICS = ("道路养护", "粮食收购", "城市绿化", "乡村教育", "古桥修缮", "渔船检验", "山林防火")


def public_text(rng):
    def noise():
        return "".join(chr(rng.randrange(0x4E00, 0x5600)) for _ in range(16))

    return "".join(f"{rng.choice(TOPICS)}由{noise()}负责。" for _ in range(60))


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    rng = random.Random(4)
    made = tmp_path_factory.mktemp("text")
    for source in SOURCES:
        (made / "public" / source).mkdir(parents=True)
        for number in range(7):
            path = made / "public" / source / f"{number}.txt"
            path.write_text(public_text(rng), "utf-8")
    (made / "near").mkdir()
    for number in range(6):
        (made / "near" / f"{number}.txt").write_text(public_text(rng)[:700], "utf-8")
    return made


@pytest.fixture(scope="module")
def trained(folders, tmp_path_factory):
    def once(name):
        with threadpool_limits(1):
            material = gather([folders / "public"], [folders / "near"], ("notes",), SMALL)
            model = whole(material, SMALL, cross_fit(material, SMALL))
        path = tmp_path_factory.mktemp("models") / name
        write(model, origin(material, SMALL, folders, "2031-05-06"), path)
        return path

    return once("one.zip"), once("two.zip")


def test_the_same_texts_make_the_same_bytes(trained):
    one, two = trained

    assert one.read_bytes() == two.read_bytes()


def test_what_is_written_can_be_read_and_tells_of_its_data(trained):
    file = read_model(trained[0])
    model = ContentModel.of(file)

    assert len(model.matters) == 12
    assert file.card["date"] == "2031-05-06"
    assert 12 <= file.card["public"]["documents"] <= 21  # some are kept out of every training
    assert file.card["recipe"]["per_template"] == 1


def test_kept_out_documents_are_not_trained_on(folders):
    everything = read_folders([folders / "public"])
    material = gather([folders / "public"], [folders / "near"], ("notes",), SMALL)

    kept_out = {made.name for made in everything if is_reserved(made)}
    assert not kept_out & {made.name for made in material.public}
    assert len(kept_out) + len(material.public) == len(everything)


def test_a_quick_evaluation_counts_how_often_a_sealed_set_was_opened(
    trained, folders, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(evaluate_command, "is_pinned", lambda: True)
    monkeypatch.setattr(evaluate_command, "is_reserved", lambda made: made.name.endswith("1.txt"))
    passages, out = tmp_path / "passages.jsonl", tmp_path / "figures.json"
    rows = [
        {
            "id": str(n),
            "text": "书记定了人选，先不对外讲。" * 5,
            "matter": "personnel",
            "secret": n > 0,
        }
        for n in range(2)
    ]
    passages.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    told = ["--model", str(trained[0]), "--public", str(folders / "public"), "--near"]
    told += [str(folders / "near"), "--passages", str(passages), "--quick", "--out", str(out)]

    for opened in (1, 2):
        assert evaluate_command.main(told) == 0
        figures = json.loads(out.read_text("utf-8"))
        assert list(figures["sealed"].values()) == [opened]

    assert figures["kept_out"]["all"]["of"] == 3
    assert figures["hand"]["passages"]["passages"] == 2


def test_a_copy_of_a_held_out_document_is_not_trained_on():
    rng = random.Random(9)
    text, other = ("".join(chr(rng.randrange(0x4E00, 0x9000)) for _ in range(900)) for _ in "ab")
    held = document("one", "a", text)
    copy, own = document("two", "b", text + "。"), document("two", "c", other)

    assert unlike([copy, own], [held]) == [own]


def test_a_file_that_comes_twice_is_one_document(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_text("同一段文字", "utf-8")

    assert [(d.source, d.name) for d in read_folders([tmp_path])] == [("a", "a/1.txt")]


def test_a_planted_text_stands_whole_behind_a_sentence():
    host = document("s", "n", "春天来了。花开了。鸟叫了。" * 40)
    text = document("s", "t", "此事未定").units

    made = plant(text, host, random.Random(3), 50)

    assert made.units[made.start : made.end].tolist() == text.tolist()
    assert made.start == 0 or made.units[made.start - 1] == ord("。")


def test_thresholds_hold_in_every_source_and_never_fall_with_length():
    import numpy as np

    rng = np.random.default_rng(2)
    source = np.array(["good"] * 900 + ["bad"] * 100, dtype=object)
    score = np.concatenate((rng.normal(0, 1, 900), rng.normal(1, 1, 100)))
    scored = Scored(source, rng.integers(0, 8, 1000), score)

    row = thresholds(scored, SMALL)["medium"]

    assert row == sorted(row)
    assert counts(scored, row)["bad"][0] <= 3
    assert sum(wrong for wrong, _ in counts(scored, row).values()) <= 9


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (8, 10, 0.4902, 0.9433)],
)
def test_intervals_are_those_of_wilson(hits, of, low, high):
    assert share(hits, of)["interval"] == pytest.approx([low, high], abs=1e-3)


def test_a_setting_that_is_none_is_refused():
    with pytest.raises(AttributeError):
        changed(SMALL, ["nothing=1"])


def test_a_training_has_one_thread():
    assert wanted()["OPENBLAS_NUM_THREADS"] == "1"


def test_without_a_command_it_says_which_there_are(capsys):
    assert main([]) == 2
    assert "content" in capsys.readouterr().err
