"""MS331 label-below: a location once held a secret above what it admits.

A medium that has held secrets is managed by the highest of them, also when they are deleted: what
was written can be brought back. So the mark stays at high water, until the location is listed
with that level, or a person records that the medium was destroyed or never held one.
"""

from __future__ import annotations

from datetime import date

from markscan.finding import Severity
from markscan.lexicon import read_levels
from markscan.place_rules.rule import PlaceRule, Told
from markscan.wording import Text

_NOTHING = Text("不得存放国家秘密", "admits no state secrets")
_AT_MOST = Text("最高只能存放“{level}”", "admits at most “{level}”")


def words(told: Told) -> dict[str, object]:
    """Return the words for `level` and `ceiling` (ranks, 0 for none) and the ISO `day`."""
    names = {level.rank: level.zh for level in read_levels() if level.scheme == "cn-state"}
    ceiling, found = int(told["ceiling"]), date.fromisoformat(str(told["day"]))
    return {
        "level": names.get(int(told["level"]), "?"),
        "allowed": _AT_MOST.fill(level=names.get(ceiling, "?")) if ceiling else _NOTHING,
        "day": Text(f"{found.year}年{found.month}月{found.day}日", found.isoformat()),
    }


RULE = PlaceRule(
    code="MS331",
    name=Text("介质密级低于内容最高密级", "Medium label below its highest content"),
    trigger=Text(
        "策略列明的位置中，历次检查所见的最高密级（含已删除、移走、改动的文件）高于该位置允许的最高密级，"
        "不得存放国家秘密的位置同样；只计正文所见、在保密期限内的标志，经排除的不计；每个位置一条，"
        "文件清除后仍保留",
        "in a location that the policy lists, the highest level that any scan has seen (files that "
        "were deleted, moved or changed since included) is above what it admits, or it admits "
        "none; markings in the text and in force count, dismissed ones do not; one for each "
        "location, which stays when the files are gone",
    ),
    severity=Severity.HIGH,
    basis=Text(
        "《保守国家秘密法》第22条、第31条；《保守国家秘密法实施条例》第32条（按存储、处理信息的最高密级）；"
        "本单位保密工作制度（存储过涉密文件的介质按涉密文件管理）",
        "Secrets law arts. 22 and 31; its regulation art. 32 (by the highest level that is "
        "stored); the office's rules (media that have held classified files are managed as those)",
    ),
    message=Text(
        "该位置{allowed}，{day}曾检出标“{level}”的文件；介质应按存储过的最高密级管理",
        "it {allowed}, and on {day} a file marked “{level}” was seen in it; media are managed by "
        "the highest level that they have held",
    ),
    fix=Text(
        "请按“{level}”级重新标识、登记和管理该介质，并在策略中相应提高 highest；已按规定销毁、"
        "更换介质或者核实不是密件的，用 markscan verdict dismiss 记明。",
        "Label, register and manage the medium as “{level}”, and raise “highest” in the policy. If "
        "it was destroyed or replaced as the rules say, or never held a secret, record that with "
        "markscan verdict dismiss.",
    ),
    words=words,
)
