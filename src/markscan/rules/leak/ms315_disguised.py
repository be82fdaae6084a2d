"""MS315 disguised: a file under a false suffix, or a marked one in an archive in an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markscan.finding import MarkingEvidence, Outcome, Severity, Verdict
from markscan.rules.leak.disguised_file import disguise, is_archive
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_MARKED = Text(
    "后缀名表示{claim}，实际是{truth}，内有标为“{mark}”的内容",
    "by its suffix it is {claim}, in fact {truth}, with content marked “{mark}”",
)
_NESTED = Text(
    "压缩包内的压缩包中有标为“{mark}”的文件，所在位置不得存放",
    "an archive inside this archive holds a file marked “{mark}”, which may not lie here",
)


def judge(case: Case) -> Iterator[Hit]:
    """Compare suffix and bytes; then look two archives deep for what may not lie here."""
    found = disguise(case.document.name, case.document.format)
    if found is not None:
        values: dict[str, object] = {"claim": found.claim, "truth": found.truth}
        marked = next(iter([*case.state, *_marked(case.members)]), None)
        if marked is None:
            yield Hit((), values)
        else:
            values["mark"] = shown(case, marked.marking)
            above = _barred(case, marked)
            verdict = Verdict.ABOVE_CEILING if above else Verdict.MARKING_FAULTY
            yield Hit((), values, severity=Severity.HIGH, message=_MARKED, verdict=verdict)
    elif is_archive(case.document.format):
        yield from _nested(case)


def _nested(case: Case) -> Iterator[Hit]:
    """Look at the files of archives right inside this one; those deeper are told one further in."""
    inner = (member for member in case.members if is_archive(member.format))
    deep = (file for member in inner for file in member.members if not is_archive(file.format))
    for seen in (each for file in deep for each in file.markings if _counts(each)):
        if _barred(case, seen):
            values: dict[str, object] = {"mark": shown(case, seen.marking)}
            # The file itself is told at its worth.
            yield Hit((), values, message=_NESTED, verdict=Verdict.ABOVE_CEILING)
            return


def _barred(case: Case, seen: MarkingEvidence) -> bool:
    """Whether what bears this marking may not lie here."""
    level = case.levels.find("cn-state", seen.marking.level or "")
    return case.location is not None and level is not None and not case.location.allows(level)


def _marked(members: Iterable[Outcome]) -> Iterator[MarkingEvidence]:
    for member in members:
        for each in member.flat():
            yield from (seen for seen in each.markings if _counts(seen))


def _counts(seen: MarkingEvidence) -> bool:
    return seen.effective and seen.marking.scheme == "cn-state" and seen.marking.level is not None


_REPORT = Example("机密★10年\n关于有关情况的报告", task=Task.SCAN)

RULE = Rule(
    code="MS315",
    name=Text("伪装扩展名、嵌套压缩", "Disguised or nested container"),
    trigger=Text(
        "后缀名表示图片、音视频、字体、程序或者纯文本，内容却是文档、邮件或者压缩包，或者后缀名表示文档，"
        "内容却是压缩包：有标密内容的为高，没有的为低；压缩包内的压缩包中有不得存放于此的标密文件，为低"
        "（该文件本身另报）",
        "the suffix says picture, sound, film, font, program or plain text and the bytes are a "
        "document, mail or archive, or it says document and they are an archive: high with marked "
        "content, else low; low too where an archive in an archive holds a marked file that may "
        "not lie here (the file itself is told apart)",
    ),
    severity=Severity.LOW,
    verdict=Verdict.TO_VERIFY,
    basis=Text(
        "《保守国家秘密法》第31条；《保守国家秘密法实施条例》第34条（及时发现并处置安全保密风险隐患）",
        "Secrets law art. 31; its regulation art. 34 (find and handle risks)",
    ),
    message=Text(
        "后缀名表示{claim}，实际是{truth}",
        "by its suffix it is {claim}, in fact {truth}",
    ),
    fix=Text(
        "请改回真实的后缀名、解开压缩包后复查，核实为何改名或者套压；涉密的按规定存放并报告保密工作机构。",
        "Restore the true suffix or unpack it and check again; find out why it was renamed or "
        "packed so. If it is classified, report it and keep it where it belongs.",
    ),
    judge=judge,
    found=(
        Example("关于召开会议的通知", name="风景.jpg", format="docx"),
        Example("机密★10年\n关于召开会议的通知", name="说明.txt", format="pdf", task=Task.SCAN),
        Example("", name="字体.ttf", format="rar"),
        Example("", name="总结.pdf", format="7z"),
        Example(
            name="甲.zip",
            format="zip",
            members=(Example(name="乙.zip", format="zip", members=(_REPORT,)),),
            task=Task.SCAN,
            highest="",
        ),
    ),
    clean=(
        Example("关于召开会议的通知", name="通知.docx", format="docx"),
        Example("关于召开会议的通知", name="通知.doc", format="rtf"),
        Example("关于召开会议的通知", name="通知.docx", format="zip"),
        Example("关于召开会议的通知", name="通知.dat", format="docx"),
        Example("关于召开会议的通知", name="通知.jpg", format="html"),
        Example("关于召开会议的通知", name="通知", format="pdf"),
        Example(name="甲.zip", format="zip", members=(_REPORT,), task=Task.SCAN, highest=""),
        Example(
            name="甲.zip",
            format="zip",
            members=(Example(name="乙.zip", format="zip", members=(_REPORT,)),),
            task=Task.SCAN,
            highest="jimi",
        ),
    ),
)
