"""From a QR code on a wall to a closed case, by somebody without an account; and what floods it does not let in."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from lianjian.cases import actions as cases
from lianjian.cases import rules as case_rules
from lianjian.cases.models import Case, Follower
from lianjian.cases.queries.public import followed
from lianjian.cases.tests.walk import register
from lianjian.foundation import clock, context
from lianjian.foundation.rights import Denied
from lianjian.journal.models import Entry
from lianjian.portal import actions, limits, rules
from lianjian.portal.models import Entrance, Tally
from tests.cast import NOW, Cast

TEXT = "村口路灯不亮已经三天,晚上老人出门不方便"


def entrance(cast: Cast, organization: Any = None, **more: Any) -> Entrance:
    return actions.open_entrance(
        actor=cast.actor("clerk"), organization=organization or cast.village, now=NOW, **more
    )


def opened_before(seconds: int = 10) -> str:
    from django.core import signing

    past = clock.now().timestamp() - seconds
    with patch("django.core.signing.time.time", return_value=past):
        return signing.TimestampSigner(salt="lianjian.portal.opened").sign("form")


def send(client: Client, place: Entrance, **values: Any) -> Any:
    context.leave()
    given = {"kind": "village_need", "text": TEXT, "category": "utilities", "opened": opened_before(), **values}
    return client.post(reverse("portal:report", kwargs={"code": place.code}), given)


def tell(client: Client, place: Entrance, **values: Any) -> tuple[str, str]:
    """(number, code) after a matter was told; the browser follows it."""
    answer = send(client, place, **values)
    assert answer.status_code == 303, answer.content.decode()
    page = client.get(answer.headers["Location"], follow=True).content.decode()
    found = re.search(r"<b>([\w-]+)</b> · <b>([\w-]+)</b>", page)
    assert found is not None, page
    return found.group(1), found.group(2)


def of(cast: Cast, number: str) -> Case:
    cast.actor("clerk")
    return Case.objects.get(number=number)


def test_a_villager_files_follows_disputes_and_confirms(cast: Cast) -> None:
    visitor = Client()
    place = entrance(cast, spot="第三网格")
    assert "路灯" not in visitor.get(reverse("portal:start")).content.decode()
    shown = visitor.get(reverse("portal:report", kwargs={"code": place.code})).content.decode()
    assert cast.village.name in shown and "第三网格" in shown
    number, code = tell(visitor, place, reporter="丁大爷", reporter_phone="13900001111", address="槐树下")
    case = of(cast, number)
    assert (case.source, case.village, case.kind, case.address) == (
        "public",
        cast.village,
        "village_need",
        "第三网格 槐树下",
    )
    follower = Follower.objects.get()
    assert follower.first and code.replace("-", "") not in follower.code_digest
    cases.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW)
    cases.sign_case(actor=cast.actor("handler"), case=case, now=NOW)
    cases.answer_case(actor=cast.actor("handler"), case=case, text="灯泡已换", now=NOW)

    other = Client()  # another phone, later: number and code
    context.leave()
    assert other.get(reverse("portal:case", kwargs={"number": number})).status_code in (302, 303)
    back = other.post(reverse("portal:follow"), {"number": number.lower(), "code": code.lower()})
    assert back.status_code == 303
    page = other.get(back.headers["Location"]).content.decode()
    assert "灯泡已换" in page and cast.office.name in page and "13900001111" not in page
    assert cast.users["handler"].name not in page

    def move(name: str, **values: Any) -> Any:
        context.leave()
        return other.post(reverse("portal:move", kwargs={"number": number, "move": name}), values)

    assert move("dispute", words="").status_code == 422
    assert move("dispute", words="换了一盏,还有两盏不亮").status_code == 303
    assert of(cast, number).state == "disputed"
    assert move("supplement", words="是东头那两盏").status_code == 303
    assert move("urge", words="").status_code == 303
    case = of(cast, number)
    cases.answer_case(actor=cast.actor("handler"), case=case, text="三盏都换了", now=clock.now())
    assert move("confirm", rating="satisfied").status_code == 303
    case = of(cast, number)
    assert (case.state, case.closing, case.rating) == ("closed", "confirmed", "satisfied")
    assert move("reopen", words="又不亮了").status_code == 303
    assert of(cast, number).state == "handling"
    told = Entry.objects.filter(subject_key=case.key, actor_name="公众").values_list("verb", flat=True)
    assert {"cases.register", "cases.dispute", "cases.supplement", "cases.confirm", "cases.reopen"} <= set(told)
    panel = cast.client("clerk").get(reverse("cases:case", kwargs={"key": case.key})).content.decode()
    assert "谁在跟进" in panel and "139****1111" in panel


def test_a_firm_files_by_its_own_code_without_an_account(cast: Cast) -> None:
    place = entrance(cast, cast.firm)
    number, _code = tell(Client(), place, kind="need")
    case = of(cast, number)
    assert (case.organization, case.kind) == (cast.firm, "need")
    kinds = Client().get(reverse("portal:report", kwargs={"code": place.code})).content.decode()
    assert "village_need" not in kinds


def test_who_is_signed_in_is_told_of_progress(cast: Cast) -> None:
    place = entrance(cast)
    client = cast.client("other_contact")
    number, _code = tell(client, place)
    case = of(cast, number)
    assert case.followed and Follower.objects.get().user_id == cast.users["other_contact"].pk
    cases.dispatch_case(actor=cast.actor("clerk"), case=case, handler=cast.office, now=NOW)
    from lianjian.notices.models import Message

    context.enter([cast.town.pk, cast.other_town.pk], [cast.town.pk])
    assert Message.objects.filter(user=cast.users["other_contact"], kind="cases.progress").exists()


def test_others_join_what_is_public_instead_of_telling_it_again(cast: Cast) -> None:
    place = entrance(cast)
    first, _code = tell(Client(), place)
    case = of(cast, first)
    second, _code = tell(Client(), place, text=TEXT + "。")  # not public yet: nobody is shown it
    assert second != first
    cases.reword_case(
        actor=cast.actor("clerk"), case=case, title="村口路灯不亮", text="村口路灯不亮", publish=True, now=NOW
    )
    visitor = Client()
    asked = send(visitor, place, text="我们村口的路灯一直不亮,请派人看看", reporter="丁大爷")
    page = asked.content.decode()
    assert asked.status_code == 422 and "村口路灯不亮" in page and "老人出门" not in page and "请派人看看" in page
    cast.actor("clerk")
    assert Case.objects.count() == 2
    joined = send(visitor, place, text="我们村口的路灯一直不亮,请派人看看", join=str(case.key))
    assert joined.status_code == 303
    shown = visitor.get(joined.headers["Location"], follow=True).content.decode()
    assert first in shown and "提出异议" not in shown  # who joined reads
    cast.actor("clerk")
    assert Case.objects.count() == 2 and Follower.objects.filter(case=case).count() == 2
    own = send(Client(), place, text="村口路灯不亮,另一头", join="none")
    assert own.status_code == 303
    hidden = of(cast, second)
    refused = send(Client(), place, text="路灯不亮", join=str(hidden.key))
    assert refused.status_code == 422


def test_a_private_kind_is_never_public(cast: Cast) -> None:
    case = register(cast, kind="complaint")
    with pytest.raises(case_rules.KeptPrivate):
        cases.reword_case(actor=cast.actor("clerk"), case=case, title="x", text="y", publish=True, now=NOW)


def test_a_private_matter_is_joined_by_nobody_whatever_its_mark_says(cast: Cast) -> None:
    place = entrance(cast)
    case = register(cast, kind="complaint", village=cast.village)
    Case.objects.filter(pk=case.pk).update(published=True)
    before = Follower.objects.filter(case=case).count()
    refused = send(Client(), place, join=str(case.key))
    assert refused.status_code == 422
    cast.actor("clerk")
    assert Follower.objects.filter(case=case).count() == before


def test_wrong_pairs_open_nothing_and_soon_nobody_may_try(cast: Cast) -> None:
    place = entrance(cast)
    number, code = tell(Client(), place)
    assert followed(number, "22222222") is None and followed("LX-2026-9999", code) is None
    stranger = Client()
    context.leave()
    for _try in range(rules.GUESSES.most):
        answer = stranger.post(reverse("portal:follow"), {"number": number, "code": "22222222"})
        assert answer.status_code == 422
    right = stranger.post(reverse("portal:follow"), {"number": number, "code": code})
    assert right.status_code == 422 and "一小时后" in right.content.decode()
    assert stranger.get(reverse("portal:move", kwargs={"number": number, "move": "confirm"})).status_code == 404
    assert Tally.objects.exists() and not Tally.objects.filter(key__contains="127.0.0.1").exists()


def test_a_ticket_is_short_and_belongs_to_one_number(cast: Cast) -> None:
    from lianjian.portal.views.following import TICKET_SECONDS, way_to

    place = entrance(cast)
    number, code = tell(Client(), place)
    other, _code = tell(Client(), place, text="另一件完全不同的事情,水管漏了")
    way = way_to(number, code.replace("-", ""))
    context.leave()
    assert Client().get(way, follow=True).status_code == 200
    stolen = way.replace(number, other)
    assert "查询码" in Client().get(stolen, follow=True).content.decode()
    later = clock.now() + timedelta(seconds=TICKET_SECONDS + 1)
    with patch("lianjian.foundation.clock.now", return_value=later):
        assert "<b>" + number not in Client().get(way, follow=True).content.decode()


def test_a_double_click_files_once(cast: Cast) -> None:
    place, visitor = entrance(cast), Client()
    answers = [send(visitor, place, _key="one-and-the-same", opened="x") for _twice in range(2)]
    assert {answer.status_code for answer in answers} == {422}  # an old form asks for a sum first
    fresh = opened_before()
    both = [send(visitor, place, _key="one-and-the-same", opened=fresh) for _twice in range(2)]
    assert both[0].headers["Location"] == both[1].headers["Location"]
    cast.actor("clerk")
    assert Case.objects.count() == 1
    assert visitor.get(both[1].headers["Location"], follow=True).status_code == 200


def sum_of(page: str) -> tuple[str, str]:
    """(answer, mark) of the small sum on a page."""
    found = re.search(r"(\d+) \+ (\d+) = \?", page)
    mark = re.search(r'name="mark" value="([^"]+)"', page)
    assert found is not None and mark is not None, page
    return str(int(found.group(1)) + int(found.group(2))), mark.group(1)


def test_a_machine_is_asked_a_person_gets_through(cast: Cast) -> None:
    place, visitor = entrance(cast), Client()
    quick = send(visitor, place, opened=limits.opened())
    assert quick.status_code == 422 and "太快" in quick.content.decode() and TEXT in quick.content.decode()
    trapped = send(visitor, place, website="http://x")
    assert trapped.status_code == 422
    cast.actor("clerk")
    assert not Case.objects.exists()
    for number in range(rules.LIMITS["phone"].asked):
        tell(Client(), place, text=f"第{number}件事,{number}号楼门坏了", reporter_phone="139 0000 1111")
    asked = send(visitor, place, text="又一件事,楼道灯坏了", reporter_phone="13900001111")
    assert asked.status_code == 422
    answer, mark = sum_of(asked.content.decode())
    wrong = send(visitor, place, text="又一件事,楼道灯坏了", reporter_phone="13900001111", sum="1", mark=mark)
    assert wrong.status_code == 422
    right = send(visitor, place, text="又一件事,楼道灯坏了", reporter_phone="13900001111", sum=answer, mark=mark)
    assert right.status_code == 303, right.content.decode()


def test_a_village_behind_one_address_gets_through_and_a_flood_does_not(cast: Cast) -> None:
    counts = dict.fromkeys(("address", "device", "phone", "text", "place"), 0)
    assert not rules.needs_sum({**counts, "address": 39, "place": 200})
    assert rules.needs_sum({**counts, "address": 40})
    assert rules.needs_sum({**counts, "address": 999})  # a whole town, one sum each
    with pytest.raises(rules.TooMany):
        rules.needs_sum({**counts, "address": 1_000})
    with pytest.raises(rules.TooMany):
        rules.needs_sum({**counts, "text": 3})


def test_counters_go_when_their_time_is_over(cast: Cast) -> None:
    tell(Client(), entrance(cast))
    assert Tally.objects.count() >= 3
    assert actions.drop_old_tallies(clock.now()) == 0
    assert actions.drop_old_tallies(clock.now() + timedelta(days=4)) >= 3
    assert not Tally.objects.exists()


def test_entrances_are_the_offices(cast: Cast) -> None:
    place = entrance(cast)
    with pytest.raises(rules.EntranceExists):
        entrance(cast)
    for who in ("handler", "other_clerk", "village"):
        with pytest.raises(Denied):
            actions.open_entrance(actor=cast.actor(who), organization=cast.firm, now=NOW)
    client = cast.client("clerk")
    made = client.post(reverse("portal:entrance"), {"organization": cast.firm.name, "spot": "东门"})
    assert made.status_code == 303
    paper = client.get(made.headers["Location"]).content.decode()
    assert "<svg" in paper and "/p/" in paper and " style=" not in paper
    assert cast.village.name in client.get(reverse("portal:entrances")).content.decode()
    assert client.post(reverse("portal:retire", kwargs={"key": place.key})).status_code == 303
    assert Client().get(reverse("portal:report", kwargs={"code": place.code})).status_code == 404
    assert client.post(reverse("portal:retire", kwargs={"key": place.key})).status_code == 303
    assert Client().get(reverse("portal:report", kwargs={"code": place.code})).status_code == 200
    assert cast.client("other_clerk").get(reverse("portal:paper", kwargs={"key": place.key})).status_code == 404


def test_the_desk_adds_who_came_with_the_same(cast: Cast) -> None:
    case = register(cast)
    code = cases.join_case(actor=cast.actor("clerk"), case=case, now=NOW, name="马嫂", phone="13900002222")
    found = followed(case.number, code)
    assert found is not None and not found.first and found.actor.asker_of is None
    with pytest.raises(Denied):
        cases.join_case(actor=cast.actor("handler"), case=case, now=NOW)
    with pytest.raises(Denied):  # who joined does not speak for who asked
        cases.supplement_case(actor=found.actor, case=case, text="x", now=NOW)
