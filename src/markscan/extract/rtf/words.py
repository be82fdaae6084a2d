"""The control words that say where text goes, what it is, and whether a reader sees it.

RTF Specification 1.9.1, "Contents of an RTF File"; [MS-OXRTFEX] 2.1 for HTML inside RTF.
Words that are not here only set how text looks.
"""

from __future__ import annotations

from markscan.document import Area

# Destinations that a reader sees.
STORIES: dict[bytes, tuple[Area, str]] = {
    **{
        name: (area, name.decode())
        for name, area in (
            *((b"header" + kind, Area.HEADER) for kind in (b"", b"l", b"r", b"f")),
            *((b"footer" + kind, Area.FOOTER) for kind in (b"", b"l", b"r", b"f")),
            *((b"ftn" + kind, Area.NOTE) for kind in (b"sep", b"sepc", b"cn")),
            *((b"aftn" + kind, Area.NOTE) for kind in (b"sep", b"sepc", b"cn")),
        )
    },
    b"footnote": (Area.NOTE, "footnote"),
    b"annotation": (Area.COMMENT, "comment"),
    b"shptxt": (Area.TEXTBOX, "textbox"),
    b"dptxbxtext": (Area.TEXTBOX, "textbox"),
}
# What is said about the document, and beside its text.
NOTES: dict[bytes, tuple[Area, str]] = {
    **{
        name: (Area.PROPERTY, name.decode())
        for name in (
            b"title", b"subject", b"author", b"manager", b"company", b"operator", b"category",
            b"keywords", b"comment", b"doccomm", b"hlinkbase", b"template", b"info",
        )
    },
    b"atnauthor": (Area.PROPERTY, "comment author"),
    b"revtbl": (Area.PROPERTY, "revision authors"),
    **dict.fromkeys(
        (
            b"ffname", b"ffdeftext", b"ffl", b"ffhelptext", b"ffstattext", b"ffformat",
            b"ffentrymcr", b"ffexitmcr",
        ),
        (Area.HIDDEN, "form"),
    ),
    b"objname": (Area.HIDDEN, "object"),
    b"xmlname": (Area.HIDDEN, "xml"),
    b"xmlattrname": (Area.HIDDEN, "xml"),
    b"xmlattrvalue": (Area.HIDDEN, "xml"),
    b"mvfmf": (Area.HIDDEN, "subdocument"),
    b"xe": (Area.HIDDEN, "index"),
    b"tc": (Area.HIDDEN, "contents"),
    b"subentry": (Area.HIDDEN, "index"),
}  # fmt: skip
# Tables, dates and pictures of other things in the file: no words of an author.
SILENT: frozenset[bytes] = frozenset(
    b"""
    atndate atnicn atnid atnparent atnref atntime atrfend atrfstart bkmkend bkmkstart
    blipuid buptim colorschememapping creatim datafield defchp defpap falt fchars filetbl fontemb
    fontfile generator gridtbl lchars latentstyles listlevel listoverridetable listpicture
    listtable mmathPr mhtmltag nextfile nonesttables nonshppict objalias objsect objtime oldcprops
    oldpprops oldsprops oldtprops panose passwordhash pgptbl pn pnseclvl printim private protend
    protstart protusertbl revtim rsidtbl stylesheet svb themedata wgrffmtfilter
    writereservation writereservhash xmlnstbl
    """.split()
)
# Groups whose text is that of the group around them, though old readers skip them.
PASSED: frozenset[bytes] = frozenset(
    b"""
    background do field fldrslt formfield htmltag listtext nesttableprops objattph object
    picprop pntext result shp shpgrp shpinst shppict sp userprops xmlopen
    """.split()
)
CHARACTERS: dict[bytes, str] = {
    b"tab": "\t", b"line": "\n", b"lbr": "\n", b"softline": "\n", b"emdash": "—",
    b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005",
    b"zwj": "\u200d", b"zwnj": "\u200c", b"~": "\xa0", b"_": "-", b"\t": "\t",
}  # fmt: skip
