"""The sample share of `markscan demo`: invented papers of an invented city.

No organ, person, number or matter in it is real, and nothing in it is secret. Most
files are clean; `PLANTED` names those that are not and the rule each must meet.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from markscan.cli.sample_pdf import SamplePage, TextLine, write_pdf

SIGN = "# 本文件夹由 markscan demo 生成，内容均为虚构。"

CONFIG = f"""{SIGN}
# 三处已登记的位置；其余位置按“未登记”处理，不得存放国家秘密。
# 起草中的草稿不属于共享目录，印发前用 markscan check 检查。

[scan]
exclude = ["markscan.toml", "起草"]

[[location]]
path = "公开共享"
kind = "public"
owner = "云山市政务公开办公室"

[[location]]
path = "涉密专用"
kind = "classified"
owner = "云山市档案室"
highest = {{ cn-state = "jimi" }}

[[location]]
path = "起草"
kind = "classified"
owner = "云山市人民政府办公室"
highest = {{ cn-state = "jimi" }}
"""

# What the scan must find: the file, and the rule that must speak of it.
PLANTED = {
    "公开共享/青禾片区供水改造进展情况.docx": "MS301",
    "公开共享/防灾演练会商材料.docx": "MS301",
    "公开共享/往来文件.zip!二季度/附件.zip!泵站调度方案.docx": "MS301",
    "公开共享/转发通知.eml!泵站备件清单.rtf": "MS301",
    "公开共享/【机密】联合演练安排.docx": "MS211",
    "公开共享/历史资料.zip": "MS310",
    "涉密专用/应急物资调度办法.docx": "MS104",
    "涉密专用/巡检路线说明.docx": "MS103",
    "涉密专用/三年工作评估.docx": "MS109",
    "涉密专用/桥梁检测结果通报.docx": "MS217",
    "涉密专用/通信保障预案.docx": "MS209",
    "涉密专用/设施分布示意.pdf": "MS301",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as an office would write it. `mark` is the first line; empty for none."""

    title: str
    to: str
    body: tuple[str, ...]
    mark: str = ""
    header: str = ""
    textbox: str = ""
    note: str = ""
    organ: str = "云山市人民政府办公室"
    day: str = "2025年9月8日"

    @property
    def lines(self) -> list[str]:
        """The paper as plain lines."""
        first = [self.mark] if self.mark else []
        rest = [self.note] if self.note else []
        return [*first, self.title, f"{self.to}：", *self.body, self.organ, self.day, *rest]


def write_share(folder: Path) -> int:
    """Write the share into `folder` and return how many files it has, the configuration aside."""
    for name, content in samples():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "markscan.toml").write_text(CONFIG, "utf-8")
    return len(_FILES)


def samples() -> Iterator[tuple[str, bytes]]:
    """Yield the path in the share and the bytes of each file."""
    for name, content in _FILES.items():
        yield name, content()


def is_share(folder: Path) -> bool:
    """Whether `folder` was written by `write_share`, so that it may be written again."""
    config = folder / "markscan.toml"
    return config.is_file() and config.read_bytes().startswith(SIGN.encode())


