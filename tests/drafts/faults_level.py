"""Cases of the rules on level and period of a marking: MS101–MS113."""

from __future__ import annotations

from dataclasses import replace

from drafts.bases import BASES, FORM_OPEN, FORM_ROWS
from drafts.matrix import Case, bad, good
from drafts.paper import Draft, Pair

OWN_FORM = Draft(
    "", (), kind="paper", copy_number="", marking="", issuer="", number="", date="", print_run=""
)
FORM = replace(OWN_FORM, title="定密审批表", table=FORM_ROWS)
TICKED = ("密级", "□绝密 ☑机密 □秘密 □非密", "保密期限", "10年")


def said(*paragraphs: str, base: str = "通知", **changes: object) -> Draft:
    """The base with these paragraphs after its own."""
    draft = BASES[base]
    return replace(draft, paragraphs=(*draft.paragraphs, *paragraphs), **changes)


def _missing() -> list[Case]:
    bare = BASES["通知"]
    unmarked = replace(bare, marking="")
    maybe = "MS219 MS214 MS215 MS123 MS302"
    return [
        bad("MS101", replace(unmarked, form=FORM_ROWS), "发文稿纸填机密", maybe=maybe),
        bad(
            "MS101",
            replace(unmarked, form=(*FORM_ROWS[:2], TICKED, *FORM_ROWS[3:])),
            "发文稿纸勾选机密",
            maybe=maybe,
        ),
        bad(
            "MS101",
            "请示",
            "属性密级",
            marking="",
            properties=(("密级", "秘密★5年"),),
            kinds="docx",
            maybe=maybe + " MS212 MS213",
        ),
        bad(
            "MS101",
            "纪要",
            "属性SecurityLevel",
            marking="",
            copy_number="",
            properties=(("SecurityLevel", "机密"),),
            kinds="docx",
            maybe=maybe + " MS212 MS213",
        ),
        bad("MS101", Pair(unmarked, FORM), "单独审批表", maybe=maybe, kinds="docx txt"),
        bad(
            "MS101",
            replace(BASES["报告"], marking="", form=FORM_ROWS, form_title="云岭省发文稿纸"),
            "报告附发文稿纸",
            maybe=maybe,
        ),
        good("MS101", replace(bare, form=FORM_ROWS), "稿纸与标志一致"),
        good("MS101", replace(BASES["公开通知"], form=FORM_OPEN), "稿纸非密"),
        good("MS101", Pair(bare, FORM), "单独审批表一致", kinds="docx txt"),
        good(
            "MS101",
            "公开通知",
            "属性非密",
            properties=(("密级", "非密"), ("单位", "临江市")),
            kinds="docx",
        ),
        good(
            "MS101",
            replace(
                BASES["公开通知"],
                paragraphs=(*BASES["公开通知"].paragraphs, "涉及机密级国家秘密的，另行发文。"),
            ),
            "正文提到机密级",
        ),
        good("MS101", "封面方案", "封面和首页都有"),
    ]


def _no_period() -> list[Case]:
    return [
        bad("MS102", "通知", marking="机密★"),
        bad("MS102", "请示", marking="秘密"),
        bad("MS102", "报告", marking="机密", also=""),
        bad("MS102", "命令", marking="绝密★"),
        bad("MS102", "函", marking="密级：秘密", also="MS116"),
        bad("MS102", "封面方案", "首页无期限", marking="秘密★", maybe="MS210 MS118"),
        good("MS102", "启封通知", marking="秘密★启封前"),
        good("MS102", "报告", marking="机密★2031年6月30日"),
        good("MS102", said("本通知涉及机密，请妥善保管。"), "正文有机密二字"),
        good("MS102", "公开通知", "标题为秘密投票", title="临江市关于规范秘密写票处设置的通知"),
    ]


def _no_star() -> list[Case]:
    return [
        bad("MS103", "通知", marking="机密10年"),
        bad("MS103", "请示", marking="秘密5年"),
        bad("MS103", "命令", marking="绝密30年"),
        bad("MS103", "纪要", marking="机密2031年6月30日"),
        bad("MS103", "函", marking="秘密（3年）", also="MS116"),
        bad("MS103", "报告", marking="机密 10年", also="MS115"),
        good("MS103", said("本通知印发后，机密10年内不得公开。"), "句中机密10年"),
        good("MS103", "工作秘密", head_extra=("工作秘密 5年",)),
        good("MS103", "公开通知", "标题含秘密", title="临江市关于商业秘密保护三年行动的通知"),
    ]


