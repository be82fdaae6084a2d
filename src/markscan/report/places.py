"""Says in words where something stands in its file, and what people concluded of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from markscan.document import Area, Place
from markscan.finding import Conclusion
from markscan.walk import printable
from markscan.wording import INTERFACE, Language, Text

if TYPE_CHECKING:
    from markscan.place_rules import Notice

# How extractors label a paragraph and a cell.
_PARAGRAPH = re.compile(r"p(\d+)")
_CELL = re.compile(r"T(\d+)!R(\d+)C(\d+)")
_SHEET = re.compile(r"sheet (\d+)!(.*)")
_MOST_OTHERS = 5
_DIGITS = 12


def short_key(key: str) -> str:
    """Return the key of a finding as reports for people show it: its first digits."""
    return key.partition(":")[2][:_DIGITS]


def conclusion_words(said: Conclusion, language: Language, *, expired: bool = False) -> str:
    """Return what a person decided about a finding, why, who, when, until when and where.

    Args:
        expired: its last day is over.
    """
    told = INTERFACE["conclusion"].fill(
        state=INTERFACE["verdict.run-out" if expired else f"verdict.{said.kind}"],
        reason=said.reason,
        person=said.person,
        day=f"{said.at.astimezone():%Y-%m-%d}",
        limit=limit_words(said.until, said.under),
    )
    return told.of(language)


def limit_words(until: date | None, under: str) -> Text:
    """Return until when and where a conclusion holds, as the end of a sentence; may be empty.

    Args:
        until: its last day; None without end.
        under: the folder to which it is limited; empty for everywhere.
    """
    parts = []
    if until is not None:
        parts.append(INTERFACE["verdict.limit-until"].fill(until=until))
    if under:
        parts.append(INTERFACE["verdict.limit-under"].fill(under=printable(under)))
    return Text("".join(part.zh for part in parts), "".join(part.en for part in parts))


def notice_words(notice: Notice, language: Language) -> str:
    """Return what was found of one place as a sentence, with what a person decided about it."""
    day = f"{notice.began.astimezone():%Y-%m-%d}"
    told = INTERFACE["places.told"].fill(
        rule=notice.rule,
        place=notice.place,
        severity=INTERFACE[f"severity.{notice.severity.code}"],
        since=INTERFACE["places.since"].fill(day=day, run=notice.first_run),
        message=notice.message,
        fix=notice.fix,
    )
    if notice.conclusion is None:
        return told.of(language)
    return f"{told.of(language)} {conclusion_words(notice.conclusion, language)}"


def place_words(place: Place | None, language: Language) -> str:
    """Return where it is, in words: 第1页 页眉. None is the file as a whole."""
    if place is None:
        return INTERFACE["place.file"].of(language)
    place = place.kept()
    words = [INTERFACE[f"place.{place.area.value}"].of(language)]
    if place.page is not None:
        words.insert(0, INTERFACE["place.page"].fill(page=place.page).of(language))
    if place.area is Area.BODY and (paragraph := _PARAGRAPH.fullmatch(place.label)):
        words.append(INTERFACE["place.paragraph"].fill(number=paragraph[1]).of(language))
    elif place.line is not None:
        words.append(INTERFACE["place.line"].fill(line=place.line).of(language))
    elif place.area is Area.CELL and (cell := _CELL.fullmatch(place.label)):
        named = INTERFACE["place.table"].fill(table=cell[1], row=cell[2], column=cell[3])
        words[-1] = named.of(language)
    elif place.area is Area.CELL and (cell := _SHEET.fullmatch(place.label)):
        words[-1] = INTERFACE["place.sheet"].fill(sheet=cell[1], cell=cell[2]).of(language)
    elif place.label and place.area in (Area.CELL, Area.PROPERTY, Area.IMAGE):
        words.append(place.label)
    return " ".join(words)


def other_places(place: Place | None, others: Iterable[Place], language: Language) -> str:
    """Return the further places of a fault in words, each once; empty where there are none."""
    told = dict.fromkeys(place_words(other, language) for other in others)
    told.pop(place_words(place, language), None)
    if not told:
        return ""
    first = ("；" if language == "zh" else "; ").join(list(told)[:_MOST_OTHERS])
    if len(told) > _MOST_OTHERS:
        return INTERFACE["place.others-more"].fill(places=first, count=len(told)).of(language)
    return INTERFACE["place.others"].fill(places=first).of(language)
