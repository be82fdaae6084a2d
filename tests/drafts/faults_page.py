"""Cases of the rules on page, attachment and metadata: MS201–MS213."""

from __future__ import annotations

from dataclasses import replace

from drafts.bases import BASES
from drafts.faults_level import said
from drafts.matrix import SET, Case, bad, good
from drafts.paper import Attachment, Draft, Folder, Mail


def _place() -> list[Case]:
    return [
        bad("MS201", "通知", look={"marking_align": "right"}, maybe="MS207", kinds=SET),
        bad("MS201", "报告", look={"marking_align": "center"}, kinds=SET),
        bad("MS201", "请示", look={"marking_indent": 2}, kinds=SET),
        bad("MS201", "纪要", look={"marking_spot": "under-title"}, kinds=SET),
        bad("MS201", "命令", look={"marking_spot": "above-addressee"}, kinds=SET),
        bad("MS201", "中央通知", "前有两个全角空格", marking="　　绝密★20年", kinds=SET),
        bad("MS201", "封面方案", look={"marking_spot": "under-issuer"}, cover=None, kinds=SET),
        good("MS201", "通知", "两毫米内的偏差", look={"margins": (37, 26.5, 35, 26)}, kinds=SET),
        good("MS201", "报告", "普通页边距", look={"margins": (25.4, 31.8, 25.4, 31.8)}, kinds=SET),
        good("MS201", "函", kinds=SET),
        good("MS201", "电报", kinds=SET),
        good(
            "MS201", said("机密★10年的标注位置见国家标准。"), "正文行首", kinds=SET, maybe="MS118"
        ),
        good("MS201", "多附件", "附件的密级在附件页", kinds=SET),
    ]


def _font() -> list[Case]:
    return [
        bad("MS202", "通知", look={"marking_font": "宋体"}, kinds=SET),
        bad("MS202", "请示", look={"marking_size": 22}, kinds=SET),
        bad("MS202", "报告", look={"marking_size": 14}, kinds=SET),
        bad("MS202", "纪要", look={"marking_font": "仿宋", "marking_bold": True}, kinds=SET),
        bad("MS202", "函", look={"marking_font": "楷体"}, kinds=SET),
        good("MS202", "通知", look={"marking_font": "SimHei"}, kinds=SET),
        good("MS202", "请示", look={"marking_font": "方正黑体_GBK"}, kinds=SET),
        good("MS202", "报告", look={"marking_bold": True}, kinds=SET),
        good("MS202", "公开通知", look={"marking_font": "宋体"}, kinds=SET),
        good("MS202", "纪要", "正文用宋体", look={"body_font": "宋体"}, kinds=SET),
    ]


def _copy() -> list[Case]:
    return [
        bad("MS203", "通知", copy_number=""),
        bad("MS203", "请示", copy_number=""),
        bad("MS203", "命令", copy_number=""),
        bad("MS203", "函", copy_number=""),
        bad("MS203", "电报", copy_number=""),
        good("MS203", "通知", copy_number="000317"),
        good("MS203", "公开通知", "不涉密无份号"),
        good("MS203", "工作秘密", "工作秘密无份号"),
        good("MS203", "内部材料", "内部材料无份号"),
    ]


def _copy_form() -> list[Case]:
    return [
        bad("MS204", "通知", copy_number="0001"),
        bad("MS204", "请示", copy_number="00000001"),
        bad("MS204", "报告", copy_number="第000012号"),
        bad("MS204", "命令", copy_number="No.000008"),
        bad("MS204", "纪要", look={"copy_align": "right"}, kinds=SET),
        bad("MS204", "封面方案", look={"copy_indent": 2}, kinds=SET),
        bad("MS204", "中央通知", copy_number="０００００８"),
        good("MS204", "通知", copy_number="123456"),
        good("MS204", "报告", "邮编和电话", end=("邮政编码：610200",)),
        good("MS204", "公开函", "六位电话", end=("联系电话：332091",)),
    ]


