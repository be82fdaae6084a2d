"""The report as one page for a browser: no script, no network, light, dark and on paper.

Written as it comes: the ledger, known last, ends the page and is shown first.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, TextIO

import markscan
from markscan.finding import Outcome, Severity, Status
from markscan.report import ledger
from markscan.report.html_file import clean_row, safe, section
from markscan.report.places import notice_words
from markscan.report.reporter import Manner
from markscan.report.totals import Totals
from markscan.wording import INTERFACE, Text

if TYPE_CHECKING:
    from markscan.place_rules import Notice

_MOST_CLEAN = 200  # clean files listed where nobody asked for all

_HEAD = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p>{program} · {caution}</p>
{link}</header>
"""


class HtmlReport:
    """Writes each file's section as it comes; keeps counts alone."""

    def __init__(self, stream: TextIO, manner: Manner) -> None:
        self._stream = stream
        self._manner = manner
        self._begun = False
        self._sections = 0
        self._clean = 0  # clean files met

    def shows(self, outcome: Outcome) -> bool:
        """Every file is shown or counted."""
        return True

    def outcome(self, outcome: Outcome) -> None:
        """Write the file, and each file inside it: a section, or one line where it is clean."""
        self._begin()
        for one in outcome.flat():
            if _speaks(one):
                self._sections += 1
                self._stream.write(section(one, f"f{self._sections}", self._manner))
                continue
            self._clean += 1
            if self._manner.verbose or self._clean <= _MOST_CLEAN:
                self._stream.write(clean_row(one, self._manner.language))

    def notices(self, notices: Sequence[Notice]) -> None:
        """Write what was found of places as a whole, as a list."""
        if not notices:
            return
        self._begin()
        language = self._manner.language
        rows = "".join(f"<li>{safe(notice_words(each, language))}</li>\n" for each in notices)
        self._stream.write(
            f'<section class="file places">\n<h2>{self._say("places.head")}</h2>\n'
            f"<ul>\n{rows}</ul>\n</section>\n"
        )

    def close(self, totals: Totals, sentence: Text) -> None:
        """Write how many clean files are not listed, then the ledger, and end the page."""
        self._begin()
        if self._clean > _MOST_CLEAN and not self._manner.verbose:
            more = INTERFACE["page.more-clean"].fill(count=f"{self._clean - _MOST_CLEAN:,}")
            self._stream.write(f'<p class="file more">{self._of(more)}</p>\n')
        if not self._manner.quiet:
            self._stream.write(self._ledger(totals, sentence))
        self._stream.write("</body>\n</html>\n")

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        link = f'<p class="link"><a href="#ledger">{self._say("page.to-ledger")}</a></p>\n'
        self._stream.write(
            _HEAD.format(
                lang="zh-CN" if self._manner.language == "zh" else "en",
                title=self._say("page.title"),
                style=resources.files(__package__).joinpath("page.css").read_text("utf-8"),
                program=self._of(INTERFACE["page.program"].fill(version=markscan.__version__)),
                caution=self._say("page.quotes" if self._manner.quote else "page.private"),
                link="" if self._manner.quiet else link,
            )
        )

    def _ledger(self, totals: Totals, sentence: Text) -> str:
        """How it ended, what was found and examined, and that the sum comes out."""
        tiles = (
            ("ledger.discovered", totals.discovered, ""),
            ("status.examined", totals.examined, ""),
            ("status.partial", totals.partial, "unread"),
            ("status.unread", totals.unread + totals.pending, "unread"),
            ("ledger.excluded", totals.excluded, ""),
        )
        told = "".join(
            f'<li class="{kind if count else ""}"><b>{count:,}</b> {self._say(key)}</li>\n'
            for key, count, kind in tiles
        )
        counts = {k: escape(v) for k, v in ledger.rows(totals, self._manner.language).items()}
        counts["ledger.findings"] = self._severities(totals) or counts["ledger.findings"]
        rows = "".join(f"<dt>{self._say(k)}</dt><dd>{v}</dd>\n" for k, v in counts.items())
        return (
            f'<section class="ledger" id="ledger">\n<h2>{self._say("ledger")}</h2>\n'
            f'<p class="end">{self._of(sentence)}</p>\n'
            f'<ul class="tiles">\n{told}</ul>\n'
            f"<p>{self._of(ledger.coverage(totals))}</p>\n<dl>\n{rows}</dl>\n</section>\n"
        )

    def _severities(self, totals: Totals) -> str:
        """The findings of each severity, as a row of badges."""
        badges = [
            f'<li><span class="badge {severity.code}">{self._say(f"severity.{severity.code}")}'
            f"</span> <b>{count:,}</b></li>\n"
            for severity in reversed(Severity)
            if (count := totals.severities[severity])
        ]
        return f'<ul class="severities">\n{"".join(badges)}</ul>\n' if badges else ""

    def _say(self, key: str) -> str:
        return self._of(INTERFACE[key])

    def _of(self, text: Text) -> str:
        return escape(text.of(self._manner.language))


def _speaks(outcome: Outcome) -> bool:
    told = outcome.findings or outcome.advice or outcome.unjudged
    return bool(told) or outcome.status is not Status.EXAMINED
