"""What the command line and the reports say."""

from __future__ import annotations

from markscan.wording.text import Text

INTERFACE: dict[str, Text] = {
    "severity.critical": Text("严重", "critical"),
    "severity.high": Text("高", "high"),
    "severity.medium": Text("中", "medium"),
    "severity.low": Text("低", "low"),
    "severity.info": Text("提示", "info"),
    "verdict.above-ceiling": Text("存放越级", "above the ceiling of its place"),
    "verdict.excerpt-unmarked": Text("摘引未标", "unmarked excerpt"),
    "verdict.marking-missing": Text("应标未标", "marking missing"),
    "verdict.to-verify": Text("待核实是否涉密", "verify first whether it is secret"),
    "verdict.marking-faulty": Text("标志有误", "marking faulty"),
    "verdict.handle-as-internal": Text("按内部文件管理", "handle as internal"),
    "verdict.mention": Text("提及", "mention"),
    "verdict.all-dismissed": Text("已排除", "all dismissed"),
    "verdict.clean": Text("无问题", "clean"),
    "status.examined": Text("完整检查", "examined"),
    "status.partial": Text("部分检查", "examined in part"),
    "status.unread": Text("未能检查", "not examined"),
    "cause.encrypted": Text("已加密", "encrypted"),
    "cause.damaged": Text("文件损坏", "damaged"),
    "cause.unsupported": Text("格式不支持", "unsupported"),
    "cause.limit": Text("超出限额", "over a limit"),
    "cause.timeout": Text("超时", "timed out"),
    "cause.no-text-layer": Text("无文本层", "no text layer"),
    "cause.permission": Text("无权读取", "no permission"),
    "cause.vanished": Text("文件不存在", "not there"),
    "cause.disconnected": Text("共享中断", "share lost"),
    "cause.internal": Text("内部错误", "internal error"),
    "column.severity": Text("级别", "severity"),
    "column.rule": Text("规则", "rule"),
    "column.place": Text("位置", "place"),
    "column.message": Text("问题", "problem"),
    "column.fix": Text("处理意见（依据）", "what to do (basis)"),
    "fix": Text("{fix}（{basis}）", "{fix} ({basis})"),
    "quote": Text("原文：{text}", "text: {text}"),
    "advice": Text(
        "请判定（供定密责任人参考，不是检查结论）", "for the classifier to decide (no verdict)"
    ),
    "advice.line": Text("{place}：{message}（{basis}）", "{place}: {message} ({basis})"),
    "unjudged": Text("未判断（缺{missing}）：{rules}", "not judged ({missing} not given): {rules}"),
    "input.layout": Text("版面信息", "page layout"),
    "input.form": Text("定密审批单", "classification form"),
    "input.register": Text("涉密文件台账", "register of classified documents"),
    "input.issue-date": Text("成文日期", "date of issue"),
    "place.file": Text("整个文件", "the file"),
    "place.page": Text("第{page}页", "page {page}"),
    "place.line": Text("第{line}行", "line {line}"),
    "place.paragraph": Text("第{number}段", "paragraph {number}"),
    "place.table": Text(
        "表格{table}第{row}行第{column}列", "table {table}, row {row}, column {column}"
    ),
    "place.sheet": Text("第{sheet}张表!{cell}", "sheet {sheet}!{cell}"),
    "place.others": Text("另见 {places}", "also {places}"),
    "place.others-more": Text(
        "另见 {places} 等{count}处", "also {places} and more, {count} in all"
    ),
    "place.body": Text("正文", "body"),
    "place.header": Text("页眉", "header"),
    "place.footer": Text("页脚", "footer"),
    "place.textbox": Text("文本框", "text box"),
    "place.note": Text("脚注尾注", "note"),
    "place.comment": Text("批注", "comment"),
    "place.cell": Text("表格", "cell"),
    "place.property": Text("文件属性", "property"),
    "place.filename": Text("文件名", "file name"),
    "place.image": Text("图片", "picture"),
    "place.hidden": Text("隐藏文字", "hidden text"),
    "place.deleted": Text("修订删除内容", "tracked deletion"),
    "ledger": Text("检查台账", "Coverage"),
    "ledger.coverage": Text(
        "发现文件 {discovered} = 完整检查 {examined} + 部分检查 {partial} + 未能检查 {unread}"
        " + 按策略排除 {excluded}（含压缩包等内部文件 {inside}）",
        "{discovered} files found = {examined} examined + {partial} in part + {unread} not"
        " + {excluded} excluded ({inside} of them inside other files)",
    ),
    "ledger.causes": Text("未检原因", "causes"),
    "ledger.verdicts": Text("文件结论", "files"),
    "ledger.findings": Text("检出问题", "findings"),
    "ledger.no-findings": Text("无", "none"),
    "ledger.end": Text("结论", "Result"),
    "ledger.discovered": Text("发现文件", "files found"),
    "ledger.excluded": Text("按策略排除", "excluded"),
    "end.all": Text("文件已全部检查", "all files were examined"),
    "end.nothing": Text("没有可检查的文件", "there were no files to examine"),
    "end.none-examined": Text("没有检查任何文件", "no file was examined"),
    "end.findings": Text(
        "检出“{level}”及以上级别问题 {count} 项", "{count} findings of severity {level} or above"
    ),
    "end.no-findings": Text(
        "未检出“{level}”及以上级别的问题", "no findings of severity {level} or above"
    ),
    "end.incomplete": Text(
        "有 {count} 个文件未能完整检查，不能视为无问题",
        "{count} files were not examined in full and must not be taken for clean",
    ),
    "end.interrupted": Text("检查被中断，结果不完整", "interrupted; the result is not complete"),
    "end.internal": Text(
        "程序内部故障，检查未完成，已有结果有效", "internal failure; what was reported stands"
    ),
    "sarif.advice": Text(
        "文中内容提示可能需要定密；是否定密由定密责任人判定",
        "the text suggests that a level may be needed; whether it is, a classifier decides",
    ),
    "sarif.message": Text("{message}。{fix}", "{message}. {fix}"),
    "page.title": Text("密级标志检查报告", "Report on state-secret markings"),
    "page.program": Text("MarkScan {version} 生成", "by MarkScan {version}"),
    "page.private": Text(
        "报告不含文件正文；版面示意图以灰条代替文字，仅显示密级标志。",
        "No text of the documents is in this report: grey bars stand for it in the drawings, and"
        " only markings can be read.",
    ),
    "page.quotes": Text(
        "报告引用了文件原文，请按所检查文件的最高密级管理。",
        "This report quotes the documents: handle it like the highest of them.",
    ),
    "page.to-ledger": Text("查看检查台账", "to the coverage"),
    "page.more-clean": Text(
        "另有 {count} 个无问题的文件未逐一列出（加 --verbose 全部列出）",
        "{count} more clean files are not listed (--verbose lists all)",
    ),
    "page.format": Text("格式 {format}", "format {format}"),
    "page.problem": Text("问题", "problem"),
    "page.fix": Text("改法", "fix"),
    "page.basis": Text("依据", "basis"),
    "page.unjudged": Text("未判断的规则 {count} 条", "{count} rules did not judge"),
    "page.unread": Text(
        "未能完整检查，不能视为无问题", "not examined in full: must not be taken for clean"
    ),
    "page.drawing": Text("第{page}页版面示意", "page {page} as it is set"),
    "page.drawing-note": Text(
        "编号即问题序号；未编号的问题不在本页，或不能确定位置",
        "numbers are those of the findings; one without is on another page or cannot be placed",
    ),
    "error": Text("错误：{text}", "error: {text}"),
    "error.internal": Text("程序内部故障（{where}）", "internal failure ({where})"),
    "config.ignored": Text(
        "当前文件夹的 markscan.toml 位于被检查范围内，未采用；请用 --config 指定",
        "markscan.toml of this folder lies in what is scanned and is not used; name it by --config",
    ),
    "progress": Text(
        "已检 {done} 个，{rate} 个/秒，{megabytes} MB/秒",
        "{done} files, {rate}/s, {megabytes} MB/s",
    ),
    "usage.no-option": Text("没有选项 {name}", "there is no option {name}"),
    "usage.no-command": Text("没有命令 {name}", "there is no command {name}"),
    "usage.nearest": Text("；是否为 {name}？", "; did you mean {name}?"),
    "usage.missing": Text("缺少 {name}", "{name} is missing"),
    "usage.bad-value": Text("{name} 的值不对：{why}", "wrong value of {name}: {why}"),
    "usage.other": Text("用法不对：{why}", "wrong usage: {why}"),
    "usage.profile": Text(
        "没有单位类型配置“{name}”，可选：{known}",
        'there is no profile "{name}"; choose from: {known}',
    ),
    "usage.list": Text("无法读取清单“{name}”：{why}", 'the list "{name}" cannot be read: {why}'),
    "usage.review": Text(
        "请给出 PATH 或 --files-from，二者选一", "give either PATH or --files-from"
    ),
    "usage.no-rule": Text("没有规则 {code}", "there is no rule {code}"),
    "usage.demo-folder": Text(
        "文件夹“{name}”不是空的，也不是本演示所建；请另选文件夹",
        'the folder "{name}" is neither empty nor of this demonstration; choose another',
    ),
    "usage.demo-write": Text(
        "无法写入文件夹“{name}”：{why}", 'cannot write to the folder "{name}": {why}'
    ),
    "demo.written": Text(
        "一、检查共享目录（scan）：已在“{name}”写入 {count} 个虚构样例文件，开始检查",
        '1. Scan of a share: wrote {count} invented files to "{name}"; scanning them',
    ),
    "demo.drafts": Text(
        "二、印发前自查（check）：“{name}”中有 {count} 个虚构草稿，一个没有问题，两个标志有误，"
        "一个未标密级、需要判定，开始检查",
        '2. Check before issue: "{name}" holds {count} invented drafts, one right, two faulty, one'
        " unmarked that may need a level; checking them",
    ),
    "demo.report": Text(
        "已写出“{name}”，即上述草稿的网页报告，附首页版面示意",
        'wrote "{name}", the same report as a page, with drawings of first pages',
    ),
    "demo.again": Text("再次检查：{line}", "to run it again: {line}"),
    "marking.is": Text("类别", "kind"),
    "marking.none": Text("不是密级标志", "no marking"),
    "marking.level": Text("密级", "level"),
    "marking.period": Text("保密期限", "period"),
    "marking.faults": Text("问题", "faults"),
    "marking.no-fault": Text("无", "none"),
    "marking.right": Text("正确写法", "right form"),
    "scheme.checkbox": Text("密级选项", "level boxes"),
    "scheme.scope": Text("知悉范围", "scope of knowledge"),
    "scheme.docno": Text("发文字号", "document number"),
    "scheme.telegram": Text("电报等级", "telegram urgency"),
    "scheme.lifecycle": Text("密级变更、解密标识", "change or end of a marking"),
    "period.-": Text("未标", "none written"),
    "period.!": Text("无法识别", "cannot be read"),
    "period.LONG": Text("长期", "long-term"),
    "unit.Y": Text("年", "years"),
    "unit.M": Text("个月", "months"),
    "unit.W": Text("周", "weeks"),
    "unit.D": Text("日", "days"),
    "unit.H": Text("小时", "hours"),
    "about": Text(
        "检查公文中的国家秘密标志：应标未标、标志有误、存放越级。离线运行，不改动任何文件。",
        "Checks state-secret markings in documents: missing, faulty, or in the wrong place."
        " Works offline and changes no file.",
    ),
    "short.check": Text("起草人印发前自查文件", "look over drafts before they are issued"),
    "short.scan": Text("检查共享目录等位置下的全部文件", "scan everything under folders"),
    "short.review": Text("批量复查文件，出一份报告", "review a batch of files in one report"),
    "short.rules": Text("查看规则目录或某条规则", "the catalogue of rules, or one of them"),
    "short.marking": Text("解析密级标志的写法", "parse markings"),
    "short.doctor": Text(
        "检查安装是否齐全、读取是否留痕", "what is installed, what is missing, what is left behind"
    ),
    "short.demo": Text(
        "生成样例共享目录和草稿并检查", "make a sample share and drafts, and look over both"
    ),
    "about.check": Text(
        "印发前自查若干文件。无需配置；在终端上会引用标志所在的那一行。",
        "Looks over a few drafts. Needs no configuration; quotes the line on a terminal.",
    ),
    "about.scan": Text(
        "检查 ROOT 下的全部文件。配置取自 --config 或当前文件夹的 markscan.toml，"
        "不采用被检查范围内的配置。",
        "Scans everything under ROOT, by --config or the markscan.toml of the working folder;"
        " never by one that lies in what is scanned.",
    ),
    "about.review": Text(
        "批量复查 PATH 下的文件，或清单中列出的文件。",
        "Reviews the files under PATH, or those of a list.",
    ),
    "about.rules": Text(
        "列出全部规则；给出 CODE 则显示该条规则。", "Lists all rules, or shows CODE."
    ),
    "about.marking": Text(
        "解析 TEXT；不给 TEXT 则从标准输入逐行读取。只要能解析完，退出码即为 0。",
        "Parses each TEXT, or each line of standard input. Exit code 0 whatever they say.",
    ),
    "about.doctor": Text(
        "逐项检查安装情况，并用内置样例实际运行一遍。有必需部分不可用时退出码为 4。",
        "Looks at the installation piece by piece and scans built-in samples. Exit code 4 if"
        " something that is needed does not work.",
    ),
    "about.demo": Text(
        "在 FOLDER（默认 markscan-demo）写入虚构的样例文件，先检查共享目录，再检查起草中的草稿。"
        "检查完成即退出码 0，无论检出什么。",
        "Writes invented files to FOLDER (markscan-demo), scans them as a share, then checks the"
        " drafts among them. Exit code 0 once both are done, whatever they find.",
    ),
    "doctor.line": Text("[{state}] {name}：{detail}", "[{state}] {name}: {detail}"),
    "doctor.ok": Text("正常", "ok"),
    "doctor.missing": Text("未装", "missing"),
    "doctor.broken": Text("故障", "broken"),
    "doctor.program": Text(
        "MarkScan {version}，Python {python}，{system}",
        "MarkScan {version}, Python {python}, {system}",
    ),
    "doctor.matching": Text(
        "检查时用 {name} 引擎查找 {terms} 个词条（{library} {version}）",
        "scans look for {terms} terms with the engine {name} ({library} {version})",
    ),
    "doctor.slow-matching": Text(
        "{best} 在本机不可用，检查时改用 {name} 引擎（{library} {version}），结果相同，速度较慢",
        "{best} does not work here: scans use the engine {name} ({library} {version}), with the "
        "same results, slower",
    ),
    "doctor.data": Text("词条 {terms} 条，规则 {rules} 条", "{terms} terms, {rules} rules"),
    "doctor.profile": Text("{name}：{switches}", "{name}: {switches}"),
    "doctor.reads": Text("可读：{formats}", "reads {formats}"),
    "doctor.no-library": Text("缺少程序库 {name}", "library {name} is missing"),
    "doctor.extra.ocr": Text("识别图片中的文字", "recognises the text of pictures"),
    "doctor.extra.libarchive": Text(
        "解压 RAR、CAB、LZH、ZST 和 7z 的少见压缩方法",
        "unpacks RAR, CAB, LZH, ZST and rare methods of 7z",
    ),
    "doctor.extra.fast": Text(
        "已编译快速折叠，每个检查进程读过 {count} 字后启用",
        "the fused fold compiles; a process that scans uses it after {count} characters",
    ),
    "doctor.no-extra.fast": Text(
        "快速折叠：未安装，海量文本的词语匹配慢三成；可用 pip install 'markscan[fast]' 安装",
        "no fused fold: terms take a third longer in very much text; pip install 'markscan[fast]'"
        " brings it",
    ),
    "doctor.unusable.fast": Text(
        "快速折叠：已安装 numba，但在本机不能使用，按普通方式折叠",
        "numba is installed but does not work here: the ordinary fold does all",
    ),
    "doctor.no-extra.ocr": Text(
        "识别图片中的文字：未安装，图片列为未能检查；可用 pip install 'markscan[ocr]' 安装",
        "no text of pictures: they count as not examined; pip install 'markscan[ocr]' brings it",
    ),
    "doctor.no-extra.libarchive": Text(
        "系统没有 libarchive 程序库，压缩的 RAR、CAB、LZH、ZST 列为未能检查；请安装 libarchive",
        "the system has no libarchive: packed RAR, CAB, LZH and ZST count as not examined",
    ),
    "doctor.workers": Text(
        "独立进程检查 {count} 个样例，单个文件限 {seconds} 秒、{megabytes} MB",
        "a process of its own examined {count} samples, within {seconds} s and {megabytes} MB each",
    ),
    "doctor.workers-unbounded": Text(
        "独立进程检查 {count} 个样例，单个文件限 {seconds} 秒；"
        "本系统不能限制进程内存（设定 {megabytes} MB）",
        "a process of its own examined {count} samples, within {seconds} s each; this system cannot"
        " bound its memory ({megabytes} MB are set)",
    ),
    "doctor.faults": Text(
        "{count} 个样例出现程序内部错误，例如 {name}",
        "{count} samples met an internal error, such as {name}",
    ),
    "doctor.no-workers": Text("不能启动检查进程：{why}", "no process can be started: {why}"),
    "doctor.no-traces": Text(
        "检查 {count} 个样例：未写磁盘，未建网络连接，未启动程序",
        "examined {count} samples: nothing written, nobody called, no program started",
    ),
    "doctor.traces": Text("读取样例时留痕：{what}", "reading samples left traces: {what}"),
    "option.config": Text("配置文件", "configuration file"),
    "option.profile": Text("单位类型：{names}", "kind of organisation: {names}"),
    "option.lang": Text("输出语言，默认 zh", "language of the output; default zh"),
    "option.format": Text(
        "输出格式：text 供人阅读（默认，无论是否终端），html 为单个网页，jsonl 和 sarif 供程序读取",
        "text for people (the default, on a terminal or not), html for one page,"
        " jsonl and sarif for programs",
    ),
    "option.quiet": Text("不显示进度、台账和提示", "no progress, no totals, no remarks"),
    "option.verbose": Text("无问题的文件也列出", "list clean files, too"),
    "option.progress": Text("是否在终端显示进度", "whether to show progress on a terminal"),
    "option.fail-level": Text(
        "达到此级别的问题使退出码为 1，默认 medium",
        "severity that makes exit code 1; default medium",
    ),
    "option.jobs": Text("并行进程数，默认为处理器数", "processes; default one a processor"),
    "option.quote": Text(
        "是否引用问题所在的原文，默认仅 check 在终端上引用",
        "whether to quote the text; by default only check on a terminal",
    ),
    "option.form": Text(
        "本稿的发文稿纸或者定密审批表（另一个文件），按其中的密级、期限、范围核对",
        "the draft form (发文稿纸, 定密审批表) of the draft, in a file of its own",
    ),
    "option.ocr": Text(
        "是否识别图片中的文字，默认在已安装 markscan[ocr] 时识别",
        "whether to recognise the text of pictures; by default where markscan[ocr] is installed",
    ),
    "option.password-file": Text(
        "口令清单（UTF-8，每行一个），逐个尝试打开加密文件",
        "passwords in UTF-8, one a line, tried on files that are encrypted",
    ),
    "option.files-from": Text(
        "从 LIST 读取文件清单（换行或 NUL 分隔，- 为标准输入）",
        "read paths from LIST, ended by line feeds or NUL; - for standard input",
    ),
    "help.version": Text("显示版本号", "show the version"),
    "help.help": Text("显示本帮助", "show this help"),
    "help.usage": Text("用法：", "Usage:"),
    "help.heading.options": Text("选项", "Options"),
    "help.heading.commands": Text("命令", "Commands"),
    "help.heading.exit codes": Text("退出码", "Exit codes"),
    "exit.0": Text("全部检查，无达到级别的问题", "all examined, no such finding"),
    "exit.1": Text("有达到 --fail-level 的问题", "findings at or above --fail-level"),
    "exit.2": Text("用法、配置或规则有误，未检查", "wrong usage, configuration or rules"),
    "exit.3": Text("无此类问题，但有文件未能完整检查", "no such finding, but not all examined"),
    "exit.4": Text(
        "程序内部故障，已有结果有效；或者自检样本没有检出",
        "internal failure, partial results stand; or a self-test sample was not found",
    ),
    "exit.130": Text("被中断，已有结果有效", "interrupted; partial results stand"),
}
