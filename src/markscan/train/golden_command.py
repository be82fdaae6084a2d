"""`python -m markscan.train golden FILE`: writes the scores of fixed texts anew.

The file holds one object a line. Of the content model `text` and `score`, the logit of stage two
of its worst window; of the occurrence model `left`, `word`, `right` and `logits`, the raw scores
of its kinds. A test holds both to a ten-thousandth on every platform.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markscan.classify.occurrence_features import slots
from markscan.classify.segmenter import split_words
from markscan.classify.shipped import content_model, occurrence_model
from markscan.fold import fold

_DIGITS = 6


def main(arguments: Sequence[str]) -> int:
    """Write the file anew, by the models that ship."""
    parser = argparse.ArgumentParser(prog="python -m markscan.train golden")
    parser.add_argument("file", type=Path)
    path: Path = parser.parse_args(arguments).file
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    made = [json.dumps(scored(row), ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(made), "utf-8", newline="\n")
    return 0


def scored(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of the file with what the models that ship say of its text."""
    if "text" in row:
        units = fold(row["text"]).bare.units
        said = content_model().model.assess(units, split_words, gated=False)
        return {**row, "score": round(said.score, _DIGITS) if said is not None else None}
    found = slots(row["left"], row["word"], row["right"], None)
    logits = occurrence_model().model.logits(found).tolist()
    return {**row, "logits": [round(each, _DIGITS) for each in logits]}
