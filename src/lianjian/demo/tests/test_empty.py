"""The empty town: accounts that can sign in, and nothing besides."""

from __future__ import annotations

import pytest
from django.test import Client

from lianjian.demo import PASSWORD, accounts
from lianjian.demo.build import NotEmpty, build_empty
from lianjian.directory.models import Organization


def test_the_empty_town_has_accounts_and_two_roots(db: None) -> None:
    build_empty()
    assert {a["account"] for a in accounts()} == {
        "clerk",
        "leader",
        "county",
        "reviewer",
        "chief",
        "sysadmin",
        "secadmin",
        "auditor",
    }
    assert set(Organization.objects.values_list("name", flat=True)) == {"示范县委", "示范镇党委"}
    client = Client()
    client.post("/sign-in", {"login": "clerk", "password": PASSWORD})
    assert "陈琳" in client.get("/").content.decode()


def test_it_is_not_built_twice(db: None) -> None:
    build_empty()
    with pytest.raises(NotEmpty):
        build_empty()
