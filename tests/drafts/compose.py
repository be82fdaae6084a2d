"""Sets a draft by GB/T 9704—2012: a list of blocks from the top of page one to the last line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from drafts.paper import Align, Attachment, Draft, Prose, Setting

RED = "FF0000"
SONG = "方正小标宋简体"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table where `rows` is given.

    `indent` is the first line's, in characters; `right` stands at the right edge of the
    same line; `rule` is a line below: "red", "double" (red) or "black".
    """

    text: str = ""
    font: str = "仿宋"
    size: float = 16
    align: Align = "left"
    indent: float = 0
    colour: str = ""
    bold: bool = False
    struck: bool = False
    spacing: float = 0
    right: str = ""
    right_font: str = ""
    rule: str = ""
    new_page: bool = False
    comment: str = ""
    head: bool = False
    deleted: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(thing: Draft | Prose) -> list[Block]:
    """All blocks of the paper, in reading order."""
    return list(_prose(thing) if isinstance(thing, Prose) else _draft(thing))


def _prose(text: Prose) -> Iterator[Block]:
    yield Block(text.title, "黑体", 22, "center")
    yield Block()
    for paragraph in text.paragraphs:
        yield Block(paragraph, indent=2)


def _draft(draft: Draft) -> Iterator[Block]:
    started = False
    if draft.form:
        yield Block(draft.form_title, "黑体", 22, "center")
        yield Block(rows=draft.form)
        started = True
    if draft.cover:
        yield from _new_page(_cover(draft), started)
        started = True
    content = _compilation(draft) if draft.kind == "compilation" else _document(draft)
    yield from _new_page(content, started)


def _new_page(content: Iterator[Block], wanted: bool = True) -> Iterator[Block]:
    for number, block in enumerate(content):
        yield replace(block, new_page=True) if wanted and number == 0 else block


def _cover(draft: Draft) -> Iterator[Block]:
    cover = draft.cover
    assert cover
    if cover.marking:
        yield Block(cover.marking, "黑体")
    for _ in range(6):
        yield Block()
    yield Block(cover.title, SONG, 26, "center")
    for _ in range(8):
        yield Block()
    yield Block(cover.office, "楷体", 18, "center")
    yield Block(cover.date, "楷体", 18, "center")


def _document(draft: Draft) -> Iterator[Block]:
    for gone in draft.deleted:
        yield Block(deleted=gone, font="黑体")
    if draft.kind == "letter":
        yield from _letter_top(draft)
    elif draft.kind == "paper":
        yield from _head(draft)
        yield Block()
    else:
        yield from _head(draft)
        yield from _heading(draft)
    yield from _middle(draft)
    yield from _closing(draft)
    for number, attachment in enumerate(draft.attachments, 1):
        yield from _attachment(attachment, number, len(draft.attachments))
    yield from _imprint(draft)
    if draft.setting.marking_spot == "end":
        yield marking(draft)
    for line in draft.end:
        yield Block(line)


def marking(draft: Draft) -> Block:
    """The line of 密级和保密期限 as it is set."""
    setting = draft.setting
    return Block(
        draft.marking,
        setting.marking_font,
        setting.marking_size,
        setting.marking_align,
        setting.marking_indent,
        bold=setting.marking_bold,
        spacing=setting.marking_spacing,
    )


def _head(draft: Draft) -> Iterator[Block]:
    setting = draft.setting
    lines = {
        "copy": Block(
            draft.copy_number,
            setting.copy_font,
            setting.copy_size,
            setting.copy_align,
            setting.copy_indent,
        ),
        "marking": marking(draft) if setting.marking_spot == "head" else Block(),
        "urgency": Block(draft.urgency, "黑体"),
    }
    if setting.one_line:
        joined = "　".join(lines[name].text for name in setting.order if lines[name].text)
        yield Block(joined, "黑体", head=True)
    else:
        for name in setting.order:
            if lines[name].text:
                yield replace(lines[name], head=True)
            if name == "marking" and draft.struck:
                yield Block(draft.struck, "黑体", struck=True)
    for line in draft.head_extra:
        yield Block(line, "黑体")


def _heading(draft: Draft) -> Iterator[Block]:
    yield Block()
    yield _issuer(draft)
    if draft.setting.marking_spot == "under-issuer":
        yield marking(draft)
    yield Block()
    if draft.kind == "order":
        yield Block(draft.number, align="center")
        yield Block()
        return
    if draft.signer:
        signer = f"签发人：{draft.signer}"
        yield Block(draft.number, indent=1, right=signer, right_font="楷体", rule="red")
    elif draft.kind == "telegram":
        level = f"等级　{draft.urgency}" if draft.urgency else ""
        yield Block(level, right=draft.number, rule="red")
    else:
        yield Block(draft.number, align="center", rule="red")
    yield Block()


