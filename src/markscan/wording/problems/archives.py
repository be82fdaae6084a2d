"""Why a file was not read: archives."""

from __future__ import annotations

from markscan.wording.text import Text

ARCHIVES: dict[str, Text] = {
    "archive.encrypted": Text(
        "压缩包已加密，文件名列表也无法读取", "the archive is encrypted, its list of names included"
    ),
    "archive.encrypted-member": Text("内含文件已加密：{name}", "file inside is encrypted: {name}"),
    "archive.slow-cipher": Text(
        "口令正确，但解密量过大，未读取：{name}",
        "the password fits, but there is too much to decrypt: {name}",
    ),
    "archive.damaged-member": Text("内含文件已损坏：{name}", "file inside is damaged: {name}"),
    "archive.cut-member": Text(
        "内含文件延续到下一个分卷，不完整：{name}",
        "file inside goes on in another volume and is not whole: {name}",
    ),
    "archive.lying-size": Text(
        "内含文件实际大小与声明不符：{name}", "file inside is larger than declared: {name}"
    ),
    "archive.overlap": Text(
        "内含文件数据相互重叠：{name}", "file inside shares its bytes with another: {name}"
    ),
    "archive.method": Text(
        "内含文件压缩方法 {method} 不支持：{name}",
        "compression method {method} of file inside is not supported: {name}",
    ),
    "archive.library": Text(
        "读取此内容需要安装 {library} 系统库：{name}",
        "reading this needs the system library {library}: {name}",
    ),
    "archive.dictionary": Text(
        "解压所需内存超过 {megabytes} MB 上限：{name}",
        "unpacking needs more than {megabytes} MB of memory: {name}",
    ),
    "archive.behind-refused": Text(
        "位于超限的固实压缩数据之后，未读取：{name}",
        "lies behind too much data in a solid archive: {name}",
    ),
    "archive.comment": Text("压缩包注释未能读取", "the comment of the archive was not read"),
    "archive.more-unread": Text(
        "另有 {count} 个内含文件未能读取", "{count} more files inside were not read"
    ),
    "archive.truncated": Text(
        "压缩包不完整，已尽量恢复", "the archive is cut off; what could be found was read"
    ),
    "archive.directory": Text(
        "压缩包目录已损坏，内含文件无法列出",
        "the directory of the archive is damaged; what is inside cannot be listed",
    ),
    "archive.no-members": Text(
        "压缩包已损坏，未找到任何文件", "the archive is damaged; no file was found in it"
    ),
    "archive.junk": Text(
        "压缩包前后有多余数据，未检查",
        "other bytes stand before or behind the archive; not examined",
    ),
    "archive.volume-missing": Text(
        "这是分卷压缩包的一部分，缺少其他分卷", "one volume of a set; the others are missing"
    ),
    "archive.damaged-stream": Text(
        "压缩数据已损坏，仅读出损坏处之前的部分",
        "the packed data is damaged; what stands before the damage was read",
    ),
}
