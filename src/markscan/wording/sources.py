"""What is said of the mark that a compilation must bear."""

from __future__ import annotations

from markscan.wording.text import Text

SOURCES: dict[str, Text] = {
    "option.sources": Text(
        "汇编或者派生所依据的文件，或者台账中的编号，写在待查文件之后：核定应标的密级和期限",
        "what the draft is made of, files or ids of the register, named behind the drafts: tells "
        "the mark that it must bear",
    ),
    "sources.none": Text(
        "来源“{name}”既不是文件，也不是台账中的编号", 'the source "{name}" is no file and no entry'
    ),
    "sources.unread": Text(
        "无法完整读取来源“{name}”：{why}", 'the source "{name}" cannot be read in full: {why}'
    ),
    "sources.title": Text("来源核定", "Sources"),
    "sources.unmarked": Text("没有密级标志，未计入", "bears no marking; does not count"),
    "sources.traced": Text(
        "{mark}（没有在保密期内的标志，含有登记密件“{entry}”的内容，按该密件计入）",
        "{mark} (bears no marking in force; counts as the registered document “{entry}”, which "
        "it holds passages of)",
    ),
    "sources.held": Text(
        "{mark}（含有登记密件“{entry}”的内容，也按该密件计入）",
        "{mark} (counts as the registered document “{entry}” as well, which it holds passages of)",
    ),
    "sources.ended": Text("已解密或者到期，未计入", "released or ended; does not count"),
    "sources.until": Text("{mark}，到 {day}", "{mark}, until {day}"),
    "sources.until-assumed": Text("{mark}，推定到 {day}", "{mark}, until {day} (assumed)"),
    "sources.mark": Text("应标 {mark}", "must bear {mark}"),
    "sources.decide": Text(
        "至少按“{level}”标注，期限和知悉范围须由定密责任人确定：{why}",
        "must bear at least “{level}”; a person must decide: {why}",
    ),
    "sources.scope": Text("，知悉范围不得超出：{names}", "; readers: {names} at most"),
    "sources.no-scope": Text(
        "；各来源的知悉范围没有交集，须由定密责任人确定",
        "; no reader is within the scope of all sources: a person must decide",
    ),
    "sources.unscoped": Text(
        "；{names} 的知悉范围不明，须由定密责任人确定（《保守国家秘密法》第21条）",
        "; whom {names} may be shown to is not known: a person must decide (secrets law art. 21)",
    ),
    "sources.nothing": Text(
        "来源中没有在保密期内的密件，推不出应标的密级", "no source is secret: no mark follows"
    ),
    "sources.fit.right": Text("{name}：标志与来源相符", "{name}: its marking is right"),
    "sources.fit.missing": Text("{name}：没有密级标志", "{name}: bears no marking"),
    "sources.fit.lower": Text("{name}：密级低于应标的密级", "{name}: its level is too low"),
    "sources.fit.earlier": Text("{name}：解密时间早于应标的时间", "{name}: it ends too early"),
    "sources.fit.higher": Text(
        "{name}：密级高于各来源，须另有定密依据", "{name}: its level is above that of its sources"
    ),
    "sources.fit.later": Text(
        "{name}：解密时间晚于各来源，须另有定密依据", "{name}: it ends later than its sources"
    ),
    "sources.fit.open": Text(
        "{name}：密级不低于各来源，期限须由定密责任人确定",
        "{name}: its level is high enough; a person must decide on the period",
    ),
    "sources.fit.nothing": Text("{name}：未作比较", "{name}: not compared"),
}
