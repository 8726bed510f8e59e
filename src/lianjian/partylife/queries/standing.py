"""What a member's and a branch's page show of moves and spells, and whom a body may now decide about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Link
from lianjian.foundation.looks import show_date
from lianjian.rulebook.queries import cadences
from lianjian.rulebook.rules import Cadence, Held, span_of, state_of

from ..models import Absence, BranchMembership, MemberContact, PartyMember, StandingDecision, Transfer
from ..models.doors import of_branches
from ..rules import moves as rules
from .bodies import form_on
from .branches import may_write, member_url
from .ladder import Law
from .moves import away_on, transfer_url

OVERDUE, ABROAD, CONTACT = ("due", "late"), "mobile.abroad_contact", "mobile.contact_person"
KEPT, CORRECTION = "mobile.graduate", "mobile.correction"
NOTED = (*rules.AWAY, rules.GRADUATE)


@dataclass(frozen=True)
class Moves:
    """What a member's page shows of transfers, spells away, contacts and decisions."""

    transfers: Sequence[tuple[Any, ...]]
    absences: Sequence[tuple[Any, ...]]
    contacts: Sequence[tuple[Any, ...]]
    decisions: Sequence[tuple[Any, ...]]
    open_absences: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, Any]]
    proposal: str
    may_decide: bool


def _near(actor: Actor, member: PartyMember) -> bool:
    """Whether the actor sees the branch where he is at home, or was last: others read nothing of what came later."""
    homes = BranchMembership.objects.filter(member=member, role=BranchMembership.HOME)
    last = homes.order_by("-since", "-pk").values("pk")[:1]
    return BranchMembership.objects.filter(of_branches(actor), pk__in=last).exists()


def member_moves(actor: Actor, member: PartyMember, day: date) -> Moves:
    """Six queries at most, and those of the rules that apply."""
    transfers = list(member.transfers.select_related("branch", "to_branch").order_by("-opened_on", "-id"))
    opened = set(Transfer.objects.visible_to(actor).filter(member=member).values_list("pk", flat=True))
    near = _near(actor, member)
    absences = list(member.absences.order_by("-since", "-id")) if near else []
    contacts = list(member.contacts.order_by("-day", "-id")) if near else []
    decisions = list(member.decisions.order_by("-since", "-id")) if near else []
    running = [one for one in absences if one.until is None]
    suspended = next((d for d in decisions if d.kind == rules.SUSPEND and (d.until is None or d.until > day)), None)
    facts: list[tuple[str, Any]] = []
    if suspended is not None:
        facts.append((gettext("停止党籍"), gettext("%(day)s起") % {"day": suspended.since}))
    facts += _put_off(member, transfers, day)
    grounds = rules.grounds(absences, decisions, _days(contacts), day)
    law = Law(member.jurisdiction_id)
    facts += _correcting(law, decisions, day)
    asked = (_reached(law, ground, since, day, decisions) for ground, since in grounds)
    reached = [words for words in asked if words]
    return Moves(
        transfers=[
            (_named(t, t.pk in opened), translate(rules.STATES[t.state]), t.opened_on, t.closed_on) for t in transfers
        ],
        absences=[
            (translate(rules.ABSENCES[a.kind]), _told(a, law), a.since, a.until, a.contact_name) for a in absences
        ],
        contacts=[_contact(c) for c in contacts[:20]],
        decisions=[
            (translate(rules.DECISIONS[d.kind]), d.since, d.until, f"{d.body} {d.paper}".strip(), d.reason)
            for d in decisions
        ],
        open_absences=[
            (translate(rules.ABSENCES[a.kind]), reverse("partylife:end_absence", kwargs={"key": a.key}))
            for a in running
        ],
        facts=facts,
        proposal=reached[0] if reached else "",
        may_decide=suspended is not None or bool(grounds) or rules.correcting(decisions, day) is not None,
    )  # fmt: skip


