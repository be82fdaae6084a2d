"""Cases of the rules on the sign as a whole and what stands beside it: MS114–MS124."""

from __future__ import annotations

from dataclasses import replace

from drafts.bases import BASES, FORM_OPEN, FORM_ROWS
from drafts.faults_level import FORM, said
from drafts.matrix import Case, bad, good
from drafts.paper import Attachment, Pair


def _placeholder() -> list[Case]:
    return [
        bad("MS114", "通知", marking="机密★XX年"),
        bad("MS114", "请示", marking="秘密★__年"),
        bad("MS114", "报告", marking="×密★×年"),
        bad("MS114", "函", marking="〔密级★保密期限〕", maybe="MS116"),
        bad("MS114", "纪要", marking="机密★○年"),
        bad("MS114", "公开通知", marking="密级★保密期限", maybe="MS219"),
        bad("MS114", "命令", marking="绝密★20XX年XX月XX日"),
        bad("MS114", "多附件", marking="机密★【待核实】", maybe="MS208 MS116"),
        good("MS114", said("××县、××公司的做法值得借鉴。"), "正文××"),
        good("MS114", "通知", number="临政办发〔2026〕×号", maybe="MS224"),
        good(
            "MS114",
            said("标志的形式为“密级★保密期限”，详见有关规定。", base="公开通知"),
            "正文引用形式",
        ),
        good("MS114", "公开函", title="关于××路改造计划的函"),
    ]


def _spaces() -> list[Case]:
    return [
        bad("MS115", "通知", marking="机密 ★ 10年"),
        bad("MS115", "请示", marking="秘密★5 年"),
        bad("MS115", "报告", marking="机密★2031 年 6 月 30 日"),
        bad("MS115", "命令", marking="绝\u200b密★30年", kinds="docx txt"),
        bad("MS115", "函", marking="秘密\u00a0★3年", kinds="docx txt"),
        bad("MS115", "纪要", marking="机　密★5年", maybe="MS207"),
        bad("MS115", "中央通知", marking="绝密★\u200e20年", kinds="docx txt"),
        good("MS115", "通知", "字符间距属性", look={"marking_spacing": 4.0}),
        good("MS115", said("机密 10 年的说法不准确。"), "正文空格"),
        good("MS115", "内部材料", head_extra=("内部资料　　注意保存",)),
        good("MS115", "请示", "行尾空格", marking="秘密★5年 "),
    ]


def _wrapped() -> list[Case]:
    return [
        bad("MS116", "通知", marking="【机密★10年】"),
        bad("MS116", "请示", marking="（秘密★5年）"),
        bad("MS116", "报告", marking="密级：机密★2031年6月30日"),
        bad("MS116", "纪要", marking="机密级★5年"),
        bad("MS116", "命令", marking="“绝密★30年”"),
        bad("MS116", "函", marking="秘密件", also="MS102"),
        bad("MS116", "中央通知", marking="绝密★保密期限：20年"),
        good("MS116", replace(BASES["通知"], form=FORM_ROWS), "稿纸表格带“密级”"),
        good("MS116", "封面方案", "封面带“密级：”", cover=_cover("密级：秘密★1年")),
        good("MS116", said("（机密）本段数据不得摘录。"), "段落密级带括号"),
        good("MS116", said("本通知为机密级，请妥善保管。"), "正文机密级"),
    ]


def _cover(marking: str):
    return replace(BASES["封面方案"].cover, marking=marking)


def _alien() -> list[Case]:
    maybe = "MS219 MS218"
    return [
        bad("MS117", "工作秘密", head_extra=("工作秘密★5年",), maybe=maybe),
        bad("MS117", "内部材料", head_extra=("内部★",), maybe=maybe),
        bad("MS117", "公开通知", marking="核心商密★10年", note="", maybe=maybe),
        bad("MS117", "公开函", marking="普通商密★3年", note="", maybe=maybe),
        bad("MS117", "公开报告", marking="商业秘密★5年", note="", maybe=maybe),
        bad("MS117", "工作秘密", head_extra=("工作秘密★",), maybe=maybe),
        good("MS117", "工作秘密", "无星", head_extra=("工作秘密 5年",)),
        good("MS117", "内部材料", head_extra=("内部资料，注意保密",)),
        good("MS117", "公开函", marking="核心商密 10年", note="", maybe="MS219"),
        good("MS117", said("★工作秘密管理是明年的重点。", base="公开通知"), "正文★工作秘密"),
        good("MS117", "通知", "真正的国家秘密"),
    ]