def _head_order() -> list[Case]:
    near = "MS201 MS204"
    return [
        bad(
            "MS205", "通知", "密级在前", look={"order": ("marking", "copy", "urgency")}, maybe=near
        ),
        bad(
            "MS205",
            "通知",
            "紧急程度在前",
            look={"order": ("urgency", "copy", "marking")},
            maybe=near,
        ),
        bad(
            "MS205",
            "启封通知",
            "密级在末",
            look={"order": ("copy", "urgency", "marking")},
            maybe=near,
        ),
        bad("MS205", "通知", "一行排三项", look={"one_line": True}, maybe=near + " MS202"),
        bad("MS205", "请示", "一行排两项", look={"one_line": True}, maybe=near + " MS202"),
        good("MS205", "通知"),
        good("MS205", "报告", "没有紧急程度"),
        good("MS205", "公开通知", "只有紧急程度", urgency="加急"),
        good("MS205", "电报", "等级在红线上"),
    ]


def _letter() -> list[Case]:
    return [
        bad("MS206", "函", look={"marking_align": "right"}, maybe="MS201 MS207", kinds=SET),
        bad("MS206", "函", look={"number_align": "left"}, kinds=SET),
        bad("MS206", "函", look={"number_align": "center"}, kinds=SET),
        bad("MS206", "函", look={"head_above_line": True}, maybe="MS201", kinds=SET),
        bad("MS206", "函", look={"marking_spot": "under-title"}, any_of="MS201 MS206", kinds=SET),
        good("MS206", "函", kinds=SET),
        good("MS206", "公开函", kinds=SET),
        good("MS206", "通知", "单红线", kinds=SET),
        good("MS206", "函", marking="秘密★2029年12月31日", urgency="加急", kinds=SET),
    ]


def _old_standard() -> list[Case]:
    right = {"marking_align": "right"}
    old = replace(
        BASES["通知"],
        date="2011年5月6日",
        number="临政办发〔2011〕12号",
        paragraphs=("请认真执行。",) * 3,
        printed=("临江市人民政府办公室", "2011年5月6日"),
    )
    old_right = replace(old, setting=replace(old.setting, marking_align="right"))
    return [
        bad(
            "MS207",
            "通知",
            marking="机　密",
            look=right,
            also="MS102",
            maybe="MS115 MS201",
            kinds=SET,
        ),
        bad(
            "MS207",
            "请示",
            marking="秘　密",
            look=right,
            also="MS102",
            maybe="MS115 MS201",
            kinds=SET,
        ),
        bad(
            "MS207",
            "命令",
            marking="绝　密",
            look=right,
            also="MS102",
            maybe="MS115 MS201",
            kinds=SET,
        ),
        bad(
            "MS207",
            "报告",
            marking="机　密★5年",
            look=right,
            any_of="MS201 MS207",
            maybe="MS115",
            kinds=SET,
        ),
        good("MS207", replace(old_right, marking="机密★20年"), "2011年右上角", kinds=SET),
        good("MS207", "通知", "左上角", kinds=SET),
        good("MS207", "公开通知", "右上角有日期", header="2026年11月18日", kinds=SET),
    ]


