"""Mail: heads, bodies and attached files of messages, mailboxes and saved pages."""

from __future__ import annotations

import base64
import struct
import time
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from pathlib import Path
from random import Random

import pytest
from corpora import folder

from markscan.document import Area, Part
from markscan.errors import UnreadError
from markscan.extract import Budget, Limits, extract
from markscan.extract.mail.headers import header_text
from markscan.extract.mail.packed_rtf import unpack
from markscan.extract.ole.rebuild import write
from markscan.sniff import sniff
from markscan.source import Source

MARK = "机密★10年"
LINE = "关于报送汛期值守安排的通知"


class Read:
    """What came out of one file."""

    def __init__(self, data: bytes, name: str = "a.eml", limits: Limits | None = None) -> None:
        self.parts: list[Part] = []
        self.files: dict[str, bytes] = {}
        self.problems: list[str] = []
        source = Source(Path(name), (), data)
        try:
            for item in extract(source, sniff(source), Budget(limits or Limits())):
                if isinstance(item, Part):
                    self.parts.append(item)
                elif isinstance(item, Source):
                    self.files[item.name] = item.content or b""
                elif isinstance(item, UnreadError):
                    self.problems.append(item.reason)
        except UnreadError as error:
            self.problems.append(error.reason)

    def texts(self, area: Area = Area.BODY) -> list[str]:
        return [part.text for part in self.parts if part.place.area is area]

    @property
    def properties(self) -> dict[str, str]:
        found = (part for part in self.parts if part.place.area is Area.PROPERTY)
        return {part.place.label: part.text for part in found}


def letter(body: str = f"{MARK}\n{LINE}", **heads: str) -> EmailMessage:
    message = EmailMessage()
    heads = {"From": "办公室 <a@example.cn>", "To": "b@example.cn", "Subject": LINE, **heads}
    for name, value in heads.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def raw(head: bytes, body: bytes) -> bytes:
    return b"From: a@example.cn\nTo: b@example.cn\nMessage-ID: <1@x>\n" + head + b"\n\n" + body


# Heads.

HEADS = [
    ("=?UTF-8?B?" + base64.b64encode(MARK.encode()).decode() + "?=", MARK),
    ("=?gb2312?B?" + base64.b64encode("機密★10年".encode("gb18030")).decode() + "?=", "機密★10年"),
    ("=?GBK?Q?=BB=FA=C3=DC?= =?gbk?Q?=A1=EF10=C4=EA?=", MARK),
    # One character broken across two words.
    ("=?utf-8?Q?=E6=9C=BA=E5?= \n =?utf-8?Q?=AF=86?=", "机密"),
    ("=?utf-8*zh?Q?=E6=9C=BA?=", "机"),
    ("=?unknown-8bit?Q?=BB=FA=C3=DC=B9=A4=D7=F7?=", "机密工作"),
    ("=?UTF-8?B?broken!?=", ""),
    (MARK.encode("gb18030").decode("utf-8", "surrogateescape"), MARK),
    ("plain\n folded", "plain folded"),
]


@pytest.mark.parametrize(("written", "text"), HEADS)
def test_a_head_is_read_however_it_is_encoded(written, text):
    assert header_text(written) == text


def test_heads_that_hold_words_are_properties():
    seen = Read(letter(X_Note=MARK, X_Mailer="Foxmail 7").as_bytes())

    assert seen.properties["Subject"] == LINE
    assert seen.properties["From"] == "办公室 <a@example.cn>"
    assert seen.properties["X-Note"] == MARK
    assert "X-Mailer" not in seen.properties and "MIME-Version" not in seen.properties


# Bodies.

