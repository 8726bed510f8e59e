import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.foundation.names import (
    DIFFERENCES,
    NameIndex,
    bigrams,
    clean_name,
    explain_difference,
    likely_names,
    likeness,
    mask_name,
    mask_phone,
    mask_resident_id,
    match_key,
    person_key,
    short_key,
)

PLACES = ["江西省", "赣州市", "南康区", "镜坝镇"]


def test_typing_is_forgiven():
    forms = [
        "富龙皇冠(南康)有限公司",
        "富龙皇冠（南康）有限公司",
        " 富龙 皇冠［南康］有限公司 ",
        "富龙皇冠\u3000（南康）\u200b有限公司。",
        "富龙·皇冠(南康)有限公司",
    ]
    assert len({match_key(form) for form in forms}) == 1
    assert match_key("ＡＢＣ家具") == match_key("abc家具")
    assert match_key("富龙皇冠有限公司") != match_key("富龙皇冠有限责任公司")
    assert person_key("张 三") == person_key("张三") and person_key("买买提·艾力") == person_key(
        "买买提•艾力"
    )


@pytest.mark.parametrize(
    "name",
    [
        "赣州市锦绣家具科技有限公司",
        "（南康）赣州市锦绣家具科技有限公司",
        "锦绣家具科技",
        "江西省赣州市南康区锦绣家具科技股份有限公司",
        "锦绣家具科技（赣州）有限责任公司",
        "南康锦绣家具科技公司",
        "锦绣（南康区）家具科技有限公司",
        "赣州南康锦绣家具科技有限公司",
        "锦绣家具科技集团有限公司",
    ],
)
def test_short_form(name):
    assert short_key(name, PLACES) == "锦绣家具科技"


def test_the_short_form_never_eats_the_name():
    assert short_key("赣州有限公司", PLACES) == "赣州"
    assert short_key("南康区", PLACES) == "南康区"
    assert short_key("新南康家具有限公司", PLACES) == "新南康家具"
    assert short_key("有限公司") == "有限公司"
    assert short_key("") == ""
    assert short_key("镜坝镇党委", PLACES) == "党委"
    assert short_key("镜坝镇党委") == "镜坝镇党委"
    assert short_key("宏远(有限合伙)") == "宏远"


def test_likeness_orders_a_review_list():
    register = ["富龙皇冠有限公司", "福龙皇冠有限公司", "东升家具制造有限公司", "赣州市富龙皇冠家具有限公司"]
    found = likely_names("富龙皇冠公司", register, PLACES)
    assert [c.name for c in found] == ["富龙皇冠有限公司", "赣州市富龙皇冠家具有限公司", "福龙皇冠有限公司"]
    assert found[0].likeness == 1.0
    assert likely_names("木里透红", register) == []
    assert likely_names("富龙皇冠", register, most=1, least=0)[0].name == "富龙皇冠有限公司"


def test_a_name_is_decided_by_the_strictest_key_that_is_unique():
    firms = [(1, "森源家具有限公司"), (2, "赣州市森源家具有限公司"), (3, "东升家具制造有限公司"), (3, "东升")]
    index = NameIndex([*firms, (4, "荣盛五金有限公司")], PLACES)
    assert index.find(" 森源家具 有限公司") == (1,)
    assert index.find("赣州市 森源家具有限公司") == (2,)
    assert index.find("赣州市森源家具") == (2,)
    assert index.find("森源家具") == (1, 2)
    assert index.find("南康森源家具") == (1, 2)
    assert index.find("东升") == (3,) == index.find("（南康）东升家具制造")
    assert index.find("赣州市荣盛五金有限责任公司") == (4,)
    assert index.find("木里透红") == () == index.find(" ")


@pytest.mark.parametrize(
    ("a", "b", "kind", "parts"),
    [
        ("富龙公司", "富龙公司", "same", ("", "")),
        ("富龙（南康）", "富龙(南康)", "typing", ("富龙（南康）", "富龙(南康)")),
        ("富龙有限公司", "富龙有限责任公司", "legal_form", ("", "责任")),
        ("赣州市富龙公司", "富龙公司", "place", ("赣州市", "")),
        ("富龙家具有限公司", "福龙家具有限公司", "words", ("富", "福")),
    ],
)
def test_the_difference_is_told(a, b, kind, parts):
    difference = explain_difference(a, b, PLACES)
    assert (difference.kind, difference.left, difference.right) == (kind, *parts)
    assert difference.sentence == DIFFERENCES[kind]


def test_masks():
    assert mask_name("张三丰") == "张**" and mask_name("李四") == "李*" and mask_name("欧阳锋") == "欧阳*"
    assert mask_name("王") == "王*" and mask_name("") == "" and mask_name("欧阳") == "欧*"
    assert mask_phone("13812345678") == "138****5678" and mask_phone("0797-8234567") == "**********67"
    assert mask_phone("123") == "***"
    assert mask_resident_id("110105194912310021") == "110***********0021"
    assert mask_resident_id("11010519491231002x") == "110***********002X"
    assert mask_resident_id("护照E123") == "******"


def test_clean_name():
    assert clean_name(" 新格家具科技有限公司 \u3000") == "新格家具科技有限公司"
    assert clean_name("富龙 皇冠") == "富龙皇冠" and clean_name("Wood  House 家具") == "Wood House家具"


words = st.text(st.sampled_from("富龙皇冠家具有限责任公司股份集团赣州市南康区()（） ·A-"), max_size=20)


@given(words, words)
@settings(max_examples=100)
def test_keys_are_stable_and_likeness_is_a_likeness(a, b):
    for key in (match_key, short_key, lambda name: short_key(name, PLACES)):
        assert key(key(a)) == key(a)
        assert key(a) == key(a.replace("(", "（").replace(")", "）") + " ")
    score = likeness(match_key(a), match_key(b))
    assert 0 <= score <= 1 and score == likeness(match_key(b), match_key(a))
    assert bool(bigrams(a)) == bool(a)
    difference = explain_difference(a, b, PLACES)
    assert (difference.kind == "same") == (a == b)
    if match_key(a) == match_key(b):
        assert short_key(a, PLACES) == short_key(b, PLACES)


@given(st.text(max_size=30))
@settings(max_examples=100)
def test_masks_hide(text):
    for mask in (mask_name, mask_phone, mask_resident_id):
        masked = mask(text)
        assert not masked or "*" in masked
    assert clean_name(clean_name(text)) == clean_name(text)
