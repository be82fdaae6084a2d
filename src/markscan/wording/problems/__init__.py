"""Why a file was not read, or not in full: keys are the reasons of UnreadError.

One family of formats a file, listed here.
"""

from __future__ import annotations

from markscan.wording.problems.archives import ARCHIVES
from markscan.wording.problems.documents import DOCUMENTS
from markscan.wording.problems.general import GENERAL
from markscan.wording.problems.mail import MAIL
from markscan.wording.problems.markup import MARKUP
from markscan.wording.problems.ofd import OFD
from markscan.wording.problems.office import OFFICE
from markscan.wording.problems.pdf import PDF
from markscan.wording.problems.pictures import PICTURES
from markscan.wording.problems.remote import REMOTE
from markscan.wording.problems.slides import SLIDES
from markscan.wording.problems.text import TEXT
from markscan.wording.problems.word import WORD
from markscan.wording.problems.workbooks import WORKBOOKS
from markscan.wording.text import Text

PROBLEMS: dict[str, Text] = {
    **GENERAL,
    **DOCUMENTS,
    **PDF,
    **TEXT,
    **ARCHIVES,
    **PICTURES,
    **WORKBOOKS,
    **SLIDES,
    **OFD,
    **WORD,
    **OFFICE,
    **MARKUP,
    **MAIL,
    **REMOTE,
}
