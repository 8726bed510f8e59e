"""The door of the house, through its pages: in, out, locked, slowed down, timed out; each with one journal entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lianjian.accounts.models import User
from lianjian.accounts.rules import one_time_password
from lianjian.foundation import context
from lianjian.journal.models import Entry
from tests.cast import PASSWORD, Cast

SIGN_IN = "/sign-in"


def verbs(cast: Cast, *, after: int = 0) -> list[str]:
    """Verbs of every chain, in order."""
    ids = (cast.county.pk, cast.town.pk, cast.other_town.pk)
    with context.jurisdictions(ids):
        return list(Entry.objects.filter(pk__gt=after).order_by("pk").values_list("verb", flat=True))


def last(cast: Cast) -> int:
    ids = (cast.county.pk, cast.town.pk, cast.other_town.pk)
    with context.jurisdictions(ids):
        return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def sign_in(client: Client, name: str, password: str = PASSWORD, address: str = "10.0.0.1", **more: Any) -> Any:
    return client.post(SIGN_IN, {"login": name, "password": password}, REMOTE_ADDR=address, **more)


def test_signing_in_and_out_gives_one_entry_each(cast: Cast) -> None:
    client, before = Client(), last(cast)
    assert client.get(SIGN_IN).status_code == 200
    assert verbs(cast, after=before) == []
    answer = sign_in(client, "Clerk")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/me").status_code == 200
    old = client.cookies["session"].value
    left = client.post("/sign-out")
    assert left.status_code == 302 and left["Location"] == SIGN_IN
    assert left["Clear-Site-Data"] == '"cache", "storage"' and "no-store" in left["Cache-Control"]
    assert verbs(cast, after=before) == ["accounts.sign_in", "accounts.sign_out"]
    client.cookies["session"] = old
    assert client.get("/me").status_code == 303, "an old cookie opens nothing"


def test_signed_in_pages_are_not_stored(cast: Cast) -> None:
    assert cast.client("clerk").get("/me")["Cache-Control"] == "no-store"


def test_a_wrong_password_gives_one_entry_in_the_root_chain(cast: Cast) -> None:
    before = last(cast)
    answer = sign_in(Client(), "clerk", "wrong")
    assert answer.status_code == 422
    assert "用户名或密码不对" in answer.content.decode()
    with context.jurisdictions((cast.county.pk,)):
        (entry,) = Entry.objects.filter(pk__gt=before)
        assert (entry.verb, entry.jurisdiction_id) == ("accounts.sign_in_failed", cast.county.pk)
        assert "10.0.0.1" not in entry.body and "clerk" not in entry.body
        values = {c.field: c.after for c in entry.changes.all()}
    assert values == {"username": "clerk", "address": "10.0.0.1"}


def test_an_unknown_name_looks_like_a_wrong_password(cast: Cast) -> None:
    known, unknown = sign_in(Client(), "clerk", "x").content, sign_in(Client(), "nobody-here", "x").content
    assert known.count("用户名或密码不对".encode()) == unknown.count("用户名或密码不对".encode()) > 0


def test_five_wrong_passwords_lock_the_account_for_that_address_only(cast: Cast) -> None:
    client, before = Client(), last(cast)
    statuses = [sign_in(client, name, "wrong").status_code for name in ("clerk", "CLERK", "Clerk", "clerk", "clerk")]
    assert statuses == [422, 422, 422, 422, 429]
    assert sign_in(client, "clerk").status_code == 429, "the right password does not help now"
    assert verbs(cast, after=before) == ["accounts.sign_in_failed"] * 4 + ["accounts.locked_out"] * 2
    assert sign_in(Client(), "clerk", address="10.0.0.2").status_code == 302, "the owner elsewhere is let in"


def test_the_lock_opens_after_fifteen_minutes(cast: Cast) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        for _n in range(5):
            sign_in(Client(), "clerk", "wrong")
        assert sign_in(Client(), "clerk").status_code == 429
        clock.shift(timedelta(minutes=16))
        assert sign_in(Client(), "clerk").status_code == 302


def test_two_hundred_colleagues_behind_one_address_still_sign_in(cast: Cast) -> None:
    colleagues = [User(username=f"colleague{n}", name=f"同事{n}") for n in range(200)]
    for user in colleagues:
        user.set_password(PASSWORD)
    User.objects.bulk_create(colleagues)
    guesser = Client()
    for _n in range(10):
        sign_in(guesser, "clerk", "wrong")
    assert sign_in(guesser, "clerk").status_code == 429
    statuses = {sign_in(Client(), user.username).status_code for user in colleagues}
    assert statuses == {302}


def test_guessing_from_many_addresses_is_slowed_down_but_not_for_the_owner(cast: Cast) -> None:
    owner = Client()
    assert sign_in(owner, "clerk", address="10.0.9.9").status_code == 302
    owner.post("/sign-out")
    for n in range(20):
        sign_in(Client(), "clerk", "wrong", address=f"10.0.1.{n}")
    before = last(cast)
    assert sign_in(Client(), "clerk", address="10.0.2.1").status_code == 429, "a stranger, with the right password"
    assert verbs(cast, after=before) == ["accounts.locked_out"]
    assert sign_in(owner, "clerk", address="10.0.9.9").status_code == 302, "a browser that knows the account"
    assert sign_in(Client(), "leader", address="10.0.1.1").status_code == 302, "another account from there"


def test_sessions_end_when_idle_and_after_twelve_hours(cast: Cast) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        client = Client()
        sign_in(client, "clerk")
        for _n in range(48):
            clock.shift(timedelta(minutes=15))
            alive = client.get("/me").status_code
        assert alive == 200, "12 hours, never idle"
        clock.shift(timedelta(minutes=1))
        assert client.get("/me").status_code == 303, "but not longer"
        sign_in(client, "clerk")
        clock.shift(timedelta(minutes=31))
        assert client.get("/me").status_code == 303, "idle"


def test_a_closed_account_is_out_at_the_next_request(cast: Cast) -> None:
    client = cast.client("clerk")
    assert client.get("/me").status_code == 200
    User.objects.filter(username="clerk").update(is_active=False)
    assert client.get("/me").status_code == 303
    assert client.get("/me", headers={"hx-request": "true"})["HX-Redirect"].startswith(SIGN_IN)


def test_a_risen_epoch_ends_sessions(cast: Cast) -> None:
    client = cast.client("clerk")
    assert client.get("/me").status_code == 200
    User.objects.filter(username="clerk").update(session_epoch=7)
    assert client.get("/me").status_code == 303


def test_a_given_password_must_be_changed_first_and_grows_old(cast: Cast) -> None:
    user = cast.users["clerk"]
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    client = Client()
    assert sign_in(client, "clerk", password).status_code == 302
    assert client.get("/me")["Location"] == "/me/password"
    assert client.get("/me/password").status_code == 200
    wrong = client.post("/me/password", {"oldpassword": password, "password1": "lianjian2026", "password2": "lianjian2026"})
    assert wrong.status_code == 422
    before = last(cast)
    new = "三月的柳溪水很清,桃花开了"
    done = client.post("/me/password", {"oldpassword": password, "password1": new, "password2": new})
    assert (done.status_code, done["Location"]) == (302, "/me")
    assert client.get("/me").status_code == 200
    assert "accounts.change_password" in verbs(cast, after=before)
    user.one_time_until = user.created_at - timedelta(days=1)
    user.set_password(password)
    user.save(update_fields=["password", "one_time_until"])
    assert sign_in(Client(), "clerk", password).status_code == 422, "too old"


def test_an_account_without_a_grant_is_told_so_and_can_leave(cast: Cast) -> None:
    user = User(username="new", name="新人")
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    assert sign_in(client, "new").status_code == 302
    answer = client.get("/me")
    assert answer.status_code == 403 and "目前没有任何授权" in answer.content.decode()
    assert client.post("/sign-out").status_code == 302


def test_a_denied_page_gives_one_entry(cast: Cast) -> None:
    client, before = cast.client("contact"), last(cast)
    assert client.get(reverse("journal:entries")).status_code == 403
    assert verbs(cast, after=before) == ["accounts.denied"]


def test_forms_without_a_token_are_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, "clerk").status_code == 403


def test_the_address_after_sign_in_stays_in_the_house(cast: Cast) -> None:
    client = Client()
    answer = client.post(SIGN_IN, {"login": "clerk", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == "/"
    answer = Client().post(SIGN_IN, {"login": "clerk", "password": PASSWORD, "next": "/me"})
    assert answer["Location"] == "/me"


def test_a_new_session_key_at_sign_in(cast: Cast) -> None:
    client = Client()
    client.get(SIGN_IN)
    client.post("/language", {"language": "en"})
    first = client.cookies["session"].value if "session" in client.cookies else ""
    sign_in(client, "clerk")
    assert client.cookies["session"].value != first


@pytest.mark.parametrize("hasher", ["argon2"])
def test_the_real_hasher_is_argon2(hasher: str, settings: Any) -> None:
    from django.contrib.auth.hashers import check_password, make_password

    real = [name for name in settings.PASSWORD_HASHERS if "MD5" not in name]
    assert real[0].endswith("Argon2PasswordHasher")
    settings.PASSWORD_HASHERS = real
    encoded = make_password("三月的柳溪水很清")
    assert encoded.startswith("argon2$argon2id") and check_password("三月的柳溪水很清", encoded)


def test_an_old_hash_is_renewed_at_sign_in(cast: Cast, settings: Any) -> None:
    from django.contrib.auth.hashers import make_password

    user = cast.users["clerk"]
    user.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    user.save(update_fields=["password"])
    settings.PASSWORD_HASHERS = [name for name in settings.PASSWORD_HASHERS if "MD5" not in name]
    assert sign_in(Client(), "clerk").status_code == 302
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id")
