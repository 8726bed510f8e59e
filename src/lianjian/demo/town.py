"""Who is who in the demonstration town: offices, stations, villages, firms, party organizations, people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from lianjian.coverage import actions as coverage
from lianjian.directory import actions as directory
from lianjian.directory.models import Industry, Organization, Person
from lianjian.foundation.codes.credit import credit_check_digit

from . import frame as frames
from .data import names
from .frame import Frame

STATIONS = ("station1", "station2", "station3")


@dataclass
class Firm:
    """A firm of the demonstration with what the story needs to know of it."""

    organization: Organization
    chain: str
    staff: int
    above_scale: bool
    members: int
    instructor: str = ""
    contact: str = ""
    receives: str = ""


@dataclass
class Town:
    """A town under construction."""

    frame: Frame
    chance: Random
    since: date
    firms: list[Firm] = field(default_factory=list)
    given: set[str] = field(default_factory=set)

    def person_name(self) -> str:
        """An invented name that nobody in this town has yet."""
        while True:
            name = self.chance.choice(names.SURNAMES) + self.chance.choice(names.GIVEN)
            if name not in self.given:
                self.given.add(name)
                return name

    def person(self, name: str = "", **more: Any) -> Person:
        """Register a person of the town."""
        frame = self.frame
        return directory.register_person(
            actor=frame.actor,
            name=name or self.person_name(),
            jurisdiction_id=frame.town.pk,
            now=frame.now,
            **more,
        )

    def point(self, spread: float = 0.05) -> dict[str, Decimal]:
        """A place on the invented map."""
        lng, lat = names.CENTRE
        return {
            "longitude": Decimal(f"{lng + self.chance.uniform(-spread, spread):.6f}"),
            "latitude": Decimal(f"{lat + self.chance.uniform(-spread, spread) * 0.8:.6f}"),
        }


def stations(town: Town, count: int = 3) -> None:
    """Guidance stations with the cadres sent to them."""
    places = ("家居产业园", "电子信息产业园", "镇中心工业集中区")
    for number in range(count):
        town.frame.organization(
            f"station{number + 1}",
            f"{town.frame.town.name}第{'一二三'[number]}党建指导站",
            "station",
            short_name=f"{'一二三'[number]}站",
            since=town.since,
            address=places[number],
            **town.point(0.02),
        )


def cadres(town: Town, count: int = 10) -> None:
    """Cadres sent down by county departments; every second lives at the service centre."""
    for number in range(count):
        coverage.dispatch_cadre(
            actor=town.frame.actor,
            person=town.person(),
            station=town.frame.places[STATIONS[number % 3]],
            since=date(town.frame.today.year - 1, 3, 1),
            resident=number % 2 == 0,
            origin=names.ORIGINS[number % len(names.ORIGINS)],
            band="below" if number % 2 == 0 else "",
            now=town.frame.now,
        )


def villages(town: Town) -> None:
    """Villages and communities, each with its own party organization."""
    for key, name, households, residents, land in names.VILLAGES:
        kind = "community" if name.endswith("社区") else "village"
        village = town.frame.organization(
            key,
            f"{town.frame.town.name}{name}",
            "village",
            short_name=name,
            since=town.since,
            profile={
                "kind": kind,
                "households": households,
                "residents": residents,
                "land_mu": Decimal(land),
            },
            **town.point(),
        )
        _party(town, f"{key}.branch", f"{name}党总支", village, "general_branch", members=residents // 34)
    home = town.frame.places["village1.branch"]
    _party(town, "group1", "云溪村一组党小组", home, "group", members=14)
    _party(town, "home1", "云溪村一组党员中心户", town.frame.places["group1"], "home", members=5)


def _party(town: Town, key: str, name: str, parent: Organization, level: str, **profile: Any) -> Organization:
    return town.frame.organization(
        key,
        name,
        "party",
        parent=parent,
        since=town.since,
        profile={
            "level": level,
            "secretary_name": town.person_name(),
            "members_as_of": date(town.frame.today.year, 1, 1),
            **profile,
        },
    )


def chains(town: Town) -> None:
    """The chain committee with its branches, neighbours in other lines, and what joins them sideways."""
    root = town.frame.places["town"]
    _party(town, "chain", "家具产业链党委", root, "chain_committee", chain="家具", members=86)
    for number, word in enumerate(("第一", "第二", "第三"), start=1):
        above = town.frame.places["chain"]
        name = f"家具产业链{word}党支部"
        joint = {"chain": "家具", "formation": "joint", "members": 12 + number}
        _party(town, f"chain{number}", name, above, "chain_branch", **joint)
    for key, chain, members in (("electronics", "电子信息", 17), ("food", "农产品加工", 15)):
        name = f"{chain}产业链党支部"
        _party(town, key, name, root, "chain_branch", chain=chain, formation="joint", members=members)
    _party(town, "market", "市场监管所党支部", root, "branch", members=9)
    _party(town, "power", "供电所党支部", root, "branch", members=11)
    bank = town.frame.organization("bank", "云溪农村商业银行", "bank", since=town.since, **town.point(0.01))
    _party(town, "bank.branch", "云溪农村商业银行党支部", bank, "branch", members=13)
    town.frame.organization("school", "示范县职业技术学校", "institute", since=town.since)
    pairs = (
        ("chain", "market"),
        ("chain", "bank.branch"),
        ("electronics", "power"),
        ("food", "village6.branch"),
    )
    for source, target in (*pairs, ("chain1", "village1.branch"), ("chain2", "village5.branch")):
        directory.link_organizations(
            actor=town.frame.actor,
            kind="horizontal",
            source=town.frame.places[source],
            target=town.frame.places[target],
            since=date(town.frame.today.year - 1, 7, 1),
            note="联建共建",
            now=town.frame.now,
        )


def firms(town: Town, prefix: str, first: int, count: int) -> None:
    """Firms with code, industry, size of two years, members and a place on the map."""
    industries = {row.code: row for row in Industry.objects.filter(level=2)}
    for place, (name, short, chain, industry, words) in enumerate(names.firms(prefix, first, count)):
        number = first + place
        large = place % 5 < 3
        staff = town.chance.randrange(60, 420) if large else town.chance.randrange(8, 55)
        members = (
            0 if place % 4 == 3 else town.chance.randrange(1, 9) if large else town.chance.randrange(0, 3)
        )
        root = names.code(number)
        code = root + credit_check_digit(root)
        organization = town.frame.organization(
            f"firm{place + 1}",
            name,
            "enterprise",
            short_name=short,
            code=code if number != 41 else "",
            since=date(town.since.year, 1 + place % 12, 1),
            founded_on=date(2006 + place % 14, 1 + place % 12, 1 + place % 27),
            address=f"{town.frame.town.name}工业大道{8 + 3 * place}号",
            profile={
                "industry": industries.get(industry),
                "industry_text": words,
                "ownership": "state" if place == 3 else "foreign" if place == 7 else "private",
                "legal_representative": town.person_name(),
                "party_members": members,
            },
            **(town.point(0.035) if place % 10 != 9 else {}),
        )
        firm = Firm(organization, chain, staff, large, members)
        town.firms.append(firm)
        for back in (1, 0):
            directory.set_enterprise_year(
                actor=town.frame.actor,
                organization=organization,
                year=town.frame.today.year - back,
                staff=staff - back * (place % 7),
                above_scale=large,
                party_members=members,
                now=town.frame.now,
            )


def branches(town: Town) -> None:
    """Branches of firms: own ones, joint ones and those of the chain. Two firms that should have one have none."""
    reach = {"家具": ("chain1", "chain2", "chain3"), "电子信息": ("electronics",), "农产品加工": ("food",)}
    spared = [firm for firm in town.firms if firm.members >= 3][-2:]
    for place, firm in enumerate(town.firms):
        if firm.members == 0 or firm in spared:
            continue
        formation = "own"
        if firm.members >= 6:
            parent = town.frame.places["chain" if firm.chain == "家具" else "town"]
            name = f"{firm.organization.short_name}党支部"
            branch = _party(
                town, f"branch{place}", name, parent, "branch", formation="own", members=firm.members
            )
        elif firm.chain:
            keys = reach[firm.chain]
            branch, formation = town.frame.places[keys[place % len(keys)]], "joint"
        else:
            branch, formation = town.frame.places["market"], "attached"
        directory.link_organizations(
            actor=town.frame.actor,
            kind="party",
            source=branch,
            target=firm.organization,
            since=town.since,
            now=town.frame.now,
        )
        directory.set_profile(
            actor=town.frame.actor,
            organization=firm.organization,
            party_formation=formation,
            now=town.frame.now,
        )


def covers(town: Town, instructors: list[str], *, bare: int = 4) -> None:
    """Stations cover firms and instructors look after them; the last firms have neither."""
    covered = town.firms[: -bare or None]
    share = -(-len(covered) // len(instructors))
    for number, key in enumerate(instructors):
        mine = covered[number * share : (number + 1) * share]
        guided = mine if number + 1 < len(instructors) else mine[: -bare or None]
        station = town.frame.places[
            STATIONS[number * 3 // len(instructors)] if len(instructors) > 2 else "station1"
        ]
        common: dict[str, Any] = {
            "actor": town.frame.actor,
            "since": town.since.replace(month=4),
            "now": town.frame.now,
        }
        coverage.assign_many(enterprises=[firm.organization for firm in mine], station=station, **common)
        coverage.assign_many(
            enterprises=[firm.organization for firm in guided], person=town.frame.people[key], **common
        )
        for firm in guided:
            firm.instructor = key


def contacts(town: Town, accounts: dict[str, str]) -> None:
    """Who speaks for a firm: its account (key of the firm to account), or somebody with a telephone."""
    for place, firm in enumerate(town.firms):
        key = f"firm{place + 1}"
        firm.contact = accounts.get(key, "")
        person = (
            town.frame.people[firm.contact]
            if firm.contact
            else town.person(phone=f"1990000{1000 + place:04d}")
        )
        firm.receives = person.name
        directory.add_membership(
            actor=town.frame.actor,
            person=person,
            organization=firm.organization,
            role="contact",
            since=town.since,
            now=town.frame.now,
        )


def outline(town: Town) -> None:
    """The boundary on the map."""
    directory.upload_shapes(
        actor=town.frame.actor,
        areas=[(town.frame.town.name, {"type": "Polygon", "coordinates": [names.OUTLINE]})],
        name=town.frame.town.name,
        datum="WGS-84",
        source="演示用的虚构边界",
        now=town.frame.now,
    )


def open_accounts(town: Town, people: list[tuple[str, str, str, str]]) -> None:
    """Colleagues: (account, name, role, key of the organization)."""
    for username, name, role, place in people:
        town.given.add(name)
        frames.account(town.frame, username, name, role, place, town.since)
