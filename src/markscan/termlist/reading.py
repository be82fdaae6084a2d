"""Reads files of terms, and keeps the columns of long lists in the cache."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache as kept
from pathlib import Path

from markscan import cache
from markscan.data import folder
from markscan.errors import LexiconError
from markscan.pool import Pool
from markscan.termlist.columns import MOST_TOPICS, TermList
from markscan.termlist.files import content_of
from markscan.termlist.formats import read_source
from markscan.termlist.sealing import is_sealed, unseal
from markscan.termlist.term import LONGEST, SHORTEST, Entries, Source, Term
from markscan.wording import Text
from markscan.wording.faults import pattern_fault

# Raised with every change of what a list is read to, or of its columns.
FORMAT = 2
# A shorter list is read faster than its columns are loaded.
_WORTH_CACHING = 1 << 17  # bytes

_KIND = "lists"
_INSIDE = Text(
    "不能用于词条之前；请去掉 (?x) 一类的标志和 # 之后的说明",
    "cannot stand before a term; leave out flags like (?x) and remarks after #",
)
_CONTROL = re.compile("[\0-\x08\x0a-\x1f\x7f-\x9f]")  # not the tab, which is white space


@kept
def shipped_terms() -> tuple[Term, ...]:
    """Return the terms of lexicons/terms/, file by file in name order.

    Raises:
        LexiconError: a file does not say what it must say.
    """
    return tuple(term for entries in read_entries(_shipped_files()) for term in entries.terms())


@kept
def shipped_list() -> TermList:
    """Return the terms of lexicons/terms/ as columns.

    Raises:
        LexiconError: a file does not say what it must say.
    """
    return read_terms(_shipped_files())


def read_terms(files: Iterable[Path], passphrase: str = "", *, keep: bool = True) -> TermList:
    """Return the terms of `files` in order; `passphrase` opens those that are sealed.

    The columns of long lists come from the cache, where they lie encrypted if one of the
    files is sealed; without `keep`, nothing is taken from there or put there.

    Raises:
        LexiconError: a file does not say what it must say, an id stands twice, a term is
            too short, a sealed file does not open. Names file and line.
    """
    sources, secret = _sources(files, passphrase)
    if not keep or sum(len(source.content) for source in sources) < _WORTH_CACHING:
        return replace(_packed(sources), secret=secret)
    digest = _digest(sources, secret)
    terms = _cached(digest, secret)
    if terms is None:
        terms = _packed(sources)
        cache.save(_KIND, digest, terms.columns(), secret)
    return replace(terms, secret=secret)


def read_entries(files: Iterable[Path], passphrase: str = "") -> list[Entries]:
    """Return what each of `files` says, with lines and examples; ids stand once.

    Raises:
        LexiconError: as `read_terms`, but a term may be too short.
    """
    return _entries(_sources(files, passphrase)[0])


def _shipped_files() -> list[Path]:
    return sorted((folder("lexicons") / "terms").glob("*.toml"))


def _sources(files: Iterable[Path], passphrase: str) -> tuple[list[Source], bytes | None]:
    """Return the content of `files`, and the secret of those that are sealed, if any is."""
    sources, secrets = [], []
    for path in files:
        content = content_of(path)
        if is_sealed(content):
            opened = unseal(path, content, passphrase)
            sources.append(opened.source)
            secrets.append(opened.secret)
        else:
            sources.append(Source(path, path.name, content))
    return sources, hashlib.sha256(b"".join(secrets)).digest() if secrets else None


def _cached(digest: bytes, secret: bytes | None) -> TermList | None:
    columns = cache.load(_KIND, digest, secret)
    if columns is None:
        return None
    try:
        return TermList.from_columns(columns)
    except (KeyError, TypeError, ValueError):  # made by another version: it is replaced
        return None


def _digest(sources: Sequence[Source], secret: bytes | None) -> bytes:
    """Return what the columns depend on: the files, their names, the fold, this program.

    Keyed: from the name of an entry nobody can tell whether a guessed list is the right one.
    """
    table = folder("lexicons") / "fold" / "table.npz"
    made = hashlib.blake2b(f"terms {FORMAT}\0".encode(), digest_size=32, key=secret or b"")
    made.update(hashlib.sha256(_bytes(table)).digest())
    for source in sources:
        made.update(hashlib.sha256(source.name.encode("utf-8", "surrogatepass")).digest())
        made.update(hashlib.sha256(source.content).digest())
    return made.digest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LexiconError(
            Text(f"{path.name}：无法读取", f"{path.name}: cannot be read")
        ) from error


def _entries(sources: Sequence[Source]) -> list[Entries]:
    read = [read_source(source) for source in sources]
    seen: set[str] = set()
    for entries in read:
        before = len(seen)
        seen.update(entries.ids)
        if len(seen) != before + len(entries):
            raise _twice(read)
        _check_texts(entries)
        _check_sides(entries)
    return read


def _packed(sources: Sequence[Source]) -> TermList:
    parts = []
    for entries in _entries(sources):
        if len(set(entries.topics)) > MOST_TOPICS:
            raise entries.source.wrong("主题过多", "there are too many topics")
        packed = TermList.of_entries(entries)
        _check_lengths(entries, packed.pool)
        parts.append(packed)
    return TermList.joined(parts) if parts else TermList.of([])


def _twice(read: Sequence[Entries]) -> LexiconError:
    """The error of the first id that stands twice."""
    seen: dict[str, tuple[Entries, int]] = {}
    for entries in read:
        for number, name in enumerate(entries.ids):
            if name in seen:
                first, line = seen[name][0], seen[name][0].line(seen[name][1])
                where = f"{first.source.path.name}:{line}"
                return entries.wrong(
                    number,
                    f"编号 {name} 重复，已见于 {where}",
                    f"id {name} stands twice, first in {where}",
                )
            seen[name] = entries, number
    raise AssertionError("no id stands twice")


def _check_texts(entries: Entries) -> None:
    """Refuse terms and ids with control characters, and lines that are no terms."""
    columns = entries.texts, entries.ids, list(set(entries.topics))
    longest = max(map(len, entries.texts), default=0)
    if longest <= LONGEST and not any(_CONTROL.search("".join(each)) for each in columns):
        return
    for number, text in enumerate(entries.texts):
        if len(text) > LONGEST:
            raise entries.wrong(
                number, f"词条超过 {LONGEST} 个字", f"the term is longer than {LONGEST} characters"
            )
        _check_cell(entries, number, text, Text("词条", "the term"))
        _check_cell(entries, number, entries.ids[number], Text("编号", "the id"))
        _check_cell(entries, number, entries.topics[number], Text("主题", "the topic"))


def _check_cell(entries: Entries, number: int, cell: str, what: Text) -> None:
    """Refuse control characters. They are no part of what a list tells, and may be named."""
    found = _CONTROL.search(cell)
    if found is None:
        return
    if found[0] in "\r\n":
        zh = f"{what.zh}中有换行（在单元格中按了 Alt+Enter？），请拆成两行"
        en = f"{what.en} holds a line break (Alt+Enter in a cell?); make it two rows"
        raise entries.wrong(number, zh, en)
    code = f"U+{ord(found[0]):04X}"
    zh, en = f"{what.zh}中有控制字符 {code}", f"{what.en} holds a control character, {code}"
    raise entries.wrong(number, zh, en)


def _check_sides(entries: Entries) -> None:
    """Refuse expressions that cannot be compiled, alone or where they are used."""
    tried: set[tuple[str, str]] = set()
    for number, (before, after) in entries.sides.items():
        for key, pattern in (("before", before), ("after", after)):
            if not pattern or (key, pattern) in tried:
                continue
            tried.add((key, pattern))
            why = _fault(pattern)
            if why is None and key == "before" and _fault(f"(?<={pattern})"):
                why = _INSIDE
            if why is not None:
                name = entries.named.get(key, key)
                zh, en = f"“{name}”不是有效的正则表达式", f'"{name}" is no regular expression'
                if not entries.source.sealed:
                    zh, en = f"{zh}：{why.zh}", f"{en}: {why.en}"
                raise entries.wrong(number, zh, en)


def _fault(pattern: str) -> Text | None:
    """Return what is wrong with an expression, if anything."""
    import regex

    try:
        regex.compile(pattern, regex.IGNORECASE)
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        return pattern_fault(error)
    return None


def _check_lengths(entries: Entries, pool: Pool) -> None:
    """Refuse the first term that is too short once it is folded."""
    short = (pool.lengths < SHORTEST).nonzero()[0]
    if len(short):
        raise entries.wrong(
            int(short[0]),
            f"词条不足 {SHORTEST} 个字",
            f"the term is shorter than {SHORTEST} characters",
        )
