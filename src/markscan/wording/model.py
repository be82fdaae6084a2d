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
}
