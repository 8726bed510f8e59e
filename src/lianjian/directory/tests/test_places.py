"""Public tables, boundaries and the map."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianjian.directory import actions
from lianjian.directory.loaders import read_industries
from lianjian.directory.models import Area, AreaShape, Industry
from lianjian.directory.queries import resolve_area
from tests.cast import NOW, Cast

AREAS = (
    "code,name\n42,某省\n4299,省直辖\n429901,云岭县\n429901101,柳溪镇\n429901101201,柳溪村委会\n429901101202,上坪村委会\n"
    "429901102,石桥镇\n429901102201,上坪村委会\n"
)
SQUARE = {"type": "Polygon", "coordinates": [[[115.0, 25.0], [115.2, 25.0], [115.2, 25.2], [115.0, 25.0]]]}


def _upload(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_the_division_table_is_loaded_once(cast: Cast) -> None:
    admin = cast.client("system_admin")
    first = admin.post("/directory/tables/areas", {"areas-file": _upload("a.csv", AREAS)}, follow=True)
    assert "新增8" in first.content.decode()
    again = admin.post("/directory/tables/areas", {"areas-file": _upload("a.csv", AREAS)}, follow=True)
    assert "新增0" in again.content.decode() and "未变8" in again.content.decode()
    village = Area.objects.get(code="429901101201")
    assert village.parent is not None and village.parent.name == "柳溪镇" and village.level == 5
    assert cast.client("clerk").get("/directory/tables").status_code == 403


def test_a_village_is_found_by_what_people_write(cast: Cast) -> None:
    cast.client("system_admin").post("/directory/tables/areas", {"areas-file": _upload("a.csv", AREAS)})
    assert resolve_area("柳溪村", "429901") == Area.objects.get(code="429901101201")
    assert resolve_area("上坪村", "429901") is None  # two of them in the county
    assert resolve_area("上坪村", "429901102000") == Area.objects.get(code="429901102201")
    assert resolve_area("无此村", "429901") is None


def test_a_wrong_file_is_told(cast: Cast) -> None:
    answer = cast.client("system_admin").post(
        "/directory/tables/areas", {"areas-file": _upload("a.csv", "x,y\n1,2\n")}
    )
    assert answer.status_code == 422 and "code" in answer.content.decode()


def test_every_house_knows_sections_and_divisions(cast: Cast) -> None:
    assert (Industry.objects.filter(level=1).count(), Industry.objects.filter(level=2).count()) == (20, 97)
    assert Industry.objects.get(code="21").parent == Industry.objects.get(code="C")


def test_the_full_industry_table_adds_to_it(cast: Cast) -> None:
    text = "id,parent_id,code,name\n1,,C,制造业\n2,1,21,家具制造业\n3,2,211,木质家具制造\n4,3,2110,木质家具制造\n"
    rows = list(read_industries(io.BytesIO(text.encode())))
    actor = cast.system()
    assert actions.load_industries(actor=actor, rows=rows, now=NOW)["new"] == 2
    assert actions.load_industries(actor=actor, rows=rows, now=NOW) == {
        "read": 4,
        "new": 0,
        "changed": 0,
        "same": 4,
    }


def test_a_boundary_is_uploaded_converted_shown_and_taken_off(cast: Cast) -> None:
    clerk = cast.client("clerk")
    typed = {"name": "柳溪镇", "datum": "GCJ-02", "file": _upload("town.geojson", json.dumps(SQUARE))}
    assert clerk.post("/directory/map/upload", typed).status_code == 303
    shape = AreaShape.objects.get(jurisdiction=cast.town)
    assert shape.source_datum == "GCJ-02" and shape.geojson["coordinates"][0][0] != [115.0, 25.0]
    document = clerk.get("/directory/map/shapes").json()
    assert document["type"] == "FeatureCollection" and document["features"][0]["properties"] == {
        "name": "柳溪镇"
    }
    assert "柳溪镇" in clerk.get("/directory/map").content.decode()
    assert cast.client("other_clerk").post(f"/directory/map/shapes/{shape.pk}/drop").status_code == 404
    assert clerk.post(f"/directory/map/shapes/{shape.pk}/drop").status_code == 303
    assert not AreaShape.objects.exists()


def test_what_is_no_map_is_refused(cast: Cast) -> None:
    clerk = cast.client("clerk")
    for text in ("{", "[1]", '{"type":"Point","coordinates":[1,2]}'):
        answer = clerk.post(
            "/directory/map/upload", {"name": "x", "datum": "WGS-84", "file": _upload("x.json", text)}
        )
        assert answer.status_code == 422, text


def test_the_map_lists_what_has_a_place(cast: Cast) -> None:
    actions.change_organization(
        actor=cast.actor("clerk"), organization=cast.firm, now=NOW, latitude=25.6, longitude=115.0
    )
    shown = cast.client("clerk").get("/directory/map", {"kind": "enterprise"}).content.decode()
    assert "云岭市晨光木业有限公司" in shown and "lj-map" in shown
    assert "柳溪远山家居" not in shown.split("lj-map")[1]


DATA = Path(__file__).resolve().parents[5] / "shared" / "data"


@pytest.mark.skipif(not (DATA / "industries").is_dir(), reason="the public tables are not on this machine")
def test_the_public_tables_are_read_whole(cast: Cast) -> None:
    from lianjian.directory.loaders import read_areas

    actor = cast.system()
    with open(DATA / "industries" / "GB-4754-2017.csv", "rb") as file:
        counts = actions.load_industries(actor=actor, rows=read_industries(file), now=NOW)
    assert counts["read"] > 1900 and Industry.objects.filter(code="0111").exists()
    with open(DATA / "divisions" / "areas.csv", "rb") as file:
        assert sum(1 for _row in read_areas(file)) == 2978
