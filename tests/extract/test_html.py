"""Facts about reading HTML: every hiding place, encodings, files inside, damage."""

from __future__ import annotations

import base64
import random
import time
from pathlib import Path

import pytest
from corpora import folder

from markscan.document import Area, Part
from markscan.errors import UnreadError
from markscan.extract import html
from markscan.extract.extractor import Budget, Item, Limits
from markscan.source import Source


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def read(data: str | bytes, limits: Limits | None = None) -> list[Item]:
    content = data.encode() if isinstance(data, str) else data
    return list(html.extract(Source(Path("a.html"), (), content), Budget(limits or Limits())))


def parts(data: str | bytes) -> list[Part]:
    return [item for item in read(data) if isinstance(item, Part)]


def problems(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, UnreadError)]


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<p>机<b>密</b>★<span>10</span>年</p>", ["机密★10年"]),
        ("<p>a<p>b<div>c</div>d", ["a", "b", "c", "d"]),
        ("<p>a<br>b<br/>c</p>", ["a\nb\nc"]),
        ("<p> a \n\t b </p>", ["a b"]),
        ("<p>机\n   密</p>", ["机密"]),
        ("<pre> a\n  b</pre>", [" a\n  b"]),
        ("<p>&#26426;&#x5bc6;&amp;&lt;&nbsp;x", ["机密&<\xa0x"]),
        ("<p>1 < 2 <3 > 1", ["1 < 2 <3 > 1"]),
        ("<p title=\"a>b\" x='>'>机密</p>", ["机密"]),
        ("<P CLASS=x>机密</P >", ["机密"]),
        ("<p>a<!-- x -->b<!-->c<?php x ?>d", ["abcd"]),
        ("<p><![CDATA[机密]]></p>", ["机密"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<select><option>a<option>b</select>", ["a", "b"]),
        ("<textarea><b>机密</textarea>", ["<b>机密"]),
        ("<input value='机密'>", ["机密"]),
        ("<noscript>机密</noscript>", ["机密"]),
        ("<svg><text>机<tspan>密</tspan></text></svg>", ["机密"]),
        ("<h1>机密</h1>", ["机密"]),
        ("<p style='font-family:宋体'>机密</p>", ["机密"]),
        ("<ins>机密</ins>", ["机密"]),
        ("<font color=white>机密</font><table bgcolor=red></table>", ["机密"]),
        ("<p style='font-size:12px;display:block'>机密</p>", ["机密"]),
        ("<p style='font-size:1em'>机密</p>", ["机密"]),
    ],
)
def test_what_a_reader_sees_are_the_blocks(body, seen):
    items = read(page(body))

    assert [p.text for p in items if isinstance(p, Part) and p.place.area is Area.BODY] == seen
    assert not problems(items)


