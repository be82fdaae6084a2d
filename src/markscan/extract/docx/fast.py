"""The fast reader of WordprocessingML: expressions on bytes, for XML without surprises.

Most parts hold nothing but runs of text, plain tables and page breaks; on them this reader
is several times faster than a parser. `find_breaks` admits only XML on which both readers
give the same parts; in doubt it says no.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from markscan.document import Part
from markscan.extract.docx.fields import is_noise
from markscan.extract.docx.story import Story
from markscan.extract.docx.styles import Styles, may_be_tiny, may_be_white
from markscan.extract.markup import encoding_of, is_well_formed

# Elements that only the thorough reader understands.
_SURPRISES = frozenset(
    b"w:del w:delText w:delInstrText w:moveFrom w:pPrChange w:rPrChange w:sectPrChange"
    b" w:tblPrChange w:tblPrExChange w:tcPrChange w:trPrChange w:numberingChange w:txbxContent"
    b" w:sym w:ruby w:rt w:ptab w:cr w:ddList w:fldSimple w:tblCaption w:tblDescription"
    b" w:vanish w:specVanish w:comment".split()
)
# Their names count under any prefix.
_SURPRISING_ENDS = (b":t", b":r", b":p", b":textpath", b":AlternateContent")
_DRAWN = (
    b":docPr", b":cNvPr", b":shape", b":rect", b":oval", b":roundrect", b":line", b":group",
    b":imagedata",
)  # fmt: skip
# Elements that are read only where they are written as one tag.
_SELF_CLOSED = (
    b"w:tab", b"w:br", b"w:noBreakHyphen", b"w:lastRenderedPageBreak", b"w:pageBreakBefore",
)  # fmt: skip
_NAME = re.compile(rb"<(?!/|w:(?:[rtp]|[rp]Pr|rFonts)[> ])([^\s>/]+)")
_ALTERNATIVE_TEXT = re.compile(rb"\s(?:descr|title|alt)\s*=\s*[\"'][^\"']")
_INSTRUCTION = re.compile(rb"nstrText(?:\s[^>]*)?(?<!/)>([^<]*)<")
_ENTITIES = (
    (b"&lt;", b"<"),
    (b"&gt;", b">"),
    (b"&quot;", b'"'),
    (b"&apos;", b"'"),
    (b"&amp;", b"&"),
)

_WORD_SPACES = (
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_OPEN = re.compile(rb"<w:p(?:\s[^>]*)?(?:/>|>)")
_STRUCTURE = re.compile(rb"<(/?)w:(tbl|tr|tc)(?:\s[^>]*?)?(/?)>")
_TEXT = re.compile(rb"<w:t(?:\s[^>]*)?(?<!/)>([^<]*)</w:t>")
_DIRTY_TEXT = re.compile(rb"<w:t(?:\s[^>]*)?(?<!/)>(.*?)</w:t>", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")
# Tells tabs, breaks, pages and sections apart by the name of the group that matched.
_TOKEN = re.compile(
    rb"<w:(?:t(?:\s[^>]*)?(?<!/)>(?P<text>[^<]+)</w:t>"
    rb"|(?P<tab>tab)\s*/>"
    rb"|br(?P<break>\s[^>]*)?/>"
    rb"|(?P<hyphen>noBreakHyphen)[\s/]"
    rb"|(?P<noted>lastRenderedPageBreak)[\s/]"
    rb"|pageBreakBefore(?P<before>[^>]*)>"
    rb"|(?P<section>sectPr)[\s/>])"
)
_BREAKS = (
    b"w:br", b"w:lastRenderedPageBreak", b"w:noBreakHyphen", b"w:pageBreakBefore",
)  # fmt: skip
_PAGE = re.compile(rb"[\"']page[\"']")
_OFF = re.compile(rb"[\"'](?:0|false|off|none)[\"']")
_WINDOW = 1 << 20
_END_PARAGRAPH = b"</w:p>"
_SLASH = 0x2F  # before the end of a tag: the element is empty


def find_breaks(data: bytes, styles: Styles) -> list[bytes] | None:
    """Return what `read_simple` must look for besides text, None if the XML is not simple.

    XML is simple if `read_simple` reads it exactly as the thorough reader would.
    """
    head = _head(data)
    names = set(_NAME.findall(data, head)) if head >= 0 else set()
    simple = (
        head >= 0
        and _has_usual_elements(data, names)
        and data.find(b"\r", head) < 0
        and data.count(b"<") == data.count(b">")
        and not _has_loose_tags(data, head)
        and _is_word(data, head)
        and (data.find(b"&", head) < 0 or b"&#" not in data)
        and not styles.hides_by_default
        and not any(f'"{name}"'.encode() in data for name in styles.hiding_names())
        and is_well_formed(data)
    )
    return _breaks_among(data, names) if simple else None


def _breaks_among(data: bytes, names: set[bytes]) -> list[bytes]:
    found = [b"<" + name for name in _BREAKS if name in names]
    if b"w:tab" in names:
        # With a space before its end it is a tab, or the tab stop of a paragraph.
        found.extend(word for word in (b"<w:tab/", b"<w:tab ", b"<w:tab\n") if word in data)
    # The section of the body itself stands behind all paragraphs.
    if b"w:sectPr" in names and data.find(b"<w:sectPr", 0, data.rfind(_END_PARAGRAPH)) >= 0:
        found.append(b"<w:sectPr")
    return found


def _has_usual_elements(data: bytes, names: set[bytes]) -> bool:
    if not _SURPRISES.isdisjoint(names):
        return False
    foreign = [name for name in names if not name.startswith(b"w:")]
    if any(name.startswith((b"!", b"?")) or name.endswith(_SURPRISING_ENDS) for name in foreign):
        return False
    return not (
        (any(name.endswith(_DRAWN) for name in foreign) and _has_alternative_text(data))
        or (b"w:color" in names and may_be_white(data))
        or (b"w:sz" in names and may_be_tiny(data))
        or (b"w:instrText" in names and not all(map(is_noise, _INSTRUCTION.findall(data))))
        or any(name in names and b"</" + name + b">" in data for name in _SELF_CLOSED)
    )


def _has_alternative_text(data: bytes) -> bool:
    # The words first: without a literal in front the expression is slow.
    words = (b"descr", b"title", b"alt")
    return any(word in data for word in words) and bool(_ALTERNATIVE_TEXT.search(data))


def _has_loose_tags(data: bytes, head: int) -> bool:
    """Tell whether there is white space before the end of a tag."""
    if b" >" in data:
        return True
    # Searches for one byte are many times faster, and most parts are one long line.
    return any(
        data.find(space, head) >= 0 and data.find(space + b">", head) >= 0
        for space in (b"\n", b"\t")
    )


def read_simple(data: bytes, story: Story, words: list[bytes]) -> Iterator[Part]:
    """Feed simple XML to a story and yield its parts; `words` come from `find_breaks`.

    Raises:
        LimitExceeded: it has too many paragraphs.
    """
    start = 0
    while start < len(data):
        stop = data.find(_END_PARAGRAPH, start + _WINDOW)
        stop = len(data) if stop < 0 else stop + len(_END_PARAGRAPH)
        for piece in data[start:stop].split(_END_PARAGRAPH):
            if piece[:5] == b"<w:p>" or _starts_paragraph(piece):
                for word in words:
                    if word in piece:
                        story.start_paragraph()
                        _read_tokens(piece, story)
                        break
                else:
                    story.plain_paragraph(_join(_texts(piece)))
            else:
                _read_piece(piece, story, words)
        yield from story.drain()
        start = stop
    story.close_tables()
    yield from story.drain()


def _head(data: bytes) -> int:
    """Return where the root element starts, -1 where the start is not as usual."""
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    if encoding_of(data) not in ("utf-8", "ascii"):
        return -1
    if data.startswith(b"<?xml", start):
        end = data.find(b"?>", start)
        start = end + 2 if end >= 0 else len(data)
    while data[start : start + 1].isspace():
        start += 1
    return start if data.startswith(b"<w:", start) else -1


def _is_word(data: bytes, head: int) -> bool:
    """Tell whether Word's namespace is bound once, at the root, under its usual prefix."""
    end = data.find(b">", head)
    tag = data[head:end]
    at = tag.find(b'xmlns:w="')
    if at < 0 or tag[at:].split(b'"', 2)[1] not in _WORD_SPACES:
        return False
    if tag.count(b"wordprocessingml/") != 1:
        return False
    # Pictures bring bindings of their own, but not this one.
    return data.find(b"xmlns", end) < 0 or (
        data.find(b"xmlns:w=", end) < 0 and data.find(b"wordprocessingml/", end) < 0
    )


