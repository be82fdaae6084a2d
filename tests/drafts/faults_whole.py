"""Cases of the rules on what a document must say as a whole: MS214–MS224."""

from __future__ import annotations

from dataclasses import replace

from drafts.bases import BASES, COMPILATION, NOTICE, OPEN_NOTICE, REPORT, REQUEST
from drafts.faults_level import OWN_FORM, said
from drafts.matrix import Case, bad, good
from drafts.paper import Folder, Mail

BOTH = "docx txt"


def _scope() -> list[Case]:
    return [
        bad("MS214", "通知", "都没有", addressee="", note="", copies_to=""),
        bad("MS214", "命令", note=""),
        bad("MS214", "纪要", copies_to=""),
        bad("MS214", "封面方案", "都没有", addressee="", copies_to=""),
        bad("MS214", "多附件", "都没有", addressee="", note="", copies_to=""),
        good("MS214", "纪要", "只有抄送"),
        good("MS214", "命令", "只有附注"),
        good("MS214", "请示", "只有主送"),
        good("MS214", "纪要", copies_to="", end=("知悉范围：林维舟、赵国安、孙庆",)),
        good("MS214", "公开通知", "不涉密", addressee="", copies_to=""),
    ]


def _print_run() -> list[Case]:
    return [
        bad("MS215", "通知", "缺", print_run=""),
        bad("MS215", "请示", "缺", print_run=""),
        bad("MS215", "函", "缺", print_run=""),
        bad("MS215", "命令", "缺", print_run=""),
        bad("MS215", "多附件", "缺", print_run=""),
        good("MS215", "通知", print_run="印30份"),
        good("MS215", "通知", print_run="印制份数：30份"),
        good("MS215", "请示", print_run="（共印120份）"),
        good("MS215", "公开通知", "不涉密"),
    ]


def _drawings() -> list[Case]:
    drawing = replace(
        OWN_FORM,
        title="临江市储备库点分布图",
        table=(("图例", "库点", "比例尺"), ("1", "城北库", "1:50000"), ("2", "港口库", "1:50000")),
        file_name="附图 储备库点分布图",
    )
    plan = replace(drawing, title="城区地下管线平面图", file_name="城区地下管线平面图")
    sheet = replace(drawing, title="各区县轮换数量统计表", file_name="各区县轮换数量统计表")
    main = replace(NOTICE, file_name="正文")
    marked = {"under_title": ("机密★10年",)}
    sketch = replace(drawing, title="轮换库点位置示意图", file_name="示意图")
    map_ = replace(drawing, title="临江市行政区划地图", file_name="附件 地图")
    maybe = "MS208 MS101 MS418"
    return [
        bad("MS216", Folder((main, drawing)), "分布图", kinds=BOTH, maybe=maybe),
        bad(
            "MS216",
            Folder((replace(BASES["函"], file_name="正文"), plan)),
            "平面图",
            kinds=BOTH,
            maybe=maybe,
        ),
        bad("MS216", Folder((main, sketch)), "示意图", kinds=BOTH, maybe=maybe),
        bad("MS216", Folder((main, map_)), "地图", kinds=BOTH, maybe=maybe),
        bad("MS216", Folder((main, sheet)), "统计表", kinds=BOTH, maybe=maybe),
        good("MS216", Folder((main, replace(drawing, **marked))), "图下已标", kinds=BOTH),
        good("MS216", Folder((replace(OPEN_NOTICE, file_name="正文"), plan)), "不涉密", kinds=BOTH),
        good("MS216", Folder((main, replace(sheet, **marked))), "表下已标", kinds=BOTH),
        good("MS216", replace(drawing, **marked), "单张图纸"),
    ]


def _open() -> list[Case]:
    return [
        bad("MS217", "通知", note="（此件公开发布）"),
        bad("MS217", "请示", note="（此件主动公开）"),
        bad("MS217", "报告", note="（此件依申请公开）"),
        bad("MS217", "函", "公开属性一行", end=("公开属性：主动公开",)),
        bad("MS217", "封面方案", note="（此件删减后公开）"),
        good("MS217", "通知", note="（此件不公开）"),
        good("MS217", said("项目实行公开招标，结果主动公开。"), "正文主动公开"),
        good("MS217", "公开通知"),
        good("MS217", "通知", note="（此件发至县团级，不得公开发布）"),
    ]


