"""Help teams and task forces: who leads, who is in them, one for a project."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from lianjian.directory import actions
from lianjian.directory.actions import seats
from lianjian.directory.actions import teams as refusals
from lianjian.directory.models import Team, TeamMember
from lianjian.foundation import clock
from lianjian.foundation.rights import Denied
from tests.cast import NOW, Cast


def found(cast: Cast, name: str = "红色领航帮办团", who: str = "clerk", **more: Any) -> Team:
    given = {"organization": cast.office, "leader": cast.people["handler"], "subjects": ["finance"], **more}
    return actions.found_team(actor=cast.actor(who), name=name, now=NOW, **given)


def test_one_project_one_leader_one_team(cast: Cast) -> None:
    with pytest.raises(refusals.ProjectNeeded):
        found(cast, kind="task")
    force = found(cast, "供气改造专班", kind="task", project="工业供气改造")
    with pytest.raises(refusals.OneTaskForce):
        found(cast, "又一个专班", kind="task", project="工业供气改造")
    assert [one.person for one in force.members.all()] == [cast.people["handler"]]
    actions.dissolve_team(actor=cast.actor("clerk"), team=force, now=NOW)
    found(cast, "新专班", kind="task", project="工业供气改造")
    with pytest.raises(refusals.TeamDissolved):
        actions.add_to_team(actor=cast.actor("clerk"), team=force, person=cast.people["village"], now=NOW)


def test_members_come_and_go_but_the_leader_stays(cast: Cast) -> None:
    team = found(cast)
    with pytest.raises(refusals.TeamExists):
        found(cast)
    seat = actions.add_to_team(
        actor=cast.actor("clerk"), team=team, person=cast.people["village"], unit=cast.village, now=NOW
    )
    with pytest.raises(seats.AlreadyInTeam):
        actions.add_to_team(actor=cast.actor("clerk"), team=team, person=cast.people["village"], now=NOW)
    leader = TeamMember.objects.get(person=cast.people["handler"])
    with pytest.raises(seats.LeaderStays):
        actions.leave_team(actor=cast.actor("clerk"), member=leader, now=NOW)
    actions.leave_team(actor=cast.actor("clerk"), member=seat, now=NOW)
    assert TeamMember.objects.filter(until__isnull=True).count() == 1
    changed = {"name": "帮办团", "organization": cast.office, "leader": cast.people["instructor"]}
    actions.change_team(actor=cast.actor("clerk"), team=team, now=NOW, **changed)
    assert TeamMember.objects.filter(until__isnull=True).count() == 2
    for who in ("handler", "other_clerk"):
        with pytest.raises(Denied):
            actions.dissolve_team(actor=cast.actor(who), team=team, now=NOW)


def test_teams_by_form(cast: Cast) -> None:
    client = cast.client("clerk")
    sent = {
        "kind": "help",
        "name": "红色领航帮办团",
        "organization": cast.office.name,
        "leader": str(cast.people["handler"].key),
        "subjects": ["finance", "labour"],
        "villages": [str(cast.village.key)],
        "skills": "融资、用工",
    }
    made = client.post(reverse("directory:found_team"), sent)
    assert made.status_code == 303, made.content.decode()
    page = client.get(made.headers["Location"]).content.decode()
    assert "融资、用工" in page and cast.village.name in page and cast.people["handler"].name in page
    cast.actor("clerk")
    key = Team.objects.get().key
    joined = client.post(
        reverse("directory:add_to_team", kwargs={"key": key}),
        {"person": str(cast.people["village"].key), "unit": cast.village.name, "task": "跑腿"},
    )
    assert joined.status_code == 303
    assert "跑腿" in client.get(reverse("directory:team", kwargs={"key": key})).content.decode()
    assert "红色领航帮办团" in client.get(reverse("directory:teams")).content.decode()
    changed = client.post(reverse("directory:change_team", kwargs={"key": key}), {**sent, "name": "帮办一团"})
    assert changed.status_code == 303
    cast.actor("clerk")
    seat = TeamMember.objects.get(person=cast.people["village"])
    gone = client.post(reverse("directory:leave_team", kwargs={"key": seat.key}), {"until": str(clock.today())})
    assert gone.status_code == 303
    assert client.post(reverse("directory:dissolve_team", kwargs={"key": key})).status_code == 303
    assert "已解散" in client.get(reverse("directory:team", kwargs={"key": key})).content.decode()
    assert cast.client("other_clerk").get(reverse("directory:team", kwargs={"key": key})).status_code == 404
