"""Categories for filters and forms, and where matters go: which unit is suggested, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from lianjian.directory.models import Organization, Team
from lianjian.foundation import prepared, references
from lianjian.foundation.actor import Actor
from lianjian.foundation.errors import _, translate
from lianjian.foundation.remembered import remembered
from lianjian.foundation.replan import loaded
from lianjian.jurisdictions.models import Jurisdiction
from lianjian.rulebook.queries import line_of

from .. import rules
from ..models import Case, Category, Question, ReplyTemplate, Route, Service
from ..rules.balance import EACH, fit
from .tree import Node, Tree, tree_of

# Bodies to which cases are sent.
UNITS = ("government", "mass", "station", "centre", "party", "institute", "village", "property")


def _near(readable: tuple[int, ...]) -> QuerySet[Category, tuple[str, str, str, int]]:
    """Categories of these places and of the places right above them."""
    above = Jurisdiction.objects.filter(children__in=readable).values("id")
    near = Q(jurisdiction_id__in=readable) | Q(jurisdiction_id__in=above)
    rows = Category.objects.filter(near).order_by("position", "id")
    return rows.values_list("code", "name", "parent__code", "position")


def _tree_in_use(actor: Actor) -> Tree:
    """Categories written down where the actor reads; one query."""
    rows = prepared.recall(("cases.categories", actor.readable), lambda: _near(actor.readable))
    nodes: dict[str, Node] = {}
    for code, name, parent, position in rows:
        nodes.setdefault(code, Node(code, name, parent or "", position))
    return Tree(nodes)


def category_filter(actor: Actor) -> list[tuple[str, str]]:
    """(code, path) of the categories in use where the actor reads, for the list; one query."""
    tree = _tree_in_use(actor)
    return [(node.code, tree.path(node.code)) for _depth, node in tree.walk()]


def in_category(rows: QuerySet[Case], code: str, actor: Actor) -> QuerySet[Case]:
    """Cases of the category and of all below it."""
    return rows.filter(category__code__in=_tree_in_use(actor).below(code))


def questions_for(code: str, jurisdiction_id: int, tree: Tree | None = None) -> list[Question]:
    """What is asked about matters of a category: what is asked of all above it first; two queries."""
    line = (tree or tree_of(jurisdiction_id)).line(code)
    asked = questions_by_category(jurisdiction_id) if line else {}
    return [row for node in reversed(line) for row in asked.get(node.code, ())]


def questions_by_category(jurisdiction_id: int) -> dict[str, list[Question]]:
    """Every question of the place and of those above it, by the code of the category; one query in a request."""
    key = ("cases.questions", jurisdiction_id)
    return remembered(key, lambda: references.kept(key, lambda: _questions_by_category(jurisdiction_id)))


def _questions_by_category(jurisdiction_id: int) -> dict[str, list[Question]]:
    line = line_of(jurisdiction_id)
    rows = prepared.objects(
        ("cases.questions", *line),
        lambda: Question.objects.filter(jurisdiction_id__in=line, retired_on__isnull=True).order_by("position", "id"),
    )
    found: dict[str, list[Question]] = {}
    for row in rows:
        found.setdefault(row.category_code, []).append(row)
    return found


def templates_for(case: Case) -> list[ReplyTemplate]:
    """Words to answer with, those of the nearest category first; two queries."""
    line = [*(node.code for node in tree_of(case.jurisdiction_id).line(case.category.code)), ""]
    rows = ReplyTemplate.objects.filter(
        jurisdiction_id__in=line_of(case.jurisdiction_id), category_code__in=line, retired_on__isnull=True
    )
    return sorted(rows, key=lambda row: (line.index(row.category_code), row.name))


def filled(template: ReplyTemplate, case: Case) -> str:
    """The words with what is known of the case put in."""
    unit = case.handler.name if case.handler is not None else ""
    text = template.text.replace("{编号}", case.number).replace("{诉求人}", case.whose)
    return text.replace("{单位}", unit)


def services_for(jurisdiction_id: int) -> list[Service]:
    """The catalogue of a place and of the places above it, with categories; one query, none where it is kept."""
    line = line_of(jurisdiction_id)
    return prepared.objects(
        ("cases.services", *line),
        lambda: Service.objects.filter(jurisdiction_id__in=line, retired_on__isnull=True)
        .select_related("category")
        .order_by("position", "id"),
        reference=True,
    )


@dataclass(frozen=True)
class Suggestion:
    """Where a case should go, with which team, and why. `load` is how many open cases it has."""

    organization: Organization
    reason: str
    team: Team | None = None
    load: int = 0


def suggest(case: Case, tree: Tree | None = None) -> Suggestion | None:
    """The first of `suggestions`."""
    return next(iter(suggestions(case, tree)), None)


def suggestions(case: Case, tree: Tree | None = None) -> list[Suggestion]:
    """Where a case may go, the best first, each with its reason and load; at most four queries.

    The rule nearest to its category and place; then help teams that know the category (how near, whether for this
    village, how busy: `rules.balance`, one scale with proposals to move cases); then where such cases went before. A
    category in a village goes before the category anywhere, and that before all matters of a village. What a
    department must do is suggested to no grass-roots unit (R7.01).
    """
    tree = tree or tree_of(case.jurisdiction_id)
    line = [node.code for node in tree.line(case.category.code)]
    barred = rules.GRASSROOTS if tree.departmental(case.category.code) else ()
    rows = Route.objects.filter(
        Q(category__code__in=line) | Q(category__isnull=True, village__isnull=False),
        Q(village__isnull=True) | Q(village_id=case.village_id or 0),
        jurisdiction_id=case.jurisdiction_id,
    ).exclude(organization__classification__in=barred)
    rule = route_for(case, line, list(rows.select_related("category", "organization", "village")))
    advice = [_by_rule(rule)] if rule else []
    advice += _by_team(case, line, barred)
    before = _by_history(case, barred) if rule is None else None
    return [*advice, *([before] if before is not None else [])]


def route_for(case: Case, line: list[str], routes: list[Route]) -> Route | None:
    """The rule nearest to a case's category (`line`: it and those above) and place, of several of its jurisdiction."""
    found = [
        route
        for route in routes
        if route.village_id in (None, case.village_id)
        and (route.category.code in line if route.category else route.village_id is not None)
    ]
    return min(found, key=lambda route: _distance(route, line), default=None)