def _closed() -> list[Case]:
    return [
        bad("MS218", "公开通知", note="（此件不公开）"),
        bad("MS218", "公开函", note="（此件不予公开）"),
        bad("MS218", "公开报告", note="（此件不公开）"),
        bad("MS218", "公开通知", "公开属性一行", note="", end=("公开属性：不予公开",)),
        bad("MS218", "明传电报", note="（此件不予公开）"),
        good("MS218", "工作秘密", note="（此件不公开）"),
        good("MS218", "公开报告", note="（此件不公开，依据《政府信息公开条例》第十六条）"),
        good("MS218", "通知", note="（此件不公开）"),
        good("MS218", "公开函", note="（此件不予公开，涉及商业秘密和个人隐私）"),
        good("MS218", said("评审过程不公开。", base="公开通知"), "正文不公开"),
    ]


def _attribute() -> list[Case]:
    return [
        bad("MS219", "公开通知", note=""),
        bad("MS219", "公开函", note=""),
        bad("MS219", "公开报告", note="（联系人：罗成，电话：7120044）"),
        bad("MS219", "明传电报", note=""),
        good("MS219", "公开通知"),
        good("MS219", "公开函"),
        good("MS219", "通知", "涉密"),
        good("MS219", "公开报告", note="（此件主动公开）"),
        good("MS219", "公开报告", note="", end=("公开属性：依申请公开",)),
        good("MS219", "工作秘密", note="（此件不予公开）"),
        good("MS219", "内部材料", "不是公文"),
    ]


def _no_date() -> list[Case]:
    none = ("", "")
    return [
        bad("MS220", "通知", "缺", date="", printed=none),
        bad("MS220", "函", "缺", date=""),
        bad("MS220", "命令", "缺", date="", printed=none),
        bad("MS220", "纪要", "缺", date="", printed=none),
        good("MS220", "通知", "只有成文日期", printed=none),
        good("MS220", "报告", "解密时间不用起算日", date="", printed=none),
        good("MS220", "启封通知", "解密条件不用起算日", date="", printed=none),
        good("MS220", "公开通知", "不涉密", date="", printed=none),
        good("MS220", "通知", "只有印发日期", date=""),
    ]


def _members() -> list[Case]:
    secret = replace(NOTICE, attachments=(), marking="")
    plain = replace(BASES["公开报告"], note="")
    numbered = replace(REQUEST, marking="", number="云水密〔2026〕3号")
    listed = (*COMPILATION.paragraphs, "3．关于农村饮水安全工程运行情况的报告")
    maybe = "MS119 MS217 MS219"
    return [
        bad(
            "MS221",
            replace(COMPILATION, members=(secret, COMPILATION.members[1])),
            "目录标密正文未标",
            maybe=maybe,
        ),
        bad(
            "MS221",
            replace(
                COMPILATION, paragraphs=listed, members=(COMPILATION.members[0], numbered, plain)
            ),
            "密字文号未标",
            maybe=maybe,
        ),
        bad(
            "MS221",
            replace(
                COMPILATION,
                marking="机密★2031年6月30日",
                paragraphs=(
                    listed[1],
                    "2．关于战略物资储备布局评估情况的报告　机密★2031年6月30日",
                    listed[2],
                ),
                members=(COMPILATION.members[1], replace(REPORT, marking=""), plain),
            ),
            "报告未标",
            maybe=maybe + " MS406",
        ),
        bad(
            "MS221",
            replace(
                COMPILATION,
                paragraphs=(),
                table=(
                    ("序号", "文件标题", "密级"),
                    ("1", "关于做好第四季度粮食储备轮换工作的通知", "机密★10年"),
                    ("2", "关于调整跨境河段水文站网布局的请示", "秘密★5年"),
                ),
                members=(COMPILATION.members[0], replace(REQUEST, marking="")),
            ),
            "目录表格标密正文未标",
            maybe=maybe,
        ),
        bad(
            "MS221",
            replace(COMPILATION, members=(secret, replace(REQUEST, marking=""))),
            "两件都未标",
            maybe=maybe,
        ),
        good("MS221", "汇编"),
        good(
            "MS221",
            replace(
                COMPILATION,
                copy_number="",
                marking="",
                print_run="",
                end=(),
                paragraphs=(
                    "1．关于农村饮水安全工程运行情况的报告",
                    "2．关于全民健身设施建设的通知",
                ),
                members=(BASES["公开报告"], OPEN_NOTICE),
            ),
            "全部不涉密",
            maybe="MS219",
        ),
        good(
            "MS221",
            replace(
                COMPILATION, paragraphs=listed, members=(*COMPILATION.members, BASES["公开报告"])
            ),
            "含依申请公开的一件",
            maybe="MS217",
        ),
        good("MS221", "多附件"),
    ]


