"""MS905 repealed-law: a draft cites a secrecy law that is repealed or never bore that name."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, TermEvidence
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule, Task
from markscan.wording import Text

_TOPIC = "repealed-law"
_BESIDE = 24  # characters around a name in which a text says that it is repealed
_REPEALED = ("废止", "失效", "停止执行", "原《")

# What is in force instead, by the id of the term.
_NOW = {
    "implementation": Text(
        "《保守国家秘密法实施条例》", "the regulation under the secrets law (实施条例)"
    ),
    "detailed-rules": Text(
        "《保守国家秘密法实施条例》", "the regulation under the secrets law (实施条例)"
    ),
    "criminal-law-1979": Text("《刑法》第398条", "Criminal law art. 398"),
    "criminal-law-1979-han": Text("《刑法》第398条", "Criminal law art. 398"),
    "classification-2014": Text("《国家秘密定密管理规定》", "the classification rules of 2025"),
}


def judge(case: Case) -> Iterator[Hit]:
    """Name the first such law that an official document cites as if it were in force.

    A collection of old rules is left as it is.
    """
    for seen in case.terms:
        found = seen.topic == _TOPIC and not seen.own and _in_force(case, seen)
        if found and case.elements().official:
            yield Hit((seen,), {"now": _NOW[seen.term.removeprefix(f"{_TOPIC}.")]})
            return


def _in_force(case: Case, seen: TermEvidence) -> bool:
    """Whether the text cites it as if it were in force."""
    part = case.document.parts[seen.part]
    around = part.text[max(0, seen.span.start - _BESIDE) : seen.span.end + _BESIDE]
    return part.place.area in VISIBLE and not any(word in around for word in _REPEALED)


_HEAD = "某某市保密局文件\n某密局发〔2025〕9号\n关于做好保密工作的通知\n各单位：\n"

RULE = Rule(
    code="MS905",
    name=Text("引用废止规定", "Repealed or misnamed law cited"),
    trigger=Text(
        "核稿的公文引用已废止或者名称有误的保密规定：保守国家秘密法实施办法、保守国家秘密实施细则、"
        "刑法第186条（泄露国家秘密）、国家秘密定密管理暂行规定；写明废止的不报",
        "a draft of an official document cites a secrecy law that is repealed or misnamed "
        "(保守国家秘密法实施办法, 保守国家秘密实施细则, 刑法第186条, 国家秘密定密管理暂行规定) "
        "without saying that it is repealed",
    ),
    severity=Severity.INFO,
    verdict=None,
    basis=Text(
        "《保守国家秘密法实施条例》第74条；《国家秘密定密管理规定》（2025）",
        "Regulation under the secrets law art. 74; classification rules of 2025",
    ),
    message=Text(
        "引用了已废止或者名称有误的规定，现行的是{now}",
        "a law is cited that is repealed or misnamed; in force is {now}",
    ),
    fix=Text("请改引{now}，并核对条款序号。", "Cite {now}, and check the number of the article."),
    judge=judge,
    found=(
        Example(_HEAD + "根据《保守国家秘密法实施办法》，制定本制度。"),
        Example(_HEAD + "违者依照刑法第186条，按泄露国家秘密罪追究责任。"),
        Example(_HEAD + "根据《国家秘密定密管理暂行规定》，开展定密工作。"),
    ),
    clean=(
        Example(_HEAD + "根据《保守国家秘密法实施条例》，制定本制度。"),
        Example(_HEAD + "《保守国家秘密法实施办法》同时废止。"),
        Example(_HEAD + "违反刑法第186条，构成违法发放贷款罪。"),
        Example(_HEAD + "根据《保守国家秘密法实施办法》，制定本制度。", task=Task.SCAN),
        Example("第一条 根据《保守国家秘密法实施办法》，制定本制度。"),
    ),
    drafts_only=True,
)
