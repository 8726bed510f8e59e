"""The people of one small county, for every test.

County 云岭县 with two towns, 柳溪镇 and 石桥镇. In 柳溪镇: a town office, two departments, two stations, three
enterprises, two branches, a village. Everybody signs in through the real session machinery.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.test import Client

from lianjian.accounts.models import User
from lianjian.directory import actions as directory
from lianjian.directory.actors import GrantedActor, build_actor
from lianjian.directory.models import Grant, Organization, Person
from lianjian.foundation import context
from lianjian.foundation.actor import Actor, SystemActor
from lianjian.jurisdictions.actions import found_jurisdiction
from lianjian.jurisdictions.models import Jurisdiction

NOW = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)  # a Monday, 9:00 in Beijing
TODAY = date(2026, 3, 9)
SINCE = date(2024, 1, 1)
PASSWORD = "willow-creek-27"  # noqa: S105


@dataclass
class Cast:
    """Everybody and everything; attributes are named after the role they play."""

    county: Jurisdiction
    town: Jurisdiction
    other_town: Jurisdiction
    county_root: Organization
    town_root: Organization
    other_root: Organization
    office: Organization  # 企业办, a department of the town
    housing: Organization  # 城建办, another department
    station: Organization
    second_station: Organization
    firm: Organization
    second_firm: Organization
    other_firm: Organization  # of the other town
    branch: Organization
    village: Organization
    users: dict[str, User] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def actor(self, who: str, day: date | None = None) -> GrantedActor:
        """The actor of one of the accounts; sets the database context to it."""
        user = self.users[who]
        found = build_actor(user_id=user.pk, name=user.name, day=day or TODAY)
        assert found is not None
        return found

    def client(self, who: str | None) -> Client:
        """A browser in which the account is signed in; nobody for None."""
        client = Client(headers={"accept": "text/html"})
        if who is not None:
            client.force_login(self.users[who], backend="lianjian.accounts.backends.UsernameBackend")
            # As at the door: such a session brings account and grants along, which else each request asks for.
            UserSession.objects.create(
                user=self.users[who], session_key=client.session.session_key, ip="127.0.0.1", user_agent="test"
            )
        return client

    def system(self, jurisdiction: Jurisdiction | None = None) -> SystemActor:
        """The house itself in one jurisdiction (the town by default), with the context set."""
        actor = SystemActor((jurisdiction or self.town).pk)
        context.enter_for(actor)
        return actor


# account: (shown name, role, organization attribute)
ACCOUNTS: dict[str, tuple[str, str, str]] = {
    "clerk": ("何静", "clerk", "town_root"),
    "county_clerk": ("沈岚", "clerk", "county_root"),
    "other_clerk": ("顾远", "clerk", "other_root"),
    "instructor": ("苏禾", "instructor", "station"),
    "other_instructor": ("白露", "instructor", "second_station"),
    "handler": ("严明", "handler", "office"),
    "other_handler": ("程立", "handler", "housing"),
    "contact": ("丁宁", "contact", "firm"),
    "other_contact": ("方圆", "contact", "second_firm"),
    "village": ("石岩", "village", "village"),
    "leader": ("高原", "leader", "town_root"),
    "county_leader": ("江涛", "leader", "county_root"),
    "system_admin": ("系统员", "system_admin", "county_root"),
    "security_admin": ("安全员", "security_admin", "county_root"),
    "auditor": ("审计员", "auditor", "county_root"),
}


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Inside the block the database sees what `actor` may see."""
    with context.jurisdictions(actor.readable, actor.writable):
        yield actor


def build_cast() -> Cast:
    """Found the county. Runs in the transaction of the test (or commits, on a clone of its own)."""
    county = found_jurisdiction(name="云岭县", level="county", prefix="YL", area_code="429900000000")
    town = found_jurisdiction(name="柳溪镇", level="town", prefix="LX", area_code="429900101000", parent=county)
    other = found_jurisdiction(name="石桥镇", level="town", prefix="SQ", area_code="429900102000", parent=county)
    everywhere = (county.pk, town.pk, other.pk)
    context.enter(everywhere, everywhere)

    def system(jurisdiction: Jurisdiction) -> SystemActor:
        return SystemActor(jurisdiction.pk)

    def root(jurisdiction: Jurisdiction, name: str, parent: Organization | None = None) -> Organization:
        return directory.found_root(
            actor=system(jurisdiction),
            jurisdiction_id=jurisdiction.pk,
            name=name,
            classification="party",
            parent=parent,
            now=NOW,
        )

    county_root = root(county, "云岭县委")
    town_root = root(town, "柳溪镇党委", county_root)
    other_root = root(other, "石桥镇党委", county_root)

    def organization(name: str, classification: str, parent: Organization = town_root, **more: Any) -> Organization:
        return directory.register_organization(
            actor=system(town),
            name=name,
            classification=classification,
            parent=parent,
            since=SINCE,
            now=NOW,
            **more,
        )

    cast = Cast(
        county=county,
        town=town,
        other_town=other,
        county_root=county_root,
        town_root=town_root,
        other_root=other_root,
        office=organization("柳溪镇企业办", "government", short_name="企业办"),
        housing=organization("柳溪镇城建办", "government", short_name="城建办"),
        station=organization("柳溪第一党建指导站", "station"),
        second_station=organization("柳溪第二党建指导站", "station"),
        firm=organization("云岭市晨光木业有限公司", "enterprise", code=code(1), short_name="晨光木业"),
        second_firm=organization("柳溪远山家居有限公司", "enterprise", code=code(2)),
        other_firm=organization("石桥清泉食品有限公司", "enterprise", parent=other_root, code=code(3)),
        branch=organization("晨光木业党支部", "party", profile={"level": "branch", "formation": "own"}),
        village=organization("柳溪村", "village"),
    )
    for station, firm in ((cast.station, cast.firm), (cast.second_station, cast.second_firm)):
        directory.link_organizations(
            actor=system(town), kind="coverage", source=station, target=firm, since=SINCE, now=NOW
        )
    for account, (name, role, place) in ACCOUNTS.items():
        cast.users[account] = _account(cast, account, name, role, getattr(cast, place), system)
    for who, firm in (("instructor", cast.firm), ("other_instructor", cast.second_firm)):
        directory.add_membership(
            actor=system(town),
            person=cast.people[who],
            organization=firm,
            role="instructor",
            since=SINCE,
            now=NOW,
        )
    context.leave()
    return cast


def _account(
    cast: Cast, account: str, name: str, role: str, organization: Organization, system: Any
) -> User:
    user = User(username=account, name=name)
    user.set_password(PASSWORD)
    user.save()
    Grant.objects.create(
        jurisdiction_id=organization.jurisdiction_id, user=user, role=role, organization=organization, since=SINCE
    )
    home = Jurisdiction(pk=organization.jurisdiction_id)
    cast.people[account] = directory.register_person(
        actor=system(home), jurisdiction_id=home.pk, name=name, user=user, now=NOW
    )
    return user


def code(number: int) -> str:
    """A valid, invented unified social credit code of the imagined county 429900."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"91429900MA{number:07d}"
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]