def _attachments() -> list[Case]:
    higher = Attachment("储备库点分布表", ("库点共二十三处。",), "机密★10年")
    top = Attachment("总量测算表", ("测算口径见说明。",), "绝密★20年")
    loose = Draft(
        title="储备库点分布说明",
        paragraphs=BASES["公开通知"].paragraphs,
        kind="paper",
        copy_number="",
        marking="",
        number="",
        issuer="",
        date="",
        print_run="",
        head_extra=("临政办发〔2026〕12号附件1",),
        file_name="附件1：储备库点分布说明",
    )
    main = replace(BASES["通知"], attachment_note=("储备库点分布说明",), file_name="正文")
    marked = replace(loose, marking="机密★10年")
    open_main = replace(BASES["公开通知"], attachment_note=("储备库点分布说明",), file_name="正文")
    both = "docx txt"
    return [
        bad(
            "MS208",
            "请示",
            "附件机密",
            attachments=(higher,),
            attachment_note=("储备库点分布表",),
            maybe="MS118",
        ),
        bad(
            "MS208",
            "通知",
            "附件绝密",
            attachments=(top,),
            attachment_note=("总量测算表",),
            maybe="MS118",
        ),
        bad(
            "MS208",
            "公开通知",
            "不涉密主件带密附件",
            attachments=(higher,),
            maybe="MS217 MS101 MS118 MS214 MS203 MS215 MS201 MS204 MS220",
        ),
        bad("MS208", Folder((main, loose)), "单独存放未标", maybe="MS101 MS418", kinds=both),
        bad(
            "MS208",
            Mail("【机密★10年】报送通知", "请查收。", (main, loose)),
            "邮件附件未标",
            maybe="MS101 MS418 MS222",
            kinds=both,
        ),
        good("MS208", "多附件"),
        good("MS208", "请示", "附件同级", attachments=(replace(higher, marking="秘密★5年"),)),
        good("MS208", "通知", "装订附件未标", attachments=(replace(higher, marking=""),)),
        good(
            "MS208",
            Folder((main, marked)),
            "单独存放已标",
            kinds=both,
            maybe="MS203 MS214 MS215 MS220 MS201",
        ),
        good("MS208", Folder((open_main, loose)), "均不涉密", kinds=both, maybe="MS219"),
        good("MS208", said("附件机密事项由专人保管。"), "正文附件机密"),
    ]


def _running() -> list[Case]:
    same = "MS118"
    return [
        bad("MS209", "通知", "页眉", header="秘密★5年", maybe=same, kinds=SET),
        bad("MS209", "报告", "页脚", footer="机密★10年", maybe=same, kinds=SET),
        bad("MS209", "请示", "页眉高", header="机密★5年", maybe=same, kinds=SET),
        bad(
            "MS209",
            "纪要",
            "水印",
            watermark="秘密★5年",
            any_of="MS209 MS212",
            maybe="MS118 MS209 MS212",
            kinds="docx",
        ),
        bad("MS209", "命令", "页脚低", footer="机密★20年", maybe=same, kinds=SET),
        good("MS209", "通知", header="机密★10年", kinds=SET),
        good("MS209", "报告", footer="— 1 —", kinds=SET),
        good("MS209", "请示", header="云岭省水务厅", kinds=SET),
        good("MS209", "纪要", "水印相同", watermark="机密★5年", kinds="docx"),
        good("MS209", "通知", "页眉有密字", header="临江市国家保密局监制", kinds=SET),
    ]


def _covers() -> list[Case]:
    cover = BASES["封面方案"].cover
    assert cover
    same, either = "MS118", "MS118 MS210"  # a text file has no pages
    return [
        bad(
            "MS210", "封面方案", "封面期限长", cover=replace(cover, marking="秘密★5年"), maybe=same
        ),
        bad(
            "MS210", "封面方案", "封面密级高", cover=replace(cover, marking="机密★1年"), maybe=same
        ),
        bad("MS210", "通知", "封面密级低", cover=replace(cover, marking="秘密★5年"), any_of=either),
        bad(
            "MS210",
            "报告",
            "封面年限首页日期",
            cover=replace(cover, marking="机密★20年"),
            any_of=either,
        ),
        good("MS210", "封面方案"),
        good("MS210", "封面方案", "封面无标志", cover=replace(cover, marking=""), maybe="MS201"),
        good("MS210", "通知", "封面相同", cover=replace(cover, marking="机密★10年")),
        good("MS210", "公开通知", "不涉密封面", cover=replace(cover, marking="")),
    ]


