"""Why a file was not read: mail."""

from __future__ import annotations

from markscan.wording.text import Text

MAIL: dict[str, Text] = {
    "mail.encrypted": Text("邮件正文已加密", "what the message says is encrypted"),
    "mail.nesting": Text(
        "邮件嵌套过深，仅按原始文字检查", "the message is nested too deep; its raw text was read"
    ),
    "mail.cut": Text(
        "邮件不完整，已读出现有部分", "the message is cut off; what is there was read"
    ),
    "mail.inner": Text("所附邮件已损坏", "a message inside is damaged"),
    "mail.rtf": Text("邮件的 RTF 正文已损坏", "the RTF body of the message is damaged"),
    "mail.no-message": Text(
        "不是 Outlook 邮件，或者已损坏", "no Outlook message, or a damaged one"
    ),
}
