"""The second factor, from setting up to losing the phone."""

from __future__ import annotations

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test import Client

from tests.cast import PASSWORD, Cast

from .test_signing import last, sign_in, verbs


def code(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def set_up(client: Client) -> str:
    """Enrol the signed-in account; its secret."""
    ask = client.get("/me/second-factor/activate")["Location"]
    assert ask.startswith("/me/confirm?")
    assert client.post(ask, {"password": PASSWORD})["Location"] == "/me/second-factor/activate"
    page = client.get("/me/second-factor/activate")
    assert page.status_code == 200
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page.content.decode()).group(1)  # type: ignore[union-attr]
    answer = client.post("/me/second-factor/activate", {"code": code(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/me/second-factor/codes")
    return secret


def enrolled(name: str) -> tuple[Client, str]:
    client = Client()
    assert sign_in(client, name).status_code == 302
    return client, set_up(client)


def test_set_up_asks_for_the_password_again(cast: Cast) -> None:
    client = cast.client("auditor")
    answer = client.get("/me/second-factor/activate")
    assert answer.status_code == 302 and answer["Location"].startswith("/me/confirm?")
    assert client.get(answer["Location"]).status_code == 200
    assert client.post(answer["Location"], {"password": "wrong"}).status_code == 422
    again = client.post(answer["Location"], {"password": PASSWORD})
    assert again["Location"] == "/me/second-factor/activate"
    assert client.get("/me/second-factor/activate").status_code == 200


def test_signing_in_takes_the_code_once(cast: Cast) -> None:
    _client, secret = enrolled("auditor")
    other, before = Client(), last(cast)
    assert sign_in(other, "auditor")["Location"] == "/sign-in/code"
    assert other.get("/me").status_code == 303, "the password alone opens nothing"
    assert other.get("/sign-in/code").status_code == 200
    assert other.post("/sign-in/code", {"code": "000000"}).status_code == 422
    now = code(secret)
    assert other.post("/sign-in/code", {"code": now})["Location"] == "/"
    assert verbs(cast, after=before) == ["accounts.sign_in_failed", "accounts.sign_in"]
    third = Client()
    sign_in(third, "auditor")
    assert third.post("/sign-in/code", {"code": now}).status_code == 422, "a code works once"


def test_codes_are_not_guessed(cast: Cast) -> None:
    _client, secret = enrolled("auditor")
    other = Client()
    sign_in(other, "auditor")
    for n in range(10):
        other.post("/sign-in/code", {"code": f"{n:06d}"})
    assert other.post("/sign-in/code", {"code": code(secret)}).status_code == 422, "too many tries"


def test_recovery_codes_open_once_and_secrets_are_encrypted(cast: Cast) -> None:
    client, secret = enrolled("auditor")
    page = client.get("/me/second-factor/codes").content.decode()
    codes = re.findall(r"<code>([0-9a-f]{8})</code>", page)
    assert len(codes) == 10
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, '') FROM mfa_authenticator")
        stored = cursor.fetchone()[0]
    assert secret not in stored and codes[0] not in stored
    other = Client()
    sign_in(other, "auditor")
    assert other.post("/sign-in/code", {"code": codes[0]})["Location"] == "/"
    third = Client()
    sign_in(third, "auditor")
    assert third.post("/sign-in/code", {"code": codes[0]}).status_code == 422
    before = last(cast)
    assert client.get("/me/second-factor/codes/new").status_code == 200
    assert client.post("/me/second-factor/codes/new").status_code == 302
    assert codes[1] not in client.get("/me/second-factor/codes").content.decode()
    assert verbs(cast, after=before) == ["accounts.second_factor_recovery_codes"]


def test_a_second_factor_can_be_given_up(cast: Cast) -> None:
    client, _secret = enrolled("clerk")
    assert client.get("/me/second-factor").status_code == 200
    assert client.get("/me/second-factor/deactivate").status_code == 200
    before = last(cast)
    assert client.post("/me/second-factor/deactivate").status_code == 302
    assert verbs(cast, after=before) == ["accounts.second_factor_deactivate"]
    assert not Authenticator.objects.exists()


def test_a_password_reset_does_not_skip_it(cast: Cast) -> None:
    enrolled("clerk")
    user = cast.users["clerk"]
    user.set_password("another-creek-28")
    user.save(update_fields=["password"])
    client = Client()
    assert sign_in(client, "clerk", "another-creek-28")["Location"] == "/sign-in/code"


def test_confirming_with_a_code_page_works(cast: Cast) -> None:
    client, _secret = enrolled("clerk")
    assert client.get("/me/confirm/code").status_code == 200
    assert client.get("/me/confirm").status_code == 200


def test_officers_are_asked_once_and_made_to_when_the_place_demands_it(cast: Cast, settings: Any) -> None:
    client = cast.client("auditor")
    assert "建议现在到" in client.get("/me").content.decode()
    assert "建议现在到" not in client.get("/me").content.decode()
    assert "建议现在到" not in cast.client("clerk").get("/me").content.decode()
    settings.OFFICER_MFA = True
    for path in ("/me", "/journal/", "/"):
        assert cast.client("auditor").get(path)["Location"] == "/me/second-factor/activate"
    assert cast.client("auditor").get("/api/v1/openapi.json").status_code == 403
    assert cast.client("clerk").get("/me").status_code == 200
    fresh = Client()
    sign_in(fresh, "auditor")
    set_up(fresh)
    assert fresh.get("/me").status_code == 200
