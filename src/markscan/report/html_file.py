"""The section of one file in the HTML report. All text is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from markscan.finding import Advice, Finding, Outcome, Sketch, Status, Unjudged
from markscan.report.places import conclusion_words, other_places, place_words, short_key
from markscan.report.reporter import Manner
from markscan.report.silence import silences
from markscan.report.sketch_svg import drawing, marks
from markscan.walk import printable
from markscan.wording import INTERFACE, Language


def safe(text: str) -> str:
    """Return `text` as HTML: markup escaped, control characters written out."""
    return escape(printable(text))


def clean_row(outcome: Outcome, language: Language) -> str:
    """Return one line for a file with nothing to say."""
    return f'<p class="file row">{_heading(outcome, language, tag="span")}</p>\n'


def section(outcome: Outcome, name: str, manner: Manner) -> str:
    """Return the section of one file; ids in it begin with `name`."""
    language = manner.language
    findings = tuple(sorted(outcome.findings, key=lambda found: (found.dismissed, -found.severity)))
    parts = [
        f'<section class="file" id="{name}">\n',
        _heading(outcome, language, tag="h2"),
        *_problems(outcome, language),
    ]
    if findings:
        on_page = frozenset(marks(outcome.sketch, findings)) if outcome.sketch else frozenset()
        parts.append('<div class="beside">\n')
        if outcome.sketch:
            parts += _figure(outcome.sketch, findings, f"{name}-", language)
        parts.append('<ol class="findings">\n')
        for number, found in enumerate(findings, start=1):
            parts += _finding(found, f"{name}-{number}", number, number in on_page, manner)
        parts.append("</ol>\n</div>\n")
    parts += _advice(outcome.advice, language)
    parts += _silent(outcome.unjudged, language)
    return "".join([*parts, "</section>\n"])


def _heading(outcome: Outcome, language: Language, *, tag: str) -> str:
    """Name, verdict, status and format."""
    status = outcome.status
    facts = [_badge(f"status {status.value}", f"status.{status.value}", language)]
    if outcome.verdict is not None:
        kind = f"verdict {outcome.verdict.value}"
        facts.insert(0, _badge(kind, f"verdict.{outcome.verdict.value}", language))
    if outcome.format:
        named = INTERFACE["page.format"].fill(format=outcome.format).of(language)
        facts.append(f'<span class="format">{safe(named)}</span>')
    return (
        f'<{tag} class="name">{safe(outcome.locator)}</{tag}>\n'
        f'<span class="facts">{" ".join(facts)}</span>\n'
    )


def _badge(kind: str, key: str, language: Language) -> str:
    return f'<span class="badge {kind}">{_say(key, language)}</span>'


def _problems(outcome: Outcome, language: Language) -> Iterator[str]:
    if outcome.status is Status.EXAMINED and not outcome.problems:
        return
    yield f'<div class="unread"><p>{_say("page.unread", language)}</p>\n<ul>\n'
    for problem in outcome.problems:
        cause = _say(f"cause.{problem.code}", language)
        yield f"<li><b>{cause}</b> {safe(problem.message.of(language))}</li>\n"
    yield "</ul></div>\n"


def _finding(found: Finding, name: str, number: int, drawn: bool, manner: Manner) -> Iterator[str]:
    """One entry: how grave and where, what stands there, what should, and by what rule."""
    language, code = manner.language, found.severity.code
    disc = f'<a href="#{name}-mark">{number}</a>' if drawn else str(number)
    yield f'<li class="{code}" id="{name}">\n<span class="number">{disc}</span>\n'
    yield f'<p class="where">{_badge(code, f"severity.{code}", language)} '
    yield f"<b>{safe(place_words(found.place, language))}</b> "
    yield f'<span class="code">{safe(found.rule)}</span></p>\n<dl>\n'
    yield _row("page.problem", found.message.of(language), language)
    if manner.quote and found.quote:
        yield f"<dd><q>{safe(found.quote)}</q></dd>\n"
    if others := other_places(found.place, found.others, language):
        yield f"<dd>{safe(others)}</dd>\n"
    yield _row("page.fix", found.fix.of(language), language, kind=' class="fix"')
    yield _row("page.basis", found.basis.of(language), language, kind=' class="basis"')
    if manner.keys:
        yield _row("page.key", short_key(found.key), language)
    if found.conclusion is not None:
        yield _row("page.conclusion", conclusion_words(found.conclusion, language), language)
    yield "</dl>\n</li>\n"


def _row(key: str, text: str, language: Language, *, kind: str = "") -> str:
    lines = "<br>".join(safe(line) for line in text.split("\n"))
    return f"<dt>{_say(key, language)}</dt><dd{kind}>{lines}</dd>\n"


def _figure(
    sketch: Sketch, findings: tuple[Finding, ...], name: str, language: Language
) -> Iterator[str]:
    label = INTERFACE["page.drawing"].fill(page=sketch.page.number).of(language)
    yield f"<figure>\n{drawing(sketch, findings, name=name, label=label)}\n"
    yield f"<figcaption><b>{escape(label)}</b> {_say('page.drawing-note', language)}</figcaption>"
    yield "\n</figure>\n"


def _advice(advice: Iterable[Advice], language: Language) -> Iterator[str]:
    said = [
        INTERFACE["advice.line"].fill(
            place=place_words(one.place, language), message=one.message, basis=one.basis
        )
        for one in advice
    ]
    if said:
        yield f'<div class="advice"><h3>{_say("advice", language)}</h3>\n<ul>\n'
        yield from (f"<li>{safe(one.of(language))}</li>\n" for one in said)
        yield "</ul></div>\n"


def _silent(rules: tuple[Unjudged, ...], language: Language) -> Iterator[str]:
    if not rules:
        return
    count = len({one.rule for one in rules})
    title = INTERFACE["page.unjudged"].fill(count=count).of(language)
    yield f'<details class="silent"><summary>{escape(title)}</summary>\n<ul>\n'
    yield from (f"<li>{safe(one.of(language))}</li>\n" for one in silences(rules))
    yield "</ul></details>\n"


def _say(key: str, language: Language) -> str:
    return escape(INTERFACE[key].of(language))
