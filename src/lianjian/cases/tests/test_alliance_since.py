"""What an alliance did since its founding: meetings held, needs of its members solved (checklist 002-29, 002-30)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from lianjian.alliances import actions as alliances
from lianjian.alliances.models import Alliance
from lianjian.cases.models import Case
from lianjian.cases.queries.solved import solved_for
from lianjian.cases.tests.walk import walked
from lianjian.events.tests.meetingwork import AFTER, held, planned
from tests.cast import NOW, SINCE, TODAY, Cast


def _found(cast: Cast, founded_on: date = SINCE) -> Alliance:
    return alliances.found_alliance(
        actor=cast.actor("clerk"), form="functional", mode="产业链接型", name="家具联盟", parent=cast.town_root,
        founded_on=founded_on, now=NOW,
    )  # fmt: skip


def _join(cast: Cast, alliance: Alliance, body: Any, **more: Any) -> None:
    given = {"since": alliance.founded_on, **more}
    alliances.admit(actor=cast.actor("clerk"), alliance=alliance, organization=body, now=NOW, **given)


def _solved(cast: Cast, alliance: Alliance, who: str = "clerk") -> list[str]:
    cast.actor(who)
    return list(solved_for(Case.objects.all(), alliance).order_by("pk").values_list("title", flat=True))


def test_needs_count_that_were_solved_while_the_asker_was_a_member(cast: Cast) -> None:
    alliance = _found(cast)
    _join(cast, alliance, cast.firm, role="链主企业")
    _join(cast, alliance, cast.firm)  # two roles, one need
    walked(cast, "closed", text="第一件需要办理的事")
    walked(cast, "answered", text="还没有办结的事")
    walked(cast, "closed", start=NOW - timedelta(days=900), text="成立以前的事")
    assert len(_solved(cast, alliance)) == 1
    shown = cast.client("clerk").get(reverse("alliances:alliance", kwargs={"key": alliance.key})).content.decode()
    listed = f"{reverse('cases:list')}?solved_for={alliance.key}"
    assert "成立以来解决成员诉求 1 件" in shown and listed in shown
    rows = cast.client("clerk").get(listed).content.decode().split("<tbody", 1)[1].split("</tbody>", 1)[0]
    assert rows.count("<tr") == 1 and "第一件" in rows
    assert cast.client("clerk").get(f"{reverse('cases:list')}?solved_for=x").status_code == 200
    late = alliances.found_alliance(
        actor=cast.actor("clerk"), form="functional", mode="产业链接型", name="后来的联盟", parent=cast.town_root,
        founded_on=TODAY, now=NOW,
    )  # fmt: skip
    cast.actor("clerk")
    Case.objects.filter(state="closed").update(closed_on=TODAY - timedelta(days=1))
    _join(cast, late, cast.firm)
    assert _solved(cast, late) == []  # closed before it joined


def test_meetings_count_since_the_founding(cast: Cast) -> None:
    alliance = _found(cast)
    body = alliance.organization
    held(cast, planned(cast, convener=body))
    held(cast, planned(cast, convener=cast.village))  # another's
    planned(cast, convener=body)  # not held yet
    url = reverse("alliances:alliance", kwargs={"key": alliance.key})
    listed = f"{reverse('events:meetings')}?host={body.key}&amp;state=held&amp;since={alliance.founded_on}"
    shown = cast.client("clerk").get(url).content.decode()
    assert f'<a href="{listed}">1 次</a>' in shown, shown[shown.index("成立以来的会议活动") :][:400]
    rows = cast.client("clerk").get(listed.replace("&amp;", "&")).content.decode()
    assert rows.split("<tbody", 1)[1].split("</tbody>", 1)[0].count("<tr") == 1
    cast.actor("clerk")
    Alliance.objects.filter(pk=alliance.pk).update(founded_on=AFTER.date() + timedelta(days=1))
    assert ">0 次</a>" in cast.client("clerk").get(url).content.decode()
