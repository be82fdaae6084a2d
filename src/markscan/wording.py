"""What a user reads, in Chinese and English: one table.

The sentences of a rule stand in the rule's own file, which the table `RULES` lists;
everything else stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
_LANGUAGES: tuple[Language, Language] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages, with the same names in braces."""

    zh: str
    en: str

    def fill(self, **values: object) -> Text:
        """Return the sentence with `values` in its braces, a Text in the language it meets."""
        zh, en = (
            {name: v.of(language) if isinstance(v, Text) else v for name, v in values.items()}
            for language in _LANGUAGES
        )
        return Text(self.zh.format(**zh), self.en.format(**en))

    def of(self, language: Language) -> str:
        """Return the sentence in one language."""
        return self.zh if language == "zh" else self.en


# Why a file was not read, or not in full: keys are the reasons of UnreadError.
PROBLEMS: dict[str, Text] = {
    "permission": Text("无权读取", "the system denies reading"),
    "vanished": Text("列出后文件已不存在", "the file was gone when it was opened"),
    "special-file": Text("不是普通文件（管道、设备或目录）", "no regular file (pipe, device, folder)"),
    "system": Text("系统错误：{error}", "system error: {error}"),
    "internal": Text("程序内部错误（{error}），详见日志", "internal error ({error}); see the log"),
    "timeout": Text("超过单个文件时限 {seconds} 秒", "took longer than {seconds} seconds"),
    "crashed": Text("解析进程异常退出（{status}）", "the reading process ended ({status})"),
    "member-unread": Text("内含文件有 {count} 个未能完整读取", "{count} files inside were not read in full"),
    "unsupported": Text("暂不支持的格式：{format}", "format not supported: {format}"),
    "limit.member-bytes": Text(
        "内含文件超过 {allowed} 字节上限", "a file inside exceeds {allowed} bytes"
    ),
    "limit.ratio": Text("压缩比超过 {allowed} 倍上限", "unpacks to more than {allowed} times its size"),
    "limit.unpacked-bytes": Text(
        "解压总量超过 {allowed} 字节上限", "unpacks to more than {allowed} bytes"
    ),
    "limit.entries": Text("内含文件超过 {allowed} 个上限", "more than {allowed} files inside"),
    "limit.depth": Text("嵌套超过 {allowed} 层上限", "nested deeper than {allowed} levels"),
    "limit.characters": Text("文字超过 {allowed} 字上限", "more than {allowed} characters"),
    "limit.parts": Text("段落、单元格超过 {allowed} 个上限", "more than {allowed} paragraphs or cells"),
    "memory": Text("超过 {megabytes} MB 内存上限", "needed more than {megabytes} MB of memory"),
    "picture": Text("图片，未做文字识别", "a picture; no text recognition"),
    "encrypted-package": Text("文档已加密，需要密码", "the document is encrypted"),
    "limit.pages": Text("超过 {allowed} 页上限", "more than {allowed} pages"),
}
