"""Builds OFD packages, sound and broken, out of strings; lengths are millimetres."""

from __future__ import annotations

import io
import zipfile

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
Entry = tuple[str, str | bytes]


def text(
    string: str,
    x: float = 28,
    y: float = 37,
    *,
    size: float = 5.0,
    step: str | None = None,
    attributes: str = "",
    inside: str = "",
    identity: int = 0,
) -> str:
    """A text object whose first character stands at (x, y + size)."""
    step = step if step is not None else " ".join([f"{size}"] * (len(string) - 1))
    delta = f' DeltaX="{step}"' if step else ""
    return (
        f'<ofd:TextObject ID="{identity}" Boundary="{x} {y} 150 8" Font="3" Size="{size}"'
        f' {attributes}>{inside}<ofd:TextCode X="0" Y="{size}"{delta}>{string}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def code(string: str, attributes: str = 'X="0" Y="5"') -> str:
    """A text code, for text objects with several."""
    return f"<ofd:TextCode {attributes}>{string}</ofd:TextCode>"


def path(
    data: str, box: str = "0 0 210 297", attributes: str = 'Fill="true"', fill: str = ""
) -> str:
    """A path."""
    return (
        f'<ofd:PathObject ID="1" Boundary="{box}" Fill="true">{fill}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def fill(value: str, attributes: str = "") -> str:
    """A fill colour."""
    return f'<ofd:FillColor Value="{value}" {attributes}/>'


def image(resource: int, box: str = "0 0 210 297") -> str:
    """A picture that fills a box."""
    _, _, width, height = box.split()
    return (
        f'<ofd:ImageObject ID="1" Boundary="{box}" CTM="{width} 0 0 {height} 0 0"'
        f' ResourceID="{resource}"/>'
    )


def page(*objects: str, head: str = "") -> str:
    """A page, or a template."""
    return (
        f'<ofd:Page {OFD}>{head}<ofd:Content><ofd:Layer ID="2">{"".join(objects)}'
        "</ofd:Layer></ofd:Content></ofd:Page>"
    )


def part(root: str, *content: str) -> str:
    """Any other part."""
    return f"<ofd:{root} {OFD}>{''.join(content)}</ofd:{root}>"


def resources(*content: str) -> str:
    """A part of resources, with one font."""
    fonts = '<ofd:Fonts><ofd:Font ID="3" FontName="黑体" Bold="true"/></ofd:Fonts>'
    return f'<ofd:Res {OFD} BaseLoc="Res">{fonts}{"".join(content)}</ofd:Res>'


def document(pages: int = 1, common: str = "", rest: str = "") -> str:
    """A Document.xml; pages have the ids 101, 102 …"""
    listed = "".join(
        f'<ofd:Page ID="{101 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages)
    )
    return part(
        "Document",
        "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f"</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{common}</ofd:CommonData>",
        f"<ofd:Pages>{listed}</ofd:Pages>{rest}",
    )


def body(root: str = "Doc_0/Document.xml", information: str = "", rest: str = "") -> str:
    """A DocBody."""
    return (
        f"<ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID>{information}</ofd:DocInfo>"
        f"<ofd:DocRoot>{root}</ofd:DocRoot>{rest}</ofd:DocBody>"
    )


def zipped(*entries: Entry, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file; names may repeat."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in entries:
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = method
            file.writestr(info, content)
    return buffer.getvalue()


def package(
    *pages: str,
    bodies: str = "",
    common: str = "",
    rest: str = "",
    shared: str = "",
    extra: tuple[Entry, ...] = (),
) -> bytes:
    """A package with one document: `common` and `rest` go into it, `shared` is its resources."""
    return zipped(
        ("OFD.xml", part("OFD", bodies or body())),
        ("Doc_0/Document.xml", document(len(pages), common, rest)),
        ("Doc_0/PublicRes.xml", shared or resources()),
        *((f"Doc_0/Pages/Page_{n}/Content.xml", content) for n, content in enumerate(pages)),
        *extra,
    )