def _starts_paragraph(piece: bytes) -> bool:
    opening = _OPEN.match(piece)
    return opening is not None and piece[opening.end() - 2] != _SLASH


def _read_piece(piece: bytes, story: Story, words: list[bytes]) -> None:
    """Read what stands between the ends of two paragraphs."""
    at = 0
    opening = _OPEN.search(piece)
    while opening:
        if opening.start() > at:
            _read_structure(piece[at : opening.start()], story)
        at = opening.end()
        story.start_paragraph()
        if piece[at - 2] != _SLASH:
            _read_paragraph(piece[at:], story, words)
            return
        story.paragraph("", None)
        opening = _OPEN.search(piece, at)
    if at < len(piece):
        _read_structure(piece[at:], story)


def _read_structure(piece: bytes, story: Story) -> None:
    for end, name, alone in _STRUCTURE.findall(piece):
        if not end:
            if name == b"tc":
                story.start_cell()
            elif name == b"tr":
                story.start_row()
            else:
                story.start_table()
        if end or alone:
            if name == b"tc":
                story.end_cell()
            elif name == b"tbl":
                story.end_table()
    if b"</w:t>" in piece:  # text outside all paragraphs
        story.paragraph(_join(_texts(piece)), story.begin_text())


def _read_paragraph(content: bytes, story: Story, words: list[bytes]) -> None:
    if any(word in content for word in words):
        _read_tokens(content, story)
        return
    text = _join(_texts(content))
    story.paragraph(text, story.begin_text() if text else None)


