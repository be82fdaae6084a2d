"""The lines of a PDF page, with the box, the font and the size of each.

PDFium gives single characters in the order they were drawn. Characters that follow each
other along one baseline make a run; runs on one baseline make lines where they touch.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markscan.document import Box, Style
from markscan.extract.page_lines import DENSE, is_slanted
from markscan.extract.pdf.chars import Pen, Sight, Stroke
from markscan.extract.pdf.surface import Frame

_SLOPE = 0.35  # how far baselines of one line may differ, in em
_FAR = 2.0  # a wider gap parts two things drawn one after the other, in em
_NEAR = 1.0  # a wider gap parts two things drawn at different times, in em
_SAME = 0.2  # a character drawn again within this distance makes it bold, in em
_MOST_INSIDE = 32  # runs that are sought in the gaps of another
_STACK = 1.6  # the widest step down between characters written in a column, in em
_GAPS = re.compile(r"^\s|\s$|\s\s|\u3000")
_LETTERS = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """Text on one baseline, or in one column of upright characters."""

    text: str
    box: Box
    style: Style
    sight: Sight
    slanted: bool = False


@dataclass(slots=True)
class _Run:
    order: int
    along: tuple[float, float]
    level: float  # of the baseline, across the direction of writing
    sight: Sight
    strokes: list[Stroke] = field(default_factory=list)
    known: set[tuple[str, int]] | None = None  # each character and its place, if asked for

    @property
    def size(self) -> float:
        return self.strokes[0].ink.style.size

    @property
    def start(self) -> float:
        return self.strokes[0].start

    @property
    def end(self) -> float:
        return self.strokes[-1].end


def lines_of(text_page: Any, page: Any, frame: Frame) -> list[Line]:
    """Return the lines of a page in the order in which each was begun."""
    columns = _all_columns(Pen(text_page, page, frame))
    return [line for column in columns if (line := _line(column)).text.strip()]


def strokes_of(text_page: Any, page: Any, frame: Frame) -> Iterator[list[Stroke]]:
    """Yield the strokes of each line that is seen, in the order of `lines_of`.

    None of them holds a wide gap, and blanks are strokes of their own, all of them the file's
    own but those between words of letters.
    """
    pen = Pen(text_page, page, frame)
    for column in _all_columns(pen):
        if column[0].sight is Sight.SHOWN:
            strokes = [stroke for run in column for stroke in run.strokes]
            yield [part for stroke in _written(strokes) for part in _parted(stroke, pen)]


def _written(strokes: list[Stroke]) -> Iterator[Stroke]:
    """Yield the strokes without the spaces put in beside Chinese characters and digits."""
    last = len(strokes) - 1
    for index, stroke in enumerate(strokes):
        made_up = not stroke.length and 0 < index < last
        if not (
            made_up and (_dense(strokes[index - 1].text[-1]) or _dense(strokes[index + 1].text))
        ):
            yield stroke


def _parted(stroke: Stroke, pen: Pen) -> Iterator[Stroke]:
    """Yield `stroke`, or its characters where there are gaps in it."""
    text = stroke.text
    if stroke.length < 2 or text.isspace():
        yield stroke
    elif _GAPS.search(text) or (text == text.strip() and _is_spaced(stroke)):
        yield from pen.split(stroke)
    else:
        yield stroke


def _is_spaced(stroke: Stroke) -> bool:
    """Tell whether a stroke without letters is half a character wider than its characters."""
    text = stroke.text
    if _LETTERS.search(text):
        return False
    wide = (len(text.encode("utf-8", "replace")) - len(text)) // 2
    expected = 0.5 * (len(text) + wide + 1)
    return stroke.end - stroke.start > expected * stroke.ink.style.size


def _all_columns(pen: Pen) -> Iterator[list[_Run]]:
    runs = _joined(list(_runs(pen)), pen)
    runs.sort(key=lambda run: run.order)
    return _columns(runs)


def _runs(pen: Pen) -> Iterator[_Run]:
    """Yield the runs; a made-up line end is nothing, a made-up space a question."""
    run: _Run | None = None
    order = 0
    spaced = False
    for stroke in pen.strokes():
        if isinstance(stroke, str):
            spaced = spaced or " " in stroke
            continue
        sight = pen.sight(stroke)
        if run is not None and _continues(run, stroke, sight):
            if spaced and not (_dense(run.strokes[-1].text[-1]) or _dense(stroke.text)):
                run.strokes.append(_space(run))
        else:
            if run is not None:
                yield run
            run = _Run(order, stroke.ink.along, stroke.level, sight)
            order += 1
        spaced = False
        run.strokes.append(stroke)
    if run is not None:
        yield run


def _space(run: _Run) -> Stroke:
    last = run.strokes[-1]
    return last._replace(text=" ", start=last.end, length=0)


def _dense(text: str) -> bool:
    return bool(DENSE.match(text))


def _continues(run: _Run, stroke: Stroke, sight: Sight) -> bool:
    if run.sight is not sight or run.along != stroke.ink.along:
        return False
    size = max(run.strokes[0].ink.style.size, stroke.ink.style.size)
    if not -size / 2 <= stroke.start - run.strokes[-1].end <= _FAR * size:
        return False
    return abs(stroke.level - run.level) <= _SLOPE * size


def _joined(runs: list[_Run], pen: Pen) -> list[_Run]:
    """Return the runs with those that touch on one baseline made into one."""
    runs.sort(key=lambda run: (run.along, run.sight, run.level))
    groups: list[list[_Run]] = []
    for run in runs:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and (last.along, last.sight) == (run.along, run.sight)
            and run.level - last.level <= _SLOPE * min(run.size, last.size)
        ):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [run for group in groups for run in _swept(group, pen)]


def _swept(group: list[_Run], pen: Pen) -> list[_Run]:
    """Return the runs of one baseline from left to right, joined where they touch."""
    group.sort(key=lambda run: (run.start, run.order))
    opened = [piece for index in range(len(group)) for piece in _opened(group, index, pen)]
    if len(opened) > len(group):
        opened.sort(key=lambda run: (run.start, run.order))
    done: list[_Run] = []
    for run in opened:
        last = done[-1] if done else None
        if last is None:
            done.append(run)
            continue
        size = max(run.size, last.size)
        if run.start < last.end - size / 2:
            _drop_repeated(run, last, pen)
            if not any(stroke.text.strip() for stroke in run.strokes):
                continue
        if -size / 2 <= run.start - last.end <= _NEAR * size:
            _append(last, run, pen)
        else:
            done.append(run)
    return done


def _opened(group: list[_Run], index: int, pen: Pen) -> Iterator[_Run]:
    """Yield a run, or its pieces where others are drawn into gaps of it.

    A sign that the font lacks is drawn with another, before or after the rest of its line:
    the ★ of 秘密★10年.
    """
    run = group[index]
    near = group[max(0, index - _MOST_INSIDE) : index + 1 + _MOST_INSIDE]
    across = [each for each in near if each is not run and _overlap(each, run)]
    if not across:
        yield run
        return
    inside = [(one.start + one.end) / 2 for each in across for one in _ink(each, pen)]
    piece: list[Stroke] = []
    for single in _singles(run, pen):
        last = next((each for each in reversed(piece) if each.text.strip()), None)
        gap = single.start - last.end if last is not None and single.text.strip() else 0.0
        if last is not None and gap > _SAME * run.size and _between(inside, last, single):
            yield _Run(run.order, run.along, run.level, run.sight, _inked(piece))
            piece = []
        piece.append(single)
    yield _Run(run.order, run.along, run.level, run.sight, _inked(piece))


def _between(middles: list[float], one: Stroke, other: Stroke) -> bool:
    return any(one.end <= middle <= other.start for middle in middles)


def _overlap(one: _Run, other: _Run) -> bool:
    return min(one.end, other.end) - max(one.start, other.start) > _SLOPE * other.size


def _ink(run: _Run, pen: Pen) -> list[Stroke]:
    return [single for single in _singles(run, pen) if single.text.strip()]


def _inked(strokes: list[Stroke]) -> list[Stroke]:
    """Return the strokes without the blanks at their end."""
    while len(strokes) > 1 and not strokes[-1].text.strip():
        strokes = strokes[:-1]
    return strokes


def _append(line: _Run, run: _Run, pen: Pen) -> None:
    before, after = line.strokes[-1], run.strokes[0]
    apart = after.start - before.end > _SAME * line.size
    if apart and not (_dense(before.text[-1]) or _dense(after.text)):
        line.strokes.append(_space(line))
    if line.known is not None:
        run.strokes = _singles(run, pen)
        line.known |= {_place(single, line) for single in run.strokes}
    line.strokes += run.strokes
    line.order = min(line.order, run.order)


def _singles(run: _Run, pen: Pen) -> list[Stroke]:
    return [single for stroke in run.strokes for single in pen.split(stroke)]


def _place(single: Stroke, line: _Run) -> tuple[str, int]:
    return single.text, round(single.start / (_SAME * max(line.size, 1)))


def _drop_repeated(run: _Run, line: _Run, pen: Pen) -> None:
    """Take from `run` what `line` has at the same place: text drawn twice to be bold."""
    if line.known is None:
        line.strokes = _singles(line, pen)
        line.known = {_place(single, line) for single in line.strokes}
    kept = []
    for single in _singles(run, pen):
        text, step = _place(single, line)
        if not any((text, step + near) in line.known for near in (-1, 0, 1)):
            kept.append(single)
    run.strokes = kept


def _columns(runs: list[_Run]) -> Iterator[list[_Run]]:
    """Yield each run alone, but characters written below one another together."""
    column: list[_Run] = []
    for run in runs:
        if column and not _stacked(column[-1], run):
            yield from _whole(column)
            column = []
        column.append(run)
    if column:
        yield from _whole(column)


def _whole(column: list[_Run]) -> list[list[_Run]]:
    """Return the column as one, or its characters alone where they only count rows."""
    if all(run.strokes[0].text.isdigit() for run in column):
        return [[run] for run in column]
    return [column]


def _stacked(above: _Run, below: _Run) -> bool:
    if any(len(run.strokes) != 1 or len(run.strokes[0].text) != 1 for run in (above, below)):
        return False
    size = above.size
    return (
        (above.along, above.sight) == (below.along, below.sight)
        and _dense(above.strokes[0].text)
        and _dense(below.strokes[0].text)
        and abs(above.start - below.start) <= _SLOPE * size
        and 0 < below.level - above.level <= _STACK * size
    )


def _line(column: list[_Run]) -> Line:
    strokes = [stroke for run in column for stroke in run.strokes]
    inked = [stroke for stroke in strokes if stroke.text.strip()] or strokes
    style = inked[0].ink.style
    if any(stroke.ink.style is not style for stroke in inked):
        styles: Counter[Style] = Counter()
        for stroke in inked:
            styles[stroke.ink.style] += len(stroke.text)
        style = styles.most_common(1)[0][0]
    left, top, right, bottom = zip(*(stroke.box for stroke in inked), strict=True)
    box = Box(min(left), min(top), max(right), max(bottom))
    text, slanted = "".join(stroke.text for stroke in strokes), is_slanted(column[0].along)
    return Line(text, box, style, column[0].sight, slanted)
