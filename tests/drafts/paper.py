"""An official document as its elements and its setting: what the writers turn into files.

The defaults are right by GB/T 9704—2012; a test changes one thing and says which rule minds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["document", "letter", "minutes", "order", "telegram", "paper", "compilation"]
Align = Literal["left", "center", "right", "justify"]
# Where the line of 密级 stands: in the head, or (wrongly) elsewhere on page one.
Spot = Literal["head", "under-title", "above-addressee", "under-issuer", "end"]
# How a clerk sets the page: by the book; with bare defaults and no blank lines; in many small
# runs, digits in Times New Roman; the head in a borderless table; the head in a text box;
# fonts in styles of paragraphs.
MakeUp = Literal["book", "bare", "runs", "table", "box", "styles"]
MAKE_UPS: tuple[MakeUp, ...] = ("book", "bare", "runs", "table", "box", "styles")
Order = tuple[Literal["copy", "marking", "urgency"], ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover page (封面); `marking` stands at its top left."""

    marking: str
    title: str
    office: str
    date: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment bound with its document; `marking` is its own, empty for none."""

    title: str
    paragraphs: tuple[str, ...]
    marking: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """How the pages are set. Lengths of `margins` (top, left, bottom, right) are millimetres."""

    margins: tuple[float, float, float, float] = (37, 28, 35, 26)
    marking_align: Align = "left"
    marking_font: str = "黑体"
    marking_size: float = 16
    marking_indent: float = 0  # characters
    marking_bold: bool = False
    marking_spot: Spot = "head"
    marking_spacing: float = 0  # points between characters, a property of the font
    copy_align: Align = "left"
    copy_indent: float = 0
    copy_font: str = "仿宋"
    copy_size: float = 16
    order: Order = ("copy", "marking", "urgency")
    one_line: bool = False
    number_align: Align = "right"  # of the letter format only
    head_above_line: bool = False  # of the letter format: the head stands above the red line
    issuer_size: float = 36
    title_size: float = 22
    body_font: str = "仿宋"


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft. Empty fields are left out of the paper.

    `head_extra` are lines between head and heading, `under_title` lines below the title,
    `end` lines after everything else; `struck` is an old marking crossed out beside the
    live one; `deleted` are tracked deletions at the top; `form` are the rows of a 发文稿纸
    on a page before the document; `properties` are custom, `core` built-in properties.
    """

    title: str
    paragraphs: tuple[str, ...]
    kind: Kind = "document"
    copy_number: str = "000001"
    marking: str = "机密★10年"
    urgency: str = ""
    issuer: str = "临江市人民政府办公室文件"
    number: str = "临政办发〔2026〕12号"
    signer: str = ""
    addressee: str = ""
    attachment_note: tuple[str, ...] = ()
    signature: str = ""
    date: str = "2026年11月16日"
    note: str = ""
    attachments: tuple[Attachment, ...] = ()
    copies_to: str = ""
    printed: tuple[str, str] = ("", "")
    print_run: str = "共印30份"
    header: str = ""
    footer: str = ""
    watermark: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    core: tuple[tuple[str, str], ...] = ()
    cover: Cover | None = None
    comments: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    struck: str = ""
    portions: tuple[str, ...] = ()
    head_extra: tuple[str, ...] = ()
    under_title: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    form: tuple[tuple[str, ...], ...] = ()
    form_title: str = "临江市人民政府办公室发文稿纸"
    members: tuple[Draft, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    file_name: str = ""
    setting: Setting = Setting()


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail; `attached` are written in the format under test."""

    subject: str
    body: str
    attached: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """Files that belong together, in one zip."""

    members: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A draft and the form (发文稿纸, 定密审批表) that goes with it in a file of its own."""

    draft: Draft
    form: Draft


@dataclass(frozen=True, slots=True)
class Prose:
    """A plain text that is no official document: heading lines and paragraphs."""

    title: str
    paragraphs: tuple[str, ...]
    file_name: str = ""
    slides: bool = False


Thing = Draft | Mail | Folder | Pair | Prose
