"""What follows from facts, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianjian.directory import rules
from lianjian.directory.loaders import NotATable, read_areas, read_industries

longitudes = st.floats(73.5, 135.0)
latitudes = st.floats(3.9, 53.5)


@given(longitudes, latitudes)
def test_both_datums_convert_there_and_back(longitude: float, latitude: float) -> None:
    point = (longitude, latitude)
    shifted = rules.gcj_from_wgs(*point)
    assert 50 < rules.metres_between(point, shifted) < 1200  # the offset that Chinese maps have
    assert rules.metres_between(point, rules.wgs_from_gcj(*shifted)) < 1


def test_points_abroad_stay() -> None:
    assert rules.gcj_from_wgs(2.35, 48.86) == (2.35, 48.86)


@given(st.lists(st.tuples(longitudes, latitudes), min_size=4, max_size=12))
def test_a_boundary_keeps_its_shape(points: list[tuple[float, float]]) -> None:
    shifted = {"type": "Polygon", "coordinates": [[rules.gcj_from_wgs(*p) for p in points]]}
    back = rules.to_wgs(shifted, "GCJ-02")["coordinates"][0]
    assert all(rules.metres_between(a, (b[0], b[1])) < 1 for a, b in zip(points, back, strict=True))
    assert rules.to_wgs({"type": "Polygon", "coordinates": [points]}, "WGS-84")["type"] == "Polygon"


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]},
        {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 600], [1, 2]]]},
        {"type": "FeatureCollection", "features": []},
        {"type": "Polygon"},
    ],
)
def test_what_is_no_boundary(document: object) -> None:
    assert rules.features_of(document) is None


def test_features_are_named() -> None:
    ring = [[[115, 25], [116, 25], [116, 26], [115, 25]]]
    feature = {
        "type": "Feature",
        "properties": {"name": "甲村"},
        "geometry": {"type": "Polygon", "coordinates": ring},
    }
    assert rules.features_of({"type": "FeatureCollection", "features": [feature]}) == [
        ("甲村", {"type": "Polygon", "coordinates": ring})
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("云岭市晨光木业有限公司", "晨光木业"),
        ("(云岭)云岭市晨光木业有限公司", "晨光木业有限责任公司"),
        ("晨光 木业", "晨光木业有限公司"),
    ],
)
def test_names_worth_a_look(a: str, b: str) -> None:
    assert rules.loose_key(a) == rules.loose_key(b)


def test_place_words_are_learned_from_the_register() -> None:
    names = [f"云岭市{name}有限公司" for name in ("晨光", "远山", "清泉")] + ["好又多超市有限公司"]
    assert rules.place_words(names, ["柳溪镇"]) == ("云岭市", "柳溪镇")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("家具产业链第一党支部", ("party", "branch")),
        ("产业链党支部", ("party", "chain_branch")),
        ("第一党建指导站", ("station", "")),
        ("园区联合党组织", ("party", "joint")),
        ("柳溪镇党委", ("party", "committee")),
        ("柳溪村党总支", ("party", "general_branch")),
        ("五组党员中心户", ("party", "home")),
    ],
)
def test_party_bodies_are_told_by_their_words(text: str, kind: tuple[str, str]) -> None:
    assert rules.party_kind(text) == kind


def test_committees_by_either_name() -> None:
    assert rules.same_committee("中共柳溪镇委员会", "柳溪镇党委")
    assert not rules.same_committee("柳溪镇党委", "石桥镇党委") and not rules.same_committee("甲", "甲")


def test_an_instructor_is_not_shown_the_business() -> None:
    facts = {"industry": "21", "legal_representative": "祁连", "party_members": 3}
    assert "legal_representative" in rules.shown_facts(facts, business=True)
    assert rules.shown_facts(facts, business=False) == {"industry": "21", "party_members": 3}


def _file(text: str) -> object:
    import io

    return io.BytesIO(text.encode("utf-8-sig"))


def test_divisions_of_any_level_are_padded_and_hung_up() -> None:
    text = (
        'code,name\n42,"某省"\n4299,"直辖"\n429901,"云岭县"\n429901101,"柳溪镇"\n429901101201,"柳溪村委会"\n'
    )
    rows = list(read_areas(_file(text)))  # type: ignore[arg-type]
    assert [row.level for row in rows] == [1, 2, 3, 4, 5]
    assert rows[-1].code == "429901101201" and rows[-1].parent == "429901101000"
    assert rows[1].code == "429900000000" and rows[1].parent == "420000000000"


def test_lost_zeros_of_industries_come_back() -> None:
    text = (
        "id,parent_id,code,name\n1,,A,农、林、牧、渔业\n2,1,1,农业\n3,2,11,谷物种植\n4,3,111,稻谷种植\n"
        "5,,C,制造业\n6,5,13,农副食品加工业\n7,6,131,谷物磨制\n8,7,1311,稻谷加工\n"
    )
    rows = list(read_industries(_file(text)))  # type: ignore[arg-type]
    assert [row.code for row in rows] == ["A", "01", "011", "0111", "C", "13", "131", "1311"]
    assert [row.parent for row in rows] == ["", "A", "01", "011", "", "C", "13", "131"]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "code,name\nxyz,某地\n"])
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(NotATable):
        list(read_areas(_file(text)))  # type: ignore[arg-type]
