"""MS319 channels: marked or registered content lies among messages, mail or in a cloud folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.finding import Severity, Verdict
from markscan.path_kinds import first_of
from markscan.rules.excerpt.example_document import FIRST, REGISTER, SECOND, UNMARKED
from markscan.rules.excerpt.reuse_kinds import told
from markscan.rules.excerpt.taking import excerpted
from markscan.rules.leak.marked_place import gravest, lessened, not_placed
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_WORTH = {
    "cn-state": Severity.CRITICAL,
    "cn-work": Severity.HIGH,
    "cn-internal": Severity.MEDIUM,
}
_OF_LOCATION = {
    "mail": Text("电子邮件的存放位置", "a place of mail"),
    "sync": Text("网盘、云同步位置", "a place synchronised to a cloud"),
}
_REGISTERED = Text(
    "{kind}中有台账登记密件“{entry}”的内容（“{level}”，占原件 {share}）",
    "content of the registered document “{entry}” (“{level}”, {share} of it) lies in {kind}",
)
_INTERNAL = Text(
    "请停止经此传输，从该处清除并告知责任部门；工作秘密、内部资料只在本单位规定的网络和设备上传送。",
    "Stop sending it this way, clear it there and tell who answers for it: work secrets and "
    "internal papers go over the office's own network only.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look at the folder, or what the policy calls it, then at markings and what is registered."""
    kind = _kind(case)
    if kind is None:
        return
    for scheme, worth in _WORTH.items():
        found = not_placed(case, scheme)
        if found:
            seen = gravest(case, found, worth)
            values: dict[str, object] = {"kind": kind, "mark": shown(case, seen.marking)}
            severity = max(lessened(each, worth) for each in found)
            fix = None if scheme == "cn-state" else _INTERNAL
            yield Hit((seen,), values, severity=severity, fix=fix)
            return
    taken = [] if case.visible else excerpted(case)
    if taken:
        values = told(case, taken[0]) | {"kind": kind}
        yield Hit((taken[0].passages[0],), values, message=_REGISTERED)


def _kind(case: Case) -> Text | None:
    """What the place is called where it belongs to a channel; None where it does not."""
    if case.location is not None and case.location.kind in _OF_LOCATION:
        return _OF_LOCATION[case.location.kind]
    found = first_of(case.path_kinds, "channel")
    return found.name if found is not None else None


_WECHAT = "D:/WeChat Files/wxid_1/FileStorage/File/2025-12/通知.txt"
_MARKED = Example("机密★10年\n关于召开会议的通知", name=_WECHAT, task=Task.SCAN)

RULE = Rule(
    code="MS319",
    name=Text(
        "即时通讯、邮箱、网盘目录中的涉密内容",
        "Classified content in messenger, mail, cloud folders",
    ),
    trigger=Text(
        "微信、QQ、钉钉、飞书等即时通信软件的文件夹，Outlook、Foxmail 等邮件文件夹，"
        "OneDrive、百度网盘等云同步文件夹，或者策略中列为邮件、同步的位置，有标密文件或者台账登记密件的内容；工作秘密为高，"
        "内部资料为中；策略列明可以存放的不报",
        "a marked file, or content of a registered document, lies in a folder of a messenger "
        "(WeChat, QQ, DingTalk, Feishu), of a mail program, synchronised to a cloud, or in a place "
        "that the policy calls mail or sync; high for work secrets, medium for internal papers; "
        "not where the policy lists the place and admits the level",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《保守国家秘密法》第29条、第57条第7项；《保守国家秘密法实施条例》第41条、第61条",
        "Secrets law arts. 29 and 57(7); its regulation arts. 41 and 61",
    ),
    message=Text(
        "{kind}中有标为“{mark}”的文件",
        "a file marked “{mark}” lies in {kind}",
    ),
    fix=Text(
        "请立即停止传输、断开网络、保护现场并报告保密工作机构，不得自行删除；查明经谁收发、还有谁收到。"
        "可能泄露的，24小时内报告。",
        "Stop sending, disconnect, leave everything as it is and report it; delete nothing. Find "
        "out who sent and who else received it. A possible leak must be reported within 24 hours.",
    ),
    judge=judge,
    found=(
        _MARKED,
        replace(_MARKED, name="C:/Users/a/OneDrive - 某公司/通知.txt", highest=""),
        replace(_MARKED, name="/srv/mail/通知.txt", kind="mail", highest=""),
        replace(_MARKED, text="工作秘密 1年\n关于召开会议的通知"),
        replace(_MARKED, text=UNMARKED, register=REGISTER),
        replace(_MARKED, text=FIRST + SECOND, name="D:/百度网盘/记录.txt", register=REGISTER),
    ),
    clean=(
        replace(_MARKED, name="/srv/share/通知.txt"),
        replace(_MARKED, highest="jimi"),
        replace(_MARKED, text="关于使用微信传输文件的通知\n不得传输机密文件。"),
        replace(_MARKED, text=UNMARKED),
        replace(_MARKED, text="秘密★1年\n关于召开会议的通知\n某某局\n2020年3月1日"),
        replace(_MARKED, name="/srv/微信使用管理办法.txt"),
    ),
)
