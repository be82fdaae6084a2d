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
    "register.no-export": Text(
        "“{name}”不是台账的导出文件，或者已被截断；请在涉密计算机上重新导出",
        '"{name}" is no export of a register, or was cut off; export it again on the classified '
        "side",
    ),
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
    "words.none": Text("{name}：没有可用的停用词表：{why}", "{name}: no list of stop words: {why}"),
    "words.many": Text("{name}：停用词过多（{count} 个）", "{name}: too many stop words ({count})"),
    "warning.short": Text(
        "正文只有 {size} 个汉字，少于 {least} 个，摘录其中的内容查不出来",
        "the text has {size} ideographs, fewer than {least}: excerpts of it cannot be found",
    ),
    "warning.figures": Text(
        "正文没有汉字或者外文单词，数字不能提取指纹，摘录其中的内容查不出来",
        "there are no words in the text, and figures have no fingerprints: excerpts of it cannot "
        "be found",
    ),
    "warning.no-title": Text(
        "没有标题，引用标题查不出来；可以用 --title 写明",
        "no title: who cites it by title is not found; give one with --title",
    ),
    "warning.title-short": Text(
        "标题不足 {least} 个字，引用标题查不出来",
        "the title has fewer than {least} characters: who cites it is not found",
    ),
    "warning.title-public": Text(
        "正文几乎全部是公开文字，标题也见于公开文件，不按密件标题查引用",
        "nearly all of the text is public, and so is its title, which is not looked for",
    ),
    "warning.no-number": Text(
        "没有发文字号，引用文号查不出来", "no document number: who cites it by number is not found"
    ),
    "warning.number-odd": Text(
        "发文字号不是“某某〔2024〕1号”的写法，引用文号查不出来",
        "the document number is not written as 某某〔2024〕1号: who cites it is not found",
    ),
    "warning.little-repeated": Text(
        "正文只有 {part} 不是反复出现的文字，其余部分的摘录查不出来",
        "only {part} of the text is not said again and again: excerpts of the rest cannot be found",
    ),
    "warning.short-words": Text(
        "正文只有 {size} 个外文实词，少于 {least} 个，摘录其中的内容查不出来",
        "the text has {size} words that say something, fewer than {least}: excerpts of it cannot "
        "be found",
    ),
    "warning.little-words": Text(
        "正文只有 {part} 不是反复出现的词语，其余部分的摘录查不出来",
        "only {part} of the text is not said again and again: excerpts of the rest cannot be found",
    ),
    "warning.point-public-words": Text(
        "有一个密点（{size} 个外文实词）过短，单独摘录时查不出来",
        "a secret point ({size} words) is too short: excerpts of it alone cannot be found",
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
    "sketch.none": Text("没有指纹存档“{name}”", 'there is no sketch "{name}"'),
    "sketch.unread": Text(
        "无法读取指纹存档“{name}”：{why}", 'the sketch "{name}" cannot be read: {why}'
    ),
    "sketch.wrong": Text("“{name}”不是指纹存档", '"{name}" is no sketch of a scan'),
    "sketch.format": Text(
        "指纹存档“{name}”的格式是“{found}”，本程序只用“{known}”；请删除后重新扫描",
        'the sketch "{name}" has the format "{found}", this program uses "{known}"; remove it and '
        "scan again",
    ),
    "sketch.key": Text(
        "指纹存档“{name}”是用密钥 {found} 生成的，给出的是 {given}；换密钥后请另存一份",
        'the sketch "{name}" was made with the key {found}, not {given}; a new key needs a new '
        "sketch",
    ),
    "sketch.busy": Text(
        "另一次扫描正在写指纹存档“{name}”", 'another scan is writing the sketch "{name}"'
    ),
    "sketch.no-register": Text(
        "--sketch 需要台账的密钥：请同时给出 --register（和 --key）",
        "--sketch needs the key of a register: give --register (and --key) as well",
    ),
    "sketch.dropped": Text(
        "指纹存档“{name}”末尾有上次扫描没有写完的部分，已舍去",
        'the end of the sketch "{name}", which an earlier scan did not finish, was cut off',
    ),
    "sketch.failed": Text(
        "指纹存档没有写完，扫描照常进行：{why}",
        "the sketch is not complete, the scan goes on: {why}",
    ),
    "option.sketch": Text(
        "把所读各文件的指纹存入该文件，供 markscan hunt 追查以后登记的密件；其中写有文件名",
        "keep fingerprints of all files in this file, in which markscan hunt looks for documents "
        "registered later; it holds file names",
    ),
    "short.hunt": Text(
        "在以往扫描的指纹存档中追查新登记的密件", "look for new entries in what was scanned before"
    ),
    "about.hunt": Text(
        "在扫描时用 --sketch 留下的指纹存档中追查台账中的密件，不重读文件。\n"
        "列出可能含有其段落的文件，重合多的在前；--confirm 只重读这些文件。",
        "Looks in a sketch, which a scan has kept with --sketch, for documents of the register, "
        "without reading the files again.\n"
        "Lists files that likely hold passages of them, most first; --confirm reads just those.",
    ),
    "option.hunt-sketch": Text(
        "扫描时用 --sketch 写的文件", "file that a scan wrote with --sketch"
    ),
    "option.hunt-since": Text(
        "只查这一编号和在它之后登记的密件", "only this entry and those registered after it"
    ),
    "option.hunt-entry": Text("只查这一编号的密件，可重复", "only this entry; may be repeated"),
    "option.hunt-confirm": Text(
        "用完整扫描重读列出的文件，去掉没有查实的",
        "read the listed files again in full and drop what does not hold",
    ),
    "option.hunt-all": Text(
        "也列出只有一处短小重合的文件，多为巧合",
        "also list files that share one short place, mostly by accident",
    ),
    "option.hunt-format": Text("输出格式", "output format"),
    "hunt.no-register": Text(
        "请用 --register 给出台账，或者在 markscan.toml 的 [register] 中写明",
        "name the register with --register, or in [register] of markscan.toml",
    ),
    "hunt.entry": Text("编号", "entry"),
    "hunt.share": Text("占原件", "share"),
    "hunt.state": Text("结果", "result"),
    "hunt.read": Text("读取日期", "read on"),
    "hunt.file": Text("文件", "file"),
    "hunt.suspected": Text("疑似", "suspected"),
    "hunt.confirmed": Text("查实", "confirmed"),
    "hunt.review": Text("待人工核对", "to be reviewed"),
    "hunt.unread": Text("未能重读", "not read again"),
    "hunt.end": Text(
        "在指纹存档的 {files} 个文件中追查了 {entries} 件密件，列出 {count} 条",
        "looked for {entries} entries in {files} files of the sketch; {count} rows",
    ),
    "hunt.incomplete": Text(
        "指纹存档“{name}”有 {count} 段损坏、被截断或者正在写入，其中的文件没有追查",
        '{count} parts of the sketch "{name}" are damaged, cut off or being written: the files in '
        "them were not looked at",
    ),
}
