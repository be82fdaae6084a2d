"""Why a file was not read: what the system, the limits and the worker processes say."""

from __future__ import annotations

from markscan.wording.text import Text

GENERAL: dict[str, Text] = {
    "permission": Text("无权读取", "the system denies reading"),
    "vanished": Text("列出后文件已不存在", "the file was gone when it was opened"),
    "missing": Text("指定的路径不存在", "there is nothing at this path"),
    "folder-denied": Text(
        "无权列出此文件夹，其中内容未检查",
        "the system denies listing this folder; nothing in it was examined",
    ),
    "link-out-of-root": Text(
        "链接指向检查范围之外，未跟随", "a link that leads out of the scanned folders; not followed"
    ),
    "dangling-link": Text("链接指向的文件不存在", "a link that leads to nothing"),
    "path-too-long": Text(
        "路径过长，其中内容未检查", "the path is too long; nothing below it was examined"
    ),
    "special-file": Text("不是普通文件（管道或者设备）", "no regular file (a pipe or a device)"),
    "folder": Text(
        "这是文件夹，请用 markscan scan 检查", "this is a folder; use markscan scan to examine it"
    ),
    "link-loop": Text(
        "链接指回上级文件夹，未跟随", "a link back to a folder above it; not followed"
    ),
    "system": Text("系统错误：{error}", "system error: {error}"),
    "internal": Text("程序内部错误（{error}），详见日志", "internal error ({error}); see the log"),
    "pattern-timeout": Text(
        "{count} 处词条前后文的判断超时，按命中处理",
        "what stands beside a term could not be decided in time in {count} places; kept as hits",
    ),
    "timeout": Text("超过单个文件时限 {seconds} 秒", "took longer than {seconds} seconds"),
    "crashed": Text("解析进程异常退出（{status}）", "the reading process ended ({status})"),
    "aborted": Text(
        "解析时超出 {megabytes} MB 内存上限，进程被中止",
        "reading went beyond {megabytes} MB of memory and was aborted",
    ),
    "member-unread": Text(
        "内含文件有 {count} 个未能完整读取", "{count} files inside were not read in full"
    ),
    "unsupported": Text("暂不支持的格式：{format}", "format not supported: {format}"),
    "limit.member-bytes": Text(
        "内含文件超过 {allowed} 字节上限", "a file inside exceeds {allowed} bytes"
    ),
    "limit.ratio": Text(
        "压缩比超过 {allowed} 倍上限", "unpacks to more than {allowed} times its size"
    ),
    "limit.unpacked-bytes": Text(
        "解压总量超过 {allowed} 字节上限", "unpacks to more than {allowed} bytes"
    ),
    "limit.entries": Text("内含文件超过 {allowed} 个上限", "more than {allowed} files inside"),
    "limit.depth": Text("嵌套超过 {allowed} 层上限", "nested deeper than {allowed} levels"),
    "limit.characters": Text("文字超过 {allowed} 字上限", "more than {allowed} characters"),
    "limit.parts": Text(
        "段落、单元格超过 {allowed} 个上限", "more than {allowed} paragraphs or cells"
    ),
    "memory": Text("超过 {megabytes} MB 内存上限", "needed more than {megabytes} MB of memory"),
    "limit.pages": Text("超过 {allowed} 页上限", "more than {allowed} pages"),
}
