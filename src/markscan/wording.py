"""What a user reads, in Chinese and English: one table.

The sentences of a rule stand in the rule's own file, which the table `RULES` lists;
everything else stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
_LANGUAGES: tuple[Language, Language] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages, with the same names in braces."""

    zh: str
    en: str

    def fill(self, **values: object) -> Text:
        """Return the sentence with `values` in its braces, a Text in the language it meets."""
        zh, en = (
            {name: v.of(language) if isinstance(v, Text) else v for name, v in values.items()}
            for language in _LANGUAGES
        )
        return Text(self.zh.format(**zh), self.en.format(**en))

    def of(self, language: Language) -> str:
        """Return the sentence in one language."""
        return self.zh if language == "zh" else self.en


# Why a file was not read, or not in full: keys are the reasons of UnreadError.
PROBLEMS: dict[str, Text] = {
    "permission": Text("无权读取", "the system denies reading"),
    "vanished": Text("列出后文件已不存在", "the file was gone when it was opened"),
    "missing": Text("指定的路径不存在", "there is nothing at this path"),
    "folder-denied": Text(
        "无权列出此文件夹，其中内容未检查",
        "the system denies listing this folder; nothing in it was examined",
    ),
    "link-out-of-root": Text(
        "链接指向检查范围之外，未跟随", "a link that leads out of the scanned folders; not followed"
    ),
    "dangling-link": Text("链接指向的文件不存在", "a link that leads to nothing"),
    "path-too-long": Text(
        "路径过长，其中内容未检查", "the path is too long; nothing below it was examined"
    ),
    "special-file": Text("不是普通文件（管道或者设备）", "no regular file (a pipe or a device)"),
    "folder": Text(
        "这是文件夹，请用 markscan scan 检查", "this is a folder; use markscan scan to examine it"
    ),
    "link-loop": Text(
        "链接指回上级文件夹，未跟随", "a link back to a folder above it; not followed"
    ),
    "system": Text("系统错误：{error}", "system error: {error}"),
    "internal": Text("程序内部错误（{error}），详见日志", "internal error ({error}); see the log"),
    "timeout": Text("超过单个文件时限 {seconds} 秒", "took longer than {seconds} seconds"),
    "crashed": Text("解析进程异常退出（{status}）", "the reading process ended ({status})"),
    "aborted": Text(
        "解析时超出 {megabytes} MB 内存上限，进程被中止",
        "reading went beyond {megabytes} MB of memory and was aborted",
    ),
    "member-unread": Text(
        "内含文件有 {count} 个未能完整读取", "{count} files inside were not read in full"
    ),
    "unsupported": Text("暂不支持的格式：{format}", "format not supported: {format}"),
    "limit.member-bytes": Text(
        "内含文件超过 {allowed} 字节上限", "a file inside exceeds {allowed} bytes"
    ),
    "limit.ratio": Text(
        "压缩比超过 {allowed} 倍上限", "unpacks to more than {allowed} times its size"
    ),
    "limit.unpacked-bytes": Text(
        "解压总量超过 {allowed} 字节上限", "unpacks to more than {allowed} bytes"
    ),
    "limit.entries": Text("内含文件超过 {allowed} 个上限", "more than {allowed} files inside"),
    "limit.depth": Text("嵌套超过 {allowed} 层上限", "nested deeper than {allowed} levels"),
    "limit.characters": Text("文字超过 {allowed} 字上限", "more than {allowed} characters"),
    "limit.parts": Text(
        "段落、单元格超过 {allowed} 个上限", "more than {allowed} paragraphs or cells"
    ),
    "memory": Text("超过 {megabytes} MB 内存上限", "needed more than {megabytes} MB of memory"),
    "picture": Text("图片，未做文字识别", "a picture; no text recognition"),
    "encrypted-package": Text("文档已加密，需要密码", "the document is encrypted"),
    "docx.no-body": Text("不是 Word 文档：没有正文部分", "no Word document: it has no body"),
    "docx.only-pictures": Text("文档只有图片，没有文字", "the document has pictures and no text"),
    "package.directory": Text(
        "文件不完整，仅读出能恢复的部分", "the file is incomplete; what could be found was read"
    ),
    "package.junk": Text("文件前后有多余数据", "other bytes stand before or behind the file"),
    "package.no-entries": Text(
        "文件已损坏，没有可读的部分", "the file is damaged; nothing can be read"
    ),
    "package.encrypted": Text("文档内容已加密", "what is inside the document is encrypted"),
    "package.part": Text("文档的 {part} 部分已损坏", "part {part} of the document is damaged"),
    "package.method": Text(
        "文档的 {part} 部分压缩方法不支持", "part {part} is packed by an unknown method"
    ),
    "package.xml": Text("文档的 {part} 部分不是完整的 XML", "part {part} is no whole XML"),
    "package.doctype": Text(
        "文档的 {part} 部分含有实体声明，未展开", "part {part} declares entities; not expanded"
    ),
    "pdf.encrypted": Text("PDF 已加密，需要口令", "the PDF asks for a password"),
    "pdf.damaged": Text("PDF 已损坏，没有可读的页", "the PDF is damaged; no page can be read"),
    "pdf.salvaged": Text(
        "PDF 不完整，已尽量恢复", "the PDF is cut off; what could be found was read"
    ),
    "pdf.pages-damaged": Text(
        "第 {pages} 页已损坏，共 {count} 页", "damaged pages: {pages} ({count})"
    ),
    "pdf.no-text": Text(
        "全部 {count} 个有内容的页均为图像，没有文字层",
        "all {count} pages with content are pictures without text",
    ),
    "pdf.pages-without-text": Text(
        "第 {pages} 页没有文字层，共 {count} 页", "pages without text: {pages} ({count})"
    ),
    "pdf.garbled": Text(
        "第 {pages} 页文字编码无法识别，共 {count} 页",
        "pages whose text has no known meaning: {pages} ({count})",
    ),
    "text.encoding-unsure": Text(
        "无法确定文字编码，内容可能有误", "the text encoding is in doubt; the text may be wrong"
    ),
    "text.bad-bytes": Text("有 {count} 处字节无法解码", "{count} places could not be decoded"),
    "text.nul-bytes": Text("略去 {count} 个空字节", "{count} NUL bytes were left out"),
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
    "limit.pages": Text("超过 {allowed} 页上限", "more than {allowed} pages"),
}

