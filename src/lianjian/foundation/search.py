"""Tokens for Chinese search, the same for any machine and any day.

A document is kept as the pairs of neighbouring characters of each Chinese run, the last character of each
run, and its
Latin words and codes. A query is cut into words (rjieba), and each word is asked by its pairs, so that
every part of a
name is found however the name around it would have been cut: 皇冠 in 富龙皇冠有限公司. Word boundaries only
decide which
pairs a query leaves out, which is why documents need no dictionary and never have to be indexed anew.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add
from typing import Any, Final, NamedTuple

from lianjian.foundation.text import fold

STOP: Final = frozenset(
    "的了在是和与及或也就都而着过把被对从到向为以于之其这那有不我你他她它们个吗呢吧啊呀么哪请问"
)
LONGEST_TOKEN: Final = 64  # characters; a lexeme may have 2,046 bytes
LONGEST_TEXT: Final = 200_000
MOST_QUERY_TOKENS: Final = 32
PREFIX_FROM: Final = 4  # characters of a code from which its beginning is enough

_CJK: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007\U00020000-\U000323af"
_RUNS: Final = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+(?:[-_/.@][^\W_{_CJK}]+)*")
_PARTS: Final = re.compile(r"[-_/.@]")
_IS_CJK: Final = re.compile(rf"[{_CJK}]")


class Term(NamedTuple):
    """One token of a query; with `prefix` the beginning of an indexed token is enough."""

    token: str
    prefix: bool


def _runs(text: str) -> list[str]:
    return _RUNS.findall(fold(text[:LONGEST_TEXT]).lower())


def _latin(run: str) -> list[str]:
    """A word or code as a whole, closed up, and in parts: jb-2026-0168, jb20260168, jb, 2026, 0168."""
    parts = [part for part in _PARTS.split(run) if part]
    forms = [run] if len(parts) < 2 else [run, "".join(parts), *parts]
    return [form[:LONGEST_TOKEN] for form in forms]


def document_tokens(text: str) -> list[str]:
    """Distinct tokens to index, in order of appearance."""
    tokens: dict[str, None] = {}
    for run in _runs(text):
        if _IS_CJK.match(run):
            tokens |= dict.fromkeys(map(add, run, run[1:]))
            tokens[run[-1]] = None
        else:
            for form in _latin(run):
                tokens[form] = None
    return list(tokens)


@lru_cache(maxsize=1)
def _cutter() -> Any:
    """The segmenter, loaded at first use; without it whole runs are asked by their pairs."""
    try:
        import rjieba
    except ImportError:
        return None
    return rjieba


def _words(run: str) -> list[str]:
    cutter = _cutter()
    if cutter is None:
        return [run]
    # Plain cutting, not the search mode, which repeats the short words inside a long one.
    return [word for word in cutter.cut(run) if word]


def _cjk_terms(run: str) -> list[Term]:
    words = _words(run)
    if len(words) > 1:
        words = [word for word in words if any(c not in STOP for c in word)] or words
    terms: list[Term] = []
    for word in words:
        if len(word) == 1:
            # Every character of a document begins a pair or ends its run, so its prefix finds it.
            terms.append(Term(word, True))
        else:
            terms.extend(Term(word[i : i + 2], False) for i in range(len(word) - 1))
    return terms


def query_terms(text: str) -> list[Term]:
    """Terms that must all be found. The last one is a prefix, for a word still being typed, unless it is a pair; so
    are codes of 4 or more.
    """
    terms: list[Term] = []
    for run in _runs(text[:1000]):
        if _IS_CJK.match(run):
            terms.extend(_cjk_terms(run))
        else:
            coded = len(run) >= PREFIX_FROM and any(c.isdigit() for c in run)
            terms.append(Term(run[:LONGEST_TOKEN], coded or len(run) > LONGEST_TOKEN))
    merged: dict[str, bool] = {}
    for term in terms:
        merged[term.token] = merged.get(term.token, True) and term.prefix
    result = [Term(token, prefix) for token, prefix in merged.items()][:MOST_QUERY_TOKENS]
    if result and terms[-1].token == result[-1].token:
        last = result[-1].token
        # A pair of Chinese characters is never the beginning of a longer token: exactly it is cheaper to look up.
        result[-1] = Term(last, not (len(last) == 2 and _IS_CJK.match(last)))
    return result


def query_tokens(text: str) -> list[str]:
    """The tokens of a query, without their prefix marks."""
    return [term.token for term in query_terms(text)]


def matches(text: str, query: str) -> bool:
    """Whether a document would be found, by the rule the database follows; an empty query finds nothing."""
    terms = query_terms(query)
    tokens = document_tokens(text)
    known = set(tokens)
    return bool(terms) and all(
        term.token in known or (term.prefix and any(token.startswith(term.token) for token in tokens))
        for term in terms
    )
