"""What a user reads of shares: addresses, accounts, and what is missing."""

from __future__ import annotations

from markscan.wording.text import Text

REMOTE: dict[str, Text] = {
    "remote.scheme": Text(
        "不支持“{scheme}://”地址；可用：{known}、file",
        'addresses that begin with "{scheme}://" are not supported; use {known} or file',
    ),
    "remote.url": Text(
        "“{scheme}://”地址写法有误，应为 {scheme}://用户@服务器/文件夹",
        "no such {scheme}:// address; write {scheme}://user@server/folder",
    ),
    "remote.no-share": Text(
        "smb 地址须写明共享名：smb://用户@服务器/共享名",
        "an address of smb must name a share: smb://user@server/share",
    ),
    "remote.password-in-url": Text(
        "地址中不能写口令（命令行会被他人看到）。请用环境变量 MARKSCAN_REMOTE_PASSWORD，"
        "或者在 markscan.toml 的 [remote] 中写明 accounts 文件",
        "an address must hold no password: others can see the command line. Set "
        "MARKSCAN_REMOTE_PASSWORD, or name a file of accounts in [remote] of markscan.toml",
    ),
    "remote.two-users": Text(
        "一次检查中同一服务器只能用一个用户：{server}",
        "one scan takes one user of a server: {server}",
    ),
    "remote.accounts": Text(
        "无法读取账号文件“{name}”：{why}", 'cannot read accounts from "{name}": {why}'
    ),
    "remote.account-line": Text(
        "账号文件“{name}”第 {line} 行应为：smb://用户@服务器 口令",
        'line {line} of accounts "{name}" must read: smb://user@server password',
    ),
    "remote.extra": Text(
        "检查 {scheme}:// 位置需要另装组件，请执行：{command}",
        "addresses of {scheme} need a further package: {command}",
    ),
    "remote.ask": Text("{user} 在 {server} 的口令", "password of {user} at {server}"),
}
