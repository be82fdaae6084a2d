"""Every common fault on every base draft: what one base hides another shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafts.bases import BASES
from drafts.matrix import EVERY, Case, bad, good
from drafts.paper import Draft

# Sign as it must not be; {word} is the level, {n} and {cn} the years of the base draft.
SIGNS = (
    ("MS102", "{word}★", ""),
    ("MS102", "{word}", ""),
    ("MS103", "{word}{n}年", ""),
    ("MS104", "{word}☆{n}年", ""),
    ("MS104", "{word}*{n}年", ""),
    ("MS104", "{word}·{n}年", ""),
    ("MS105", "★{word}{n}年", ""),
    ("MS105", "{n}年★{word}", ""),
    ("MS107", "{word}★{cn}年", ""),
    ("MS108", "{word}★{n}", ""),
    ("MS108", "{word}★6月", ""),
    ("MS108", "{word}★18个月", ""),
    ("MS109", "{word}★{over}年", ""),
    ("MS110", "{word}★长期", ""),
    ("MS111", "{word}★2029-12-31", ""),
    ("MS111", "{word}★2029.12.31", ""),
    ("MS111", "{word}★2029年", ""),
    ("MS112", "{word}★2029年2月30日", ""),
    ("MS113", "{word}★适时解密", ""),
    ("MS114", "{word}★XX年", ""),
    ("MS115", "{word} ★ {n}年", ""),
    ("MS116", "【{word}★{n}年】", ""),
    ("MS116", "密级：{word}★{n}年", ""),
    ("MS116", "{word}级★{n}年", ""),
)
RIGHT = ("{word}★{n}年", "{word}★6个月", "{word}★2029年12月31日", "{word}★任务完成前")
TRAPS = (
    "本件的标注方法见有关规定，例如“机密★10年”。",
    "绝密级、机密级文件应当由专人保管，不得与一般文件混放。",
    "有关主机密钥和计算机密码由技术部门统一更换。",
    "涉及商业秘密、工作秘密的材料，按有关规定处理。",
    "各单位要做好主动公开工作，依申请公开的事项应当按期答复。",
    "附件1、附件2由各单位自行下载，内部资料请妥善保管。",
    "请参照临政办发[2020]第08号文件执行。",
    "第三季度完成10年期国债兑付，★号项目优先安排。",
)
LIMITS = {"绝密": 30, "机密": 20, "秘密": 10}
YEARS = {"绝密": (20, "二十"), "机密": (10, "十"), "秘密": (5, "五")}
SECRET = [name for name, draft in BASES.items() if draft.marking and name != "汇编"]
OPEN = [name for name in BASES if name not in SECRET and name != "汇编"]


def bare(name: str) -> Draft:
    """The base without what repeats its level elsewhere: cover and marked attachments."""
    draft = BASES[name]
    lists = tuple(replace(attachment, marking="") for attachment in draft.attachments)
    return replace(draft, cover=None, attachments=lists)


def cases() -> list[Case]:
    """All faults on all bases, and all traps in all bases."""
    return [*_signs(), *_elements(), *_clean()]


def _filled(template: str, word: str) -> str:
    n, chinese = YEARS[word]
    return template.format(word=word, n=n, cn=chinese, over=LIMITS[word] + 1)


def _signs() -> Iterator[Case]:
    for base in SECRET:
        word = BASES[base].marking[:2]
        for rule, template, also in SIGNS:
            text = _filled(template, word)
            thing = replace(bare(base), marking=text)
            yield bad(rule, thing, f"交叉-{base}-{text}", also=also, maybe="MS119")
        if word != "秘密":
            old = {"机密": "機密", "绝密": "絕密"}[word] + _filled("★{n}年", word)
            yield bad("MS121", replace(bare(base), marking=old), f"交叉-{base}")


def _elements() -> Iterator[Case]:
    for base in SECRET:
        draft = bare(base)
        yield _cross("MS203", base, replace(draft, copy_number=""))
        yield _cross("MS204", base, replace(draft, copy_number="0012"))
        yield _cross("MS215", base, replace(draft, print_run=""))
        yield _cross("MS217", base, replace(draft, note="（此件公开发布）"), maybe="MS214")
        yield _cross("MS122", base, replace(draft, under_title=("内部资料　注意保存",)))
        yield _cross("MS118", base, replace(draft, under_title=("秘密★2年",)), maybe="MS201")
        if draft.kind in ("document", "letter", "telegram"):
            square = draft.number.replace("〔", "[").replace("〕", "]")
            yield _cross("MS224", base, replace(draft, number=square))
        if draft.kind in ("document", "order") and draft.urgency:
            yield _cross("MS223", base, replace(draft, urgency="特提"))
        if draft.marking.endswith(("年", "个月")):
            yield _cross("MS220", base, replace(draft, date="", printed=("", "")))
        if draft.marking[:2] != "绝密":
            yield _cross("MS120", base, replace(draft, portions=("（绝密）本段由专人掌握。",)))
        silent = replace(draft, addressee="", note="", copies_to="")
        yield _cross("MS214", base, silent)


def _cross(rule: str, base: str, draft: Draft, maybe: str = "", kinds: str = EVERY) -> Case:
    return bad(rule, draft, f"交叉-{base}", maybe=maybe, kinds=kinds)


def _clean() -> Iterator[Case]:
    for base in SECRET:
        word = BASES[base].marking[:2]
        for template in RIGHT:
            text = _filled(template, word)
            yield good("BASE", replace(bare(base), marking=text), f"交叉-{base}-{text}")
    for base in BASES:
        draft = BASES[base]
        if draft.members:
            continue
        for number, trap in enumerate(TRAPS):
            text = (*draft.paragraphs[:-1], trap, draft.paragraphs[-1])
            yield good("BASE", replace(draft, paragraphs=text), f"陷阱{number}-{base}")
