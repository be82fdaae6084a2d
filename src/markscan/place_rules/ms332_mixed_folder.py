"""MS332 for folders: top-secret files lie in one folder with files of other levels.

Of archives the rule of the same code for files speaks.
"""

from __future__ import annotations

from markscan.finding import Severity
from markscan.place_rules.rule import PlaceRule
from markscan.wording import Text

RULE = PlaceRule(
    code="MS332",
    name=Text("绝密件混存", "Top-secret stored with other documents"),
    trigger=Text(
        "一个文件夹里（不含下级文件夹）既有标绝密的文件，又有标机密、秘密的文件；每个文件夹一条，"
        "没有变化而未重新检查的文件同样计入",
        "one folder, without those below it, holds files marked 绝密 and files marked lower; one "
        "for each folder, in which unchanged files count that were not examined again",
    ),
    severity=Severity.HIGH,
    basis=Text(
        "《保守国家秘密法》第26条；《党政机关公文处理工作条例》第30条（绝密级公文应当由专人管理）",
        "Secrets law art. 26; official documents regulation art. 30 (top-secret documents are in "
        "the charge of one person)",
    ),
    message=Text(
        "文件夹里有绝密级文件 {top} 件，与其他密级文件 {others} 件混在一起",
        "the folder holds {top} top-secret file(s) together with {others} of other levels",
    ),
    fix=Text(
        "请将绝密级文件移到单独的位置，由专人管理；移动前登记，不得复制。",
        "Move the top-secret files to a place of their own, in the charge of one person; register "
        "that first, and make no copies.",
    ),
)
