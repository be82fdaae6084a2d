"""Compares the reader of each format with the library usually taken for it, file by file.

Each row gives the ratio of CPU times over the files that both read, and the share of the
peer's characters that ours finds, too: Han where there are enough of them, else letters.
Files inside a file are not read: no peer does.
"""

from __future__ import annotations

import contextlib
import gc
import io
import logging
import re
import resource
import shutil
import subprocess
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from markscan.document import Part
from markscan.errors import UnreadError
from markscan.extract import Budget, extract
from markscan.run.worker import spare_collector
from markscan.sniff import sniff
from markscan.source import Source

_SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpus"
_HAN = re.compile("[\u3400-\u9fff]")
_LETTERS = re.compile("[A-Za-z]")
_COMPLETE = {_HAN: 0.995, _LETTERS: 0.99}  # peers print the codes of fields, in letters
_FEW = 1000  # Han characters: fewer are mostly noise that a peer makes of other code pages


@dataclass(frozen=True, slots=True)
class Match:
    """One peer on one set of files, those of `format` by their content.

    `goal` is the ratio to reach; None where none is set.
    """

    name: str
    format: str
    peer: str
    read: Callable[[bytes], str]
    files: tuple[str, ...]
    goal: float | None


def run(quick: bool) -> list[dict[str, object]]:
    """Return one row for each format and peer: ratio, completeness, goal.

    Args:
        quick: every fourth file only.
    """
    logging.disable(logging.WARNING)  # peers complain of many files
    spare_collector()  # as the process of a scan does; the peers profit, too
    rows = []
    for match in _MATCHES:
        found = sorted(path for glob in match.files for path in _SHARED.glob(glob))
        paths = [path for path in found if sniff(Source(path)) == match.format]
        if paths:
            rows.append(_row(match, paths[:: 4 if quick else 1]))
    logging.disable(logging.NOTSET)
    return rows


def _row(match: Match, paths: list[Path]) -> dict[str, object]:
    row: dict[str, object] = {"name": match.name, "peer": match.peer, "goal": match.goal}
    try:
        _read_by_peer(match, b"")
    except ImportError as missing:
        return row | {"note": f"the peer is absent: {missing.name or missing}"}
    mine = theirs = 0.0
    megabytes, both, only_ours, only_peer = 0.0, 0, 0, 0
    shares = {kind: [0, 0] for kind in (_HAN, _LETTERS)}
    for path in paths:
        data = path.read_bytes()
        a, ours = _timed(_ours, data)
        b, peers = _timed(lambda raw: _read_by_peer(match, raw), data)
        if ours is None or peers is None:
            only_ours += ours is not None
            only_peer += peers is not None
            continue
        mine, theirs, megabytes = mine + a, theirs + b, megabytes + len(data) / 1e6
        both += 1
        for kind, share in shares.items():
            wanted, found = Counter(kind.findall(peers)), Counter(kind.findall(ours))
            share[0] += wanted.total()
            share[1] += (wanted & found).total()
    kind = _HAN if shares[_HAN][0] >= _FEW else _LETTERS
    complete = shares[kind][1] / max(shares[kind][0], 1)
    ratio = theirs / mine if mine else 0.0
    return row | {
        "files": both,
        "value_mb_s": round(megabytes / mine, 1) if mine else None,
        "ratio": round(ratio, 2),
        "reached": match.goal is None or ratio >= match.goal,
        "characters": shares[kind][0],
        "complete": round(complete, 5),
        "only_ours": only_ours,
        "only_peer": only_peer,
        "check": complete >= _COMPLETE[kind],
    }


def _timed(read: Callable[[bytes], str | None], data: bytes) -> tuple[float, str | None]:
    """Return the CPU seconds of this process and its children, the better of two; and the text."""
    gc.collect()
    best, text = float("inf"), None
    for _ in range(2):
        before = _spent()
        text = read(data)
        best = min(best, _spent() - before)
    return best, text


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _ours(data: bytes) -> str | None:
    """Return the text of a file, not of those inside it; None where nothing is read."""
    source, texts = Source(Path("bench"), (), data), []
    try:
        for item in extract(source, sniff(source), Budget()):
            if isinstance(item, Part):
                texts.append(item.text)
    except UnreadError:
        return "\n".join(texts) or None
    return "\n".join(texts)


def _read_by_peer(match: Match, data: bytes) -> str | None:
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            return match.read(data)
        except ImportError:
            raise
        except Exception as error:  # peers let errors of every kind out
            logging.getLogger(__name__).debug("peer refused a file: %r", error)
            return None


def _openpyxl(data: bytes) -> str:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return "\n".join(str(cell.value) for cell in cells if cell.value is not None)


def _python_pptx(data: bytes) -> str:
    import pptx

    texts = []
    for slide in pptx.Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts.append(shape.text_frame.text)
            elif shape.has_table:
                texts.extend(cell.text for row in shape.table.rows for cell in row.cells)
        if slide.has_notes_slide:
            texts.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(texts)


def _xlrd(data: bytes) -> str:
    import xlrd

    book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
    return "\n".join(
        str(value) for sheet in book.sheets() for row in sheet.get_rows() for value in row if value
    )


def _striprtf(data: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(data.decode("latin-1"), errors="ignore"))


def _beautiful_soup(data: bytes) -> str:
    from bs4 import BeautifulSoup

    return str(BeautifulSoup(data, "html.parser").get_text("\n"))


def _program(name: str, *arguments: str) -> Callable[[bytes], str]:
    """Return a reader that hands the file to a program."""

    def read(data: bytes) -> str:
        if shutil.which(name) is None:
            raise ImportError(name=name)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "bench.doc")
            path.write_bytes(data)
            done = subprocess.run(
                [name, *arguments, str(path)], capture_output=True, timeout=60, check=True
            )
        return done.stdout.decode("utf-8", "replace")

    return read


_MATCHES = (
    Match(
        "xlsx",
        "xlsx",
        "openpyxl read-only",
        _openpyxl,
        ("formats/xlsx/*.xls[xm]", "office/**/*.xlsx"),
        6,
    ),
    Match("xls", "ole-xls", "xlrd", _xlrd, ("formats/xls/*.xls", "office/**/*.et"), 2.5),
    Match(
        "pptx", "pptx", "python-pptx", _python_pptx, ("formats/pptx/*", "office/**/*.pptx"), None
    ),
    Match(
        "doc, mixed",
        "ole-doc",
        "catdoc",
        _program("catdoc", "-d", "utf-8", "-w"),
        ("formats/doc/*.doc",),
        1,
    ),
    Match(
        "doc, Chinese statutes",
        "ole-doc",
        "antiword",
        _program("antiword", "-m", "UTF-8.txt", "-w", "0"),
        ("formats/law_doc/*.doc",),
        1,
    ),
    Match("rtf", "rtf", "striprtf", _striprtf, ("formats/rtf/*.rtf",), 2.8),
    Match("html", "html", "BeautifulSoup", _beautiful_soup, ("formats/html/*",), 10),
)
