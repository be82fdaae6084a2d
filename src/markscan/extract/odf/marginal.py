"""What stands around the text: styles, properties, settings, forms, embedded binaries.

OASIS OpenDocument 1.3 part 3: metadata 4.3, settings 3.10, styles 16, forms 13.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from markscan.document import Area, GivenName
from markscan.extract.odf.state import Attributes, State

_LEAVES = (
    "dc:title", "dc:subject", "dc:description", "dc:publisher", "dc:contributor", "dc:source",
    "meta:keyword", "meta:initial-creator", "meta:printed-by", "meta:user-defined",
)  # fmt: skip
_PROPERTIES = (
    "text-properties", "paragraph-properties", "graphic-properties", "table-cell-properties",
    "table-row-properties", "table-properties", "drawing-page-properties",
    "page-layout-properties", "properties",
)  # fmt: skip
_FORM_WORDS = ("form:label", "form:value", "form:current-value", "form:title", "form:string-value")
_FORMS = (
    "text", "textarea", "formatted-text", "fixed-text", "password", "file", "combobox", "listbox",
    "button", "image", "checkbox", "radio", "frame", "hidden", "generic-control", "date", "time",
    "item", "option", "form", "property",
)  # fmt: skip


# Styles.


def _start_automatic(state: State, _attributes: Attributes) -> None:
    state.automatic = True
    state.story.styles.start_stream()


def _start_common(state: State, _attributes: Attributes) -> None:
    state.automatic = False


def _start_style(state: State, attributes: Attributes) -> None:
    state.story.styles.start_style(attributes, automatic=state.automatic)


def _start_page_layout(state: State, attributes: Attributes) -> None:
    name = attributes.get("style:name", "")
    state.story.styles.start_style(
        {"style:family": "page-layout", "style:name": name}, automatic=state.automatic
    )


def _end_style(state: State) -> None:
    state.story.styles.end_style()


def _properties(state: State, attributes: Attributes) -> None:
    state.story.styles.properties(attributes)


# Properties and settings.


def _start_meta(state: State, _attributes: Attributes) -> None:
    state.in_meta = True


def _end_meta(state: State) -> None:
    state.in_meta = False


def _start_leaf(name: str, state: State, attributes: Attributes) -> None:
    given = attributes.get("meta:name")
    label = GivenName(given) if given else name.partition(":")[2]
    state.take(partial(_give_property, state, label) if state.in_meta else None)


def _start_creator(state: State, _attributes: Attributes) -> None:
    label = "creator" if state.in_meta else "comment author"
    state.take(partial(_give_property, state, label))


def _give_property(state: State, label: str, text: str) -> None:
    state.story.property(text, label)


def _start_setting(state: State, attributes: Attributes) -> None:
    state.take(partial(_give_setting, state, attributes.get("config:name", "")))


def _give_setting(state: State, label: str, text: str) -> None:
    if not text.isascii():
        state.story.property(text, label)


def _start_silence(state: State, _attributes: Attributes) -> None:
    state.take(None)


def _end_words(state: State) -> None:
    state.end_words()


def _template(state: State, attributes: Attributes) -> None:
    for key in ("xlink:title", "xlink:href"):
        state.story.property(attributes.get(key, ""), "template")


# Forms, formulas, files written as text.


def _start_forms(state: State, _attributes: Attributes) -> None:
    state.push(Area.TEXTBOX, "form")


def _end_forms(state: State) -> None:
    state.story.pop()


def _form(state: State, attributes: Attributes) -> None:
    for key in _FORM_WORDS:
        state.story.aside(attributes.get(key, ""), "field", Area.TEXTBOX)


def _start_math(state: State, _attributes: Attributes) -> None:
    state.take(partial(_give_math, state))


def _give_math(state: State, text: str) -> None:
    state.story.add(" ".join(text.split()), Area.TEXTBOX, state.story.here())


def _start_binary(state: State, _attributes: Attributes) -> None:
    state.take(state.binaries.append if state.objects else None)


def _start_object(state: State, _attributes: Attributes) -> None:
    state.objects += 1


def _end_object(state: State) -> None:
    state.objects = max(0, state.objects - 1)


STARTS: dict[str, Callable[[State, Attributes], None]] = {
    "office:automatic-styles": _start_automatic,
    "office:styles": _start_common,
    "style:style": _start_style,
    "style:page-layout": _start_page_layout,
    "style:page-master": _start_page_layout,
    "office:meta": _start_meta,
    "dc:creator": _start_creator,
    "dc:date": _start_silence,
    "config:config-item": _start_setting,
    "meta:template": _template,
    "office:forms": _start_forms,
    "math:math": _start_math,
    "office:binary-data": _start_binary,
    "draw:object-ole": _start_object,
    "draw:plugin": _start_object,
    **{f"style:{name}": _properties for name in _PROPERTIES},
    **{name: partial(_start_leaf, name) for name in _LEAVES},
    **{f"form:{name}": _form for name in _FORMS},
}
ENDS: dict[str, Callable[[State], None]] = {
    "style:style": _end_style,
    "style:page-layout": _end_style,
    "style:page-master": _end_style,
    "office:meta": _end_meta,
    "dc:creator": _end_words,
    "dc:date": _end_words,
    "config:config-item": _end_words,
    "office:forms": _end_forms,
    "math:math": _end_words,
    "office:binary-data": _end_words,
    "draw:object-ole": _end_object,
    "draw:plugin": _end_object,
    **dict.fromkeys(_LEAVES, _end_words),
}
