"""What is said of models and of training."""

from __future__ import annotations

from markscan.wording.text import Text

MODEL: dict[str, Text] = {
    "model.unread": Text("无法读取模型“{name}”：{why}", 'cannot read the model "{name}": {why}'),
    "model.unwritten": Text(
        "无法写出模型“{name}”：{why}", 'cannot write the model "{name}": {why}'
    ),
    "model.wrong": Text(
        "“{name}”不是可用的模型，或者已损坏、被改动",
        '"{name}" is no model of this program, or is damaged or was changed',
    ),
    "model.no-words": Text(
        "缺少分词词典：请重新安装，或者 pip install jieba",
        "the dictionary of words is missing: install again, or pip install jieba",
    ),
    "short.model": Text("分类模型的打分、说明卡和校验", "score texts; show and verify the models"),
    "about.model": Text(
        "随程序提供的两个分类模型。\n结果只供人参考；在真实涉密文件上的查全率没有测过，也无法在此测得。",
        "The two models that come with the program.\nWhat they say is advice to a person; how much "
        "of real classified text they find is unknown and cannot be measured here.",
    ),
    "short.model score": Text("给文字打分", "score texts"),
    "about.model score": Text(
        '从标准输入逐行读取 {"text":…}，输出像不像不得公开的事项；\n用 --occurrence 时读取 '
        '{"left":…,"word":…,"right":…}，输出密级词在那里的作用。',
        'Reads {"text":…}, a line each, from standard input and tells whether it looks like a '
        "matter not to be published;\nwith --occurrence "
        '{"left":…,"word":…,"right":…}, and tells what the level word is doing.',
    ),
    "short.model card": Text("显示模型说明卡", "show the card of a model"),
    "about.model card": Text(
        "显示模型说明卡：用什么训练、效果如何。",
        "Shows from what a model was trained, and how well it does.",
    ),
    "short.model verify": Text("校验模型文件", "verify the model files"),
    "about.model verify": Text(
        "校验模型文件的摘要和内容。", "Verifies digests and content of the model files."
    ),
    "option.model": Text("使用另一个模型文件", "use another model file"),
    "option.model-occurrence": Text(
        "判断密级词在上下文中的作用", "tell what a level word is doing in its context"
    ),
    "model.row": Text(
        "标准输入第 {line} 行不是所要的 JSON",
        "line {line} of standard input is not the JSON asked for",
    ),
    "model.sound": Text(
        "模型 {name} 完好，SHA-256 {digest}", "model {name} is whole, SHA-256 {digest}"
    ),
    "option.model-explain": Text(
        "说明依据：事项、段落位置、用语类别和字词",
        "tell why: matters, place of the passage, kinds of words, and the words",
    ),
    "short.train": Text("用本单位文件训练自己的内容模型", "train a content model of your own"),
    "about.train": Text(
        "以随程序提供的模型为起点，用本单位的公开文件和内部文件训练。\n"
        "按文件夹和时间留出一部分文件评判，明显更好才写出模型，否则不写。\n"
        "模型文件不存文字，但应按训练文件的最高密级管理。须 pip install markscan[train]。",
        "Starts from the model that comes with the program and learns from your own documents.\n"
        "Whole folders and the newest documents are held out to judge by; a model is written only "
        "if it is clearly better.\nA model file holds no text, but is to be handled at the "
        "highest level of its documents. Needs pip install markscan[train].",
    ),
    "option.train-public": Text(
        "公开文件所在文件夹，可多次", "folder of public documents; repeatable"
    ),
    "option.train-internal": Text(
        "不得公开的文件所在文件夹，可多次",
        "folder of documents that must not be public; repeatable",
    ),
    "option.train-reviewed": Text(
        "已核查的报告（markscan report --format jsonl）：属实的作内部文件，排除的作公开文件",
        "reviewed report (markscan report --format jsonl): what people confirmed is internal, "
        "what they dismissed public",
    ),
    "option.train-level": Text(
        "训练文件的最高密级，写入模型说明卡",
        "highest level among the documents, as the card shall say",
    ),
    "option.train-out": Text("模型写到这里", "where to write the model"),
    "train.nothing": Text(
        "请用 --public 和 --internal 各给出文件夹，或者用 --reviewed 给出已核查的报告",
        "name folders with --public and --internal, or a reviewed report with --reviewed",
    ),
    "train.extra": Text(
        "训练需要附加组件：pip install markscan[train]（缺少 {names}）",
        "training needs an extra: pip install markscan[train] ({names} not found)",
    ),
    "train.exists": Text("“{name}”已经存在，不覆盖", '"{name}" is there already and is kept'),
    "train.too-few": Text(
        "文件太少：公开 {public} 个、内部 {internal} 个，各至少要 {least} 个能读出正文的",
        "too few documents: {public} public, {internal} internal; {least} of each with text are "
        "needed",
    ),
    "train.one-sided": Text(
        "公开文件和内部文件的时间或者文件夹完全错开，无法分组验证",
        "public and internal documents share no time and no folders: they cannot be divided to "
        "judge by",
    ),
    "train.no-findings": Text(
        "“{name}”不是 markscan report --format jsonl 写出的报告",
        '"{name}" is no report that markscan report --format jsonl wrote',
    ),
    "train.read": Text(
        "读入公开文件 {public} 个、内部文件 {internal} 个；未用：读不出 {unread}，"
        "正文太短 {short}，重复 {twice}，两边都有 {both}",
        "{public} public and {internal} internal documents; left out: {unread} not read, {short} "
        "too short, {twice} twice, {both} on both sides",
    ),
    "train.few": Text(
        "提示：公开、内部各有 {advised} 个以上文件，结果才比较可靠",
        "note: figures become reliable from {advised} documents of each kind on",
    ),
    "train.held": Text(
        "按文件夹和时间留出公开 {public} 个、内部 {internal} 个评判：",
        "judged on {public} public and {internal} internal documents held out by folder and time:",
    ),
    "train.shipped": Text(
        "　随程序的模型：AUC {auc}，提示内部文件 {found}，误报公开文件 {wrong}",
        "  shipped model: AUC {auc}, internal flagged {found}, public flagged {wrong}",
    ),
    "train.own": Text(
        "　本单位的模型：AUC {auc}，提示内部文件 {found}，误报公开文件 {wrong}",
        "  own model:     AUC {auc}, internal flagged {found}, public flagged {wrong}",
    ),
    "train.gain": Text(
        "　AUC 变化 {grown}（90% 区间 {least} 至 {most}）",
        "  AUC changes by {grown} (90 % interval {least} to {most})",
    ),
    "train.refused": Text(
        "没有证明比随程序的模型更好，未写出模型",
        "it is not shown to be better than the shipped model: nothing was written",
    ),
    "train.written": Text(
        '已写出 {name}。按{level}管理。启用：在 markscan.toml 写 [models] content = "路径"',
        '{name} is written. Handle it as {level}. To use it: [models] content = "PATH" in '
        "markscan.toml",
    ),
    "train.level.internal": Text("内部资料", "internal material"),
    "train.level.gongzuo": Text("工作秘密", "a work secret"),
    "train.level.mimi": Text("秘密级", "secret (秘密)"),
    "train.level.jimi": Text("机密级", "secret of the middle level (机密)"),
    "train.level.juemi": Text("绝密级", "top secret (绝密)"),
}
