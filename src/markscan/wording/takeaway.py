"""What a drafter takes away: the annotated copy and the review slip (定密审核单)."""

from __future__ import annotations

from markscan.wording.text import Text

TAKEAWAY: dict[str, Text] = {
    "option.annotate": Text(
        "把检出的问题作为批注写入草稿的副本 OUT.docx；仅限一个 .docx 草稿",
        "write a copy of the draft with the findings as comments; for one .docx draft",
    ),
    "option.slip": Text(
        "另出定密审核单 OUT.docx，每个文件一页起，供填写、签字",
        "write a review slip to be filled in and signed, a section for each file",
    ),
    "usage.out-exists": Text(
        "“{name}”已存在，不会覆盖；请另取文件名",
        '"{name}" exists and is not written over; choose another name',
    ),
    "usage.out-input": Text(
        "“{name}”就是被检查的文件；请另取文件名",
        '"{name}" is the file that is checked; choose another name',
    ),
    "usage.out-same": Text(
        "--annotate 和 --slip 不能写入同一个文件", "--annotate and --slip need different files"
    ),
    "usage.out-folder": Text("没有文件夹“{name}”", 'there is no folder "{name}"'),
    "usage.out-suffix": Text("“{name}”的扩展名应为 .docx", '"{name}" must end in .docx'),
    "usage.annotate-one": Text(
        "--annotate 一次只能给出一个文件", "--annotate takes exactly one file"
    ),
    "usage.annotate-format": Text(
        "--annotate 只能批注 .docx 草稿；其他格式请用 --format html 查看问题所在位置",
        "--annotate takes .docx drafts only; for other formats --format html shows the places",
    ),
    "usage.annotate-here": Text(
        "--annotate 只能批注本机上的草稿；请先把网络共享上的文件复制到本机",
        "--annotate takes drafts on this machine only; copy the file from the share first",
    ),
    "out.failed": Text("未能写出“{name}”：{why}", '"{name}" could not be written: {why}'),
    "out.annotated": Text(
        "已写出“{name}”，批注 {count} 条", 'wrote "{name}" with {count} comments'
    ),
    "out.slip": Text("已写出定密审核单“{name}”", 'wrote the review slip "{name}"'),
    "annotate.broken": Text(
        "草稿不是完好的 .docx（已加密、损坏或者不是 Word 文档），不能加批注",
        "the draft is no sound .docx (encrypted, damaged or no Word document)",
    ),
    "annotate.comment": Text(
        "{severity}·{rule}：{message}\n处理：{fix}\n依据：{basis}",
        "{severity}, {rule}: {message}\nWhat to do: {fix}\nBasis: {basis}",
    ),
    "annotate.place": Text("位置（{place}）。{text}", "At {place}. {text}"),
    "slip.title": Text("定密审核单", "Classification review slip"),
    "slip.lead": Text(
        "事实和检查情况由 MarkScan 填写，不是定密意见；密级、期限和知悉范围由承办人拟定，"
        "由定密责任人审核确定。",
        "Facts and findings are filled in by MarkScan and are no decision. The officer in charge "
        "proposes level, period and scope; the classification officer decides.",
    ),
    "slip.facts": Text("一、文件情况", "1. The document"),
    "slip.findings": Text("二、检查发现", "2. Findings"),
    "slip.advice": Text("三、定密提示", "3. Advice"),
    "slip.unjudged": Text("四、未作判断的规则", "4. Rules not judged"),
    "slip.decision": Text("五、拟定和审核", "5. Proposal and review"),
    "slip.name": Text("文件名称", "file"),
    "slip.named": Text("文件“{name}”", "file “{name}”"),
    "slip.format": Text("文件格式", "format"),
    "slip.status": Text("检查情况", "examined"),
    "slip.date": Text("检查日期", "checked on"),
    "slip.marking": Text("现有标志", "present marking"),
    "slip.marked": Text(
        "文件有国家秘密标志“{marking}”（{place}）。", "it is marked “{marking}” ({place})."
    ),
    "slip.marked-badly": Text(
        "文件有写法不规范的国家秘密标志（{place}）：级别{level}，期限{period}，见检查发现。",
        "it is marked in a faulty way ({place}): level {level}, period {period}; see findings.",
    ),
    "slip.no-level": Text("不明", "unclear"),
    "slip.unmarked": Text(
        "读者看到的文内没有国家秘密标志（占位符、试卷标志和已解密的标志不计）。",
        "no state-secret marking stands where a reader looks (placeholders, marks of examination"
        " papers and released ones do not count).",
    ),
    "slip.unread": Text("文件未能读取，不能判断。", "the file could not be read."),
    "slip.end": Text("期限届满", "ends"),
    "slip.ends": Text("按成文日期和标明的期限计算，至{day}止。", "by its period, on {day}."),
    "slip.ends-assumed": Text(
        "未标明期限；按法定最长期限估算至{day}，仅供提醒。",
        "no period is written; by the longest lawful one, on {day}: a reminder only.",
    ),
    "slip.no-end": Text(
        "不能计算（缺少成文日期，或者以条件、长期表示）。",
        "cannot be computed (no day of issue, a condition, or long-term).",
    ),
    "slip.no-marking": Text("无标志，不计算。", "no marking, nothing to compute."),
    "slip.issued": Text("成文日期", "day of issue"),
    "slip.number": Text("发文字号", "document number"),
    "slip.copy-number": Text("份号", "copy number"),
    "slip.present": Text("有", "present"),
    "slip.absent": Text("未见", "not seen"),
    "slip.unknown": Text("未读取", "not read"),
    "slip.clean": Text("未检出问题。", "no findings."),
    "slip.no-advice": Text("没有提示。", "none."),
    "slip.all-judged": Text("无。", "none."),
    "slip.problem": Text("未完整检查：{message}", "not examined in full: {message}"),
    "slip.advised": Text("{message}（{place}；{basis}）", "{message} ({place}; {basis})"),
    "slip.fix": Text("处理意见", "what to do"),
    "slip.level": Text("拟定密级", "proposed level"),
    "slip.period": Text("保密期限", "period"),
    "slip.scope": Text("知悉范围", "who may know"),
    "slip.catalogue": Text(
        "定密依据（保密事项范围条款）", "basis (article of the catalogue of secret matters)"
    ),
    "slip.officer": Text("承办人意见", "officer in charge"),
    "slip.decider": Text("定密责任人审核意见", "classification officer"),
    "slip.sign": Text("签字：　　　　　　年　　月　　日", "signature:              date:"),
}