def _odd_star() -> list[Case]:
    marks = {
        "通知": "机密☆10年",
        "报告": "机密*2031年6月30日",
        "请示": "秘密＊5年",
        "纪要": "机密※5年",
        "命令": "绝密●30年",
        "函": "秘密·3年",
        "封面方案": "秘密▲1年",
        "中央通知": "绝密⭐20年",
        "启封通知": "秘密✩启封前",
    }
    faulty = [
        bad("MS104", base, marking=text, maybe="MS210 MS118" if base == "封面方案" else "")
        for base, text in marks.items()
    ]
    return [
        *faulty,
        bad("MS104", "多附件", marking="机密★★20年"),
        good(
            "MS104", said("★重点任务：本月底前完成清仓。", "※注：数据截至十月底。"), "正文项目符号"
        ),
        good("MS104", "公开通知", "星级", title="临江市关于公布五星★★★★★级酒店名单的通知"),
        good("MS104", "内部材料", head_extra=("内部资料·注意保存",)),
        good("MS104", said("机密·核心计划是该项目的代号。", base="公开通知"), "间隔号"),
    ]


def _order() -> list[Case]:
    return [
        bad("MS105", "通知", marking="★机密10年"),
        bad("MS105", "请示", marking="5年★秘密"),
        bad("MS105", "命令", marking="绝密30年★"),
        bad("MS105", "纪要", marking="★机密★5年", maybe="MS104"),
        good("MS105", said("★十年规划另行印发。"), "正文先星后年"),
        good("MS105", "报告", marking="机密★10年"),
        good("MS105", said("10年★秘密花园项目建成。", base="公开通知"), "10年★秘密花园"),
    ]


def _word() -> list[Case]:
    return [
        bad("MS106", "命令", marking="绝秘★30年"),
        bad("MS106", "通知", marking="机秘★10年"),
        bad("MS106", "请示", marking="密秘★5年"),
        bad("MS106", "中央通知", marking="绝蜜★20年"),
        bad("MS106", "纪要", marking="高密★5年", maybe="MS101"),
        bad("MS106", "报告", marking="核心机密★10年"),
        bad("MS106", "函", marking="特密★3年", maybe="MS101"),
        bad("MS106", "封面方案", marking="密件", maybe="MS102 MS101 MS116 MS210 MS118"),
        good("MS106", "公开通知", issuer="高密市人民政府文件", number="高政发〔2026〕9号"),
        good("MS106", said("此事按密件管理，机秘人员不得外传。"), "正文有密件"),
        good("MS106", "公开函", title="关于采购高密度纤维板的函"),
        good("MS106", "公开通知", head_extra=("高密市",)),
    ]


def _numerals() -> list[Case]:
    return [
        bad("MS107", "通知", marking="机密★十年"),
        bad("MS107", "请示", marking="秘密★伍年"),
        bad("MS107", "函", marking="秘密★两年"),
        bad("MS107", "纪要", marking="机密★５年"),
        bad("MS107", "报告", marking="机密★二〇三一年六月三十日"),
        good("MS107", said("保密期限十年，自印发之日起计算。"), "正文十年"),
        good("MS107", "通知", date="二〇二六年十一月十六日"),
        good("MS107", "启封通知", marking="秘密★第二次启封前"),
        good("MS107", "电报", marking="机密★11个月"),
    ]


def _unit() -> list[Case]:
    return [
        bad("MS108", "通知", marking="机密★10"),
        bad("MS108", "请示", marking="秘密★6月"),
        bad("MS108", "函", marking="秘密★30天"),
        bad("MS108", "纪要", marking="机密★半年", maybe="MS107"),
        bad("MS108", "报告", marking="机密★18个月"),
        bad("MS108", "命令", marking="绝密★24个月"),
        bad("MS108", "中央通知", marking="绝密★0.5年"),
        bad("MS108", "封面方案", marking="秘密★05年", cover=None),
        bad("MS108", "多附件", marking="机密★0年", maybe="MS112 MS208 MS118"),
        bad("MS108", "电报", marking="机密★40日"),
        good("MS108", "电报", marking="机密★11个月"),
        good("MS108", "函", marking="秘密★15日"),
        good("MS108", "请示", marking="秘密★1年"),
        good("MS108", "纪要", marking="机密★1个月"),
    ]


