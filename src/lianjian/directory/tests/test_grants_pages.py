"""Accounts and grants through the pages of the security administrator."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianjian.accounts.models import User
from lianjian.directory.models import Grant, Person
from lianjian.foundation import context
from tests.cast import NOW, PASSWORD, SINCE, TODAY, Cast

SHOWN = re.compile(r"(?<![-\w])[a-hjkmnp-z2-9]{4}(?:-[a-hjkmnp-z2-9]{4}){3}(?![-\w])")


def url(name: str, **keys: Any) -> str:
    return reverse(f"grants:{name}", kwargs=keys)


def town_officer(cast: Cast) -> Client:
    """A security administrator of the town alone."""
    user = User(username="town_security", name="镇安全员", home=cast.town)
    user.set_password(PASSWORD)
    user.save()
    with context.jurisdictions((cast.town.pk,)):
        Grant.objects.create(
            jurisdiction=cast.town, user=user, role="security_admin", organization=cast.town_root, since=SINCE
        )
    cast.users["town_security"] = user
    return cast.client("town_security")


def form(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "username": "xinren",
        "name": "新人",
        "role": "handler",
        "organization": str(cast.office.key),
        "since": SINCE.isoformat(),
        **more,
    }


def test_an_account_is_opened_with_a_password_shown_once(cast: Cast, as_security_admin: Client) -> None:
    assert as_security_admin.get(url("open")).status_code == 200
    answer = as_security_admin.post(url("open"), form(cast))
    assert answer.status_code == 200
    password = SHOWN.search(answer.content.decode()).group(0)  # type: ignore[union-attr]
    user = User.objects.get(username="xinren")
    assert user.must_change_password and user.one_time_until is not None and user.home == cast.town
    assert password not in as_security_admin.get(url("account", key=user.key)).content.decode()
    client = Client()
    assert client.post("/sign-in", {"login": "xinren", "password": password}).status_code == 302
    assert client.get("/me")["Location"] == "/me/password"


def test_names_are_taken_whatever_their_case(cast: Cast, as_security_admin: Client) -> None:
    answer = as_security_admin.post(url("open"), form(cast, username="CLERK"))
    assert answer.status_code == 422 and "已有人使用" in answer.content.decode()
    assert not User.objects.filter(username="CLERK").exists()


def test_the_person_of_that_name_there_becomes_the_owner(cast: Cast, as_security_admin: Client) -> None:
    from lianjian.directory import actions

    system = cast.system()
    person = actions.register_person(actor=system, name="新人", now=NOW)
    actions.add_membership(
        actor=system, person=person, organization=cast.office, role="staff", since=SINCE, now=NOW
    )
    context.leave()
    as_security_admin.post(url("open"), form(cast))
    with context.jurisdictions((cast.town.pk,)):
        assert Person.objects.get(pk=person.pk).user.username == "xinren"  # type: ignore[union-attr]


def test_reset_close_and_reopen_end_sessions_at_once(cast: Cast, as_security_admin: Client) -> None:
    key = cast.users["clerk"].key
    for step in ("reset", "reopen"):
        User.objects.filter(key=key).update(must_change_password=False)
        cast.users["clerk"].refresh_from_db()
        client = cast.client("clerk")
        assert client.get("/me").status_code == 200
        if step == "reopen":
            assert as_security_admin.post(url("close", key=key)).status_code == 303
            assert client.get("/me").status_code == 303
        answer = as_security_admin.post(url(step, key=key))
        assert SHOWN.search(answer.content.decode())
        assert client.get("/me").status_code == 303, step
    client = cast.client("handler")
    assert client.get("/me").status_code == 200
    as_security_admin.post(url("end_sessions", key=cast.users["handler"].key))
    assert client.get("/me").status_code == 303


def test_a_role_is_granted_and_ended(cast: Cast, as_security_admin: Client) -> None:
    key = cast.users["handler"].key
    data = {"role": "leader", "organization": str(cast.town_root.key), "since": TODAY.isoformat()}
    assert as_security_admin.get(url("grant", key=key)).status_code == 200
    assert as_security_admin.post(url("grant", key=key), data).status_code == 303
    grant = Grant.objects.get(user__username="handler", role="leader")
    assert grant.granted_by == "安全员"
    client = cast.client("handler")
    assert client.get("/me").status_code == 200
    assert as_security_admin.get(url("end", key=grant.key)).status_code == 200
    until = (TODAY + timedelta(days=30)).isoformat()
    assert as_security_admin.post(url("end", key=grant.key), {"until": until}).status_code == 303
    assert client.get("/me").status_code == 303, "signed out at once"
    page = as_security_admin.get(url("account", key=key)).content.decode()
    assert "分管领导" in page and "部门经办人" in page


def test_nobody_keeps_or_grants_to_himself(cast: Cast, as_security_admin: Client) -> None:
    key = cast.users["security_admin"].key
    data = {"role": "clerk", "organization": str(cast.town_root.key), "since": TODAY.isoformat()}
    answer = as_security_admin.post(url("grant", key=key), data)
    assert answer.status_code == 422 and "不能给自己授权" in answer.content.decode()
    for name in ("reset", "close", "reopen", "end_sessions"):
        assert as_security_admin.post(url(name, key=key)).status_code == 422
    own = Grant.objects.get(user__username="security_admin")
    assert as_security_admin.post(url("end", key=own.key), {"until": TODAY.isoformat()}).status_code == 422
    assert Grant.objects.filter(user__username="security_admin", until=None).count() == 1


@pytest.mark.parametrize("held", ["system_admin", "auditor"])
@pytest.mark.parametrize("wanted", ["system_admin", "security_admin", "auditor"])
def test_the_three_officers_exclude_one_another(
    cast: Cast, as_security_admin: Client, held: str, wanted: str
) -> None:
    data = {"role": wanted, "organization": str(cast.county_root.key), "since": TODAY.isoformat()}
    answer = as_security_admin.post(url("grant", key=cast.users[held].key), data)
    assert answer.status_code == 422 and "不能由同一个账号担任" in answer.content.decode()
    assert Grant.objects.filter(user=cast.users[held]).count() == 1


def test_one_officer_may_follow_another_office_later(cast: Cast, as_security_admin: Client) -> None:
    grant = Grant.objects.get(user__username="auditor")
    until = (TODAY + timedelta(days=10)).isoformat()
    as_security_admin.post(url("end", key=grant.key), {"until": until})
    data = {"role": "system_admin", "organization": str(cast.county_root.key), "since": until}
    assert as_security_admin.post(url("grant", key=cast.users["auditor"].key), data).status_code == 303


def test_a_town_officer_keeps_the_town_only(cast: Cast) -> None:
    client = town_officer(cast)
    page = client.get(url("accounts")).content.decode()
    assert "何静" in page and "顾远" not in page and "江涛" not in page
    for other in ("other_clerk", "county_leader"):
        key = cast.users[other].key
        assert client.get(url("account", key=key)).status_code == 404
        assert client.post(url("reset", key=key)).status_code == 404
    data = form(cast, organization=str(cast.other_firm.key))
    assert client.post(url("open"), data).status_code == 422, "no organization of the other town to choose"
    assert client.post(url("open"), form(cast, organization=str(cast.county_root.key))).status_code == 422


def test_a_wider_account_is_kept_from_above(cast: Cast, as_security_admin: Client) -> None:
    """Whoever resets a password can sign in with it: so nobody resets one that opens more than he may grant."""
    key = cast.users["clerk"].key
    data = {"role": "leader", "organization": str(cast.county_root.key), "since": TODAY.isoformat()}
    assert as_security_admin.post(url("grant", key=key), data).status_code == 303
    client = town_officer(cast)
    assert client.get(url("account", key=key)).status_code == 200, "it is of the town too"
    for name in ("reset", "close", "end_sessions"):
        assert client.post(url(name, key=key)).status_code == 403, name
    assert as_security_admin.post(url("reset", key=key)).status_code == 200


@pytest.mark.parametrize("who", ["clerk", "county_clerk", "leader", "system_admin", "auditor", "contact"])
def test_nobody_else_keeps_accounts(cast: Cast, who: str) -> None:
    client, key = cast.client(who), cast.users["handler"].key
    assert client.get(url("accounts")).status_code == 403
    assert client.post(url("open"), form(cast)).status_code == 403
    assert client.post(url("reset", key=key)).status_code == 403


def test_the_first_account_is_made_at_the_command_line(cast: Cast) -> None:
    from lianjian.accounts.commands import WeakPassword, create_admin

    with pytest.raises(WeakPassword):
        create_admin(username="first", password="lianjian2026")
    assert create_admin(username="first", password="seven-lamps-at-dusk") == {
        "username": "first",
        "role": "security_admin",
    }
    client = Client()
    assert client.post("/sign-in", {"login": "first", "password": "seven-lamps-at-dusk"}).status_code == 302
    assert client.get(url("accounts")).status_code == 200


def test_the_list_costs_the_same_for_many(
    cast: Cast, as_security_admin: Client, django_assert_max_num_queries: Any
) -> None:
    as_security_admin.get(url("accounts"))
    with django_assert_max_num_queries(16):
        as_security_admin.get(url("accounts"))