def _issuer(draft: Draft) -> Block:
    size = min(draft.setting.issuer_size, 440 // max(len(draft.issuer), 1))  # it fits on a line
    return Block(draft.issuer, SONG, size, "center", colour=RED)


def _letter_top(draft: Draft) -> Iterator[Block]:
    setting = draft.setting
    head = list(_head(draft))
    heading = replace(_issuer(draft), rule="double")
    number = Block(draft.number, align=setting.number_align)
    if setting.head_above_line:
        yield from head
        yield heading
        yield number
        return
    yield heading
    if head and head[0].align == "left" and setting.number_align == "right":
        yield replace(head[0], right=draft.number)
        yield from head[1:]
    else:
        yield number
        yield from head
    yield Block()


def _middle(draft: Draft) -> Iterator[Block]:
    setting = draft.setting
    yield Block(draft.title, SONG, setting.title_size, "center")
    if setting.marking_spot == "under-title":
        yield marking(draft)
    for line in draft.under_title:
        yield Block(line, "楷体", align="center")
    yield Block()
    if setting.marking_spot == "above-addressee":
        yield marking(draft)
    if draft.addressee:
        yield Block(f"{draft.addressee}：")
    comments = list(draft.comments)
    for number, paragraph in enumerate((*draft.paragraphs, *draft.portions)):
        heading = paragraph[1:2] == "、" and len(paragraph) < 20
        yield Block(
            paragraph,
            "黑体" if heading else setting.body_font,
            align="left" if heading else "justify",
            indent=2,
            comment=comments.pop(0) if comments and number else "",
        )
    if draft.table:
        yield Block(rows=draft.table)


def _closing(draft: Draft) -> Iterator[Block]:
    if draft.attachment_note:
        yield Block()
        for number, name in enumerate(draft.attachment_note, 1):
            single = len(draft.attachment_note) == 1
            label = "附件：" if number == 1 else "　　　"
            yield Block(f"{label}{name}" if single else f"{label}{number}．{name}", indent=2)
    yield Block()
    if draft.signature:
        yield Block(f"{draft.signature}　　", align="right")
    if draft.date:
        yield Block(f"{draft.date}　　　　", align="right")
    if draft.note:
        yield Block(draft.note, indent=2)


def _attachment(attachment: Attachment, number: int, of: int) -> Iterator[Block]:
    label = Block(f"附件{number}" if of > 1 else "附件", "黑体")
    if attachment.marking:
        yield Block(attachment.marking, "黑体", new_page=True)
        yield label
    else:
        yield replace(label, new_page=True)
    yield Block(attachment.title, SONG, 22, "center")
    yield Block()
    for paragraph in attachment.paragraphs:
        yield Block(paragraph, indent=2, align="justify")
    if attachment.rows:
        yield Block(rows=attachment.rows)


def _imprint(draft: Draft) -> Iterator[Block]:
    yield Block()
    if draft.copies_to:
        yield Block(f"抄送：{draft.copies_to}。", size=14, rule="black")
    if draft.printed[0]:
        yield Block(draft.printed[0], size=14, right=f"{draft.printed[1]}印发", rule="black")
    if draft.print_run:
        yield Block(draft.print_run, size=14, align="right")


def _compilation(draft: Draft) -> Iterator[Block]:
    yield from _head(draft)
    for _ in range(5):
        yield Block()
    yield Block(draft.title, SONG, 26, "center")
    for _ in range(6):
        yield Block()
    yield Block(draft.signature, "楷体", 18, "center")
    yield Block(draft.date, "楷体", 18, "center")
    yield Block("目　　录", "黑体", 22, "center", new_page=True)
    yield from (Block(paragraph) for paragraph in draft.paragraphs)
    if draft.table:
        yield Block(rows=draft.table)
    for member in draft.members:
        yield from _new_page(_document(member))
    yield from _imprint(replace(draft, copies_to="", printed=("", "")))


def letter_setting(**changes: object) -> Setting:
    """A letter's page: its heading is 30 mm from the edge, so the top margin is less."""
    return replace(Setting(margins=(30, 28, 35, 26)), **changes)  # type: ignore[arg-type]
