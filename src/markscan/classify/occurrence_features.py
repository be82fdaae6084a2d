"""Turns a level word and what stands around it into slots of a weight table.

What is seen are strings, hashed: the characters left and right of the word apart, near ones by
their distance and far ones as a heap; the form of its line; the lines before and behind it; what
kinds of words are near; and, where the reader of the format tells it, the place in the file.
Tokens hold characters and never leave this module. A version of these tokens is a version of
every model of this kind: `FEATURES` names it, and tests hold golden values.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from markscan.fold import fold

FEATURES = "occurrence1"
SLOTS = 1 << 15
REACH = 60  # characters to each side, the borders of lines and parts counted

PART = "\0"  # the border of a part, in text as it is looked at here
_NEAR, _ANCHORED = 20, 6
_MANY_DIGITS, _FEW_DIGITS = re.compile(r"\d{4,}"), re.compile(r"\d{1,3}(?!\d)")
_LETTERS = re.compile(r"[a-z]+")
_RUNS = re.compile(r"([^\w\n\0])\1+|(_)_+|([x×△])[x×△]+")
_LEVELS = re.compile("绝密|机密|秘密")
_STARS, _DOTS = "★", "☆*＊⭐✩✪☀●•·※/+✶"
_PERIOD = re.compile(
    r"[(（]?(?:保密期限[:：]?)?\s?(?:\d{1,2}\s?年|\d{1,3}\s?个?月|\d{1,3}\s?[天日]|长期"
    r"|[一二三五两]?十?[一二三四五六七八九]?年|\d{4}\s?年\d{1,2}月|\d{4}[-./]\d)"
)
_EVENT = re.compile(r"[^\n\0]{0,14}[前后](?![\w])")
_CLOSED_LINE = re.compile(r"[。！？；!?;]\s*$")
_LINE_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("copy", re.compile(r"^\s*(?:№|no\.?|编号|份号)?\s*[:：]?\s*\d{4,6}\s*(?:号|份)?\s*$")),
    ("urgent", re.compile(r"^\s*(?:特急|加急|特提|平急|平件|急件|紧急程度.{0,6})\s*$")),
    ("issuer", re.compile(r"^.{2,30}(?:文件|委员会|办公室|办公厅|人民政府|局|部|厅|院)\s*$")),
    ("number", re.compile(r"[〔\[(【]\s*\d{4}\s*[〕\])】]\s*第?\s*\d{1,4}\s*号")),
    ("title", re.compile(r"^\s*(?:关于|.{2,24}关于).{2,40}的?\w{1,4}\s*$")),
    ("genre", re.compile(r"^.{2,30}(?:通知|报告|请示|方案|纪要|预案|意见|汇报|简报|要情"
                         r"|总结|计划|讲话"
                         r"|通报|决定|批复|材料|说明|建议|名单|函)\s*$")),
    ("pupil", re.compile(r"姓名|考号|准考证|座位号|班级|学校|考场")),
    ("paper", re.compile(r"考试|试卷|试题|试题卷|答案|评分|测试|联考|模拟|竞赛|高考|中考")),
    ("article", re.compile(r"^\s*第[一二三四五六七八九十百零\d]+[条章节]")),
    ("item", re.compile(r"^\s*(?:\d{1,2}[.、)）]|[一二三四五六七八九十]+、"
                        r"|[(（][一二三四五六\d][)）]|[-•·])")),
    ("choice", re.compile(r"^\s*[a-d][.、．:：)）]")),
    ("blank", re.compile(r"_|…{2}|\.{4}|×|△|某某|xx")),
    ("label", re.compile(r"[^:：]{1,10}[:：]\s*$")),
    ("field", re.compile(r"^\s*[^:：\s]{1,8}[:：]\s?\S")),
    ("introduces", re.compile(r"(?:如|例如|示例|如下|样式|标注为|写作|写成|格式"
                              r"|形式)[^\n]{0,6}[:：]?\s*$")),
    ("question", re.compile(r"[?？]\s*$|[(（]\s*[)）][。.]?\s*$")),
    ("rule", re.compile(r"^[-=—*#\s]+$")),
    ("date", re.compile(r"^\s*\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{0,2}\s*日?\s*$")),
)  # fmt: skip
_NEARBY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("exam", re.compile(r"考试|试卷|试题|启用|开考|准考证|考生|满分|答题|注意事项|本卷|监考"
                        r"|命题|评分")),
    ("template", re.compile(r"[×△]|xx|_|□|填写|样式|示例|模板|删除|如有|请选择|下拉|选填"
                            r"|视情|如无|待定|此处|某某|示范")),
    ("law", re.compile(r"第[一二三四五六七八九十百零]+条|应当|不得|规定|依法|本办法|本条例|法律")),
    ("lesson", re.compile(r"选择题|判断|正确|答案|选项|课件|例如|标注|知识|培训|教材|什么"
                          r"|是指|分为|三级")),
    ("citation", re.compile(r"根据|依据|按照|参见|转发|收悉|印发的|》")),
    ("ledger", re.compile(r"清单|台账|销毁|清退|收回|登记|份数|序号|借阅|移交|目录|来文"
           r"|签收|文号|页数|载体")),
    ("news", re.compile(r"获刑|记者|间谍|被判|报道|案|泄露|泄漏|窃取|报讯|法院|曝光|披露|外媒")),
    ("tech", re.compile(r"加密|密钥|服务器|密码|系统|软件|用户|数据|a|代码|接口|算法|部署"
                        r"|配置|客户端")),
    ("story", re.compile(r"[他她我你]|道：|说道|笑|眼|心里|忽然|故事|小说|电影|游戏|玩家")),
    ("office", re.compile(r"同志|会议|工作|有关|研究|贯彻|各县|各部门|市委|省委|党组|印发"
                          r"|主送|抄送")),
    ("self", re.compile(r"本件|本文|本报告|本材料|此件|该件|本方案|本文件|此文|本纪要|全文"
                        r"|定为|确定为|以下内容|本段")),
    ("keep", re.compile(r"传阅|外传|复印|复制|阅后|摘抄|保管|转发|扩散|阅办|妥善|翻印")),
)  # fmt: skip
_TICKS, _BOXES = "☑√■✓✔☒●", "□○☐口"
_CLAUSE = re.compile("[。；！？!?;\n\0]")
_SAID: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("this", re.compile("本|此|该|以下|以上|上述|下面|现发|全文|各位|我部")),
    (
        "bears",
        re.compile("(?:为|属于?|系|是|定|列为|作|按|含有?|密级|标为|确定为|核定为|定级|均)$"),
    ),
    (
        "rule",
        re.compile("应当|不得超过|必须|须|可以|严禁|不准|如果|若|凡|是否|怎样|怎么|什么|哪|何"),
    ),
    ("many", re.compile(r"0[份件项起人名条台]")),
    ("past", re.compile("了|曾|当年|后来|已经|获刑|发现|查明")),
)
# White space that divides columns. The fold would drop it between ideographs.
_GAP = re.compile(r"(?<=[^\n\f\sA-Za-z])[ \u00a0\u3000\t]+(?=[^\n\f\s★☆])")
_LEVEL_LABEL = re.compile(r"密\s{1,8}级")
_BORDER = re.compile(r"[\n\0|]")
_CELL_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("level-label", re.compile(r"密级|密别|等级|保密级别")),
    ("label", re.compile(r"(?:序号|编号|文号|标题|题名|名称|份数|份号|页数|日期|时间|单位"
                         r"|机关|姓名|签收人?|备注|期限"
                         r"|缓急|紧急程度|责任人|责任者|使用人|借阅人|去向|数量|类型|版本"
                         r"|拟稿|签发|作者|主题|文件)[:：]?$")),
    ("period", re.compile(r"0(?:年|个?月)|长期|永久")),
    ("level", _LEVELS),
    ("docno", re.compile(r"00[〕\])】]第?0号|0号$")),
    ("date", re.compile(r"00[年.-]0|0月0日|^00年?$")),
    ("count", re.compile(r"^[^\d]{0,2}0(?:[份件册张页人台卷封]|kb)?$")),
    ("code", re.compile(r"^[a-z№]{0,3}[.\s-]?00?0?[a-z\d-]*$")),
    ("title", re.compile(r"关于|《|的(?:通知|报告|请示|批复|函|意见|决定|纪要|方案)$")),
    ("name", re.compile(r"^[\u4e00-\u9fff]{2,3}$")),
    ("office", re.compile(r"(?:局|厅|部|委|办|院|所|处|科|室|公司|集团|政府|委员会)$")),
    ("blank", re.compile(r"_|×|□|^\s*$")),
)  # fmt: skip
_FILE = re.compile(
    r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|pptx?|txt|zip|rar|7z|rtf|jpg|eml)(?![a-z])", re.I
)
_OPEN, _SHUT = "“‘「『\"'《〈", "”’」』\"'》〉"
_BRACKETS, _ENDED = "（([【〔〖［<", "）)]】〕〗］>"


@dataclass(frozen=True, slots=True)
class Structure:
    """What the reader of a format tells of the place of a level word.

    `area` is the value of the document's `Area`, `page` counts from 1 (0: the format has none).
    `top` and `left` are where the part begins, as shares of its page (None: not told). `line` is
    how many lines with text stand before in the body, `levels` how many cells of its row
    hold a level, `size` how many characters the document has.
    """

    area: str
    page: int = 0
    top: float | None = None
    left: float | None = None
    line: int = 0
    levels: int = 0
    size: int = 0
    repeated: bool = False


def slots(left: str, word: str, right: str, structure: Structure | None) -> list[int]:
    """Return the slots of one occurrence in ascending order, each once."""
    found = {
        zlib.crc32(t.encode("utf-8", "replace")) % SLOTS
        for t in tokens(left, word, right, structure)
    }
    return sorted(found)


def plain(text: str) -> str:
    """Return `text` folded, form feeds as `PART` and tabs as a bar.

    Digits become 0 (00 for four and more), Latin words become a, runs of one sign the sign.
    """
    text = _GAP.sub("|", _LEVEL_LABEL.sub("密级", text)).replace("\f", PART)
    text = fold(text.replace("\t", "|")).text
    text = _FEW_DIGITS.sub("0", _MANY_DIGITS.sub("00", text))
    return _RUNS.sub(lambda m: m[1] or m[2] or m[3], text)


def tokens(left: str, word: str, right: str, structure: Structure | None) -> Iterator[str]:
    """Yield what is seen of a level word between `left` and `right`."""
    starts, ends = len(left) < REACH - 4, len(right) < REACH - 4
    raw_left, raw_right = fold(left[-REACH:]).text, fold(right[:REACH]).text
    # With the word beside them, so that a gap at the border of a side is seen.
    before, after = plain(left[-REACH:] + "密")[:-1], plain("密" + right[:REACH])[1:]
    yield f"w:{fold(word).text}"
    yield from _characters(before, after)
    line = _line(before, after)
    yield from _of_line(*line)
    yield from _beside(raw_left, raw_right, line)
    yield from _lines_around(before, after, starts, ends)
    yield from _nearby(before, after)
    yield from _clause(before, after)
    yield from _cells(before, after)
    if structure is not None:
        yield from _of_place(structure, *line)


def _characters(before: str, after: str) -> Iterator[str]:
    """N-grams: by distance, near ones as a heap, far ones as another."""
    padded = "\2" + before
    for size in range(1, _ANCHORED + 1):
        yield f"L{padded[-size:]}"
        yield f"R{(after + chr(2))[:size]}"
    yield f"B{padded[-1:]}{(after + chr(2))[:1]}"
    yield f"B{padded[-2:]}{(after + chr(2))[:2]}"
    for side, near, far in (
        ("l", before[-_NEAR:], before[:-_NEAR]),
        ("r", after[:_NEAR], after[_NEAR:]),
    ):
        for size in (1, 2, 3):
            for at in range(len(near) - size + 1):
                yield side + near[at : at + size]
        for at in range(len(far) - 1):
            yield f"{side}~{far[at : at + 2]}"


def _line(before: str, after: str) -> tuple[str, str]:
    """What stands before and behind the word in its own line of its own part."""
    first = max(before.rfind("\n"), before.rfind(PART)) + 1
    last = min((at for at in (after.find("\n"), after.find(PART)) if at >= 0), default=len(after))
    return before[first:].lstrip(), after[:last].rstrip()


def _of_line(head: str, tail: str) -> Iterator[str]:
    size = len(head) + len(tail)
    bucket = sum(size > limit for limit in (0, 2, 5, 9, 14, 20, 30, 45))
    ended = "." if _CLOSED_LINE.search(tail) else ""
    yield f"size:{bucket}{ended}"
    yield f"head:{sum(len(head) > limit for limit in (0, 2, 5, 10, 20))}{ended}"
    yield f"tail:{sum(len(tail) > limit for limit in (0, 2, 5, 10, 20))}{ended}"
    yield f"shape:{_shape(head)[-4:]}W{_shape(tail)[:4]}"
    if size <= 14:
        yield f"line:{head}W{tail}"
    others = len(_LEVELS.findall(head + " " + tail))
    yield f"others:{min(others, 3)}"
    if "|" in head or "|" in tail:
        cell = not head.rpartition("|")[2].strip() and not tail.partition("|")[0].strip()
        yield f"row:{cell}:{min(head.count('|') + tail.count('|'), 6)}"
    for name, kind in _LINE_KINDS:
        if kind.search(head + "绝密" + tail):
            yield f"own:{name}"


def _beside(left: str, right: str, line: tuple[str, str]) -> Iterator[str]:
    """Stars, periods, brackets, boxes and labels that touch the word."""
    behind = right.lstrip(" ")
    sign = (
        "star" if behind[:1] in tuple(_STARS) else "dot" if behind[:1] in tuple(_DOTS) else "none"
    )
    rest = behind.lstrip(_STARS + _DOTS + " ")
    told = _PERIOD.match(rest)
    event = None if told or sign == "none" else _EVENT.match(rest)
    kind = "period" if told else "event" if event else "no"
    end = rest[told.end() :] if told else rest[event.end() :] if event else rest
    whole = not line[0].strip() and not end.partition("\n")[0].partition("\0")[0].strip()
    yield f"mark:{sign}:{kind}"
    yield f"mark:{sign}:{kind}:{'whole' if whole else 'part'}"
    opened = left.rstrip(" ")[-1:]
    closed = end.lstrip(" 级")[:1]
    if opened and opened in _OPEN:
        yield f"quoted:{closed != '' and closed in _SHUT}:{kind}"
    if opened and opened in _BRACKETS:
        shut = closed != "" and closed in _ENDED
        yield f"bracket:{shut}:{kind}"
        yield f"bracket:{opened}:{'first' if len(line[0].strip()) <= 1 else 'inner'}"
    yield from _options(left, right, *line)
    label = re.search(r"(密级|等级|级别|密别|定密|classification)[)）:：|\s\0]{0,4}$", left)
    if label:
        yield f"label:{kind}:{whole or not end.strip()[:1]}"
    if _FILE.search(right.partition("\n")[0].partition("\0")[0]) or _FILE.search(
        left.rpartition("\n")[2].rpartition("\0")[2]
    ):
        yield "file"


def _options(left: str, right: str, head: str, tail: str) -> Iterator[str]:
    """Whether the word is one of several to choose from, and whether it is the one chosen."""
    whole = f"{head} {tail}"
    levels = 1 + len(_LEVELS.findall(whole))
    before, behind = left.rstrip(" ([（")[-1:], right.lstrip(" )]）([（")[:1]
    ticked = (before != "" and before in _TICKS) or (
        behind != "" and behind in _TICKS and not re.search(f"[{_BOXES}{_TICKS}]", head)
    )
    boxed = (before != "" and before in _BOXES) or (behind != "" and behind in _BOXES)
    any_tick = re.search(f"[{_TICKS}]", whole) is not None
    if ticked or boxed or any_tick:
        yield f"option:{ticked}:{boxed}:{any_tick}"
        yield f"ticked:{ticked}:{min(levels, 2)}"
    if levels > 1:
        beside = (before + behind).strip()
        yield f"choice:{any_tick}:{beside}"
        yield f"choice:{ticked}:{min(levels, 3)}:{'_' in whole}"


def _clause(before: str, after: str) -> Iterator[str]:
    """What kinds of words stand in the clause itself, and how it puts the level."""
    head = _CLAUSE.split(before)[-1]
    tail = _CLAUSE.split(after, maxsplit=1)[0]
    for name, kind in (*_NEARBY, *_SAID):
        if kind.search(head):
            yield f"clause:l:{name}"
        if kind.search(tail):
            yield f"clause:r:{name}"
    stands = "self" if _SAID[0][1].search(head) else "none"
    bears = "bears" if _SAID[1][1].search(head) else "none"
    rule = "rule" if _SAID[2][1].search(head + tail) else "none"
    yield f"says:{stands}:{bears}:{rule}"
    yield f"says:{stands}:{after[:1]}:{rule}"


def _cells(before: str, after: str) -> Iterator[str]:
    """What stands in the cells, columns or lines next to the word's own."""
    left, right = _BORDER.split(before), _BORDER.split(after)
    own = f"{left[-1].strip() != ''}{len(right[0].strip()) > 8}"
    above, below = left[:-1], right[1:]
    kinds = [_cell_kind(above[-at]) if len(above) >= at else "none" for at in (1, 2)]
    next_ones = [_cell_kind(below[at]) if len(below) > at else "none" for at in (0, 1)]
    yield f"cell-before:{kinds[0]}:{own}"
    yield f"cell-behind:{next_ones[0]}:{own}"
    yield f"cell-beside:{kinds[0]}:{next_ones[0]}:{own}"
    yield f"cells-before:{kinds[1]}:{kinds[0]}:{own}"
    yield f"cells-behind:{next_ones[0]}:{next_ones[1]}:{own}"
    across = [sum(t.count(sign) for sign in (PART, "|")) for t in (before, after)]
    yield f"columns:{min(across[0], 4)}:{min(across[1], 4)}:{own}"
    if any(_cell_kind(cell) == "level-label" and len(cell) <= 8 for cell in above[:-1]):
        yield f"headed:{kinds[0] == 'level-label'}:{own}"
    levels = sum(_LEVELS.search(cell) is not None for cell in (*above, *below))
    yield f"level-cells:{min(levels, 3)}:{own}"


