"""Tells what kind of text a document is, where that changes what a marking means.

Laws, lessons, quizzes, source code, templates and examination papers write markings
without being marked (law-and-rules, section 4). Built only for documents that hold a
string of the form of a marking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markscan.circumstances import parted
from markscan.document import Area, Document, Part, Place
from markscan.finding import Element
from markscan.fold import fold
from markscan.match.elements import find_elements
from markscan.match.terms import TermFinder
from markscan.termlist import TermList

# The topics of terms that tell the kind of a text, sought only where that is asked.
CONTEXT_TOPICS = frozenset({"exam", "teaching", "template", "taiwan", "fiction"})

# What stands beside the text: a comment about templates makes no template.
_BESIDE = frozenset({Area.PROPERTY, Area.FILENAME, Area.COMMENT})
_HEAD = 4000  # characters that tell what a text is
_FOLDERS = 1000  # of which is remembered what their paths tell
# White space within a line: where every line is blank, \s* would read on to the last one.
_BLANKS = r"[^\S\n]*"
_ARTICLE = re.compile(rf"^{_BLANKS}第[一二三四五六七八九十百零〇\d]{{1,5}}条", re.MULTILINE)
_OPTION = re.compile(rf"^{_BLANKS}[(（]?[A-DＡ-Ｄ][)）.．、:：]\s*\S", re.MULTILINE)
_KANA = re.compile(r"[\u3041-\u30ff]")
_CODE_NAME = re.compile(
    r"\.(?:py|pyi|js|mjs|jsx|ts|tsx|java|kt|c|h|cc|cpp|hpp|cs|go|rs|rb|php|pl|lua|swift|scala|sql"
    r"|yar|yara|json|jsonl|ya?ml|toml|ini|xml|css|scss|vue|sh|bat|ps1|ipynb|tex|po|proto|gradle)$",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    rf"^{_BLANKS}关于.{{2,60}}的?(?:通知|报告|请示|批复|意见|函|决定|通报|方案|纪要|汇报|规定|办法)"
    rf"{_BLANKS}$"
    rf"|^.{{2,40}}(?:文件|办公厅|办公室|委员会|人民政府){_BLANKS}$"
    r"|[〔\[［][12]\d{3}[〕\]］]\s*\d{1,4}\s*号"
    rf"|^{_BLANKS}\d{{6}}{_BLANKS}$|^{_BLANKS}(?:签发人|主送|抄送|份号|紧急程度)"
    rf"|^.{{2,40}}[:：]{_BLANKS}$|印发{_BLANKS}$",
    re.MULTILINE,
)

_COMPANY = re.compile(r"(?:有限责任|股份有限|有限)?公司|集团")
# What a state organ's paper, or an official document of a state company, has.
_STATE = re.compile(
    r"政府|党委|党组|中共|委员会|办公厅|人民|法院|检察院|[〔\[][12]\d{3}[〕\]]\s*\d{1,4}\s*号"
    rf"|^{_BLANKS}关于.{{2,60}}的?(?:通知|报告|请示|批复|意见|函|决定|通报){_BLANKS}$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What kind of text a document is. More than one may be true."""

    official: bool = False  # has the parts of an official document (公文)
    exam: bool = False  # an examination paper
    teaching: bool = False  # lesson, guide, quiz: title or folder says so, or it is built like one
    law: bool = False  # articles: a law, rule or regulation
    code: bool = False  # source code or data of a program
    template: bool = False  # a form or sample to be filled in, by its name
    foreign: bool = False  # Japanese, or Taiwan's official form
    company: bool = False  # a company's own paper, not in the form of an official document
    fiction: bool = False  # a novel, a film
    issued: bool = False  # a whole official document: number, title and addressee

    @property
    def quotes_markings(self) -> bool:
        """True where a marking counts only if it stands above everything else."""
        return self.teaching or self.code or self.foreign

    @property
    def about_markings(self) -> bool:
        """True where a line of the form of a marking is likely an example."""
        return self.quotes_markings or self.law


class ContextReader:
    """Reads the context of documents. Built once from the shipped terms of its topics.

    An office's own terms are no part of it, whatever their topics are called: they would
    change what a marking means.
    """

    def __init__(self, shipped: TermList) -> None:
        self._terms = shipped.take(shipped.of_topics(CONTEXT_TOPICS))
        self._finder = TermFinder(self._terms.pool, little=True)
        self._told: dict[str, frozenset[str]] = {}

    def read(self, document: Document) -> Context:
        """Return the context of `document`."""
        shown = [part for part in document.parts if part.place.area not in _BESIDE]
        head = "\n".join(part.text[:_HEAD] for part in shown[:200])[:_HEAD]
        folder, own = parted(document.locator)
        in_head = self._topics(head)
        in_title = {*self._topics("\n".join([own, *head.splitlines()[:6]])), *self.told_by(folder)}
        tail = "\n".join(part.text[-_HEAD:] for part in shown[-6:]).splitlines()[-6:]
        ends = "\n".join([*head.splitlines()[:6], *tail])
        kana = len(_KANA.findall(head))
        kinds = _elements(head)
        headed = {Element.NUMBER, Element.TITLE, Element.ISSUER} <= kinds
        issued = {Element.NUMBER, Element.TITLE, Element.ADDRESSEE} <= kinds
        return Context(
            official=_OFFICIAL.search(head) is not None,
            exam=not (issued or headed) and bool(in_head.get("exam") or "exam" in in_title),
            teaching=("teaching" in in_title and not (issued or headed))
            or len(_OPTION.findall(head)) >= 4,
            law=len(_ARTICLE.findall(head)) >= 3,
            code=_CODE_NAME.search(document.name) is not None,
            template="template" in in_title and not issued,
            foreign=kana > 20 or bool(in_head.get("taiwan")),
            company=_COMPANY.search(ends) is not None and _STATE.search(ends) is None,
            fiction="fiction" in in_title,
            issued=issued,
        )

    def told_by(self, folder: str) -> frozenset[str]:
        """Return the topics that the path of a folder tells."""
        if folder not in self._told:
            if len(self._told) >= _FOLDERS:
                self._told.clear()
            self._told[folder] = frozenset(self._topics(folder))
        return self._told[folder]

    def _topics(self, text: str) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for index in self._finder.find(fold(text)).terms.tolist():
            found.setdefault(self._terms.topic(index), set()).add(index)
        return found


def _elements(head: str) -> set[Element]:
    """The elements of an official document in the beginning of a text.

    What begins as a whole official document does may be about anything.
    """
    found = find_elements(Document("", "", "", (Part(head, Place(Area.BODY)),)))
    return {each.element for each in found.found}
