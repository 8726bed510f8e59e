"""Villages that move to a settlement, and cadres posted to villages: dated, counted once, nobody's name where none is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lianjian.directory import actions, figures
from lianjian.directory.actions import merging
from lianjian.directory.models import Membership, Organization, Person, Relocation
from lianjian.directory.queries import relocations as queries
from lianjian.directory.rules import relocations as rules
from lianjian.directory.rules import tags as tag_rules
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from tests.cast import NOW, SINCE, TODAY, Cast

PAPER = "云政办〔2025〕31号"
MOVED = date(2025, 10, 1)


def body(cast: Cast, name: str, kind: str) -> Organization:
    return actions.register_organization(
        actor=cast.actor("clerk"), name=name, classification=kind, parent=cast.town_root, since=SINCE, now=NOW
    )


def move(cast: Cast, village: Organization, to: Organization, households: int, residents: int, **more: Any) -> Relocation:
    given = {"since": MOVED, "document": PAPER, "now": NOW, **more}
    return actions.relocate_village(
        actor=cast.actor("clerk"), village=village, settlement=to, households=households, residents=residents, **given
    )


def figure(cast: Cast, code: str, day: date = TODAY) -> Any:
    [one] = [found for found in figures.INDICATORS if found.code == f"directory.{code}"]
    rows = one.rows(cast.actor("clerk"), Scoped((cast.town.pk,), day, day))
    return sum(getattr(row, one.measure) for row in rows) if one.measure else rows.count()


def test_six_villages_at_one_settlement_are_summed_and_each_knows_where_it_went(cast: Cast) -> None:
    """Checklist 004-08 and 004-21."""
    place = body(cast, "石塘稔沟避险搬迁安置点", "settlement")
    villages = [body(cast, f"{name}村", "village") for name in ("太明沟", "石塘", "稔沟", "曹家沟", "犁园", "上李")]
    for number, village in enumerate(villages, start=1):
        move(cast, village, place, number, 3 * number, whole=number == 6)
    move(cast, villages[0], place, 4, 10, since=TODAY)
    shown = cast.client("other_clerk").get(place.get_absolute_url()).content.decode()
    assert "现有6个村的25户73人" in shown and "太明沟村" in shown and "整村搬迁" in shown
    shown = cast.client("clerk").get(villages[0].get_absolute_url()).content.decode()
    assert "搬迁到" in shown and place.name in shown and PAPER in shown
    assert figure(cast, "relocated_residents") == 73 and figure(cast, "relocated_households") == 25
    assert figure(cast, "relocated_residents", MOVED) == 63
    assert figure(cast, "relocated_residents", MOVED - timedelta(days=1)) == 0
    assert figure(cast, "relocated_villages") == 6
    listed = cast.client("clerk").get(f"{reverse('directory:relocations')}?settlement={place.key}&day={MOVED}")
    assert listed.content.decode().count("犁园村") == 1


def test_what_cannot_be_is_refused_in_words(cast: Cast) -> None:
    place = body(cast, "河湾安置点", "settlement")
    with pytest.raises(rules.NotAVillage):
        move(cast, cast.firm, place, 1, 1)
    with pytest.raises(rules.NotASettlement):
        move(cast, cast.village, cast.firm, 1, 1)
    with pytest.raises(rules.SamePlace):
        move(cast, cast.village, cast.village, 1, 1)
    for households, residents in ((0, 0), (5, 4), (0, 3)):
        with pytest.raises(rules.HouseholdsWrong):
            move(cast, cast.village, place, households, residents)
    with pytest.raises(tag_rules.DocumentMissing):
        move(cast, cast.village, place, 1, 2, document="")
    move(cast, cast.village, place, 3, 9)
    with pytest.raises(rules.RelocationExists):
        move(cast, cast.village, place, 1, 2)
    with pytest.raises(Denied):
        actions.relocate_village(
            actor=cast.actor("other_clerk"), village=cast.village, settlement=place, since=TODAY, households=1,
            residents=2, document=PAPER, now=NOW,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="household_has_a_resident"), transaction.atomic():
        cast.actor("clerk")
        Relocation.objects.create(
            jurisdiction=cast.town, village=cast.village, settlement=place, since=TODAY, households=3, residents=2,
            document=PAPER,
        )  # fmt: skip


def test_a_relocation_is_entered_ended_and_withdrawn_on_pages(cast: Cast) -> None:
    place = body(cast, "河湾安置点", "settlement")
    clerk = cast.client("clerk")
    url = reverse("directory:relocate", kwargs={"key": cast.village.key})
    sent = {"other": place.name, "since": str(MOVED), "households": "3", "residents": "9", "document": PAPER}
    assert clerk.post(url, {**sent, "other": "没有这里"}).status_code == 422
    assert clerk.post(url, {**sent, "residents": "2"}).status_code == 422
    assert clerk.post(url, sent).status_code == 303
    back = reverse("directory:relocate", kwargs={"key": place.key})
    assert clerk.post(back, {**sent, "other": cast.village.name}).status_code == 422  # the same step again
    assert clerk.post(back, {**sent, "other": cast.village.name, "since": str(TODAY)}).status_code == 303
    assert clerk.get(reverse("directory:relocate", kwargs={"key": cast.firm.key})).status_code == 404
    cast.actor("clerk")
    first, second = Relocation.objects.order_by("since")
    end = reverse("directory:end_relocation", kwargs={"key": first.key})
    assert cast.client("other_clerk").get(end).status_code == 403
    assert clerk.post(end, {"how": "end", "until": str(MOVED), "reason": "返迁"}).status_code == 422
    assert clerk.post(end, {"how": "end", "until": str(TODAY), "reason": "返迁"}).status_code == 303
    drop = reverse("directory:end_relocation", kwargs={"key": second.key})
    assert clerk.post(drop, {"how": "withdraw", "reason": "重复"}).status_code == 303
    assert figure(cast, "relocated_residents") == 0
    assert figure(cast, "relocated_residents", TODAY - timedelta(days=1)) == 9
    assert "不在此居住" in clerk.get(place.get_absolute_url()).content.decode()


def cadre(cast: Cast, name: str) -> Person:
    return actions.register_person(actor=cast.actor("clerk"), jurisdiction_id=cast.town.pk, name=name, now=NOW)


def post(cast: Cast, person: Person, village: Organization, sender: Organization, **more: Any) -> Membership:
    given = {"since": MOVED, "now": NOW, **more}
    return actions.post_cadre(actor=cast.actor("clerk"), person=person, village=village, sent_by=sender, **given)


def test_an_institute_posts_eight_cadres_to_four_villages(cast: Cast) -> None:
    """Checklist 004-76."""
    institute = body(cast, "省科学院", "institute")
    villages = [body(cast, f"{name}村", "village") for name in ("百里", "文昌", "梁原", "木林")]
    for number in range(8):
        post(cast, cadre(cast, f"干部{number}"), villages[number % 4], institute, task="产业帮扶")
    assert figure(cast, "posted_cadres") == 8 and figure(cast, "posted_villages") == 4
    assert figure(cast, "posted_cadres", MOVED - timedelta(days=1)) == 0
    clerk = cast.client("clerk")
    shown = clerk.get(institute.get_absolute_url()).content.decode()
    assert "现在向4个村派驻8人" in shown and "产业帮扶" in shown
    shown = clerk.get(villages[0].get_absolute_url()).content.decode()
    assert "干部0" in shown and "干部4" in shown and "干部1" not in shown and institute.name in shown
    listed = clerk.get(f"{reverse('directory:postings')}?sender={institute.key}").content.decode()
    assert listed.count("产业帮扶") >= 8
    figures_page = clerk.get(reverse("insight:figure", kwargs={"code": "directory.posted_cadres"})).content.decode()
    assert "省科学院" in figures_page
    # Names are the people of the place: another town's clerk sees none of them.
    other = cast.client("other_clerk")
    assert "干部0" not in other.get(villages[0].get_absolute_url()).content.decode()
    assert "干部0" not in other.get(reverse("directory:postings")).content.decode()


def test_a_cadre_lives_in_one_village_at_a_time(cast: Cast) -> None:
    institute, second = body(cast, "省科学院", "institute"), body(cast, "百里村", "village")
    person = cadre(cast, "李行")
    first = post(cast, person, cast.village, institute, until=TODAY)
    with pytest.raises(rules.PostedElsewhere, match=cast.village.name):
        post(cast, person, second, institute, since=TODAY - timedelta(days=1))
    post(cast, person, second, institute, since=TODAY)
    with pytest.raises(tag_rules.EndsBefore):
        post(cast, cadre(cast, "王远"), second, institute, until=MOVED)
    with pytest.raises(rules.NotAVillage):
        post(cast, cadre(cast, "赵山"), cast.firm, institute)
    with pytest.raises(rules.SenderIsVillage):
        post(cast, cadre(cast, "钱河"), second, second)
    with pytest.raises(IntegrityError, match="one_village_posting_at_a_time"), transaction.atomic():
        Membership.objects.create(
            jurisdiction=cast.town, person=person, organization=cast.village, role="posted", since=TODAY, sent_by=institute
        )
    with pytest.raises(IntegrityError, match="posting_has_a_sender"), transaction.atomic():
        Membership.objects.create(
            jurisdiction=cast.town, person=cadre(cast, "周木"), organization=second, role="posted", since=SINCE
        )
    assert first.details == {}


def test_a_posting_is_entered_and_ended_on_pages(cast: Cast) -> None:
    institute = body(cast, "省科学院", "institute")
    person = cadre(cast, "李行")
    clerk = cast.client("clerk")
    url = reverse("directory:post_cadre", kwargs={"key": cast.village.key})
    sent = {"person": "李行", "sent_by": institute.name, "since": str(MOVED), "task": "养牛技术"}
    assert clerk.post(url, {**sent, "sent_by": "没有"}).status_code == 422
    assert clerk.post(url, sent).status_code == 303
    assert clerk.post(url, sent).status_code == 422
    assert clerk.get(reverse("directory:post_cadre", kwargs={"key": cast.firm.key})).status_code == 404
    cast.actor("clerk")
    held = Membership.objects.get(person=person)
    assert held.details == {"task": "养牛技术"} and held.sent_by == institute
    end = reverse("directory:end_member", kwargs={"key": held.key})
    assert clerk.post(end, {"until": str(TODAY)}).status_code == 303
    assert "其他时间的派驻" in clerk.get(cast.village.get_absolute_url()).content.decode()
    assert figure(cast, "posted_cadres") == 0
    # The role is given by this page alone.
    assert "posted" not in clerk.get(reverse("directory:member", kwargs={"key": cast.village.key})).content.decode()


def test_two_records_of_one_village_keep_each_move_as_it_was(cast: Cast) -> None:
    """The same move twice is one move; a day of another settlement is nobody's; other numbers are asked about."""
    clerk = cast.actor("clerk")
    one, two = body(cast, "河湾安置点", "settlement"), body(cast, "山前安置点", "settlement")
    double = body(cast, "木香村民委员会", "village")
    move(cast, cast.village, one, 3, 9)
    move(cast, cast.village, two, 2, 5, since=SINCE)
    wrong = move(cast, double, one, 4, 9)
    move(cast, double, two, 6, 20, since=TODAY)
    with pytest.raises(merging.MovedTwice):
        actions.merge_organizations(actor=clerk, winner=cast.village, loser=double, now=NOW)
    actions.drop_relocation(actor=clerk, relocation=wrong, reason="户数不对", now=NOW)
    move(cast, double, one, 3, 9)
    actions.merge_organizations(actor=clerk, winner=cast.village, loser=double, now=NOW)
    rows = Relocation.objects.filter(village=cast.village).order_by("since").values_list("settlement_id", "since", "households")
    assert list(rows) == [(two.pk, SINCE, 2), (one.pk, MOVED, 3), (two.pk, TODAY, 6)]


