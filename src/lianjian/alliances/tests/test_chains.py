"""The register of industry chains: what stands on a chain, who leads it, which firms are on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from django.urls import reverse

from lianjian.alliances import actions
from lianjian.alliances.models import Alliance, Term
from lianjian.alliances.queries import CHAIN_FIRMS, CHAINS, MEMBERS, chain_page
from lianjian.directory import actions as directory
from lianjian.directory.models import Merge, Organization, Person
from lianjian.foundation.calendar import CHINA
from lianjian.foundation.listrows import narrowed
from tests.cast import NOW, TODAY, Cast

from .test_alliances import DAY, admit, found
from .test_people import seat


def term(cast: Cast, name: str = "家具", who: str = "clerk") -> Term:
    return actions.add_term(actor=cast.actor(who), list_code="chain", name=name, now=NOW)


def sized(cast: Cast, body: Any, staff: int | None, members: int | None) -> None:
    directory.set_enterprise_year(
        actor=cast.system(), organization=body, year=2025, staff=staff, party_members=members, now=NOW
    )


def row(cast: Cast, name: str, who: str = "clerk") -> tuple[Any, ...]:
    rows = CHAINS.base(cast.actor(who)).filter(name=name)
    [found_] = rows.values_list("use", "heads", "committees", "alliances", "firms")
    return found_


def furnished(cast: Cast) -> Term:
    """Two alliances on one chain, a committee and a loose one; one firm sits in both."""
    chain = term(cast)
    committee = found(cast, "家具产业链党委", form="formal", chain="家具")
    loose = found(cast, chain="家具")
    found(cast, "别的联盟")
    admit(cast, committee, cast.firm, role="链主企业")
    admit(cast, loose, cast.firm, role="上游企业")
    admit(cast, loose, cast.second_firm, role="下游企业")
    admit(cast, loose, cast.village)
    seat(cast, committee, role="链长", on_behalf=cast.town_root)
    seat(cast, committee, who="leader", role="链长", until=TODAY)
    seat(cast, loose, who="contact", role="联络员")
    sized(cast, cast.firm, 120, 7)
    sized(cast, cast.second_firm, None, 2)
    return chain


def test_each_firm_once_each_role_apart(cast: Cast) -> None:
    chain = furnished(cast)
    assert row(cast, "家具") == ("used", "石岩", 1, 2, 2)
    page = chain_page(cast.actor("clerk"), chain, TODAY)
    assert [one.name for one in page.heads] == ["石岩"] and [one.name for one in page.past_heads] == ["高原"]
    assert [one.name for one in page.committees] == ["家具产业链党委"]
    assert [one.name for one in page.alliances] == ["家具产业党建联盟"]
    assert [name for name, _url in page.leaders] == [cast.firm.name]
    assert {one.role: (one.seats, one.firms) for one in page.roles} == {
        "链主企业": (1, 1), "上游企业": (1, 1), "下游企业": (1, 1),
    }  # fmt: skip
    assert (page.firms, page.partners, page.staff, page.members, page.unknown_staff) == (2, 2, 120, 9, 1)
    admit(cast, Alliance.objects.get(organization__name="家具产业党建联盟"), cast.other_firm)
    page = chain_page(cast.actor("clerk"), chain, TODAY)
    assert (page.members, page.unknown_members) == (9, 1)


def test_a_chain_of_the_county_holds_what_its_towns_do(cast: Cast) -> None:
    wide = term(cast, "林业", "county_clerk")
    term(cast, "林业", "other_clerk")
    alliance = found(cast, chain="林业")
    admit(cast, alliance, cast.firm)
    rows = CHAINS.base(cast.actor("county_clerk")).filter(name="林业").order_by("jurisdiction__level", "pk")
    assert list(rows.values_list("jurisdiction__name", "alliances", "firms")) == [("云岭县", 1, 1), ("石桥镇", 0, 0)]
    assert chain_page(cast.actor("county_clerk"), wide, TODAY).firms == 1
    rows = CHAIN_FIRMS.base(cast.actor("county_clerk"))
    assert [one.name for one in rows] == [cast.firm.name]
    shown = cast.client("clerk").get(reverse("alliances:alliance", kwargs={"key": alliance.key})).content.decode()
    assert reverse("alliances:chain", kwargs={"key": wide.key}) in shown


def test_what_is_over_stands_no_more(cast: Cast) -> None:
    chain = term(cast)
    alliance = found(cast, chain="家具")
    member = admit(cast, alliance, cast.firm)
    seat(cast, alliance, role="链长")
    actions.leave(actor=cast.actor("clerk"), seat=member, until=TODAY, now=NOW)
    assert row(cast, "家具") == ("used", "石岩", 0, 1, 0)
    actions.dissolve_alliance(actor=cast.actor("clerk"), alliance=alliance, on=TODAY - DAY, now=NOW)
    actions.retire_term(actor=cast.actor("clerk"), term=chain, now=NOW)
    assert row(cast, "家具") == ("retired", "", 0, 0, 0)
    page = chain_page(cast.actor("clerk"), chain, TODAY)
    assert (page.heads, [one.name for one in page.past_heads]) == ([], ["石岩"])


def listed(cast: Cast, address: str) -> list[str]:
    """The bodies of the seats that a list of members shows under an address."""
    rows = narrowed(MEMBERS, cast.actor("clerk"), dict(parse_qsl(urlsplit(address).query)))
    return list(rows.order_by("body_name").values_list("body_name", flat=True))


def test_a_number_opens_onto_its_own_rows(cast: Cast) -> None:
    actions.add_term(actor=cast.actor("clerk"), list_code="role", name="上游&配套", now=NOW)
    chain = term(cast)
    alliance = found(cast, chain="家具")
    for body in (cast.firm, cast.second_firm):
        admit(cast, alliance, body, role="上游&配套")
    directory.dissolve_organization(actor=cast.system(), organization=cast.second_firm, on=TODAY, now=NOW)
    [role] = chain_page(cast.actor("clerk"), chain, TODAY).roles
    assert (role.seats, listed(cast, role.url)) == (1, [cast.firm.name])
    shown = cast.client("clerk").get(role.url).content.decode().split("<tbody", 1)[1]
    assert cast.firm.name in shown and cast.second_firm.name not in shown
    members = cast.client("clerk").get(reverse("alliances:alliance", kwargs={"key": alliance.key})).content.decode()
    assert "成员 1 个" in members


def test_the_list_of_a_day_holds_the_bodies_of_that_day(cast: Cast) -> None:
    alliance = found(cast)
    double = Organization.objects.get(pk=cast.second_firm.pk)
    admit(cast, alliance, double)
    directory.merge_organizations(actor=cast.system(), winner=cast.firm, loser=double, now=NOW)
    Merge.objects.update(at=datetime(2026, 3, 1, tzinfo=CHINA))
    members = reverse("alliances:members")
    assert listed(cast, f"{members}?day=2026-02-28") == [double.name]
    assert listed(cast, f"{members}?day={TODAY}") == listed(cast, members) == [cast.firm.name]
    assert double.name in cast.client("clerk").get(f"{members}?day=2026-02-28&sort=body_kind").content.decode()


def test_the_pages(cast: Cast) -> None:
    chain = furnished(cast)
    clerk = cast.client("clerk")
    listed = clerk.get(reverse("alliances:chains")).content.decode()
    assert "家具" in listed and "石岩" in listed and "list=chain" in listed
    for query in ("?q=石岩", "?sort=-firms", "?sort=heads", "?state=used", f"?town={cast.town.pk}"):
        assert "家具" in clerk.get(reverse("alliances:chains") + query).content.decode(), query
    for query in ("?q=没有的", "?state=retired", "?town=x"):
        assert ">家具<" not in clerk.get(reverse("alliances:chains") + query).content.decode(), query
    url = reverse("alliances:chain", kwargs={"key": chain.key})
    shown = clerk.get(url).content.decode()
    assert f"chain={chain.key}&amp;role={quote('链主企业')}" in shown and "家没有登记职工数" in shown
    rows = clerk.get(f"{reverse('alliances:members')}?chain={chain.key}&role=链主企业&kind=enterprise&day={TODAY}").content.decode()
    assert rows.split("<tbody", 1)[1].count(cast.firm.name) == 1 and "别的联盟" not in rows
    firms = reverse("alliances:chain_firms")
    assert clerk.get(f"{firms}?chain={chain.key}&sort=-enterprise__staff").content.decode().count(cast.second_firm.name) == 1
    partners = clerk.get(f"{firms}?partners={chain.key}").content.decode()
    assert cast.second_firm.name in partners and cast.firm.name in partners
    assert clerk.get(f"{firms}?chain=x").status_code == 200
    other = cast.client("other_clerk").get(url).content.decode()
    assert "石岩" not in other and cast.firm.name in other  # read across towns, its people are not
    assert "石岩" not in cast.client("other_clerk").get(reverse("alliances:chains")).content.decode()
    cast.actor("clerk")
    Person.objects.filter(pk=cast.people["village"].pk).update(name_published=True)
    assert "石岩" in cast.client("contact").get(url).content.decode()
    assert clerk.get(reverse("alliances:terms") + "?list=chain").content.decode().count('value="chain" selected') == 1
    mode = actions.add_term(actor=cast.actor("clerk"), list_code="mode", name="新型", now=NOW)
    assert clerk.get(reverse("alliances:chain", kwargs={"key": mode.key})).status_code == 404
    assert cast.client("auditor").get(url).status_code == 403
