"""The formats of term lists: one table, a reader for each suffix."""

from __future__ import annotations

from collections.abc import Callable

from markscan.termlist.csv_format import read_csv
from markscan.termlist.foreign import refuse_foreign
from markscan.termlist.plain_format import read_plain
from markscan.termlist.term import Entries, Source
from markscan.termlist.toml_format import read_toml

FORMATS: dict[str, Callable[[Source], Entries]] = {
    ".toml": read_toml,
    ".csv": read_csv,
    ".txt": read_plain,
}


def read_source(source: Source) -> Entries:
    """Return what the file `source` says, by the suffix of its name.

    Raises:
        LexiconError: it is none of the formats, or does not say what it must say.
    """
    refuse_foreign(source)
    suffix = "." + source.name.rpartition(".")[2].lower()
    read = FORMATS.get(suffix)
    if read is None:
        known = " ".join(FORMATS)
        raise source.wrong(f"词库的扩展名应为 {known}", f"a term list ends in one of {known}")
    if not source.content.strip():
        raise source.wrong("文件是空的", "the file is empty")
    entries = read(source)
    if not len(entries):
        raise source.wrong("没有任何词条", "there is no term")
    return entries
