"""Why a file was not read: network shares."""

from __future__ import annotations

from markscan.wording.text import Text

REMOTE: dict[str, Text] = {
    "remote.broken": Text(
        "共享中断，多次重连未成功，未检查",
        "the connection to the share broke and could not be made again; not examined",
    ),
    "remote.changed": Text(
        "读取中连接断开，重连后文件已改变",
        "the connection broke while it was read, and the file had changed afterwards",
    ),
    "remote.login": Text(
        "服务器拒绝登录：请核对用户和口令", "the server refused the login: check user and password"
    ),
    "remote.host-key": Text(
        "不认识此 SSH 服务器的密钥，未登录；核对后写入 known_hosts",
        "the key of this SSH server is not known; check it and add it to known_hosts",
    ),
    "remote.in-use": Text(
        "文件正被他人独占打开", "somebody else has the file open for himself alone"
    ),
    "remote.link": Text(
        "共享中的链接，未跟随；所指内容在检查范围内的，会另行检查",
        "a link on the share, not followed; what it leads to is examined where it lies",
    ),
    "remote.names": Text(
        "文件夹中有无法辨认的文件名，未能列出，其中内容未检查",
        "a name in this folder cannot be told; nothing in it was examined",
    ),
}
