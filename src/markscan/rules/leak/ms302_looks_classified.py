"""MS302 looks-classified: unmarked text looks like a matter that must not be published."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.classify.matters import Matter, lexicon
from markscan.finding import Severity, Verdict
from markscan.rules.leak.location_words import bars_state_secrets, kind_of_place
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

_MARKED = ("cn-state", "cn-work", "cn-internal", "cn-commercial", "cn-military", "tw")


def judge(case: Case) -> Iterator[Hit]:
    """Name the matter of the worst passage, and what level such a matter may bear."""
    if case.task is Task.CHECK or case.exam or case.effective(*_MARKED):
        return
    if case.location is not None and not bars_state_secrets(case.location):
        return
    if any(seen.marking.level == "open" for seen in case.effective("openness")):
        return
    seen = case.suspicion()
    if seen is None:
        return
    context = case.context()
    if context.about_markings or context.template or context.fiction or context.exam:
        return
    matter = next(each for each in lexicon().matters if each.code == seen.matter)
    values: dict[str, object] = {
        "matter": matter.name,
        "basis": matter.basis,
        "levels": _levels(case, matter),
        "place": kind_of_place(case.location),
        "signs": _signs(seen.topics),
    }
    yield Hit((seen,), values, severity=Severity.MEDIUM if seen.high else Severity.LOW)


def _levels(case: Case, matter: Matter) -> Text:
    """What level such a matter may bear, as the end of a sentence."""
    found = [case.levels.find("cn-state", code) for code in matter.levels]
    names = [level.zh for level in found if level is not None]
    if not names:
        return Text("一般按工作秘密、商业秘密管理", "usually a work or trade secret")
    return Text(
        f"拟定密级可能在“{names[0]}”至“{names[-1]}”之间",
        f"its level may lie between “{names[0]}” and “{names[-1]}”",
    )


def _signs(topics: tuple[str, ...]) -> Text:
    """Which kinds of words spoke for it; where none did, how characters go together."""
    names = lexicon().names
    told = [names[code] for code in topics if code in names]
    if not told:
        return Text("字词搭配", "how words go together")
    return Text("、".join(each.zh for each in told), ", ".join(each.en for each in told))


_DRAFT = (
    "区委组织部汇报：办公室主任一职空缺两个月，书记专题会酝酿了三个人选，多数意见倾向由闻达接任，"
    "陆青作为第二人选，推荐票分别为三十一票和二十六票，目前尚未上常委会，考察组下周先谈话，"
    "结果出来以前不对外讲，名单只在书记和部长手里。"
)
_LEAD = (
    "监委信访室转来的线索初核情况：反映市交通局副局长收受承包商好处，账户流水已调取，"
    "其妻弟名下有三笔大额转入，与中标时间吻合；举报人是项目部原会计，谈话时要求对其身份保密。"
    "拟提请立案，先外围取证，暂不惊动本人，笔录由两人保管。"
)
_BID = (
    "投标小组碰头：这次环湖路我们底价算到四亿一千万，毛利压到百分之三，靠后期变更找回；"
    "对手的报价从设计院那边探到大概四亿三，我们报四亿二千五左右，最后数字开标前一晚由老总定，"
    "谁都不要写进邮件。"
)

RULE = Rule(
    code="MS302",
    name=Text("未标密级的疑似涉密内容", "Unmarked content that looks classified"),
    trigger=Text(
        "扫描的文件没有任何密级标志，存放在不得存放国家秘密的位置，分类模型认为有一段文字像不得公开的事项。"
        "公开文件中极少见的为中，较少见的为低。模型只提示，不判定；真实涉密文件的查全率未知",
        "a scanned file without any marking lies where no state secrets may, and the classifier "
        "finds a passage that looks like a matter not to be published; medium where hardly any "
        "public document looks so, else low. The model hints and decides nothing; how much of "
        "real classified text it finds is not known",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.TO_VERIFY,
    basis=Text(
        "《保守国家秘密法》第19条、第22条；《保守国家秘密法实施条例》第17条、第25条",
        "Secrets law arts. 19 and 22; its regulation arts. 17 and 25",
    ),
    message=Text(
        "没有密级标志，有一段内容像“{matter}”（{basis}），主要看{signs}，存放在{place}；是否涉密请判定",
        "without a marking, a passage looks like {matter} ({basis}) by {signs}, in {place}: to be "
        "decided by a person",
    ),
    fix=Text(
        "请承办人会同定密责任人判定，{levels}，由定密责任人确定；判定前先按拟定密级采取措施。"
        "已经公开的内容不必处理。",
        "Let the officer in charge decide; {levels}. Until then handle it as if it were "
        "classified. What has been published needs nothing.",
    ),
    judge=judge,
    found=(
        Example(_DRAFT, task=Task.SCAN, highest=""),
        Example(_LEAD, task=Task.SCAN, highest="", kind="public"),
        Example(_BID, task=Task.SCAN),
    ),
    clean=(
        Example(_DRAFT),
        Example(_DRAFT, task=Task.SCAN, highest="jimi"),
        Example(f"秘密★5年\n{_DRAFT}", task=Task.SCAN, highest=""),
        Example(
            "任前公示：经区委研究，闻达拟任区政府办公室主任，陆青拟任办公室副主任，公示期五个工作日。"
            "如有意见，请向区委组织部反映，举报电话12380。来信请署真实姓名。现予公告。",
            task=Task.SCAN,
            highest="",
        ),
        Example(
            "第一条 为了加强保密工作，制定本制度。\n第二条 涉密文件应当标明密级和保密期限，"
            "不得通过普通邮政传递。\n第三条 涉密人员离岗，应当清退全部涉密文件资料，"
            "不得私自留存。\n"
            "第四条 发生泄密事件，应当立即报告，并采取补救措施。",
            task=Task.SCAN,
            highest="",
        ),
    ),
)
