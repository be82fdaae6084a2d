"""MS307 distribution-note: a note of how far a document may be passed on, in a low place."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.leak.location_words import bars_state_secrets, kind_of_place
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look for （此件发至县团级） where no state secrets may lie."""
    if case.location is None or not bars_state_secrets(case.location):
        return
    for seen in case.effective("scope")[:1]:
        yield Hit((seen,), {"place": kind_of_place(case.location)})


RULE = Rule(
    code="MS307",
    name=Text("发布层次字样外露", "Distribution-level note in a low place"),
    trigger=Text(
        "在公开、未列入策略或者不得存放国家秘密的位置出现（此件发至县团级）、传达范围等字样",
        "（此件发至县团级） or the like in a public or unlisted place, or one without state "
        "secrets",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.HANDLE_AS_INTERNAL,
    basis=Text(
        "九三学社中央机关保密工作规定第10条、第11条",
        "Jiusan Society secrecy rules arts. 10 and 11",
    ),
    message=Text(
        "文件标有发布层次（“此件发至……”等字样），存放在{place}",
        "a note of distribution (“此件发至…”) stands in a file that lies in {place}",
    ),
    fix=Text(
        "请核对是否为机要文件或者其摘转：是的，按标注的层次管理并移出该位置；不是的，删去发布层次字样。",
        "Check whether it is a 机要 document or taken from one. If so, keep it to the readers it "
        "names "
        "and move it; if not, take the note out.",
    ),
    judge=judge,
    found=(
        Example("关于做好有关工作的通知\n（此件发至县团级）", task=Task.SCAN, highest=""),
        Example(
            "关于做好有关工作的通知\n（此件发至省军级）", task=Task.SCAN, highest="", kind="public"
        ),
        Example("关于做好有关工作的通知\n此件传达至地师级", task=Task.SCAN, highest=""),
    ),
    clean=(
        Example("关于做好有关工作的通知\n（此件发至县团级）"),
        Example("关于做好有关工作的通知\n（此件发至县团级）", task=Task.SCAN, highest="jimi"),
        Example(
            "关于做好有关工作的通知\n请将会议精神传达至每一位同志。", task=Task.SCAN, highest=""
        ),
        Example("关于做好有关工作的通知\n此件已阅，转办公室办理。", task=Task.SCAN, highest=""),
    ),
)
