"""Writes the catalogue of rules in Markdown: RULES.md, and the page of one rule."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area, Layout
from markscan.errors import UsageError
from markscan.place_rules import PLACE_RULES, PlaceRule
from markscan.register import Entry
from markscan.rules import RETIRED, RULES, Example, Rule, Task
from markscan.termlist import Term
from markscan.wording import INTERFACE, Language, Text

_FAMILIES = {
    "MS1": Text("密级标志的写法", "How the marking is written"),
    "MS2": Text("版式、要素和各处标志是否一致", "Layout, elements, and whether places agree"),
    "MS3": Text("存放位置与泄露", "Where files lie, and leaks"),
    "MS4": Text("摘录、汇编与复制", "Excerpts, compilations, copies"),
    "MS5": Text("保密期限", "Periods"),
    "MS9": Text("文本提示", "Notes on the text"),
}
_SET = Text(
    "标志所在第{row}行距页面左边 {left} mm，{font} {size} 磅",
    "the marking on line {row}, {left} mm from the left edge of the page, in {font} {size} pt",
)
_RULED = Text("，红色双线距页面上边 {top} mm", ", a red double line {top} mm from the top")
_POINTS = 72 / 25.4
_HEAD = {
    "title": Text("# 规则目录", "# Rules"),
    "intro": Text(
        "本文件由 `markscan rules` 的内容生成，请勿手工修改。"
        "规则编号固定，不会重复使用；花括号中的内容由程序填写。",
        "Written by the program from what `markscan rules` prints; do not edit. "
        "Codes are never used again. The program fills what stands in braces.",
    ),
    "law": Text(
        "“依据”中标注（2014）的条款出自《国家秘密定密管理暂行规定》。该规定自2025年5月1日起由"
        "《国家秘密定密管理规定》代替，条款序号以新规定正式文本为准。",
        "Articles with (2014) are those of the provisional classification rules, which the rules "
        "of "
        "2025 replaced on 2025-05-01; check article numbers against their official text.",
    ),
    "clock": Text(
        "MS513（泄密报告计时）和 MS514（定期检查任务）不是对文件的规则：确认泄密后 24 小时内报告、"
        "节日前夕和每月、每季度检查，由 `markscan status` 和 `markscan verdict` 提示。"
        "MS331、MS336 和对文件夹的 MS332 判断整个位置，由 `scan` 在检查结束时提出，每个位置一条。",
        "MS513 (the 24-hour clock of a leak) and MS514 (scheduled inspection) judge no file: "
        "`markscan status` and `markscan verdict` tell of them. MS331, MS336 and, for folders, "
        "MS332 judge a place as a whole: `scan` tells of them at its end, once for each place.",
    ),
    "columns": Text(
        "| 编号 | 名称 | 英文名 | 严重程度 |", "| code | name | Chinese name | severity |"
    ),
}
_LABELS = {
    "severity": Text("严重程度", "Severity"),
    "trigger": Text("触发条件", "Looks for"),
    "message": Text("提示", "Says"),
    "fix": Text("改法", "Fix"),
    "basis": Text("依据", "Basis"),
    "found": Text("会报的例子", "Reported"),
    "clean": Text("不报的例子", "Not reported"),
}
_KINDS = {
    "": Text("未列入策略的位置", "an unlisted place"),
    "public": Text("公开位置", "a public place"),
    "internal": Text("内部位置", "an internal place"),
    "personal": Text("个人文件夹", "a personal folder"),
    "removable": Text("移动介质", "a removable medium"),
    "mail": Text("邮箱", "a mail store"),
    "sync": Text("同步盘", "a synchronised folder"),
}
_LEVELS = {"mimi": "秘密", "jimi": "机密", "juemi": "绝密"}


def catalogue(language: Language) -> str:
    """Return the pages of all rules as one Markdown text, with a table in front."""
    return "\n".join(_lines(language))


def listed_rules() -> list[Rule | PlaceRule]:
    """Return all rules that have a page, by code: one that judges files and places has one."""
    known = {rule.code for rule in RULES}
    of_places = [rule for rule in PLACE_RULES.values() if rule.code not in known]
    return sorted([*RULES, *of_places], key=lambda rule: rule.code)


def rule_page(code: str, language: Language) -> str:
    """Return the page of the rule called `code`, in capitals or not.

    Raises:
        UsageError: there is no such rule; names the successor of a retired one.
    """
    wanted = code.strip().upper()
    for rule in listed_rules():
        if rule.code == wanted:
            return "\n".join(_page(rule, language))
    if wanted in RETIRED:
        new = RETIRED[wanted]
        raise UsageError(Text(f"规则 {wanted} 已由 {new} 代替", f"{wanted} was replaced by {new}"))
    raise UsageError(INTERFACE["usage.no-rule"].fill(code=code))


def _lines(language: Language) -> Iterator[str]:
    yield from (_HEAD["title"].of(language), "")
    yield from (_HEAD["intro"].of(language), _HEAD["law"].of(language))
    yield from (_HEAD["clock"].of(language), "")
    yield from (_HEAD["columns"].of(language), "|---|---|---|---|")
    other: Language = "en" if language == "zh" else "zh"
    for rule in listed_rules():
        name, foreign = rule.name.of(language), rule.name.of(other)
        severity = _severity(rule).of(language)
        yield f"| [{rule.code}](#{rule.code.lower()}) | {name} | {foreign} | {severity} |"
    family = ""
    for rule in listed_rules():
        if rule.code[:3] != family:
            family = rule.code[:3]
            yield from ("", f"## {_FAMILIES[family].of(language)}")
        yield ""
        yield from _page(rule, language)


def _page(rule: Rule | PlaceRule, language: Language) -> Iterator[str]:
    other: Language = "en" if language == "zh" else "zh"
    yield from (f"### {rule.code}", "")
    yield from (f"**{rule.name.of(language)}** ({rule.name.of(other)})", "")
    facts = {
        "severity": _severity(rule),
        "trigger": rule.trigger,
        "message": rule.message,
        "fix": rule.fix,
        "basis": rule.basis,
    }
    colon = "：" if language == "zh" else ": "
    for key, text in facts.items():
        yield f"- {_LABELS[key].of(language)}{colon}{text.of(language)}"
    if isinstance(rule, PlaceRule):
        return
    for key, examples in (("found", rule.found), ("clean", rule.clean)):
        yield f"- {_LABELS[key].of(language)}{colon}"
        yield from (f"  - {_example(example, language)}" for example in examples)


def _severity(rule: Rule | PlaceRule) -> Text:
    return INTERFACE[f"severity.{rule.severity.code}"]


def _example(example: Example, language: Language) -> str:
    """One line: the text with ⏎ for line ends, then what else the file has."""
    notes = [_code(example.text.replace("\n", " ⏎ "))] if example.text else []
    if example.name != "通知.txt":
        notes.append(INTERFACE["place.filename"].of(language) + " " + _code(example.name))
    for area, label, text in example.parts:
        where = INTERFACE[f"place.{area.value}"].of(language)
        name = f"“{label}”" if area is Area.PROPERTY else ""
        notes.append(f"{where}{name} {_code(text)}")
    if example.layout is not None:
        notes.append(_setting(example.layout).of(language))
    notes += [_listed(term).of(language) for term in example.terms]
    notes += [_registered(entry).of(language) for entry, _ in example.register or ()]
    if example.problem:
        notes.append(INTERFACE[f"cause.{example.problem}"].of(language))
    if example.highest is not None:
        notes.append(_location(example).of(language))
    elif example.task is Task.SCAN:
        notes.append(
            Text("扫描，没有存放位置策略", "scanned without a location policy").of(language)
        )
    return ("；" if language == "zh" else "; ").join(notes)


def _listed(term: Term) -> Text:
    """What an own list of the office has for the example."""
    zh, en = f"词库有 {_code(term.text)}", f"a list has {_code(term.text)}"
    if term.before:
        zh, en = f"{zh}，前文 {_code(term.before)}", f"{en}, before it {_code(term.before)}"
    if term.weight != 1:
        zh, en = f"{zh}，权重 {term.weight:g}", f"{en}, weight {term.weight:g}"
    return Text(zh, en)


def _registered(entry: Entry) -> Text:
    """What the register says of a document for the example: id, level, last day, 密点."""
    zh, en = [_LEVELS[entry.level]], [_LEVELS[entry.level]]
    if entry.period is not None:
        zh.append(f"期限 {entry.period.code}")
        en.append(f"period {entry.period.code}")
    if entry.ends is not None:
        zh.append(f"到 {entry.ends}" + ("（推定）" if entry.assumed else ""))
        en.append(f"until {entry.ends}" + (" (assumed)" if entry.assumed else ""))
    if entry.declassified is not None:
        zh.append(f"{entry.declassified} 解密")
        en.append(f"declassified {entry.declassified}")
    if entry.copies is not None:
        zh.append(f"印制 {entry.copies} 份")
        en.append(f"{entry.copies} copies")
    for point in entry.points:
        span = f"{point.span.start + 1}–{point.span.end}"
        zh.append(f"密点 {span} {_LEVELS[point.level]}")
        en.append(f"密点 {span} {_LEVELS[point.level]}")
    return Text(f"台账 {entry.id}（{'，'.join(zh)}）", f"registered {entry.id} ({', '.join(en)})")


def _setting(layout: Layout) -> Text:
    """How the line of the marking is set, and whether a red double line runs above the text."""
    line = next((line for line in layout.lines if "密" in line.text), layout.lines[0])
    run, left = line.runs[0], f"{line.box.left / _POINTS:.0f}"
    rows = f"{layout.lines.index(line) + 1}"
    size = f"{run.size:g}" if run.size is not None else "?"
    font = Text(run.font or "字体不明", run.font or "font unknown")
    told = _SET.fill(row=rows, left=left, font=font, size=size)
    top = next((f"{each.box.top / _POINTS:.0f}" for each in layout.strokes), None)
    if top is None:
        return told
    line_at = _RULED.fill(top=top)
    return Text(told.zh + line_at.zh, told.en + line_at.en)


def _location(example: Example) -> Text:
    if example.highest:
        level = _LEVELS[example.highest]
        return Text(f"存放在最高允许“{level}”的位置", f"in a place that admits at most “{level}”")
    kind = _KINDS.get(example.kind, _KINDS[""])
    return Text(f"存放在{kind.zh}", f"in {kind.en}")


def _code(text: str) -> str:
    """Set `text` as code, invisible characters spelt out."""
    for character in ("\u3000", "\u200b"):
        text = text.replace(character, f"⟨U+{ord(character):04X}⟩")
    return f"`{text}`"
