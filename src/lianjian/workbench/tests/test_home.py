"""Everybody's first page opens, shows what that person may begin, and nothing else."""

from __future__ import annotations

import pytest

from tests.cast import ACCOUNTS, Cast


@pytest.mark.parametrize("who", list(ACCOUNTS))
def test_everybody_has_a_first_page(cast: Cast, who: str) -> None:
    answer = cast.client(who).get("/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert ACCOUNTS[who][0] in page
    assert ("登记诉求" in page) == (ACCOUNTS[who][1] in ("clerk", "instructor", "contact", "village"))
    assert ("管理账号" in page) == (who == "security_admin")


def test_a_stranger_is_sent_to_sign_in(cast: Cast) -> None:
    answer = cast.client(None).get("/")
    assert answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in")


def test_search_finds_a_part_of_a_name_in_ones_own_reach(cast: Cast) -> None:
    page = cast.client("clerk").get("/search?q=晨光").content.decode()
    assert "云岭市晨光木业有限公司" in page
    assert "没有找到" in cast.client("clerk").get("/search?q=绝无此名").content.decode()


def test_search_says_nothing_to_officers(cast: Cast) -> None:
    assert "云岭市晨光木业有限公司" not in cast.client("auditor").get("/search?q=晨光").content.decode()
