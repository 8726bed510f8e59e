"""Two records become one: everything follows, nothing overlaps, and it can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import serializers
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lianjian.directory import actions
from lianjian.directory.actions.merging import OtherKind
from lianjian.directory.actions.organizations import AlreadyMerged
from lianjian.directory.actions.unmerging import ChangedSince
from lianjian.directory.models import Alias, EnterpriseYear, Likeness, Link, Membership, Merge, Organization
from lianjian.directory.queries.merging import _words, references
from lianjian.directory.queries.trees import paths_differ
from lianjian.foundation.errors import Refused
from lianjian.foundation.rights import Denied
from tests.cast import NOW, SINCE, TODAY, Cast, code

LATER = NOW + timedelta(hours=1)


class Undo(Exception):
    """Takes back what one example did."""


@pytest.fixture
def doubled(cast: Cast) -> Organization:
    """A second record of the cast's firm, with things hanging on it."""
    actor = cast.actor("clerk")
    record = actions.register_organization(
        actor=actor,
        name="晨光木业",
        classification="enterprise",
        parent=cast.office,
        since=SINCE,
        now=NOW,
        code=code(9),
        address="工业大道9号",
        tags=["重点企业"],
        profile={"legal_representative": "祁连", "party_members": 4},
    )
    actions.set_enterprise_year(actor=actor, organization=record, year=2024, staff=88, now=NOW)
    actions.link_organizations(
        actor=actor,
        kind="coverage",
        source=cast.second_station,
        target=record,
        since=date(2023, 6, 1),
        now=NOW,
    )
    actions.link_organizations(
        actor=actor, kind="horizontal", source=cast.village, target=record, since=SINCE, now=NOW
    )
    actions.add_membership(
        actor=actor,
        person=cast.people["instructor"],
        organization=record,
        role="instructor",
        since=SINCE,
        now=NOW,
    )
    actions.register_organization(
        actor=actor, name="晨光木业一车间", classification="other", parent=record, since=SINCE, now=NOW
    )
    return record


def _merge(cast: Cast, loser: Organization, **more: Any) -> Merge:
    winner, fresh = (Organization.objects.get(pk=o.pk) for o in (cast.firm, loser))
    return actions.merge_organizations(
        actor=cast.actor("clerk"), winner=winner, loser=fresh, now=LATER, **more
    )


def _state() -> set[str]:
    """Every row that a merge may touch, as text, without the times of change and search columns."""
    rows: list[Any] = []
    for model in (Organization, Alias, Link, Membership, EnterpriseYear):
        rows += model.objects.all()
    rows += [o.enterprise for o in Organization.objects.filter(enterprise__isnull=False)]
    found = set()
    for row in serializers.serialize("python", rows):
        row["fields"].pop("changed_at", None)
        row["fields"].pop("search", None)
        found.add(str((row["model"], row["pk"], sorted(row["fields"].items(), key=str))))
    return found


def test_everything_follows_the_winner(cast: Cast, doubled: Organization) -> None:
    merge = _merge(cast, doubled)
    firm = Organization.objects.get(pk=cast.firm.pk)
    assert firm.address == "工业大道9号" and firm.tags == ["重点企业"] and firm.code == cast.firm.code
    assert firm.enterprise.legal_representative == "祁连" and firm.enterprise.party_members == 4
    assert EnterpriseYear.objects.get(organization=firm, year=2024).staff == 88
    assert Organization.objects.get(name="晨光木业一车间").path.startswith(firm.path)
    assert Link.objects.filter(kind="horizontal", target=firm).exists()
    coverage = list(
        Link.objects.filter(kind="coverage", target=firm).order_by("since").values_list("since", "until")
    )
    assert coverage == [(date(2023, 6, 1), SINCE), (SINCE, None)]  # shortened to the days that were free
    assert Membership.objects.filter(organization=firm, role="instructor").count() == 1
    assert not Membership.objects.filter(organization=doubled).exists()
    assert paths_differ() == [] and merge.moved
    for reference in references():
        left = reference.model._base_manager.filter(**{reference.field: doubled.pk})
        assert all(getattr(row, "kind", "") == "administration" for row in left), reference.label


def test_the_old_address_leads_to_the_winner_and_the_name_is_found(cast: Cast, doubled: Organization) -> None:
    clerk = cast.client("clerk")
    address = f"/directory/organizations/{cast.firm.key}/merge/{doubled.key}"
    shown = clerk.get(address).content.decode()
    assert "任职与成员" in shown and "统一社会信用代码" in shown
    answer = clerk.post(address, {"code": "winner"})
    assert answer.status_code == 303, answer.content.decode()
    old = clerk.get(f"/directory/organizations/{doubled.key}")
    assert old.status_code == 303 and old.headers["Location"].endswith(str(cast.firm.key))
    assert (
        "云岭市晨光木业有限公司" in clerk.get("/directory/organizations", {"q": "晨光木业"}).content.decode()
    )
    record = clerk.get(f"/directory/organizations/{cast.firm.key}").content.decode()
    assert "并入的记录" in record and "撤销合并" in record
    key = Merge.objects.get().key
    assert clerk.post(f"/directory/merges/{key}/undo").status_code == 303
    assert clerk.get(f"/directory/organizations/{doubled.key}").status_code == 200


