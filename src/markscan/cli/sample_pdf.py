"""Writes small PDFs: lines of text at given places, for the demonstration and the tests.

Chinese fonts are named, not embedded: every common reader brings its own for them. The
writer knows one page size, A4, and as much of the format as a scanner must meet.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842  # A4, in points
_INFORMATION = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
_UNICODE_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Plain def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%s
endcmap CMapName currentdict /CMap defineresource pop end end"""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: `x` and `y` are its left end and baseline, in points from the top left.

    `colour` is red, green and blue from 0 to 1; `mode` is PDF's text rendering mode, of
    which 0 fills and 3 paints nothing; `pitch` adds points after each character.
    """

    text: str
    x: float
    y: float
    size: float = 16
    font: str = "SimSun"
    colour: tuple[float, float, float] = (0, 0, 0)
    mode: int = 0
    pitch: float = 0


@dataclass(frozen=True, slots=True)
class SamplePage:
    """One page: lines over an optional grey picture, rotated clockwise by `rotate` degrees.

    `box` is the crop box as PDF counts: left, bottom, right, top. `comments` are notes in
    the margin. `operators` are drawn first, as they are.
    """

    lines: tuple[TextLine, ...] = ()
    picture: bool = False
    rotate: int = 0
    box: tuple[float, float, float, float] | None = None
    comments: tuple[str, ...] = ()
    operators: bytes = b""


@dataclass(slots=True)
class _Writer:
    objects: list[bytes] = field(default_factory=list)

    def reserve(self) -> int:
        self.objects.append(b"null")
        return len(self.objects)

    def add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def stream(self, content: bytes, entries: bytes = b"") -> int:
        packed = zlib.compress(content)
        head = b"<</Length %d/Filter/FlateDecode%s>>\nstream\n" % (len(packed), entries)
        return self.add(head + packed + b"\nendstream")

    def file(self, root: int, info: int) -> bytes:
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        trailer = b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        return bytes(out + trailer % (len(places) + 1, root, info, table))


def write_pdf(
    pages: tuple[SamplePage, ...],
    *,
    information: dict[str, str] | None = None,
    attachments: dict[str, bytes] | None = None,
    bookmarks: tuple[str, ...] = (),
    mapped: bool = False,
) -> bytes:
    """Return a PDF of `pages`.

    `information` has keys like Title and Author; `attachments` are files by name. With
    `mapped` the fonts number characters their own way and carry a table of what each
    means; without, they use a character map that every reader knows by name.
    """
    writer = _Writer()
    tree = writer.reserve()
    names = sorted({line.font for page in pages for line in page.lines})
    text = "".join(line.text for page in pages for line in page.lines)
    fonts = b"".join(
        b"/F%d %d 0 R" % (index, _font(writer, name, text, mapped))
        for index, name in enumerate(names)
    )
    picture = _picture(writer) if any(page.picture for page in pages) else 0
    resources = b"<</Font<<%s>>%s>>" % (
        fonts,
        b"/XObject<</P %d 0 R>>" % picture if picture else b"",
    )
    kids = [_page(writer, page, tree, resources, names) for page in pages]
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    writer.objects[tree - 1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), listed)
    root = writer.add(
        b"<</Type/Catalog/Pages %d 0 R%s%s>>"
        % (tree, _attachments(writer, attachments or {}), _bookmarks(writer, bookmarks))
    )
    known = {key: value for key, value in (information or {}).items() if key in _INFORMATION}
    entries = b"".join(b"/%s%s" % (key.encode(), _text(value)) for key, value in known.items())
    return writer.file(root, writer.add(b"<<%s>>" % entries))


def _text(value: str) -> bytes:
    return b"<FEFF%s>" % value.encode("utf-16-be").hex().upper().encode()


def _name(value: str) -> bytes:
    return b"/" + b"".join(
        b"%c" % byte if chr(byte).isascii() and chr(byte).isalnum() else b"#%02X" % byte
        for byte in value.encode()
    )


def _font(writer: _Writer, name: str, text: str, mapped: bool) -> int:
    described = writer.add(
        b"<</Type/FontDescriptor/FontName%s/Flags 4/FontBBox[0 -120 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>" % _name(name)
    )
    # Latin letters, digits and signs are half as wide as Chinese characters.
    narrow = b" ".join([b"500"] * 95)
    widths = b"/W[%d[%s]]" % (32 if mapped else 1, narrow)
    ordering = b"/Registry(Adobe)/Ordering(%s)/Supplement %d" % (
        (b"Identity", 0) if mapped else (b"GB1", 5)
    )
    descendant = writer.add(
        b"<</Type/Font/Subtype/CIDFontType%d/BaseFont%s/CIDSystemInfo<<%s>>"
        b"/FontDescriptor %d 0 R/DW 1000%s>>"
        % (2 if mapped else 0, _name(name), ordering, described, widths)
    )
    entries = b"/Encoding/UniGB-UTF16-H"
    if mapped:
        units = text.encode("utf-16-be")
        pairs = sorted({units[start : start + 2] for start in range(0, len(units), 2)})
        chunks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
        body = b"\n".join(
            b"%d beginbfchar\n%s\nendbfchar"
            % (len(chunk), b"\n".join(b"<%s> <%s>" % (_hex(p), _hex(p)) for p in chunk))
            for chunk in chunks
        )
        entries = b"/Encoding/Identity-H/ToUnicode %d 0 R" % writer.stream(_UNICODE_CMAP % body)
    return writer.add(
        b"<</Type/Font/Subtype/Type0/BaseFont%s%s/DescendantFonts[%d 0 R]>>"
        % (_name(name), entries, descendant)
    )


def _hex(data: bytes) -> bytes:
    return data.hex().upper().encode()


def _picture(writer: _Writer) -> int:
    entries = b"/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8"
    return writer.stream(b"\xd0" * 64, entries + b"/ColorSpace/DeviceGray")


def _page(writer: _Writer, page: SamplePage, tree: int, resources: bytes, fonts: list[str]) -> int:
    drawn = [page.operators]
    if page.picture:
        drawn.append(b"q %d 0 0 %d 0 0 cm /P Do Q" % (WIDTH, HEIGHT))
    drawn += [_line(line, fonts.index(line.font)) for line in page.lines]
    notes = b" ".join(
        b"<</Type/Annot/Subtype/Text/Rect[20 %d 40 %d]/Contents%s>>"
        % (700 - 30 * index, 720 - 30 * index, _text(comment))
        for index, comment in enumerate(page.comments)
    )
    crop = b"/CropBox[%g %g %g %g]" % page.box if page.box else b""
    return writer.add(
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]%s/Rotate %d/Resources%s"
        b"/Annots[%s]/Contents %d 0 R>>"
        % (
            tree,
            WIDTH,
            HEIGHT,
            crop,
            page.rotate,
            resources,
            notes,
            writer.stream(b"\n".join(drawn)),
        )
    )


def _line(line: TextLine, font: int) -> bytes:
    return b"BT /F%d %g Tf %d Tr %g Tc %g %g %g rg 1 0 0 1 %g %g Tm <%s> Tj ET" % (
        font,
        line.size,
        line.mode,
        line.pitch,
        *line.colour,
        line.x,
        HEIGHT - line.y,
        _hex(line.text.encode("utf-16-be")),
    )


def _attachments(writer: _Writer, files: dict[str, bytes]) -> bytes:
    if not files:
        return b""
    names = b""
    for name, content in sorted(files.items()):
        stored = writer.stream(content, b"/Type/EmbeddedFile")
        title = _text(name)
        names += b"%s<</Type/Filespec/F%s/UF%s/EF<</F %d 0 R>>>>" % (title, title, title, stored)
    return b"/Names<</EmbeddedFiles<</Names[%s]>>>>" % names


def _bookmarks(writer: _Writer, titles: tuple[str, ...]) -> bytes:
    if not titles:
        return b""
    outline = writer.reserve()
    first = outline + 1
    last = outline + len(titles)
    for number, title in enumerate(titles, first):
        following = b"/Next %d 0 R" % (number + 1) if number < last else b""
        writer.add(b"<</Title%s/Parent %d 0 R%s>>" % (_text(title), outline, following))
    body = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, len(titles))
    writer.objects[outline - 1] = body
    return b"/Outlines %d 0 R" % outline