def _wrapper() -> list[Case]:
    secret = replace(NOTICE, file_name="关于粮食轮换工作的通知")
    other = replace(REQUEST, file_name="关于站网布局的请示")
    envelope = replace(
        OWN_FORM,
        title="机要信封",
        paragraphs=("收件单位：云岭省水务厅", "发件单位：临江市人民政府办公室"),
        file_name="信封",
    )
    slip = replace(
        envelope,
        title="机要文件交接单",
        paragraphs=("交件单位：云岭省水务厅", "接件单位：云岭省人民政府办公厅", "件数：1件"),
        file_name="交接单",
    )
    full = replace(
        envelope,
        paragraphs=("密级：机密★10年", "编号：临政办发〔2026〕12号 000001", *envelope.paragraphs),
    )
    maybe = "MS315 MS219 MS208"
    return [
        bad(
            "MS222",
            Mail("报送粮食轮换工作的通知", "请查收附件。", (secret,)),
            "主题无密级",
            kinds=BOTH,
            maybe=maybe,
        ),
        bad(
            "MS222",
            Mail("转发请示", "现将请示转上，请阅。", (other,)),
            "主题转发",
            kinds=BOTH,
            maybe=maybe,
        ),
        bad(
            "MS222",
            Folder((other, slip)),
            "交接单无密级编号",
            kinds=BOTH,
            maybe=maybe,
        ),
        bad(
            "MS222",
            Mail("答复：关于会议安排", "请一并阅示。", (OPEN_NOTICE, other)),
            "两个附件一密一公开",
            kinds=BOTH,
            maybe=maybe,
        ),
        bad("MS222", Folder((secret, envelope)), "信封无密级编号", kinds=BOTH, maybe=maybe),
        good(
            "MS222",
            Mail("【机密★10年】报送通知", "请查收附件。", (secret,)),
            "主题有密级",
            kinds=BOTH,
            maybe="MS315",
        ),
        good(
            "MS222",
            Mail("报送健身设施方案", "请查收附件。", (OPEN_NOTICE,)),
            "附件不涉密",
            kinds=BOTH,
        ),
        good(
            "MS222",
            Folder((secret, full)),
            "信封齐全",
            kinds=BOTH,
            maybe="MS203 MS204 MS214 MS215 MS116",
        ),
        good(
            "MS222",
            Mail("关于保密宣传月活动的安排", "活动安排见附件。", (OPEN_NOTICE,)),
            "主题有保密",
            kinds=BOTH,
        ),
    ]


def _urgency() -> list[Case]:
    return [
        bad("MS223", "通知", urgency="特提"),
        bad("MS223", "公开通知", urgency="平急"),
        bad("MS223", "启封通知", urgency="平急"),
        bad("MS223", "电报", urgency=""),
        bad("MS223", "明传电报", urgency=""),
        good("MS223", "电报", urgency="特提"),
        good("MS223", "明传电报", urgency="平急"),
        good("MS223", "公开通知", urgency="加急"),
        good("MS223", said("特提请各区县注意，平急两用设施由发改部门牵头。"), "正文特提、平急"),
    ]


def _number_form() -> list[Case]:
    return [
        bad("MS224", "通知", number="临政办发[2026]12号"),
        bad("MS224", "公开通知", number="临政办发（2026）27号"),
        bad("MS224", "报告", number="云发改〔2026〕第208号"),
        bad("MS224", "请示", number="云水〔2026〕031号"),
        bad("MS224", "函", number="临应急函【2026】45号"),
        bad("MS224", "多附件", number="云政发〔26〕33号"),
        good("MS224", "命令", number="第7号"),
        good("MS224", "纪要", number="第18期"),
        good("MS224", said("请按照临政办发[2019]第8号文件执行。", base="公开通知"), "引用旧文号"),
        good("MS224", "公开报告", number="石政〔2026〕100号"),
        good("MS224", "内部材料", "没有文号"),
    ]


def cases() -> list[Case]:
    """All cases of MS214–MS224."""
    parts = (_scope, _print_run, _drawings, _open, _closed, _attribute, _no_date, _members)
    return [case for part in (*parts, _wrapper, _urgency, _number_form) for case in part()]
