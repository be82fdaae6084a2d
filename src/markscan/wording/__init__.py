"""What a user reads, in Chinese and English: one table.

The sentences of a rule stand in the rule's own file, which the table `RULES` lists, and
the help of a configuration key in the table of keys; everything else stands here.
"""

from __future__ import annotations

from markscan.wording.interface import INTERFACE as _INTERFACE
from markscan.wording.lexicon import LEXICON
from markscan.wording.model import MODEL
from markscan.wording.night import NIGHT
from markscan.wording.places import PLACES
from markscan.wording.problems import PROBLEMS
from markscan.wording.register import REGISTER as _REGISTER
from markscan.wording.register_commands import REGISTER_COMMANDS
from markscan.wording.register_events import REGISTER_EVENTS
from markscan.wording.remote import REMOTE
from markscan.wording.run_documents import RUN_DOCUMENTS
from markscan.wording.run_report import RUN_REPORT
from markscan.wording.sources import SOURCES
from markscan.wording.store import STORE
from markscan.wording.takeaway import TAKEAWAY
from markscan.wording.text import Language, Text
from markscan.wording.verdicts import VERDICTS

__all__ = ["INTERFACE", "MODEL", "PROBLEMS", "REGISTER", "Language", "Text"]

REGISTER: dict[str, Text] = {**_REGISTER, **REGISTER_COMMANDS, **REGISTER_EVENTS, **SOURCES}
INTERFACE: dict[str, Text] = {
    **_INTERFACE,
    **TAKEAWAY,
    **LEXICON,
    **REGISTER,
    **MODEL,
    **STORE,
    **REMOTE,
    **NIGHT,
    **PLACES,
    **VERDICTS,
    **RUN_REPORT,
    **RUN_DOCUMENTS,
}
