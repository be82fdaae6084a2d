"""What a user reads of places as a whole: what was found of them, and inspections by calendar."""

from __future__ import annotations

from markscan.wording.text import Text

PLACES: dict[str, Text] = {
    "places.head": Text("位置检查", "Places"),
    "places.line": Text("{severity}　{rule}　{place}　{key}", "{severity}  {rule}  {place}  {key}"),
    "places.fix": Text("整改：{fix}（{basis}）", "Do: {fix} ({basis})"),
    "places.since": Text("{day} 起（第 {run} 次检查）", "since {day} (run {run})"),
    "places.dismissed": Text("已排除：{why}", "dismissed: {why}"),
    "places.told": Text(
        "{rule}　{place}（{severity}，{since}）：{message}。{fix}",
        "{rule} {place} ({severity}, {since}): {message}. {fix}",
    ),
    "places.none": Text("无", "none"),
    "places.settled": Text("已整改", "settled"),
    "places.no-here": Text(
        "--here 不用于 MS331：它说的是策略中的一个位置，结论只对该位置有效，不必再限定",
        "--here does not go with MS331: it is of one location of the policy, and a verdict holds "
        "for that location alone",
    ),
    "end.places": Text(
        "位置检查有“{level}”及以上级别问题 {count} 项",
        "{count} findings on places of severity {level} or above",
    ),
    "recount.places": Text(
        "第 {run} 次检查：位置检查应有 {told} 项，记录中有 {count} 项",
        "run {run} had told {told} findings on places, the store has {count}",
    ),
    "status.notice": Text(
        "{rule} {place}（{severity}，{since}）：{message}　{key}",
        "{rule} {place} ({severity}, {since}): {message}  {key}",
    ),
    "status.places-dismissed": Text(
        "位置检查已排除 {count} 项", "{count} findings on places dismissed"
    ),
    "status.periodic": Text(
        "MS514 {period}的保密自查应当在 {last} 前进行：{since} 以来没有完成的检查。"
        "请运行检查并保存报告",
        "MS514 the inspection of {period} is due by {last}: no run reached its end since {since}. "
        "Scan and keep the report",
    ),
    "inspection.month": Text("{year}年{month}月", "month {month} of {year}"),
    "inspection.quarter": Text("{year}年第{quarter}季度", "quarter {quarter} of {year}"),
    "blank.places-text": Text("位置检查：{{位置检查}}", "Places: {{places}}"),
    "blank.value.places": Text("位置检查", "places"),
}
