"""MS308 cipher-telegram: a cipher telegram lies in an ordinary place."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.policy import Location
from markscan.rules.leak.location_words import bars_state_secrets, kind_of_place
from markscan.rules.leak.telegram_head import telegram_heading
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_ELSEWHERE = frozenset({"personal", "removable", "mail", "sync"})  # no place of a telegram, ever
_OTHER_PLACE = Text(
    "个人、移动介质、邮件或者同步位置", "a place that is personal, removable, mail or sync"
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for the heading of a cipher telegram outside the places that may hold state secrets."""
    location = case.location
    if location is None or not _ordinary(location):
        return
    seen = telegram_heading(case, "mima")
    if seen is not None:
        other = location.listed and location.kind in _ELSEWHERE
        yield Hit((seen,), {"place": _OTHER_PLACE if other else kind_of_place(location)})


def _ordinary(location: Location) -> bool:
    return bars_state_secrets(location) or location.kind in _ELSEWHERE


_HEAD = "国务院办公厅密码电报\n特急　国办密电〔2025〕998号\n关于做好有关工作的通知\n各省人民政府："

RULE = Rule(
    code="MS308",
    name=Text("密码电报不当存放", "Cipher telegram in an ordinary place"),
    trigger=Text(
        "文首为密码电报、密传发电等，且有发电单位、文号、等级、密级等电报要素之一，存放在公开、内部、"
        "未列入策略的位置，或者个人、移动介质、邮件、同步位置",
        "a text headed as a cipher telegram (密码电报, 密传发电) that has a number, an urgency, a "
        "signer or a marking, in a public, internal or unlisted place, or one that is personal, "
        "removable, mail or sync",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《密码法》第7条、第14条；《保守国家秘密法》第31条；本单位密码电报管理制度",
        "Cryptography law arts. 7 and 14; secrets law art. 31; the office's own rules on "
        "cipher telegrams",
    ),
    message=Text("密码电报存放在{place}", "a cipher telegram lies in {place}"),
    fix=Text(
        "请立即隔离，停止复制和转发，保护现场并报机要部门，不得自行删除。",
        "Set it apart at once, copy and forward nothing, leave everything as it is and report it "
        "to the cipher office; delete nothing.",
    ),
    judge=judge,
    found=(
        Example(_HEAD, task=Task.SCAN, highest=""),
        Example("密码电报\n机密★10年\n关于做好有关工作的通知", task=Task.SCAN, highest=""),
        Example(_HEAD, task=Task.SCAN, highest="jimi", kind="removable"),
        Example("国务院密传发电\n签发人：某某\n关于有关情况的通知", highest="", kind="public"),
    ),
    clean=(
        Example(_HEAD, task=Task.SCAN, highest="jimi", kind="classified"),
        Example(_HEAD, task=Task.SCAN),
        Example("密码电报\n电影《密码电报》讲述了一段往事。", task=Task.SCAN, highest=""),
        Example("关于加强密码电报管理的通知\n不得复制密码电报。", task=Task.SCAN, highest=""),
        Example(
            "某某市内部传真电报\n特急　市明电〔2025〕9号\n关于会议的通知",
            task=Task.SCAN,
            highest="",
        ),
    ),
)
