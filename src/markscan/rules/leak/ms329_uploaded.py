"""MS329 uploaded: a marked file lies where a web server or portal keeps what was uploaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markscan.finding import Severity, Verdict
from markscan.path_kinds import first_of
from markscan.rules.leak.marked_place import gravest, lessened, not_placed
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look at the folder, then at the state markings of the file."""
    kind = first_of(case.path_kinds, "published")
    found = not_placed(case, "cn-state") if kind is not None else []
    if found:
        seen = gravest(case, found, Severity.CRITICAL)
        severity = max(lessened(each, Severity.CRITICAL) for each in found)
        yield Hit((seen,), {"mark": shown(case, seen.marking)}, severity=severity)


_UPLOADED = Example(
    "机密★10年\n关于召开会议的通知",
    name="D:/OA/webapps/oa/UploadFiles/2025/通知.txt",
    task=Task.SCAN,
)

RULE = Rule(
    code="MS329",
    name=Text("标密文件上传非密系统", "Marked file uploaded to an unclassified system"),
    trigger=Text(
        "网站、办公系统的发布目录或者上传目录（wwwroot、webapps、UploadFiles 等）中有标密文件；"
        "策略列明可以存放的不报",
        "a file with a state-secret marking lies in a folder that a web server or office system "
        "publishes or fills with uploads (wwwroot, webapps, UploadFiles); not where the policy "
        "lists the place and admits the level",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.ABOVE_CEILING,
    basis=Text(
        "《保守国家秘密法》第31条第3项、第57条第10项；《保守国家秘密法实施条例》第41条、第61条",
        "Secrets law arts. 31(3) and 57(10); its regulation arts. 41 and 61",
    ),
    message=Text(
        "标为“{mark}”的文件已上传到网站或者业务系统的目录，该系统未列为可以处理此密级",
        "a file marked “{mark}” was uploaded to a folder of a web site or office system that is "
        "not known to be allowed its level",
    ),
    fix=Text(
        "本系统为非涉密系统的：请立即断开访问、保护现场并报告保密工作机构，查访问和下载记录，"
        "文件走涉密渠道报送。为涉密系统的：请把该目录列入存放位置策略。",
        "If the system is unclassified: cut off access, leave everything as it is, report it, look "
        "through the logs of access, and send the file by a classified channel. If it is a "
        "classified one: list the folder in the location policy.",
    ),
    judge=judge,
    found=(
        _UPLOADED,
        replace(_UPLOADED, name="/var/www/html/files/通知.txt", highest=""),
        replace(_UPLOADED, text="绝密★30年\n关于召开会议的通知", highest="jimi"),
    ),
    clean=(
        replace(_UPLOADED, highest="jimi"),
        replace(_UPLOADED, name="D:/共享/上传说明.txt"),
        replace(_UPLOADED, text="关于上传文件的通知\n不得上传机密文件。"),
        replace(_UPLOADED, text="绝密★启用前\n2024年普通高等学校招生全国统一考试\n数学试题"),
    ),
)
