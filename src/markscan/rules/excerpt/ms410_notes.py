"""MS410 notes: passages of a registered document stand in notes on a computer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Input, Severity, Verdict
from markscan.path_kinds import first_of
from markscan.rules.excerpt.example_register import ENTRY, ONE, TAKEN, TEXT, one
from markscan.rules.excerpt.reuse_kinds import (
    ids,
    is_compilation,
    is_copy,
    own_rank,
    rank_taken,
    surest_first,
    told,
)
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

# Files in which people write for themselves, by the end of the name.
_APPLICATIONS = (
    ".one", ".onepkg", ".onetoc2", ".enex", ".md", ".markdown", ".org", ".note", ".notes",
    ".joplin", ".jex", ".sticky", ".snt", ".wiz", ".ziw", ".opml",
)  # fmt: skip
# How an editor of plain text names what nobody has named: 新建文本文档 (2).txt.
_UNNAMED = re.compile(
    r"(?:新建\s?(?:文本文档|rtf\s?文档)|新增文字文件|无标题|未命名|new text document|untitled)"
    r"[\s\d()（）_-]*\.(?:txt|text|rtf)",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"笔记|摘录|摘抄|随记|记录本|备忘|便签|便笺|日记|工作日志|记事"
    r"|(?<![A-Za-z])(?:notes?|memos?|diary|journal)(?![A-Za-z])",
    re.IGNORECASE,
)


def judge(case: Case) -> Iterator[Hit]:
    """Look at notes that are not handled as the document from which they were taken."""
    if not case.reuse or not _note(case) or is_compilation(case):
        return
    # Notes marked as high as their original are handled as it is.
    found = [
        reuse
        for reuse in excerpted(case)
        if not is_copy(reuse) and own_rank(case) < rank_taken(case, reuse)
    ]
    if found:
        values = {**told(case, found[0]), "entries": ids(found)}
        yield Hit(surest_first(found[0]), values)


def _note(case: Case) -> bool:
    """Whether the file is somebody's notes: by kind, name or folder; unnamed text in a scan.

    Unnamed text may be a draft where a drafter has it checked, and where it has the form of an
    official document. Plain text of another name may be anything.
    """
    names = [part.text for part in case.document.parts if part.place.area is Area.FILENAME]
    stems = [name.casefold() for name in (*names, case.document.name)]
    if any(name.endswith(_APPLICATIONS) for name in stems):
        return True
    if any(_NAMES.search(name) for name in stems) or first_of(case.path_kinds, "notes"):
        return True
    unnamed = any(_UNNAMED.fullmatch(name) for name in stems)
    return unnamed and case.task is Task.SCAN and not case.elements().official


RULE = Rule(
    code="MS410",
    name=Text("摘录不在专用保密本", "Excerpt notes outside the controlled notebook"),
    trigger=Text(
        "笔记类文件（OneNote、Markdown 等笔记格式，文件名、文件夹写有笔记、摘录、备忘等，或者扫描"
        "到的文件名为“新建文本文档”一类、不是公文的纯文本）摘录了登记密件，而没有按不低于原件的密级标注",
        "notes (a format of note-taking like OneNote or Markdown, a name or folder that says "
        "notes, or text that its editor named, like New Text Document, met in a scan, no official "
        "document) hold passages of a "
        "registered document and are not marked as high as it",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.EXCERPT_UNMARKED,
    basis=Text(
        "《保守国家秘密法实施条例》第27条第5项；本单位保密工作制度（记录、摘录使用专用的保密笔记本）",
        "Regulation on the secrets law art. 27(5); the unit's rules (records and excerpts go into "
        "a controlled notebook)",
    ),
    message=Text(
        "笔记摘录了登记密件“{entry}”的 {share}（原件{there}），不在专用保密本上",
        "notes hold {share} of the registered document “{entry}” ({there} of the original), not "
        "in the controlled notebook",
    ),
    fix=Text(
        "请转记到专用保密本并清除；涉及的登记密件：{entries}。",
        "Copy them into the controlled notebook and wipe them here. Registered documents "
        "concerned: {entries}.",
    ),
    judge=judge,
    found=(
        Example(f"会上记下的\n{TAKEN}", name="会议笔记.txt", register=ONE),
        Example(f"# 待办\n{TAKEN}", name="todo.md", task=Task.SCAN, register=ONE),
        Example(f"记一下\n{TAKEN}", name="新建文本文档.txt", task=Task.SCAN, register=ONE),
        Example(f"秘密★5年\n{TAKEN}", name="学习摘录.docx", register=ONE),
        Example(TAKEN, name="无标题 (2).txt", task=Task.SCAN, register=ONE),
    ),
    clean=(
        Example(f"关于做好有关工作的通知\n各单位：\n{TAKEN}\n某某局\n2025年6月1日", register=ONE),
        Example(f"机密★10年\n{TAKEN}", name="会议笔记.txt", register=ONE),
        Example(TAKEN, name="P318.txt", task=Task.SCAN, register=ONE),
        Example(TAKEN, name="修改稿0903.txt", task=Task.SCAN, register=ONE),
        Example(TEXT, name="新建文本文档.txt", task=Task.SCAN, register=ONE),
        Example("会上讨论了下周的安排。", name="会议笔记.txt", register=ONE),
        Example(TAKEN, name="会议笔记.txt", register=one(declassified=ENTRY.issued)),
    ),
    needs=(Input.REGISTER,),
)