def _named(transfer: Transfer, opens: bool) -> Any:
    words = f"{transfer.source_name} → {transfer.target_name}"
    return Link(words, transfer_url(transfer.key)) if opens else words


def _told(spell: Absence, law: Law) -> str:
    """Where he is or what is known, with the days of the registration on both sides (双向登记); of a graduate, until
    when his relation may stay at school.
    """
    both = (
        (gettext("流出登记"), spell.registered_out_on),
        (gettext("流入登记"), spell.registered_in_on),
    )
    told = [f"{word} {show_date(on)}" for word, on in both if on is not None]
    kept = kept_until(law, spell) if spell.kind == rules.GRADUATE and spell.until is None else None
    if kept is not None:
        told.append(gettext("最迟%(day)s前转出") % {"day": show_date(kept[0])})
    return " · ".join(filter(None, (spell.place, spell.words, *told)))


def kept_until(law: Law, spell: Any) -> tuple[date, str] | None:
    """The last day on which a graduate's relation may stay at school, and its source (art. 34)."""
    return _term(law, KEPT, spell.since)


def _correcting(law: Law, decisions: Sequence[StandingDecision], day: date) -> list[tuple[str, Any]]:
    """The correction period that runs, and whether it is longer than the rule allows (art. 30)."""
    one = rules.correcting(decisions, day)
    if one is None:
        return []
    words = gettext("%(since)s至%(until)s") % {"since": show_date(one.since), "until": show_date(one.until)}
    longest = _term(law, CORRECTION, one.since)
    if longest is not None and one.until > longest[0]:
        over = gettext("%(words)s,超过规定的最长期限%(day)s。依据:%(cite)s")
        words = over % {"words": words, "day": show_date(longest[0]), "cite": longest[1]}
    return [(gettext("限期改正"), words)]


def _contact(one: MemberContact) -> tuple[Any, ...]:
    reached = gettext("联系上了") if one.reached else gettext("没有联系上")
    return one.day, translate(rules.WAYS[one.way]), reached, one.words


def _days(contacts: Iterable[MemberContact]) -> list[date]:
    """On which he was reached."""
    return [one.day for one in contacts if one.reached]


def _put_off(member: PartyMember, transfers: Sequence[Transfer], day: date) -> list[tuple[str, Any]]:
    """R1.04: how long the discussion of who came on probation may be put off; the day of turning full stays."""
    came = any(one.state == rules.ACCEPTED and one.to_branch_id for one in transfers)
    if not came or (member.full_on is not None and member.full_on <= day):
        return []
    law = Law(member.jurisdiction_id)
    over = law.bound("member.probation", 0, member.joined_on)
    until = law.bound("member.transferred", 0, over.day) if over is not None else None
    if over is None or until is None:
        return []
    words = gettext("%(over)s预备期满;转入的最迟可推迟到%(until)s讨论,党龄仍从预备期满之日算起")
    return [(gettext("讨论转正"), words % {"over": over.day, "until": until.day})]


def _term(law: Law, code: str, start: date) -> tuple[date, str] | None:
    """The day on which a period from `start` is full, and its source; None where no rule binds.

    More than (超过) means the day after.
    """
    begun = law.since(code, start)
    found = law.bound(code, 0, begun)
    if found is None:
        return None
    more = 1 if law.rule(code, begun).params.get("beyond") else 0
    return found.day + timedelta(days=more), found.cite


def is_full(law: Law, ground: str, since: date, day: date) -> bool:
    """Whether the period of a recorded fact is full on a day; that of a correction asks only once it is over."""
    full = None if ground == rules.CORRECT else _term(law, rules.GROUNDS[ground][0], since)
    return ground == rules.CORRECT or (full is not None and full[0] <= day)


