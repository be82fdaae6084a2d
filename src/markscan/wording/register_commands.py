"""What the commands on registers say."""

from __future__ import annotations

from markscan.wording.text import Text

REGISTER_COMMANDS: dict[str, Text] = {
    "short.register": Text(
        "密件台账的登记、查看、导出和导入", "the register of classified documents"
    ),
    "about.register": Text(
        "密件台账：登记本单位的密件，供检查摘录、汇编和引用。\n台账和密钥只放在涉密计算机上；"
        "导出文件只有加密的指纹，可以带到非涉密计算机。",
        "The register of classified documents, by which excerpts, compilations and citations are "
        "found.\nRegister and key stay on the classified side; an export holds keyed fingerprints "
        "only.",
    ),
    "short.register add": Text("登记密件，或者按台账批量登记", "register documents, or a ledger"),
    "about.register add": Text(
        "登记密件，或者用 --from 按台账批量登记。\n没有给出的密级、期限、制发日期、文号、标题，"
        "在文件写得明确时取自文件。有未登记的文件时退出码为 2。",
        "Registers documents, or with --from those of a ledger.\nLevel, period, day of issue, "
        "number and title that are not given are taken from the document where it is clear. The "
        "exit code is 2 if a document was refused.",
    ),
    "short.register list": Text("列出全部密件", "list all documents"),
    "about.register list": Text(
        "列出台账中的全部密件；--names 才显示文号和标题。",
        "Lists all documents of the register; numbers and titles only with --names.",
    ),
    "short.register show": Text("查看某件密件", "show documents"),
    "about.register show": Text(
        "查看某件密件的全部登记内容；--names 才显示文号和标题。",
        "Shows all that is known of documents; numbers and titles only with --names.",
    ),
    "short.register remove": Text("从台账中删除", "remove documents"),
    "about.register remove": Text(
        "从台账中删除密件及其指纹，以后查不出对它的摘录。已解密的用 declassify。",
        "Removes documents with their fingerprints: excerpts of them are no longer found. For "
        "those that were released use declassify.",
    ),
    "short.register verify": Text("检查台账或导出文件是否完好", "check a register or an export"),
    "about.register verify": Text(
        "读取台账或者导出文件的全部内容，检查是否损坏、被截断或者被改动。",
        "Reads all of a register or an export and tells whether it was damaged or changed.",
    ),
    "short.register merge": Text("合并台账中的小段", "merge small segments"),
    "about.register merge": Text(
        "合并多次登记留下的小段。登记时会自动合并，一般不用。",
        "Merges the segments that additions leave. Additions do so themselves when needed.",
    ),
    "short.register public": Text("登记本单位的公开文件", "take in the office's public documents"),
    "about.register public": Text(
        "登记本单位已经公开的文件：其中的文字不再算作密件的内容。\n与在保密期内的密件大部分相同的文件会被拒绝。",
        "Takes in what the office has published: its text no longer counts as classified.\nA file "
        "that is mostly a registered document in force is refused.",
    ),
    "short.register key": Text("写出扫描用密钥", "write the key for scanning"),
    "about.register key": Text(
        "写出扫描用密钥：能用导出文件检查，不能打开台账，也不能签名。",
        "Writes the key for scanning: it looks things up in an export, but opens no register.",
    ),
    "short.register export": Text("导出供检查使用的文件", "export what a scan needs"),
    "about.register export": Text(
        "导出检查用的文件：加密的指纹、编号、密级、期限、到期日，已签名。\n标题和文号只导出加密的摘要，"
        "知悉范围不导出，除非用 --names、--scope。",
        "Exports keyed fingerprints, ids, levels, periods and ends, signed.\nTitles and numbers go "
        "out as keyed digests, scopes not at all, unless --names or --scope asks for them.",
    ),
    "short.register import": Text("导入导出文件供检查使用", "take in an export"),
    "about.register import": Text(
        "核对导出文件的签名、版本和密钥，再放到检查时使用的位置。",
        "Verifies signature, version and key of an export and puts it where scans use it.",
    ),
    "option.book": Text(
        "台账文件，默认在用户数据文件夹中",
        "file of the register; default: in the user's data folder",
    ),
    "option.book-key": Text(
        "密钥文件，默认为台账文件名后加 .key", "key; default: the name of the register and .key"
    ),
    "option.add-from": Text(
        "台账：.xlsx 或 .csv，每行一件，文件路径从台账所在文件夹算起",
        "ledger, .xlsx or .csv, a document a row; paths count from its folder",
    ),
    "option.add-level": Text(
        "密级：绝密、机密、秘密，或者 juemi、jimi、mimi", "level: juemi, jimi, mimi"
    ),
    "option.add-period": Text(
        "保密期限、解密时间或解密条件：10年、2030年12月31日、启用前、长期",
        "period as it stands behind the star: 10年, 2030年12月31日, 启用前, 长期",
    ),
    "option.add-issued": Text("制发日期：2024-05-01", "day of issue: 2024-05-01"),
    "option.add-scope": Text("知悉范围，可以多次给出", "a reader or department; may be repeated"),
    "option.add-number": Text("发文字号", "document number"),
    "option.add-title": Text("标题", "title"),
    "option.add-points": Text(
        "密点文件：每段一个密点，可以写作“绝密：……”，不写密级的与文件相同",
        "file of secret points, a paragraph each, with a level of its own as in 绝密：…",
    ),
    "option.add-id": Text(
        "编号，会出现在报告和导出文件中；默认 R000001 起",
        "id, which reports and exports show; default from R000001",
    ),
    "option.add-copies": Text("印制份数", "how many copies may exist"),
    "option.add-approval": Text(
        "复制、汇编的批准文号，可以多次给出", "approval to copy; may be repeated"
    ),
    "option.add-stamp": Text("复制件戳记的文字", "what the stamp of a copy says"),
    "option.add-parent": Text("附件所属文件的编号", "id of the document that this is attached to"),
    "option.add-keep-public": Text(
        "公开文本中也有的文字照样登记：摘录法规等公开内容也会报告",
        "register what stands in public text as well: quotations of it are then found, too",
    ),
    "option.add-again": Text(
        "内容相同的文件已登记时仍然登记", "register what is registered already"
    ),
    "option.list-names": Text("显示文号和标题", "show numbers and titles"),
    "option.key-scan": Text(
        "写出的扫描用密钥，不覆盖已有文件", "key to write; none is written over"
    ),
    "option.export-out": Text("写出的文件，不覆盖已有文件", "file to write; none is written over"),
    "option.export-names": Text("文号、标题也按原文导出", "export numbers and titles as written"),
    "option.export-scope": Text("知悉范围也导出", "export the scopes as well"),
    "option.export-words": Text(
        "外文文件的指纹也导出：外文单词少，取得密钥的人很快就能猜出原文",
        "export fingerprints of documents in Latin letters, too: with the key their words are "
        "soon guessed",
    ),
    "option.import-older": Text("允许换成较旧的导出文件", "let an older export take the place"),
    "usage.add-nothing": Text(
        "没有给出文件：请列出文件，或者用 --from 给出台账", "no file was given"
    ),
    "usage.add-from": Text(
        "用 --from 时，文件、密级等都写在台账里，不再另外给出",
        "with --from the ledger names files, levels and the rest",
    ),
    "usage.add-one": Text("{name} 只能用于一个文件", "{name} is for one file only"),
    "register.id": Text("编号", "id"),
    "register.mark": Text("密级★期限", "marking"),
    "register.level": Text("密级", "level"),
    "register.period": Text("期限", "period"),
    "register.issued": Text("制发日期", "issued"),
    "register.ends": Text("到期日", "ends"),
    "register.state": Text("状态", "state"),
    "register.declassified": Text("解密日期", "released"),
    "register.document_number": Text("发文字号", "number"),
    "register.title": Text("标题", "title"),
    "register.scope": Text("知悉范围", "scope"),
    "register.copies": Text("份数", "copies"),
    "register.approvals": Text("批准文号", "approvals"),
    "register.stamp": Text("复制戳记", "stamp"),
    "register.parent": Text("上级编号", "parent"),
    "register.points": Text("密点（第几字）", "secret points"),
    "register.size": Text("字数", "size"),
    "register.kept": Text("指纹", "fingerprints"),
    "state.in-force": Text("保密", "in force"),
    "state.ended": Text("已到期", "ended"),
    "state.declassified": Text("已解密", "released"),
    "show.withheld": Text("（--names 显示）", "(shown with --names)"),
    "list.count": Text("共 {count} 件", "{count} documents"),
    "add.added": Text(
        "已登记 {id}  {name}  {mark}  {size} 字，指纹 {kept} 个",
        "added {id}  {name}  {mark}  {size} characters, {kept} fingerprints",
    ),
    "add.taken": Text("取自文件：{names}", "from the document: {names}"),
    "add.warning": Text("注意：{text}", "note: {text}"),
    "add.line": Text("第 {line} 行 {name}", "line {line} {name}"),
    "add.refused": Text("未登记 {name}：{why}", "not added, {name}: {why}"),
    "add.all": Text("已登记 {count} 件", "{count} documents added"),
    "add.some": Text(
        "已登记 {count} 件，未登记 {refused} 件", "{count} documents added, {refused} refused"
    ),
    "add.unread": Text("无法读取：{why}", "cannot be read: {why}"),
    "add.empty": Text("文件中没有文字", "there is no text in it"),
    "add.only-inside": Text(
        "文件本身没有文字，请分别登记其中的文件",
        "it has no text of its own; register the files inside",
    ),
    "add.partly": Text("未能读取全文，没有读到的部分查不出来：{why}", "only read in part: {why}"),
    "add.inside": Text(
        "其中另有 {count} 个文件没有登记", "{count} files inside it were not registered"
    ),
    "add.no-level": Text(
        "没有密级：文件上没有密级标志，请用 --level 或者台账写明",
        "no level: the document bears no marking; give one with --level or in the ledger",
    ),
    "add.levels": Text(
        "文件上有几种密级，请用 --level 或者台账写明",
        "the document bears several levels; say which",
    ),
    "add.missing": Text("没有这个文件", "there is no such file"),
    "add.folder": Text(
        "这是文件夹，请列出其中的文件，或者用 --from 按台账登记",
        "it is a folder: name the files in it, or register them by a ledger with --from",
    ),
    "add.two-periods": Text(
        "密级中写的期限与另写的保密期限不同，暂按较长的“{period}”登记，请核对更正",
        "the period behind the level differs from the one that is given apart; registered with "
        "the longer, {period}: correct it",
    ),
    "add.long-term": Text(
        "“长期”只用于保密事项范围明确规定的事项（《国家秘密定密管理暂行规定》第22条（2014）），请核对",
        "长期 is only for matters that a catalogue of secret matters says so of (classification "
        "rules 2014 art. 22): check it",
    ),
    "add.figures": Text(
        "没有汉字或者外文单词，数字不能提取指纹，登记后什么也查不出来",
        "there are no words in it: figures have no fingerprints, nothing of it could be found",
    ),
    "add.level": Text("“{written}”不是国家秘密的密级", '"{written}" is no level of state secrets'),
    "add.period": Text(
        "“{written}”不是保密期限、解密时间或者解密条件",
        '"{written}" is no period, date or condition',
    ),
    "add.issued": Text("“{written}”不是日期", '"{written}" is no date'),
    "add.issued-when": Text(
        "制发日期 {day} 不对：不能晚于今天或者早于 1949 年 10 月",
        "the day of issue {day} cannot be: it is to come, or before October 1949",
    ),
    "add.ends-early": Text("解密时间早于制发日期", "it ends before it was issued"),
    "add.copies": Text("“{written}”不是份数", '"{written}" is no number of copies'),
    "add.id": Text(
        "编号不能有空格和控制字符，不超过 64 个字符",
        "an id has no blanks and at most 64 characters",
    ),
    "add.id-tells": Text(
        "编号会出现在报告和导出文件中，不能含有标题或者文号",
        "ids stand in reports and exports: they must not tell title or number",
    ),
    "add.points": Text("密点文件“{name}”：{why}", 'secret points "{name}": {why}'),
    "add.point-above": Text(
        "密点的密级“{level}”高于文件的密级", "a secret point is {level}, above its document"
    ),
    "add.parent-day": Text(
        "文件没有成文日期，按主件“{id}”的日期 {day} 登记",
        'it bears no date; that of "{id}", {day}, was taken',
    ),
    "add.over-limit": Text(
        "保密期限超过法定上限（{level}级不超过 {limit} 年，《保守国家秘密法》第20条）；"
        "确为旧件的照此登记，属于笔误的请更正",
        "the period is longer than the law allows ({level}: {limit} years, secrets law art. 20); "
        "right for some old documents, else correct it",
    ),
    "add.id-hints": Text(
        "编号中有标题里的 {count} 个字，编号会写进导出文件和每份报告，请改用不反映内容的编号",
        "the id holds {count} characters of the title, and stands in exports and reports; choose "
        "one that tells nothing",
    ),
    "add.other-level": Text(
        "文件上标的是“{own}”，按“{given}”登记", 'the document says "{own}", registered as "{given}"'
    ),
    "add.other-period": Text(
        "登记的期限与文件上标的不同", "the period differs from the one on the document"
    ),
    "add.other-day": Text(
        "登记的制发日期与文件上的 {day} 不同", "the day of issue differs from {day} on the document"
    ),
    "add.no-period": Text(
        "没有期限，到期日按法定最长期限推算，不会自行解除",
        "no period: the end is assumed by the legal default and never passes by itself",
    ),
    "add.no-issued": Text(
        "没有制发日期，算不出到期日，不会自行解除",
        "no day of issue: nobody can tell when it ends, so it never passes by itself",
    ),
    "add.ended": Text(
        "保密期限已满，检查时不会报告对它的摘录", "it has ended: excerpts are not reported"
    ),
    "add.useless": Text(
        "内容全部是公开文字、公文套语或者过短，也没有能查的标题、文号，登记后什么也查不出来",
        "nothing of it could ever be found: all of it is public text, formulas or too short, "
        "without a title or number to look for",
    ),
    "add.known": Text(
        "内容与已登记的 {id} 相同；确要再登记请用 --again",
        "it is the same as {id}; to register it all the same use --again",
    ),
    "add.twice": Text(
        "内容与本次登记的另一文件相同；确要再登记请用 --again",
        "it is the same as another one of this run; to register it all the same use --again",
    ),
    "ledger.unread": Text("无法读取台账“{name}”：{why}", 'cannot read the ledger "{name}": {why}'),
    "ledger.format": Text(
        "台账“{name}”的格式是 {format}，请另存为 .xlsx 或 .csv",
        'the ledger "{name}" is in the format {format}; save it as .xlsx or .csv',
    ),
    "ledger.broken": Text(
        "台账“{name}”第 {line} 行的引号不成对",
        'the ledger "{name}" has a broken quote in line {line}',
    ),
    "ledger.no-files": Text(
        "台账“{name}”的前几行中没有表头：须有“文件”或“路径”一列",
        'the ledger "{name}" has no heading with a column 文件 or 路径',
    ),
    "ledger.twice": Text(
        "台账“{name}”第 {line} 行的表头中，第 {column} 列与前面的列重复",
        'the ledger "{name}", line {line}: column {column} stands twice',
    ),
    "ledger.unknown": Text(
        "台账“{name}”中没有使用的列：{names}", 'columns of "{name}" not used: {names}'
    ),
    "ledger.row-no-file": Text("没有写文件路径", "no file is named"),
    "register.made": Text(
        "已建立台账“{name}”和密钥“{key}”。没有密钥就打不开台账，得到密钥就能猜验内容：请与密件同样保管并备份",
        'made the register "{name}" and its key "{key}". Without the key it is lost, with it '
        "contents can be guessed: keep and back it up like the documents",
    ),
    "register.made-with": Text(
        "已用现有密钥“{key}”建立台账“{name}”", 'made the register "{name}" with the key "{key}"'
    ),
    "register.is-export": Text(
        "“{name}”是导出文件，只能用来检查，不能修改；请用台账本身",
        '"{name}" is an export: it only serves scans; name the register itself',
    ),
    "remove.done": Text("已删除 {id}", "removed {id}"),
    "remove.children": Text(
        "它的附件仍在台账中：{ids}", "its attachments are still registered: {ids}"
    ),
    "verify.sound": Text(
        "“{name}”完好：{entries} 件，指纹 {rows} 个",
        '"{name}" is sound: {entries} documents, {rows} fingerprints',
    ),
    "merge.done": Text("已合并", "merged"),
    "public.done": Text(
        "已登记公开文件 {count} 个，指纹 {rows} 个",
        "took in {count} public files, {rows} fingerprints",
    ),
    "public.refused": Text("未登记 {name}：{why}", "not taken in, {name}: {why}"),
    "public.missing": Text("没有“{name}”", 'there is no "{name}"'),
    "public.registered": Text(
        "含有在保密期内的 {id} 的 {part}，不能作为公开文件；已公开的请先用 declassify 登记解密",
        "it holds {part} of {id}, which is in force; if that was released use declassify first",
    ),
    "key.written": Text(
        "已写出扫描用密钥“{name}”（密钥 {id}）；得到它和导出文件的人可以猜验内容，"
        "只应让运行检查的账户读取",
        'wrote the key for scanning "{name}" (key {id}); with it and an export contents can be '
        "guessed: only the account that scans should read it",
    ),
    "export.done": Text(
        "已写出“{name}”：{entries} 件，指纹 {rows} 个，{size}",
        'wrote "{name}": {entries} documents, {rows} fingerprints, {size}',
    ),
    "export.no-names": Text(
        "其中有编号、密级、期限、日期、字数；标题和文号只有加密的摘要",
        "it tells ids, levels, periods, dates and sizes; titles and numbers are keyed digests",
    ),
    "export.names": Text(
        "其中有标题和文号的原文：请确认可以带出", "it holds titles and numbers as written"
    ),
    "export.no-words": Text(
        "外文文件 {count} 件只导出编号和名称的摘要，没有导出正文的指纹（需要时用 --words）",
        "of {count} documents in Latin letters no fingerprints went out (--words would do it)",
    ),
    "import.done": Text("已导入“{name}”：{entries} 件", 'imported "{name}": {entries} documents'),
    "import.no-export": Text(
        "“{name}”不是导出文件；请在涉密计算机上用 register export 导出",
        '"{name}" is no export; make one with register export',
    ),
    "import.over": Text(
        "“{name}”不是导出文件，不会覆盖：可能是台账本身",
        '"{name}" is no export and is not written over',
    ),
    "import.itself": Text("“{name}”已经在要导入的位置", '"{name}" lies there already'),
    "import.older": Text(
        "“{name}”比现有的导出文件旧，不会替换；确要替换请用 --older",
        '"{name}" is older than the export that is there; use --older to go back',
    ),
    "import.office-key": Text(
        "“{name}”是本单位的台账密钥，不应放在检查用的计算机上：请改用 register key --scan "
        "写出的密钥",
        '"{name}" is the key of the office, which should not lie where scans run: use one that '
        "register key --scan has written",
    ),
    "import.key-apart": Text(
        "检查时请用 --key {name}，或者把密钥放到“{beside}”",
        'scan with --key {name}, or put the key at "{beside}"',
    ),
}
