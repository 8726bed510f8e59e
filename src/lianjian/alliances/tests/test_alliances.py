"""Alliances are founded, joined and left; who stands together on a day is counted as seats, bodies and overlap."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from lianjian.alliances import actions, figures, rules
from lianjian.alliances.models import Alliance, AllianceMember, Brand, Demonstration, Term
from lianjian.alliances.queries import ALLIANCES, alliance_page, count_on, terms
from lianjian.directory import actions as directory
from lianjian.directory.models import Merge, Organization
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from tests.cast import NOW, SINCE, TODAY, Cast

DAY = timedelta(days=1)
MODE = "产业链接型"
STANDING = [
    f"alliances.{name}" for name in ("joint_bodies", "functional", "enterprises", "party_organizations", "villages")
]


def found(cast: Cast, name: str = "家具产业党建联盟", **more: Any) -> Alliance:
    given = {"form": "functional", "mode": MODE, "founded_on": SINCE, "parent": cast.town_root, "now": NOW, **more}
    return actions.found_alliance(actor=cast.actor("clerk"), name=name, **given)


def admit(cast: Cast, alliance: Alliance, body: Organization, **more: Any) -> AllianceMember:
    given = {"since": SINCE, "now": NOW, **more}
    return actions.admit(actor=cast.actor("clerk"), alliance=alliance, organization=body, **given)


def on(cast: Cast, day: date) -> dict[str, tuple[int, int, int]]:
    actor = cast.actor("clerk")
    counted = count_on(actor, day, Alliance.objects.visible_to(actor))
    return {line.kind: (line.tally.total, line.tally.distinct, line.tally.overlap) for line in counted.lines}


def test_formal_and_functional_are_told_apart(cast: Cast) -> None:
    loose = found(cast)
    formal = found(cast, "柳溪联建党总支", form="formal", mode="毗邻协作型")
    assert (loose.organization.classification, formal.organization.classification) == ("joint", "party")
    with pytest.raises(rules.FormalNeedsParty):
        found(cast, "", form="formal", organization=cast.village)
    with pytest.raises(rules.AlreadyAlliance):
        found(cast, "", organization=loose.organization)
    with pytest.raises(rules.UnknownTerm):
        found(cast, "别的联盟", mode="随便型")
    with pytest.raises(Denied):
        actions.found_alliance(
            actor=cast.actor("contact"), form="functional", mode=MODE, name="x", parent=cast.town_root, founded_on=SINCE, now=NOW
        )
    admit(cast, formal, cast.village)
    admit(cast, loose, cast.firm)
    asked = Scoped((cast.town.pk,), TODAY, TODAY)
    clerk = cast.actor("clerk")
    values = {item.code: item.rows(clerk, asked).count() for item in figures.INDICATORS if item.code in STANDING}
    assert values == {
        "alliances.joint_bodies": 1,
        "alliances.functional": 1,
        "alliances.enterprises": 1,
        "alliances.party_organizations": 0,
        "alliances.villages": 1,
    }


def test_seats_bodies_and_overlap(cast: Cast) -> None:
    one, two = found(cast), found(cast, "木业联盟")
    admit(cast, one, cast.firm, role="链主企业")
    admit(cast, one, cast.firm, role="下游企业", since=SINCE + DAY)  # two roles, one seat
    admit(cast, two, cast.firm)
    admit(cast, two, cast.village)
    assert on(cast, TODAY) == {"企业": (2, 1, 1), "村(社区)": (1, 1, 0)}
    actor = cast.actor("clerk")
    shared = count_on(actor, TODAY, Alliance.objects.all()).shared
    assert [(line.name, len(line.alliances)) for line in shared] == [(cast.firm.name, 2)]
    assert on(cast, SINCE - DAY) == {}


def test_who_joins_and_leaves_when(cast: Cast) -> None:
    alliance = found(cast)
    with pytest.raises(rules.BeforeFounding):
        admit(cast, alliance, cast.firm, since=SINCE - DAY)
    with pytest.raises(rules.OwnMember):
        admit(cast, alliance, alliance.organization)
    with pytest.raises(rules.LeavesTooEarly):
        admit(cast, alliance, cast.firm, until=SINCE)
    seat = admit(cast, alliance, cast.firm, role=rules.CHAIR)
    with pytest.raises(rules.AlreadyMember):
        admit(cast, alliance, cast.firm, role=rules.CHAIR, since=SINCE + DAY)
    with pytest.raises(rules.OneChair):
        admit(cast, alliance, cast.village, role=rules.CHAIR, since=SINCE + DAY)
    with pytest.raises(rules.LeavesTooEarly):
        actions.leave(actor=cast.actor("clerk"), seat=seat, until=SINCE, now=NOW)
    actions.leave(actor=cast.actor("clerk"), seat=seat, until=TODAY, now=NOW)
    with pytest.raises(rules.Over):
        actions.leave(actor=cast.actor("clerk"), seat=seat, until=TODAY, now=NOW)
    admit(cast, alliance, cast.village, role=rules.CHAIR, since=TODAY)
    assert on(cast, TODAY - DAY) == {"企业": (1, 1, 0)} and on(cast, TODAY) == {"村(社区)": (1, 1, 0)}
    with pytest.raises(rules.LeavesTooEarly):
        actions.dissolve_alliance(actor=cast.actor("clerk"), alliance=alliance, on=SINCE, now=NOW)
    with pytest.raises(Denied):
        actions.admit(actor=cast.actor("other_clerk"), alliance=alliance, organization=cast.firm, since=TODAY, now=NOW)


def test_a_dissolved_one_stands_on_the_days_before(cast: Cast) -> None:
    alliance = found(cast)
    admit(cast, alliance, cast.firm)
    actions.dissolve_alliance(actor=cast.actor("clerk"), alliance=alliance, on=TODAY, now=NOW)
    assert on(cast, TODAY) == {} and on(cast, TODAY - DAY) == {"企业": (1, 1, 0)}
    alliance.refresh_from_db()
    with pytest.raises(rules.Over):
        admit(cast, alliance, cast.village)


def test_merging_and_renaming_change_no_past_answer(cast: Cast) -> None:
    double = directory.register_organization(
        actor=cast.actor("clerk"), name="恒安木业(老户)", classification="enterprise", parent=cast.town_root, since=SINCE, now=NOW
    )
    one, two = found(cast), found(cast, "木业联盟")
    admit(cast, one, cast.firm)
    admit(cast, one, double)
    admit(cast, two, double)
    before = on(cast, TODAY - DAY)
    assert before == {"企业": (3, 2, 1)}
    directory.merge_organizations(actor=cast.actor("clerk"), winner=cast.firm, loser=double, now=NOW)
    assert on(cast, TODAY - DAY) == before
    assert on(cast, TODAY) == {"企业": (2, 1, 1)}
    assert set(AllianceMember.objects.values_list("organization_id", flat=True)) == {cast.firm.pk}
    directory.change_organization(actor=cast.actor("clerk"), organization=cast.firm, name="恒安新木业有限公司", now=NOW)
    assert on(cast, TODAY - DAY) == before


def test_after_a_merge_one_body_is_one_everywhere(cast: Cast) -> None:
    double = directory.register_organization(
        actor=cast.actor("clerk"), name="老户", classification="enterprise", parent=cast.town_root, since=SINCE, now=NOW
    )
    alliance = found(cast)
    admit(cast, alliance, cast.firm, role="链主企业")
    admit(cast, alliance, double)
    directory.merge_organizations(actor=cast.actor("clerk"), winner=cast.firm, loser=double, now=NOW)
    actor = cast.actor("clerk")
    assert alliance_page(actor, alliance, TODAY).distinct == 1 and alliance_page(actor, alliance, TODAY - DAY).distinct == 2
    assert ALLIANCES.base(actor).values_list("number", flat=True)[0] == 1
    with pytest.raises(rules.AlreadyMember):
        admit(cast, alliance, cast.firm, since=TODAY)


def test_the_record_of_an_alliance_is_not_merged_away(cast: Cast) -> None:
    alliance = found(cast)
    admit(cast, alliance, cast.firm)
    other = directory.register_organization(
        actor=cast.actor("clerk"), name="家具联盟", classification="joint", parent=cast.town_root, since=SINCE, now=NOW
    )
    with pytest.raises(rules.AllianceStays):
        directory.merge_organizations(actor=cast.actor("clerk"), winner=other, loser=alliance.organization, now=NOW)
    directory.merge_organizations(actor=cast.actor("clerk"), winner=alliance.organization, loser=other, now=NOW)
    assert on(cast, TODAY) == {"企业": (1, 1, 0)}


def test_the_dissolved_count_until_their_last_day(cast: Cast) -> None:
    alliance = found(cast)
    admit(cast, alliance, cast.firm)
    directory.dissolve_organization(actor=cast.actor("clerk"), organization=cast.firm, on=TODAY, now=NOW)
    assert on(cast, TODAY) == {} and on(cast, TODAY - DAY) == {"企业": (1, 1, 0)}


def test_a_seat_written_down_by_mistake_goes(cast: Cast) -> None:
    alliance = found(cast)
    wrong = admit(cast, alliance, cast.firm, since=date(2062, 1, 1))
    actions.drop_seat(actor=cast.actor("clerk"), seat=wrong, now=NOW)
    admit(cast, alliance, cast.firm, since=date(2062, 1, 1))
    actions.dissolve_alliance(actor=cast.actor("clerk"), alliance=alliance, on=TODAY, now=NOW)
    assert not AllianceMember.objects.exists()


def test_a_thousand_random_histories_against_brute_force(cast: Cast) -> None:
    """Each alliance is one history: seats at random, and merges of its members at random days."""
    cast.actor("clerk")
    dice, histories = Random(4), 1_000
    first = date(2024, 1, 1)
    pool = Organization.objects.bulk_create(
        Organization(
            jurisdiction=cast.town,
            name=f"随机{number}号",
            name_key=f"随机{number}号",
            classification="enterprise" if number % 3 else "village",
            changed_at=NOW,
        )
        for number in range(60)
    )
    heads = Organization.objects.bulk_create(
        Organization(jurisdiction=cast.town, name=f"联盟{n}", name_key=f"联盟{n}", classification="joint", changed_at=NOW)
        for n in range(histories)
    )
    alliances = Alliance.objects.bulk_create(
        Alliance(jurisdiction=cast.town, organization=head, form="functional", mode=MODE, founded_on=first) for head in heads
    )
    seats, plain = [], []
    for alliance in alliances:
        for number in dice.sample(range(60), dice.randrange(1, 6)):
            day = dice.randrange(0, 300)
            for _stay in range(dice.randrange(1, 3)):
                length = dice.choice((None, dice.randrange(1, 90)))
                since = first + day * DAY
                until = None if length is None else since + length * DAY
                seats.append(
                    AllianceMember(
                        jurisdiction=cast.town,
                        alliance=alliance,
                        organization=pool[number],
                        entered_as=pool[number].pk,
                        role=rules.MEMBER,
                        since=since,
                        until=until,
                    )
                )
                plain.append((alliance.pk, pool[number].pk, since, until))
                if until is None:
                    break
                day += length + dice.randrange(0, 30)
    AllianceMember.objects.bulk_create(seats)
    # Chains of merges: 40 into 20 into 0 and so on, each on a day of its own, some taken back.
    gone: dict[int, tuple[int, date]] = {}
    for number in range(20, 60):
        on_day = first + dice.randrange(0, 360) * DAY
        undone = dice.random() < 0.2
        loser, winner = pool[number], pool[number - 20]
        Merge.objects.create(
            jurisdiction=cast.town,
            winner=winner,
            loser=loser,
            at=datetime.combine(on_day, datetime.min.time(), CHINA) + timedelta(hours=15),
            by="x",
            undone_at=NOW if undone else None,
        )
        if not undone:
            gone[loser.pk] = (winner.pk, on_day)
    kinds = {one.pk: str(one.get_classification_display()) for one in pool}

    def body(pk: int, day: date) -> int:
        while pk in gone and gone[pk][1] <= day:
            pk = gone[pk][0]
        return pk

    for _look in range(25):
        day = first + dice.randrange(-2, 420) * DAY
        held = {(a, body(pk, day)) for a, pk, since, until in plain if since <= day and (until is None or until > day)}
        wanted = {}
        for kind in {kinds[one] for _a, one in held}:
            mine = [one for _a, one in held if kinds[one] == kind]
            wanted[kind] = (len(mine), len(set(mine)), len(mine) - len(set(mine)))
        assert on(cast, day) == wanted, day


def test_an_office_adds_words_of_its_own(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    term = actions.add_term(actor=clerk, list_code="chain", name="家具", now=NOW)
    for name in ("家具", "龙头带动型"):
        with pytest.raises(rules.TermExists):
            actions.add_term(actor=clerk, list_code="chain" if name == "家具" else "mode", name=name, now=NOW)
    alliance = found(cast, chain="家具")
    assert ("家具", "家具") in terms(cast.town.pk, "chain") and ("家具", "家具") not in terms(cast.other_town.pk, "chain")
    actions.retire_term(actor=cast.actor("clerk"), term=term, now=NOW)
    with pytest.raises(rules.UnknownTerm):
        found(cast, "第二联盟", chain="家具")
    changed = actions.change_alliance(actor=cast.actor("clerk"), alliance=alliance, mode=MODE, chain="家具", now=NOW)
    assert changed.chain == "家具"  # what has it keeps it
    actions.retire_term(actor=cast.actor("clerk"), term=term, again=True, now=NOW)
    assert Term.objects.get().retired_on is None


def test_one_or_two_demonstration_projects_a_year_and_one_brand_a_body(cast: Cast) -> None:
    alliance = found(cast)
    for title in ("一号项目", "二号项目"):
        actions.name_demonstration(actor=cast.actor("clerk"), alliance=alliance, year=2026, title=title, now=NOW)
    with pytest.raises(rules.TooManyDemonstrations):
        actions.name_demonstration(actor=cast.actor("clerk"), alliance=alliance, year=2026, title="三号", now=NOW)
    actions.name_demonstration(actor=cast.actor("clerk"), alliance=alliance, year=2027, title="三号", now=NOW)
    assert Demonstration.objects.count() == 3
    for name, since in (("红色木匠", SINCE), ("匠心先锋", TODAY)):
        actions.set_brand(actor=cast.actor("clerk"), organization=alliance.organization, name=name, since=since, now=NOW)
    with pytest.raises(rules.LeavesTooEarly):
        actions.set_brand(actor=cast.actor("clerk"), organization=alliance.organization, name="又一个", since=TODAY, now=NOW)
    assert list(Brand.objects.order_by("pk").values_list("name", "until")) == [("红色木匠", TODAY), ("匠心先锋", None)]


def _bodies(cast: Cast, kind: str, count: int) -> list[Organization]:
    return Organization.objects.bulk_create(
        Organization(
            jurisdiction=cast.town, name=f"{kind}{n}号", name_key=f"{kind}{n}", classification=kind, changed_at=NOW
        )
        for n in range(count)
    )


def _stand(cast: Cast, form: str, mode: str, name: str, members: list[Organization]) -> Alliance:
    [head] = Organization.objects.bulk_create(
        [Organization(jurisdiction=cast.town, name=name, name_key=name, classification="party", changed_at=NOW)]
    )
    alliance = Alliance.objects.create(
        jurisdiction=cast.town, organization=head, form=form, mode=mode, founded_on=SINCE
    )
    AllianceMember.objects.bulk_create(
        AllianceMember(
            jurisdiction=cast.town,
            alliance=alliance,
            organization=one,
            entered_as=one.pk,
            role=rules.MEMBER,
            since=SINCE,
        )
        for one in members
    )
    return alliance


def test_the_numbers_of_the_five_places(cast: Cast) -> None:
    """Checklist 002-27, 002-28: 118 party organizations, 124 enterprises; 004-11, 15, 16: 7 modes, 58 bodies, 197 villages."""
    clerk = cast.actor("clerk")
    parties, firms = _bodies(cast, "party", 118), _bodies(cast, "enterprise", 124)
    for number in range(5):  # each fifth one stands in two industries
        mine = [*parties[number::5], *firms[number::5], *firms[(number + 1) % 5 :: 25]]
        _stand(cast, "functional", MODE, f"产业联盟{number}", mine)
    villages, modes = _bodies(cast, "village", 197), rules.LISTS["mode"][1]
    for number in range(58):
        _stand(cast, "formal", modes[number % 7], f"联建党组织{number}", villages[number::58])
    asked = Scoped((cast.town.pk,), TODAY, TODAY)
    values = {item.code: item.rows(clerk, asked).count() for item in figures.INDICATORS if item.code in STANDING}
    assert values == {
        "alliances.joint_bodies": 58,
        "alliances.functional": 5,
        "alliances.enterprises": 124,
        "alliances.party_organizations": 118,
        "alliances.villages": 197,
    }
    formal = count_on(clerk, TODAY, Alliance.objects.filter(form="formal"))
    assert dict(formal.modes) == {mode: 9 if place < 2 else 8 for place, mode in enumerate(modes)}
    lines = {line.code: line.tally for line in count_on(clerk, TODAY, Alliance.objects.all()).lines}
    assert lines["enterprise"].distinct == 124 and lines["enterprise"].overlap == lines["enterprise"].total - 124 > 0
    assert (lines["party"].total, lines["village"].distinct) == (118, 197)
