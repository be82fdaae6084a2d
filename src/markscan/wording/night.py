"""What a user reads of scans at night: schedules, closing times and self-test samples."""

from __future__ import annotations

from markscan.wording.text import Text

NIGHT: dict[str, Text] = {
    "option.until": Text(
        "到此钟点（下一个）不再检查新的文件，手头的检查完即停，其余下次接着检查",
        "the next time the clock shows this, begin no file any more; the next run goes on",
    ),
    "option.io-mbps": Text(
        "每秒读取的上限（MB），全部进程合计；默认不限",
        "megabytes read from files a second at most, by all processes; default no bound",
    ),
    "option.low-priority": Text(
        "让其他程序优先使用处理器和磁盘（默认）", "let other programs go first (default)"
    ),
    "runs.stopped": Text("到时停止", "stopped at closing time"),
    "end.stopped": Text(
        "到时停止，未检查的下次接着检查", "stopped at closing time; the next run goes on"
    ),
    "end.samples": Text("自检样本 {count} 个均已检出", "all {count} self-test samples were found"),
    "end.missed": Text(
        "自检未通过：{count} 个自检样本中有 {missed} 个没有检出，本次检查结果不可信",
        "the self-test failed: {missed} of {count} samples were not found; do not trust this run",
    ),
    "selftest.missed": Text(
        "自检样本没有检出：{name}（应检出 {rules}；现状：{state}）",
        "self-test sample not found: {name} (must meet {rules}; it is now {state})",
    ),
    "short.selftest": Text("放置、列出、移除自检样本", "plant, list, remove self-test samples"),
    "about.selftest": Text(
        "自检样本是内容虚构、标有密级的无害文件，放在检查位置中；每次检查都必须检出，没有检出的，"
        "退出码为 4，报告首先说明。样本不计入检出的问题。",
        "Self-test samples are harmless invented files with a marking, planted in what is scanned. "
        "Each scan must find them; one that does not ends with exit code 4 and says so first. "
        "They are not counted as findings.",
    ),
    "short.selftest plant": Text("放置样本", "plant samples"),
    "about.selftest plant": Text(
        "在每个文件夹中各写入一份自检样本：只新建文件，从不覆盖。",
        "Write a sample of each format into each folder: new files only, nothing is overwritten.",
    ),
    "short.selftest list": Text("列出样本及其现状", "list the samples and how they are"),
    "about.selftest list": Text(
        "列出样本、应检出的规则和现状；有缺失或者被改动的，退出码为 1。",
        "List the samples, the rules that must find them and how they lie there now; exit code 1 "
        "if one is missing or altered.",
    ),
    "short.selftest remove": Text("移除样本", "remove samples"),
    "about.selftest remove": Text(
        "删除样本文件并注销；已被改动的文件不删除，只注销。",
        "Delete samples and forget them; a file that was altered is not deleted.",
    ),
    "option.sample-format": Text("样本的格式，默认两种都写", "format of the sample, default both"),
    "option.sample-all": Text("全部样本", "all samples"),
    "selftest.planted": Text(
        "已放置 {name}（应检出 {rules}）", "planted {name} (must meet {rules})"
    ),
    "selftest.line": Text(
        "{id}  {state}  {name}（{day} 放置，应检出 {rules}）",
        "{id}  {state}  {name} (planted {day}, must meet {rules})",
    ),
    "selftest.none": Text("没有自检样本", "there are no self-test samples"),
    "selftest.intact": Text("完好", "intact"),
    "selftest.altered": Text("被改动", "altered"),
    "selftest.missing": Text("缺失", "missing"),
    "selftest.removed": Text("已删除 {name}", "removed {name}"),
    "selftest.forgotten": Text(
        "已注销，未删除文件（{state}）：{name}", "forgotten, no file deleted ({state}): {name}"
    ),
    "selftest.unknown": Text(
        "没有编号或者路径为“{name}”的自检样本", 'there is no self-test sample "{name}"'
    ),
    "selftest.which": Text("请给出样本编号，或者用 --all", "name samples, or give --all"),
    "selftest.unreadable": Text(
        "自检样本清单“{name}”不可用：{why}", 'the list of self-test samples "{name}": {why}'
    ),
    "selftest.silent": Text(
        "按现有配置，“{name}”中的样本不会被检出，未放置；请检查停用的规则（MS104、MS301）",
        'with this configuration a sample in "{name}" would not be found, so none was planted; '
        "see which rules are disabled (MS104, MS301)",
    ),
    "selftest.not-written": Text("无法写入“{name}”：{why}", 'cannot write "{name}": {why}'),
    "selftest.not-deleted": Text("无法删除“{name}”：{why}", 'cannot delete "{name}": {why}'),
    "short.schedule": Text("生成每晚自动检查的计划任务", "write what runs a scan every night"),
    "about.schedule": Text(
        "生成每晚运行 scan 的计划：systemd 服务和定时器、Windows 计划任务（XML）或者 cron 行。"
        "只输出或者写入 --out 指定的文件夹，不改动系统；安装方法随后说明。",
        "Write what runs scan every night: a systemd service and timer, a Windows task (XML) or a "
        "line for cron. Nothing is installed; how to do that is told afterwards.",
    ),
    "short.schedule systemd": Text("systemd 服务和定时器", "a systemd service and its timer"),
    "about.schedule systemd": Text(
        "写出 systemd 服务和定时器。服务只能读取检查位置，除检查库外不能写入任何文件；"
        "退出码 1（有问题）和 3（有文件未能检查）不算服务失败，2 和 4 算。",
        "Write a systemd service and its timer. The service can write nothing but its store; exit "
        "codes 1 (findings) and 3 (not all examined) are no failures of it, 2 and 4 are.",
    ),
    "short.schedule windows": Text(
        "Windows 计划任务（UTF-16 的 XML）", "a task of Windows (XML in UTF-16)"
    ),
    "about.schedule windows": Text(
        "写出 Windows 计划任务，用 schtasks 导入。",
        "Write a task of Windows, which schtasks imports.",
    ),
    "short.schedule cron": Text("cron 行", "a line for cron"),
    "about.schedule cron": Text("写出 crontab 的一行。", "Write a line of a crontab."),
    "option.at": Text("开始的钟点，默认 22:00", "when to begin, default 22:00"),
    "option.schedule-until": Text(
        "到此钟点不再检查新的文件；默认检查完为止",
        "from when on no file is begun; default: until done",
    ),
    "option.schedule-out": Text(
        "写入此文件夹，不覆盖已有文件；默认输出到标准输出",
        "folder to write to, never over a file; default standard output",
    ),
    "option.schedule-name": Text("计划的名称，默认 markscan", "its name, default markscan"),
    "option.schedule-user": Text(
        "运行检查的账户；默认 systemd 为 root（仅有读取权限），Windows 为 SYSTEM",
        "the account that scans; default root with no more than the right to read, or SYSTEM",
    ),
    "option.schedule-python": Text(
        "装有 MarkScan 的 Python，默认为当前的", "the Python that has MarkScan, default this one"
    ),
    "option.schedule-config": Text("配置文件", "the configuration"),
    "schedule.bad-name": Text(
        "名称“{name}”只能用英文字母、数字、“-”和“_”",
        'the name "{name}" may hold only letters, digits, "-" and "_"',
    ),
    "schedule.unsayable": Text(
        "“{name}”含有{kind}无法表示的字符，请改名后再用",
        '"{name}" holds what {kind} has no way to write; rename it',
    ),
    "schedule.exists": Text(
        "“{name}”已经存在，未覆盖", '"{name}" exists already and was not overwritten'
    ),
    "schedule.not-written": Text("无法写入“{name}”：{why}", 'cannot write "{name}": {why}'),
    "schedule.written": Text("已写入 {name}", "wrote {name}"),
    "schedule.next.systemd": Text(
        "安装：把两个文件放入 /etc/systemd/system，然后执行"
        " systemctl daemon-reload && systemctl enable --now {name}.timer",
        "to install: put both files into /etc/systemd/system, then run"
        " systemctl daemon-reload && systemctl enable --now {name}.timer",
    ),
    "schedule.next.windows": Text(
        "安装（以管理员身份）：schtasks /Create /TN {name} /XML {name}.xml{account}",
        "to install, as administrator: schtasks /Create /TN {name} /XML {name}.xml{account}",
    ),
    "schedule.next.cron": Text(
        "安装：用 crontab -e 加入这一行", "to install: add this line with crontab -e"
    ),
}
