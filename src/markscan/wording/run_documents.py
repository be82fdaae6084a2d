"""What stands in the Word documents made of a kept run, and the names of their placeholders.

Braces in the texts of the documents are placeholders of their own, filled when a report is made.
"""

from __future__ import annotations

from markscan.wording.text import Text

RUN_DOCUMENTS: dict[str, Text] = {
    "blank.report": Text("保密检查报告", "Report of an inspection"),
    "blank.handling": Text("{{管理要求}}", "{{handling}}"),
    "blank.runs": Text("一、检查情况", "1. The inspection"),
    "blank.runs-text": Text(
        "检查时间：{{检查时间}}。\n检查范围：{{检查范围}}。\n对比基准：{{对比基准}}。\n"
        "检查方式：用 {{程序版本}} 自动检查文件的密级标志、存放位置和涉密线索，由检查人员核查。",
        "Time: {{time}}.\nRoots: {{roots}}.\nCompared with: {{compared-with}}.\n"
        "How: markings, places and hints of secrets were looked for by {{program}}; people "
        "review what it found.",
    ),
    "blank.coverage": Text("二、检查覆盖情况", "2. Coverage"),
    "blank.coverage-text": Text(
        "发现文件 {{发现文件}} 个，其中完整检查 {{完整检查}} 个，部分检查 {{部分检查}} 个，"
        "未能检查 {{未能检查}} 个，按策略排除 {{按策略排除}} 个。{{台账核对}}\n"
        "未完整检查的原因：{{未检原因}}。没有读到的文件不能视为没有问题，应当补查或者人工检查，"
        "清单见附件2。",
        "{{discovered}} files were found: {{examined}} examined, {{partial}} in part, {{unread}} "
        "not, {{excluded}} excluded. {{check-of-the-sum}}\n"
        "Why not in full: {{causes}}. What was not read must not be taken for clean; annex 2 "
        "lists it.",
    ),
    "blank.findings": Text("三、检出问题情况", "3. Findings"),
    "blank.findings-text": Text(
        "现有问题 {{现有问题}} 项：严重 {{严重}} 项，高 {{高}} 项，中 {{中}} 项，低 {{低}} 项，"
        "提示 {{提示}} 项；另有经核查排除 {{已排除}} 项。\n"
        "与对比基准相比：新增 {{新增}} 项，未整改 {{未整改}} 项，移动 {{移动}} 项，"
        "消失 {{消失}} 项，无法判断 {{无法判断}} 项。各位置情况如下，问题清单见附件1。",
        "{{standing}} findings stand: {{critical}} critical, {{high}} high, {{medium}} medium, "
        "{{low}} low, {{info}} hints; {{dismissed}} more were dismissed.\n"
        "Since then: {{new}} new, {{open}} open, {{moved}} moved, {{gone}} gone, {{unknown}} "
        "unknown. Annex 1 lists all that stand.",
    ),
    "blank.deadlines": Text("四、属实泄露的报告时限", "4. Confirmed leaks to be reported"),
    "blank.deadlines-text": Text("{{报告时限}}", "{{deadlines}}"),
    "blank.answers": Text("五、检查结论（由检查人员填写）", "5. Answers (by the inspectors)"),
    "blank.answers-text": Text(
        "有无丢失文件：\n有无失泄密事件：\n保密制度和措施是否落实：",
        "Are documents missing:\nHas anything leaked:\nAre rules and measures followed:",
    ),
    "blank.demands": Text("六、整改要求", "6. What is to be done"),
    "blank.demands-text": Text(
        "各责任单位按附件1的整改建议整改，整改完毕前不得扩大文件知悉范围；"
        "属实的泄露应当保护现场，不得自行删除。",
        "Each owner mends what annex 1 lists, and until then lets nobody else see these files. "
        "Where a leak is confirmed the scene is kept: nothing is deleted.",
    ),
    "blank.signed": Text(
        "检查人员：　　　　　　　　保密工作负责人：\n{{出具日期}}",
        "Inspectors:                    Head of secrecy work:\n{{day}}",
    ),
    "blank.annex-findings": Text("附件1　问题清单", "Annex 1: findings"),
    "blank.annex-files": Text("附件2　未完整检查的文件", "Annex 2: files not examined in full"),
    "blank.annex-files-note": Text("{{其余未检文件}}", "{{further-files}}"),
    "blank.notice": Text("保密检查整改通知书", "Notice to mend"),
    "blank.notice-file": Text("整改通知书", "notice"),
    "blank.notice-to": Text("{{责任单位}}：", "To {{addressee}}:"),
    "blank.notice-text": Text(
        "经保密检查，你处的文件检出问题 {{现有问题}} 项，其中严重 {{严重}} 项，"
        "高 {{高}} 项，中 {{中}} 项，低 {{低}} 项，提示 {{提示}} 项，清单附后。"
        "检查时间：{{检查时间}}。\n"
        "位置检查：{{位置检查}}\n"
        "请于　　　　年　　月　　日前按清单中的整改建议整改，并将整改情况书面报送保密工作机构。\n"
        "涉及存放越级、泄露的，立即报告保密工作机构，保护现场，不得自行删除、移动或者复制。\n"
        "对某项问题有异议的，附理由和依据一并报送。",
        "The inspection has {{standing}} findings on files of yours: {{critical}} "
        "critical, {{high}} high, {{medium}} medium, {{low}} low, {{info}} hints, listed below. "
        "Time: {{time}}.\n"
        "Places: {{places}}\n"
        "Mend them as the list says by                , and report in writing what was done.\n"
        "Where a file lies above the ceiling of its place, or has leaked, report at once and "
        "keep the scene: do not delete, move or copy it.\n"
        "Where you disagree, send your reasons along.",
    ),
    "blank.notice-signed": Text("（印章）\n{{出具日期}}", "(seal)\n{{day}}"),
    "blank.list.findings": Text("问题", "findings"),
    "blank.list.files": Text("未检文件", "files"),
    "blank.list.locations": Text("各位置", "locations"),
    "blank.value.handling": Text("管理要求", "handling"),
    "blank.value.time": Text("检查时间", "time"),
    "blank.value.roots": Text("检查范围", "roots"),
    "blank.value.beside": Text("对比基准", "compared-with"),
    "blank.value.day": Text("出具日期", "day"),
    "blank.value.end": Text("检查结果", "end"),
    "blank.value.program": Text("程序版本", "program"),
    "blank.value.discovered": Text("发现文件", "discovered"),
    "blank.value.examined": Text("完整检查", "examined"),
    "blank.value.partial": Text("部分检查", "partial"),
    "blank.value.unread": Text("未能检查", "unread"),
    "blank.value.excluded": Text("按策略排除", "excluded"),
    "blank.value.agrees": Text("台账核对", "check-of-the-sum"),
    "blank.value.causes": Text("未检原因", "causes"),
    "blank.value.standing": Text("现有问题", "standing"),
    "blank.value.dismissed": Text("已排除", "dismissed"),
    "blank.value.deadlines": Text("报告时限", "deadlines"),
    "blank.value.more-files": Text("其余未检文件", "further-files"),
    "blank.value.addressee": Text("责任单位", "addressee"),
    "blank.value.new": Text("新增", "new"),
    "blank.value.open": Text("未整改", "open"),
    "blank.value.moved": Text("移动", "moved"),
    "blank.value.gone": Text("消失", "gone"),
    "blank.value.unknown": Text("无法判断", "unknown"),
    "blank.value.critical": Text("严重", "critical"),
    "blank.value.high": Text("高", "high"),
    "blank.value.medium": Text("中", "medium"),
    "blank.value.low": Text("低", "low"),
    "blank.value.info": Text("提示", "info"),
    "template.broken": Text(
        "模板不是完好的 Word 文档（.docx）", "the template is no sound Word document (.docx)"
    ),
    "template.unknown": Text(
        "模板中的占位符{names}不认识；可以用：{known}",
        "the template has unknown placeholders: {names}; there are: {known}",
    ),
    "template.unfinished": Text(
        "模板中有不成对的双花括号：“{text}”", 'the template has braces without a partner: "{text}"'
    ),
    "template.no-row": Text(
        "模板中的占位符“{name}”只能放在表格的行里",
        'the placeholder "{name}" of the template must stand in a row of a table',
    ),
    "template.two-lists": Text(
        "模板的一行表格里只能用一个清单，现有：{names}",
        "a row of a table in the template may name one list, not several: {names}",
    ),
    "template.written": Text(
        "模板已写入 {name}，可以用 Word 或 WPS 修改", "the template was written to {name}"
    ),
}
