"""The answer of an SMB server to a listing, byte by byte."""

import struct

import pytest

pytest.importorskip("smbclient", reason="the extra `remote` is not installed")

from markscan.remote.share import Entry
from markscan.remote.smb_folder import nanoseconds, parsed

FOLDER, REPARSE, ARCHIVE = 0x10, 0x400, 0x20
WRITTEN = 116_444_736_000_000_000 + 15_778_368_000_000_007  # 2020-01-01 and 700 ns


def answer(*entries):
    """Return an answer that tells of (name, attributes, tag), each of 7 bytes, numbered from 1."""
    told = b""
    for number, (name, attributes, tag) in enumerate(entries, 1):
        written = name.encode("utf-16-le", "surrogatepass")
        size = 80 + len(written)
        step = 0 if number == len(entries) else (size + 7) // 8 * 8
        head = (step, 0, 1, 2, WRITTEN, 3, 7, 4096, attributes, len(written), tag, 0, number)
        told += (struct.pack("<IIqqqqqqIIIIQ", *head) + written).ljust(step, b"\0")
    return told


@pytest.mark.parametrize(
    ("attributes", "tag", "kind"),
    [
        (ARCHIVE, 0, "file"),
        (ARCHIVE, 0xA000000C, "file"),  # extended attributes that happen to be as many
        (FOLDER, 0, "folder"),
        (FOLDER | REPARSE, 0xA0000003, "link"),  # a junction
        (ARCHIVE | REPARSE, 0xA000000C, "link"),
        (ARCHIVE | REPARSE, 0x80000013, "file"),  # deduplicated: read as any other
        (FOLDER | REPARSE, 0x8000000A, "folder"),  # a folder of DFS on another server
    ],
)
def test_an_entry_is_what_its_attributes_say(attributes, tag, kind):
    assert list(parsed(answer(("公文 a.docx", attributes, tag)))) == [
        Entry("公文 a.docx", kind, 7, 1_577_836_800_000_000_000, 1)
    ]


def test_the_folder_itself_and_its_parent_are_left_out():
    told = answer((".", FOLDER, 0), ("..", FOLDER, 0), ("a", ARCHIVE, 0), ("长" * 255, ARCHIVE, 0))

    assert [(each.name, each.inode) for each in parsed(told)] == [("a", 3), ("长" * 255, 4)]


def test_a_name_that_is_no_text_ends_the_listing():
    with pytest.raises(UnicodeDecodeError):
        list(parsed(answer(("a", ARCHIVE, 0), ("\ud800", ARCHIVE, 0))))


def test_an_answer_that_is_cut_off_ends_the_listing():
    with pytest.raises(struct.error):
        list(parsed(answer(("a", ARCHIVE, 0))[:60]))


def test_no_time_is_no_time():
    assert nanoseconds(0) == 0