def _by_team(case: Case, line: list[str], barred: tuple[str, ...]) -> list[Suggestion]:
    """The three teams that fit best."""
    rows = Team.objects.filter(
        jurisdiction_id=case.jurisdiction_id, dissolved_on__isnull=True, subjects__overlap=line
    ).exclude(organization__classification__in=barred)
    rows = rows.annotate(near=Count("areas", filter=Q(areas__village_id=case.village_id or 0)), area=Count("areas"))
    teams = [team for team in rows.select_related("organization") if team.near or not team.area]  # type: ignore[attr-defined]
    if not teams:
        return []
    open_cases = Case.objects.filter(team__in=teams, state__in=rules.OPEN).order_by()
    load = dict(open_cases.values_list("team").annotate(n=Count("pk")))

    def rank(team: Team) -> tuple[int, int]:
        nearest = min(line.index(code) for code in team.subjects if code in line)
        cost = fit(nearest, bool(team.near))  # type: ignore[attr-defined]
        return loaded(cost, load.get(team.pk, 0), EACH), team.pk

    return [
        Suggestion(team.organization, _team_words(team, load.get(team.pk, 0)), team, load.get(team.pk, 0))
        for team in sorted(teams, key=rank)[:3]
    ]


def _team_words(team: Team, load: int) -> str:
    parts = [translate(_("%(team)s熟悉这类事")) % {"team": team.name}]
    if team.near:  # type: ignore[attr-defined]
        parts.append(translate(_("负责这个村")))
    parts.append(translate(_("在办 %(n)d 件")) % {"n": load})
    return "、".join(parts)


def _distance(route: Route, line: list[str]) -> tuple[int, int]:
    if route.category is None:
        return 2, 0
    return 1 if route.village_id is None else 0, line.index(route.category.code)


def _by_rule(route: Route) -> Suggestion:
    names = {
        "category": route.category.name if route.category else "",
        "place": route.village.name if route.village else "",
        "unit": route.organization.name,
    }
    if route.category is None:
        words = translate(_("地点规则“%(place)s → %(unit)s”")) % names
    elif route.village is not None:
        words = translate(_("类别和地点规则“%(place)s的%(category)s → %(unit)s”")) % names
    else:
        words = translate(_("类别规则“%(category)s → %(unit)s”")) % names
    return Suggestion(route.organization, words)


