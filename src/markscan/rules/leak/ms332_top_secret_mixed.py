"""MS332 top-secret-mixed: an archive holds top-secret documents together with others."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Outcome, Severity, Verdict
from markscan.rules.beside import marks
from markscan.rules.leak.disguised_file import is_archive
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Count the files right inside an archive by level; of folders place_rules has the rule."""
    if not is_archive(case.document.format) or len(case.members) < 2:
        return
    levels = [level for each in case.members if (level := _level(case, each)) is not None]
    top = sum(level == "juemi" for level in levels)
    if top and top < len(levels):
        yield Hit((), {"top": top, "others": len(levels) - top})


def _level(case: Case, file: Outcome) -> str | None:
    """The code of the highest level that a reader of the file sees; None where it is unmarked."""
    found = [case.levels.find("cn-state", seen.marking.level or "") for seen in marks(file)]
    known = [level for level in found if level is not None]
    return max(known, key=lambda level: level.rank).code if known else None


_TOP, _OTHER_TOP = Example("绝密★30年\n关于甲事的报告"), Example("绝密★20年\n关于乙事的报告")
_HIGH, _LOW = Example("机密★10年\n关于丙事的报告"), Example("秘密★5年\n关于丁事的报告")
_PLAIN = Example("会议日程")

RULE = Rule(
    code="MS332",
    name=Text("绝密件混存", "Top-secret stored with other documents"),
    trigger=Text(
        "一个压缩包里既有标绝密的文件，又有标机密、秘密的文件。文件夹内的混存由 scan 在检查结束时"
        "报告，每个文件夹一条",
        "one archive holds files marked 绝密 and files marked lower. Of folders scan tells at its "
        "end, once for each",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《保守国家秘密法》第26条；《党政机关公文处理工作条例》第30条（绝密级公文应当由专人管理）",
        "Secrets law art. 26; official documents regulation art. 30 (top-secret documents are in "
        "the charge of one person)",
    ),
    message=Text(
        "压缩包里有绝密级文件 {top} 件，与其他密级文件 {others} 件混在一起",
        "an archive holds {top} top-secret file(s) together with {others} of other levels",
    ),
    fix=Text(
        "请将绝密级文件取出，单独存放、专人管理；查明何人打包、有无外传。",
        "Take the top-secret files out and keep them apart, in the charge of one person; find out "
        "who packed them and whether they were sent.",
    ),
    judge=judge,
    found=(
        Example(name="会议材料.zip", format="zip", members=(_TOP, _HIGH)),
        Example(
            name="会议材料.7z",
            format="7z",
            members=(_TOP, _LOW, _PLAIN),
        ),
        Example(name="会议材料.rar", format="rar", members=(_LOW, _OTHER_TOP)),
    ),
    clean=(
        Example(name="会议材料.zip", format="zip", members=(_TOP, _OTHER_TOP)),
        Example(name="会议材料.zip", format="zip", members=(_TOP, _PLAIN)),
        Example(name="会议材料.zip", format="zip", members=(_HIGH, _LOW)),
        Example(name="来件.eml", format="eml", members=(_TOP, _HIGH)),
    ),
)
