"""Somebody forgets `visible_to`. The wall behind it holds: nobody sees another town.

Every queryset's `visible_to` is replaced by one that filters nothing, and the clerk of the other town comes in by
each front door: list, detail, count, search, export, figure, file, API and job. The canary is a need of the town.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianjian.cases.models import Case
from lianjian.cases.tests.walk import register
from lianjian.directory.models import Person
from lianjian.events.actions import record_visit
from lianjian.events.models import Visit
from lianjian.files.actions import attach
from lianjian.files.models import File
from lianjian.foundation import actor as actors
from lianjian.foundation import context
from tests.cast import NOW, TODAY, Cast

CANARY = "金丝雀车间积水请尽快处理"
GUEST = "金丝雀接待人"


@pytest.fixture
def canary(cast: Cast) -> tuple[Case, Visit, File]:
    """A need with a file, and a visit, of the town."""
    case = register(cast, text=CANARY, title=CANARY)
    clerk = cast.actor("clerk")
    upload = SimpleUploadedFile("金丝雀.txt", CANARY.encode(), content_type="text/plain")
    file = attach(actor=clerk, record=case, upload=upload, now=NOW)
    visit = record_visit(
        actor=clerk,
        organization=cast.firm,
        visited_on=TODAY,
        people=[cast.people["instructor"]],
        content=CANARY,
        received_by=GUEST,
        now=NOW,
    )
    context.leave()
    return case, visit, file


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """`visible_to` shows everything, and every right holds everywhere."""
    careless_sets = 0
    for model in apps.get_models():
        queryset = type(model._default_manager.all())
        for name in ("visible_to", "mine"):
            if hasattr(queryset, name):
                monkeypatch.setattr(queryset, name, lambda self, actor: self)
                careless_sets += 1
    monkeypatch.setattr(actors, "whole_jurisdictions", lambda actor, right: tuple(range(1, 10_000)))
    yield careless_sets


@pytest.fixture
def stranger(cast: Cast, careless: int) -> Client:
    """The clerk of the other town, in a house without filters."""
    assert careless > 5
    return cast.client("other_clerk")


def test_the_filter_really_is_gone(cast: Cast, canary: Any, careless: int) -> None:
    """Without the wall this test would be worth nothing: inside the town the careless house shows the canary."""
    cast.actor("other_handler")
    assert Case.objects.visible_to(None).filter(title=CANARY).exists()


def test_list_and_count(stranger: Client, canary: Any) -> None:
    for address in ("/cases/", "/events/visits", "/duties/all/", "/directory/people", "/coverage/"):
        answer = stranger.get(address, follow=True)
        assert answer.status_code in (200, 404), address
        text = answer.content.decode()
        assert "金丝雀" not in text, address
    counts = stranger.get("/cases/").content.decode()
    assert "共 1 条" not in counts


def test_detail(stranger: Client, canary: tuple[Case, Visit, File]) -> None:
    case, visit, _file = canary
    assert stranger.get(f"/cases/{case.key}").status_code == 404
    assert stranger.get(f"/cases/{case.key}/paper").status_code == 404
    assert stranger.get(f"/events/visits/{visit.key}").status_code == 404
    assert stranger.post(f"/cases/{case.key}/withdraw", {"text": "x"}).status_code == 404


def test_search(stranger: Client, canary: tuple[Case, Visit, File]) -> None:
    for words in ("金丝雀", canary[0].number):
        page = stranger.get("/search", {"q": words}).content.decode()
        assert CANARY not in page and GUEST not in page
    page = stranger.get("/cases/", {"q": "金丝雀"}).content.decode()
    assert CANARY not in page and canary[0].number not in page


def test_export(stranger: Client, canary: Any) -> None:
    for page in ("cases.cases", "events.visits"):
        answer = stranger.post("/export", {"page": page})
        assert answer.status_code == 200
        cells = [c for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True) for c in row]
        assert not any("金丝雀" in str(c) for c in cells)


def test_figure(stranger: Client, cast: Cast, canary: Any) -> None:
    period = f"{TODAY.year}"
    for code in ("cases.collected", "events.visits"):
        page = stranger.get(f"/figures/{code}/?period={period}").content.decode()
        assert "金丝雀" not in page and "<strong>0</strong>" in page
    assert stranger.get(f"/figures/cases.collected/?scope={cast.town_root.key}").status_code == 404


def test_file(stranger: Client, canary: tuple[Case, Visit, File]) -> None:
    case, _visit, file = canary
    assert stranger.get(f"/cases/{case.key}/files/{file.key}").status_code == 404


def test_api(stranger: Client, canary: tuple[Case, Visit, File]) -> None:
    case, _visit, _file = canary
    answer = stranger.get("/api/v1/cases")
    assert answer.status_code == 200 and "金丝雀" not in json.dumps(answer.json(), ensure_ascii=False)
    assert stranger.get(f"/api/v1/cases/{case.key}").status_code == 404


def test_job(cast: Cast, careless: int, canary: Any) -> None:
    """A job of the other town that walks over every case and person finds its own only."""
    from lianjian.foundation.jobs import job

    found: list[str] = []

    @job("tests.careless")
    def careless_job(*, jurisdiction_id: int) -> None:
        found.extend(Case.objects.values_list("title", flat=True))
        found.extend(Person.objects.values_list("name", flat=True))

    careless_job.run_job(jurisdiction_id=cast.other_town.pk)  # type: ignore[attr-defined]
    assert found == ["顾远"]
