"""Where a score came about and by which words: for one who gave the text, not for reports.

A linear score is a sum: a word is worth what its characters, their pairs and the word itself
add to the score of the passage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np

from markscan.classify.characters import characters, ideographs, pair_slots
from markscan.classify.content import ContentModel, Suspicion, text_of
from markscan.classify.lexical_features import word_slots
from markscan.fold.bare import Bare
from markscan.pool import Units

_MOST = 8


def passage(bare: Bare, said: Suspicion) -> tuple[int, int]:
    """Return where the passage stands in the original text, half-open, in code points."""
    first, last = bare.origin(np.array([said.start, said.end - 1])).tolist()
    return first, last + 1


def telling_words(
    model: ContentModel, units: Units, said: Suspicion, split: Callable[[str], list[str]]
) -> tuple[tuple[str, float], ...]:
    """Return the words of the passage that raised its score, with what they are worth.

    Args:
        model: the model that said it.
        units: the bare text.
        said: what the model said of it.
        split: cuts text into words.
    """
    passage = units[said.start : said.end]
    chars = ideographs(characters(passage))
    worth = model.second_single.take(chars)
    worth[:-1] += model.second_pair.take(pair_slots(chars))
    worth /= len(passage)
    words = split(text_of(passage))
    count = max(len(word_slots(words)), 1)
    found: defaultdict[str, float] = defaultdict(float)
    at = 0
    for word in words:
        end = at + len(word.encode("utf-16-le")) // 2
        if own := word_slots([word]).tolist():
            found[word] += float(worth[at:end].sum()) + float(model.words[own[0]]) / count
        at = end
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
    return tuple((word, value) for word, value in best if value > 0)
