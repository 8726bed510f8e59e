"""The frame of every demonstration: a county, its towns, their offices and accounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lianjian.accounts.actions import open_account
from lianjian.accounts.models import User
from lianjian.directory import actions as directory
from lianjian.directory.models import Organization, Person
from lianjian.foundation import context
from lianjian.foundation.actor import SystemActor
from lianjian.jurisdictions.actions import found_jurisdiction
from lianjian.jurisdictions.models import Jurisdiction

from . import ACCOUNTS, PASSWORD

# key: (name, short name, classification); all stand below the town's party committee
OFFICES: dict[str, tuple[str, str, str]] = {
    "centre": ("党群服务中心", "党群中心", "centre"),
    "business": ("企业办", "企业办", "government"),
    "environment": ("生态环境站", "环保站", "government"),
    "labour": ("人力资源和社会保障所", "人社所", "government"),
    "building": ("城建办", "城建办", "government"),
    "justice": ("司法所", "司法所", "government"),
    "approval": ("行政审批局", "审批局", "government"),
    "finance": ("金融服务专员办", "金融专员", "government"),
    "commerce": ("商务办", "商务办", "government"),
}


@dataclass
class Frame:
    """What a demonstration hangs its records on."""

    county: Jurisdiction
    town: Jurisdiction
    now: datetime
    today: date
    places: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def actor(self) -> SystemActor:
        """The house, acting in the town."""
        return SystemActor(self.town.pk)

    def organization(self, key: str, name: str, classification: str, **more: Any) -> Organization:
        """Register an organization below the town (or `parent`) and keep it under a key."""
        parent = more.pop("parent", self.places["town"])
        made = directory.register_organization(
            actor=self.actor, name=name, classification=classification, parent=parent, now=self.now, **more
        )
        self.places[key] = made
        return made


def found(*, county: str, prefix: str, town: str, town_prefix: str, now: datetime, today: date) -> Frame:
    """Found a county with one town and the root organizations of both."""
    above = found_jurisdiction(name=county, level="county", prefix=prefix)
    below = found_jurisdiction(name=town, level="town", prefix=town_prefix, parent=above)
    frame = Frame(above, below, now, today)
    enter(frame, above.pk, below.pk)
    frame.places["county"] = directory.found_root(
        actor=SystemActor(above.pk),
        jurisdiction_id=above.pk,
        name=f"{county}委",
        classification="party",
        now=now,
    )
    frame.places["town"] = directory.found_root(
        actor=frame.actor,
        jurisdiction_id=below.pk,
        name=f"{town}党委",
        classification="party",
        parent=frame.places["county"],
        now=now,
    )
    return frame


def enter(frame: Frame, *jurisdiction_ids: int) -> None:
    """The building process may write everywhere it builds."""
    context.enter(jurisdiction_ids, jurisdiction_ids)


def offices(frame: Frame, since: date) -> None:
    """The town's departments; a department carries the town's name so that two towns' are told apart."""
    for key, (name, short, classification) in OFFICES.items():
        frame.organization(key, f"{frame.town.name}{name}", classification, short_name=short, since=since)


def account(frame: Frame, username: str, name: str, role: str, place: str, since: date) -> User:
    """Open one demonstration account with its person and role."""
    organization = frame.places[place]
    owner = SystemActor(organization.jurisdiction_id)
    user, _password = open_account(
        actor=owner,
        username=username,
        name=name,
        home_id=organization.jurisdiction_id,
        now=frame.now,
        password=PASSWORD,
    )
    directory.grant_role(
        actor=owner, user=user, role=role, organization=organization, since=since, now=frame.now
    )
    person = directory.register_person(
        actor=owner, jurisdiction_id=organization.jurisdiction_id, name=name, user=user, now=frame.now
    )
    frame.people[username] = person
    return user


def accounts(frame: Frame, since: date) -> None:
    """Every demonstration account whose organization was built."""
    for username, name, role, place, _hint in ACCOUNTS:
        if place in frame.places:
            account(frame, username, name, role, place, since)
