"""Builds table.npz, how often Chinese words are written, from jieba's word list.

Run `python lexicons/words/build.py`; needs the package `jieba`, of which only the word
list is read. The output depends on the versions of jieba and of the fold alone, and
names the former.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import io
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np

from markscan.fold import fold

HERE = Path(__file__).parent
LONGEST = 4  # characters; longer words are few, and their parts are words
RAREST = 3  # times; what is rarer are names of persons
STEPS = 8  # a step of a rate is an eighth of a natural logarithm


def words() -> Counter[str]:
    """Return how often each folded word of ideographs is written, and its single characters.

    Raises:
        ImportError: jieba is not installed.
    """
    found = importlib.util.find_spec("jieba")
    if found is None or not found.submodule_search_locations:
        raise ImportError("jieba is not installed")
    file = Path(found.submodule_search_locations[0], "dict.txt")
    rows = [row.split(" ") for row in file.read_text("utf-8").splitlines()]
    # In one go, behind a border that the fold never drops.
    folded = fold("\0".join(row[0] for row in rows)).text.split("\0")
    counted: Counter[str] = Counter()
    for word, row in zip(folded, rows, strict=True):
        if all("\u3400" <= char <= "\u9fff" for char in word) and len(word) <= LONGEST:
            counted[word] += int(row[1])
    return Counter({word: n for word, n in counted.items() if len(word) == 1 or n >= RAREST})


def columns(counted: Counter[str]) -> dict[str, np.ndarray]:
    """Return the arrays of table.npz, as README.md says."""
    ordered = sorted(counted, key=lambda word: (len(word), [ord(char) for char in word]))
    rates = np.round(np.log([counted[word] or 1 for word in ordered]) * STEPS)
    arrays = {"rate": rates.astype(np.uint8)}
    for place in range(LONGEST):
        column = [ord(word[place]) for word in ordered if len(word) > place]
        # Differences of sorted columns are small, and small numbers pack well.
        differences = np.diff(np.array(column, np.uint16), prepend=np.uint16(0))
        arrays[f"low{place}"] = (differences & 0xFF).astype(np.uint8)
        arrays[f"high{place}"] = (differences >> 8).astype(np.uint8)
    lengths = Counter(map(len, ordered))
    arrays["count"] = np.array([lengths[n] for n in range(1, LONGEST + 1)], np.int64)
    arrays["total"] = np.array(sum(counted.values()), np.int64)
    arrays["jieba"] = np.array(importlib.metadata.version("jieba"))
    return arrays


def main() -> None:
    """Write table.npz; the same input gives the same bytes."""
    arrays = columns(words())
    with zipfile.ZipFile(HERE / "table.npz", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.save(content, array, allow_pickle=False)
            file.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)),
                content.getvalue(),
                zipfile.ZIP_DEFLATED,
                9,
            )


if __name__ == "__main__":
    main()
