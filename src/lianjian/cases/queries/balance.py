"""Cases that nobody has signed for and that had better go to another team: proposals for who dispatches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from lianjian.directory.models import Team
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import _, translate
from lianjian.foundation.replan import replan

from .. import rules
from ..models import Case, CaseEvent, Route
from ..rules.balance import fit, terms
from .categories import route_for
from .tree import Tree, tree_of

MOST = 1000


@dataclass(frozen=True)
class Adjustment:
    """A case, the team that has it, the team that should, and why. Loads are those before anything moves."""

    case: Case
    old: Team
    new: Team
    old_load: int
    new_load: int
    reason: str


@dataclass(frozen=True)
class Adjustments:
    """The proposals, those that save most first, and how many cases were looked at."""

    lines: list[Adjustment]
    looked_at: int


def adjustments(actor: Actor, jurisdiction_id: int) -> Adjustments:
    """Proposals that together make the least of fit and load; a case is proposed until it was moved once. Six queries.

    Looked at are cases of a team that are dispatched and not signed for, the oldest first. Where a rule says which unit
    deals with the matter, only teams of that unit come into question.
    """
    waiting = list(
        Case.objects.visible_to(actor)
        .filter(jurisdiction_id=jurisdiction_id, state="dispatched", team__isnull=False)
        # Moved once, it stays: by whomever, for whatever reason.
        .exclude(pk__in=CaseEvent.objects.filter(move="redispatch").values("case_id"))
        .select_related("category", "village", "handler", "team__organization")
        .order_by("sent_at", "id")[:MOST]
    )
    rows = Team.objects.filter(jurisdiction_id=jurisdiction_id, dissolved_on__isnull=True)
    teams = {team.pk: team for team in rows.select_related("organization").prefetch_related("areas")}
    waiting = [case for case in waiting if case.team_id in teams]
    if not waiting:
        return Adjustments([], 0)
    routes = list(
        Route.objects.filter(jurisdiction_id=jurisdiction_id).select_related("category", "organization", "village")
    )
    tree = tree_of(jurisdiction_id)
    open_cases = Case.objects.filter(jurisdiction_id=jurisdiction_id, team__in=teams, state__in=rules.OPEN)
    load = Counter(open_cases.order_by().values_list("team_id", flat=True))
    table = [
        (place, team, cost)
        for place, case in enumerate(waiting)
        for team, cost in _fitting(case, teams, routes, tree).items()
    ]
    return Adjustments(_moves(waiting, teams, table, load), len(waiting))


def _fitting(case: Case, teams: dict[int, Team], routes: list[Route], tree: Tree) -> dict[int, int]:
    """Teams that may have the case and what each costs; among them the one that has it."""
    line = [node.code for node in tree.line(case.category.code)]
    barred = rules.GRASSROOTS if tree.departmental(case.category.code) else ()
    rule = route_for(case, line, routes)
    found = {}
    for team in teams.values():
        known = [line.index(code) for code in team.subjects if code in line]
        villages = {area.village_id for area in team.areas.all()}
        mine = team.pk == case.team_id
        suits = known and (not villages or case.village_id in villages)
        suits = suits and team.organization.classification not in barred
        if mine or (suits and (rule is None or rule.organization_id == team.organization_id)):
            found[team.pk] = fit(min(known, default=len(line)), case.village_id in villages)
    return found


def _moves(
    waiting: list[Case], teams: dict[int, Team], table: list[tuple[int, int, int]], load: Counter[int]
) -> list[Adjustment]:
    """The plan, in words. Keys are numbers with leading zeros, so that their order is that of the rows."""
    order = {pk: place for place, pk in enumerate(teams)}
    at = {f"{pk:019}": pk for pk in teams}
    cases = {f"{case.pk:019}": case for case in waiting}
    fixed = load - Counter(case.team_id or 0 for case in waiting)
    plan = replan(
        list(cases),
        list(at),
        (
            np.array([place for place, _team, _cost in table], np.int64),
            np.array([order[team] for _place, team, _cost in table], np.int64),
            np.array([cost for _place, _team, cost in table], np.int64),
        ),
        {key: f"{case.team_id or 0:019}" for key, case in cases.items()},
        load=np.array([fixed[pk] for pk in teams], np.int64),
        room=np.full(len(teams), MOST + max(load.values(), default=0)),
        terms=terms(max((cost for *_at, cost in table), default=0), max(load.values(), default=0) + len(waiting)),
    )
    costs = {(place, team): cost for place, team, cost in table}
    places = {key: place for place, key in enumerate(cases)}
    lines = []
    for move in sorted(plan.moves, key=lambda move: -move.saves):
        old, new = teams[at[move.old]], teams[at[move.new]]
        better = costs[places[move.case], old.pk] - costs[places[move.case], new.pk]
        reason = _words(new, load[old.pk], load[new.pk], better)
        lines.append(Adjustment(cases[move.case], old, new, load[old.pk], load[new.pk], reason))
    return lines


def _words(new: Team, old_load: int, new_load: int, better: int) -> str:
    """Why, as it also goes into the story of the case."""
    parts = []
    if better > 0:
        parts.append(translate(_("%(team)s更合适这件事")) % {"team": new.name})
    elif better == 0:
        parts.append(translate(_("%(team)s同样合适")) % {"team": new.name})
    else:
        parts.append(translate(_("%(team)s也能办")) % {"team": new.name})
    if old_load > new_load:
        parts.append(translate(_("在办 %(new)d 件,原团队 %(old)d 件")) % {"new": new_load, "old": old_load})
    return "、".join(parts)
