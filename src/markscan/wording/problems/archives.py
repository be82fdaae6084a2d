"""Why a file was not read: archives."""

from __future__ import annotations

from markscan.wording.text import Text

ARCHIVES: dict[str, Text] = {
    "zip.encrypted-member": Text("内含文件已加密：{name}", "file inside is encrypted: {name}"),
    "zip.damaged-member": Text("内含文件已损坏：{name}", "file inside is damaged: {name}"),
    "zip.lying-size": Text(
        "内含文件实际大小与声明不符：{name}", "file inside is larger than declared: {name}"
    ),
    "zip.overlap": Text(
        "内含文件数据相互重叠：{name}", "file inside shares its bytes with another: {name}"
    ),
    "zip.method": Text(
        "内含文件压缩方法 {method} 不支持：{name}",
        "compression method {method} of file inside is not supported: {name}",
    ),
    "zip.more-unread": Text(
        "另有 {count} 个内含文件未能读取", "{count} more files inside were not read"
    ),
    "zip.truncated": Text(
        "压缩包不完整，已尽量恢复", "the archive is cut off; what could be found was read"
    ),
    "zip.no-members": Text(
        "压缩包已损坏，未找到任何文件", "the archive is damaged; no file was found in it"
    ),
}