# What the command line and the reports say.
INTERFACE: dict[str, Text] = {
    "severity.critical": Text("严重", "critical"),
    "severity.high": Text("高", "high"),
    "severity.medium": Text("中", "medium"),
    "severity.low": Text("低", "low"),
    "severity.info": Text("提示", "info"),
    "verdict.above-ceiling": Text("存放越级", "above the ceiling of its place"),
    "verdict.excerpt-unmarked": Text("摘引未标", "unmarked excerpt"),
    "verdict.marking-missing": Text("应标未标", "marking missing"),
    "verdict.marking-faulty": Text("标志有误", "marking faulty"),
    "verdict.handle-as-internal": Text("按内部文件管理", "handle as internal"),
    "verdict.mention": Text("提及", "mention"),
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
    "cause.internal": Text("内部错误", "internal error"),
    "column.severity": Text("级别", "severity"),
    "column.rule": Text("规则", "rule"),
    "column.place": Text("位置", "place"),
    "column.message": Text("问题", "problem"),
    "column.fix": Text("处理意见（依据）", "what to do (basis)"),
    "fix": Text("{fix}（{basis}）", "{fix} ({basis})"),
    "quote": Text("原文：{text}", "text: {text}"),
    "place.file": Text("整个文件", "the file"),
    "place.page": Text("第{page}页", "page {page}"),
    "place.line": Text("第{line}行", "line {line}"),
    "place.paragraph": Text("第{number}段", "paragraph {number}"),
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
    "end.all": Text("文件已全部检查", "all files were examined"),
    "end.nothing": Text("没有可检查的文件", "there were no files to examine"),
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
        "已在“{name}”写入 {count} 个虚构样例文件，开始检查",
        'wrote {count} invented files to "{name}"; scanning them',
    ),
    "demo.again": Text("再次检查：{line}", "to scan again: {line}"),
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
    "short.demo": Text("生成样例共享目录并检查", "make a sample share and scan it"),
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
    "about.demo": Text(
        "在 FOLDER（默认 markscan-demo）写入虚构的样例文件并检查。"
        "检查完成即退出码 0，无论检出什么。",
        "Writes invented files to FOLDER (markscan-demo) and scans them. Exit code 0 once the"
        " scan is done, whatever it finds.",
    ),
    "option.config": Text("配置文件", "configuration file"),
    "option.profile": Text("单位类型配置名", "name of the profile"),
    "option.lang": Text("输出语言，默认 zh", "language of the output; default zh"),
    "option.format": Text(
        "输出格式：text 供人阅读（默认，无论是否终端），jsonl 供程序读取",
        "text for people (the default, on a terminal or not), jsonl for programs",
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
    "exit.4": Text("程序内部故障，已有结果有效", "internal failure; partial results stand"),
    "exit.130": Text("被中断，已有结果有效", "interrupted; partial results stand"),
}
