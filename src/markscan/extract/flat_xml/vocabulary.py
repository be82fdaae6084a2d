"""What the elements of documents in one XML file are called.

Word 2003 XML and Excel 2003 XML: Office 2003 XML Reference Schemas; UOF: GB/T 20916-2007 and
its second edition, whose names end in a number: "段落_416B". Names come without prefixes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markscan.document import Area

_NUMBER = re.compile(r"_[0-9A-F]{4}$")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of one kind of document, as they stand in it.

    `texts` are the elements whose characters are text, all where it is empty; `runs` those
    whose look is their own. `silent` elements hold what is no text, `binaries` base64 within
    these elements, within any where none is named.
    """

    paragraphs: frozenset[str] = frozenset()
    runs: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()  # instructions of fields
    sheets: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    cells: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    hiding: dict[str, str] = field(default_factory=dict)  # hide a run; what they say by default
    properties: frozenset[str] = frozenset()  # elements whose children are properties
    silent: frozenset[str] = frozenset()
    binaries: dict[str, frozenset[str]] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    characters: dict[str, str] = field(default_factory=dict)
    spoken: dict[str, Area] = field(default_factory=dict)  # attributes that hold words

    def area(self, name: str) -> Area | None:
        """Return the area that an element opens."""
        return self.areas.get(name)


WORD = Vocabulary(
    paragraphs=frozenset(("p",)),
    runs=frozenset(("r",)),
    texts=frozenset(("t", "delText")),
    codes=frozenset(("instrText",)),
    rows=frozenset(("tr",)),
    cells=frozenset(("tc",)),
    tables=frozenset(("tbl",)),
    hiding={"vanish": "true"},
    properties=frozenset(("DocumentProperties", "CustomDocumentProperties")),
    silent=frozenset(("docSuppData", "fonts", "styles", "lists")),  # the first holds macros
    binaries={"binData": frozenset()},
    areas={
        "hdr": Area.HEADER,
        "ftr": Area.FOOTER,
        "footnote": Area.NOTE,
        "endnote": Area.NOTE,
        "txbxContent": Area.TEXTBOX,
    },
    characters={"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"},
    spoken={
        "dest": Area.HIDDEN,
        "string": Area.TEXTBOX,
        "alt": Area.HIDDEN,
        "instr": Area.HIDDEN,
        "author": Area.PROPERTY,
    },
)
EXCEL = Vocabulary(
    sheets=frozenset(("Worksheet",)),
    rows=frozenset(("Row",)),
    cells=frozenset(("Cell",)),
    tables=frozenset(("Table",)),
    properties=frozenset(("DocumentProperties", "CustomDocumentProperties")),
    silent=frozenset(("Styles",)),
    areas={"Comment": Area.COMMENT},
    spoken={"HRef": Area.HIDDEN, "Author": Area.PROPERTY, "RefersTo": Area.HIDDEN},
)
UOF = Vocabulary(
    paragraphs=frozenset(("段落",)),
    runs=frozenset(("句",)),
    sheets=frozenset(("工作表",)),
    rows=frozenset(("行",)),
    cells=frozenset(("单元格",)),
    tables=frozenset(("文字表",)),
    hiding={"隐藏文字": "false", "是否隐藏文字": "false"},
    properties=frozenset(("元数据", "用户自定义元数据集")),
    silent=frozenset(
        ("式样集", "句属性", "段落属性", "节属性", "文字表属性", "表行属性", "单元格属性")
    ),
    binaries={
        "数据": frozenset(("其他对象", "对象数据")),
        "数据内容": frozenset(("其他对象", "对象数据")),
    },
    areas={
        **{f"{kind}页眉": Area.HEADER for kind in ("", "奇数页", "偶数页", "首页")},
        **{f"{kind}页脚": Area.FOOTER for kind in ("", "奇数页", "偶数页", "首页")},
        "页眉页脚": Area.HEADER,
        "脚注": Area.NOTE,
        "尾注": Area.NOTE,
        "批注": Area.COMMENT,
        "文本内容": Area.TEXTBOX,
        "幻灯片备注": Area.NOTE,
        "删除": Area.DELETED,
    },
    characters={"制表符": "\t", "换行符": "\n", "空格符": " "},
)
ANY = Vocabulary()


def plain_name(name: str) -> str:
    """Return the local name without the number that UOF 2 puts behind it."""
    local = name[max(name.rfind(" "), name.rfind(":")) + 1 :]
    return _NUMBER.sub("", local) if "_" in local else local