def _names() -> list[Case]:
    return [
        bad("MS211", "通知", file_name="【秘密】关于做好粮食轮换工作的通知"),
        bad("MS211", "请示", file_name="【机密】关于调整站网布局的请示"),
        bad("MS211", "命令", file_name="机密★30年 关于启动警戒任务的命令"),
        bad("MS211", "报告", file_name="(绝密)储备布局评估报告"),
        bad(
            "MS211",
            "公开通知",
            "正文无标志",
            file_name="【机密】健身设施方案",
            any_of="MS211 MS213",
            maybe="MS211 MS213 MS101 MS219",
        ),
        good("MS211", "通知", file_name="【机密】关于做好粮食轮换工作的通知"),
        good("MS211", "公开通知", file_name="手机密码管理办法"),
        good("MS211", "请示", file_name="秘密级以上文件登记办法"),
        good("MS211", "公开函", file_name="绝密飞行观后感"),
        good("MS211", "报告", file_name="机密★2031年6月30日 评估报告"),
    ]


def _metadata() -> list[Case]:
    word = "docx"
    return [
        bad("MS212", "通知", properties=(("密级", "秘密"),), kinds=word),
        bad("MS212", "请示", properties=(("SecurityLevel", "绝密"),), kinds=word),
        bad("MS212", "报告", properties=(("密级", "非密"),), kinds=word),
        bad("MS212", "纪要", properties=(("密级", "秘密★5年"),), kinds=word),
        bad(
            "MS212",
            "通知",
            "水印",
            watermark="秘密",
            any_of="MS209 MS212",
            maybe="MS209 MS212 MS118 MS102",
            kinds=word,
        ),
        good("MS212", "通知", properties=(("密级", "机密"),), kinds=word),
        good("MS212", "通知", properties=(("密级", "机密★10年"),), kinds=word),
        good("MS212", "公开通知", properties=(("密级", "公开"),), kinds=word),
        good(
            "MS212",
            "通知",
            properties=(("保密员", "周敏"),),
            core=(("subject", "粮食"),),
            kinds=word,
        ),
    ]


def _apart() -> list[Case]:
    maybe = "MS211 MS101 MS219 MS222"
    open_paper = replace(BASES["公开通知"], note="", file_name="正文")
    both = "docx txt"
    return [
        bad(
            "MS213",
            replace(open_paper, file_name="机密★10年 粮食轮换工作通知"),
            "仅文件名",
            maybe=maybe,
        ),
        bad(
            "MS213",
            replace(open_paper, file_name="【秘密★5年】健身设施方案"),
            "仅文件名带括号",
            maybe=maybe,
        ),
        bad(
            "MS213",
            Mail("【机密★5年】关于健身设施的通知", "请查收。", (open_paper,)),
            "仅邮件主题",
            maybe=maybe,
            kinds=both,
        ),
        bad(
            "MS213",
            Mail("秘密★3年 健身设施方案", "发上方案一份。", (open_paper,)),
            "主题无括号",
            maybe=maybe,
            kinds=both,
        ),
        good("MS213", "通知", file_name="机密★10年 粮食轮换工作通知"),
        good(
            "MS213",
            Mail("【机密★10年】关于粮食轮换的通知", "请查收。", (BASES["通知"],)),
            "邮件和正文都有",
            kinds=both,
        ),
        good(
            "MS213",
            Mail("关于秘密花园演出的通知", "请查收。", (BASES["公开通知"],)),
            "主题有秘密花园",
            kinds=both,
        ),
        good("MS213", "公开通知", file_name="机密计算平台建设方案"),
    ]


def cases() -> list[Case]:
    """All cases of MS201–MS213."""
    parts = (_place, _font, _copy, _copy_form, _head_order, _letter, _old_standard)
    rest = (_attachments, _running, _covers, _names, _metadata, _apart)
    return [case for part in (*parts, *rest) for case in part()]