def _docx(paper: Paper) -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.author = "云山市人民政府办公室"
    document.core_properties.title = ""
    document.core_properties.comments = ""
    if paper.header:
        document.sections[0].header.paragraphs[0].text = paper.header
    for line in paper.lines:
        document.add_paragraph(line)
    if paper.textbox:
        _add_textbox(document.paragraphs[0], paper.textbox)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add_textbox(paragraph: object, text: str) -> None:
    """Hang a text box on a paragraph: python-docx has none of its own."""
    from docx.oxml import parse_xml

    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    run = parse_xml(
        f'<w:r xmlns:w="{word}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
        '<v:shape style="position:absolute;width:120pt;height:28pt"><v:textbox>'
        f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    paragraph._p.append(run)  # type: ignore[attr-defined]


def _pdf(paper: Paper) -> bytes:
    lines = [
        TextLine(line, x=79 if line == paper.mark else 92, y=110 + 28 * number)
        for number, line in enumerate(paper.lines)
    ]
    return write_pdf((SamplePage(tuple(lines)),), information={"Title": paper.title})


def _txt(paper: Paper, encoding: str) -> bytes:
    return ("\r\n".join(paper.lines) + "\r\n").encode(encoding)


def _rtf(paper: Paper) -> bytes:
    """The paper as old word processors write it: every Chinese byte by its number."""
    lines = (
        "".join(f"\\'{byte:02x}" for byte in line.encode("gbk")).encode() for line in paper.lines
    )
    return b"{\\rtf1\\ansi\\ansicpg936\n" + b"\\par\n".join(lines) + b"\\par}"


def _mail(subject: str, body: str, attached: dict[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"] = "云山市水务局 <office@example.cn>"
    message["To"] = "各泵站 <stations@example.cn>"
    message["Subject"] = subject
    message.set_content(body, charset="gb18030")
    for name, content in attached.items():
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def _zip(members: dict[str, bytes], *, names: str = "utf-8") -> bytes:
    """Pack a zip. With `names` "gbk" it names its members as old Chinese programs do.

    The library writes UTF-8 only, so members get stand-in names of the same length,
    which are replaced in the finished bytes.
    """
    buffer = io.BytesIO()
    stand_ins: dict[bytes, bytes] = {}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(members.items()):
            if names != "utf-8":
                real = name.encode(names)
                stand_in = f"member-{number}-".ljust(len(real), "x")[: len(real)]
                stand_ins[stand_in.encode()] = real
                name = stand_in
            archive.writestr(zipfile.ZipInfo(name, (2025, 9, 8, 9, 0, 0)), content)
    packed = buffer.getvalue()
    for stand_in_name, real in stand_ins.items():
        packed = packed.replace(stand_in_name, real)
    return packed


def _locked_zip() -> bytes:
    """A zip whose one member says that it is encrypted; the library cannot write one."""
    packed = bytearray(_zip({"存档.txt": bytes(range(7, 251, 3)) * 4}))
    packed[packed.index(b"PK\x03\x04") + 6] |= 1  # general purpose flag, bit 0
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


def _nested_zip() -> bytes:
    inner = _zip(
        {
            "泵站调度方案.docx": _docx(
                Paper(
                    "关于印发东岭泵站联合调度方案的通知",
                    "各泵站管理所",
                    ("现将联合调度方案印发给你们，请按分工组织演练，并于月底前报送情况。",),
                    mark="秘密★5年",
                    organ="云山市水务局",
                )
            ),
            "联系人.txt": "东岭站：值班室\n西渡站：值班室\n".encode(),
        }
    )
    return _zip(
        {
            "二季度/附件.zip": inner,
            "二季度/来文目录.txt": "1. 关于报送月度用水报表的函\n2. 关于更换水表的复函\n".encode(
                "gb18030"
            ),
        },
        names="gbk",
    )


_FLOOD = Paper(
    "关于做好汛期值守工作的通知",
    "各街道办事处，市直有关单位",
    (
        "近期降雨增多，请各单位落实领导带班和二十四小时值班制度，及时报送雨情和险情。",
        "一、检查排水泵站、低洼路段和在建工地。二、备足沙袋、水泵和照明器材。",
    ),
)
_MEETING = Paper(
    "云山市老旧小区改造协调会纪要",
    "参会单位",
    ("会议听取了青禾、北塘两个片区的改造进展，议定由住建部门牵头，十月底前完成管网勘测。",),
    organ="云山市住房和城乡建设局",
)
_LECTURE = Paper(
    "保密常识讲座提纲",
    "各科室",
    (
        "国家秘密的密级分为绝密、机密、秘密三级。秘密级国家秘密的保密期限，一般不超过十年。",
        "标志的写法是密级、五角星和期限，例如标注为“机密★10年”；把五角星画成空心是常见的错误。",
        "看到标有密级的文件，不要拍照，不要转发，应当立即交给保密办公室。",
    ),
    organ="云山市机关事务服务中心",
)
_EXAM = Paper(
    "关于组织公文写作考试的通知",
    "全体新录用人员",
    (
        "考试定于九月二十日上午九时举行，试卷由考务组统一保管，开考前十五分钟当众启封。",
        "请携带工作证入场，手机关机后交监考人员保管。",
    ),
    organ="云山市行政学院",
)
_TENDER = Paper(
    "办公桌椅采购公告",
    "各潜在供应商",
    ("本次采购办公桌六十张、办公椅八十把，请于公告期内登录采购平台下载文件。",),
    organ="云山市公共资源交易中心",
)
_DUTY = Paper(
    "国庆假期值班安排",
    "各科室",
    ("十月一日至三日由综合科值班，四日至七日由行政科值班，值班电话保持畅通。",),
)
_WATER = Paper(
    "青禾片区供水改造进展情况",
    "市政府",
    ("改造工程已完成主管网铺设，加压站设备正在安装，预计十一月具备通水条件。",),
    mark="机密★10年",
    organ="云山市水务局",
)
_DRILL = Paper(
    "防灾演练会商材料",
    "各成员单位",
    ("演练分预警、转移、安置三个阶段，各单位按预案明确联络员，演练后一周内报送总结。",),
    textbox="秘密★3年",
    organ="云山市应急管理局",
)


def _simple(title: str, body: str, organ: str, *, mark: str = "", **more: str) -> Paper:
    return Paper(title, "各有关单位", (body,), mark=mark, organ=organ, **more)


_RELIEF = _simple(
    "应急物资调度办法",
    "物资调度实行统一登记、分级审批，调出后二十四小时内补录台账。",
    "云山市应急管理局",
    mark="机密☆10年",
)
_PATROL = _simple(
    "巡检路线说明",
    "巡检分东、西两线，每线配备两名人员，巡检记录当日归档。",
    "云山市水务局",
    mark="秘密 5年",
)
_REVIEW = _simple(
    "三年工作评估",
    "评估采取自查与抽查相结合的方式，结果作为下一阶段安排的参考。",
    "云山市发展研究中心",
    mark="秘密★20年",
)
_BRIDGE = _simple(
    "桥梁检测结果通报",
    "本年度共检测桥梁十二座，其中两座需要更换支座，已列入维修计划。",
    "云山市交通运输局",
    mark="秘密★5年",
    note="（此件公开发布）",
)
_RADIO = _simple(
    "通信保障预案",
    "保障分队由三个小组组成，接到通知后三十分钟内完成集结。",
    "云山市应急管理局",
    mark="机密★10年",
    header="秘密★5年",
)
_MAP = _simple(
    "设施分布示意",
    "本图仅示意各设施的相对位置，不作为施工依据。",
    "云山市测绘院",
    mark="绝密★20年",
)
_PLAN = _simple(
    "年度工作要点",
    "全年工作分四个季度推进，各责任单位按季度报送完成情况。",
    "云山市人民政府办公室",
    mark="机密★10年",
)
_SPARES = _simple(
    "泵站备件清单",
    "东岭站水泵叶轮两件，西渡站电机轴承四件，随车运送。",
    "云山市水务局",
    mark="秘密★5年",
)
_KEEPING = _simple(
    "档案库房检查记录",
    "库房温湿度正常，消防器材在有效期内，门禁记录完整。",
    "云山市档案室",
    mark="秘密★3年",
)
_JOINT = _simple(
    "联合演练安排",
    "演练当日八时三十分集合，车辆由各单位自行安排。",
    "云山市应急管理局",
)

_FILES: dict[str, Callable[[], bytes]] = {
    "公开共享/关于做好汛期值守工作的通知.docx": lambda: _docx(_FLOOD),
    "公开共享/老旧小区改造协调会纪要.txt": lambda: _txt(_MEETING, "gb18030"),
    "公开共享/国庆假期值班安排.txt": lambda: _txt(_DUTY, "utf-16"),
    "公开共享/办公桌椅采购公告.pdf": lambda: _pdf(_TENDER),
    "公开共享/保密常识讲座提纲.txt": lambda: _txt(_LECTURE, "utf-8"),
    "公开共享/关于组织公文写作考试的通知.docx": lambda: _docx(_EXAM),
    "公开共享/青禾片区供水改造进展情况.docx": lambda: _docx(_WATER),
    "公开共享/防灾演练会商材料.docx": lambda: _docx(_DRILL),
    "公开共享/【机密】联合演练安排.docx": lambda: _docx(_JOINT),
    "公开共享/往来文件.zip": _nested_zip,
    "公开共享/转发通知.eml": lambda: _mail(
        "转发备件清单", "清单见附件，请查收。", {"泵站备件清单.rtf": _rtf(_SPARES)}
    ),
    "公开共享/历史资料.zip": _locked_zip,
    "公开共享/旧版通知.wps": lambda: b"WPS demo\x00\x01\x02\x03" + bytes(range(256)) * 8,
    "公开共享/待整理.txt": bytes,
    "涉密专用/年度工作要点.docx": lambda: _docx(_PLAN),
    "涉密专用/档案库房检查记录.pdf": lambda: _pdf(_KEEPING),
    "涉密专用/应急物资调度办法.docx": lambda: _docx(_RELIEF),
    "涉密专用/巡检路线说明.docx": lambda: _docx(_PATROL),
    "涉密专用/三年工作评估.docx": lambda: _docx(_REVIEW),
    "涉密专用/桥梁检测结果通报.docx": lambda: _docx(_BRIDGE),
    "涉密专用/通信保障预案.docx": lambda: _docx(_RADIO),
    "涉密专用/设施分布示意.pdf": lambda: _pdf(_MAP),
    "综合科/会议签到表.txt": lambda: "姓名 单位 时间\n（空表）\n".encode("gb18030"),
    "综合科/办公用品领用登记.csv": lambda: "日期,物品,数量\n2025-09-01,打印纸,4\n".encode(
        "utf-8-sig"
    ),
    "综合科/往年通知汇编.zip": lambda: _zip(
        {"汛期通知.docx": _docx(_FLOOD), "值班安排.txt": _txt(_DUTY, "gb18030")}
    ),
}
