"""MS317 file-name: a file's name tells level and title or number of a registered document."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import CitationEvidence, ExcerptEvidence, Input, Severity, Verdict
from markscan.match.excerpts import Reuse
from markscan.rules.excerpt.citing import first_ids
from markscan.rules.excerpt.example_document import NUMBER, ORIGINAL, REGISTER
from markscan.rules.excerpt.reuse_kinds import in_force
from markscan.rules.leak.location_words import bars_state_secrets, kind_of_place
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look for a level beside title or number of a registered document in the file name."""
    if case.location is None or not bars_state_secrets(case.location):
        return
    levels = [seen for seen in case.state if seen.place.area is Area.FILENAME]
    named = [
        (reuse, seen)
        for reuse in case.reuse
        if in_force(case, reuse) and (seen := _in_name(reuse)) is not None
    ]
    if levels and named:
        values: dict[str, object] = {
            "entries": first_ids([reuse for reuse, _ in named]),
            "place": kind_of_place(case.location),
        }
        yield Hit((levels[0], *(seen for _, seen in named)), values)


def _in_name(reuse: Reuse) -> CitationEvidence | ExcerptEvidence | None:
    """Return what of the entry stands in the name: its number, its title, or most of that."""
    cited = (seen for seen in reuse.citations if seen.place.area is Area.FILENAME)
    title = reuse.entry.title_span
    passages = (
        seen
        for seen in reuse.passages
        if seen.place.area is Area.FILENAME
        and title.start <= seen.source.start
        and seen.source.end <= title.end
    )
    return next(cited, None) or next(passages, None)


RULE = Rule(
    code="MS317",
    name=Text("文件名泄露", "File name itself leaks"),
    trigger=Text(
        "文件名里有密级，又有台账登记密件的标题或者发文字号，存放在公开、未列入策略或者不得存放国家秘密的位置",
        "the file name bears a level and title or number of a registered document, where no state "
        "secrets may lie",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《保守国家秘密法》第31条；九三学社中央机关保密工作规定第11条（标题、发文字号属于文件内容）",
        "Secrets law art. 31; Jiusan Society secrecy rules art. 11 (title and number are content)",
    ),
    message=Text(
        "文件名写有密级和台账登记密件（{entries}）的标题或者文号，存放在{place}",
        "the file name tells the level and the title or number of a registered document "
        "({entries}), in {place}",
    ),
    fix=Text(
        "请先核对文件内容：涉密的，停止使用并报告保密工作机构；不涉密的，更改文件名。"
        "同时清理快捷方式和最近使用记录。",
        "Check the content first: if it is classified, stop using the file and report it; if not, "
        "rename it. Clear shortcuts and lists of recent files as well.",
    ),
    judge=judge,
    found=(
        Example(
            "工作台账", name=f"【机密】{NUMBER}.txt", task=Task.SCAN, highest="", register=REGISTER
        ),
        Example(
            "工作台账",
            name="秘密 某水发[2024]7号.txt",
            task=Task.SCAN,
            kind="public",
            highest="",
            register=REGISTER,
        ),
        Example(
            "工作台账",
            name="（机密）某水发2024-7号.txt",
            task=Task.SCAN,
            highest="",
            register=REGISTER,
        ),
        Example("", name=f"{NUMBER}（机密）.txt", task=Task.SCAN, highest="", register=REGISTER),
    ),
    clean=(
        Example(
            "工作台账",
            name="（机密）某水发2024-7-1.txt",
            task=Task.SCAN,
            highest="",
            register=REGISTER,
        ),
        Example("工作台账", name=f"{NUMBER}.txt", task=Task.SCAN, highest="", register=REGISTER),
        Example(
            "工作台账", name="【机密】会议通知.txt", task=Task.SCAN, highest="", register=REGISTER
        ),
        Example(
            ORIGINAL,
            name=f"【机密】{NUMBER}.txt",
            task=Task.SCAN,
            highest="jimi",
            register=REGISTER,
        ),
        Example("工作台账", name=f"【机密】{NUMBER}.txt", task=Task.SCAN, register=REGISTER),
    ),
    needs=(Input.REGISTER,),
)
