import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.foundation.garbled import KINDS, clean_control, has_control, inspect

ORDINARY = [
    "（一）加强组织领导。各村（社区）要在10:30-11:00召开党员大会，传达「联建」工作要求。",
    "使用Wi-Fi(5G)和ERP(v2.0)系统，联系电话：0797-8234567；邮箱a_b@example.org。",
    "《中国共产党支部工作条例（试行）》（中发〔2018〕38号）第三条：“党支部是党的基础组织。”",
    "一是……；二是……。“怎么办？”他问，“谁来办？！”大家说：“干！！”",
    "同意（）  不同意（）  弃权（ ）",
    "面积1,200.50㎡，占比88.6%，合计5×3=15，温度25℃。",
    "张三、李四，王五；赵六。",
    "承 诺 书",
    "会 议 签 到 表",
    "姓 名：汤婷英",
    "ISO 9001:2015；GB/T 4754—2017",
    "第1.2.3条。3.5万亩，.5也可。",
    "http://example.org/a?b=c&d=e",
    "买买提·艾力、阿依古丽",
    "café、naïve、Åbo、« été »",
    "请选择:(A)(B)(C)",
    "方案(a)和方案(e)都可以",
    "家具(jiaju)产业",
    "喷涂车间，，".rstrip("，"),
    "第一行\n第二行\t第三格\r\n",
    "👍👨‍👩‍👧 好",
    "䶮某、𠮷某、㛃某",
    "是/否√×○●△",
    "",
    "注:1.规上企业以2023年底为准;2.职工数含劳务派遣。",
    "在建,预计",
    "“双找”活动找出企业党员名册(双联共管)",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_prose_is_left_alone(text):
    assert inspect(text) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("鎮(zhèn)黨(dǎng)委", ["pinyin", "pinyin"]),
        ("镇（zhèn）党委", ["pinyin"]),
        ("贛(gan)州(zhou)市", ["pinyin", "pinyin"]),
        ("宋河?zhèn)把", ["pinyin"]),
        ("一站式一崗?fù)ā狈?wù)", ["pinyin", "pinyin"]),
        ("我們都很開心,?！蹦壳霸诨貏", ["punctuation"]),
        ("領頭羊?！彼魏", ["punctuation"]),
        ("很好，，开展", ["punctuation"]),
        ("开展活动。。下一步", ["punctuation"]),
        ("很好,,开展", ["punctuation"]),
        ("很好。，开展", ["punctuation"]),
        ("甲、、乙", ["punctuation"]),
        ("为什么？？？？", ["punctuation"]),
        ("党\ufffd委", ["replacement"]),
        ("党??委", ["replacement"]),
        ("锟斤拷锟斤拷", ["mojibake"]),
        ("cafÃ©", ["mojibake"]),
        ("烫烫烫烫", ["mojibake"]),
        ("党\ue123委", ["private"]),
        ("⼀⼆", ["private", "private"]),
        ("党\x00委", ["control"]),
        ("党\udc80委", ["control"]),
        ("党\u200b委", ["control"]),
        ("党\u202e委", ["control"]),
        ("中 国 共 产 党 支 部 工 作", ["blanks"]),
    ],
)
def test_damage_is_found(text, kinds):
    assert [damage.kind for damage in inspect(text)] == kinds


@pytest.mark.parametrize(
    "text", ["镇党委书记", "各单位：组织部、社区", "村民委员会开展党支部会议", "今年以来，全镇开展活动"]
)
@pytest.mark.parametrize(
    ("written", "read"),
    [("utf-8", "gbk"), ("utf-8", "latin-1"), ("utf-8", "cp1252"), ("gbk", "latin-1"), ("gbk", "utf-8")],
)
def test_text_read_in_the_wrong_encoding_is_found(text, written, read):
    assert inspect(text.encode(written).decode(read, "replace"))


def test_damage_says_where():
    damage = inspect("宋河鎮(zhèn)党委\x00会")
    assert [(d.position, d.excerpt) for d in damage] == [(3, "宋河鎮(zhèn)党委"), (11, ")党委<U+0000>会")]
    assert damage[0].sentence == KINDS["pinyin"]
    assert len(inspect("，，甲" * 5000)) <= 200


def test_control_characters_are_taken_out():
    assert clean_control("甲\x00乙\r\n丙\ufeff\u200b\udfff\t丁\x7f") == "甲乙\n丙\t丁"
    assert has_control("甲\x00") and not has_control("甲\n乙\t")


@given(st.text(max_size=60))
@settings(max_examples=100)
def test_inspection_never_fails_and_cleaning_is_final(text):
    for damage in inspect(text):
        assert damage.kind in KINDS and 0 <= damage.position < len(text)
    cleaned = clean_control(text)
    assert clean_control(cleaned) == cleaned and not has_control(cleaned)
    assert not any(damage.kind == "control" for damage in inspect(cleaned))


prose = st.lists(st.sampled_from("党委支部企业需求走访办结镇村一二三"), min_size=1, max_size=12).map("".join)


@given(
    st.lists(prose, min_size=1, max_size=8), st.sampled_from(["，", "。", "；", "、", "：", "（一）", "\n"])
)
@settings(max_examples=100)
def test_plain_sentences_are_never_flagged(parts, mark):
    assert inspect(mark.join(parts) + "。") == []
