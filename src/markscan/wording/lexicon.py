"""What the commands on term lists say."""

from __future__ import annotations

from markscan.wording.text import Text

LEXICON: dict[str, Text] = {
    "short.lexicon": Text("检查、密封、编译词库", "check, seal and compile term lists"),
    "about.lexicon": Text("词库的检查、密封和编译。", "Checks, seals and compiles term lists."),
    "about.lexicon check": Text(
        "检查词库：重复、矛盾、过短、过于常见的词条。\n报告只写编号和行号，不写词条。",
        "Looks for terms that stand twice, contradict each other, are too short or too common.\n"
        "Reports ids and lines, not terms.",
    ),
    "short.lexicon check": Text("检查词库", "look over lists"),
    "about.lexicon seal": Text(
        "用口令密封词库（AES-256-GCM），扫描时只在内存中打开。",
        "Seals a list with a passphrase (AES-256-GCM); a scan opens it in memory only.",
    ),
    "short.lexicon seal": Text("用口令密封词库", "seal a list with a passphrase"),
    "about.lexicon unseal": Text(
        "打开密封的词库，写成明文文件，供修改后重新密封。",
        "Opens a sealed list and writes it as a plain file, to be changed and sealed again.",
    ),
    "short.lexicon unseal": Text("打开密封的词库", "open a sealed list"),
    "about.lexicon compile": Text(
        "预先编译词库，以后的扫描直接使用缓存。\n不给文件时编译 markscan.toml 中的词库。",
        "Compiles lists beforehand, so that later scans load them from the cache.\n"
        "Without files, those of markscan.toml.",
    ),
    "short.lexicon compile": Text("预先编译词库", "compile lists beforehand"),
    "option.terms-key-file": Text(
        "密封词库的口令文件，首行为口令（行尾空格不计）；也可用环境变量 MARKSCAN_TERMS_KEY_FILE",
        "file whose first line, without blanks at its end, is the passphrase of sealed lists; "
        "or set MARKSCAN_TERMS_KEY_FILE",
    ),
    "option.terms-out": Text("写出的文件，不覆盖已有文件", "file to write; none is written over"),
    "option.terms-text": Text(
        "本单位公开文件所在的文件夹，用来实际统计各词条出现的次数",
        "folder of the office's own public documents, in which terms are counted",
    ),
    "option.terms-common": Text(
        "每 1 MB 公开文本出现多少次算过于常见，默认 20",
        "hits in 1 MB of public text from which a term is too common; default 20",
    ),
    "option.terms-quote": Text(
        "写出词条（密封的词库除外）", "show the terms, but for those of sealed lists"
    ),
    "option.terms-format": Text("输出格式", "output format"),
    "lexicon.encoding": Text(
        "文件可能是 Big5 编码，已按 GB18030 读取，词条会是乱码：请另存为 UTF-8",
        "the file may be in Big5 and was read as GB 18030, so that its terms are garbled: "
        "save it as UTF-8",
    ),
    "lexicon.named": Text(
        "编号就是或者含有词条，报告会因此写出词条：请改用数字等编号",
        "the id is the term or holds it, so that reports tell the term: use numbers for ids",
    ),
    "lexicon.contradiction": Text(
        "同一词条的主题、权重或边界不一致", "the same term with another topic, weight or bounded"
    ),
    "lexicon.duplicate": Text("词条重复", "the same term twice"),
    "lexicon.example": Text("示例中没有该词条", "the term does not stand in its example"),
    "lexicon.counter-example": Text("反例中有该词条", "the term stands in its counter-example"),
    "lexicon.short": Text(
        "不足 2 个字，扫描时会拒绝", "shorter than 2 characters; scans refuse it"
    ),
    "lexicon.common": Text(
        "过于常见：每 1 MB 公开文本约 {figure} 次",
        "too common: about {figure} in 1 MB of public text",
    ),
    "lexicon.common.counted": Text(
        "过于常见：每 1 MB 本单位公开文本 {figure} 次",
        "too common: {figure} in 1 MB of the office's public text",
    ),
    "lexicon.dense": Text(
        "词库过密：每 10 KB 文本至多约 {figure} 次命中，扫描会明显变慢",
        "the list is dense: up to about {figure} hits in 10 KB of text; scans will be much slower",
    ),
    "lexicon.dense.counted": Text(
        "词库过密：每 10 KB 本单位文本 {figure} 次命中，扫描会明显变慢",
        "the list is dense: {figure} hits in 10 KB of the office's text; scans will be much slower",
    ),
    "lexicon.inside": Text("前一词条包含后一词条", "the first term holds the second"),
    "lexicon.warning": Text("注意", "warning"),
    "lexicon.info": Text("提示", "info"),
    "lexicon.more": Text("另有 {count} 项同类提示", "{count} more of the kind"),
    "lexicon.terms": Text("词条 {count} 个", "{count} terms"),
    "lexicon.topics": Text("主题：{topics}", "topics: {topics}"),
    "lexicon.lengths": Text("字数：{lengths}", "characters: {lengths}"),
    "lexicon.expected": Text(
        "每 10 KB 公开文本预计命中至多 {figure} 次", "at most {figure} hits expected in 10 KB"
    ),
    "lexicon.counted": Text(
        "在 {megabytes} MB 本单位文本中，每 10 KB 命中 {figure} 次",
        "{figure} hits in 10 KB, counted in {megabytes} MB of the office's text",
    ),
    "lexicon.unread": Text("{count} 个文件未能读取，未计入", "{count} files could not be read"),
    "lexicon.no-warning": Text("没有需要注意的问题", "no warnings"),
    "lexicon.warnings": Text("{count} 项需要注意", "{count} warnings"),
    "lexicon.no-key": Text(
        "需要口令：请用 --key-file 或环境变量 MARKSCAN_TERMS_KEY_FILE 指明口令文件",
        "a passphrase is needed: name its file with --key-file or MARKSCAN_TERMS_KEY_FILE",
    ),
    "lexicon.no-files": Text("没有给出词库文件", "no list was given"),
    "lexicon.already": Text("“{name}”已经是密封的", '"{name}" is sealed already'),
    "lexicon.not-sealed": Text("“{name}”不是密封的词库", '"{name}" is no sealed list'),
    "lexicon.sealed": Text(
        "已写出“{name}”，词条 {count} 个；请妥善处理明文 {source}",
        'wrote "{name}" with {count} terms; mind the plain {source}',
    ),
    "lexicon.forgotten": Text(
        "用明文词库编译的结果可能留在缓存中，已清空缓存文件夹“{folder}”（{count} 个文件）",
        "what was compiled from the plain list may have been in the cache; "
        'emptied "{folder}" ({count} files)',
    ),
    "lexicon.forgotten-not-all": Text(
        "用明文词库编译的结果可能留在缓存文件夹“{folder}”中：已删除 {count} 个文件，"
        "另有 {left} 个未能删除，请在其他检查结束后手工删除",
        'what was compiled from the plain list may still be in "{folder}": removed {count} files; '
        "{left} could not be removed, delete them when no other scan runs",
    ),
    "lexicon.unsealed": Text(
        "已写出明文“{name}”，用后请删除", 'wrote "{name}" in the clear; delete it after use'
    ),
    "lexicon.compiled": Text(
        "词条 {count} 个，引擎 {engine}，用时 {seconds} 秒；缓存新增 {megabytes} MB",
        "{count} terms, engine {engine}, {seconds} s; {megabytes} MB added to the cache",
    ),
}
