"""Ownership of an enterprise: typed, imported, shown, filtered, merged; figures are taken apart by the field."""

from __future__ import annotations

from datetime import date
from typing import Any

from lianjian.directory import actions
from lianjian.directory.actions.bulk import store_enterprises
from lianjian.directory.models import Organization
from lianjian.directory.queries import sector_of
from lianjian.directory.queries.merging import conflicts
from lianjian.directory.rules.sectors import FIRMS, OF_KIND, OF_OWNERSHIP, OWNERSHIPS, SECTORS, sector_word
from lianjian.partylife import actions as partylife
from tests.cast import NOW, Cast, code

from .batches import Batch, rows


def _owned(cast: Cast, ownership: str, firm: Organization | None = None) -> None:
    actions.set_profile(actor=cast.actor("clerk"), organization=firm or cast.firm, ownership=ownership, now=NOW)


def test_it_is_typed_shown_filtered_and_read(cast: Cast) -> None:
    clerk = cast.client("clerk")
    change = f"/directory/organizations/{cast.firm.key}/change"
    sent = {"name": cast.firm.name, "short_name": "晨光木业", "code": code(1), "ownership": "state"}
    assert clerk.post(change, {**sent, "ownership": "martian"}).status_code == 422
    assert clerk.post(change, sent).status_code == 303
    assert "国有(含国有控股)" in clerk.get(f"/directory/organizations/{cast.firm.key}").content.decode()
    listed = "/directory/organizations?state=enterprise&ownership="
    named = {word: cast.firm.name in clerk.get(listed + word).content.decode() for word in ("state", "private", "unknown")}
    assert named == {"state": True, "private": False, "unknown": False}
    assert cast.second_firm.name in clerk.get(listed + "unknown").content.decode()
    [read] = clerk.get("/api/v1/directory/organizations", {"q": code(1)}).json()["organizations"]
    assert read["ownership"] == "state"
    clerk.cookies["language"] = "en"
    assert "State-owned" in clerk.get(f"/directory/organizations/{cast.firm.key}").content.decode()


def test_a_sheet_brings_it_and_an_empty_cell_keeps_it(cast: Cast) -> None:
    def store(**values: Any) -> str:
        batch = Batch(cast.town.pk, cast.town_root, 2024)
        row = {"name": "柳溪新芽电子有限公司", "code": code(70), **values}
        store_enterprises(actor=cast.actor("clerk"), batch=batch, rows=rows(row), now=NOW)
        return str(Organization.objects.get(code=code(70)).enterprise.ownership)

    assert store(ownership="collective") == "collective"
    assert store() == "collective", "an empty cell never erases"
    assert store(ownership="混合") == "collective", "words that are none of the list are not taken for one"
    assert store(ownership="foreign") == "foreign"


def test_a_merge_asks_which_is_right_in_words(cast: Cast) -> None:
    _owned(cast, "state")
    _owned(cast, "private", cast.second_firm)
    winner, loser = (Organization.objects.get(pk=one.pk) for one in (cast.firm, cast.second_firm))
    told = {one.field: (one.winner, one.loser) for one in conflicts(winner, loser)}
    assert told["ownership"] == ("国有(含国有控股)", "民营(私营)")


def test_every_kind_of_body_stands_in_a_field(cast: Cast) -> None:
    made = {}
    for kind in Organization.Classification.values:
        for ownership in ("", *OWNERSHIPS) if kind in FIRMS else ("",):
            body = Organization(classification=kind, name=f"{kind}{ownership}")
            made[body.name] = (kind, ownership)
            body = actions.register_organization(
                actor=cast.actor("clerk"), name=f"柳溪样本{body.name}", classification=kind, parent=cast.town_root,
                since=date(2024, 1, 1), now=NOW, profile={"ownership": ownership} if kind == "enterprise" and ownership else None,
            )  # fmt: skip
    found = dict(
        Organization.objects.filter(name__startswith="柳溪样本").annotate(sector=sector_of("parent")).values_list("name", "sector")
    )
    assert set(found.values()) == {"organ"}
    child = Organization.objects.filter(name__startswith="柳溪样本")
    for body in child:
        kind, ownership = made[body.name.removeprefix("柳溪样本")]
        below = actions.register_organization(
            actor=cast.actor("clerk"), name=f"{body.name}下属", classification="other", parent=body,
            since=date(2024, 1, 1), now=NOW,
        )  # fmt: skip
        sector = Organization.objects.annotate(sector=sector_of("parent")).get(pk=below.pk).sector
        own = OF_OWNERSHIP.get(ownership, "firm") if kind == "enterprise" else "firm" if kind in FIRMS else OF_KIND.get(kind, "other")
        assert sector == own and sector_word(sector) == SECTORS[own], (kind, ownership)


def test_steps_and_pairs_are_taken_apart_by_the_field(cast: Cast) -> None:
    _owned(cast, "private")
    _owned(cast, "state", cast.second_firm)
    day = date(2026, 2, 10)
    for name, firm in (("梁田", cast.firm), ("谷雨", cast.firm), ("石岩", cast.second_firm)):
        partylife.record_application(
            actor=cast.actor("clerk"), person=name, enterprise=firm, applied_on=day, now=NOW
        )
    clerk = cast.client("clerk")
    page = clerk.get("/figures/partylife.applications/?period=2026").content.decode()
    assert "按领域" in page
    apart = page.split("按领域", 1)[1]
    assert apart.index("非公有制企业") < apart.index("国有企业"), "the larger part first"
    only = clerk.get("/figures/partylife.applications/?period=2026&part=state_firm").content.decode()
    assert "石岩" in only and "梁田" not in only
