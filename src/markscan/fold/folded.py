"""A folded text and the way back to the text it was folded from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from markscan.document import Span
from markscan.fold.fused import Fused, fused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from markscan.fold.bare import Bare
    from markscan.fold.marked import Marked
    from markscan.pool import Units

    Flags = NDArray[np.bool_]


class Folded:
    """A folded text and the way back to the text it was folded from.

    Everything is worked out when it is first asked for, then kept: looking for terms needs
    `bare` alone, and only what was found needs the rest.
    """

    def __init__(
        self, source: str, text: str | None = None, kept: Sequence[bool] | None = None
    ) -> None:
        """Fold `source`. Where it is known already, give the folded `text` with
        `kept`, which tells the characters of `source` that are left; None: all.
        """
        self.source = source
        self._known = text
        self._known_kept = kept

    @cached_property
    def text(self) -> str:
        """The folded text."""
        if self._known is not None:
            return self._known
        return self._marked.text(self._kept)

    @cached_property
    def units(self) -> Units:
        """The folded text as `markscan.pool` writes it, 16 bits a character."""
        from markscan.pool import units_of

        if self._known is not None:
            return units_of(self._known)
        return self._marked.units[self._kept]

    @cached_property
    def bare(self) -> Bare:
        """The text in which terms are looked for: without white space, signs alike made one."""
        return _bare()(fused(self.source) or _mark()(self.source, coarse=True))

    @cached_property
    def origin(self) -> NDArray[np.intp]:
        """For every folded character, the index of its character in the original text.

        Never decreases. Do not write to it.
        """
        import numpy as np

        if self._known is not None:
            kept = self._known_kept
            return np.arange(len(self.source)) if kept is None else np.flatnonzero(kept)
        return self._marked.origin(np.flatnonzero(self._kept))

    def unfold(self, span: Span) -> Span:
        """Return the span of the original text that `span` of the folded text came from.

        Both half-open, in code points. The result starts at the origin of the first folded
        character and ends after that of the last: dropped characters between them are
        inside, those around them outside. An empty span gives the empty span at the origin
        of the character after it; at the end, the end of the original text.

        Raises:
            ValueError: if `span` ends after the folded text.
        """
        if span.end > len(self.text):
            raise ValueError(f"span ends at {span.end}, folded text at {len(self.text)}")
        if span.start == len(self.text):
            return Span(len(self.source), len(self.source))
        if self._known is not None and self._known_kept is None:
            return span
        start = int(self.origin[span.start])
        return Span(start, int(self.origin[span.end - 1]) + 1 if span.end > span.start else start)

    @cached_property
    def _marked(self) -> Marked:
        return _mark()(self.source)

    @cached_property
    def _kept(self) -> Flags:
        return _keep()(self._marked)


# What needs numpy is imported when a longer text comes, and once: the statement takes a
# microsecond each time, a tenth of what there is to do.
@cache
def _mark() -> Callable[..., Marked]:
    from markscan.fold.marked import mark

    return mark


@cache
def _keep() -> Callable[[Marked], Flags]:
    from markscan.fold.spaces import kept

    return kept


@cache
def _bare() -> Callable[[Marked | Fused], Bare]:
    from markscan.fold.bare import Bare

    return Bare