def _cell_kind(cell: str) -> str:
    text = cell.strip()
    for name, kind in _CELL_KINDS:
        if kind.search(text) and (len(text) <= 12 or name in ("docno", "title")):
            return name
    return "short" if len(text) <= 8 else "text" if len(text) <= 25 else "long"


def _lines_around(before: str, after: str, starts: bool, ends: bool) -> Iterator[str]:
    above = [line for line in re.split("[\n\0]", before)[:-1] if line.strip()]
    below = [line for line in re.split("[\n\0]", after)[1:] if line.strip()]
    own = _line(before, after)
    alone = "alone" if not own[0].strip() and len(own[1]) <= 8 else "line"
    if starts:
        yield f"from-start:{min(len(above), 4)}:{alone}"
    if ends:
        yield f"to-end:{min(len(below), 4)}:{alone}"
    borders = f"{before.endswith(PART)}{after.startswith(PART)}"
    yield f"borders:{borders}:{alone}"
    for side, lines in (("above", above[-1:]), ("below", below[:1])):
        if not lines:
            yield f"{side}:none:{alone}"
            continue
        text = lines[0]
        yield f"{side}:len{sum(len(text) > limit for limit in (4, 10, 20, 30))}:{alone}"
        yield f"{side}:end:{text.rstrip()[-1:]}:{alone}"
        for name, kind in _LINE_KINDS:
            if kind.search(text):
                yield f"{side}:{name}"
                yield f"{side}:{name}:{alone}"
        if _LEVELS.search(text):
            yield f"{side}:level:{alone}"