def _several() -> list[Case]:
    lower = Attachment("节点部署方案", ("节点分为三级。",), "秘密★3年")
    pair = "MS201 MS205"
    return [
        bad("MS118", "通知", head_extra=("秘密★5年",), maybe=pair),
        bad("MS118", "报告", under_title=("秘密★3年",), maybe="MS201"),
        bad("MS118", "纪要", end=("秘密★1年",), maybe="MS201"),
        bad("MS118", "请示", head_extra=("秘密★10年",), maybe=pair),
        bad("MS118", "命令", under_title=("机密★10年",), maybe="MS201"),
        good("MS118", "汇编"),
        good("MS118", "多附件"),
        good(
            "MS118", "通知", "低密级附件", attachments=(lower,), attachment_note=("节点部署方案",)
        ),
        good("MS118", "通知", "原标志划去", struck="绝密★20年", kinds="docx"),
        good("MS118", "通知", "修订删除", deleted=("秘密★5年",), kinds="docx", maybe="MS313"),
        good("MS118", "报告", "页眉相同", header="机密★2031年6月30日", kinds="docx pdf"),
        good("MS118", said("省里来文标注“秘密★5年”，请一并阅处。"), "正文引用来文密级"),
        good("MS118", "封面方案"),
    ]


def _number() -> list[Case]:
    maybe = "MS219 MS302 MS101 MS217"
    open_note = BASES["公开通知"]
    return [
        bad("MS119", "公开通知", number="临密发〔2026〕5号", note="", maybe=maybe),
        bad("MS119", "公开报告", number="石政密〔2026〕6号", note="", maybe=maybe),
        bad(
            "MS119",
            "通知",
            "去掉标志",
            marking="",
            number="临政办密发〔2026〕2号",
            maybe=maybe + " MS203",
        ),
        bad("MS119", "公开函", number="青湾教密函〔2026〕19号", note="", maybe=maybe),
        bad("MS119", "电报", "去掉标志", marking="", maybe=maybe),
        good("MS119", "通知", number="临密发〔2026〕5号"),
        good("MS119", "电报", "密电有标志"),
        good(
            "MS119",
            replace(open_note, issuer="密河县人民政府文件", number="密政发〔2026〕3号"),
            "密河县政府文号",
        ),
        good(
            "MS119",
            replace(open_note, issuer="临江市国家保密局文件", number="临保密发〔2026〕2号"),
            "保密局文号",
        ),
        good(
            "MS119",
            said("请按照《关于有关事项的通知》（临密发〔2025〕3号）执行。", base="公开通知"),
            "引用密字文号",
            maybe="MS413 MS305",
        ),
    ]


def _portions() -> list[Case]:
    return [
        bad("MS120", "请示", portions=("（机密）新建站点坐标见专门档案。",)),
        bad("MS120", "函", portions=("（绝密）南段管线走向不得标注。",)),
        bad("MS120", "封面方案", portions=("[机密★5年]三号目标的防护等级为甲级。",), maybe="MS118"),
        bad("MS120", "报告", portions=("密点：战略储备总量（绝密）", "（绝密）储备总量另册。")),
        bad("MS120", "通知", portions=("（绝密）轮换总量为八十万吨。",)),
        good("MS120", "通知", portions=("（秘密）轮换总量为八十万吨。",)),
        good("MS120", "通知", portions=("（机密）轮换总量为八十万吨。",)),
        good("MS120", "命令", portions=("（机密）集结地域见附图。", "（秘密）联络频率另发。")),
        good("MS120", said("市委机密局（绝密岗位除外）人员由组织部门统一管理。"), "括号内绝密岗位"),
        good(
            "MS120", said("绝密级文件由专人管理，机密级文件由科室保管。", base="请示"), "正文谈密级"
        ),
    ]


