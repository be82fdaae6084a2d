"""All base drafts, a compilation of them, and the rows of draft forms. Nothing is wrong in any."""

from __future__ import annotations

from dataclasses import replace

from drafts.bases_open import (
    INTERNAL_PAPER,
    OPEN_LETTER,
    OPEN_NOTICE,
    OPEN_REPORT,
    OPEN_TELEGRAM,
    WORK_SECRET,
)
from drafts.bases_secret import (
    CENTRAL,
    COVERED,
    HEAVY,
    LETTER,
    MINUTES,
    NOTICE,
    ORDER,
    REPORT,
    REQUEST,
    SEALED,
    TELEGRAM,
)
from drafts.paper import Draft

MEMBERS = (
    replace(NOTICE, attachments=(), marking="机密★10年"),
    replace(REQUEST),
)
COMPILATION = Draft(
    title="粮食与水务工作重要文件汇编",
    paragraphs=(
        "1．关于做好第四季度粮食储备轮换工作的通知　机密★10年",
        "2．关于调整跨境河段水文站网布局的请示　秘密★5年",
    ),
    kind="compilation",
    copy_number="000004",
    marking="机密★10年",
    issuer="",
    number="",
    signature="临江市人民政府办公室编",
    date="2026年11月20日",
    print_run="共印10份",
    end=("知悉范围：市政府领导同志，市粮食和物资储备局、市水务局主要负责同志",),
    members=MEMBERS,
)

FORM_ROWS = (
    ("标题", "关于做好第四季度粮食储备轮换工作的通知"),
    ("拟稿人", "周敏", "拟稿日期", "2026年11月10日"),
    ("密级", "机密", "保密期限", "10年"),
    ("知悉范围", "县团级以上单位", "定密依据", "粮食工作国家秘密范围第三条"),
    ("定密责任人", "高启明", "定密日期", "2026年11月10日"),
    ("是否公开", "不予公开", "印制份数", "30份"),
)
FORM_OPEN = (
    FORM_ROWS[0],
    FORM_ROWS[1],
    ("密级", "非密", "保密期限", ""),
    ("是否公开", "主动公开", "印制份数", "80份"),
)

BASES = {
    "通知": NOTICE,
    "请示": REQUEST,
    "报告": REPORT,
    "函": LETTER,
    "纪要": MINUTES,
    "命令": ORDER,
    "公开通知": OPEN_NOTICE,
    "公开函": OPEN_LETTER,
    "公开报告": OPEN_REPORT,
    "内部材料": INTERNAL_PAPER,
    "电报": TELEGRAM,
    "明传电报": OPEN_TELEGRAM,
    "封面方案": COVERED,
    "启封通知": SEALED,
    "多附件": HEAVY,
    "汇编": COMPILATION,
    "中央通知": CENTRAL,
    "工作秘密": WORK_SECRET,
}
