"""What stands in a text as a word of its own, and what only seems to."""

import importlib.metadata
import importlib.util
import subprocess
import sys

import numpy as np
import pytest

from markscan import data
from markscan.fold import fold
from markscan.match.boundary import inside_words

ACROSS_WORDS = """
    机密: 随机密码 主机密钥 司机密谋 手机密码 开机密码 待机密度 飞机密封舱 司机密切配合
    机密: 计算机密码学 发动机密封圈 无机密封材料 本机密码箱 投机密集 相机密切关注 有机密封胶
    机密: 收割机密集作业 时机密不可分 打印机密码 生成随机密钥比特
    秘密: 神秘密码 神秘密室 便秘密切相关 奥秘密布
    绝密: 拒绝密谈 隔绝密封 断绝密切往来 杜绝密闭空间作业 谢绝密集采访
    内部: 国内部分地区 境内部分企业 年内部署完成 省内部分高校 校内部署 市内部门之间 室内部件
    后备: 今后备战 前后备注 先后备案 战后备受关注 会后备忘录 今后备课
    定密: 依法确定密级 判定密切接触者 指定密码年龄 制定密码管理规章 按规定密封
    人事: 残疾人事业 退役军人事务部门 管理人管理他人事务 伤人事件处置
    外交: 教育对外交流与合作 境外交易 对外交通衔接
    干部: 分解成若干部分 主干部分
    机要: 不得借机要求企业 辅助军机要务
    大会: 举办重大会展活动 人大会议 重大会议
    会计: 大会计算 退休前会计划做
    保密: 确保密码格式有效
    长风: 校长风采
    译传: 翻译传播
    红旗: 赤红旗帜
    会长: 学会长期坚持
    和服: 服装和服务员
    国产: 中国产业
    学生活: 大学生活动
    市长: 南京市长江大桥
"""

IN_ITS_OWN_RIGHT = """
    机密: 机密文件 机密级 属于机密级事项 涉及国家机密 泄露军事机密 核心机密 最高机密 标注机密
    机密: 该件为机密件 机密档案柜 我司机密文件 贵司机密信息 本局机密文件 全国机密工作 机密性
    机密: 手机泄露机密 国家机密要件 获取机密资料 机密会议纪要 知悉机密人员 机密事项 机密项目
    秘密: 秘密文件 秘密级 属于国家秘密 保守国家秘密 商业秘密保护 定为秘密 秘密件 技术秘密
    秘密: 工作秘密 主机秘密 秘密会议 秘密交通线 秘密法 秘密性 国家秘密载体
    绝密: 绝密文件 绝密级 标明绝密字样 绝密件 绝密电报 绝密档案 列为绝密
    内部: 内部资料 内部文件 内部使用 单位内部 系统内部 公司内部 内部管理 部内部通报 党内部
    后备: 后备干部 后备力量 后备人选
    密件: 收到密件 一批密件 密件登记
    酝酿中: 正在酝酿中 酝酿中的人选
    考察材料: 考察材料 干部考察材料
    人事档案: 人事档案 调阅人事档案 人事档案馆
    谈话记录: 与当事人的谈话记录 谈话记录本
    长风: 长风行动 代号长风 市长风行动 关于长风工程
    红旗五号: 红旗五号 关于红旗五号的请示
"""


def rows(table: str) -> list[tuple[str, str]]:
    lines = (line.split(":") for line in table.strip().splitlines())
    return [(term.strip(), text) for term, texts in lines for text in texts.split()]


def keep(term: str, text: str, at: int = -1) -> bool:
    """Whether the last hit of `term`, or the one at `at`, is kept."""
    folded = fold(text)
    start = folded.text.rindex(term) if at < 0 else at
    kept = inside_words(folded, np.array([start]), np.array([start + len(term)]))
    return bool(kept[0])


@pytest.mark.parametrize(("term", "text"), rows(ACROSS_WORDS), ids=str)
def test_what_words_beside_each_other_make_is_no_hit(term, text):
    assert not keep(term, text)


@pytest.mark.parametrize(("term", "text"), rows(IN_ITS_OWN_RIGHT), ids=str)
def test_a_term_in_its_own_right_is_kept(term, text):
    assert keep(term, text)


