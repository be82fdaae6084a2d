"""Fold: text to the one form in which it is matched, and the way back.

Per character, by the table of lexicons/fold: compatibility forms (NFKC, but the stars and
separators of markings stay), lower case, traditional and variant ideographs to simplified
ones. Dropped: invisible characters, white space between ideographs, pinyin in parentheses
after an ideograph. U+0000 is a border: never dropped, and nothing joins across it.

Every folded character comes from exactly one character of the text, and folding twice
changes nothing more. Accents written as marks of their own are not composed, since that
would make one character out of two.
"""

from __future__ import annotations

from markscan.fold.changes import is_han, what_changed
from markscan.fold.folded import Folded
from markscan.fold.fused import accelerate
from markscan.fold.short import ascii_fold, fold_short

__all__ = ["Folded", "accelerate", "fold", "is_han", "what_changed"]


def fold(text: str) -> Folded:
    """Return `text` folded, as the first lines of this package say.

    White space that stays becomes " ", or "\\n" where it ends a line (line feed, vertical
    tab, form feed, U+0085, U+2028, U+2029); "\\r\\n" becomes "\\n", a lone "\\r" too.
    Pinyin is one to six Latin letters with a tone mark among them; ü counts as one.
    Lone surrogates and U+FFFF become U+FFFD.
    """
    return ascii_fold(text) or fold_short(text) or Folded(text)
