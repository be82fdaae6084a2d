"""Whether a file is meant for more readers than a registered document admits (知悉范围)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from markscan.rules.derivation import plain_name

# Kinds of readers, from the widest: what is sent to the former is wider than the latter.
_RANKS = (
    ("社会", "公众", "群众", "全体", "所有", "全员", "公开"),
    ("党员", "基层", "乡镇", "乡科级", "科级", "营级", "村"),
    ("县团级", "县处级", "处级", "县级", "团级"),
    ("地师级", "厅局级", "司局级", "地厅级", "市厅级", "师级"),
    ("省军级", "省部级", "军级"),
)
_ANYBODY = re.compile(r"全体|所有|社会|公众|群众|全员|公开|^各(?!.*有关)|^本(?:单位|系统)各")
_KIND_OF_PEOPLE = re.compile(
    r"(?:级|以上|人员|成员|干部|领导|同志|党员|代表|专家|负责人|班子|机要|有关.*)$|^各|^有关|^相关"
)
# Kinds of people, and many offices in one word (市直各部门): which ones nobody can tell.
_MANY = re.compile(rf"{_KIND_OF_PEOPLE.pattern}|各|所属|直属|下属|系统|成员单位")
_AREAS = re.compile(r"各[县市区旗州盟]{1,4}")
_VAGUE = re.compile(r"有关|相关|如下|以下|下列|现将|^(?:同志|先生|女士|领导)|[们位]$")
_ORGAN = re.compile(
    r"(?:单位|部门|机关|政府|委员会|党[委组校]|[委办局厅部院署处科室会组站所队]|公司|中心|集团|学校|大学|医院"
    r"|支部|企业|街道|乡镇|[省市县区州])$"
)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_LABEL = re.compile(r"^(?:主\s*送|抄\s*送|抄\s*报|分\s*送|抄\s*致|发\s*送)(?:机关)?\s*[:：]")
_BETWEEN = re.compile(r"[、，,；;：:。\s]+")


class Reach(Enum):
    """How a reader stands to a scope."""

    WITHIN = "within"
    WIDER = "wider"
    UNKNOWN = "unknown"  # a person would have to know the office


def reach(reader: str, scope: Iterable[str]) -> Reach:
    """Return whether `reader`, an office or a kind of people, is within `scope`.

    A part of a named office is within it, and its short name is not told to be outside. Where
    the scope names kinds of people (县处级以上干部) nobody can tell of an office whether it is
    meant, only of wider kinds.
    """
    name, admitted = _plain(reader), [_plain(each) for each in scope]
    if any(each in name or name in each for each in admitted if each):
        return Reach.WITHIN
    rank, ranks = _rank(name), [r for each in admitted if (r := _rank(each)) is not None]
    if rank is not None and ranks:
        return Reach.WIDER if rank < min(ranks) else Reach.WITHIN
    if _ANYBODY.search(name) or rank is not None:
        return Reach.WIDER
    if _VAGUE.search(name) or any(_MANY.search(each) for each in admitted):
        return Reach.UNKNOWN
    return Reach.WIDER


def _plain(name: str) -> str:
    """A name without what is only a way of writing it: 各县（市、区）人民政府, 各区县政府."""
    bare = _BRACKETS.sub("", plain_name(name)).replace("人民政府", "政府")
    return _AREAS.sub("各县", bare)


def _rank(name: str) -> int | None:
    """The place of a kind of people in the order of ranks, 0 for everybody; None for others."""
    for rank, words in enumerate(_RANKS):
        if any(word in name for word in words):
            return rank
    return None


def addressed(text: str) -> list[str]:
    """Return the offices and kinds of people that a line of addressees names, in order."""
    bare = _BRACKETS.sub("", _LABEL.sub("", text.strip()))
    return [each for each in _BETWEEN.split(bare) if _named(each)]


def _named(name: str) -> bool:
    told = _ORGAN.search(name) is not None or _rank(name) is not None
    return told and _VAGUE.search(name) is None
