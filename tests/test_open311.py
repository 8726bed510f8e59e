"""Open311 GeoReport v2, asked over HTTP by the unchanged client `georeport` and by hand."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
import requests
from georeport import GeoReport

from lianjian.accounts.actions import new_token
from lianjian.cases import actions
from lianjian.cases.models import Case
from lianjian.cases.tests.walk import register
from lianjian.foundation import clock, context
from lianjian.portal.actions import open_entrance
from tests.cast import Cast
from tests.livetown import LiveTown


@pytest.fixture(params=["json", "xml"])
def client(request: Any, live_town: LiveTown) -> GeoReport:
    return GeoReport(f"{live_town.url}/open311/v2", output_format=request.param)


def test_the_client_reads_services_definitions_and_requests(client: GeoReport) -> None:
    services = client.get_service_list()
    codes = {one["service_code"] for one in services}
    assert {"utilities", "water", "pressure", "other"} <= codes and "enforcement" not in codes
    water = next(one for one in services if one["service_code"] == "water")
    assert str(water["metadata"]).lower() == "true" and water["group"] != water["service_name"]
    definition = client.get_service_definition("pressure")
    attributes = definition["attributes"]
    asked = attributes if isinstance(attributes, list) else attributes["attribute"]
    assert [one["datatype"] for one in asked] == ["datetime", "singlevaluelist"]
    found = client.get_service_requests()
    found = found if isinstance(found, list) else [found]
    assert len(found) == 1 and found[0]["status"] in ("open", "closed") and found[0]["description"]
    one = client.get_service_request(found[0]["service_request_id"])
    assert one["service_request_id"] == found[0]["service_request_id"] and not one["lat"]


def test_errors_say_what_is_wrong_in_both_forms(live_town: LiveTown) -> None:
    root = f"{live_town.url}/open311/v2"
    wrong = requests.get(f"{root}/requests.json", params={"start_date": "yesterday"}, timeout=20)
    assert wrong.status_code == 400 and "start_date" in wrong.json()[0]["description"]
    no_day = requests.get(f"{root}/requests.json", params={"start_date": "2026-02-30T00:00:00Z"}, timeout=20)
    assert no_day.status_code == 400 and "start_date" in no_day.json()[0]["description"]
    long = {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}
    assert requests.get(f"{root}/requests.json", params=long, timeout=20).status_code == 400
    lost = requests.get(f"{root}/services/nothing.xml", timeout=20)
    assert lost.status_code == 404 and ElementTree.fromstring(lost.content).find("error/code").text == "404"  # type: ignore[union-attr] # noqa: S314
    assert requests.get(f"{root}/requests/XX-1.json", timeout=20).status_code == 404
    assert requests.get(f"{root}/services.json", params={"jurisdiction_id": "ZZ"}, timeout=20).status_code == 404
    assert requests.post(f"{root}/requests.json", data={"api_key": "x"}, timeout=20).status_code == 403
    found = requests.get(f"{root}/discovery.json", timeout=20).json()
    assert found["endpoints"][0]["url"] == root


def served(cast: Cast) -> str:
    """The address of the town's interface; the town takes reports."""
    open_entrance(actor=cast.actor("clerk"), organization=cast.town_root, now=clock.now())
    context.leave()
    return "/open311/v2"


def test_only_what_the_office_made_public_is_there(cast: Cast) -> None:
    root, client = served(cast), cast.client(None)
    hidden, shown = register(cast), register(cast, text="门前路灯不亮")
    secret = register(cast, kind="complaint", text="态度不好")
    actions.reword_case(
        actor=cast.actor("clerk"), case=shown, title="路灯", text="路灯不亮", publish=True, now=clock.now()
    )
    context.leave()
    past = {"start_date": "2026-03-01T00:00:00Z", "end_date": "2026-04-01T00:00:00Z"}
    found = client.get(f"{root}/requests.json", past).json()
    assert [one["service_request_id"] for one in found] == [shown.number] and found[0]["description"] == "路灯不亮"
    for case in (hidden, secret):
        assert client.get(f"{root}/requests/{case.number}.json").status_code == 404
    assert client.get(f"{root}/requests.json", {**past, "status": "closed"}).json() == []
    assert len(client.get(f"{root}/requests.json", {**past, "status": "open,closed"}).json()) == 1
    listed = client.get(f"{root}/requests.json", {"service_request_id": f"{shown.number},{hidden.number}"})
    assert len(listed.json()) == 1


def test_another_system_registers_by_its_token(cast: Cast) -> None:
    root, client = served(cast), cast.client(None)
    _token, text = new_token(actor=cast.actor("clerk"), user=cast.users["clerk"], name="热线", days=9, now=clock.now())
    context.leave()
    sent = {
        "api_key": text,
        "service_code": "utilities",
        "description": "村口水管漏水",
        "address_string": "槐树下",
        "last_name": "丁",
        "phone": "13900001111",
    }
    made = client.post(f"{root}/requests.json", sent)
    assert made.status_code == 201, made.content.decode()
    cast.actor("clerk")
    case = Case.objects.get(number=made.json()[0]["service_request_id"])
    assert (case.source, case.kind, case.address, case.reporter) == ("system", "village_need", "槐树下", "丁")
    context.leave()
    for wrong in ({"service_code": "nothing"}, {"description": " "}):
        assert client.post(f"{root}/requests.json", {**sent, **wrong}).status_code == 400
    assert client.post(f"{root}/requests.xml", {**sent, "api_key": ""}).status_code == 403
