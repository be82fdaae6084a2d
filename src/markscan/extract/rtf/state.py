"""What a group of RTF may change and its end restores: destination, font, look.

RTF Specification 1.9.1, "Font (Character) Formatting Properties", "Associated Character
Properties". No recursion: a group saves what is around it only where it changes something,
so a million braces cost a million steps and no memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markscan.document import Area
from markscan.errors import LimitExceeded
from markscan.extract.docx.styles import TINY
from markscan.extract.rtf.charsets import Fonts
from markscan.extract.rtf.story import FIRST, SILENCE, Destination
from markscan.extract.rtf.tokens import MOST_FALLBACK

_MOST_SAVED = 1_000_000  # groups within groups that each change something
_NEARLY_WHITE = 250


@dataclass(slots=True)
class Colours:
    """The colour table: which of its entries are white."""

    whites: set[int] = field(default_factory=set)
    count: int = 0
    rgb: list[int] = field(default_factory=list)

    def take(self, raw: bytes) -> None:
        """End an entry at each semicolon."""
        for _ in range(raw.count(b";")):
            if len(self.rgb) == 3 and min(self.rgb) >= _NEARLY_WHITE:
                self.whites.add(self.count)
            self.rgb.clear()
            self.count += 1

    def mix(self, number: int | None) -> None:
        """Take the red, green or blue of an entry."""
        if len(self.rgb) < 3:
            self.rgb.append(number or 0)


class State:
    """The state at one place of the file. Each method but those of groups is a control word.

    Args:
        to: where the text goes outside of all destinations.
        fonts: the font table, complete before any text.
        colours: the colour table.
    """

    def __init__(self, to: Destination, fonts: Fonts, colours: Colours) -> None:
        self.level = 0
        self.to = to
        self.font = 0
        self.codec = ""
        self.fallback = 1
        self.concealed: Area | None = None
        self._fonts = fonts
        self._colours = colours
        self._saved: list[tuple[int, tuple[object, ...]]] = []
        self._saved_at = -1
        self._wide_font: int | None = None  # of the Chinese, Japanese, Korean characters
        self._is_wide = False
        self._hidden = self._deleted = self._tiny = self._dropped = False
        self._colour = self._ground = 0
        # Grounds of the paragraph and of the table row; no group ends them.
        self._paragraph_ground = self._row_ground = 0
        self._default_font = 0

    # Groups.

    def open(self, _: int | None) -> None:
        """Begin a group."""
        self.level += 1

    def close(self, _: int | None) -> None:
        """End a group, and the destination that it opened."""
        if self.level == self._saved_at:
            self._restore()
        if self.level:
            self.level -= 1

    def close_all(self) -> None:
        """End every group that is still open."""
        self.leave_to(-1)
        self.level = 0

    def enter(self, to: Destination) -> None:
        """Send the text of this group to `to`."""
        self._save()
        replaced = self.to
        to.level = self.level
        self.to = to
        if replaced.level == self.level:
            replaced.close()

    def pass_on(self, to: Destination) -> None:
        """Send the text of this group to a destination of a group around it."""
        self._save()
        self.to = to

    def leave_to(self, level: int) -> None:
        """End every group deeper than `level`."""
        while self._saved_at > level:
            self.level = self._saved_at
            self._restore()
        self.level = level

    @property
    def is_silent(self) -> bool:
        """Whether nothing in this group is read, whatever it says."""
        return self.to is SILENCE or self.to is FIRST

    def _save(self) -> None:
        if self._saved_at == self.level:
            return
        if len(self._saved) >= _MOST_SAVED:
            raise LimitExceeded("limit.depth", allowed=_MOST_SAVED)
        state = (
            self.to, self.font, self.codec, self.fallback, self.concealed, self._wide_font,
            self._is_wide, self._hidden, self._deleted, self._tiny, self._dropped, self._colour,
            self._ground,
        )  # fmt: skip
        self._saved.append((self._saved_at, state))
        self._saved_at = self.level

    def _restore(self) -> None:
        left, level = self.to, self.level
        self._saved_at, state = self._saved.pop()
        (
            self.to, self.font, self.codec, self.fallback, self.concealed, self._wide_font,
            self._is_wide, self._hidden, self._deleted, self._tiny, self._dropped, self._colour,
            self._ground,
        ) = state  # type: ignore[assignment]  # fmt: skip
        if left.level == level and left is not self.to:
            left.close()

    # Fonts. `codec` is worked out where bytes ask for it; "" until then.

    def set_default_font(self, number: int | None) -> None:
        """Note the font of text that names none."""
        self._default_font = self.font = number or 0
        self.codec = ""

    def set_font(self, number: int | None) -> None:
        """Choose a font."""
        if number != self.font:
            self._save()
            self.font = number or 0
            self.codec = ""

    def set_associated_font(self, number: int | None) -> None:
        """Choose the font of wide characters, where it is them that are spoken of."""
        if self._is_wide and number != self._wide_font:
            self._save()
            self._wide_font = number or 0
            self.codec = ""

    def begin_wide(self, _: int | None) -> None:
        """Set what follows as wide characters."""
        if not self._is_wide:
            self._save()
            self._is_wide = True
            self.codec = ""

    def end_wide(self, _: int | None) -> None:
        """Set what follows as characters of one byte."""
        if self._is_wide:
            self._save()
            self._is_wide = False
            self.codec = ""

    def work_out_codec(self) -> str:
        """Return the codec of bytes that stand here."""
        wide = self._wide_font if self._is_wide else None
        self.codec = self._fonts.codec(self.font if wide is None else wide)
        return self.codec

    def set_fallback(self, number: int | None) -> None:
        """Note how many characters stand in for one in Unicode."""
        number = min(max(number if number is not None else 1, 0), MOST_FALLBACK)
        if number != self.fallback:
            self._save()
            self.fallback = number

    # Look.

    def reset(self, _: int | None) -> None:
        """Go back to the look of the document; a deletion stays one."""
        self._save()
        self.font, self._wide_font, self._is_wide = self._default_font, None, False
        self.codec = ""
        if self._hidden or self._tiny or self._colour or self._ground:
            self._hidden = self._tiny = False
            self._colour = self._ground = 0
            self._look()

    def hide(self, number: int | None) -> None:
        """Hide text, or show it again."""
        if self._hidden != (number != 0):
            self._save()
            self._hidden = number != 0
            self._look()

    def delete(self, number: int | None) -> None:
        """Mark text as deleted, or not."""
        if self._deleted != (number != 0):
            self._save()
            self._deleted = number != 0
            self._look()

    def drop(self, number: int | None) -> None:
        """Leave out what is RTF only, in the RTF made of a page of HTML."""
        self._save()
        self._dropped = number != 0

    @property
    def is_dropped(self) -> bool:
        """Whether text here is RTF only."""
        return self._dropped

    def size(self, number: int | None) -> None:
        """Set the size in half points."""
        tiny = number is not None and 0 <= number <= TINY
        if tiny != self._tiny:
            self._save()
            self._tiny = tiny
            self._look()

    def associated_size(self, number: int | None) -> None:
        """Set the size of wide characters, where it is them that are spoken of."""
        if self._is_wide:
            self.size(number)

    def colour(self, number: int | None) -> None:
        """Set the colour of text."""
        if self._colour != (number or 0):
            self._save()
            self._colour = number or 0
            self._look()

    def ground(self, number: int | None) -> None:
        """Set the ground behind text."""
        if self._ground != (number or 0):
            self._save()
            self._ground = number or 0
            self._look()

    def paragraph_ground(self, number: int | None) -> None:
        """Set the ground behind a paragraph."""
        self._paragraph_ground = number or 0
        self._look()

    def row_ground(self, number: int | None) -> None:
        """Note that a cell of the row has a ground."""
        self._row_ground = number or self._row_ground
        self._look()

    def start_row(self, _: int | None) -> None:
        """Begin to describe a row."""
        self._row_ground = 0
        self._look()

    def _look(self) -> None:
        whites = self._colours.whites
        unseen = self._hidden or self._tiny
        if not unseen and self._colour in whites:
            grounds = {self._ground, self._paragraph_ground, self._row_ground}
            unseen = not (grounds - {0} - whites)
        self.concealed = Area.DELETED if self._deleted else Area.HIDDEN if unseen else None
