"""Texts about secrecy that hold no secret, templates, and several documents in one file."""

from __future__ import annotations

from dataclasses import replace

from drafts.bases import BASES, INTERNAL_PAPER
from drafts.matrix import Case, good
from drafts.paper import Draft, Prose

REGULATION = Prose(
    "临江市民政系统保密工作制度",
    (
        "第一章　总则",
        "第一条　为做好保密工作，根据《中华人民共和国保守国家秘密法》，制定本制度。",
        "第二条　国家秘密的密级分为绝密、机密、秘密三级。",
        "第三条　绝密级保密期限不超过三十年，机密级不超过二十年，秘密级不超过十年。",
        "第二章　定密",
        "第四条　国家秘密标志形式为“密级★保密期限”、“密级★解密时间”或者“密级★解密条件”。",
        "第五条　不属于国家秘密的，不得作出国家秘密标志。",
        "第六条　机密级以上的涉密会议，应当指定专人负责。",
        "第三章　管理",
        "第七条　绝密件应当由专人专柜保管，不得复制、摘抄。",
        "第八条　工作秘密的管理参照本制度执行。",
    ),
)
QUOTED = Prose(
    "学习体会",
    (
        "近日学习了保密法律法规，体会很深。",
        "条例规定，复制国家秘密载体不得擅自改变原件的密级、保密期限和知悉范围。",
        "在书上看到一个例子：某单位将文件标为“机密★10年”，另一份标为“秘密★5年”。",
        "书中指出，标志中不能写“机密10年”，也不能写“★机密10年”。",
        "我体会到，标密不是形式，而是责任。",
        "今后要把学到的知识用到工作中去，养成良好习惯。",
    ),
)
TRAINING = Prose(
    "保密知识培训课件",
    (
        "一、什么是国家秘密",
        "国家秘密分为绝密、机密、秘密三级。",
        "二、怎样标志",
        "正确：机密★10年",
        "错误：机密10年、机密☆10年、★机密10年",
        "正确：秘密★6个月",
        "三、课堂练习",
        "请指出下列标志中的错误：绝密★永久",
    ),
    slides=True,
)
HANDOUT = replace(TRAINING, slides=False, title="定密业务培训讲义")
NOVEL = Prose(
    "绝密飞行",
    (
        "第一章　雨夜",
        "雨下了一整夜，老陈坐在值班室里，听着屋檐的水声。",
        "电话响了三声，他没有接。",
        "“绝密。”来人把牛皮纸袋放在桌上，只说了两个字。",
        "老陈看了看袋口的火漆，上面印着一行小字：机密，十年内不得拆封。",
        "这是他一生中最大的秘密。",
        "第二章　远行",
        "天亮以后，列车缓缓驶出车站，他再也没有回头。",
    ),
)
QUIZ = Prose(
    "保密知识竞赛试题",
    (
        "一、单选题",
        "1．一份文件为机密级，保密期限10年，应标注为（　）。",
        "A．机密 10年",
        "B．机密★10年",
        "C．★机密10年",
        "D．机密●10年",
        "2．秘密级的保密期限一般不超过（　）。",
        "A．5年　B．10年　C．20年　D．30年",
        "二、判断题",
        "3．工作秘密可以标注“★”。（　）",
    ),
)
NEWS = Prose(
    "保密案例选登",
    (
        "某单位工作人员将2份机密级国家秘密、3份秘密级国家秘密拍照发送，受到处分。",
        "经鉴定，其中一份文件标注为机密★20年。",
        "该人员身为机要秘书，明知故犯，教训深刻。",
        "各单位要举一反三，堵塞漏洞。",
        "二战绝密档案近日解密，引发关注。",
        "机密性、完整性、可用性是信息安全的三要素，主机密钥应当定期更换。",
    ),
)
TEMPLATE = Draft(
    title="××市人民政府办公室关于××工作的通知",
    paragraphs=(
        "为做好××工作，现就有关事项通知如下。",
        "一、××××",
        "（此处填写正文，三号仿宋。）",
        "二、××××",
        "请认真贯彻执行。",
    ),
    copy_number="000000",
    marking="×密★×年",
    urgency="××",
    issuer="××市人民政府办公室文件",
    number="×政办发〔20××〕×号",
    addressee="各××，××单位",
    signature="××市人民政府办公室",
    date="20××年×月×日",
    note="（此件发至×××）",
    printed=("××市人民政府办公室", "20××年×月×日"),
    print_run="共印×份",
)
SPLICED = replace(
    BASES["通知"], end=("",), members=(), attachments=(), paragraphs=BASES["通知"].paragraphs
)


def spliced(*drafts: Draft) -> Draft:
    """Three documents in one file, as a clerk pastes them together."""
    return replace(
        INTERNAL_PAPER,
        kind="compilation",
        title="",
        paragraphs=(),
        head_extra=(),
        signature="",
        date="",
        members=drafts,
    )


def cases() -> list[Case]:
    """Texts in which nothing is to be found but what is listed."""
    info = "MS903 MS905 MS902"
    open_three = (BASES["公开通知"], BASES["公开函"], BASES["公开报告"])
    secret_three = (BASES["通知"], BASES["请示"], BASES["纪要"])
    return [
        good("MS903", REGULATION, "制度", maybe=info),
        good("MS903", QUOTED, "学习体会", maybe=info),
        good("MS903", TRAINING, "课件", maybe=info, kinds="pptx docx txt"),
        good("MS903", HANDOUT, "讲义", maybe=info),
        good("MS903", NOVEL, "小说", maybe=info),
        good("MS903", QUIZ, "试题", maybe=info),
        good("MS903", NEWS, "案例", maybe=info),
        good("MS114", TEMPLATE, "模板", also="MS114"),
        good(
            "MS114",
            replace(TEMPLATE, marking="秘密★XX年", number="×发〔20XX〕X号"),
            "模板XX",
            also="MS114",
        ),
        good(
            "MS114",
            replace(TEMPLATE, kind="letter", marking="〔密级★保密期限〕"),
            "函模板",
            also="MS114",
        ),
        good("MS902", spliced(*open_three), "三件公开", also="MS902", maybe="MS219"),
        good("MS902", spliced(*secret_three), "三件涉密", also="MS902"),
        *(good("BASE", base) for base in BASES),
    ]
