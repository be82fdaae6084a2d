"""Reads XML as a stream of events: bounded memory, any depth, no entity ever expanded.

expat instead of an lxml tree: lxml stops at 256 levels of nesting and holds a tree several
times the size of the part, and expat comes with Python on machines that have no lxml wheel.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from xml.parsers import expat

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Chars = Callable[[str], None]

_STEP = 1 << 16
_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""")
# Text encodings whose decoders run in linear time; punycode and its like do not.
_DECODABLE = re.compile(
    r"utf-(8|16|32)(-[lb]e)?$|ascii$|gb|big5|hz$|shift_jis|euc_|iso(8859|2022)|cp\d+$|koi8|mac"
)
_BINDING = re.compile(rb"xmlns(?::([^\s=<>]*))?\s*=\s*[\"']([^\"'<]*)[\"']")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


class MarkupError(Exception):
    """The XML breaks its own rules at byte `offset`; what came before has been handed out."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def encoding_of(data: bytes) -> str:
    """Return the codec an XML text is written in: by its mark, its declaration, or utf-8."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec
    head = data[:256]
    return _declared(head[: head.find(b"?>") + 2])


@lru_cache(maxsize=256)
def _declared(declaration: bytes) -> str:
    found = _DECLARED.match(declaration)
    try:
        name = codecs.lookup(found[1].decode()).name if found else "utf-8"
    except LookupError:
        return "utf-8"
    return name if _DECODABLE.match(name) else "utf-8"


def to_utf8(data: bytes) -> tuple[bytes, bool]:
    """Return the same XML as UTF-8 without a mark, and whether every character was sound.

    Broken characters become U+FFFD.
    """
    codec = encoding_of(data)
    if codec.startswith("utf-") and b"<" == data[:1] != data[1:2] != b"\0":
        codec = "utf-8"  # declared to be wide, written in bytes
    try:
        text, sound = data.decode(codec), True
    except UnicodeDecodeError:
        text, sound = data.decode(codec, "replace"), False
    if codec == "utf-8" and sound:
        return data.removeprefix(codecs.BOM_UTF8), True
    return text.removeprefix("\ufeff").encode("utf-8", "replace"), sound


def is_well_formed(data: bytes) -> bool:
    """Tell whether UTF-8 `data` is XML from its start to its end; prefixes may be unbound."""
    try:
        expat.ParserCreate("utf-8").Parse(data, True)
    except expat.ExpatError:
        return False
    return True


def bindings(data: bytes) -> dict[str, str] | None:
    """Return the namespace of each prefix; None if one of them changes its meaning."""
    found: dict[str, str] = {"": ""}
    for raw_prefix, raw_space in _BINDING.findall(data):
        prefix, space = raw_prefix.decode("utf-8", "replace"), raw_space.decode("utf-8", "replace")
        if found.setdefault(prefix, space) != space:
            return None
    return found


def stream_events(
    data: bytes,
    start: Start,
    end: End | None = None,
    chars: Chars | None = None,
    *,
    as_written: bool = False,
) -> Iterator[bool]:
    """Hand the events of UTF-8 `data` to the callbacks, a step for each item drawn.

    Names come as "namespace local", or, which is faster, `as_written` with prefixes.
    The last item tells whether the XML brought a document type; references to its
    entities are left out.

    Raises:
        MarkupError: the XML is broken.
    """
    parser = expat.ParserCreate("utf-8", None if as_written else " ")
    parser.buffer_text = True
    parser.buffer_size = _STEP
    doctype: list[str] = []
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = chars
    # With a default handler expat hands references to entities over unexpanded.
    parser.DefaultHandler = _ignore
    parser.StartDoctypeDeclHandler = lambda name, *_: doctype.append(name)
    try:
        for at in range(0, len(data), _STEP):
            parser.Parse(data[at : at + _STEP], False)
            yield False
        parser.Parse(b"", True)
    except expat.ExpatError:
        parser.buffer_text = False  # hands out what is still buffered
        raise MarkupError(max(0, parser.ErrorByteIndex)) from None
    yield bool(doctype)


def read_events(
    data: bytes, start: Start, end: End | None = None, chars: Chars | None = None
) -> bool:
    """Hand all events of `data`, in any encoding, to the callbacks.

    Returns:
        Whether the XML was well-formed to its end and without a document type.
    """
    try:
        utf8, sound = to_utf8(data)
        return not any(list(stream_events(utf8, start, end, chars))) and sound
    except MarkupError:
        return False


def by_local_name(attributes: dict[str, str]) -> dict[str, str]:
    """Return attributes under their names without namespaces or prefixes."""
    return {
        name[max(name.rfind(" "), name.rfind(":")) + 1 :]: value
        for name, value in attributes.items()
    }


def _ignore(_data: str) -> None:
    pass
