"""Paragraphs, spans, notes, changes, sections and fields of OpenDocument XML.

OASIS OpenDocument 1.3 part 3, clauses 5 to 8 and 14; the footnote elements and text:tab-stop
are those of OpenOffice.org 1.0.
"""

from __future__ import annotations

from collections.abc import Callable

from markscan.document import Area, GivenName
from markscan.extract.odf.frames import Frame
from markscan.extract.odf.state import Attributes, State, count
from markscan.extract.odf.styles import PLAIN, Look

_HIDDEN = Look(hidden=True)
_MOST_SPACES = 1000
_INNER = ("#", "vnd.sun.star.script:")  # links that lead to this document or to a program


def _start_paragraph(state: State, attributes: Attributes) -> None:
    state.story.start_paragraph(attributes.get("text:style-name", ""))


def _end_paragraph(state: State) -> None:
    state.story.end_paragraph()


def _start_span(state: State, attributes: Attributes) -> None:
    state.story.start_span(attributes.get("text:style-name", ""))


def _end_span(state: State) -> None:
    state.story.end_span()


def _start_link(state: State, attributes: Attributes) -> None:
    _link(state, attributes)
    _start_span(state, attributes)


def _link(state: State, attributes: Attributes) -> None:
    target = attributes.get("xlink:href", "")
    if not target.startswith(_INNER):
        state.story.aside(target, "link")
    state.story.aside(attributes.get("office:title", ""), "link")


def _spaces(state: State, attributes: Attributes) -> None:
    state.insert(" " * count(attributes.get("text:c", "1"), _MOST_SPACES))


def _tab(state: State, _attributes: Attributes) -> None:
    state.insert("\t")


def _line_break(state: State, _attributes: Attributes) -> None:
    state.insert("\n")


def _soft_break(state: State, _attributes: Attributes) -> None:
    if len(state.story.frames) == 1 or state.story.tables:
        state.story.break_page()


def _start_silence(state: State, _attributes: Attributes) -> None:
    state.take(None)


def _end_words(state: State) -> None:
    state.end_words()


def _start_note(state: State, _attributes: Attributes) -> None:
    state.push(Area.NOTE, "note")


def _start_comment(state: State, attributes: Attributes) -> None:
    state.push(Area.COMMENT, "comment")
    state.story.property(attributes.get("office:author", ""), "comment author")


def _start_deletion(state: State, _attributes: Attributes) -> None:
    state.push(Area.DELETED, "deleted")


def _start_change(state: State, _attributes: Attributes) -> None:
    state.story.push(Frame(Area.COMMENT, state.story.place("change"), []))


def _end_frame(state: State) -> None:
    state.story.pop()


def _start_section(state: State, attributes: Attributes) -> None:
    display = attributes.get("text:display", "true")
    is_unmet = attributes.get("text:is-hidden", "true") == "true"
    state.hide(display == "none" or (display == "condition" and is_unmet))


def _end_hiding(state: State) -> None:
    state.end_hiding()


def _span(state: State, look: Look) -> None:
    if state.story.paragraphs:
        looks = state.story.paragraphs[-1].looks
        looks.append(look.over(looks[-1]))


def _start_hidden_text(state: State, attributes: Attributes) -> None:
    _span(state, PLAIN if attributes.get("text:is-hidden") == "false" else _HIDDEN)
    state.insert(attributes.get("text:string-value", ""))


def _hidden_paragraph(state: State, attributes: Attributes) -> None:
    if state.story.paragraphs and attributes.get("text:is-hidden", "true") == "true":
        state.story.paragraphs[-1].is_hidden = True


def _conditional(state: State, attributes: Attributes) -> None:
    for key in ("text:string-value-if-true", "text:string-value-if-false"):
        state.story.aside(attributes.get(key, ""), "field")


def _start_ruby(state: State, _attributes: Attributes) -> None:
    paragraphs = state.story.paragraphs
    state.take(paragraphs[-1].ruby.append if paragraphs else None)


def _start_variable(state: State, attributes: Attributes) -> None:
    is_hidden = attributes.get("text:display") == "none"
    _span(state, _HIDDEN if is_hidden else PLAIN)
    if is_hidden:
        _variable(state, attributes)


def _variable(state: State, attributes: Attributes) -> None:
    value = attributes.get("office:string-value") or attributes.get("text:string-value", "")
    state.story.property(value, GivenName(f"variable {attributes.get('text:name', '')}"))


def _bookmark(state: State, attributes: Attributes) -> None:
    name = attributes.get("text:name", "")
    if not name.isascii():
        state.story.aside(name, "bookmark")


def _user_defined(state: State, attributes: Attributes) -> None:
    name = attributes.get("text:name", "")
    if not name.isascii():
        state.story.aside(name, "field")


def _index_mark(state: State, attributes: Attributes) -> None:
    for key in ("text:string-value", "text:key1", "text:key2"):
        state.story.aside(attributes.get(key, ""), "index")


_NOTES = ("note", "footnote", "endnote")
_MARKS = ("toc-mark", "user-index-mark", "alphabetical-index-mark")

STARTS: dict[str, Callable[[State, Attributes], None]] = {
    "text:p": _start_paragraph,
    "text:h": _start_paragraph,
    "text:span": _start_span,
    "text:a": _start_link,
    "draw:a": _link,
    "presentation:event-listener": _link,
    "text:s": _spaces,
    "text:tab": _tab,
    "text:tab-stop": _tab,
    "text:line-break": _line_break,
    "text:soft-page-break": _soft_break,
    "text:script": _start_silence,
    "office:annotation": _start_comment,
    "text:deletion": _start_deletion,
    "table:tracked-changes": _start_deletion,
    "office:change-info": _start_change,
    "text:section": _start_section,
    "text:hidden-text": _start_hidden_text,
    "text:hidden-paragraph": _hidden_paragraph,
    "text:conditional-text": _conditional,
    "text:ruby-text": _start_ruby,
    "text:variable-set": _start_variable,
    "text:user-field-decl": _variable,
    "text:user-defined": _user_defined,
    "text:bookmark": _bookmark,
    "text:bookmark-start": _bookmark,
    "text:reference-mark": _bookmark,
    "text:reference-mark-start": _bookmark,
    **{f"text:{name}-body": _start_note for name in _NOTES},
    **{f"text:{name}-citation": _start_silence for name in _NOTES},
    **{f"text:{name}{end}": _index_mark for name in _MARKS for end in ("", "-start")},
}
ENDS: dict[str, Callable[[State], None]] = {
    "text:p": _end_paragraph,
    "text:h": _end_paragraph,
    "text:span": _end_span,
    "text:a": _end_span,
    "text:script": _end_words,
    "office:annotation": _end_frame,
    "text:deletion": _end_frame,
    "table:tracked-changes": _end_frame,
    "office:change-info": _end_frame,
    "text:section": _end_hiding,
    "text:hidden-text": _end_span,
    "text:ruby-text": _end_words,
    "text:variable-set": _end_span,
    **{f"text:{name}-body": _end_frame for name in _NOTES},
    **{f"text:{name}-citation": _end_words for name in _NOTES},
}
