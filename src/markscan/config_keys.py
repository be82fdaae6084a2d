"""The keys of markscan.toml: one table, which the reader and the JSON Schema follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from markscan.key import Key, Kind
from markscan.limits import Limits
from markscan.policy import KINDS
from markscan.profiles import SETTINGS, profile_names
from markscan.wording import Text

PROFILES = profile_names()


def _key(table: str, name: str, kind: Kind, zh: str, en: str, choices: Iterable[str] = ()) -> Key:
    return Key(table, name, kind, Text(zh, en), tuple(choices))


_LIMIT_HELP = {
    "archive_depth": Text("压缩包嵌套层数", "how deep archives may nest"),
    "archive_entries": Text("压缩包内文件数", "files inside an archive"),
    "unpacked_bytes": Text("解压后的总字节数", "bytes after unpacking, all together"),
    "unpacked_ratio": Text("解压后与解压前之比", "unpacked bytes for each packed byte"),
    "member_bytes": Text("单个内含文件解压后的字节数", "unpacked bytes of one file inside"),
    "text_characters": Text("单个文档的字数", "characters of one document"),
    "parts": Text("单个文档的段落和单元格数", "paragraphs and cells of one document"),
    "pages": Text("单个文档的页数", "pages of one document"),
    "total_characters": Text("含内部文件的总字数", "characters of a file with all inside it"),
    "total_parts": Text("含内部文件的段落和单元格总数", "paragraphs and cells, all together"),
    "total_pages": Text("含内部文件的总页数", "pages of a file with all inside it"),
    "pictures": Text("做文字识别的页和图片数", "pages and pictures whose text is recognised"),
    "picture_pixels": Text("单个图片的像素数", "pixels of one picture"),
    "layout_pages": Text("读取位置、字体、字号的页数", "first pages read with places and fonts"),
}

KEYS: tuple[Key, ...] = (
    _key("scan", "profile", "choice", "单位类型配置名", "profile of the organisation", PROFILES),
    _key("scan", "exclude", "texts", "不检查的路径模式", "patterns of paths not to examine"),
    _key("scan", "jobs", "whole", "并行进程数，0 为处理器数", "processes; 0: one a processor"),
    _key("scan", "seconds-per-file", "number", "单个文件时限（秒）", "seconds one file may take"),
    _key(
        "scan",
        "seconds-per-picture",
        "number",
        "文字识别时每张图片的时限（秒）",
        "seconds the recognition of one picture may take",
    ),
    _key(
        "scan", "megabytes-per-worker", "count", "每个进程的内存上限（MB）", "megabytes a process"
    ),
    _key("scan", "until", "clock", "到此钟点不再检查新的文件", "time from which no file is begun"),
    _key(
        "scan",
        "io-mbps",
        "number",
        "每秒读取的上限（MB），全部进程合计",
        "megabytes read a second at most, by all processes",
    ),
    _key("scan", "low-priority", "flag", "让其他程序优先", "let other programs go first"),
    _key("scan", "ocr", "flag", "识别图片中的文字", "recognise the text of pictures"),
    _key(
        "scan",
        "fail-level",
        "choice",
        "达到此严重程度时退出码为 1",
        "severity from which the exit code is 1",
        ("info", "low", "medium", "high", "critical"),
    ),
    _key(
        "scan",
        "inspections",
        "choice",
        "保密自查的周期：每月、每季度",
        "how often the office inspects itself",
        ("monthly", "quarterly"),
    ),
    _key("scan", "language", "choice", "输出语言", "language of the output", ("zh", "en")),
    *(
        Key("limits", item.name.replace("_", "-"), "count", _LIMIT_HELP[item.name])
        for item in fields(Limits)
    ),
    *SETTINGS,
    _key("rules", "disable", "codes", "停用的规则", "rules not to apply"),
    _key("location", "path", "text", "文件夹或路径模式", "a folder, or a pattern of paths"),
    _key("location", "owner", "text", "责任部门", "who answers for the place"),
    _key("location", "readers", "texts", "可接触的人员或部门", "who can reach the place"),
    _key("location", "kind", "choice", "位置类型", "kind of place", KINDS[1:]),
    _key("location", "highest", "highest", "各体系最高密级", "highest level of each scheme"),
    _key("default-location", "kind", "choice", "位置类型", "kind of place", KINDS[1:]),
    _key("default-location", "owner", "text", "责任部门", "who answers for the place"),
    _key("default-location", "readers", "texts", "可接触的人员或部门", "who can reach the place"),
    _key(
        "default-location", "highest", "highest", "各体系最高密级", "highest level of each scheme"
    ),
    _key(
        "passwords",
        "file",
        "text",
        "口令清单，逐行尝试打开加密文件",
        "file of passwords, one a line, tried on what is encrypted",
    ),
    _key("register", "path", "text", "密件台账文件", "the register of classified documents"),
    _key("register", "key-file", "text", "台账密钥文件", "the file of its key"),
    _key(
        "remote",
        "accounts",
        "text",
        "网络共享的账号文件，每行：地址 口令",
        "accounts of network shares, a line each: address and password",
    ),
    _key("remote", "key-file", "text", "登录 SFTP 服务器的私钥", "private key for SFTP servers"),
    _key("remote", "known-hosts", "text", "SSH 服务器密钥清单", "host keys of SSH servers"),
    _key(
        "remote",
        "patience",
        "number",
        "共享中断后持续重连的秒数",
        "seconds for which a broken share is tried again",
    ),
    _key(
        "models",
        "content",
        "text",
        "本单位训练的内容模型（markscan train 写出）",
        "a content model of your own, as markscan train writes it",
    ),
    _key("terms", "files", "texts", "补充词库文件", "further files of terms"),
    _key(
        "terms",
        "key-file",
        "text",
        "密封词库的口令文件，首行为口令",
        "file whose first line is the passphrase of sealed lists",
    ),
)

TABLES = tuple(dict.fromkeys(key.table for key in KEYS))
MANY = frozenset({"location"})  # written [[location]]
REQUIRED = frozenset({("location", "path")})
