"""People on their way into the party, at several of the 25 steps, each taken by the verb of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from lianjian.directory import actions as directory
from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.calendar import plus_months
from lianjian.partylife import actions as partylife
from lianjian.partylife.models import Applicant
from lianjian.partylife.queries.pool import pool_on
from lianjian.partylife.rules.facts import Facts, Guide

from .town import Town

KINDS = ("backbone", "executive", "owner", "talent")
SEEN = frozenset({"secret", "singly"})
PAPERS: Mapping[int, tuple[str, ...]] = {
    1: ("written", "own_hand"),
    3: ("recommended", "committee"),
    4: ("data", "opinion"),
    7: ("group", "contacts", "members", "masses"),
    10: ("conclusion", "passed"),
    12: ("collective", "members", "masses"),
    13: ("written", "passed"),
    15: ("secret", "singly", "target", "sponsors", "committee", "discussion"),
    16: ("talked", "opinion"),
    17: ("collective", "singly"),
    19: ("branch", "group"),
    20: ("place", "people"),
    22: ("written",),
    23: ("secret", "singly"),
    24: ("talked", "announced"),
    25: ("application", "review", "training"),
}
SAID: Mapping[int, Mapping[str, Any]] = {
    1: {"of_age": True, "choice": "work"},
    2: {"choice": "organisation", "by_whom": "支部组织委员"},
    6: {"outcome": "assessment", "by_whom": "培养联系人"},
    11: {"training_days": 3, "training_hours": 24, "by_whom": "镇党校"},
    15: {"outcome": "passed", "eligible": 15, "present": 13, "yes": 12, "no": 0, "abstain": 1},
    17: {"outcome": "approved", "body_kind": "committee", "by_whom": "镇党委"},
    20: {"by_whom": "镇党委"},
    21: {"outcome": "assessment", "by_whom": "党支部"},
    23: {"outcome": "on_time", "eligible": 15, "present": 14, "yes": 14},
    24: {"outcome": "approved", "body_kind": "committee", "by_whom": "镇党委"},
}
# Months from the application to each step, for those who came far.
MONTHS: Mapping[int, int] = {
    3: 6, 4: 6, 5: 6, 6: 12, 7: 18, 8: 18, 9: 19, 10: 19, 11: 20, 12: 20, 13: 21, 14: 21, 15: 21,
    16: 22, 17: 23, 18: 23, 19: 23, 20: 24, 21: 28, 22: 33, 23: 33, 24: 34, 25: 34,
}  # fmt: skip


def facts(town: Town, number: int, made: int) -> Facts:
    """What is written on the form of a step; three of four papers lie in the dossier."""
    guides = ()
    if number in (5, 9):
        guides = (Guide(town.person_name()), Guide(town.person_name()))
    said = dict(SAID.get(number, {}))
    if number == 14:
        said["form_number"] = f"{town.frame.today.year}{made:05d}"
    return Facts(
        observed=frozenset(PAPERS.get(number, ())), guides=guides, filed=(number + made) % 4 != 0, **said
    )


class Way:
    """One person after the other, each with firm, branch and committee."""

    def __init__(self, town: Town, clerk: Actor, branches: list[Organization]) -> None:
        self.town, self.clerk, self.branches, self.made = town, clerk, branches, 0

    def applied(self, day: date) -> Applicant:
        """Step 1."""
        self.made += 1
        return partylife.record_application(
            actor=self.clerk,
            person=self.town.person_name(),
            enterprise=self.town.firms[(self.made * 4 + 1) % len(self.town.firms)].organization,
            branch=self.branches[self.made % len(self.branches)],
            applied_on=day,
            kind=KINDS[self.made % len(KINDS)],
            facts=facts(self.town, 1, self.made),
            now=self.town.frame.now,
        )

    def step(self, row: Applicant, number: int, day: date) -> None:
        """Any other step."""
        partylife.take_step(
            actor=self.clerk, applicant=row, number=number, done_on=day, facts=facts(self.town, number, self.made),
            now=self.town.frame.now,
        )  # fmt: skip

    def come_far(self, applied_on: date, until: int) -> None:
        """From the application to `until`, each step when it was due."""
        row = self.applied(applied_on)
        self.step(row, 2, applied_on + timedelta(days=14))
        for number in range(3, until + 1):
            self.step(row, number, plus_months(applied_on, MONTHS[number]))


def applicants(town: Town, clerk: Actor) -> None:
    """Fifteen applications of this year, five of them activists, one new member; others who began before."""
    branches = [town.frame.places[key] for key in ("chain1", "chain2", "chain3", "electronics", "food")]
    way, today = Way(town, clerk, branches), town.frame.today
    first = date(today.year, 1, 1)
    length = (today - first).days
    for number in range(15):
        row = way.applied(first + timedelta(days=length * number // 18))
        if number < 10:
            way.step(row, 2, min(row.applied_on + timedelta(days=10), today))
        if number == 5:
            recommend(way, row, today)
        if number < 5:
            chosen = first + timedelta(days=length * (number + 8) // 13)
            way.step(row, 3, max(chosen, row.applied_on + min(timedelta(days=10), today - row.applied_on)))
            for step in (4, 5)[: number % 3]:
                way.step(row, step, today)
    # Admitted by a branch meeting of this year; one before the pre-review, one since long a full member.
    way.come_far(plus_months(max(today - timedelta(days=75), first), -MONTHS[15]), 15 if length < 75 else 17)
    way.come_far(plus_months(today, -20), 12)
    way.come_far(plus_months(today, -46), 25)


def recommend(way: Way, row: Applicant, today: date) -> None:
    """The Youth League recommends somebody whom the branch may choose next."""
    partylife.recommend(
        actor=way.clerk, applicant=row, kind="league", by_text="云溪镇团委", recommended_on=today,
        opinion="团员评议优秀,同意推荐", now=way.town.frame.now,
    )  # fmt: skip


def notice(town: Town, clerk: Actor) -> None:
    """Owners, executives and backbones of firms whom the organization keeps in touch with."""
    today, now = town.frame.today, town.frame.now
    for place, firm in enumerate(town.firms[20:26]):
        made = partylife.notice_talent(
            actor=clerk, person=town.person_name(), enterprise=firm.organization, kind=KINDS[place % len(KINDS)],
            noticed_on=today - timedelta(days=40 + 9 * place), source=("visit", "firm", "branch")[place % 3],
            words="技术骨干,关心车间党员活动" if place % 2 else "", next_step="邀请参加主题党日" if place < 4 else "",
            next_by=today + timedelta(days=10 * place - 5) if place < 4 else None, now=now,
        )  # fmt: skip
        if place == 5:
            partylife.end_talent(actor=clerk, lead=made, ended_on=today, reason="已离职", now=now)


def review(town: Town, clerk: Actor) -> None:
    """The town's committee looked at all who are in training below it, with words on one of them."""
    now, day, body = town.frame.now, town.frame.today - timedelta(days=25), town.frame.places["town"]
    directory.set_profile(actor=clerk, organization=body, level="committee", now=now)
    body.refresh_from_db()
    made = partylife.review_pool(
        actor=clerk, body=body, reviewed_on=day, problems="生产一线职工偏少,两个支部全年没有新的积极分子",
        measures="每个支部联系两名一线骨干,下季度逐个支部上门指导", now=now,
    )  # fmt: skip
    someone = pool_on(body, day).filter(activist_on__isnull=False).order_by("pk").first()
    if someone is not None:
        partylife.note_in_review(
            actor=clerk, review=made, applicant=someone, words="安排参加下一期积极分子培训班", now=now
        )
