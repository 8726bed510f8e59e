"""The tree: one parent at a time, the path its projection, past days as they were."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lianjian.directory import actions
from lianjian.directory.actions.moving import HasUnits, RootStays
from lianjian.directory.actions.organizations import InsideItself
from lianjian.directory.actions.standing import NotYet
from lianjian.directory.models import Organization
from lianjian.directory.queries.trees import nodes_on
from lianjian.directory.rules import formula
from tests.cast import NOW, SINCE, TODAY, Cast


def test_a_past_day_keeps_its_tree(cast: Cast) -> None:
    actor = cast.actor("clerk")
    actions.move_organization(
        actor=actor, organization=cast.firm, parent=cast.office, since=date(2026, 2, 1), now=NOW
    )
    before = {row[0]: row[1] for row in nodes_on(cast.town_root, date(2026, 1, 31), today=TODAY)}
    after = {row[0]: row[1] for row in nodes_on(cast.town_root, date(2026, 2, 1), today=TODAY)}
    assert (before[cast.firm.pk], after[cast.firm.pk]) == (cast.town_root.pk, cast.office.pk)
    clerk = cast.client("clerk")
    shown = clerk.get("/directory/tree", {"on": "2026-01-31"}).content.decode()
    assert "2026年1月31日" in shown and "云岭市晨光木业有限公司" in shown


def test_children_follow_their_parent(cast: Cast) -> None:
    actor = cast.actor("clerk")
    actions.move_organization(
        actor=actor, organization=cast.firm, parent=cast.office, since=date(2026, 2, 1), now=NOW
    )
    office = Organization.objects.get(pk=cast.office.pk)
    actions.move_organization(
        actor=actor, organization=office, parent=cast.housing, since=date(2026, 2, 2), now=NOW
    )
    firm = Organization.objects.get(pk=cast.firm.pk)
    assert firm.path.startswith(Organization.objects.get(pk=cast.housing.pk).path) and firm.depth == 4


def test_what_the_tree_refuses(cast: Cast) -> None:
    actor = cast.actor("clerk")
    actions.move_organization(actor=actor, organization=cast.firm, parent=cast.office, since=TODAY, now=NOW)
    office = Organization.objects.get(pk=cast.office.pk)
    firm = Organization.objects.get(pk=cast.firm.pk)
    with pytest.raises(InsideItself):
        actions.move_organization(actor=actor, organization=office, parent=firm, since=TODAY, now=NOW)
    with pytest.raises(NotYet):
        actions.move_organization(
            actor=actor, organization=firm, parent=cast.housing, since=TODAY + timedelta(days=1), now=NOW
        )
    with pytest.raises(HasUnits):
        actions.dissolve_organization(actor=actor, organization=office, on=TODAY, now=NOW)
    with pytest.raises(RootStays):
        actions.dissolve_organization(actor=actor, organization=cast.town_root, on=TODAY, now=NOW)


def test_the_tree_has_one_writer(cast: Cast) -> None:
    from lianjian.directory.actions.links import UseMove

    with pytest.raises(UseMove):
        actions.link_organizations(
            actor=cast.actor("clerk"),
            kind="administration",
            source=cast.office,
            target=cast.firm,
            since=SINCE,
            now=NOW,
        )


def test_the_formula_is_counted_from_the_tree(cast: Cast) -> None:
    assert formula(["committee", "station", "station", "station", *["chain_branch"] * 10])[0] == "1+3+10"
    shown = cast.client("clerk").get("/directory/tree").content.decode()
    assert "1+2+1" in shown  # one committee, two stations, one branch


def test_large_trees_fetch_branches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from lianjian.directory.queries import trees

    monkeypatch.setattr(trees, "WHOLE_UP_TO", 2)
    actions.move_organization(
        actor=cast.actor("clerk"), organization=cast.firm, parent=cast.office, since=SINCE, now=NOW
    )
    clerk = cast.client("clerk")
    shown = clerk.get("/directory/tree").content.decode()
    assert "data-src" in shown and "云岭市晨光木业有限公司" not in shown
    part = clerk.get(f"/directory/tree/{cast.office.key}").content.decode()
    assert "云岭市晨光木业有限公司" in part and part.strip().startswith("<ul>")
