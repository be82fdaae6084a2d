"""Builds workbooks, sound and broken, out of strings."""

from __future__ import annotations

from builders_docx import relations, zipped

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DRAWING_SPACES = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)

CONTENT_TYPES = (
    f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{MAIN_TYPE}"/></Types>'
)

Entry = tuple[str, str | bytes]


def inline(ref: str, text: str, attributes: str = "") -> str:
    """A cell that holds its own string."""
    return f'<c r="{ref}"{attributes} t="inlineStr"><is><t>{text}</t></is></c>'


def shared(ref: str, number: int, attributes: str = "") -> str:
    """A cell that shows a shared string."""
    return f'<c r="{ref}"{attributes} t="s"><v>{number}</v></c>'


def number(ref: str, value: object, attributes: str = "") -> str:
    """A cell that holds a number."""
    return f'<c r="{ref}"{attributes}><v>{value}</v></c>'


def row(at: int, *cells: str, attributes: str = "") -> str:
    """A row of cells."""
    return f'<row r="{at}"{attributes}>{"".join(cells)}</row>'


def sheet(*rows: str, before: str = "", behind: str = "", space: str = S) -> str:
    """A worksheet part."""
    return (
        f'<worksheet xmlns="{space}" xmlns:r="{_R}">{before}'
        f"<sheetData>{''.join(rows)}</sheetData>{behind}</worksheet>"
    )


def strings(*items: str) -> Entry:
    """The shared strings; texts become plain ones."""
    inside = "".join(f"<si>{i if i[:1] == '<' else f'<t>{i}</t>'}</si>" for i in items)
    return "xl/sharedStrings.xml", f'<sst xmlns="{S}">{inside}</sst>'


def styles(
    fonts: str = "<font/>", fills: str = "<fill/>", xfs: str = "", formats: str = ""
) -> Entry:
    """A styles part; the first cell format is the usual one."""
    return (
        "xl/styles.xml",
        f'<styleSheet xmlns="{S}"><numFmts>{formats}</numFmts><fonts>{fonts}</fonts>'
        f"<fills>{fills}</fills><cellXfs><xf/>{xfs}</cellXfs></styleSheet>",
    )


def main(*sheets: tuple[str, str], behind: str = "") -> str:
    """A main part: the name of each sheet and its state."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" state="{state}" r:id="r{n - 1}"/>'
        for n, (name, state) in enumerate(sheets, 1)
    )
    return f'<workbook xmlns="{S}" xmlns:r="{_R}"><sheets>{listed}</sheets>{behind}</workbook>'


def workbook(*sheets: str | bytes, entries: tuple[Entry, ...] = (), book: str = "") -> bytes:
    """A workbook of sheets named Sheet1, Sheet2 ..., unless `book` names them otherwise."""
    numbers = range(1, len(sheets) + 1)
    book = book or main(*((f"Sheet{n}", "visible") for n in numbers))
    targets = relations(*(("worksheet", f"worksheets/sheet{n}.xml") for n in numbers))
    return zipped(
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", relations(("officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", targets),
        *((f"xl/worksheets/sheet{n}.xml", xml) for n, xml in zip(numbers, sheets, strict=True)),
        *entries,
    )