@pytest.mark.parametrize(
    ("source", "area", "label"),
    [
        (page("", "<title>MARK</title>"), Area.PROPERTY, "title"),
        (page("", "<meta name=keywords content=MARK>"), Area.PROPERTY, "keywords"),
        (page("", "<meta name='密级' content=MARK机>"), Area.PROPERTY, "密级"),
        (page("<!-- MARK -->"), Area.HIDDEN, "comment"),
        (page("<div style='display:none'>a<div>b</div>MARK</div>"), Area.HIDDEN, "div"),
        (page("<span style='visibility: hidden'>MARK</span>"), Area.HIDDEN, "span"),
        (page("<p hidden>MARK</p>"), Area.HIDDEN, "p"),
        (page("<p style='font-size:1px'>MARK</p>"), Area.HIDDEN, "p"),
        (page("<p style='color:#FFF'>MARK</p>"), Area.HIDDEN, "p"),
        (page("<font color=white>MARK</font>"), Area.HIDDEN, "font"),
        (page("<p style='mso-hide:all'>MARK</p>"), Area.HIDDEN, "p"),
        (page("<p class='a x'>MARK", "<style>.x,.y{display:none}</style>"), Area.HIDDEN, "p"),
        (page("<p id=x>MARK", "<style>p#x{ color : white }</style>"), Area.HIDDEN, "p"),
        (page("<p class=x>MARK", "<style>@media print{.x{display:none}}</style>"), Area.BODY, "p"),
        (page("<template>MARK</template>"), Area.HIDDEN, "template"),
        (page("<del>MARK</del>"), Area.DELETED, "del"),
        (page("<img alt=MARK>"), Area.HIDDEN, "img alt"),
        (page("<a title='MARK'>x</a>"), Area.HIDDEN, "a title"),
        (page("<div data-x='机MARK'>x</div>"), Area.HIDDEN, "div data-x"),
        (page("<input type=hidden value=MARK>"), Area.HIDDEN, "input value"),
        (page("<input placeholder=MARK>"), Area.HIDDEN, "input placeholder"),
        (page("<a href='http://x/MARK'>x</a>"), Area.HIDDEN, "link"),
        (page("<a href='/%E6%9C%BA/MARK'>x</a>"), Area.HIDDEN, "link"),
        (page("<iframe src='file:///MARK'></iframe>"), Area.HIDDEN, "link"),
        (page("<script>a='x'; b='机MARK';</script>"), Area.HIDDEN, "script"),
        (page(r"<script>b='\u673aMARK'</script>"), Area.HIDDEN, "script"),
        (page("", "<style>p:before{content:'MARK'}</style>"), Area.HIDDEN, "style"),
        (page("<div style='mso-element:header'>MARK</div>"), Area.HEADER, "div"),
        (page("<div style='mso-element:footer'>MARK</div>"), Area.FOOTER, "div"),
        (
            page("<!--[if gte mso 9]><xml><o:Author>MARK</o:Author></xml><![endif]-->"),
            Area.PROPERTY,
            "Author",
        ),
        (page("<table><tr><td>a<tr><td>b<td>MARK</table>"), Area.CELL, "T1!R2C2"),
        (page("<table><tr><td>a<table><tr><td>MARK</table></table>"), Area.CELL, "T2!R1C1"),
        (page("<p>x") + "<p>MARK</p>", Area.BODY, "p"),
        ("<html><frameset><frame src=x>MARK</frameset></html>", Area.BODY, "frame"),
        ("<!DOCTYPE html '机MARK'><p>x", Area.HIDDEN, "declaration"),
        (page("<?php 机MARK ?>"), Area.HIDDEN, "declaration"),
        ("<!-- MARK --><html></html>", Area.HIDDEN, "comment"),
        ("<html></html><!-- MARK -->", Area.HIDDEN, "comment"),
        (page("<a title=x title=MARK>x</a>"), Area.HIDDEN, "a title"),
    ],
)
def test_every_place_has_its_area_and_label(source, area, label):
    found = [p for p in parts(source) if "MARK" in p.text]

    assert [(p.place.area, p.place.label) for p in found] == [(area, label)]


def test_cells_of_a_row_share_its_number_and_blocks_in_a_cell_are_lines():
    cells = parts(page("<table><tr><td><p>a</p><p>b</p></td><th>c</th></tr><tr><td>d</table>e"))

    assert [(p.text, p.row) for p in cells] == [("a\nb", 1), ("c", 1), ("d", 2), ("e", None)]


def test_names_of_fonts_are_no_text():
    text = "<p style='mso-fareast-font-family:宋体;font-size:16pt'><font face=宋体>机密</font>"

    assert [p.text for p in parts(text)] == ["机密"]


def test_a_block_knows_its_line():
    assert [p.place.line for p in parts("<p>a</p>\n\n<p>b</p>\n<p>c")] == [1, 3, 4]


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("<meta charset=gb2312>", "gb18030"),
        ("<meta charset='utf-8'>", "utf-8"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=big5">', "cp950"),
        ('<?xml version="1.0" encoding="GBK"?>', "gb18030"),
        ("<meta charset=iso-8859-1>", "cp1252"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=nonsense>", "gb18030"),
        ("", "gb18030"),
        ("", "utf-8"),
    ],
)
def test_a_page_is_decoded_by_its_word_or_by_its_look(declared, codec):
    text = "été" if codec == "cp1252" else "國家機密" if codec == "cp950" else "国家机密文件"
    items = read(f"{declared}<p>{text}".encode(codec))

    assert [i.text for i in items if isinstance(i, Part)][-1] == text
    assert not problems(items)


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "big5"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "windows-1252"])
def test_a_lie_about_the_encoding_is_seen_through(declared, codec):
    text = "中央人民政府文件，不得外傳。" if codec == "big5" else "这是国家机密文件，请勿外传。"
    found = parts(f"<meta charset={declared}><p>{text}".encode(codec))

    assert [part.text for part in found] == [text]


