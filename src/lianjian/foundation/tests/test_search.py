import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.foundation import search
from lianjian.foundation.search import Term, document_tokens, matches, query_terms, query_tokens

FIRM = "富龙皇冠有限公司（南康）91360703764804818D"


@pytest.mark.parametrize(
    "query",
    [
        "皇冠",
        "富龙皇冠",
        "龙皇",
        "富",
        "司",
        "冠有限",
        "有限公司",
        "皇冠 南康",
        "南康皇冠",
        "9136",
        "91360703764804818D",
        "91360703764804818d",
        "９１３６０７０３",
        "皇冠的公司",
        "富龙皇冠有限公司",
        "皇",
        "皇冠！",
    ],
)
def test_every_part_of_a_name_is_found(query):
    assert matches(FIRM, query)


@pytest.mark.parametrize(
    "query", ["冠皇", "东升", "皇冠 东升", "913607037648048181", "", "  ", "！？", "3607"]
)
def test_what_is_not_there_is_not_found(query):
    assert not matches(FIRM, query)


def test_codes_are_kept_whole_and_in_parts():
    tokens = document_tokens("来件 JB-2026-0168 已办结")
    assert {"jb-2026-0168", "jb20260168", "jb", "2026", "0168"} <= set(tokens)
    for query in ("JB-2026-0168", "jb-2026", "JB20260168", "0168", "jb2026", "jb-2026-0168 办结"):
        assert matches("来件 JB-2026-0168 已办结", query)
    assert not matches("来件 JB-2026-0168 已办结", "JB-2027")
    assert query_terms("9136 家具") == [Term("9136", True), Term("家具", False)]
    assert query_terms("家") == [Term("家", True)] and query_terms("家具 厂")[-1] == Term("厂", True)


def test_the_last_term_is_a_prefix_and_stop_characters_are_left_out():
    assert query_tokens("消防的验收") == ["消防", "验收"]
    assert query_terms("Wood House")[-1] == Term("house", True)
    assert query_terms("wood house")[0] == Term("wood", False)
    assert matches("目的地", "目的") and matches("我的", "的")


def test_without_the_segmenter_whole_runs_are_asked(monkeypatch):
    monkeypatch.setattr(search, "_cutter", lambda: None)
    assert query_tokens("富龙皇冠") == ["富龙", "龙皇", "皇冠"]
    assert matches(FIRM, "龙皇冠有")


def test_tokens_are_bounded():
    assert max(map(len, document_tokens("x" * 5000 + "家" * 5000))) <= search.LONGEST_TOKEN
    assert len(query_terms("家具 " * 500 + " ".join(map(str, range(1000))))) <= search.MOST_QUERY_TOKENS
    assert matches("x" * 5000, "x" * 100)


runs = st.text(
    st.sampled_from("富龙皇冠家具有限责任公司南康区的在研究生物学院长消防验收A1-"), min_size=1, max_size=16
)


@given(runs, st.data())
@settings(max_examples=100)
def test_any_piece_of_a_chinese_run_is_found(text, data):
    chinese = text.replace("A", "").replace("1", "").replace("-", "") or "家"
    start = data.draw(st.integers(0, len(chinese) - 1))
    end = data.draw(st.integers(start + 1, len(chinese)))
    assert matches(f"前 {chinese} 后", chinese[start:end])


@given(st.text(max_size=60))
@settings(max_examples=100)
def test_any_text_has_tokens_that_find_it(text):
    tokens = document_tokens(text)
    assert tokens == document_tokens(text) and len(set(tokens)) == len(tokens)
    assert all(token and len(token) <= search.LONGEST_TOKEN and "\x00" not in token for token in tokens)
    assert bool(query_terms(text)) == bool(tokens)
    if tokens:
        assert matches(text, text)


def test_the_text_form_quotes_every_token():
    pytest.importorskip("django")
    from lianjian.foundation.searchdb import tsquery_text

    assert tsquery_text([Term("a'b", False), Term("c\\", True)]) == "'a''b' & 'c\\\\':*"
    assert tsquery_text(query_terms("皇冠 & !南康 | 'x:*")) == "'皇冠' & '南康' & 'x':*"
