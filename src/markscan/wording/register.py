"""What is said of registers, their keys and their files."""

from __future__ import annotations

from markscan.wording.text import Text

REGISTER: dict[str, Text] = {
    "key.only-scans": Text(
        "这是扫描用密钥，不能修改、导出台账；请使用本单位的台账密钥",
        "this key only scans; to change or export a register use the key of the office",
    ),
    "key.unread": Text("无法读取密钥文件“{name}”：{why}", 'cannot read the key "{name}": {why}'),
    "key.wrong": Text(
        "“{name}”不是可用的密钥文件，或者已被改动",
        '"{name}" is no key of this program, or was changed',
    ),
    "key.exists": Text(
        "密钥文件“{name}”已存在，不会覆盖", 'the key "{name}" exists and is not written over'
    ),
    "key.unwritten": Text(
        "无法写出密钥文件“{name}”：{why}", 'cannot write the key "{name}": {why}'
    ),
    "register.none": Text("没有台账“{name}”", 'there is no register "{name}"'),
    "register.exists": Text(
        "“{name}”已存在，不会覆盖；请另取文件名",
        '"{name}" exists and is not written over; choose another name',
    ),
    "register.unwritten": Text("无法写出“{name}”：{why}", '"{name}" cannot be written: {why}'),
    "register.unusable": Text(
        "无法使用台账“{name}”：{why}", 'the register "{name}" cannot be used: {why}'
    ),
    "register.damaged": Text(
        "台账“{name}”已损坏、被截断或者被改动，不能使用；请从备份恢复",
        'the register "{name}" is damaged, cut off or was changed, and cannot be used; restore it '
        "from a backup",
    ),
    "register.signature": Text(
        "“{name}”的签名不符：文件被改动或者截断，或者不是由该密钥的单位导出，拒绝使用",
        'the signature of "{name}" is wrong: it was changed or cut off, or exported by someone '
        "else",
    ),
    "register.format": Text(
        "台账“{name}”的格式是“{found}”，本程序只读“{known}”；请用同一版本的程序重新生成",
        'the register "{name}" has the format "{found}", this program reads "{known}"; make it '
        "again with the same version",
    ),
    "register.key": Text(
        "台账“{name}”须用密钥 {found}，给出的是 {given}",
        'the register "{name}" needs the key {found}, not {given}',
    ),
    "register.id-taken": Text("台账中已有编号“{id}”", 'the register has an entry "{id}" already'),
    "register.no-entry": Text("台账中没有编号“{id}”", 'the register has no entry "{id}"'),
    "public.none": Text(
        "{name}：没有可用的公开文本表：{why}", "{name}: no table of public text: {why}"
    ),
    "warning.short": Text(
        "正文只有 {size} 个汉字，少于 {least} 个，摘录其中的内容查不出来",
        "the text has {size} ideographs, fewer than {least}: excerpts of it cannot be found",
    ),
    "warning.public": Text(
        "正文全部是公开文件或者公文套语中的文字，摘录其中的内容查不出来",
        "all of the text stands in public documents or is formulas: excerpts of it cannot be found",
    ),
    "warning.little": Text(
        "正文只有 {part} 是公开文件以外的文字，其余部分的摘录查不出来",
        "only {part} of the text is not in public documents: excerpts of the rest cannot be found",
    ),
    "warning.point-public": Text(
        "有一个密点（{size} 个汉字）过短或者见于公开文件，单独摘录时查不出来",
        "a secret point ({size} ideographs) is too short or in public text: excerpts of it alone "
        "cannot be found",
    ),
    "warning.point-lost": Text(
        "正文中没有找到第 {numbers} 个密点", "secret point {numbers} does not stand in the text"
    ),
    "option.register": Text(
        "密件台账，或者台账的导出文件：查摘录、汇编、文号、标题",
        "register of classified documents, or an export of one: finds excerpts, compilations, "
        "document numbers and titles",
    ),
    "option.key": Text(
        "台账的密钥文件，默认为台账文件名后加 .key",
        "key of the register; default: the name of the register with .key behind it",
    ),
}
