"""What `markscan check --sources` says: the mark that follows, and how the drafts stand to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, TextIO

from markscan.cli.exit_code import ExitCode
from markscan.intake.sources import Fit, Origin, Origins, Standing, derived_from, fit
from markscan.lexicon import read_levels
from markscan.report.columns import padded, width
from markscan.report.jsonl import line
from markscan.rules.derivation import Derived, Doubt, period_words
from markscan.walk import printable
from markscan.wording import REGISTER, Language, Text

if TYPE_CHECKING:
    from markscan.config import Config
    from markscan.finding import Outcome

SCHEMA = "markscan.compilation/1"


class Sources:
    """The sources of one run of `check`: read before the drafts, compared behind them."""

    def __init__(self, names: Sequence[str], config: Config) -> None:
        """Read the sources.

        Raises:
            UsageError: one cannot be read, or the register cannot be used.
        """
        self._today: date = config.today
        self._language: Language = config.language
        self._origins = Origins(config).read(names)

    def close(self, code: ExitCode, drafts: Sequence[Outcome], format: str) -> ExitCode:
        """Report the mark that follows, and each draft's; return the exit code of the run.

        A draft that protects less than its sources is a finding. What is no report of lines
        stays whole: then this goes to standard error.
        """
        if code in (ExitCode.INTERRUPTED, ExitCode.INTERNAL):
            return code
        stream = sys.stdout if format in ("text", "jsonl") else sys.stderr
        write = self._records if format == "jsonl" else self._section
        fits = list(write(stream, drafts))
        wrong = any(each.wrong for each in fits)
        return ExitCode.FINDINGS if wrong else code

    def _derived(self, draft: Outcome | None) -> Derived:
        issued = draft.stated.issued if draft is not None and draft.stated is not None else None
        return derived_from(self._origins, issued, self._today)

    def _records(self, stream: TextIO, drafts: Sequence[Outcome]) -> Iterator[Fit]:
        """Write an object for each draft, or one without any."""
        for draft in _each(drafts):
            derived = self._derived(draft)
            found = fit(draft, derived, self._today) if draft is not None else None
            stream.write(line(self._record(derived, draft, found)))
            if found is not None:
                yield found

    def _record(
        self, derived: Derived, draft: Outcome | None, found: Fit | None
    ) -> dict[str, object]:
        return {
            "schema": SCHEMA,
            "locator": printable(draft.locator) if draft is not None else None,
            "fit": found.value if found is not None else None,
            "mark": derived.mark or None,
            "level": derived.level.code if derived.level is not None else None,
            "ends": derived.ends.isoformat() if derived.ends is not None else None,
            "scope": list(derived.scope) if derived.scope is not None else None,
            "scope_unknown": [printable(name) for name in derived.unscoped],
            "doubts": [doubt.value for doubt in derived.doubts],
            "message": _why(derived).of(self._language),
            "sources": [
                {
                    "name": printable(origin.name),
                    "standing": origin.standing.value,
                    "marks": [
                        {
                            "level": member.level,
                            "period": member.period.code if member.period is not None else "-",
                            "ends": member.ends.isoformat() if member.ends is not None else None,
                            "assumed": member.assumed,
                            **({"entry": member.name} if member in origin.held else {}),
                        }
                        for member in origin.members
                    ],
                }
                for origin in self._origins
            ],
        }

    def _section(self, stream: TextIO, drafts: Sequence[Outcome]) -> Iterator[Fit]:
        """Write the sources and what follows from them, for people."""
        stream.write(self._said("sources.title") + "\n")
        rows = [row for origin in self._origins for row in self._rows(origin)]
        first = max(width(name) for name, _ in rows)
        for name, told in rows:
            stream.write(f"  {padded(name, first)}  {told}\n")
        shown: Derived | None = None
        for draft in _each(drafts):
            derived = self._derived(draft)
            if derived != shown:
                stream.write(f"  {_why(derived).of(self._language)}\n")
                shown = derived
            if draft is not None:
                found = fit(draft, derived, self._today)
                name = printable(draft.locator)
                stream.write(f"  {self._said(f'sources.fit.{found.value}', name=name)}\n")
                yield found

    def _rows(self, origin: Origin) -> Iterator[tuple[str, str]]:
        name = printable(origin.name)
        if not origin.members:
            yield name, self._said(f"sources.{origin.standing.value}")
        for member in origin.members:
            level = read_levels().find("cn-state", member.level)
            zh = level.zh if level is not None else member.level
            words = period_words(member.period) if member.period is not None else ""
            mark = f"{zh}★{printable(words)}" if words else zh
            if member.ends is not None:
                key = "sources.until-assumed" if member.assumed else "sources.until"
                mark = self._said(key, mark=mark, day=member.ends.isoformat())
            if member in origin.held:
                key = "traced" if origin.standing is Standing.TRACED else "held"
                mark = self._said(f"sources.{key}", mark=mark, entry=member.name)
            yield name, mark

    def _said(self, key: str, **values: object) -> str:
        return REGISTER[key].fill(**values).of(self._language)


def _each(drafts: Sequence[Outcome]) -> Iterator[Outcome | None]:
    """The drafts; None once where there is none."""
    yield from drafts or (None,)


def _why(derived: Derived) -> Text:
    """The mark that follows, its readers, and why a person must decide, in one sentence."""
    if derived.level is None:
        return REGISTER["sources.nothing"]
    told = [REGISTER["sources.mark"].fill(mark=derived.mark)]
    if not derived.mark:
        told = [REGISTER["sources.decide"].fill(level=derived.level.zh, why=derived.why)]
    if derived.scope:
        told.append(REGISTER["sources.scope"].fill(names=_listed(derived.scope)))
    elif derived.mark and Doubt.NO_SCOPE in derived.doubts:
        told.append(REGISTER["sources.no-scope"])
    if derived.unscoped:
        told.append(REGISTER["sources.unscoped"].fill(names=_listed(derived.unscoped)))
    return Text("".join(each.zh for each in told), "".join(each.en for each in told))


def _listed(names: Sequence[str]) -> Text:
    shown = [printable(name) for name in names]
    return Text("、".join(shown), ", ".join(shown))
