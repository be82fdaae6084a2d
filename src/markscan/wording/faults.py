"""What the readers of TOML and of regular expressions complain about, in both languages.

Only the kind and the place of a fault are told, not the words of the libraries where those
may quote the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markscan.wording.text import Text

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")

# The first words of a complaint, and the same in Chinese; of several the first counts.
_TOML = {
    "Invalid value": "值无效",
    "Expected '=' after a key": "键之后缺少等号",
    "Expected newline or end of document": "语句之后应换行",
    "Expected ']": "缺少右方括号",
    "Expected": "缺少符号",
    "Cannot overwrite a value": "键重复",
    "Duplicate inline table key": "键重复",
    "Cannot declare": "表重复",
    "Cannot mutate": "表重复",
    "Cannot redefine": "表重复",
    "Invalid initial character for a key": "键不能这样开头",
    "Invalid statement": "不是有效的语句",
    "Invalid date": "日期无效",
    "Invalid hex value": "转义无效",
    "Escaped character": "转义无效",
    "Unescaped": "引号内的反斜杠应写作两个，或改用单引号",
    "Unterminated string": "引号没有成对",
    "Illegal character": "有不能出现的字符，或者引号没有在同一行结束",
    "Found invalid character": "有不能出现的字符",
    "Unclosed array": "缺少右方括号",
    "Unclosed inline table": "缺少右花括号",
}
_PATTERN = {
    "missing )": "缺少右括号",
    "missing ]": "缺少右方括号",
    "unterminated character set": "缺少右方括号",
    "missing": "缺少符号",
    "expected": "缺少符号",
    "unbalanced parenthesis": "多了右括号",
    "nothing to repeat": "重复符号之前没有内容",
    "multiple repeat": "重复符号连用",
    "min repeat greater": "重复次数的下限大于上限",
    "repeat count too big": "重复次数过大",
    "bad character range": "字符范围的起止颠倒",
    "bad escape (end of pattern)": "末尾多了反斜杠",
    "bad escape": "转义无效",
    "bad hex escape": "转义无效",
    "incomplete escape": "转义不完整",
    "bad inline flags": "标志无效",
    "unknown extension": "“(?”之后的写法无效",
    "unknown property": "字符类别未知",
    "unknown group": "引用了没有的组",
    "invalid group": "引用了没有的组",
    "cannot refer": "引用了没有的组",
    "bad character in group name": "组名无效",
}


def toml_fault(said: str) -> tuple[Text, int | None, int | None]:
    """Return the kind of a fault in TOML, its line and its column from 1, as far as known."""
    found = _PLACE.search(said)
    kind = said[: found.start()] if found else said
    line, column = found["line"] if found else None, found["column"] if found else None
    return (
        Text(_translated(kind, _TOML, "写法有误"), kind),
        int(line) if line else None,
        int(column) if column else None,
    )


def pattern_fault(error: Exception) -> Text:
    """Return what `error` says of a regular expression, and where, counted from 1."""
    kind = str(getattr(error, "msg", "")) or "not accepted"
    at = getattr(error, "pos", None)
    zh, en = _translated(kind, _PATTERN, "写法有误"), kind
    return Text(zh, en) if at is None else Text(f"第 {at + 1} 个字符处{zh}", f"{en} at {at + 1}")


def _translated(kind: str, table: Mapping[str, str], other: str) -> str:
    return next((zh for start, zh in table.items() if kind.startswith(start)), other)