def _over() -> list[Case]:
    return [
        bad("MS109", "请示", marking="秘密★11年"),
        bad("MS109", "通知", marking="机密★25年"),
        bad("MS109", "命令", marking="绝密★31年"),
        bad("MS109", "函", marking="秘密★130个月", also="MS108"),
        bad("MS109", "封面方案", marking="秘密★2037年1月1日", cover=None),
        bad("MS109", "报告", marking="机密★2050年12月31日"),
        good("MS109", "请示", marking="秘密★10年"),
        good("MS109", "通知", marking="机密★20年"),
        good("MS109", "命令", marking="绝密★30年"),
        good("MS109", "封面方案", marking="秘密★2036年11月10日", cover=None),
        good("MS109", "报告", marking="机密★2046年11月1日"),
        good("MS109", said("秘密级保密期限最长30年的说法是错误的。"), "正文30年"),
    ]


def _long() -> list[Case]:
    return [
        bad("MS110", "通知", marking="机密★长期"),
        bad("MS110", "命令", marking="绝密★永久"),
        bad("MS110", "请示", marking="秘密★长远"),
        bad("MS110", "函", marking="秘密★长期"),
        bad("MS110", "纪要", marking="机密★永久"),
        bad("MS110", "报告", marking="机密★长期保密", maybe="MS111"),
        good("MS110", "通知", "长期规划", title="关于印发粮食安全长期规划的通知"),
        good("MS110", said("本件应当永久保存。"), "永久保存"),
        good("MS110", "内部材料", end=("保管期限：永久",)),
    ]


def _form_of_date() -> list[Case]:
    faulty = {
        "通知": "机密★2030-12-31",
        "请示": "秘密★2030.12.31",
        "报告": "机密★20301231",
        "纪要": "机密★2030年",
        "命令": "绝密★2030年底",
        "函": "秘密★至2028年12月31日止",
        "中央通知": "绝密★2030年12月31日解密",
        "多附件": "机密★20年期",
        "电报": "机密★6个月以内",
    }
    listed = [
        bad("MS111", base, marking=text, maybe="MS118 MS208") for base, text in faulty.items()
    ]
    return [
        *listed,
        bad("MS111", "通知", marking="机密★10年（自2026年11月16日起）", maybe="MS116"),
        bad("MS111", "报告", marking="机密★2031年5月"),
        good("MS111", "报告", marking="机密★2031年12月31日"),
        good("MS111", "通知", marking="机密★竣工验收前"),
        good("MS111", said("资料报送时间为2026-12-25，逾期不候。"), "正文日期"),
        good("MS111", "函", marking="秘密★3年"),
    ]


def _impossible() -> list[Case]:
    return [
        bad("MS112", "报告", marking="机密★2031年2月30日"),
        bad("MS112", "请示", marking="秘密★2031年6月31日"),
        bad("MS112", "通知", marking="机密★2025年12月31日", maybe="MS501"),
        bad("MS112", "函", marking="秘密★2027年2月29日"),
        bad("MS112", "命令", marking="绝密★2030年13月1日"),
        bad("MS112", "纪要", marking="机密★10年（至2030年11月6日）", maybe="MS111 MS116"),
        good("MS112", "报告", marking="机密★2028年2月29日"),
        good("MS112", "请示", marking="秘密★2026年12月31日", maybe="MS502"),
        good("MS112", "通知", "引用旧日期", date="2026年11月16日", end=("2025年12月31日前已阅",)),
    ]


def _vague() -> list[Case]:
    return [
        bad("MS113", "通知", marking="机密★适时解密"),
        bad("MS113", "请示", marking="秘密★另行通知"),
        bad("MS113", "报告", marking="机密★待定"),
        bad("MS113", "命令", marking="绝密★必要时"),
        bad("MS113", "函", marking="秘密★视情解密"),
        good("MS113", "启封通知", marking="秘密★开标前"),
        good("MS113", "请示", marking="秘密★公布前"),
        good("MS113", "纪要", marking="机密★任务完成后"),
        good("MS113", said("具体时间待定，有关事项另行通知。"), "正文另行通知"),
    ]


def cases() -> list[Case]:
    """All cases of MS101–MS113."""
    parts = (_missing, _no_period, _no_star, _odd_star, _order, _word, _numerals, _unit)
    rest = (_over, _long, _form_of_date, _impossible, _vague)
    return [case for part in (*parts, *rest) for case in part()]
