"""Builds Word documents, sound and broken, out of strings."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = (
    f'xmlns:w="{W}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

CONTENT_TYPES = (
    f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN_TYPE}"/></Types>'
)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str, properties: str = "") -> str:
    """A paragraph; texts become runs."""
    properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{properties}{''.join(r if r[:1] == '<' else run(r) for r in runs)}</w:p>"


def table(*rows: list[str]) -> str:
    """A table; cells are paragraphs already, or become one."""
    xml = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{c if c[:1] == '<' else para(c)}</w:tc>" for c in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{xml}</w:tbl>"


def box(*paragraphs: str) -> str:
    """A DrawingML text box in a run."""
    return (
        "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
        f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
        "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def vml_box(*paragraphs: str) -> str:
    """A VML text box, without its run."""
    return (
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{''.join(paragraphs)}"
        "</w:txbxContent></v:textbox></v:shape></w:pict>"
    )


def alternatives(choice: str, fallback: str) -> str:
    """The same thing for new and for old readers."""
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def body(*blocks: str) -> str:
    """A word/document.xml."""
    return f"<w:document {SPACES}><w:body>{''.join(blocks)}</w:body></w:document>"


def part(root: str, *blocks: str) -> str:
    """Any other part with paragraphs."""
    return f"<w:{root} {SPACES}>{''.join(blocks)}</w:{root}>"


def relations(*targets: tuple[str, str] | tuple[str, str, str]) -> str:
    """A ".rels" part: kind, target and, for the world outside, "External"."""
    arrows = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{t[0]}" Target="{t[1]}"'
        + (f' TargetMode="{t[2]}"' if len(t) > 2 else "")
        + "/>"
        for n, t in enumerate(targets)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{arrows}</Relationships>'


def zipped(*entries: tuple[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file; names may repeat."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in entries:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            file.writestr(info, content)
    return buffer.getvalue()


def document(
    main: str | bytes, *entries: tuple[str, str | bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A document around its main part."""
    return zipped(
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", relations(("officeDocument", "word/document.xml"))),
        ("word/document.xml", main),
        *entries,
        method=method,
    )


def with_wrong_size(data: bytes, name: str, size: int) -> bytes:
    """The same zip file, its directory lying about the size of one entry."""
    at = data.rfind(name.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def with_flags(data: bytes, name: str, flags: int) -> bytes:
    """The same zip file with other flags for one entry of the directory."""
    at = data.rfind(name.encode()) - 46
    return data[: at + 8] + struct.pack("<H", flags) + data[at + 10 :]


def streamed(name: str, content: bytes) -> bytes:
    """One entry without sizes in its header, as a writer to a pipe leaves it."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = engine.compress(content) + engine.flush()
    raw = name.encode()
    header = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 8, 8, 0, 0, 0, 0, 0, len(raw), 0)
    tail = struct.pack("<4s3I", b"PK\7\x08", zlib.crc32(content), len(packed), len(content))
    return header + raw + packed + tail
