"""The peak of memory while one file of 200 MB is read, each format in a process of its own.

The limits are those that ship: what goes beyond them ends as read in part. Run as a
program, it reads one made-up file and prints its figures.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpora import texts

_MEGABYTES = 200
_BOUND = 2048  # what a worker may use


def run(quick: bool) -> list[dict[str, object]]:
    """Return one row for each format; none when quick."""
    return [] if quick else [_row(name) for name in _FILES]


def _row(name: str) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(_FILES[name]())
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.memory", str(path)],
            capture_output=True,
            check=True,
            cwd=Path(__file__).parents[1],
        )
    seen = json.loads(told.stdout)
    return {"name": f"{_MEGABYTES} MB {name}", **seen, "check": seen["peak_mb"] <= _BOUND}


def _one(path: Path) -> dict[str, object]:
    from markscan import Config, Scanner

    scan = Scanner(Config(ocr=False)).scan_file
    before = _peak()
    start = time.process_time()
    outcome = scan(path)
    return {
        "format": outcome.format,
        "status": outcome.status.value,
        "problems": " ".join(sorted({p.code for one in outcome.flat() for p in one.problems})),
        "seconds": round(time.process_time() - start, 1),
        "start_mb": before,
        "peak_mb": _peak(),
    }


def _peak() -> int:
    """Return the largest resident size so far, in megabytes; 0 where the system has none."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        return 0
    return next(int(line.split()[1]) >> 10 for line in status.splitlines() if "VmHWM" in line)


def _lines(megabytes: int = _MEGABYTES) -> list[str]:
    """Return different lines of Chinese text of about so many bytes in UTF-8."""
    known = [line for text in texts(4) for line in text.splitlines() if len(line) > 8]
    made, size, number = [], 0, 0
    while size < megabytes * 1_000_000:
        line = f"{number} {known[number % len(known)]}"
        made.append(line)
        size += len(line.encode())
        number += 1
    return made


def _package(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _docx() -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{_escaped(line)}</w:t></w:r></w:p>" for line in _lines(150))
    return _package(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body>'
            "</w:document>",
        }
    )


def _xlsx() -> bytes:
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{_escaped(line)}</t></is></c></row>'
        for n, line in enumerate(_lines(150), 1)
    )
    return _package(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName='
            '"/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.spreadsheetml.worksheet+xml"/></Types>',
            "xl/workbook.xml": f'<workbook xmlns="{sheet}"><sheets/></workbook>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{sheet}"><sheetData>{cells}</sheetData>'
            "</worksheet>",
        }
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _txt() -> bytes:
    return "\n".join(_lines()).encode()


def _csv() -> bytes:
    return "\n".join(f"{n},{line}" for n, line in enumerate(_lines(195))).encode(
        "gb18030", "ignore"
    )


def _html() -> bytes:
    return ("<html><body>" + "".join(f"<p>{line}</p>" for line in _lines(190))).encode()


def _rtf() -> bytes:
    lines = (line.encode("gbk", "ignore") for line in _lines(70))
    return (
        b"{\\rtf1\\ansi\\ansicpg936 "
        + b"\\par ".join(
            b"".join(b"\\'%02x" % byte if byte > 127 else b"%c" % byte for byte in line)
            for line in lines
        )
        + b"}"
    )


def _eml() -> bytes:
    head = b"From: a@example.cn\nTo: b@example.cn\nSubject: x\nMIME-Version: 1.0\n"
    kind = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    return head + kind + base64.encodebytes("\n".join(_lines(145)).encode())


def _tgz() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for number in range(10):
            content = "\n".join(_lines(_MEGABYTES // 10)).encode()
            member = tarfile.TarInfo(f"{number}.txt")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return gzip.compress(buffer.getvalue(), 1)


def _zip() -> bytes:
    return _package({f"{n}.txt": "\n".join(_lines(_MEGABYTES // 10)) for n in range(10)})


_FILES: dict[str, Callable[[], bytes]] = {
    "text.txt": _txt,
    "table.csv": _csv,
    "page.html": _html,
    "letter.rtf": _rtf,
    "mail.eml": _eml,
    "draft.docx": _docx,
    "book.xlsx": _xlsx,
    "texts.zip": _zip,
    "texts.tgz": _tgz,
}

if __name__ == "__main__":
    print(json.dumps(_one(Path(sys.argv[1]))))