def _by_history(case: Case, barred: tuple[str, ...]) -> Suggestion | None:
    last = (
        Case.objects.filter(
            jurisdiction_id=case.jurisdiction_id, category_id=case.category_id, handler__isnull=False
        )
        .exclude(pk=case.pk)
        .exclude(state__in=["returned", "withdrawn"])
        .exclude(handler__classification__in=barred)
        .select_related("handler")
        .order_by("-id")
        .first()
    )
    if last is None or last.handler is None:
        return None
    words = translate(_("同类诉求 %(number)s 由%(unit)s办理"))
    return Suggestion(last.handler, words % {"number": last.number, "unit": last.handler.name})


def units_for(case: Case, tree: Tree | None = None) -> list[tuple[str, str]]:
    """(key, name) of the bodies that a case may be sent to; grass-roots ones only with what is not a department's."""
    tree = tree or tree_of(case.jurisdiction_id)
    barred = rules.GRASSROOTS if tree.departmental(case.category.code) else ()
    rows = Organization.objects.filter(
        jurisdiction_id=case.jurisdiction_id,
        classification__in=[one for one in UNITS if one not in barred],
        merged_into__isnull=True,
        dissolved_on__isnull=True,
    ).order_by("classification", "name")
    return [(str(key), name) for key, name in rows.values_list("key", "name")[:500]]


@dataclass(frozen=True)
class RouteLine:
    """One line of the routing table. `depth` is how far below the top the category lies."""

    code: str
    name: str
    unit: str = ""
    ground: str = ""
    depth: int = 0
    place: str = ""
    key: str = ""
    departmental: bool = False
    questions: int = 0


def routes(jurisdiction_id: int) -> tuple[list[RouteLine], list[tuple[str, str]]]:
    """Every category of a place with its rules, or none yet, then the rules of whole villages.

    And (code, name) of those it offers no longer.
    """
    tree = tree_of(jurisdiction_id)
    held: dict[str, list[Route]] = {}
    rows = Route.objects.filter(jurisdiction_id=jurisdiction_id).select_related(
        "category", "organization", "village"
    )
    for route in rows.order_by("village__name", "id"):
        held.setdefault(route.category.code if route.category else "", []).append(route)
    asked = questions_by_category(jurisdiction_id)
    lines, retired = [], []
    for depth, node in tree.walk():
        if not tree.offered(node.code):
            if not node.active:
                retired.append((node.code, tree.path(node.code)))
            continue
        name = tree.path(node.code)
        more = {
            "depth": depth,
            "departmental": tree.departmental(node.code),
            "questions": len(asked.get(node.code, ())),
        }
        found = sorted(held.get(node.code, ()), key=lambda route: route.village_id is not None)
        if not found or found[0].village_id is not None:
            lines.append(RouteLine(node.code, name, **more))  # type: ignore[arg-type]
        lines += [_line(route, node.code, name, **more) for route in found]
    return lines + [_line(route, "", "") for route in held.get("", ())], retired


def _line(route: Route, code: str, name: str, **more: Any) -> RouteLine:
    place = route.village.name if route.village else ""
    return RouteLine(code, name, route.organization.name, route.ground, place=place, key=str(route.key), **more)


@dataclass(frozen=True)
class CategoryPage:
    """One category as its page shows it; `initial` for the form, `asked` what is asked here and above."""

    code: str
    name: str
    path: str
    active: bool
    initial: dict[str, Any]
    own: list[Question]
    asked: list[tuple[str, str]]


def category_page(code: str, jurisdiction_id: int) -> CategoryPage | None:
    """None for a code that the place does not have; three queries."""
    tree = tree_of(jurisdiction_id)
    node = tree.nodes.get(code)
    if node is None:
        return None
    own = Question.objects.filter(jurisdiction_id=jurisdiction_id, category_code=code)
    mine = (code, jurisdiction_id)
    asked = questions_for(code, jurisdiction_id, tree)
    others = [row for row in asked if (row.category_code, row.jurisdiction_id) != mine]
    initial = {
        "name": node.name,
        "amount": node.amount,
        "parent": node.parent,
        "kinds": list(node.kinds),
        "departmental": node.departmental,
    }
    return CategoryPage(
        code=code,
        name=node.name,
        path=tree.path(code),
        active=node.active,
        initial=initial,
        own=sorted(own, key=lambda row: (row.retired_on is not None, row.position, row.pk)),
        asked=[(row.text, tree.path(row.category_code)) for row in others],
    )
