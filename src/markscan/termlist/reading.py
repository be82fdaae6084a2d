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
from markscan.termlist.formats import read_source
from markscan.termlist.sealing import is_sealed, unseal
from markscan.termlist.term import LONGEST, SHORTEST, Entries, Source, Term
from markscan.wording import Text

# Raised with every change of what a list is read to, or of its columns.
FORMAT = 1
# A shorter list is read faster than its columns are loaded.
_WORTH_CACHING = 1 << 17  # bytes

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
    digest = _digest(sources)
    columns = cache.load("terms", digest, secret)
    if columns is not None:
        return replace(TermList.from_columns(columns), secret=secret)
    terms = _packed(sources)
    cache.save("terms", digest, terms.columns(), secret)
    return replace(terms, secret=secret)


def read_entries(files: Iterable[Path], passphrase: str = "") -> list[Entries]:
    """Return what each of `files` says, with lines and examples; ids stand once.

    Raises:
        LexiconError: as `read_terms`, but a term may be too short.
    """
    return read_lists(files, passphrase)[0]


def read_lists(files: Iterable[Path], passphrase: str = "") -> tuple[list[Entries], bytes | None]:
    """Return what `read_entries` does, and the secret under which it may be kept, if any.

    Raises:
        LexiconError: as `read_entries`.
    """
    sources, secret = _sources(files, passphrase)
    return _entries(sources), secret


def _shipped_files() -> list[Path]:
    return sorted((folder("lexicons") / "terms").glob("*.toml"))


def _sources(files: Iterable[Path], passphrase: str) -> tuple[list[Source], bytes | None]:
    """Return the content of `files`, and the secret of those that are sealed, if any is."""
    sources, secrets = [], []
    for path in files:
        try:
            content = path.read_bytes()
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise Source(path, path.name, b"").wrong(
                f"无法读取：{why}", f"cannot be read: {why}"
            ) from error
        if is_sealed(content):
            opened = unseal(path, content, passphrase)
            sources.append(opened.source)
            secrets.append(opened.secret)
        else:
            sources.append(Source(path, path.name, content))
    return sources, hashlib.sha256(b"".join(secrets)).digest() if secrets else None


def _digest(sources: Sequence[Source]) -> bytes:
    """Return what the columns depend on: the files, their names, the fold, this program."""
    table = folder("lexicons") / "fold" / "table.npz"
    made = hashlib.sha256(f"terms {FORMAT}\0".encode() + hashlib.sha256(_bytes(table)).digest())
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
        packed = TermList.packed(
            entries.texts,
            entries.ids,
            entries.topics,
            entries.weights,
            entries.bounded,
            entries.sides,
        )
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
    """Refuse terms with control characters, and lines that are no terms."""
    longest = max(map(len, entries.texts), default=0)
    if longest <= LONGEST and _CONTROL.search("".join(entries.texts)) is None:
        return
    for number, text in enumerate(entries.texts):
        if len(text) > LONGEST:
            raise entries.wrong(
                number, f"词条超过 {LONGEST} 个字", f"the term is longer than {LONGEST} characters"
            )
        if _CONTROL.search(text):
            raise entries.wrong(number, "词条中有控制字符", "the term holds a control character")


def _check_sides(entries: Entries) -> None:
    """Refuse expressions that cannot be compiled."""
    if not entries.sides:
        return
    import regex

    tried: set[str] = set()
    for number, pair in entries.sides.items():
        for key, pattern in zip(("before", "after"), pair, strict=True):
            if pattern in tried:
                continue
            tried.add(pattern)
            try:
                regex.compile(pattern)
            except (regex.error, ValueError, OverflowError, RecursionError) as error:
                why = "" if entries.source.sealed else f": {error}"
                raise entries.wrong(
                    number,
                    f"“{key}”不是有效的正则表达式{why}",
                    f'"{key}" is no regular expression{why}',
                ) from None


def _check_lengths(entries: Entries, pool: Pool) -> None:
    """Refuse the first term that is too short once it is folded."""
    short = (pool.lengths < SHORTEST).nonzero()[0]
    if len(short):
        raise entries.wrong(
            int(short[0]),
            f"词条不足 {SHORTEST} 个字",
            f"the term is shorter than {SHORTEST} characters",
        )
