"""What a level word does is told by what stands around it; a model changed is refused."""

import shutil

import numpy as np
import pytest

from markscan.classify.model_file import read_model, write_model
from markscan.classify.occurrence import KINDS, OccurrenceModel, structure, surroundings
from markscan.classify.occurrence_features import SLOTS, plain, slots
from markscan.classify.occurrence_rules import ruled
from markscan.classify.shipped import occurrence_model
from markscan.data import folder
from markscan.document import Area, Box, Document, Page, Part, Place, Span
from markscan.errors import ModelError

SHIPPED = folder("models") / "occurrence.zip"


@pytest.fixture(scope="module")
def model():
    return occurrence_model(SHIPPED).model


@pytest.mark.parametrize(
    ("left", "word", "right", "kind"),
    [
        pytest.param("请修改随", "机密", "码", "other", id="two words"),
        pytest.param("他拒", "绝密", "切接触", "other", id="refused"),
        pytest.param("侵犯商业", "秘密", "的行为", "other", id="a trade secret"),
        pytest.param("泄露国家", "秘密", "的，依法", "mention", id="state secrets as such"),
        pytest.param("", "绝密", "★启用前\n数学试卷", "exam", id="examination paper"),
        pytest.param("000012\n", "机密", "★10年\n特急", "marking", id="in full"),
        pytest.param("", "机密", "\n关于干部人选考察情况的报告\n市委：", "marking", id="bare line"),
        pytest.param("密级分为绝密、", "机密", "、秘密三级。", "mention", id="the three levels"),
        pytest.param("密级：□绝密 □", "机密", " □秘密\n拟稿：____", "template", id="form"),
        pytest.param("密级：□绝密 ☑", "机密", " □秘密", "marking", id="ticked"),
    ],
)
def test_a_level_word_is_read_by_its_surroundings(model, left, word, right, kind):
    reading = model.classify(left, word, right)
    assert reading.kind == kind
    assert sum(reading.shares.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("left", "word", "right"),
    [
        pytest.param("本机", "机密", "★10年", id="a star follows"),
        pytest.param("例如：\n", "机密", "★10年\n", id="an example announced"),
        pytest.param("事项属于", "秘密", "级", id="a level in prose"),
    ],
)
def test_rules_leave_to_the_model_what_is_not_plain(left, word, right):
    assert ruled(left, word, right) is None


def test_traditional_and_spaced_words_are_read_alike(model):
    around = ("000012\n", "\n关于防汛物资储备的报告\n市政府：")
    plainly = model.classify(around[0], "机密", around[1])
    for word in ("機密", "机 密", "机　密"):
        assert model.classify(around[0], word, around[1]) == plainly


def test_features_stay_what_models_were_trained_on():
    found = slots("密 级：", "机密", "  保密期限：5年\n关于", None)
    assert (len(found), found[0], found[-1], sum(found)) == (71, 991, 32356, 1120193)
    assert max(found) < SLOTS


def test_gaps_between_columns_survive_the_fold():
    assert plain("收文\t机密 2份\f王某") == "收文|机密|0份\0王某"


def test_no_text_is_too_odd_to_be_read(model):
    for text in ("", "\0" * 70, "\f\f", "\ud800", "𠀀" * 80, "★" * 99, "_" * 500):
        assert model.classify(text, "机密", text).kind in KINDS


def test_parts_stand_apart_and_paragraphs_follow_each_other():
    parts = (
        Part("甲", Place(Area.HEADER)),
        Part("标题", Place(Area.BODY)),
        Part("前 机密 后", Place(Area.BODY)),
        Part("表", Place(Area.CELL)),
    )
    document = Document("a", "a", "docx", parts)
    assert surroundings(document, 2, Span(2, 4)) == ("甲\f标题\n前 ", " 后\f表")


def test_the_place_of_a_word_is_told_by_its_page():
    place = Place(Area.TEXTBOX, page=1, box=Box(59.5, 84.2, 200, 100))
    document = Document("a", "a", "pdf", (Part("机密", place),), (Page(1, 595, 842),))
    told = structure(document, 0, Span(0, 2))
    assert (told.area, told.page, told.top, told.left) == ("textbox", 1, 0.1, 0.1)


def test_the_shipped_model_is_small_and_names_its_data():
    file = read_model(SHIPPED)
    assert SHIPPED.stat().st_size < 300_000
    assert file.card["training"]["occurrences"]["marking"] > 1000
    rounds = {f"{kind}occurrences{number}" for kind in ("", "public-") for number in ("", "-2")}
    assert set(file.card["test_sets"]) == rounds


@pytest.mark.parametrize("missing", ["occurrence.zip", "occurrence.zip.sha256"])
def test_a_model_that_is_not_there_stops_the_start(tmp_path, missing):
    for name in ("occurrence.zip", "occurrence.zip.sha256"):
        if name != missing:
            shutil.copy(SHIPPED.with_name(name), tmp_path / name)
    with pytest.raises(ModelError):
        occurrence_model(tmp_path / "occurrence.zip")


def test_a_model_that_was_changed_stops_the_start(tmp_path):
    copy = tmp_path / "occurrence.zip"
    shutil.copy(SHIPPED.with_name("occurrence.zip.sha256"), tmp_path)
    copy.write_bytes(SHIPPED.read_bytes() + b"\0")
    with pytest.raises(ModelError):
        occurrence_model(copy)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"features": "other"}, id="other features"),
        pytest.param({"kinds": ["marking"]}, id="other kinds"),
        pytest.param({"temperature": 0}, id="no temperature"),
        pytest.param({"limits": {}}, id="no limits"),
        pytest.param({"trust": {"full": 1.5}}, id="a share above one"),
        pytest.param({"bias": [1.0]}, id="too few biases"),
    ],
)
def test_a_file_that_says_something_else_is_no_model(tmp_path, change):
    file = read_model(SHIPPED)
    made = tmp_path / "made.zip"
    write_model(made, "occurrence", {**file.parameters, **change}, file.arrays, {})
    with pytest.raises(ModelError):
        OccurrenceModel.of(read_model(made))


def test_weights_of_another_shape_are_no_model(tmp_path):
    file = read_model(SHIPPED)
    made = tmp_path / "made.zip"
    arrays = {"weights": np.zeros((4, len(KINDS)), np.int8)}
    write_model(made, "occurrence", file.parameters, arrays, {})
    with pytest.raises(ModelError):
        OccurrenceModel.of(read_model(made))
