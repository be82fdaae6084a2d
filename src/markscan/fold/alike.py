"""Signs that are written one for another: terms are looked for without regard to which.

〔2020〕 is typed [2020], (2020) and 【2020】, a dash comes in nine lengths. The folded text keeps
them apart, since a marking or a document number must be judged as it is written.
"""

from __future__ import annotations

# Each group is read as its first sign. Signs that the fold has made of others are left out.
ALIKE = (
    "([{〔【〖〘〚",
    ")]}〕】〗〙〛",
    "-‐‒–—―−─",
    "·•・‧∙⋅",
    '"“”„‟「」『』',
    "'‘’‚‛",
)

_FIRST = str.maketrans({sign: group[0] for group in ALIKE for sign in group[1:]})


def alike(text: str) -> str:
    """Return folded `text` with the first sign of each group for the others."""
    return text.translate(_FIRST)