@pytest.mark.parametrize(("term", "text"), rows(ACROSS_WORDS)[:12], ids=str)
def test_what_stands_around_a_sentence_changes_nothing(term, text):
    assert not keep(term, f"　　根据通知，{text}。请各单位抓紧落实。")
    assert not keep(term, "是" * 30 + "，" + text)


@pytest.mark.parametrize(
    ("term", "text", "kept"),
    [
        ("red", "hundred", False),
        ("red", "redo", False),
        ("red", "the red file", True),
        ("red", "代号red行动", True),
        ("red", "red-2", True),
        ("red", "red2", True),
        ("20", "2024", False),
        ("5号", "35号", False),
        ("歼20", "歼20a", True),
        ("歼20", "歼205", False),
        ("f35", "ＡＦ３５", False),
        ("f35", "(F35)", True),
    ],
)
def test_letters_and_digits_do_not_go_on_beyond_a_term(term, text, kept):
    assert keep(term, text) is kept


@pytest.mark.parametrize("gap", ["\n", "  ", "\u3000", "\u200b"], ids=ascii)
def test_an_edge_at_a_line_end_is_an_edge_of_a_word(gap):
    assert keep("机密", f"人事司{gap}机密钥匙")
    assert keep("机密", f"司{gap}机密{gap}谋划")


def test_a_word_of_two_lines_is_still_a_word():
    assert not keep("机密", "生成随机\n密码的程序")


@pytest.mark.parametrize(
    "text", ["机密", "机密。", "。机密", "密机密机", "\U00020000机密\U00020000"]
)
def test_an_edge_of_the_text_is_an_edge_of_a_word(text):
    assert keep("机密", text)


def test_each_of_many_hits_is_judged_by_itself():
    one = "随机密码，机密文件；"
    folded = fold(one * 3000)
    starts = np.array([folded.text.index("机密"), folded.text.rindex("机密")])
    period = len(fold(one).text)
    first = np.arange(3000) * period
    starts = np.concatenate((first + fold(one).text.index("机密"), first + 5))

    kept = inside_words(folded, starts, starts + 2)

    assert not kept[:3000].any()
    assert kept[3000:].all()


def test_hits_of_unlike_lengths_are_judged_together():
    folded = fold("校长风采与市长会谈，人事档案管理，司机密谋，绝密")
    terms = ["长风", "人事档案管理", "机密", "绝密"]
    starts = np.array([folded.text.index(term) for term in terms])

    kept = inside_words(folded, starts, starts + np.array(list(map(len, terms))))

    assert kept.tolist() == [False, True, False, True]


def test_a_very_long_term_is_no_accident():
    term = "秘密码" * 40
    assert keep(term, "神" + term, at=1)


def test_without_hits_nothing_is_read():
    nothing = np.zeros(0, np.int64)
    assert len(inside_words(fold("随机密码"), nothing, nothing)) == 0


def test_the_table_of_words_is_read_at_the_first_doubt_only():
    code = (
        "import sys, numpy as np\n"
        "from markscan.fold import fold\n"
        "from markscan.match import boundary as b\n"
        "b.inside_words(fold('(机密)'), np.array([1]), np.array([3]))\n"
        "read = b._words.cache_info().currsize\n"
        "b.inside_words(fold('随机密码'), np.array([1]), np.array([3]))\n"
        "print(read, b._words.cache_info().currsize, 'jieba' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["0", "1", "False"]


def test_the_table_is_what_its_builder_makes():
    if importlib.util.find_spec("jieba") is None:
        pytest.skip("jieba is not installed")
    folder = data.folder("lexicons") / "words"
    with np.load(folder / "table.npz") as arrays:
        stored = dict(arrays)
    if str(stored["jieba"]) != importlib.metadata.version("jieba"):
        pytest.skip("another version of jieba")
    spec = importlib.util.spec_from_file_location("words_build", folder / "build.py")
    assert spec is not None and spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)

    fresh = build.columns(build.words())

    assert fresh.keys() == stored.keys()
    for name, array in fresh.items():
        assert np.array_equal(array, stored[name]), name
