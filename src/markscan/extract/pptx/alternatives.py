"""The open mc:AlternateContent elements of a slide: the same for new and for old readers.

What the first branch said, the later ones need not repeat; what only they say is kept.
ECMA-376 part 3, clause 7.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markscan.extract.pptx.shapes import NOTHING, Text

_DEEPEST = 8  # alternatives in alternatives; real ones nest two deep


@dataclass(slots=True)
class _Alternative:
    text: Text  # where it stands
    branch: int = 0
    start: int = 0
    inline: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)


class Alternatives:
    """Keeps what their branches have said."""

    def __init__(self) -> None:
        self._open: list[_Alternative] = []

    def start(self, text: Text) -> None:
        """Open one that stands in `text`."""
        self._open.append(_Alternative(text))

    def end(self) -> None:
        """Close the innermost one."""
        if self._open:
            self._open.pop()

    def start_branch(self) -> None:
        """Open the next branch."""
        if self._open:
            alternative = self._open[-1]
            alternative.branch += 1
            alternative.start = len(alternative.text.pieces)

    def end_branch(self) -> None:
        """Close a branch; words in a line that an earlier branch said are taken back.

        Other words of a later branch are not shown by any one program: they become hidden.
        """
        if not self._open:
            return
        alternative = self._open[-1]
        text = alternative.text
        pieces = text.pieces[alternative.start :]
        bare = _bare("".join(piece for piece, _ in pieces))
        if alternative.branch > 1 and bare:
            del text.pieces[alternative.start :]
            if bare not in alternative.inline and alternative.inline:
                for piece, _ in pieces:
                    text.add(piece, NOTHING)
            elif not alternative.inline:
                text.pieces.extend(pieces)
        if bare:
            alternative.inline.add(bare)

    def repeat(self, text: str) -> bool:
        """Tell whether an earlier branch has said this already; note it if none has."""
        if not self._open:
            return False
        bare = _bare(text)
        around = self._open[-_DEEPEST:]
        if any(alternative.branch > 1 and bare in alternative.said for alternative in around):
            return True
        for alternative in around:
            alternative.said.add(bare)
        return False


def _bare(text: str) -> str:
    return "".join(text.split())