def test_a_page_of_letters_with_accents_is_no_chinese_text():
    text = "Le rêve d'été, c'est où? Ça, déjà vu: naïveté, Übergröße, señor. " * 9
    assert text.strip() in [
        p.text for p in parts(f"<meta charset=latin1><p>{text}".encode("cp1252"))
    ]


def test_what_a_page_says_of_its_encoding_may_stand_behind_long_scripts():
    data = f"<script>{'x;' * 9000}</script><meta charset=windows-1251><p>Аренда квартир</p>"
    items = read(data.encode("cp1251"))

    assert [i.text for i in items if isinstance(i, Part)] == ["Аренда квартир"]
    assert not problems(items)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_wide_pages_are_read(encoding):
    data = page("<p>这是国家机密文件，请勿外传。</p>" * 9).encode(encoding)
    assert parts(data)[0].text == "这是国家机密文件，请勿外传。"


def test_files_inside_are_read_on_and_pictures_only_where_somebody_can():
    packed = base64.b64encode(b"PK\x03\x04x").decode()
    picture = "<img src='data:image/png;base64,AA=='>"
    body = f"x<a href='data:application/zip;base64,{packed}'>y</a>{picture}"
    items = read(page(body))

    assert [i.content for i in items if isinstance(i, Source)] == [b"PK\x03\x04x"]
    assert not problems(items)
    assert problems(read(page(picture))) == ["html.only-pictures"]
    assert problems(read(page("x<a href='data:x/y;base64,A'>"))) == ["html.data"]


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><p>a",
        "<p>a</p><p class='x",
        "<p>a</p><!-- b",
        "<script>a = '机'",
        "<title>a",
        "<p>a</p></di",
    ],
)
def test_a_page_that_breaks_off_is_read_to_its_end_and_told(text):
    items = read(text)

    assert any("a" in i.text for i in items if isinstance(i, Part)) or "title" in text
    assert problems(items) == ["html.cut"]


FULL = page(
    "<p>机密</p>" + "<table><tr><td title='x'>a</td></tr></table>" * 9 + "<!-- c -->",
    "<title>t</title>",
)


def test_a_page_cut_anywhere_is_never_whole():
    data = FULL.encode()
    for at in range(8, len(data) - 15, len(data) // 20):
        assert problems(read(data[:at])), at


def test_broken_bytes_raise_nothing_else():
    for seed in range(80):
        random.seed(seed)
        data = bytearray(FULL.encode())
        for _ in range(5):
            data[random.randrange(len(data))] = random.choice(b"<>\"'=/!-\x00\xff&")
        read(bytes(data))


def test_text_without_any_block_comes_in_pieces():
    found = parts("<b>机密</b> " * 600_000)

    assert len(found) > 1
    assert max(len(part.text) for part in found) < 1_100_000


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 100_000,
        "<b x>" * 100_000,
        "<div style='display:none'>" * 30_000,
        "<a <a =\"<a ='x\"='y' " * 20_000,
        "<" * 100_000,
        "<!--" * 100_000,
        "<style>" + "@media{" * 50_000,
        "<style>" + "/*" * 100_000,
        "<table><td>" * 30_000,
        "".join(f"<p><b x{n}>" for n in range(50_000)),
        "<p>机 " + " " * 100_000 + "\n",
        "<p " + "a b " * 100_000 + ">",
        "<!--[if x]>" + "<o:A>" * 50_000,
    ],
    ids=lambda text: repr(text[:24]),
)
def test_a_hostile_page_costs_little(hostile):
    start = time.process_time()

    read(hostile)

    assert time.process_time() - start < 3


@pytest.mark.corpus
def test_real_pages_end_without_fault_and_the_probe_gives_up_every_place(capsys):
    told = {}
    for path in sorted(folder("corpus", "formats", "html").iterdir()):
        found = problems(read(path.read_bytes()))
        if found:
            told[path.name] = found
    items = read((folder("corpus", "probe") / "probe.html").read_bytes())
    text = "\n".join(i.text for i in items if isinstance(i, Part))
    with capsys.disabled():
        print(f"\nhtml: {len(told)} with problems: {told}")
    assert len(told) <= 4
    assert text.count("MK") == 18
    assert not problems(items)
