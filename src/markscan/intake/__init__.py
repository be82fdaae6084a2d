"""Takes a document in: reads its file, and learns of it what the register must know.

 file ─reading→ text and document ─facts→ what it says of itself ─describe→ entry

What the office says of a document counts. What it does not say is taken from the document
where that can mean one thing only.
"""

from markscan.intake.describe import FIELDS, Described, Intake, Wanted
from markscan.intake.facts import Facts, facts_of
from markscan.intake.reading import Reader, Reading
from markscan.intake.written import day_from, period_from

__all__ = [
    "FIELDS",
    "Described",
    "Facts",
    "Intake",
    "Reader",
    "Reading",
    "Wanted",
    "day_from",
    "facts_of",
    "period_from",
]