def test_who_is_posted_to_a_village_that_is_no_more_is_not_counted(cast: Cast) -> None:
    institute, second = body(cast, "省科学院", "institute"), body(cast, "百里村", "village")
    post(cast, cadre(cast, "李行"), second, institute, task="看护")
    post(cast, cadre(cast, "王远"), cast.village, institute)
    actions.dissolve_organization(actor=cast.actor("clerk"), organization=second, on=TODAY, now=NOW)
    assert figure(cast, "posted_cadres") == 1 == figure(cast, "posted_villages")
    assert figure(cast, "posted_cadres", TODAY - timedelta(days=1)) == 2
    clerk = cast.client("clerk")
    shown = clerk.get(institute.get_absolute_url()).content.decode()
    assert "现在向1个村派驻1人" in shown and "其他时间的派驻 1 人次" in shown
    url = f"{reverse('directory:postings')}?sender={institute.key}&day="
    assert "看护" not in clerk.get(f"{url}{TODAY}").content.decode()
    assert "看护" in clerk.get(f"{url}{TODAY - timedelta(days=1)}").content.decode()


def test_sums_are_of_all_rows_although_a_page_shows_some(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "SHOWN", 1)
    place, institute = body(cast, "河湾安置点", "settlement"), body(cast, "省科学院", "institute")
    for name, homes in (("百里村", 2), ("文昌村", 3)):
        village = body(cast, name, "village")
        move(cast, village, place, homes, homes * 3)
        post(cast, cadre(cast, f"{name}干部"), village, institute)
    clerk = cast.client("clerk")
    shown = clerk.get(place.get_absolute_url()).content.decode()
    assert "现有2个村的5户15人" in shown and "这里只列1条" in shown
    assert f"{reverse('directory:relocations')}?settlement={place.key}" in shown
    shown = clerk.get(institute.get_absolute_url()).content.decode()
    assert "现在向2个村派驻2人" in shown and f"{reverse('directory:postings')}?sender={institute.key}" in shown


