"""Facts about content keys: they go with the text, not with the place."""

import pytest

from markscan.document import Area, Document, Part, Place, Span
from markscan.finding import Evidence
from markscan.rules.content_key import REACH, content_key

KEY = b"k" * 32
MARK = "机密★10年"
HEAD = f"{MARK}\n某市某局文件\n某局发〔2024〕3号\n关于开展年度检查工作的通知\n"


def document(*texts, name="a.txt"):
    parts = [Part(text, Place(Area.BODY)) for text in texts]
    return Document(name, name, "text", (*parts, Part(name, Place(Area.FILENAME))), ())


def key(made, word=MARK, rule="MS301", secret=KEY):
    part = next(n for n, each in enumerate(made.parts) if word in each.text)
    start = made.parts[part].text.index(word)
    return content_key(secret, rule, made, (Evidence(part, Span(start, start + len(word))),))


FAR = "正文。" * REACH
SAME = key(document(HEAD + FAR))


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(document(HEAD + FAR, name="b.txt"), id="another name"),
        pytest.param(document(HEAD + FAR + "后记"), id="a change far behind"),
        pytest.param(document(HEAD.replace("\n", "\r\n\r\n") + FAR), id="other line ends"),
        pytest.param(document(HEAD.replace("通知", "通　知") + FAR), id="wide blanks"),
        pytest.param(document(HEAD, FAR), id="in two parts"),
    ],
)
def test_a_content_key_stays(made):
    assert key(made) == SAME


@pytest.mark.parametrize(
    ("made", "more"),
    [
        pytest.param(document(HEAD.replace("3号", "4号") + FAR), {}, id="another number"),
        pytest.param(document("前言\n" + HEAD + FAR), {}, id="a line before"),
        pytest.param(document(HEAD + "新的一段。" + FAR), {}, id="a sentence behind"),
        pytest.param(document(HEAD + FAR), {"rule": "MS302"}, id="another rule"),
        pytest.param(document(HEAD + FAR), {"secret": b"o" * 32}, id="another store"),
        pytest.param(document(HEAD.replace("机密", "秘密")), {"word": "秘密★10年"}, id="level"),
    ],
)
def test_a_content_key_changes(made, more):
    assert key(made, **more) != SAME


def test_a_name_counts_only_where_it_was_seen():
    named = [document("正文", name=name) for name in ("机密★10年 甲.txt", "机密★10年 乙.txt")]
    assert key(named[0]) != key(named[1])


def test_there_is_none_without_a_key_or_without_evidence():
    made = document(HEAD)
    assert content_key(b"", "MS301", made, (Evidence(0, Span(0, 2)),)) == ""
    assert content_key(KEY, "MS301", made, ()) == ""
