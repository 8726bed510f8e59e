"""The own account: sessions, tokens, language, large text; nothing of anybody else's."""

from __future__ import annotations

import re
from datetime import timedelta

import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client

from lianjian.accounts.models import ApiToken, User
from tests.cast import Cast

from .test_signing import last, sign_in, verbs


def test_one_sees_and_ends_own_sessions(cast: Cast) -> None:
    here, there, third = Client(), Client(), Client()
    sign_in(here, "clerk", headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/120"})
    sign_in(there, "clerk", address="10.0.0.7")
    sign_in(third, "clerk", address="10.0.0.8")
    page = here.get("/me/sessions").content.decode()
    assert "10.0.0.7" in page and "Chrome" in page and "本机" in page
    session = UserSession.objects.get(ip="10.0.0.7")
    other = cast.client("contact").post(f"/me/sessions/{session.pk}/end")
    assert other.status_code == 404, "nobody else ends it"
    before = last(cast)
    assert here.post(f"/me/sessions/{session.pk}/end").status_code == 303
    assert there.get("/me").status_code == 303
    assert third.get("/me").status_code == 200
    assert here.post("/me/sessions/end-others").status_code == 303
    assert third.get("/me").status_code == 303 and here.get("/me").status_code == 200
    assert verbs(cast, after=before) == ["accounts.end_own_session", "accounts.end_own_sessions"]


def _new_token(client: Client, days: int = 30) -> str:
    answer = client.post("/me/tokens", {"name": "取数", "days": days})
    assert answer.status_code == 200
    return re.search(r"lj_[\w-]{43}", answer.content.decode()).group(0)  # type: ignore[union-attr]


def test_a_token_is_shown_once_acts_for_its_owner_expires_and_is_revoked(cast: Cast) -> None:
    client = cast.client("clerk")
    text = _new_token(client)
    assert text not in client.get("/me/tokens").content.decode()
    assert not ApiToken.objects.filter(digest__contains=text).exists()
    program = Client(headers={"authorization": f"Bearer {text}"})
    answer = program.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert ApiToken.objects.get().used_at is not None
    assert program.get("/me").status_code == 303, "a token opens the interface only"
    assert Client(headers={"authorization": "Bearer lj_nonsense"}).get("/api/v1/openapi.json").status_code == 401
    with time_machine.travel(ApiToken.objects.get().expires_at + timedelta(seconds=1), tick=False):
        assert program.get("/api/v1/openapi.json").status_code == 401
    User.objects.filter(username="clerk").update(is_active=False)
    assert program.get("/api/v1/openapi.json").status_code == 401
    User.objects.filter(username="clerk").update(is_active=True)
    key = ApiToken.objects.get().key
    assert cast.client("contact").post(f"/me/tokens/{key}/end").status_code == 404
    assert cast.client("clerk").post(f"/me/tokens/{key}/end").status_code == 303
    assert program.get("/api/v1/openapi.json").status_code == 401


def test_tokens_live_a_year_at_most(cast: Cast) -> None:
    client = cast.client("clerk")
    assert client.post("/me/tokens", {"name": "取数", "days": 366}).status_code == 422
    assert client.post("/me/tokens", {"name": "取数", "days": 0}).status_code == 422


def test_the_language_is_kept_with_the_account(cast: Cast) -> None:
    client = Client()
    sign_in(client, "clerk")
    answer = client.post("/language", {"language": "en", "next": "/me"})
    assert answer.status_code == 303
    assert "My account" in client.get("/me").content.decode()
    assert User.objects.get(username="clerk").language == "en"
    other = Client()
    sign_in(other, "clerk")
    assert "My account" in other.get("/me").content.decode(), "a new browser learns it"
    client.post("/language", {"language": "zh-hans"})
    assert "我的账号" in client.get("/me").content.decode()


def test_large_text_needs_no_script(cast: Cast) -> None:
    client = cast.client("clerk")
    assert 'class="large-text"' not in client.get("/me").content.decode()
    client.post("/large-text", {"next": "/me"})
    assert 'class="large-text"' in client.get("/me").content.decode()
    assert "改用大字" in Client().get("/sign-in").content.decode()
