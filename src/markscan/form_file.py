"""Reads the draft form (发文稿纸, 定密审批表) given beside a draft, in a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.config import Config
from markscan.decision import Decision
from markscan.document import Document, Part
from markscan.errors import UnreadError, UsageError
from markscan.extract import Budget, extract
from markscan.match.form import read_form
from markscan.sniff import sniff
from markscan.source import Source
from markscan.wording import PROBLEMS, Text


def read_form_file(config: Config) -> Decision | None:
    """Return what the form of `config` says; None where none is given.

    Raises:
        UsageError: the file cannot be read, or is no draft form.
    """
    if config.form is None:
        return None
    name, source = config.form.name, Source(config.form)
    if not config.form.is_file():
        raise UsageError(Text(f"没有定密表单“{name}”", f'there is no form "{name}"'))
    try:
        parts = tuple(_parts(source, Budget(config.limits, config.passwords)))
        document = Document(source.locator, source.name, sniff(source), parts)
    except UnreadError as error:
        why = PROBLEMS[error.reason].fill(**error.values)
        raise UsageError(
            Text(f"无法读取定密表单“{name}”：{why.zh}", f'cannot read the form "{name}": {why.en}')
        ) from None
    decision = read_form(document, blank=True)
    if decision is None:
        raise UsageError(
            Text(
                f"“{name}”不是发文稿纸、定密审批表等表单",
                f'"{name}" is no draft form (发文稿纸, 定密审批表)',
            )
        )
    return replace(decision, separate=True, alone=False, place=None, taken=())


def _parts(source: Source, budget: Budget) -> Iterator[Part]:
    """Yield the text of `source` alone; files inside it are passed over."""
    for item in extract(source, sniff(source), budget):
        match item:
            case Part():
                yield item
            case Source() if item.members == source.members:
                yield from _parts(item, budget)  # the same file, decrypted
            case UnreadError():
                raise item
