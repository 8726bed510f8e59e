import pickle

from lianjian.foundation.errors import Refused, _
from lianjian.foundation.text import fold, shown, squeeze, without_blanks


class TooLateForURL(Refused):
    sentence = _("%(name)s已过期限。")
    field = "due"
    status = 409


class Plain(Refused):
    sentence = _("完成率不到100%。")


def test_a_refusal_says_its_sentence_and_its_code():
    refusal = TooLateForURL(name="走访")
    assert str(refusal) == "走访已过期限。"
    assert refusal.code == "too_late_for_url"
    assert Refused.code == "refused"
    assert refusal.as_dict() == {
        "code": "too_late_for_url",
        "sentence": "走访已过期限。",
        "field": "due",
        "status": 409,
    }
    assert TooLateForURL(field="day", name="x").field == "day"
    assert TooLateForURL.field == "due"


def test_a_percent_sign_without_parameters_is_left_alone():
    assert str(Plain()) == "完成率不到100%。"


def test_a_refusal_survives_pickling():
    again = pickle.loads(pickle.dumps(TooLateForURL(name="走访", field="a")))  # noqa: S301 own bytes
    assert (str(again), again.field, again.params) == ("走访已过期限。", "a", {"name": "走访"})
    assert repr(again) == "TooLateForURL(name='走访')"


def test_text_helpers():
    assert fold("ＡＢ（１２）－—") == "AB(12)--"
    assert without_blanks(" a\u3000b\u200b\ufeff c\n") == "abc"
    assert squeeze(" 甲 \n 乙 ") == "甲 乙"
    assert shown("x" * 100, 10) == "x" * 9 + "…"
    assert shown("a\x00b\udc80c") == "a b c"
    assert shown(12.5) == "12.5"