ENCODED = [
    (b"Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: 8bit", "gb18030"),
    (b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit", "utf-8"),
    (b"Content-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 8bit", "gb18030"),
    (b"Content-Type: text/plain\nContent-Transfer-Encoding: 8bit", "gb18030"),
    (b"Content-Type: text/plain; charset=no-such\nContent-Transfer-Encoding: 8bit", "utf-8"),
    # A charset that the bytes contradict.
    (b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit", "gb18030"),
]


@pytest.mark.parametrize(("head", "encoding"), ENCODED)
def test_a_body_is_read_in_its_encoding(head, encoding):
    text = f"{MARK}\n{LINE}"

    assert Read(raw(head, text.encode(encoding))).texts() == [text]


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
def test_a_body_is_read_whatever_its_transfer(transfer):
    message = EmailMessage()
    message["Subject"] = message["From"] = "x"
    message.set_content(MARK, cte=transfer)

    assert Read(message.as_bytes()).texts() == [MARK]


def test_an_empty_line_ends_a_paragraph():
    assert Read(letter(f"{MARK}\n\n{LINE}\n甲").as_bytes()).texts() == [MARK, f"{LINE}\n甲"]


def test_html_is_read_where_it_says_more_than_the_plain_text():
    message = letter(f"{LINE}\n\n甲")
    message.add_alternative(f"<p>{LINE}</p><p>{MARK}</p><p>甲</p>", subtype="html")

    seen = Read(message.as_bytes())

    assert seen.texts() == [LINE, "甲", MARK]
    assert seen.problems == []


def test_html_alone_is_the_body():
    message = EmailMessage()
    message["Subject"] = message["From"] = "x"
    message.set_content(
        f"<div>{MARK}</div><span style='display:none'>{LINE}</span>", subtype="html"
    )

    seen = Read(message.as_bytes())

    assert MARK in seen.texts() and LINE in "".join(seen.texts(Area.HIDDEN))


def test_text_around_the_parts_is_read():
    head = b"Content-Type: multipart/mixed; boundary=b"
    body = MARK.encode() + b"\n--b\n\ntext\n--b--\n" + LINE.encode("gb18030") + b"\n"

    assert Read(raw(head, body)).texts() == [MARK, LINE, "text"]


# Files.

NAMES = ["机密★10年.docx", "a;b.txt", "长" * 60 + ".txt"]


@pytest.mark.parametrize("name", NAMES)
def test_an_attached_file_is_a_file_of_its_own(name):
    message = letter()
    message.add_attachment(b"content", maintype="application", subtype="x", filename=name)

    assert Read(message.as_bytes()).files == {name: b"content"}


def test_an_attached_file_may_be_named_in_raw_bytes():
    head = b'Content-Type: application/x; name="' + "机密.doc".encode("gb18030") + b'"'

    assert list(Read(raw(head, b"content")).files) == ["机密.doc"]


def test_an_attached_text_is_a_file_not_a_body():
    message = letter("正文")
    message.add_attachment(MARK, filename="a.txt")

    seen = Read(message.as_bytes())

    assert seen.texts() == ["正文"] and list(seen.files) == ["a.txt"]


def test_a_message_inside_is_a_file_named_by_its_subject():
    message = letter()
    message.add_attachment(letter(MARK, Subject="转发件"))

    seen = Read(message.as_bytes())

    assert list(seen.files) == ["转发件.eml"]
    assert Read(seen.files["转发件.eml"]).texts() == [MARK]


def test_a_file_in_the_text_is_unpacked():
    lines = b"begin 644 \xe6\x9c\xba\xe5\xaf\x86.txt\n#0V%T\n`\nend\n"
    head = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit"

    seen = Read(raw(head, b"before\n" + lines + b"after\n"))

    assert seen.files == {"机密.txt": b"Cat"}


@pytest.mark.parametrize(("size", "kept"), [(100, False), (5000, True)])
def test_only_a_picture_large_enough_for_words_counts(size, kept):
    page = MIMEMultipart("related")
    page["Subject"] = page["From"] = "x"
    picture = MIMEBase("image", "png")
    picture.set_payload(base64.b64encode(bytes(size)).decode())
    picture["Content-Transfer-Encoding"] = "base64"
    picture["Content-Location"] = "https://example.cn/p/logo.png"
    page.attach(picture)

    assert list(Read(page.as_bytes()).files) == (["logo.png"] if kept else [])


# Saved pages, mailboxes.


def test_a_saved_page_is_read_as_a_page():
    page = MIMEMultipart("related")
    page["Subject"] = "x"
    page["MIME-Version"] = "1.0"
    html = MIMEBase("text", "html")
    html.set_payload(f"<html><body><h1>{MARK}</h1></body></html>", "gb18030")
    page.attach(html)

    assert MARK in Read(page.as_bytes(), "a.mht").texts()


def mailbox(*bodies: str) -> bytes:
    begin = b"From a@example.cn Thu Nov 19 10:00:00 2026\n"
    return b"".join(begin + letter(body).as_bytes() + b"\n" for body in bodies)


def test_each_message_of_a_mailbox_is_a_file():
    seen = Read(mailbox("甲", f"From here\n\nFrom there\n\n{MARK}", "丙"), "inbox")

    assert list(seen.files) == ["000001.eml", "000002.eml", "000003.eml"]
    assert Read(seen.files["000002.eml"]).texts()[-1] == MARK


def test_a_long_mailbox_is_read_in_linear_time():
    body = "甲" * 2000
    start = time.process_time()
    few = len(Read(mailbox(*[body] * 50), "inbox").files)
    middle = time.process_time()
    many = len(Read(mailbox(*[body] * 500), "inbox").files)
    end = time.process_time()

    assert (few, many) == (50, 500)
    assert end - middle < 30 * (middle - start) + 0.5


# Outlook.


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def outlook(**more: bytes) -> bytes:
    table = bytes(32) + struct.pack("<IIII", 0x3FFD0003, 6, 936, 0)
    return write(
        {
            "__properties_version1.0": table,
            "__substg1.0_0037001F": wide(LINE),
            "__substg1.0_1000001F": wide(MARK),
            **{name.replace("__slash__", "/"): data for name, data in more.items()},
        }
    )


def test_an_outlook_message_has_head_and_body():
    seen = Read(outlook(), "a.msg")

    assert seen.properties["Subject"] == LINE
    assert seen.texts() == [MARK]
    assert seen.problems == []


def test_eight_bit_strings_are_read_by_the_code_page_of_the_message():
    streams = {
        "__properties_version1.0": bytes(32) + struct.pack("<IIII", 0x3FFD0003, 6, 950, 0),
        "__substg1.0_1000001E": "機密等級".encode("big5"),
    }

    assert Read(write(streams), "a.msg").texts() == ["機密等級"]


def test_html_and_rtf_bodies_are_read():
    rtf = b"{\\rtf1\\ansi\\ansicpg936 \\'bb\\'fa\\'c3\\'dc}"
    raw_rtf = struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
    html = f"<meta charset=gb2312><p>{LINE}甲</p>".encode("gb18030")
    streams = {"__substg1.0_10130102": html, "__substg1.0_10090102": raw_rtf}

    assert Read(outlook(**streams), "a.msg").texts() == [MARK, f"{LINE}甲", "机密"]


def packed(body: bytes, size: int) -> bytes:
    return struct.pack("<II4sI", len(body) + 12, size, b"LZFu", 0) + body


def reference(place: int, count: int) -> bytes:
    return struct.pack(">H", place << 4 | count - 2)


def test_a_packed_body_is_unpacked():
    start = 207  # bytes that the window holds before the first
    body = b"\x0cab" + reference(start, 6) + reference(start + 8, 2)

    assert unpack(packed(body, 8), 100) == (b"abababab", True)
    assert unpack(packed(body, 12), 100) == (b"abababab", True)
    assert unpack(packed(body, 12)[:-2], 100) == (b"abababab", False)
    assert unpack(packed(body, 8), 3) == (b"aba", True)


def test_recipients_and_files_are_read():
    attach = "__attach_version1.0_#00000000"
    streams = {
        "__recip_version1.0_#00000000/__substg1.0_3001001F": wide("张三"),
        f"{attach}/__substg1.0_3707001F": wide("机密★10年.txt"),
        f"{attach}/__substg1.0_37010102": b"content",
    }

    seen = Read(outlook(**streams), "a.msg")

    assert seen.properties["DisplayName"] == "张三"
    assert seen.files == {"机密★10年.txt": b"content"}


def test_a_message_inside_an_outlook_message_is_a_file():
    inner = "__attach_version1.0_#00000000/__substg1.0_3701000D"
    streams = {
        "__attach_version1.0_#00000000/__substg1.0_3001001F": wide("转发"),
        f"{inner}/__properties_version1.0": bytes(24),
        f"{inner}/__substg1.0_1000001F": wide("内层"),
    }

    seen = Read(outlook(**streams), "a.msg")

    assert list(seen.files) == ["转发.msg"]
    assert Read(seen.files["转发.msg"], "b.msg").texts() == ["内层"]


# winmail.dat.


def attribute(number: int, value: bytes) -> bytes:
    return (
        struct.pack("<BII", 1, number, len(value)) + value + struct.pack("<H", sum(value) % 65536)
    )


def table(*rows: bytes) -> bytes:
    return struct.pack("<I", len(rows)) + b"".join(rows)


def string(number: int, text: str, name: bytes = b"") -> bytes:
    value = text.encode("utf-16-le")
    head = struct.pack("<HH", 0x001F, number) + name + struct.pack("<II", 1, len(value))
    return head + value + bytes(-len(value) % 4)


def winmail(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


NAMED = bytes(16) + struct.pack("<II", 1, 6) + "类".encode("utf-16-le") + bytes(6)
WRAPPED = winmail(
    attribute(0x9007, struct.pack("<II", 936, 0)),
    attribute(0x8004, LINE.encode("gbk") + b"\0"),
    attribute(
        0x9003,
        table(
            struct.pack("<HHI", 0x0003, 0x0017, 1),
            string(0x8005, "内部事项", NAMED),
            string(0x1000, MARK),
        ),
    ),
    attribute(0x9002, bytes(14)),
    attribute(0x8010, b"short.txt\0"),
    attribute(0x800F, b"content"),
    attribute(0x9005, table(string(0x3707, "机密★10年.txt"))),
    attribute(0x9002, bytes(14)),
    attribute(0x8010, "附件.doc".encode("gbk")),
    attribute(0x800F, b"more"),
)


def test_what_outlook_wraps_is_unwrapped():
    seen = Read(WRAPPED, "winmail.dat")

    assert seen.properties == {"Subject": LINE, "8005": "内部事项"}
    assert seen.texts() == [MARK]
    assert seen.files == {"机密★10年.txt": b"content", "附件.doc": b"more"}
    assert seen.problems == []


def test_a_wrapping_that_is_cut_says_so():
    for at in range(10, len(WRAPPED) - 3, 7):
        seen = Read(WRAPPED[:at], "winmail.dat")
        complete = {"附件.doc": b"more"}.items() <= seen.files.items()
        assert complete or seen.problems or at in _borders(), at


def _borders() -> set[int]:
    """Return where one attribute ends: nobody can see that others followed."""
    borders, at = set(), 6
    while at < len(WRAPPED):
        borders.add(at)
        at += 11 + struct.unpack_from("<I", WRAPPED, at + 5)[0]
    return borders


# Bad input.

SEALED = b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data"
PROBLEMS = [
    (letter().as_bytes(), []),
    (raw(SEALED, b"x"), ["mail.encrypted"]),
    (raw(b"Content-Type: multipart/mixed; boundary=b", b"--b\n\ntext"), ["mail.cut"]),
    (raw(b"", b"-----BEGIN PGP MESSAGE-----\nabc"), ["mail.encrypted"]),
]


@pytest.mark.parametrize(("data", "problems"), PROBLEMS)
def test_what_cannot_be_read_is_told(data, problems):
    assert Read(data).problems == problems


def attached() -> bytes:
    message = letter("正文" * 50)
    message.add_alternative(f"<p>{MARK}</p>" * 20, subtype="html")
    message.add_attachment(
        bytes(range(256)) * 20, maintype="image", subtype="png", filename="a.png"
    )
    return message.as_bytes()


def test_a_message_that_is_cut_says_so():
    whole = attached()
    first = whole.index(b"\n\n")

    for at in range(first + 200, len(whole) - 80, len(whole) // 20):
        assert "mail.cut" in Read(whole[:at]).problems, at


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("name", ["a.eml", "a.msg", "winmail.dat"])
def test_flipped_bytes_raise_nothing_else(seed, name):
    chance = Random(seed)
    wholes = {"a.eml": attached, "a.msg": outlook, "winmail.dat": lambda: WRAPPED}
    data = bytearray(wholes[name]())
    for _ in range(20):
        data[chance.randrange(len(data))] = chance.randrange(256)

    Read(bytes(data), name)


def test_parts_a_thousand_deep_are_given_as_raw_text():
    depth = 2000
    heads = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )

    seen = Read(raw(b"MIME-Version: 1.0", b"")[:-2] + b"\n" + heads + b"\n" + MARK.encode())

    assert seen.problems == ["mail.nesting"] and MARK in seen.texts()[0]


def test_a_refused_file_takes_nothing_from_its_neighbours():
    message = letter()
    message.add_attachment(bytes(90_000), maintype="application", subtype="x", filename="big")
    message.add_attachment(b"small", maintype="application", subtype="x", filename="small")

    seen = Read(message.as_bytes(), limits=Limits(member_bytes=150_000, unpacked_bytes=80_000))

    assert seen.files == {"small": b"small"}
    assert seen.problems == ["limit.unpacked-bytes"]
    assert seen.texts(Area.HIDDEN) == ["big"]


@pytest.mark.corpus
@pytest.mark.parametrize("kind", ["eml", "msg", "mht"])
def test_real_messages_are_read(kind, capsys):
    seen = {
        path.name: Read(path.read_bytes(), path.name)
        for path in sorted(folder("corpus", "formats", kind).glob("*"))
    }
    troubled = {name: read.problems for name, read in seen.items() if read.problems}

    with capsys.disabled():
        print(f"\n{kind}: {len(seen)} messages, {troubled or 'none'} with problems")
    assert all(read.parts or read.files for read in seen.values())
    assert len(troubled) <= len(seen) // 8 + 1