def _reached(law: Law, ground: str, since: date, day: date, decisions: Iterable[StandingDecision] = ()) -> str:
    """What a body may decide since the period of a recorded fact is full; empty before."""
    code, proposed = rules.GROUNDS[ground]
    if ground == rules.CORRECT:
        one = rules.correcting(decisions, day)
        words = gettext(
            "限期改正到%(day)s已届满,请研究并登记改正情况;没有转变的,应当劝其退党,劝而不退的可提出除名。依据:%(cite)s。"
        )
        return words % {"day": one.until if one else day, "cite": law.cite(code, since)}
    found = _term(law, code, since)
    if found is None or not is_full(law, ground, since, day):
        return ""
    words = gettext("从%(since)s起的情况到%(day)s已满规定期限,可提出%(what)s,由党组织研究决定。依据:%(cite)s。")
    return words % {
        "since": since, "day": found[0], "what": translate(rules.DECISIONS[proposed]), "cite": found[1],
    }  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """A member whose recorded facts reach a period, with what was done to find him; `decide_url` for who may."""

    name: str
    url: str
    decide_url: str
    branch: str
    words: str
    contacts: Sequence[tuple[Any, ...]]


def _by_member(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for one in rows:
        found.setdefault(one.member_id, []).append(one)
    return found


def proposals(actor: Actor, day: date) -> list[Proposal]:
    """Whom a body may now decide about, oldest first: of branches that the actor sees. Five queries, and the rules."""
    seats: Any = BranchMembership.objects.filter(of_branches(actor), role=BranchMembership.HOME)
    asked = Absence.objects.filter(kind__in=rules.GROUNDS, since__lte=day).values("member_id")
    correcting = StandingDecision.objects.filter(kind=rules.CORRECT, until__lte=day).values("member_id")
    found_or_told = Q(member__in=asked) | Q(member__in=correcting)
    homes = {
        seat.member_id: seat
        for seat in seats.on(day).filter(found_or_told).select_related("branch", "member__person")
    }
    spells = _by_member(Absence.objects.filter(member__in=homes).order_by("since", "pk"))
    decisions = _by_member(StandingDecision.objects.filter(member__in=homes))
    contacts = _by_member(MemberContact.objects.filter(member__in=homes).order_by("-day", "-pk"))
    laws = {place: Law(place) for place in {seat.member.jurisdiction_id for seat in homes.values()}}
    found: list[tuple[date, Proposal]] = []
    for pk, seat in homes.items():
        member, said = seat.member, contacts.get(pk, [])
        for ground, since in rules.grounds(spells.get(pk, ()), decisions.get(pk, ()), _days(said), day):
            words = _reached(laws[member.jurisdiction_id], ground, since, day, decisions.get(pk, ()))
            if words:
                address = reverse("partylife:decide_standing", kwargs={"key": member.key})
                tried = [_contact(one) for one in said if one.day >= since]
                shown = Proposal(
                    member.person.name, member_url(member.key), address if may_write(actor, seat.branch) else "",
                    seat.branch.name, words, tried,
                )  # fmt: skip
                found.append((since, shown))
    return [shown for _since, shown in sorted(found, key=lambda one: (one[0], one[1].name))]


def branch_notes(actor: Actor, branch: Organization, day: date) -> list[tuple[str, str, str]]:
    """What a branch should look at, each (words, name, address). Four queries, and those of the rules that apply."""
    found: list[tuple[str, str, str]] = []
    rows = Transfer.objects.filter(Q(branch=branch) | Q(to_branch=branch), state=rules.OPEN)
    for one in rows.select_related("member__person", "branch", "to_branch").order_by("valid_until"):
        if one.to_branch_id == branch.pk:
            words = gettext("等待本支部接收,介绍信有效期至%(day)s") % {"day": one.valid_until}
        elif day > one.valid_until:
            words = gettext("介绍信%(day)s已到期,对方还没有接收") % {"day": one.valid_until}
        else:
            words = gettext("等待对方接收,介绍信有效期至%(day)s") % {"day": one.valid_until}
        found.append((words, one.member.person.name, transfer_url(one.key)))
    spells = list(away_on(day, NOTED).filter(branch_id=branch.pk).select_related("member__person").order_by("since"))
    if not spells:
        return found
    moving = {one.member_id for one in rows}
    asking = _Asking(branch, day, any(one.kind == rules.STUDY for one in spells))
    spoken = MemberContact.objects.filter(member__in=[one.member_id for one in spells], reached=True)
    days = {pk: [day for _pk, day in some] for pk, some in groupby(
        spoken.order_by("member_id", "day").values_list("member_id", "day"), key=lambda row: row[0]
    )}  # fmt: skip
    for one in spells:
        for words in asking.of(one, one.member_id in moving, days.get(one.member_id, [])):
            found.append((words, one.member.person.name, member_url(one.member.key)))
    return found


class _Asking:
    """What the rules ask of a home branch for its members away, on a day."""

    def __init__(self, branch: Organization, day: date, studying: bool) -> None:
        self.day, self.law = day, Law(branch.jurisdiction_id)
        self.branch = branch
        self.cadence: Cadence | None = None
        self._rural: bool | None = None
        if studying and self.law.binds(ABROAD, day):
            self.cadence = cadences([ABROAD], day, branch.jurisdiction_id)[ABROAD].cadence

    def rural(self) -> bool:
        """Whether the branch stands at a village; asked once, where it matters."""
        if self._rural is None:
            self._rural = form_on(self.branch, self.day).seat == "village"
        return self._rural

    def of(self, spell: Any, moving: bool, spoken: Sequence[date]) -> list[str]:
        """What is asked for one spell, each with its source."""
        if spell.kind == rules.STUDY:
            return self._unspoken(spell, spoken)
        if spell.kind == rules.GRADUATE and not moving:
            return self._kept(spell)
        if spell.kind != rules.MOBILE:
            return []
        found = []
        if not spell.contact_name:
            words = gettext("流动在外,还没有确定联系人")
            if self.rural() and self.law.binds(CONTACT, self.day):
                words = gettext("%(words)s。依据:%(cite)s") % {"words": words, "cite": self.law.cite(CONTACT, self.day)}
            found.append(words)
        full = None if moving else _term(self.law, "mobile.transfer", spell.since)
        if full is not None and full[0] <= self.day:
            words = gettext("%(day)s起外出,到%(full)s已满规定期限,地点较固定的应当转移组织关系。依据:%(cite)s")
            found.append(words % {"day": spell.since, "full": full[0], "cite": full[1]})
        return found

    def _kept(self, spell: Any) -> list[str]:
        """A graduate's relation stays at school up to a day."""
        until = kept_until(self.law, spell)
        if until is None:
            return []
        told = {"day": show_date(until[0]), "cite": until[1]}
        if until[0] < self.day:
            return [gettext("毕业生组织关系保留已于%(day)s期满,应当转出。依据:%(cite)s") % told]
        return [gettext("毕业生组织关系保留到%(day)s,期满前应当转出。依据:%(cite)s") % told]

    def _unspoken(self, spell: Any, spoken: Sequence[date]) -> list[str]:
        """Periods of the cadence, the running one and the one before, in which nobody spoke with him."""
        if self.cadence is None:
            return []
        now = span_of(self.day, self.cadence.per)
        found = []
        for span in (span_of(now.first - timedelta(days=1), self.cadence.per), now):
            if spell.since > span.first:
                continue  # asked from the first whole period on
            times = sum(span.first <= one <= span.last for one in spoken)
            light = state_of(self.cadence, Held(today=self.day, done=times, period=span.first)).light
            if light in OVERDUE:
                words = gettext("出国(境)学习,%(first)s至%(last)s还没有联系记录。依据:%(cite)s")
                cite = self.law.cite(ABROAD, self.day)
                found.append(words % {"first": span.first, "last": span.last, "cite": cite})
        return found


