"""What a user reads of the store of scans: its options, its errors, runs and what changed."""

from __future__ import annotations

from markscan.wording.text import Text

STORE: dict[str, Text] = {
    "short.report": Text("重出某次检查的报告", "report a run of scan once more"),
    "short.diff": Text("比较两次检查", "compare two runs of scan"),
    "short.runs": Text("列出历次检查", "list the runs of scan"),
    "about.report": Text(
        "把检查记录库中某次检查的结果重新输出为报告，不再读取文件。html、xlsx、csv、docx、"
        "notice 和 sarif 与上一次检查对照：新增、未整改、移动、消失、无法判断。"
        "报告列有文件名称，按内部资料管理。",
        "Report a run that the store keeps once more, without reading the files again. html, xlsx, "
        "csv, docx, notice and sarif tell it beside the run before: new, open, moved, gone, "
        "unknown. Reports name files: handle them as internal.",
    ),
    "about.diff": Text(
        "比较两次检查，文件和位置检查的问题一并比较：新增、未整改、移动、消失（位置为已整改）、"
        "无法判断。不给编号时比较最近一次与之前完成的一次。"
        "有新增时退出码为 1。已排除的标明，不计入。",
        "Compare two runs: findings on files and places that are new, open, moved, gone (of "
        "places: settled), or unknown; without numbers "
        "the last run with the one that reached its end before. Exit code 1 if any are new. "
        "What is dismissed is marked and does not count.",
    ),
    "about.runs": Text(
        "列出检查记录库中的历次检查，最近的在前。异常终止的显示为中断。",
        "List the runs that a store keeps, the last one first. One that died is shown as "
        "interrupted.",
    ),
    "scan.lister-died": Text(
        "列出文件夹的进程意外结束（可能是内存不足，或者被人为终止），检查没有做完。"
        "请重新执行：已检查的保留，没有列到的文件不算消失",
        "a process that lists folders ended before its time (out of memory, or killed), and the "
        "scan did not reach its end. Run it again: what was examined is kept, and what was not "
        "listed does not count as gone",
    ),
    "worker.start": Text("检查进程无法启动：{why}", "a worker cannot be started: {why}"),
    "worker.late": Text(
        "检查进程在 {seconds} 秒内没有就绪；请减小 --jobs 后重新执行",
        "a worker was not ready within {seconds} seconds; run it again with fewer --jobs",
    ),
    "worker.build": Text("检查进程无法开始工作：{why}", "a worker cannot begin its work: {why}"),
    "worker.ended": Text(
        "检查进程在读取文件之前就结束了（{status}），可能是内存不足；请减小 --jobs 后重新执行",
        "a worker ended before it could begin a file ({status}), perhaps for want of memory; run "
        "it again with fewer --jobs",
    ),
    "option.store": Text(
        "检查记录库：文件，或者 postgresql:// 地址；默认在用户状态目录，每组检查位置一个",
        "where runs are kept: a file, or a postgresql:// URL; by default in the user's state"
        " folder, one for each set of roots",
    ),
    "option.root": Text(
        "检查位置，与 scan 时相同，可多次给出；用来找默认的检查记录库",
        "a root, as given to scan, as often as there are roots: finds the store of the usual place",
    ),
    "option.run": Text("第几次检查，默认最近一次", "number of the run; default the last one"),
    "option.lines-format": Text(
        "输出格式：text 供人阅读，jsonl 供程序读取", "text for people, jsonl for programs"
    ),
    "usage.store": Text(
        "请用 --store 指出检查记录库，或者用 --root 给出检查位置",
        "name the store with --store, or its roots with --root",
    ),
    "usage.diff": Text("diff 需要两次检查的编号，或者都不给", "diff takes two runs, or none"),
    "usage.diff-order": Text(
        "diff 的两个编号不能相同，并先写较早的一次",
        "diff takes two different runs, the earlier one first",
    ),
    "store.no-earlier": Text(
        "第 {run} 次检查之前没有完成的检查", "no run before run {run} reached its end"
    ),
    "runs.line": Text(
        "{run}  {started}  {state}  发现文件 {discovered}（磁盘上 {handed}，内含 {inside}，"
        "排除 {excluded}），检查 {scanned}，变化 {changed}，未完整检查 {left}  {roots}",
        "{run}  {started}  {state}  files {discovered} (on disk {handed}, inside others {inside}, "
        "excluded {excluded}), examined {scanned}, changed {changed}, "
        "not in full {left}  {roots}",
    ),
    "runs.running": Text("进行中", "running"),
    "runs.finished": Text("完成", "finished"),
    "runs.interrupted": Text("中断", "interrupted"),
    "runs.failed": Text("故障中止", "failed"),
    "diff.line": Text(
        "{change}  {severity}  {rule}  {locator}（第 {first} 次检查首次发现）",
        "{change}  {severity}  {rule}  {locator} (first seen in run {first})",
    ),
    "diff.moved-line": Text(
        "{change}  {severity}  {rule}  {locator} ← {before}（第 {first} 次检查首次发现）",
        "{change}  {severity}  {rule}  {locator} ← {before} (first seen in run {first})",
    ),
    "diff.new": Text("新增", "new"),
    "diff.open": Text("未整改", "open"),
    "diff.moved": Text("移动", "moved"),
    "diff.gone": Text("消失", "gone"),
    "diff.unknown": Text("无法判断", "unknown"),
    "diff.dismissed": Text("已排除（{change}）", "dismissed ({change})"),
    "diff.end": Text(
        "第 {old} 次与第 {run} 次检查相比：新增 {new}，未整改 {open}，移动 {moved}，消失 {gone}，"
        "无法判断 {unknown}；另有已排除 {dismissed}，不计入以上各数",
        "run {run} against run {old}: new {new}, open {open}, moved {moved}, gone {gone}, "
        "unknown {unknown}; beside these, dismissed {dismissed}",
    ),
    "option.full": Text("未变化的文件也重新检查", "examine unchanged files, too"),
    "option.changed": Text(
        "只列出新增的和结果有变化的文件", "list only files that are new or whose result differs"
    ),
    "store.no-open": Text(
        "无法打开检查记录库“{name}”：{why}", 'cannot open the store "{name}": {why}'
    ),
    "store.missing": Text("没有检查记录库“{name}”", 'there is no store "{name}"'),
    "store.foreign": Text(
        "“{name}”是别的程序的数据库，不是检查记录库",
        '"{name}" is a database of some other program, no store',
    ),
    "store.newer": Text(
        "检查记录库“{name}”由更新版本的 MarkScan 写成，请升级后再用",
        'the store "{name}" was written by a later version of MarkScan; upgrade first',
    ),
    "store.no-driver": Text(
        "连接 PostgreSQL 需要 psycopg：请安装 markscan[postgres]",
        "PostgreSQL needs psycopg: install markscan[postgres]",
    ),
    "store.busy": Text(
        "另一次检查正在使用此检查记录库（{host}，进程 {pid}，开始于 {started}）",
        "another scan is using this store ({host}, process {pid}, since {started})",
    ),
    "store.no-run": Text("检查记录库中没有第 {run} 次检查", "the store has no run {run}"),
    "store.no-runs": Text("检查记录库中还没有检查", "the store has no runs yet"),
    "store.failed": Text(
        "检查记录库写入失败：{why}；已有结果有效，检查未完成",
        "the store cannot be written: {why}; what was kept stands, the scan is not complete",
    ),
}
