"""What is said of what became of registered documents, and of what is due for them."""

from __future__ import annotations

from markscan.wording.text import Text

REGISTER_EVENTS: dict[str, Text] = {
    "short.register declassify": Text("登记解密", "note that documents were released"),
    "about.register declassify": Text(
        "登记密件解密的日期，提前解密的从这一天起不再报告对它的摘录。",
        "Notes the day on which documents were released; from then on excerpts are not reported.",
    ),
    "short.register change": Text("登记密级、期限的变更", "record a change of level or period"),
    "about.register change": Text(
        "登记密级、保密期限的变更（延长也是变更）和决定日期；原来的密级、期限留作记录。\n"
        "期限仍从制发日期起算。",
        "Records a decision to change level or period, an extension too, with its day; what held "
        "before is kept.\nThe period still counts from the day of issue.",
    ),
    "short.register record": Text(
        "登记审核、清退、移交、条件满足", "record reviews, returns, transfers, conditions"
    ),
    "about.register record": Text(
        "登记密件办理情况：reviewed 已审核，returned 已清退，transferred 已移交档案馆，"
        "fulfilled 解密条件已满足。",
        "Records what became of documents: reviewed; returned (all copies); transferred to the "
        "archives; fulfilled (the condition of release).",
    ),
    "short.register due": Text("列出应办事项", "tell what is due"),
    "about.register due": Text(
        "按台账列出应办事项：到期未解密、即将到期、年度审核、延期过迟、清退、移交前审核、"
        "解密条件已满足。不读任何文件。\n有中以上的事项时退出码为 1。",
        "Tells by the register what is due: ended and not released, ending soon, reviews, late "
        "extensions, returns, transfers, conditions. Reads no file.\nThe exit code is 1 if "
        "anything of medium or above is due.",
    ),
    "option.add-return-by": Text("清退时间：2026-12-31", "day until which copies go back"),
    "option.change-date": Text("作出决定的日期，默认今天", "day of the decision; default: today"),
    "option.event-date": Text("日期，默认今天", "its day; default: today"),
    "option.event-undo": Text("撤销最近一次登记", "take the latest record back"),
    "option.due-date": Text("按哪一天计算，默认今天", "day that counts; default: today"),
    "usage.change-nothing": Text(
        "请用 --level、--period 或者 --return-by 写明变更",
        "say what changes: --level, --period, --return-by",
    ),
    "usage.change-undo": Text(
        "--undo 撤销最近一次密级、期限的变更，不能与其他选项同用",
        "--undo takes the last change of level or period back and stands alone",
    ),
    "option.change-undo": Text(
        "撤销最近一次密级、期限的变更", "take the last change of level or period back"
    ),
    "change.done": Text("{id} 已登记为 {mark}，{until}", "{id} is now {mark}, {until}"),
    "change.undone": Text(
        "{id} 已撤销最近一次变更，恢复为 {mark}，{until}",
        "{id}: the last change was taken back; it is {mark} again, {until}",
    ),
    "change.return": Text("{id} 清退时间 {day}", "{id}: copies go back by {day}"),
    "change.ends": Text("到期日 {day}", "ends {day}"),
    "change.assumed": Text(
        "没有期限，按法定上限推定到 {day}", "by the legal default assumed to end {day}"
    ),
    "change.long-term": Text("没有到期日", "with no day of ending"),
    "change.condition": Text("条件满足时解密", "until its condition is fulfilled"),
    "change.no-end": Text("没有制发日期，算不出到期日", "nobody can tell when it ends"),
    "event.declassified": Text("{id} 已登记于 {day} 解密", "{id} is released on {day}"),
    "event.declassified-ahead": Text(
        "{id} 已登记自 {day} 起解密，在此之前仍是密件",
        "{id} is released from {day} on, and is classified until then",
    ),
    "event.reviewed": Text("{id} 已登记于 {day} 审核", "{id} was reviewed on {day}"),
    "event.returned": Text("{id} 已登记于 {day} 清退", "{id} was returned on {day}"),
    "event.transferred": Text(
        "{id} 已登记于 {day} 移交档案馆", "{id} went to the archives on {day}"
    ),
    "event.fulfilled": Text(
        "{id} 已登记于 {day} 满足解密条件，从这一天起不再报告对它的摘录",
        "{id} fulfilled its condition on {day}; excerpts are not reported from then on",
    ),
    "event.undone": Text("{id} 已撤销登记", "{id}: the record was taken back"),
    "event.early": Text("{id}：{day} 早于制发日期", "{id}: {day} is before its issue"),
    "event.to-come": Text("{id}：{day} 还没有到", "{id}: {day} is still to come"),
    "event.no-condition": Text(
        "{id} 没有解密条件；期限届满不必登记，提前解密用 declassify",
        "{id} has no condition of release; for a release ahead of its end use declassify",
    ),
    "event.no-change": Text("{id} 的密级和期限没有变化", "{id} has that level and period already"),
    "event.never-changed": Text(
        "{id} 没有登记过密级、期限的变更", "{id}: no change of level or period was recorded"
    ),
    "event.before-last": Text(
        "{id}：决定日期早于上一次变更 {day}", "{id}: the decision is before the last change, {day}"
    ),
    "due.count": Text("应办事项 {count} 项", "{count} things are due"),
    "register.reviewed": Text("审核日期", "reviewed"),
    "register.changes": Text("变更前（决定日期）", "before (decided on)"),
    "register.fulfilled": Text("条件满足日期", "fulfilled"),
    "register.return_by": Text("清退时间", "return by"),
    "register.returned": Text("已清退", "returned"),
    "register.transferred": Text("移交日期", "transferred"),
}
