"""What the operating system or SQLite says of a failure, in the words of a reader."""

from __future__ import annotations

import errno

from markscan.wording.text import Text

_SYSTEM = {
    errno.ENOENT: Text("没有这个文件", "no such file"),
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("没有权限", "permission denied"),
    errno.EISDIR: Text("这是一个文件夹", "it is a folder"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EEXIST: Text("已有同名文件", "something of that name exists"),
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额已用完", "the disk quota is used up"),
    errno.EROFS: Text("磁盘只读", "the disk is read-only"),
    errno.ENAMETOOLONG: Text("名称太长", "the name is too long"),
    errno.EIO: Text("磁盘读写出错", "the disk fails"),
    errno.EBUSY: Text("文件正被占用", "the file is in use"),
}
# The beginnings of SQLite's own messages (sqlite.org/rescode.html).
_SQLITE = {
    "database disk image is malformed": Text("数据库文件已损坏", "the database file is damaged"),
    "file is not a database": Text("不是数据库文件，或已损坏", "no database file, or damaged"),
    "database is locked": Text("正被其他程序占用", "some other program is using it"),
    "unable to open database file": Text("打不开数据库文件", "the file cannot be opened"),
    "attempt to write a readonly database": Text("数据库只读", "the database is read-only"),
    "disk I/O error": Text("磁盘读写出错", "the disk fails"),
    "database or disk is full": Text("磁盘已满", "the disk is full"),
}


def system_cause(error: OSError) -> Text:
    """Return why the system refused, in its own words where there are no better ones."""
    own = error.strerror or type(error).__name__
    return _SYSTEM.get(error.errno or 0, Text(f"系统报告 {own}", own))


def cause(error: Exception) -> Text:
    """Return why a file of ours could not be read: what the system says, or what is wrong in it."""
    if isinstance(error, OSError):
        return system_cause(error)
    if isinstance(error, UnicodeError):
        return Text("不是 UTF-8 编码", "it is not in UTF-8")
    kind = type(error).__name__
    return Text(f"内容不对（{kind}）", f"its content is wrong ({kind})")


def database_cause(told: str) -> Text:
    """Return what SQLite means by its message `told`; others are passed on as they are."""
    found = (text for start, text in _SQLITE.items() if told.startswith(start))
    return next(found, Text(f"数据库报告 {told}", told))
