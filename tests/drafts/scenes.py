"""Compositions as they come across a desk: forwarded, joint, changed, spoken, bulletins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafts.bases import BASES, FORM_ROWS, NOTICE, OPEN_NOTICE, OPEN_REPORT, REPORT
from drafts.faults_level import OWN_FORM
from drafts.matrix import Case, bad, good, vary
from drafts.paper import Attachment

SPEECH = replace(
    OWN_FORM,
    title="在全市粮食安全工作会议上的讲话",
    paragraphs=BASES["内部材料"].paragraphs,
    under_title=("（2026年11月18日）", "林维舟"),
)
BULLETIN = replace(
    BASES["内部材料"],
    title="部分园区租赁住房供给不足",
    head_extra=("内部资料　注意保存", "情况反映", "第12期"),
    date="2026年11月18日",
    end=("报：市委、市政府领导同志",),
)
FORWARDED = Attachment(
    "国家粮食协调办公室关于开展库存核查的通知",
    (
        "国粮协发〔2025〕3号",
        "各省、自治区、直辖市粮食协调办公室：",
        "为摸清库存底数，决定开展库存核查，现将有关事项通知如下。",
        "核查工作于年底前完成，结果报我办。",
        "国家粮食协调办公室",
        "2025年12月3日",
    ),
)
LEDGER = Attachment(
    "涉密载体登记表（样表）",
    (),
    "",
    (
        ("序号", "载体名称", "密级", "保密期限"),
        ("1", "防护方案", "机密", "10年"),
        ("2", "值班表", "秘密", "5年"),
    ),
)
SECRECY = (
    "近期保密检查发现，个别单位存在密级标注不规范的问题，现通报如下。",
    "有的文件只标“机密★”，未标保密期限；有的将“机密★10年”写成“机密10年”。",
    "有的单位在工作秘密文件上标注“★”，有的把商业秘密标为“秘密★3年”。",
    "各单位要对照《中华人民共和国保守国家秘密法》，逐件核对密级、保密期限和知悉范围。",
    "绝密级、机密级、秘密级文件的份号应当为六位，印制份数应当注明。",
    "要严格执行机密级以上文件专人管理的规定，涉密人员离岗应当清退全部文件。",
    "请各单位于12月20日前报送整改情况。整改情况将在一定范围内通报。",
    "检查中发现的其他问题另行反馈。",
)


def cases() -> list[Case]:
    """All scenes."""
    return [*_about(), *_changed(), *_kinds(), *_wording(), *_spoken()]


def _about() -> Iterator[Case]:
    title = "临江市人民政府办公室关于规范国家秘密标志标注工作的通知"
    yield good("BASE", vary("公开通知", title=title, paragraphs=SECRECY), "公开的保密工作通知")
    yield good("BASE", vary("工作秘密", title=title, paragraphs=SECRECY), "工作秘密的保密通报")
    yield good("BASE", vary("通知", title=title, paragraphs=SECRECY), "涉密的保密工作通知")
    yield good("BASE", vary("公开通知", attachments=(LEDGER,)), "附登记表样表")
    yield good("BASE", vary("通知", attachments=(LEDGER,)), "涉密件附登记表样表")
    blank = Attachment(
        "定密审批表", (), "", (("密级", "", "保密期限", ""), ("定密责任人", "", "定密日期", ""))
    )
    yield good("BASE", vary("公开通知", attachments=(blank,)), "附空白审批表", maybe="MS123")


def _changed() -> Iterator[Case]:
    life = "MS501 MS503 MS504"
    changed = replace(NOTICE, marking="机密★10年（已变更为秘密★5年）")
    yield good("MS118", changed, "已变更", maybe=life)
    released = replace(OPEN_NOTICE, struck="机密★10年", head_extra=("此件已于2026年11月1日解密",))
    yield good("MS217", released, "已解密公开", maybe=life, kinds="docx")
    yield good("MS902", replace(OPEN_NOTICE, attachments=(FORWARDED,)), "转发通知")
    yield good("MS902", replace(NOTICE, attachments=(FORWARDED,)), "涉密转发通知")
    above = replace(FORWARDED, marking="绝密★10年")
    yield bad("MS208", replace(NOTICE, attachments=(above,)), "转发绝密来文", maybe="MS118")


def _kinds() -> Iterator[Case]:
    joint = replace(
        REPORT,
        issuer="云岭省财政厅　云岭省水务厅文件",
        signer="高启明　陈立衡",
        signature="云岭省财政厅　　云岭省水务厅",
    )
    yield good("BASE", joint, "联合行文")
    yield bad("MS203", replace(joint, copy_number=""), "联合行文缺份号")
    decision = vary("通知", addressee="", title="临江市人民政府关于调整储备区划的决定")
    yield good("BASE", decision, "没有主送的决定")
    notice = vary(
        "公开通知", addressee="", note="", title="临江市人民政府关于禁止燃放烟花爆竹的通告"
    )
    yield good("BASE", notice, "通告", maybe="MS219")
    yield good("BASE", BULLETIN, "内部简报")
    yield bad(
        "MS122",
        replace(BULLETIN, marking="秘密★1年"),
        "简报两标并用",
        maybe="MS203 MS214 MS215 MS201",
    )
    plan = vary("封面方案", issuer="", number="", kind="paper", copies_to="", addressee="")
    yield bad("MS214", plan, "方案没有范围", maybe="MS219")


def _wording() -> Iterator[Case]:
    for run in ("共印 30 份", "（印30份）", "印数：30份", "共印叁拾份"):
        maybe = "MS215" if "叁" in run else ""
        yield good("MS215", replace(NOTICE, print_run=run), run, maybe=maybe)
    for day in ("二〇二六年十一月十六日", "2026 年 11 月 16 日"):
        yield good("MS220", replace(NOTICE, date=day, printed=("", "")), day)
    for note in ("（此件发至县团级，传达到科级）", "（传达范围：市直机关处级以上干部）"):
        silent = replace(NOTICE, addressee="", copies_to="", note=note)
        yield good("MS214", silent, note)
    for note in ("（此件可公开）", "（公开方式：主动公开）", "（此件删减后公开）"):
        yield good("MS219", replace(OPEN_REPORT, note=note), note)
    for number in ("临政办函〔2026〕3号", "临政办字〔2026〕1203号", "临委办发电〔2026〕8号"):
        yield good("MS224", replace(OPEN_NOTICE, number=number), number)
    for number in ("临政办发〔2026〕12", "临政办发2026年12号", "临政办发〔2026年〕12号"):
        yield bad("MS224", replace(OPEN_NOTICE, number=number), number)
    for reason in ("涉及工作秘密", "属于内部事务信息", "属于过程性信息"):
        yield good("MS218", replace(OPEN_REPORT, note=f"（此件不公开，{reason}）"), reason)


def _spoken() -> Iterator[Case]:
    marked = replace(SPEECH, marking="机密★3年")
    scope = ("知悉范围：参会人员",)
    maybe = "MS203 MS215"  # no 公文, but 制作秘密载体 asks both of any carrier
    yield bad("MS214", marked, "讲话稿没有范围", maybe=maybe)
    yield good("MS214", replace(marked, end=scope), "讲话稿有范围", maybe=maybe)
    yield good("MS214", replace(marked, end=("（此件发至参会人员）",)), "讲话稿有附注", maybe=maybe)
    yield bad("MS102", replace(marked, marking="机密", end=scope), "讲话稿无期限", maybe=maybe)
    yield bad("MS103", replace(marked, marking="秘密3年", end=scope), "讲话稿无星", maybe=maybe)
    yield good("BASE", SPEECH, "不涉密讲话稿")
    other = (*FORM_ROWS[:2], ("密级", "秘密", "保密期限", "5年"), *FORM_ROWS[3:])
    differs = replace(NOTICE, form=other)
    yield bad("MS212", differs, "稿纸秘密正文机密", any_of="MS212 MS118 MS123")