def _nearby(before: str, after: str) -> Iterator[str]:
    for name, kind in _NEARBY:
        for side, text in (("l", before), ("r", after)):
            count = min(len(kind.findall(text)), 2)
            if count:
                yield f"near:{side}:{name}"
                yield f"near:{name}:{count}"


def _of_place(place: Structure, head: str, tail: str) -> Iterator[str]:
    alone = "alone" if not head.strip() and len(tail) <= 8 else "line"
    yield f"area:{place.area}:{alone}"
    if place.page:
        yield f"page:{min(place.page, 2)}:{alone}"
    if place.top is not None and place.left is not None:
        corner = place.page == 1 and place.top < 0.25
        side = "left" if place.left < 0.33 else "right" if place.left > 0.6 else "middle"
        yield f"corner:{corner}:{side}:{alone}"
    if place.area in ("body", "cell"):
        yield f"nth:{sum(place.line > limit for limit in (0, 2, 5, 12))}:{alone}"
    if place.levels > 1:
        yield f"levels:{min(place.levels, 3)}"
    if place.repeated:
        yield f"repeated:{alone}"
    yield f"doc:{sum(place.size > limit for limit in (60, 300, 2000, 20000))}:{alone}"


def _shape(text: str) -> str:
    """The kinds of characters of a line: H an ideograph or word, 0 a digit, signs as they are."""
    kinds = "".join(
        "H" if "\u3400" <= c <= "\u9fff" else "0" if c.isdigit() else "a" if c.isalpha() else c
        for c in text
    )
    return re.sub(r"([H0a ])\1+", r"\1", kinds)
