"""Draws the trend over the last runs as SVG: no script, no library, fit for paper."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markscan.finding import Severity
from markscan.report.run.overview import Point
from markscan.report.run.words import day, say
from markscan.wording import Language

# In units of the drawing, which is scaled to the width of the page.
_WIDTH, _HEIGHT = 720, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 10, 12, 40
_MOST_LABELS = 8  # days under the axis


def findings_chart(points: Sequence[Point], language: Language) -> str:
    """Return a bar for each run, with its findings by severity, the gravest at the bottom."""
    bars = [[point.severities.get(s.code, 0) for s in reversed(Severity)] for point in points]
    classes = [severity.code for severity in reversed(Severity)]
    names = [say(f"severity.{code}", language) for code in classes]
    return _chart(points, bars, classes, names, say("run.trend-findings", language), language)


def gaps_chart(points: Sequence[Point], language: Language) -> str:
    """Return a bar for each run, with the files that it did not examine in full."""
    bars = [[point.incomplete] for point in points]
    name = say("run.trend-gaps", language)
    return _chart(points, bars, ["gap"], [name], name, language)


def _chart(
    points: Sequence[Point],
    bars: Sequence[Sequence[int]],
    classes: Sequence[str],
    names: Sequence[str],
    title: str,
    language: Language,
) -> str:
    """Return one drawing of stacked bars with its axis and the days below."""
    top = _round(max((sum(bar) for bar in bars), default=0))
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">\n',
        *(_rule(share, top) for share in (0, 0.5, 1)),
    ]
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(points), 6)
    every = -(-len(points) // _MOST_LABELS)
    for number, (point, bar) in enumerate(zip(points, bars, strict=True)):
        x = _LEFT + step * number
        told = "，" if language == "zh" else ", "
        counts = told.join(f"{n} {v:,}" for n, v in zip(names, bar, strict=True) if v)
        heading = say("run.first", language, day=day(point.started), run=point.number)
        parts.append(f"<g><title>{escape(heading)} {escape(counts) or 0}</title>\n")
        parts += _bar(x + step * 0.18, step * 0.64, bar, classes, top)
        parts.append("</g>\n")
        if (len(points) - 1 - number) % every == 0:
            middle, low = x + step / 2, _HEIGHT - _BOTTOM + 16
            parts.append(_label(middle, low, day(point.started)[5:]))
            parts.append(_label(middle, low + 15, f"#{point.number}"))
    return "".join([*parts, "</svg>\n"])


def _bar(x: float, width: float, bar: Sequence[int], classes: Sequence[str], top: int) -> list[str]:
    """The pieces of one bar, from the axis up."""
    pieces, low = [], _HEIGHT - _BOTTOM
    room = low - _TOP
    y = float(low)
    for count, name in zip(bar, classes, strict=True):
        if count:
            height = room * count / top
            y -= height
            pieces.append(
                f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}"'
                f' height="{height:.1f}"/>\n'
            )
    total = sum(bar)
    pieces.append(f'<text class="sum" x="{x + width / 2:.1f}" y="{y - 3:.1f}">{total:,}</text>\n')
    return pieces


def _rule(share: float, top: int) -> str:
    """A line across at this share of the height, and its number."""
    y = _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * share
    value = f"{top * share:,.10g}"
    return (
        f'<line class="rule" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>\n'
        f'<text class="scale" x="{_LEFT - 6}" y="{y + 4:.1f}">{value}</text>\n'
    )


def _label(x: float, y: float, text: str) -> str:
    return f'<text class="day" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>\n'


def _round(most: int) -> int:
    """The top of the axis: the next of 2, 4, 6, 8, 10, 20, 40 … that leaves some room."""
    scale = 1
    while True:
        for digit in (2, 4, 6, 8, 10):
            if digit * scale >= most * 1.1:
                return digit * scale
        scale *= 10
