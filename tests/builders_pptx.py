"""Builds presentations, sound and broken, out of strings."""

from __future__ import annotations

from builders_docx import zipped

_TYPE = "application/vnd.openxmlformats-officedocument.presentationml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    f' xmlns:r="{_OFFICE}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/ppt/presentation.xml" ContentType="{_TYPE}.presentation.main+xml"/>'
    "</Types>"
)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f"<a:r><a:rPr>{properties}</a:rPr><a:t>{text}</a:t></a:r>"


def words(*runs: str) -> str:
    """The text of a shape, one paragraph each; texts become runs."""
    inner = "".join(f"<a:p>{r if r[:1] == '<' else run(r)}</a:p>" for r in runs)
    return f"<p:txBody><a:bodyPr/>{inner}</p:txBody>"


def place(x: int, y: int, width: int, height: int) -> str:
    """An xfrm, in points."""
    x, y, width, height = (12700 * n for n in (x, y, width, height))
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def shape(
    *runs: str, kind: str | None = None, name: str = "", looks: str = "", attributes: str = ""
) -> str:
    """A shape: a text box, or a placeholder of a kind."""
    holder = "" if kind is None else f'<p:ph type="{kind}"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="{name}" {attributes}/><p:cNvSpPr/>'
        f"<p:nvPr>{holder}</p:nvPr></p:nvSpPr><p:spPr>{looks}</p:spPr>{words(*runs)}</p:sp>"
    )


def picture(relation: str = "rId9", looks: str = "") -> str:
    """A picture."""
    return (
        '<p:pic><p:nvPicPr><p:cNvPr id="1" name=""/><p:nvPr/></p:nvPicPr><p:blipFill>'
        f'<a:blip r:embed="{relation}"/></p:blipFill><p:spPr>{looks}</p:spPr></p:pic>'
    )


def table(*rows: list[str]) -> str:
    """A table of texts, its columns and rows 100 and 20 points wide."""
    columns = "".join(f'<a:gridCol w="{100 * 12700}"/>' for _ in rows[0])
    cells = "".join(
        f'<a:tr h="{20 * 12700}">'
        + "".join(f"<a:tc><a:txBody><a:p>{run(c)}</a:p></a:txBody><a:tcPr/></a:tc>" for c in row)
        + "</a:tr>"
        for row in rows
    )
    where = place(10, 20, 200, 40).replace("a:xfrm", "p:xfrm")
    return (
        f"<p:graphicFrame>{where}<a:graphic><a:graphicData><a:tbl><a:tblGrid>{columns}"
        f"</a:tblGrid>{cells}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def tree(root: str, *shapes: str, attributes: str = "", before: str = "") -> str:
    """A slide, layout, master or page of notes."""
    inner = f"{before}<p:spTree>{''.join(shapes)}</p:spTree>"
    return f"<p:{root} {SPACES} {attributes}><p:cSld>{inner}</p:cSld></p:{root}>"


def slide(*shapes: str, attributes: str = "", before: str = "") -> str:
    """A slide."""
    return tree("sld", *shapes, attributes=attributes, before=before)


def relations(*targets: tuple[str, str, str]) -> str:
    """A ".rels" part: identity, kind and target; one with "://" lies outside."""
    arrows = "".join(
        f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if "://" in target else "")
        + "/>"
        for id, kind, target in targets
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{arrows}</Relationships>'


def presentation(
    slides: list[str], *entries: tuple[str, str | bytes], names: str = "", order: str = ""
) -> bytes:
    """A presentation of 720 by 540 points; `order` lists the slides, "2 1", if not in turn."""
    numbers = order.split() or [str(n) for n in range(1, len(slides) + 1)]
    listed = "".join(f'<p:sldId id="{255 + int(n)}" r:id="rId{n}"/>' for n in numbers)
    arrows = [(f"rId{n}", "slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)]
    main = (
        f"<p:presentation {SPACES}><p:sldIdLst>{listed}</p:sldIdLst>"
        f'<p:sldSz cx="9144000" cy="6858000"/>{names}</p:presentation>'
    )
    return zipped(
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", relations(("rId1", "officeDocument", "ppt/presentation.xml"))),
        ("ppt/presentation.xml", main),
        ("ppt/_rels/presentation.xml.rels", relations(*arrows)),
        *((f"ppt/slides/slide{n}.xml", xml) for n, xml in enumerate(slides, 1)),
        *entries,
    )


def links(number: int, *targets: tuple[str, str, str]) -> tuple[str, str]:
    """The relations of one slide, as an entry."""
    return f"ppt/slides/_rels/slide{number}.xml.rels", relations(*targets)
