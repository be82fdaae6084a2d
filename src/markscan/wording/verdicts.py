"""What a user reads of verdicts, the status of a store, its audit log and its inspections."""

from __future__ import annotations

from markscan.wording.text import Text

VERDICTS: dict[str, Text] = {
    "short.verdict": Text(
        "给发现作出核查结论，查看历次结论", "decide about findings, and list what was decided"
    ),
    "short.status": Text(
        "检查记录库现状：未结事项、报告时限、到期检查",
        "what a store says now: what is open, what is due",
    ),
    "about.verdict": Text(
        "对检查记录库中的发现作出核查结论：属实或者排除。KEY 是报告中发现的核查号（至少 8 位）。"
        "结论跟随内容：文件改名、移动、复制后仍有效；所依据的文字改动后失效，发现会重新列出。"
        "结论不删除，后作出的代替先作出的。",
        "Decide about findings that a store keeps: confirm or dismiss. KEY is that of the finding "
        "in the report, at least 8 digits. A verdict goes with the content: it holds after a file "
        "is renamed, moved or copied, and ends when the text it rests on is changed; then the "
        "finding is back. Nothing is deleted; a later verdict replaces an earlier one.",
    ),
    "about.status": Text(
        "说明检查记录库的现状：最近一次检查、覆盖情况、未结发现、24 小时报告时限、即将到期的结论、"
        "应进行的检查、审计记录末条摘要。不读取被检查的文件。",
        "Tells what a store says now: the last run, its coverage, open findings, reports due in "
        "24 hours, verdicts about to end, inspections due, the head of the audit log. Reads none "
        "of the files that were scanned.",
    ),
    "short.verdict confirm": Text("属实", "confirm a finding"),
    "short.verdict dismiss": Text("排除（误报或者另有依据）", "dismiss a finding"),
    "short.verdict withdraw": Text("撤回结论", "withdraw a verdict"),
    "short.verdict reported": Text(
        "记下已经报告的泄密情况", "note that a confirmed leak was reported"
    ),
    "short.verdict list": Text("列出现行结论", "list the verdicts that stand"),
    "short.verdict unused": Text(
        "列出已无对应发现的结论", "list verdicts that hold for no finding any more"
    ),
    "about.verdict confirm": Text(
        "确认发现属实。MS3、MS4 类严重发现一经确认，24 小时报告时限开始计算，"
        "从发现时间（--found，默认现在）起算。",
        "Confirm a finding. With a critical one of groups MS3 and MS4 the 24 hours in which it "
        "must be reported begin: when it was found (--found), by default now.",
    ),
    "about.verdict dismiss": Text(
        "排除发现。在 --until 之前不计入检出数和退出码，报告中另列。有效期最长一年。",
        "Dismiss a finding. Until the day given it changes neither counts nor exit code; reports "
        "show it apart. At most a year.",
    ),
    "about.verdict withdraw": Text(
        "撤回发现现有的结论；原结论仍留在历次结论中。",
        "Withdraw what stands for a finding; it stays in the history.",
    ),
    "about.verdict reported": Text(
        "记下：已确认的泄密情况已经报告，向谁报告、何时报告。计时停止。",
        "Note that a confirmed leak was reported, to whom and when. The clock stops.",
    ),
    "about.verdict list": Text(
        "列出现行结论：状态、经办人、日期、有效期、理由、位置。--all 列出全部历次结论。",
        "List the verdicts that stand: state, person, day, end, reason, places. --all lists the "
        "whole history.",
    ),
    "about.verdict unused": Text(
        "列出检查记录库中已经没有对应发现的结论：文件已删除，或者内容已改动。",
        "List the verdicts for which the store has no finding now: the file is gone, or changed.",
    ),
    "option.verdict-reason": Text("理由，必填", "the reason; required"),
    "option.verdict-until": Text(
        "有效到哪一天（含），如 2027-03-31；最长一年", "last day on which it counts: 2027-03-31"
    ),
    "option.verdict-by": Text("经办人，默认为操作系统用户", "who decides; default: the account"),
    "option.verdict-here": Text(
        "结论只对该文件所在文件夹及其下级有效", "limit it to the folder in which the file lies"
    ),
    "option.verdict-found": Text(
        "发现时间，如 2026-03-01T09:30，默认现在；报告时限从这时起算",
        "when it was found: 2026-03-01T09:30; default now. The 24 hours run from then",
    ),
    "option.verdict-to": Text("向谁报告，必填", "to whom it was reported; required"),
    "option.verdict-at": Text(
        "报告时间，如 2026-03-01T09:30，默认现在", "when it was reported: 2026-03-01T09:30"
    ),
    "option.verdict-all": Text("列出全部历次结论", "list the whole history"),
    "option.anchor": Text(
        "先前抄下的审计记录末条，写作“条数:摘要”，核对此后未被改写",
        "the head of the audit log as written down before, NUMBER:DIGEST, to be compared",
    ),
    "option.doctor-store": Text(
        "只核对这个检查记录库的审计记录，并查找残留文件",
        "look only at this store: its audit log, and what was left behind",
    ),
    "option.quote-kept": Text(
        "重新读取文件并引用所依据的那一行；只能在终端上显示，并记入审计记录",
        "read the files again and quote the line a finding rests on; on a terminal only, and kept "
        "in the audit log",
    ),
    "usage.quote-terminal": Text(
        "--quote 会显示文件内容，只能在终端上以 text 格式显示，不能写入文件或者管道",
        "--quote shows text of the files: only on a terminal and as text, to no file and no pipe",
    ),
    "usage.time": Text(
        "时间“{text}”应写作 2026-03-01T09:30", 'write the time "{text}" as 2026-03-01T09:30'
    ),
    "usage.day": Text("日期“{text}”应写作 2027-03-31", 'write the day "{text}" as 2027-03-31'),
    "usage.anchor": Text(
        "--anchor 应写作“条数:摘要”，摘要至少 16 位",
        "write --anchor as NUMBER:DIGEST, with at least 16 digits of the digest",
    ),
    "verdict.short": Text(
        "核查号至少写 {least} 位", "give at least {least} digits of the finding's key"
    ),
    "verdict.unknown": Text(
        "检查记录库中没有核查号以“{key}”开头的发现",
        'the store has no finding whose key begins with "{key}"',
    ),
    "verdict.ambiguous": Text(
        "有 {count} 项发现的核查号以“{key}”开头，请多写几位",
        'there are {count} findings whose keys begin with "{key}"; give more digits',
    ),
    "verdict.no-content": Text(
        "这项发现没有可供核查结论跟随的内容：文件未能读取，或者由旧版本记录。请先重新检查一次",
        "there is nothing a verdict on this finding could go with: the file was not read, or an "
        "earlier version kept it; scan once more first",
    ),
    "verdict.none": Text(
        "这项发现（{key}）没有可撤回的结论", "nothing stands for this finding ({key})"
    ),
    "verdict.no-reason": Text("必须写明理由和经办人", "a reason and a person are required"),
    "verdict.no-until": Text(
        "排除必须写明有效期 --until，最迟 {last}", "a dismissal needs --until, at most {last}"
    ),
    "verdict.until": Text(
        "有效期应在 {first} 至 {last} 之间", "--until must lie between {first} and {last}"
    ),
    "verdict.no-clock": Text(
        "这项发现没有在计报告时限：只有确认属实的 MS3、MS4 类严重发现才计时",
        "no clock was begun for this finding: only confirmed critical ones of MS3 and MS4 have one",
    ),
    "verdict.early": Text(
        "报告时间不能早于发现时间（{began}），也不能晚于现在。发现更早的，请先执行"
        " markscan verdict confirm --found 时间",
        "the report cannot have been made before it was found ({began}), or later than now; if it "
        "was found earlier, first say so with markscan verdict confirm --found TIME",
    ),
    "verdict.found-later": Text("发现时间不能晚于现在", "it cannot have been found later than now"),
    "verdict.made": Text(
        "{state}：{rule}，{locator}；经办人 {person}{limit}",
        "{state}: {rule}, {locator}; by {person}{limit}",
    ),
    "verdict.copies": Text(
        "同一内容现有 {count} 处，结论对各处都有效",
        "this content stands in {count} places now; the verdict holds for each",
    ),
    "verdict.reported-made": Text(
        "已记下：{at} 向{to}报告（{rule}，{locator}）",
        "noted: reported to {to} at {at} ({rule}, {locator})",
    ),
    "verdict.late": Text("报告超过了时限（{due}）", "the report came after its time ({due})"),
    "verdict.stands": Text("撤回后仍有效的结论：{state}", "what stands now: {state}"),
    "verdict.limit-until": Text("，有效至 {until}", ", until {until}"),
    "verdict.limit-under": Text("，限于 {under}", ", below {under}"),
    "verdict.limit-found": Text("，发现于 {found}", ", found {found}"),
    "verdict.confirmed": Text("属实", "confirmed"),
    "verdict.dismissed": Text("排除", "dismissed"),
    "verdict.run-out": Text("排除已到期", "dismissal has run out"),
    "verdict.withdrawn": Text("已撤回", "withdrawn"),
    "verdict.reported": Text("已报告", "reported"),
    "verdict.expired": Text("排除已到期", "dismissal ended"),
    "verdict.line": Text(
        "{key}  {state}  {rule}  {person}  {day}{limit}  {reason}",
        "{key}  {state}  {rule}  {person}  {day}{limit}  {reason}",
    ),
    "verdict.place": Text("    {key}  {locator}", "    {key}  {locator}"),
    "verdict.no-place": Text("    （现无对应发现）", "    (no finding has it now)"),
    "verdict.count": Text("{count} 项结论", "{count} verdicts"),
    "verdict.busy": Text(
        "检查记录库暂时无法写入（{why}），结论没有保存；请稍后再试",
        "the store cannot be written just now ({why}); nothing was kept, try again",
    ),
    "clock.begun": Text(
        "发现时间 {began}，请于 {due} 前（24 小时内）向同级保密行政管理部门和上级主管部门报告"
        "（保密法实施条例第六十一条）。",
        "Found at {began}: report it before {due} (within 24 hours) to the secrecy administration "
        "of the same level and to the department above (implementing regulation, art. 61).",
    ),
    "clock.keep": Text(
        "立即采取补救措施，断开传播途径；保护现场，不得删除、改动文件和日志。报告后请执行："
        "markscan verdict reported {key} --to 单位 --at 时间",
        "Contain the damage at once. Keep the scene: delete and change neither files nor logs. "
        "Once reported: markscan verdict reported {key} --to WHOM --at TIME",
    ),
    "clock.line": Text(
        "MS513 报告时限 {due}（{left}）：{rule}，{locator}，核查号 {key}",
        "MS513 report due {due} ({left}): {rule}, {locator}, key {key}",
    ),
    "clock.gone": Text("{locator}（已不在，此为最后位置）", "{locator} (gone; its last place)"),
    "clock.copies": Text("{locator} 等 {count} 处", "{locator}, {count} places in all"),
    "clock.left": Text("还有 {hours} 小时 {minutes} 分", "{hours} h {minutes} min left"),
    "clock.over": Text("已超过 {hours} 小时 {minutes} 分", "{hours} h {minutes} min over"),
    "status.place": Text("检查记录库：{name}", "store: {name}"),
    "status.no-run": Text("还没有检查过", "nothing was scanned yet"),
    "status.run": Text(
        "最近一次检查：第 {run} 次，{started}，{state}", "last run: {run}, {started}, {state}"
    ),
    "status.running": Text(
        "正在检查：{host}，进程 {pid}，{seconds} 秒前有记录",
        "running: {host}, process {pid}, last wrote {seconds} s ago",
    ),
    "status.finished": Text(
        "最近一次完成：第 {run} 次，{ended}", "last one that reached its end: {run}, {ended}"
    ),
    "status.coverage": Text(
        "覆盖：发现文件 {discovered}，完整检查 {examined}，部分 {partial}，未能检查 {unread}，"
        "按策略排除 {excluded}",
        "coverage: {discovered} files, in full {examined}, in part {partial}, not {unread}, "
        "excluded {excluded}",
    ),
    "status.open": Text("未结发现：{counts}", "open findings: {counts}"),
    "status.unknown": Text("（其中无法判断 {count} 项）", " (of these unknown {count})"),
    "status.none-open": Text("未结发现：无", "open findings: none"),
    "status.dismissed": Text("已排除 {count} 项", "{count} dismissed"),
    "status.expired": Text(
        "其中 {count} 项的排除已到期，重新计入", "{count} of them were dismissed until lately"
    ),
    "status.expiring": Text(
        "结论将到期：{key}，{until}，{rule}，{reason}",
        "about to end: {key}, {until}, {rule}, {reason}",
    ),
    "status.dead": Text(
        "{count} 项结论已无对应发现（markscan verdict unused）",
        "{count} verdicts hold for nothing any more (markscan verdict unused)",
    ),
    "status.inspection": Text(
        "MS514 {holiday}（{day}）前夕的保密检查应当进行：{since} 以来没有完成的检查。"
        "请运行全量检查并保存报告",
        "MS514 the inspection before {holiday} ({day}) is due: no run reached its end since "
        "{since}. Scan in full and keep the report",
    ),
    "status.missed": Text(
        "MS514 {holiday}（{day}）前夕的保密检查没有进行：{since} 以来没有完成的检查。"
        "请尽快补查并保存报告",
        "MS514 the inspection before {holiday} ({day}) was missed: no run reached its end since "
        "{since}. Scan in full now and keep the report",
    ),
    "status.head": Text(
        "审计记录末条：{number}:{digest}（请抄录留存，供 markscan doctor --anchor 核对）",
        "head of the audit log: {number}:{digest} (write it down for markscan doctor --anchor)",
    ),
    "status.no-head": Text("审计记录：尚无", "audit log: empty"),
    "conclusion": Text(
        "{state}：{reason}（{person}，{day}{limit}）", "{state}: {reason} ({person}, {day}{limit})"
    ),
    "page.key": Text("核查号", "key"),
    "page.conclusion": Text("核查结论", "verdict"),
    "report.dismissed-head": Text("已排除 {count} 项（核查结论）", "{count} dismissed (verdicts)"),
    "report.dismissed-line": Text(
        "{key}  {rule}  {place}  {person} {day}{limit}：{reason}",
        "{key}  {rule}  {place}  {person} {day}{limit}: {reason}",
    ),
    "report.confirmed": Text("已核实，{person}，{day}{limit}", "confirmed, {person}, {day}{limit}"),
    "report.unquoted": Text(
        "{count} 项发现无法引用：文件已改动、无法读取，或者配置与检查时不同",
        "{count} findings could not be quoted: the file was changed or cannot be read, or the "
        "configuration is another one",
    ),
    "doctor.audit": Text(
        "审计记录 {count} 条，首尾相接；末条 {number}:{digest}",
        "{count} records, each sealing the one before; head {number}:{digest}",
    ),
    "doctor.no-audit": Text("尚无审计记录", "no records yet"),
    "doctor.residue": Text(
        "发现本程序遗留的未完成文件：{what}；确认没有检查在运行后可以删除",
        "files of this program that were never finished: {what}; delete them once nothing is "
        "running",
    ),
    "doctor.no-residue": Text("没有遗留的未完成文件", "nothing unfinished was left behind"),
    "audit.busy": Text(
        "审计记录暂时无法写入（{why}），没有输出；请稍后再试",
        "the audit log cannot be written just now ({why}): nothing is shown, try again",
    ),
    "audit.gap": Text("缺少第 {number} 条审计记录", "record {number} is missing"),
    "audit.broken": Text(
        "第 {number} 条审计记录与摘要不符，此处起不可信",
        "record {number} does not fit its digest: from here on nothing is proven",
    ),
    "audit.other": Text(
        "第 {number} 条的摘要与先前抄下的不同：审计记录被改写",
        "the digest of record {number} is not the one written down: the log was made anew",
    ),
    "audit.short": Text(
        "先前抄下的第 {number} 条已不存在，现只到第 {last} 条：末尾被删去",
        "record {number}, written down before, is not there; the log ends with {last}: it was cut",
    ),
    "audit.cut-run": Text(
        "第 {run} 次检查没有其开始的审计记录（应为第 {number} 条）：记录被删去",
        "run {run} is without the record of its beginning (number {number}): the log was cut",
    ),
    "audit.cut-end": Text(
        "第 {run} 次检查已结束，但没有其结束的审计记录：记录被删去",
        "run {run} has ended without a record of it: the log was cut",
    ),
    "audit.changed-run": Text(
        "第 {run} 次检查的台账与审计记录不符", "the ledger of run {run} is not the one recorded"
    ),
    "audit.changed-times": Text(
        "第 {run} 次检查的起止时间、检查位置或者版本与审计记录不符",
        "the times, roots or version of run {run} are not those recorded",
    ),
    "audit.changed-secret": Text(
        "检查记录库的密钥与审计记录不符：密钥被更换，核查号和核查结论不再对应",
        "the secret of the store is not the one recorded: it was replaced, and keys and verdicts "
        "no longer fit",
    ),
    "recount.strays": Text(
        "{count} 条文件记录自相矛盾，或者所属的检查已不存在：记录被改动或者删去",
        "{count} rows of files contradict themselves, or name runs that are not there: they were "
        "changed or deleted",
    ),
    "recount.rows": Text(
        "第 {run} 次检查的发现与同一文件的检查结果不符：发现被改动或者删去",
        "findings of run {run} are not those of the results kept beside them: they were changed "
        "or deleted",
    ),
    "recount.ledger": Text(
        "第 {run} 次检查的台账为文件 {files}、发现 {found}，现在重新清点为文件 {files_now}、"
        "发现 {found_now}，或者严重程度不同：记录被改动或者删去",
        "run {run} had counted {files} files and {found} findings; counted again there are "
        "{files_now} and {found_now}, or of other severity: something was changed or deleted",
    ),
    "recount.report": Text(
        "检查记录库与检查结束时的台账不一致，请用 markscan doctor --store 核对",
        "the store is not what the run had counted when it ended: check it with markscan doctor "
        "--store",
    ),
    "doctor.recount": Text(
        "文件和发现重新清点，与最近一次完成的检查的台账一致",
        "files and findings, counted again, are what the last finished run had counted",
    ),
    "audit.no-run": Text(
        "第 {number} 条审计记录所说的第 {run} 次检查已不存在",
        "run {run}, of record {number}, is not there any more",
    ),
    "audit.cut-verdict": Text(
        "第 {id} 项核查结论没有审计记录（应为第 {number} 条）：记录被删去",
        "verdict {id} is without its record (number {number}): the log was cut",
    ),
    "audit.changed-verdict": Text(
        "第 {id} 项核查结论与审计记录不符：结论被改动",
        "verdict {id} is not the one recorded: it was changed",
    ),
    "audit.no-verdict": Text(
        "第 {number} 条审计记录所说的第 {id} 项核查结论已不存在",
        "verdict {id}, of record {number}, is not there any more",
    ),
}
