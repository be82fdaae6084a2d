"""No text of a document gets into the store, whatever format it comes in."""

import json
from pathlib import Path

import pytest
from builders_docx import body, document, para, run
from builders_odf import para as odf_para
from builders_odf import text as odf
from store_nights import CONFIG, night

from markscan import Scanner
from markscan.cli.sample_share import write_share
from markscan.store.nightly import Wish

CANARY = "青禾渡口三号仓的口令是青石板"
TEXT = f"机密☆10年\n关于{CANARY}的通知\n各单位：\n{CANARY}，请遵照执行。\n"
FORMS = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
FORMS.append(json.dumps(CANARY)[1:-1].encode())


def _html() -> bytes:
    return f"<html><head><title>{CANARY}</title></head><body><p>{TEXT}</p></body></html>".encode()


def _rtf() -> bytes:
    words = "".join(f"\\u{ord(c)}?" if ord(c) > 127 else c for c in TEXT.replace("\n", "\\par "))
    return f"{{\\rtf1\\ansi {words}}}".encode("ascii")


def _mail() -> bytes:
    head = f"From: a@b.cn\r\nSubject: {CANARY}\r\nContent-Type: text/plain; charset=utf-8"
    return f"{head}\r\n\r\n{TEXT}".encode()


def _zip() -> bytes:
    import io
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("内.txt", TEXT)
        archive.writestr("内.docx", _docx())
    return file.getvalue()


def _docx() -> bytes:
    return document(body(*(para(run(line)) for line in TEXT.splitlines())))


FILES = {
    "a.txt": TEXT.encode,
    "gb.txt": lambda: TEXT.encode("gb18030"),
    "wide.csv": lambda: TEXT.encode("utf-16"),
    "a.html": _html,
    "a.rtf": _rtf,
    "a.eml": _mail,
    "a.docx": _docx,
    "a.odt": lambda: odf(*(odf_para(line) for line in TEXT.splitlines())),
    "a.zip": _zip,
    "a.xml": lambda: f"<a>{TEXT}</a>".encode(),
    "damaged.docx": lambda: _docx()[:-200],
}


@pytest.mark.parametrize("quote", [False, True])
def test_no_sentence_of_a_document_is_in_the_store(quote, tmp_path):
    from dataclasses import replace

    share = tmp_path / "share"
    share.mkdir()
    for name, make in FILES.items():
        (share / name).write_bytes(make())
    config = replace(CONFIG, quote=quote, explain=True, sketch=True)
    reached = {
        name
        for name in FILES
        if any(
            CANARY in found.quote or found.rule
            for one in Scanner(config).scan_file(share / name).flat()
            for found in one.findings
        )
    }
    store = tmp_path / "store.sqlite"
    night(store, share, config=config)
    night(store, share, config=config, wish=Wish(full=True))

    assert len(reached) >= 8
    assert sum(len(path.read_bytes()) for path in tmp_path.glob("store.sqlite*")) > 10_000
    for path in tmp_path.glob("store.sqlite*"):
        kept = path.read_bytes()
        assert not [form for form in FORMS if form in kept]


def test_no_line_of_the_sample_share_is_in_the_store(tmp_path):
    share, store = tmp_path / "share", tmp_path / "store.sqlite"
    write_share(share)
    night(store, share)
    lines = {
        line.strip()
        for path in share.rglob("*.txt")
        for line in _text(path).splitlines()
        if len(line.strip()) > 12
    }

    kept = b"".join(path.read_bytes() for path in tmp_path.glob("store.sqlite*"))

    assert lines
    assert not [line for line in lines if line.encode() in kept]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return path.read_text("gb18030", "replace")
