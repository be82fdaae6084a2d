"""A registered document with head, title and number, for the examples of rules: all invented."""

from __future__ import annotations

from datetime import date

from markscan.marking import Duration
from markscan.register import Entry

NUMBER = "某水发〔2024〕7号"
TITLE = "关于青禾渡口整修工程安排的通知"
HEAD = f"某某市水务局文件\n{NUMBER}\n{TITLE}\n各有关单位：\n"
FIRST = (
    "青禾渡口整修工程分两期推进，一期拆换北侧趸船两艘并加固引桥桩基，二期改造候船廊道和照明线路。"
)
SECOND = (
    "施工期间由白石码头临时接驳，每日首班提前二十分钟，末班推迟半小时，票务系统沿用原有编码，"
    "摆渡船改停南侧浮桥。"
)
THIRD = "材料由红杉仓统一调拨，进场前须经三方验收，缺损部件退回原厂更换，不得挪作他用。"
FOURTH = "工程资金按季拨付，余款待竣工复核后结清，由计划科逐笔核对入账，年底前报审计处备查。"
TAIL = "\n某某市水务局\n2024年3月5日"

UNMARKED = HEAD + FIRST + SECOND + THIRD + FOURTH + TAIL
ORIGINAL = "机密★10年\n" + UNMARKED

ENTRY = Entry(
    0,
    "K-1",
    "jimi",
    period=Duration(10, "Y"),
    issued=date(2024, 3, 5),
    ends=date(2034, 3, 5),
    title=TITLE,
    document_number=NUMBER,
)
REGISTER = ((ENTRY, ORIGINAL),)

# Three further documents, and a piece of each that is too short to be sure of.
PIECES = (
    "建设项目现场不得使用蓝色灯光",
    "有关部门负责人轮流看守船闸",
    "各单位联系电话写在红色信封",
)
PIECES_REGISTER = tuple(
    (Entry(0, f"K-{number}", "jimi"), f"{before}{piece}，{behind}")
    for number, before, piece, behind in (
        (11, "引桥两端设限高架，车辆须减速，", PIECES[0], "发现渗水即停航检修并登记在册。"),
        (12, "库房通风每周两次，梅雨季加一次，", PIECES[1], "交接时当面清点，缺一不得离岗。"),
        (13, "售票窗口设两名当班员，互为备勤，", PIECES[2], "逾时未缴的由领班书面说明原因。"),
    )
)
