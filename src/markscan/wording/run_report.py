"""What a user reads in the reports of a kept run."""

from __future__ import annotations

from markscan.wording.text import Text

RUN_REPORT: dict[str, Text] = {
    "run.title": Text("保密检查报告", "Report of an inspection"),
    "run.handling": Text(
        "内部资料，按内部文件管理，不得公开。列有文件名称和存放位置，不含文件正文；"
        "汇总后是否涉密，由定密责任人判定。",
        "Internal: handle as internal paper, do not publish. It names files and where they lie, "
        "and repeats nothing of their text; whether the whole is secret, the officer decides.",
    ),
    "run.which": Text("第 {run} 次检查（{state}）", "Run {run} ({state})"),
    "run.which-when": Text("{which}，{span}", "{which}, {span}"),
    "run.span": Text("{started} 至 {ended}", "{started} to {ended}"),
    "run.no-end": Text("没有结束", "no end"),
    "run.roots": Text("检查范围", "Roots"),
    "run.when": Text("检查时间", "Time"),
    "run.beside": Text("对比基准", "Compared with"),
    "run.beside-one": Text("第 {run} 次检查（{started}）", "run {run} ({started})"),
    "run.beside-none": Text(
        "此前没有完成的检查，检出的问题都列为新增",
        "no run had finished before: all findings are listed as new",
    ),
    "run.program": Text("MarkScan {version}", "MarkScan {version}"),
    "run.coverage": Text("检查覆盖情况", "Coverage"),
    "run.agrees": Text(
        "四项相加相等，并与检查结束时的台账一致。",
        "The sum comes out, and is what the run had counted when it ended.",
    ),
    "run.differs": Text(
        "与检查结束时的台账不一致（当时发现 {told} 个文件），文件、检出的问题或者其严重程度有出入。"
        "请用 markscan doctor --store 核对检查记录库。",
        "This is not what the run had counted when it ended ({told} files): files, findings or "
        "their severity differ. Check the store with markscan doctor --store.",
    ),
    "run.gaps": Text("没有查到的：位置和原因", "What could not be looked at, by place and cause"),
    "run.no-gaps": Text("所有文件均已完整检查。", "All files were examined in full."),
    "run.unexamined": Text("未完整检查的文件", "Files not examined in full"),
    "run.unexamined-note": Text(
        "没有读到的不能视为无问题，请补查或者人工检查。",
        "What was not read must not be taken for clean: examine it again, or by hand.",
    ),
    "run.more-unexamined": Text(
        "另有 {count} 个未列出，全部清单见 xlsx 或 csv 格式的报告。",
        "{count} more are not listed here; the xlsx and csv reports list all.",
    ),
    "run.more": Text("另有 {count} 项未列出。", "{count} more are not listed here."),
    "run.changes": Text("问题变化情况", "What changed"),
    "run.by-severity": Text("按严重程度", "By severity"),
    "run.by-location": Text("按存放位置", "By location"),
    "run.by-owner": Text("按责任单位", "By owner"),
    "run.by-rule": Text("按规则", "By rule"),
    "run.trend": Text("变化趋势", "Trend"),
    "run.trend-findings": Text("各次检查检出的问题", "Findings in each run"),
    "run.trend-gaps": Text("各次检查未完整检查的文件", "Files not examined in full in each run"),
    "run.trend-none": Text("还没有完成的检查。", "No run has finished yet."),
    "run.oldest": Text("最久未整改的问题", "Open for the longest time"),
    "run.copies": Text(
        "内容相同、均有问题的文件", "Files with findings that are copies of each other"
    ),
    "run.copies-note": Text(
        "一处整改后，其余各处也应整改。", "What is mended in one place is to be mended in all."
    ),
    "run.copies-count": Text("{count} 份", "{count} copies"),
    "run.findings": Text("问题清单", "Findings"),
    "run.none": Text("无", "none"),
    "run.advice": Text("请人工判定的线索", "For a person to decide"),
    "run.rules": Text("规则和依据", "Rules and their basis"),
    "run.unnamed": Text("（未指定）", "(nobody named)"),
    "run.first": Text("{day}（第 {run} 次）", "{day} (run {run})"),
    "run.was": Text("原位置：{before}", "was: {before}"),
    "run.fix": Text("整改建议：{fix}", "Do: {fix}"),
    "run.dismissed": Text("已排除", "dismissed"),
    "run.dismissed-count": Text(
        "另有已排除 {count} 项，不计入以上各数。", "Beside these, {count} dismissed."
    ),
    "run.deadlines": Text(
        "属实的泄露：报告时限（24 小时内）", "Confirmed leaks: report in 24 hours"
    ),
    "run.due": Text(
        "{rule}　{locator}：应在 {due} 前报告，尚未登记报告",
        "{rule} {locator}: report it before {due}; no report is noted",
    ),
    "run.reported": Text(
        "{rule}　{locator}：应在 {due} 前报告，已于 {at} 向{to}报告",
        "{rule} {locator}: to be reported before {due}; reported to {to} at {at}",
    ),
    "run.marked": Text("标有{markings}", "marked {markings}"),
    "run.no-period": Text("{level}（未标期限）", "{level} (no period)"),
    "run.no-owner": Text("“{location}”的责任单位", 'those responsible for "{location}"'),
    "run.unmarked": Text("无标志", "unmarked"),
    "run.column.number": Text("序号", "no."),
    "run.column.kind": Text("类别", "kind"),
    "run.column.location": Text("位置", "location"),
    "run.column.file": Text("文件", "file"),
    "run.column.member": Text("内部文件", "file inside"),
    "run.column.place": Text("文件内位置", "place in the file"),
    "run.column.finding": Text("发现", "finding"),
    "run.column.severity": Text("级别", "severity"),
    "run.column.marking": Text("密级标志", "marking"),
    "run.column.rule": Text("规则", "rule"),
    "run.column.basis": Text("依据", "basis"),
    "run.column.fix": Text("整改建议", "what to do"),
    "run.column.first": Text("首次发现", "first seen"),
    "run.column.state": Text("状态", "state"),
    "run.column.before": Text("原位置", "moved from"),
    "run.column.conclusion": Text("核查结论", "conclusion"),
    "run.column.owner": Text("责任人", "owner"),
    "run.column.key": Text("核查号", "key"),
    "run.column.standing": Text("现有问题", "standing"),
    "run.column.new": Text("新增", "new"),
    "run.column.open": Text("未整改", "open"),
    "run.column.moved": Text("移动", "moved"),
    "run.column.gone": Text("消失", "gone"),
    "run.column.unknown": Text("无法判断", "unknown"),
    "run.column.format": Text("格式", "format"),
    "run.column.status": Text("检查情况", "status"),
    "run.column.cause": Text("原因", "cause"),
    "run.column.cause-message": Text("说明", "in words"),
    "run.kind.finding": Text("问题", "finding"),
    "run.kind.unexamined": Text("未完整检查", "not in full"),
    "run.kind.place": Text("位置检查", "place"),
    "run.sheet.findings": Text("台账", "findings"),
    "run.sheet.coverage": Text("覆盖情况", "coverage"),
    "run.sheet.unexamined": Text("未完整检查", "not in full"),
    "run.sheet.long": Text("长文本", "long texts"),
    "run.long": Text("……（全文见“{sheet}”第 {row} 行）", "… (in full in {sheet}, row {row})"),
    "option.run-format": Text(
        "输出格式：text 供人阅读，html 为单个网页，xlsx 为台账，docx 为检查报告，"
        "notice 为每个责任单位一份整改通知书（docx），csv、jsonl 和 sarif 供程序读取",
        "text for people, html for one page, xlsx for a ledger, docx for a report, notice for a "
        "notice to each owner (docx), csv, jsonl and sarif for programs",
    ),
    "option.against": Text(
        "与第几次检查比较，默认为之前最近一次完成的检查",
        "run to compare with; default the last one that finished before",
    ),
    "usage.against": Text(
        "只能与第 {run} 次之前的检查比较", "it can be compared with a run before run {run} only"
    ),
    "usage.against-lines": Text(
        "--against 不用于 text 和 jsonl 格式；请用 markscan diff",
        "--against does not go with text and jsonl; use markscan diff",
    ),
    "option.out": Text(
        "写入新文件（notice 为文件夹），不覆盖已有文件；默认为标准输出",
        "write to a new file (notice: to a folder), never over one; default standard output",
    ),
    "option.template": Text(
        "本单位的 Word 模板，用于 docx 和 notice", "the office's own template for docx and notice"
    ),
    "option.template-out": Text(
        "不出报告，把 docx 或者 notice 的模板写入该文件，供修改后用 --template 给出",
        "make no report, but write the template of docx or notice to this file, to be changed "
        "and given with --template",
    ),
    "usage.template": Text(
        "--template 和 --template-out 只用于 --format docx 或者 notice",
        "--template and --template-out go with --format docx or notice",
    ),
    "usage.template-unread": Text(
        "不能读取模板“{name}”：{why}", 'cannot read the template "{name}": {why}'
    ),
    "usage.out-needed": Text(
        "{format} 格式请用 --out 指定要写入的文件",
        "{format} needs --out and the name of a file",
    ),
    "usage.out-folder-needed": Text(
        "notice 格式请用 --out 指定文件夹，通知书写入其中",
        "notice needs --out and a folder, into which the notices are written",
    ),
    "usage.out-no-folder": Text("“{name}”不是文件夹", '"{name}" is no folder'),
    "usage.out-lines": Text(
        "--out 不用于 text 和 jsonl 格式", "--out does not go with text and jsonl"
    ),
    "out.report": Text("报告已写入 {name}", "the report was written to {name}"),
    "out.no-notice": Text(
        "没有现存问题，未写出整改通知书", "nothing is open: no notice was written"
    ),
}
