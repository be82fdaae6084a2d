"""Tells what each part of a workbook package is.

By the relationship that points at it, by its content type, by its name: a part nobody points
at is read too. Kinds of parts: ECMA-376 part 1, 12.3 and [MS-XLSX] 2.1.
"""

from __future__ import annotations

from markscan.extract.opc import ContentTypes, Kinds

# The last word of the relationship that points at a part.
BY_RELATION = {
    "worksheet": "sheet",
    "chartsheet": "sheet",
    "dialogsheet": "sheet",
    "xlMacrosheet": "sheet",
    "xlIntlMacrosheet": "sheet",
    "sharedStrings": "strings",
    "styles": "styles",
    "comments": "comments",
    "threadedComment": "threaded",
    "person": "persons",
    "drawing": "drawing",
    "vmlDrawing": "vml",
    "chart": "graphic",
    "chartEx": "graphic",
    "chartUserShapes": "graphic",
    "diagramData": "diagram",
    "diagramDrawing": "diagram",
    "pivotCacheRecords": "pivot",
    "pivotCacheDefinition": "pivot",
    "customXml": "custom-xml",
    "package": "embedded",
    "oleObject": "embedded",
    "powerPivotData": "model",
    "image": "media",
    "theme": "silent",
    "calcChain": "silent",
    "sheetMetadata": "silent",
    "printerSettings": "silent",
    "vbaProject": "silent",
    "thumbnail": "silent",
    "chartStyle": "silent",
    "chartColorStyle": "silent",
    "themeOverride": "silent",
    "diagramLayout": "silent",
    "diagramQuickStyle": "silent",
    "diagramColors": "silent",
    "activeXControlBinary": "control",
}
_BY_TYPE = (
    ("sheet.main+xml", "workbook"),
    ("template.main+xml", "workbook"),
    ("macroenabled.main+xml", "workbook"),
    ("addin.main+xml", "workbook"),
    ("worksheet+xml", "sheet"),
    ("chartsheet+xml", "sheet"),
    ("dialogsheet+xml", "sheet"),
    ("macrosheet+xml", "sheet"),
    ("sharedstrings+xml", "strings"),
    ("spreadsheetml.styles+xml", "styles"),
    ("spreadsheetml.comments+xml", "comments"),
    ("threadedcomments+xml", "threaded"),
    ("person+xml", "persons"),
    ("vnd.openxmlformats-officedocument.drawing+xml", "drawing"),
    ("vmldrawing", "vml"),
    ("drawingml.chart+xml", "graphic"),
    ("drawingml.chartshapes+xml", "graphic"),
    ("chartex+xml", "graphic"),
    ("diagramdata+xml", "diagram"),
    ("diagramdrawing+xml", "diagram"),
    ("pivotcachedefinition+xml", "pivot"),
    ("pivotcacherecords+xml", "pivot"),
    ("core-properties+xml", "core"),
    ("extended-properties+xml", "application"),
    ("custom-properties+xml", "custom"),
    ("theme+xml", "silent"),
    ("calcchain+xml", "silent"),
    ("vbaproject", "silent"),
    ("printersettings", "silent"),
)
_BY_NAME = (
    (r"xl/workbook\d*\.xml", "workbook"),
    (r"(.*/)?(work|chart|dialog|macro)sheets/[^/]+\.xml", "sheet"),
    (r"(.*/)?sharedStrings\d*\.xml", "strings"),
    (r"xl/styles\d*\.xml", "styles"),
    (r"(.*/)?comments/?(comment)?s?\d*\.xml", "comments"),
    (r"(.*/)?threadedComments?/.*\.xml", "threaded"),
    (r"(.*/)?persons/.*\.xml", "persons"),
    (r".*\.vml", "vml"),
    (r"(.*/)?charts/(style|colors)\d*\.xml", "silent"),
    (r"(.*/)?charts/.*\.xml", "graphic"),
    (r"(.*/)?diagrams/(data|drawing)\d*\.xml", "diagram"),
    (r"(.*/)?diagrams/.*\.xml", "silent"),
    (r"(.*/)?drawings/.*\.xml", "drawing"),
    (r"(.*/)?pivotCache/.*\.xml", "pivot"),
    (r"docProps/core\d*\.xml", "core"),
    (r"docProps/app\d*\.xml", "application"),
    (r"docProps/custom\d*\.xml", "custom"),
    (r"docProps/thumbnail\..*", "silent"),
    (r"docMetadata/.*\.xml", "label-info"),
    (r".*\.rels", "relations"),
    (r"customXml/item\d*\.xml", "custom-xml"),
    (r"(.*/)?activeX/.*\.bin", "control"),
    (r"(.*/)?embeddings/.+", "embedded"),
    (r"(.*/)?media/.+", "media"),
    (r"(.*/)?model/.*item\.data", "model"),
    (r"(.*/)?theme/.*|(.*/)?printerSettings/.*|.*calcChain\.xml", "silent"),
    (r".*vbaProject(Signature\w*)?\.bin|\[Content_Types\]\.xml", "silent"),
    (r"_xmlsignatures/.*|\[trash\]/.*|(.*/)?metadata\.xml", "silent"),
    (r".*\.xml", "other"),
    (r"xl/(workbook|sharedStrings|(work|chart|dialog|macro)sheets/.*)\d*\.bin", "records"),
)
_KINDS = Kinds(_BY_TYPE, _BY_NAME)


def kind_of(name: str, pointed: str, types: ContentTypes) -> str:
    """Return the kind of a part, "" for one that holds nothing known.

    Args:
        name: of the part.
        pointed: the kind of the relationship that points at it, "" where there is none.
        types: the content types of the package.
    """
    if name.lower().endswith(".rels"):
        return "relations"
    if _KINDS.named(name) == "records":  # of a binary workbook, whoever points at it
        return "records"
    kind = BY_RELATION.get(pointed, "")
    # A type by extension says little: some writers give the main one to every entry.
    if not kind and name.lower() in types.parts:
        kind = _KINDS.declared(types.of(name).lower())
    return kind or _KINDS.named(name)
