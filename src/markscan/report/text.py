"""The report for a person: each file with its findings in a table, then the ledger.

Names are shown with their control characters written out, and never as markup.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from markscan.finding import Advice, Finding, Outcome, Severity, Status, Unjudged, Verdict
from markscan.report import ledger
from markscan.report.columns import padded, width, wrapped
from markscan.report.places import (
    conclusion_words,
    limit_words,
    other_places,
    place_words,
    short_key,
)
from markscan.report.reporter import Manner
from markscan.report.silence import silences
from markscan.report.totals import Totals
from markscan.walk import printable
from markscan.wording import INTERFACE, Text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from markscan.place_rules import Notice

_STYLED = ("FORCE_COLOR", "TTY_COMPATIBLE")  # variables by which Rich takes a pipe for a terminal
_WIDTH = 100  # columns where nobody says: in a pipe, in a file

_COLUMNS = ("severity", "rule", "place", "message", "fix")
_COLOURS = {
    Severity.CRITICAL: "bold white on red",
    Severity.HIGH: "bold red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}
_VERDICT_COLOURS = {
    Verdict.ABOVE_CEILING: "bold red",
    Verdict.EXCERPT_UNMARKED: "bold red",
    Verdict.MARKING_MISSING: "bold red",
    Verdict.TO_VERIFY: "bold red",
    Verdict.MARKING_FAULTY: "yellow",
    Verdict.HANDLE_AS_INTERNAL: "cyan",
    Verdict.MENTION: "dim",
    Verdict.ALL_DISMISSED: "dim",
    Verdict.CLEAN: "green",
}


class TextReport:
    """Writes each file with something to say as it comes; keeps nothing but a console."""

    def __init__(self, stream: TextIO, manner: Manner) -> None:
        self._stream = stream
        self._manner = manner
        self._made: Console | None = None

    def shows(self, outcome: Outcome) -> bool:
        """Files with findings or something unread; the others only if asked."""
        return any(self._speaks(one) for one in outcome.flat())

    def outcome(self, outcome: Outcome) -> None:
        """Write the file, and each file inside it, that has something to say."""
        for one in outcome.flat():
            if self._speaks(one):
                self._file(one)

    def notices(self, notices: Sequence[Notice]) -> None:
        """Write what was found of places as a whole: one after another, not in the table."""
        if not notices:
            return
        language = self._manner.language
        self._print(self._say("places.head"), style="bold")
        for each in notices:
            head = INTERFACE["places.line"].fill(
                severity=self._say(f"severity.{each.severity.code}"),
                rule=each.rule,
                place=each.place,
                key=short_key(each.key) if self._manner.keys else "",
            )
            self._print(printable(head.of(language)).rstrip(), indent=2)
            fix = INTERFACE["places.fix"].fill(fix=each.fix, basis=each.basis)
            told = [each.message.of(language), fix.of(language)]
            if each.conclusion is not None:
                told.append(conclusion_words(each.conclusion, language))
            for text in told:
                for line in wrapped(printable(text), self._width - 4):
                    self._print(line, indent=4)
        self._print("")

    def close(self, totals: Totals, sentence: Text) -> None:
        """Write the ledger: what was found and examined, what was not and why, and the end."""
        if self._manner.quiet:
            return
        self._print(self._say("ledger"), style="bold")
        self._print(ledger.coverage(totals).of(self._manner.language), indent=2)
        for key, counts in ledger.rows(totals, self._manner.language).items():
            self._print(self._say(key), counts, indent=2)
        if totals.dismissed:
            self._print(self._say("report.dismissed-head", count=totals.dismissed), indent=2)
        self._print(self._say("ledger.end"), sentence.of(self._manner.language), style="bold")

    @property
    def _plain(self) -> bool:
        """Whether nothing can be styled: then Rich, which is slow to start, is not needed."""
        return not self._stream.isatty() and not any(name in os.environ for name in _STYLED)

    @property
    def _width(self) -> int:
        return _WIDTH if self._plain else self._console.width

    @property
    def _console(self) -> Console:
        if self._made is None:
            from rich.console import Console

            class Told(Console):
                """Rich itself would end the process with code 1, which says findings."""

                def on_broken_pipe(self) -> None:
                    """Leave it to the command what to do where the reader has gone away."""
                    raise BrokenPipeError(errno.EPIPE, "the reader left")

            self._made = Told(
                file=self._stream,
                width=None if self._stream.isatty() else _WIDTH,
                highlight=False,
                markup=False,
                emoji=False,
            )
        return self._made

    def _speaks(self, outcome: Outcome) -> bool:
        told = outcome.findings or outcome.advice or outcome.status is not Status.EXAMINED
        return bool(told) or self._manner.verbose

    def _file(self, outcome: Outcome) -> None:
        from rich.text import Text as Styled

        heading = Styled(printable(outcome.locator), style="bold")
        if outcome.format:
            heading.append(f"  [{outcome.format}]", style="not bold dim")
        colour = "green" if outcome.status is Status.EXAMINED else "magenta"
        heading.append(
            f"  {self._say(f'status.{outcome.status.value}')}", style=f"not bold {colour}"
        )
        if outcome.verdict is not None:
            heading.append("  ")
            heading.append(
                self._say(f"verdict.{outcome.verdict.value}"), _VERDICT_COLOURS[outcome.verdict]
            )
        self._console.print(heading, soft_wrap=True)
        for problem in outcome.problems:
            cause = self._say(f"cause.{problem.code}")
            self._print(cause, printable(problem.message.of(self._manner.language)), indent=2)
        counted = [found for found in outcome.findings if not found.dismissed]
        if counted:
            self._console.print(self._table(counted))
        self._dismissed([found for found in outcome.findings if found.dismissed])
        if outcome.advice:
            self._advice(outcome.advice)
        if self._manner.verbose:
            self._silent(outcome.unjudged)
        self._console.print()

    def _table(self, findings: Iterable[Finding]) -> Table:
        from rich import box
        from rich.table import Table
        from rich.text import Text as Styled

        language = self._manner.language
        names = [self._say(f"column.{name}") for name in _COLUMNS]
        widths = self._widths(names)
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
        for name, columns in zip(names, widths, strict=True):
            table.add_column(name, width=columns, no_wrap=True)
        for found in sorted(findings, key=lambda each: -each.severity):
            message = found.message.of(language)
            if self._manner.quote and found.quote:
                message += "\n" + INTERFACE["quote"].fill(text=found.quote).of(language)
            if found.conclusion is not None:
                message += "\n" + self._concluded("report.confirmed", found)
            fix = INTERFACE["fix"].fill(fix=found.fix, basis=found.basis).of(language)
            texts = [found.rule, self._place(found), message, fix]
            cells = [Styled(self._say(f"severity.{found.severity.code}"), _COLOURS[found.severity])]
            for text, columns in zip(texts, widths[1:], strict=True):
                lines = [wrapped(printable(line), columns) for line in text.split("\n")]
                cells.append(Styled("\n".join(line for rows in lines for line in rows)))
            table.add_row(*cells)
        return table

    def _widths(self, names: list[str]) -> list[int]:
        """The columns of the table; what the narrow ones leave is shared by the sentences."""
        severity = max(width(names[0]), *(width(self._say(f"severity.{s.code}")) for s in Severity))
        left = max(self._console.width - severity - 5 - 14 - 2 * len(names), 30)
        return [severity, 5, 14, left * 2 // 5, left - left * 2 // 5]

    def _place(self, found: Finding) -> str:
        """Return where it is in words, and on further lines where else."""
        language = self._manner.language
        others = other_places(found.place, found.others, language)
        key = short_key(found.key) if self._manner.keys else ""
        return "\n".join(filter(None, [place_words(found.place, language), others, key]))

    def _dismissed(self, findings: list[Finding]) -> None:
        """Write what a person found to be none, apart from what counts."""
        if not findings:
            return
        self._print(self._say("report.dismissed-head", count=len(findings)), indent=2)
        for found in findings:
            self._print(printable(self._concluded("report.dismissed-line", found)), indent=4)

    def _concluded(self, key: str, found: Finding) -> str:
        """Say what a person decided about a finding: who, when, until when, where, and why."""
        said = found.conclusion
        if said is None:
            return ""
        told = INTERFACE[key].fill(
            key=short_key(found.key),
            rule=found.rule,
            place=place_words(found.place, self._manner.language),
            person=said.person,
            day=f"{said.at.astimezone():%Y-%m-%d}",
            limit=limit_words(said.until, said.under),
            reason=said.reason,
        )
        return told.of(self._manner.language)

    def _advice(self, advice: Iterable[Advice]) -> None:
        """Write what is for a person to decide, apart from what was found."""
        language = self._manner.language
        self._print(self._say("advice"), indent=2, style="bold")
        for one in advice:
            said = INTERFACE["advice.line"].fill(
                place=place_words(one.place, language), message=one.message, basis=one.basis
            )
            for line in wrapped(printable(said.of(language)), self._console.width - 4):
                self._print(line, indent=4)

    def _silent(self, rules: Iterable[Unjudged]) -> None:
        """Write which rules did not judge, and what they would have needed."""
        for sentence in silences(rules):
            for line in wrapped(sentence.of(self._manner.language), self._console.width - 2):
                self._print(line, indent=2)

    def _print(self, *words: str, indent: int = 0, style: str | None = None) -> None:
        label = padded(words[0], 10) if len(words) > 1 else words[0]
        text = " ".join([label, *words[1:]])
        line = " " * indent + text
        if self._plain:
            self._stream.write(line + "\n")
        else:
            self._console.print(line, style=style, soft_wrap=True)

    def _say(self, key: str, **values: object) -> str:
        return INTERFACE[key].fill(**values).of(self._manner.language)