def test_programs_read_moves_and_postings(cast: Cast) -> None:
    place, institute = body(cast, "河湾安置点", "settlement"), body(cast, "省科学院", "institute")
    move(cast, cast.village, place, 3, 9)
    person = cadre(cast, "李行")
    post(cast, person, cast.village, institute, task="养牛技术")
    base, clerk = "/api/v1/directory", cast.client("clerk")
    [one] = clerk.get(f"{base}/relocations", {"day": str(TODAY), "settlement": str(place.key)}).json()["relocations"]
    assert (one["village_name"], one["settlement"], one["households"], one["residents"], one["since"]) == (
        cast.village.name, str(place.key), 3, 9, str(MOVED),
    )  # fmt: skip
    before = {"day": str(MOVED - timedelta(days=1))}
    assert clerk.get(f"{base}/relocations", before).json() == {"relocations": [], "next": None}
    [one] = clerk.get(f"{base}/postings", {"sent_by": str(institute.key)}).json()["postings"]
    assert (one["name"], one["village"], one["sent_by_name"], one["task"]) == (
        "李行", str(cast.village.key), institute.name, "养牛技术",
    )  # fmt: skip
    assert clerk.get(f"{base}/postings", before).json()["postings"] == []
    assert clerk.get(f"{base}/postings", {"day": "x"}).status_code == 422
    # Numbers are the register's; names are the people of the place.
    other = cast.client("other_clerk")
    assert len(other.get(f"{base}/relocations").json()["relocations"]) == 1
    assert other.get(f"{base}/postings").json()["postings"] == []
