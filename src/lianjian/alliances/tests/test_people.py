"""People take roles in alliances, from day to day, and are counted apart from bodies."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lianjian.alliances import actions, figures, rules
from lianjian.alliances.models import Alliance, PersonSeat
from lianjian.alliances.queries import alliance_page, count_on, people_line
from lianjian.alliances.rules.people import PersonSeated
from lianjian.directory.models import Organization, Person
from lianjian.foundation.declare import Scoped
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from tests.cast import NOW, SINCE, TODAY, Cast

from .test_alliances import DAY, MODE, admit, found, on

LATER = date(2026, 2, 1)


def seat(cast: Cast, alliance: Alliance, who: str = "village", **more: Any) -> PersonSeat:
    given = {"person": cast.people[who], "role": "召集人", "since": SINCE, "now": NOW, **more}
    return actions.seat_person(actor=cast.actor("clerk"), alliance=alliance, **given)


def people(cast: Cast, day: date, who: str = "clerk") -> tuple[int, int, int] | None:
    actor = cast.actor(who)
    line = people_line(actor, day, Alliance.objects.visible_to(actor))
    return (line.tally.total, line.tally.distinct, line.tally.overlap) if line else None


def test_several_roles_at_a_time_one_role_once(cast: Cast) -> None:
    alliance = found(cast)
    first = seat(cast, alliance, on_behalf=cast.village)
    seat(cast, alliance, role="技术顾问")
    with pytest.raises(PersonSeated):
        seat(cast, alliance, since=LATER)
    with pytest.raises(PersonSeated):  # on behalf of whom makes no difference
        seat(cast, alliance, since=LATER, on_behalf=cast.firm)
    with pytest.raises(rules.BeforeFounding):
        seat(cast, alliance, who="contact", since=SINCE - DAY)
    with pytest.raises(rules.LeavesTooEarly):
        seat(cast, alliance, who="contact", until=SINCE)
    with pytest.raises(rules.UnknownTerm):
        seat(cast, alliance, who="contact", role="总指挥")
    actions.end_person_seat(actor=cast.actor("clerk"), seat=first, until=LATER, now=NOW)
    with pytest.raises(rules.Over):
        actions.end_person_seat(actor=cast.actor("clerk"), seat=first, until=TODAY, now=NOW)
    seat(cast, alliance, since=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():  # the database itself says so, whoever writes
        PersonSeat.objects.create(
            jurisdiction=cast.town, alliance=alliance, person=cast.people["village"], role="召集人", since=TODAY
        )
    assert people(cast, TODAY) == (1, 1, 0) and on(cast, TODAY) == {}
    with pytest.raises(Denied):
        actions.seat_person(
            actor=cast.actor("other_clerk"), alliance=alliance, person=cast.people["other_clerk"], role="召集人", since=TODAY, now=NOW
        )


def test_a_mistake_is_corrected_or_taken_back(cast: Cast) -> None:
    alliance = found(cast)
    wrong = seat(cast, alliance, since=LATER)
    other = seat(cast, alliance, role="联络员", since=LATER)
    clerk = cast.actor("clerk")
    put = actions.correct_person_seat(
        actor=clerk, seat=wrong, role="链长", since=SINCE, until=TODAY, on_behalf=cast.town_root, ground="1号文", now=NOW
    )
    put.refresh_from_db()
    assert (put.role, put.since, put.until, put.on_behalf_id) == ("链长", SINCE, TODAY, cast.town_root.pk)
    with pytest.raises(PersonSeated):
        actions.correct_person_seat(actor=cast.actor("clerk"), seat=other, role="链长", since=SINCE, now=NOW)
    other.refresh_from_db()
    entries = Entry.objects.filter(verb="alliances.correct_person_seat").count()
    actions.correct_person_seat(actor=cast.actor("clerk"), seat=other, role="联络员", since=LATER, now=NOW)
    assert Entry.objects.filter(verb="alliances.correct_person_seat").count() == entries == 1  # nothing changed
    actions.drop_person_seat(actor=cast.actor("clerk"), seat=other, now=NOW)
    assert list(PersonSeat.objects.values_list("role", flat=True)) == ["链长"]


def test_the_end_of_an_alliance_ends_its_seats(cast: Cast) -> None:
    alliance = found(cast)
    seat(cast, alliance)
    seat(cast, alliance, who="contact", since=date(2062, 1, 1))
    actions.dissolve_alliance(actor=cast.actor("clerk"), alliance=alliance, on=TODAY, now=NOW)
    assert [one.until for one in PersonSeat.objects.all()] == [TODAY]
    assert people(cast, TODAY) is None and people(cast, TODAY - DAY) == (1, 1, 0)
    with pytest.raises(rules.Over):
        seat(cast, alliance, who="contact")


def test_people_are_counted_once_and_apart_from_bodies(cast: Cast) -> None:
    one, two = found(cast), found(cast, "木业联盟")
    admit(cast, one, cast.firm)
    seat(cast, one)
    seat(cast, one, role="联络员")
    seat(cast, two)
    seat(cast, two, who="contact", until=LATER)
    assert people(cast, TODAY) == (2, 1, 1) and people(cast, SINCE) == (3, 2, 1)
    actor = cast.actor("clerk")
    counted = count_on(actor, TODAY, Alliance.objects.all())
    assert [line.code for line in counted.lines] == ["enterprise"]
    assert counted.people and [(who.name, len(who.alliances)) for who in counted.people.bodies] == [("石岩", 2)]
    [figure] = [item for item in figures.INDICATORS if item.code == "alliances.people"]
    assert [who.name for who in figure.rows(actor, Scoped((cast.town.pk,), TODAY, TODAY))] == ["石岩"]
    page = alliance_page(actor, two, SINCE)
    assert (page.people_distinct, [who.name for who in page.people]) == (2, ["丁宁", "石岩"])
    assert [who.name for who in alliance_page(actor, two, TODAY).past_people] == ["丁宁"]


def test_who_sees_whom(cast: Cast) -> None:
    """Least personal data: another town reads the alliance, not the people; a firm only those that are published."""
    alliance = found(cast)
    seat(cast, alliance)
    assert people(cast, TODAY, "leader") == (1, 1, 0)
    assert people(cast, TODAY, "other_clerk") is None
    assert people(cast, TODAY, "contact") is None
    cast.actor("clerk")
    Person.objects.filter(pk=cast.people["village"].pk).update(name_published=True)
    assert people(cast, TODAY, "contact") == (1, 1, 0)
    assert people(cast, TODAY, "other_clerk") is None
    url = reverse("alliances:alliance", kwargs={"key": alliance.key})
    shown = cast.client("contact").get(url).content.decode()
    assert "石岩" in shown and "/directory/people/" not in shown.split("<main", 1)[1]
    assert "石岩" not in cast.client("other_clerk").get(url).content.decode()


def test_a_thousand_random_histories_of_people_against_brute_force(cast: Cast) -> None:
    """Each alliance is one history: people, roles and stays at random; the database refuses what overlaps."""
    cast.actor("clerk")
    dice, histories = Random(11), 1_000
    first = date(2024, 1, 1)
    pool = Person.objects.bulk_create(
        Person(jurisdiction=cast.town, name=f"随机{number}", changed_at=NOW) for number in range(50)
    )
    heads = Organization.objects.bulk_create(
        Organization(
            jurisdiction=cast.town, name=f"联盟{n}", name_key=f"联盟{n}", classification="joint", changed_at=NOW,
            dissolved_on=first + dice.randrange(50, 400) * DAY if dice.random() < 0.2 else None,
        )
        for n in range(histories)
    )  # fmt: skip
    alliances = Alliance.objects.bulk_create(
        Alliance(jurisdiction=cast.town, organization=head, form="functional", mode=MODE, founded_on=first) for head in heads
    )
    seats = []
    roles = rules.LISTS["person"][1]
    for alliance in alliances:
        for number in dice.sample(range(50), dice.randrange(1, 5)):
            for role in dice.sample(roles, dice.randrange(1, 4)):
                day = dice.randrange(0, 300)
                for _stay in range(dice.randrange(1, 3)):
                    length = dice.choice((None, dice.randrange(1, 90)))
                    since = first + timedelta(days=day)
                    until = None if length is None else since + timedelta(days=length)
                    seats.append((alliance, pool[number], role, since, until))
                    if length is None:
                        break
                    day += length + dice.randrange(0, 30)
    PersonSeat.objects.bulk_create(
        PersonSeat(jurisdiction=cast.town, alliance=alliance, person=person, role=role, since=since, until=until)
        for alliance, person, role, since, until in seats
    )
    for _look in range(25):
        day = first + timedelta(days=dice.randrange(-2, 420))
        held = {
            (alliance.pk, person.pk)
            for alliance, person, _role, since, until in seats
            if since <= day and (until is None or until > day)
            and (alliance.organization.dissolved_on is None or alliance.organization.dissolved_on > day)
        }  # fmt: skip
        distinct = len({person for _alliance, person in held})
        assert people(cast, day) == ((len(held), distinct, len(held) - distinct) if held else None), day
    again = 0
    for alliance, person, role, since, until in dice.sample(seats, 40):
        with pytest.raises(IntegrityError), transaction.atomic():  # one day more of what is there
            last = (until or since + 30 * DAY) - DAY
            PersonSeat.objects.create(
                jurisdiction=cast.town, alliance=alliance, person=person, role=role, since=last, until=last + DAY
            )
        again += 1
    assert again == 40


def test_the_pages(cast: Cast) -> None:
    alliance = found(cast)
    clerk = cast.client("clerk")
    keys = {"key": alliance.key}
    empty = clerk.get(reverse("alliances:alliance", kwargs=keys)).content.decode()
    assert "这一天没有人员" in empty
    new = reverse("alliances:seat_person", kwargs=keys)
    sent = {"person": "石岩", "role": "链长", "on_behalf": str(cast.village.key), "since": "2026-02-01"}
    assert clerk.post(new, {**sent, "person": "没有这个人"}).status_code == 422
    assert clerk.post(new, {**sent, "until": "2026-01-01"}).status_code == 422
    assert clerk.post(new, sent).status_code == 303
    assert "已经担任这个角色" in clerk.post(new, sent).content.decode()
    page = clerk.get(reverse("alliances:alliance", kwargs=keys)).content.decode()
    assert "人员 1 人" in page and f"代表{cast.village.name}" in page
    before = clerk.get(reverse("alliances:alliance", kwargs=keys) + "?day=2026-01-31").content.decode()
    assert "人员 0 人" in before and "以前的和还没到日子的人员" in before
    cast.actor("clerk")
    held = {"key": PersonSeat.objects.get().key}
    correct = reverse("alliances:correct_person", kwargs=held)
    opened = clerk.get(correct).content.decode()
    assert f'data-label="{cast.village.name}"' in opened and "删除这条记录" in opened
    assert clerk.post(correct, {"role": "副链长", "since": "2026-02-01"}).status_code == 303
    assert clerk.post(reverse("alliances:end_person", kwargs=held), {"until": "2026-01-01"}).status_code == 422
    assert clerk.post(reverse("alliances:end_person", kwargs=held), {"until": "2026-03-01"}).status_code == 303
    cast.actor("clerk")
    assert (PersonSeat.objects.get().role, PersonSeat.objects.get().on_behalf) == ("副链长", None)
    person = clerk.get(reverse("directory:person", kwargs={"key": cast.people["village"].key})).content.decode()
    assert "家具产业党建联盟" in person and "2026-02-01 – 2026-03-01" in person
    listed = reverse("alliances:people")
    assert "石岩" in clerk.get(f"{listed}?day=2026-02-03&role=副链长").content.decode()
    assert "石岩" not in clerk.get(f"{listed}?day=2026-03-03").content.decode()
    assert clerk.get(f"{listed}?day=x&alliance=y").status_code == 200
    count = clerk.get(reverse("alliances:count") + "?day=2026-02-03&kind=person").content.decode()
    assert "联盟人员名单" in count and "石岩" in count
    for name in ("seat_person", "end_person", "correct_person", "drop_person"):
        url = reverse(f"alliances:{name}", kwargs=keys if name == "seat_person" else held)
        assert cast.client("other_clerk").post(url).status_code == 404
        assert cast.client("leader").post(url).status_code == 403
    assert clerk.post(reverse("alliances:drop_person", kwargs=held)).status_code == 303
    cast.actor("clerk")
    assert not PersonSeat.objects.exists()


def test_programs_seat_and_read_people(cast: Cast) -> None:
    alliance = found(cast)
    clerk = cast.client("clerk")
    base = f"/api/v1/alliances/{alliance.key}/people"
    sent = {"person": str(cast.people["village"].key), "role": "链长", "since": "2026-02-01", "on_behalf": str(cast.village.key)}
    made = clerk.post(base, sent, content_type="application/json")
    assert made.status_code == 201 and made.json()["name"] == "石岩", made.content
    assert clerk.post(base, sent, content_type="application/json").status_code == 409
    assert clerk.post(base, {**sent, "since": "9999-12-31"}, content_type="application/json").status_code == 422
    stranger = {**sent, "person": str(cast.people["other_clerk"].key)}
    assert clerk.post(base, stranger, content_type="application/json").status_code == 404
    assert clerk.get(f"{base}?day=2026-01-31").json() == []
    [one] = clerk.get(base).json()
    assert (one["role"], one["on_behalf"]) == ("链长", str(cast.village.key))
    assert clerk.get("/api/v1/alliances/people/count").json() == {"seats": 1, "distinct": 1, "overlap": 0}
    assert cast.client("other_clerk").get(base).json() == []
    assert cast.client("leader").post(base, sent, content_type="application/json").status_code == 403
