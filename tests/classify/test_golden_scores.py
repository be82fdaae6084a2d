"""Fixed texts score as they did when the models were made, to a ten-thousandth."""

import json
from pathlib import Path

import pytest

from markscan.train.golden_command import main, scored

TABLE = Path(__file__).with_name("golden-scores.jsonl")
ROWS = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", [row for row in ROWS if "text" in row], ids=lambda r: r["text"][:6])
def test_the_content_model_scores_as_it_did(row):
    assert scored({"text": row["text"]})["score"] == pytest.approx(row["score"], abs=1e-4)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "word" in row], ids=lambda r: r["word"] + r["right"][:5]
)
def test_the_occurrence_model_scores_as_it_did(row):
    made = scored({name: row[name] for name in ("left", "word", "right")})

    assert made["logits"] == pytest.approx(row["logits"], abs=1e-4)


def test_the_table_is_written_anew_by_a_command(tmp_path):
    copy = tmp_path / "table.jsonl"
    copy.write_text("".join(json.dumps({"text": row["text"]}) + "\n" for row in ROWS[:2]), "utf-8")

    assert main([str(copy)]) == 0
    assert [json.loads(line)["score"] for line in copy.read_text("utf-8").splitlines()] == [
        pytest.approx(row["score"], abs=1e-4) for row in ROWS[:2]
    ]