def test_a_merge_taken_back_leaves_no_trace(cast: Cast, doubled: Organization) -> None:
    before = _state()
    merge = _merge(cast, doubled, choices={"code": "loser"})
    assert Organization.objects.get(pk=cast.firm.pk).code == code(9)
    actions.unmerge(actor=cast.actor("clerk"), merge=Merge.objects.get(pk=merge.pk), now=LATER)
    assert _state() == before
    assert paths_differ() == []


def test_what_was_built_upon_stays(cast: Cast, doubled: Organization) -> None:
    merge = _merge(cast, doubled)
    actor = cast.actor("clerk")
    firm = Organization.objects.get(pk=cast.firm.pk)
    actions.change_organization(
        actor=actor, organization=firm, now=LATER + timedelta(minutes=1), address="另一处"
    )
    with pytest.raises(ChangedSince):
        actions.unmerge(actor=actor, merge=Merge.objects.get(pk=merge.pk), now=LATER)


def test_a_merged_record_takes_no_more_acts(cast: Cast, doubled: Organization) -> None:
    _merge(cast, doubled)
    gone = Organization.objects.get(pk=doubled.pk)
    with pytest.raises(AlreadyMerged):
        actions.change_organization(actor=cast.actor("clerk"), organization=gone, now=LATER, address="x")
    with pytest.raises(AlreadyMerged):
        _merge(cast, gone)


def test_what_cannot_be_merged(cast: Cast, doubled: Organization) -> None:
    with pytest.raises(OtherKind):
        _merge(cast, cast.village)
    with pytest.raises(Denied):
        actions.merge_organizations(
            actor=cast.actor("clerk"), winner=cast.firm, loser=cast.other_firm, now=NOW
        )


@settings(max_examples=20)
@given(
    spans=st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from(["coverage", "horizontal", "party"]),
            st.integers(0, 900),
            st.integers(1, 400),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_whatever_overlaps_the_merge_holds(cast: Cast, doubled: Organization, spans: list[Any]) -> None:
    actor = cast.actor("clerk")
    sources = {"coverage": cast.second_station, "horizontal": cast.village, "party": cast.branch}

    try:
        with transaction.atomic():
            for mine, kind, start, length, open_end in spans:
                since = date(2022, 1, 1) + timedelta(days=start)
                until = None if open_end else since + timedelta(days=length)
                try:
                    actions.link_organizations(
                        actor=actor,
                        kind=kind,
                        source=sources[kind],
                        target=cast.firm if mine else doubled,
                        since=since,
                        until=until,
                        now=NOW,
                    )
                except Refused:
                    continue
            before = _state()
            merge = _merge(cast, doubled)
            rows = (
                Link.objects.filter(target=cast.firm, kind="coverage")
                .order_by("since")
                .values_list("since", "until")
            )
            spans_now = [(since, until or date.max) for since, until in rows]
            assert all(a[1] <= b[0] for a, b in zip(spans_now, spans_now[1:], strict=False))
            assert not Link.objects.filter(target=doubled).exclude(kind="administration").exists()
            assert paths_differ() == []
            actions.unmerge(actor=actor, merge=Merge.objects.get(pk=merge.pk), now=LATER)
            assert _state() == before
            raise Undo
    except Undo:
        pass


def test_doubles_are_found_decided_and_not_shown_again(cast: Cast, doubled: Organization) -> None:
    clerk = cast.client("clerk")
    assert clerk.post("/directory/doubles/search").status_code == 303
    shown = clerk.get("/directory/doubles").content.decode()
    assert "云岭市晨光木业有限公司" in shown and "字号相同" in shown
    row = Likeness.objects.get()
    assert clerk.post(f"/directory/doubles/{row.key}/different").status_code == 303
    assert clerk.post("/directory/doubles/search").status_code == 303
    assert "云岭市晨光木业有限公司" not in clerk.get("/directory/doubles").content.decode()
    assert TODAY and Likeness.objects.get().state == "different"


def test_the_preview_names_every_record_in_words() -> None:
    """A clerk reads what a merge would move, not the names of tables."""
    bare = {words for words in map(_words, references()) if words.isascii()}
    assert not bare, f"add to config/journal_parts.py: {bare}"