def _read_tokens(content: bytes, story: Story) -> None:
    texts: list[bytes] = []
    page: int | None = None
    ends_section = False
    for token in _TOKEN.finditer(content):
        kind = token.lastgroup
        if kind == "text":
            if page is None:
                page = story.begin_text()
            texts.append(token["text"])
        elif kind == "tab":
            texts.append(b"\t")
        elif kind == "hyphen":
            texts.append(b"-")
        elif kind == "noted":
            story.note_page()
        elif kind == "before":
            if not _OFF.search(token["before"]):
                story.note_page()
        elif kind == "section":
            ends_section = True
        else:
            if _PAGE.search(token["break"] or b""):
                story.break_page()
            texts.append(b"\n")
    story.paragraph(_join(texts), page)
    if ends_section:
        story.end_section()


def _texts(content: bytes) -> list[bytes]:
    texts: list[bytes] = _TEXT.findall(content)
    # A tag inside a text breaks the schema, and would hide what follows it.
    if len(texts) != content.count(b"</w:t>"):
        return [_TAG.sub(b"", text) for text in _DIRTY_TEXT.findall(content)]
    return texts


def _join(texts: list[bytes]) -> str:
    joined = b"".join(texts)
    if b"&" in joined:
        for entity, character in _ENTITIES:
            joined = joined.replace(entity, character)
    return joined.decode("utf-8", "replace")
