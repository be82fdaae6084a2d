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
}
