"""Compares text extraction with the libraries usually taken for it: CPU time, same files."""

from __future__ import annotations

import gc
import io
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx as python_docx

from markscan.document import Part
from markscan.errors import UnreadError
from markscan.extract import docx
from markscan.extract.extractor import Budget
from markscan.source import Source

_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "formats"
_SENTENCE = "第一条 为了规范文件标识管理，根据有关法律法规，结合本市实际，制定本条例。"


def run(quick: bool) -> list[dict[str, object]]:
    """Return one row for each set of documents: speed, peer's speed, ratio, check.

    Args:
        quick: fewer and shorter documents, one round.
    """
    sets = {"docx generated": [_generated(200 if quick else 2_000)]}
    for folder, name in (("docx", "docx mixed files"), ("law_docx", "docx Chinese statutes")):
        files = sorted((_CORPUS / folder).glob("*.docx"))
        if files:
            sets[name] = [path.read_bytes() for path in files[:: 6 if quick else 1]]
    return [_row(name, files, 2 if quick else 5) for name, files in sets.items()]


def _row(name: str, files: list[bytes], rounds: int) -> dict[str, object]:
    # Only what the peer reads too: it breaks off on many damaged and unusual files.
    kept = [data for data in files if _peer_characters(data) is not None]
    size = sum(len(data) for data in kept) / 1e6
    # Whole passes, as a scan makes them, in turn so that both meet the same machine.
    passes = [(_seconds(_read, kept), _seconds(_peer_read, kept)) for _ in range(rounds)]
    ours = min(seconds for seconds, _ in passes)
    theirs = min(seconds for _, seconds in passes)
    lost = sum(not _covers(data) for data in kept)
    return {
        "name": name,
        "value_mb_s": size / ours,
        "peer": "python-docx full walk",
        "peer_mb_s": size / theirs,
        "ratio": theirs / ours,
        "check": lost == 0,  # no file has a character that only the peer finds
        "files": len(kept),
    }


def _seconds(read: Callable[[bytes], object], files: list[bytes]) -> float:
    gc.collect()  # neither pays for what the other has left behind
    start = time.process_time()
    for data in files:
        read(data)
    return time.process_time() - start


def _read(data: bytes) -> list[str]:
    texts = []
    try:
        for item in docx.extract(Source(Path("bench.docx"), (), data), Budget()):
            if isinstance(item, Part):
                texts.append(item.text)
    except UnreadError:
        pass
    return texts


def _peer_read(data: bytes) -> list[str]:
    document = python_docx.Document(io.BytesIO(data))
    texts = list(_walk(document))
    for section in document.sections:
        for story in (
            section.header,
            section.first_page_header,
            section.even_page_header,
            section.footer,
            section.first_page_footer,
            section.even_page_footer,
        ):
            if not story.is_linked_to_previous:
                texts.extend(_walk(story))
    return texts


def _walk(container: Any) -> Iterator[str]:
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                for cell in row.cells:
                    yield from _walk(cell)
        else:
            yield block.text


def _peer_characters(data: bytes) -> Counter[str] | None:
    try:
        texts = _peer_read(data)
    except Exception:  # whatever the peer raises, it cannot be compared
        return None
    return Counter(character for text in texts for character in text if not character.isspace())


def _covers(data: bytes) -> bool:
    """Tell whether every character the peer sees is among ours.

    Sets, not counts: the peer repeats a merged cell for each column it spans.
    """
    ours = {character for text in _read(data) for character in text}
    return set(_peer_characters(data) or ()) <= ours


def _generated(paragraphs: int) -> bytes:
    document = python_docx.Document()
    for number in range(paragraphs):
        paragraph = document.add_paragraph()
        for piece in _SENTENCE.split("，"):
            paragraph.add_run(f"{piece}，{number}")
    table = document.add_table(rows=paragraphs // 20, cols=3)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "内部资料"
    document.sections[0].header.paragraphs[0].text = "内部资料★6个月"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    for line in run(quick=False):
        print(line)
