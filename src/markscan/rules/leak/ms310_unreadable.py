"""MS310 unreadable: the file is encrypted, damaged or of a format that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

# The gravest first: an encrypted file may hide what a damaged one has lost.
_KINDS = {
    "encrypted": (Severity.MEDIUM, Text("已加密", "encrypted")),
    "damaged": (Severity.LOW, Text("已损坏", "damaged")),
    "unsupported": (Severity.LOW, Text("格式无法解析", "of a format that cannot be read")),
}


def judge(case: Case) -> Iterator[Hit]:
    """Report the file once, for the gravest of its reasons."""
    codes = {problem.code for problem in case.own_problems}
    for code, (severity, kind) in _KINDS.items():
        if code in codes:
            yield Hit((), {"kind": kind}, severity=severity)
            return


RULE = Rule(
    code="MS310",
    name=Text("加密或无法读取的文件", "Encrypted, damaged or unsupported file"),
    trigger=Text(
        "文件设有密码、已损坏或者格式无法解析，内容没有检查",
        "the file has a password, is damaged or of an unknown format: its content was not examined",
    ),
    severity=Severity.MEDIUM,
    verdict=None,
    basis=Text(
        "《保守国家秘密法实施条例》第34条（及时发现并处置安全保密风险隐患）；《密码法》第7条、第8条",
        "Regulation under the secrets law art. 34 (find and handle risks); cryptography law "
        "arts. 7 "
        "and 8",
    ),
    message=Text(
        "文件{kind}，内容未检查，不能视为无问题",
        "the file is {kind}: its content was not examined and must not count as clean",
    ),
    fix=Text(
        "请由保管人解密、修复或者另存为可读格式后复查；加密不改变密级，涉密文件仍须存放在规定位置。",
        "Let its keeper decrypt, repair or convert it and check it again. Encryption does not "
        "change "
        "where a classified file may lie.",
    ),
    judge=judge,
    found=(
        Example(name="会议纪要.docx", problem="encrypted"),
        Example(name="会议纪要.docx", problem="damaged", task=Task.SCAN, highest=""),
        Example(name="会议纪要.xyz", problem="unsupported"),
    ),
    clean=(
        Example("关于召开会议的通知"),
        Example("加密文件管理办法\n文件损坏的，应当修复。"),
        Example("关于召开会议的通知", problem="limit"),
    ),
)
