"""MS321 unit-matter: a matter on the unit's own list stands unmarked where no secret may lie."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, TermEvidence, Verdict
from markscan.match.lines import Lines
from markscan.policy import Location
from markscan.rules.leak.location_words import bars_state_secrets, kind_of_place
from markscan.rules.own_matters import cited, own_by_topic
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.termlist import Term
from markscan.wording import Text

_ENOUGH = 1.0  # sum of the weights of the hits of a topic
_WITH_MODEL = 0.5  # that do where the classifier finds a passage, too
_ROUNDING = 1e-6  # weights have seven digits
_MARKED = ("cn-state", "cn-work", "cn-military")


def judge(case: Case) -> Iterator[Hit]:
    """Name each topic of the unit's own lists once, and how many of its terms stand here."""
    # The draft of an office has the office's matters: they are advice there.
    if case.task is Task.CHECK or case.effective(*_MARKED):
        return
    if case.location is not None and not bars_state_secrets(case.location):
        return
    lines = Lines(case.document)
    for topic, found in own_by_topic(case.terms).items():
        score = _score(found)
        if score < _WITH_MODEL or (score < _ENOUGH and case.suspicion() is None):
            continue
        values: dict[str, object] = {
            "topic": topic,
            "count": len(found),
            "terms": cited(found),
            "place": kind_of_place(case.location),
        }
        first = found[0]
        at = lines.place(first.part, first.span.start)
        yield Hit((first,), values, place=at, severity=_severity(case.location))


def _score(found: list[TermEvidence]) -> float:
    return sum(seen.weight for seen in found) + _ROUNDING


def _severity(location: Location | None) -> Severity:
    """Less where internal papers may lie: the matter may be no more than that."""
    if location is not None and location.listed and location.ceiling("cn-internal"):
        return Severity.LOW
    return Severity.MEDIUM


_DRAFT = (
    "区委组织部汇报：白石仓主任一职空缺两个月，书记专题会酝酿了三个人选，多数意见倾向由闻达接任，"
    "陆青作为第二人选，推荐票分别为三十一票和二十六票，目前尚未上常委会，考察组下周先谈话，"
    "结果出来以前不对外讲，名单只在书记和部长手里。"
)
_PORT = Term("matters.1", "matters", "青禾渡口")
_STORE = Term("matters.2", "matters", "白石仓", weight=0.5)
_NAME = Term("matters.3", "matters", "长风", before="代号.?")

RULE = Rule(
    code="MS321",
    name=Text("敏感事项未采取措施", "Matter on the unit's own list in a public place"),
    trigger=Text(
        "扫描的文件没有国家秘密、工作秘密标志，出现本单位词库中的词条，同一主题命中的权重合计达到 "
        "1（分类模型也认为有一段文字像不得公开的事项时，达到 0.5），"
        "存放在公开、未列入策略或者不得存放国家秘密的位置；允许存放内部文件的位置降为低。"
        "检查草稿时不报，列为“请判定”",
        "a scanned file without a marking of a state or work secret has terms of the unit's own "
        "lists, of one topic with weights that add up to 1 (to 0.5 where the classifier finds a "
        "passage that looks like a matter not to be published), where no state secrets may lie; "
        "low where internal papers may lie. In drafts that are checked it is advice instead",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.TO_VERIFY,
    basis=Text(
        "《保守国家秘密法》第19条；九三学社中央机关保密工作规定第7条；本单位保密事项范围",
        "Secrets law art. 19; Jiusan Society secrecy rules art. 7; the unit's own list of matters",
    ),
    message=Text(
        "出现本单位词库“{topic}”的词条 {count} 处（{terms}），没有密级标志，存放在{place}",
        "terms of the unit's own list “{topic}” stand here {count} times ({terms}), unmarked, in "
        "{place}",
    ),
    fix=Text(
        "请承办部门判定是否定密或者列为工作秘密。",
        "Let the issuing department decide whether it is to be classified or to be a work secret.",
    ),
    judge=judge,
    found=(
        Example(
            "关于青禾渡口有关工作的通知\n请抓紧落实。", task=Task.SCAN, highest="", terms=(_PORT,)
        ),
        Example(
            "白石仓一期已经完成。\n白石仓二期即将开工。",
            task=Task.SCAN,
            highest="",
            kind="public",
            terms=(_STORE,),
        ),
        Example("工作简报\n代号“长风”的工作进展顺利。", task=Task.SCAN, terms=(_NAME,)),
        Example("工作简报", name="青禾渡口.txt", task=Task.SCAN, highest="", terms=(_PORT,)),
        Example(_DRAFT, task=Task.SCAN, highest="", terms=(_STORE,)),
    ),
    clean=(
        Example("关于青禾渡口有关工作的通知\n请抓紧落实。", terms=(_PORT,)),
        Example(
            "关于青禾渡口有关工作的通知\n请抓紧落实。",
            task=Task.SCAN,
            highest="jimi",
            terms=(_PORT,),
        ),
        Example("秘密★5年\n关于青禾渡口有关工作的通知", task=Task.SCAN, highest="", terms=(_PORT,)),
        Example("工作秘密\n关于青禾渡口有关工作的通知", task=Task.SCAN, highest="", terms=(_PORT,)),
        Example("白石仓一期已经完成。", task=Task.SCAN, highest="", terms=(_STORE,)),
        Example("校长风采展示活动方案", task=Task.SCAN, highest="", terms=(_NAME,)),
    ),
)
