"""A form sent twice is done once, and only the same form."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from lianjian.foundation.idempotency import KeyReused, answer_once

USER = 7
pytestmark = pytest.mark.django_db


def _post(path: str = "/cases/new", **data: object) -> HttpRequest:
    return RequestFactory().post(path, data)


def _send(request: HttpRequest, done: list[str], user: int = USER) -> HttpResponse:
    def answer() -> HttpResponse:
        done.append("done")
        return HttpResponseRedirect(f"/cases/{len(done)}")

    return answer_once(request, user, answer)  # type: ignore[return-value]


def test_the_same_form_twice_is_done_once() -> None:
    done: list[str] = []
    first = _send(_post(_key="k", title="缺技师", csrfmiddlewaretoken="a" * 64), done)
    again = _send(_post(_key="k", title="缺技师", csrfmiddlewaretoken="b" * 64), done)
    assert done == ["done"]
    assert first.headers["Location"] == again.headers["Location"] == "/cases/1"


@pytest.mark.parametrize("field", ["content", "code", "category", "comment", "title"])
def test_a_changed_form_under_the_same_key_is_refused(field: str) -> None:
    """Whatever its fields are called: it must never get the answer of what was not sent."""
    done: list[str] = []
    _send(_post(_key="k", **{field: "旧"}), done)
    with pytest.raises(KeyReused):
        _send(_post(_key="k", **{field: "新"}), done)
    assert done == ["done"]


def test_fields_cannot_be_taken_for_one_another() -> None:
    done: list[str] = []
    _send(_post(_key="k", a="1&b=2"), done)
    with pytest.raises(KeyReused):
        _send(_post(_key="k", a="1", b="2"), done)


def test_another_file_under_the_same_key_is_refused() -> None:
    done: list[str] = []
    _send(_post(_key="k", file=SimpleUploadedFile("a.txt", b"one")), done)
    _send(_post(_key="k", file=SimpleUploadedFile("a.txt", b"one")), done)
    assert done == ["done"]
    with pytest.raises(KeyReused):
        _send(_post(_key="k", file=SimpleUploadedFile("a.txt", b"two")), done)


def test_a_file_alone_with_the_key_in_the_header() -> None:
    done: list[str] = []
    request = RequestFactory().post(
        "/upload", {"file": SimpleUploadedFile("a.txt", b"one")}, headers={"Idempotency-Key": "h"}
    )
    assert not request.POST
    assert _send(request, done).status_code == 302
    assert done == ["done"]


def test_the_uploaded_file_can_still_be_read() -> None:
    request = _post(_key="k", file=SimpleUploadedFile("a.txt", b"one"))
    read: list[bytes] = []

    def answer() -> HttpResponse:
        read.append(request.FILES["file"].read())
        return HttpResponseRedirect("/")

    answer_once(request, USER, answer)
    assert read == [b"one"]


def test_a_body_of_a_program_is_compared_too() -> None:
    def send(body: str) -> HttpResponse:
        request = RequestFactory().post(
            "/api/v1/cases/", body, content_type="application/json", headers={"Idempotency-Key": "p"}
        )
        return answer_once(request, USER, lambda: HttpResponse(body, status=201))  # type: ignore[return-value]

    assert send('{"a": 1}').content == send('{"a": 1}').content
    with pytest.raises(KeyReused):
        send('{"a": 2}')


def test_keys_of_two_people_do_not_meet() -> None:
    done: list[str] = []
    _send(_post(_key="k", title="甲"), done, user=1)
    _send(_post(_key="k", title="乙"), done, user=2)
    assert done == ["done", "done"]


def test_a_nul_in_the_key_breaks_nothing() -> None:
    done: list[str] = []
    _send(_post(_key="a\0b", title="甲"), done)
    _send(_post(_key="a\0b", title="甲"), done)
    assert done == ["done"]