def _script() -> list[Case]:
    return [
        bad("MS121", "通知", marking="機密★10年"),
        bad("MS121", "命令", marking="絕密★30年"),
        bad("MS121", "请示", marking="祕密★5年"),
        bad("MS121", "纪要", marking="机(jī)密(mì)★5年"),
        bad("MS121", "函", marking="㊙", also="MS102", maybe="MS103"),
        bad("MS121", "报告", marking="機密★2031年6月30日"),
        good("MS121", said("碑文载“機密院”三字。"), "正文繁体"),
        good("MS121", "通知", copies_to="市委辦公室"),
        good("MS121", "公开函", title="关于修复機房旧址的函"),
    ]


def _inner() -> list[Case]:
    return [
        bad("MS122", "通知", head_extra=("内部资料　注意保存",)),
        bad("MS122", "请示", head_extra=("工作秘密",)),
        bad("MS122", "纪要", under_title=("（内部文件）",), maybe="MS116"),
        bad("MS122", "报告", head_extra=("内部资料，注意保密",)),
        bad("MS122", "封面方案", head_extra=("工作秘密 1年",)),
        good("MS122", "内部材料"),
        good("MS122", "工作秘密"),
        good("MS122", said("各单位要加强内部资料管理，妥善保护工作秘密。"), "正文提到"),
        good("MS122", "通知", title="临江市人民政府办公室关于加强内部文件管理的通知"),
    ]


def _undecided() -> list[Case]:
    empty = ("密级", "", "保密期限", "")
    boxes = ("密级", "□绝密 □机密 □秘密 □非密", "保密期限", "")
    late = (*FORM_ROWS[:4], ("定密责任人", "高启明", "定密日期", "2026年11月18日"), FORM_ROWS[5])
    bare = replace(BASES["公开通知"], note="")
    maybe = "MS219 MS114"
    return [
        bad("MS123", replace(bare, form=(*FORM_ROWS[:2], empty)), "密级空白", maybe=maybe),
        bad("MS123", replace(bare, form=(*FORM_ROWS[:2], boxes)), "一个未勾", maybe=maybe),
        bad("MS123", replace(BASES["通知"], form=late), "定密晚于起草"),
        bad(
            "MS123",
            replace(BASES["请示"], form=(*FORM_ROWS[:2], empty)),
            "有标志而稿纸空白",
            maybe="MS114",
        ),
        bad(
            "MS123",
            Pair(bare, replace(FORM, table=(*FORM_ROWS[:2], empty))),
            "单独稿纸空白",
            maybe=maybe,
            kinds="docx txt",
        ),
        good("MS123", replace(BASES["公开通知"], form=FORM_OPEN), "非密"),
        good("MS123", replace(BASES["通知"], form=FORM_ROWS), "当日定密"),
        good("MS123", "公开通知", "没有稿纸"),
        good(
            "MS123",
            replace(
                BASES["公开通知"],
                form=(*FORM_ROWS[:2], ("密级", "□绝密 □机密 □秘密 ☑非密", "保密期限", "")),
            ),
            "勾选非密",
        ),
        good("MS123", Pair(BASES["通知"], FORM), "单独审批表", kinds="docx txt"),
    ]


def _code() -> list[Case]:
    word = "docx"
    return [
        bad("MS124", "通知", properties=(("SecurityLevel", "SECRET"),), kinds=word, maybe="MS212"),
        bad("MS124", "报告", properties=(("密级", "Confidential"),), kinds=word, maybe="MS212"),
        bad("MS124", "纪要", properties=(("密级", "2"),), kinds=word, maybe="MS212"),
        bad(
            "MS124",
            "多附件",
            properties=(("SecurityLevel", "Top Secret"),),
            kinds=word,
            maybe="MS212",
        ),
        bad("MS124", "请示", properties=(("SecretLevel", "Secret"),), kinds=word, maybe="MS212"),
        good("MS124", "通知", properties=(("密级", "机密"),), kinds=word),
        good("MS124", "通知", properties=(("SecurityLevel", "jimi"),), kinds=word),
        good("MS124", "通知", properties=(("版本", "2"), ("Status", "Secretariat")), kinds=word),
        good("MS124", said("系统代号为SECRET-2，由市大数据局维护。"), "正文SECRET"),
    ]


def cases() -> list[Case]:
    """All cases of MS114–MS124."""
    parts = (_placeholder, _spaces, _wrapped, _alien, _several, _number, _portions)
    return [case for part in (*parts, _script, _inner, _undecided, _code) for case in part()]
