"""A model file holds numbers, runs nothing, and is refused if anything in it was changed."""

import io
import json
import zipfile

import numpy as np
import pytest

from markscan.classify.model_file import check_digest, read_model, write_model
from markscan.errors import ModelError

ARRAYS = {"pair": np.arange(6, dtype=np.int8).reshape(2, 3), "single": np.ones(4, np.float16)}


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "model.zip"
    write_model(made, "content", {"bias": -1.5}, ARRAYS, {"trained": "2026-01-01"})
    return made


def members(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def rewritten(path, **changes):
    held = members(path) | {k.replace("_", "."): v for k, v in changes.items()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in held.items():
            if content is not None:
                package.writestr(name, content)


def npy(array, **options):
    made = io.BytesIO()
    np.save(made, array, **options)
    return made.getvalue()


def test_a_model_comes_back_as_it_was_written(path):
    model = read_model(path)

    assert (model.kind, model.parameters, model.card) == (
        *("content", {"bias": -1.5}),
        {"trained": "2026-01-01"},
    )
    assert {n: a.tolist() for n, a in model.arrays.items()} == {
        n: a.tolist() for n, a in ARRAYS.items()
    }


def test_the_same_content_makes_the_same_bytes(path, tmp_path):
    again = tmp_path / "again.zip"
    write_model(again, "content", {"bias": -1.5}, ARRAYS, {"trained": "2026-01-01"})

    assert again.read_bytes() == path.read_bytes()


HEAD = "model.json"


def head_with(path, **values):
    return json.dumps(json.loads(members(path)[HEAD]) | values).encode()


@pytest.mark.parametrize(
    "change",
    [
        lambda p: rewritten(p, pair_npy=npy(np.zeros((2, 3), np.int8))),
        lambda p: rewritten(p, pair_npy=npy(np.array([{}, 1], object), allow_pickle=True)),
        lambda p: rewritten(p, pair_npy=b""),
        lambda p: rewritten(p, pair_npy=None),
        lambda p: rewritten(p, extra_npy=npy(np.zeros(1))),
        lambda p: rewritten(p, card_json=None),
        lambda p: rewritten(p, card_json=b"[]"),
        lambda p: rewritten(p, model_json=b"{"),
        lambda p: rewritten(p, model_json=b"[" * 100_000),
        lambda p: rewritten(p, model_json=head_with(p, format="markscan-model/9")),
        lambda p: rewritten(p, model_json=head_with(p, arrays={})),
        lambda p: rewritten(p, model_json=head_with(p, arrays=3)),
        lambda p: p.write_bytes(p.read_bytes()[:-30]),
        lambda p: p.write_bytes(b"PK\x03\x04" + bytes(200)),
        lambda p: p.write_bytes(b""),
        lambda p: p.unlink(),
    ],
)
def test_what_was_changed_is_refused(path, change):
    change(path)

    with pytest.raises(ModelError):
        read_model(path)


def test_numbers_that_are_none_are_refused(tmp_path):
    write_model(tmp_path / "m", "content", {}, {"single": np.array([np.nan])}, {})

    with pytest.raises(ModelError):
        read_model(tmp_path / "m")


def test_a_bomb_is_refused_before_it_is_unpacked(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(HEAD, b" " * 70_000_000)

    with pytest.raises(ModelError):
        read_model(path)


def test_the_digest_beside_a_model_tells_whether_it_is_the_one_that_was_written(path):
    check_digest(path)
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(ModelError):
        check_digest(path)


def test_a_model_without_its_digest_is_refused(path):
    path.with_name(path.name + ".sha256").unlink()

    with pytest.raises(ModelError):
        check_digest(path)
