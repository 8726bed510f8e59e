"""Who hears whom: every connection between apps that do not import each other, one line each.

Each app is named once, from low to high; the order of sheet parts follows from it.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from lianjian.foundation import clock, quickwords, registry, withheld
from lianjian.foundation.declare import NavEntry, Panel
from lianjian.foundation.hooks import hooks

# (url name, label, icon, right, on the phone's bottom bar, address prefixes that light it up)
NAVIGATION: list[tuple[str, Any, str, str, bool, tuple[str, ...]]] = [
    ("workbench:home", _("工作台"), "home", "workbench.open", True, ()),
    ("directory:organizations", _("组织机构"), "sitemap", "directory.read", False, ("/directory/",)),
    ("coverage:home", _("覆盖与走访"), "map-pin", "coverage.see", False, ("/coverage/",)),
    ("events:visits", _("走访"), "walk", "events.see", True, ("/events/visits", "/cases/visits/")),
    ("events:meetings", _("会议与活动"), "calendar-event", "meetings.see", False, ("/events/",)),
    ("alliances:list", _("联盟与联建"), "affiliate", "alliances.see", False, ("/alliances/",)),
    ("alliances:campaigns", _("专项行动与活动"), "flag", "alliances.see", False, (
        "/alliances/campaign", "/alliances/participants", "/alliances/rectifications", "/alliances/honours",
    )),
    ("awards:schemes", _("评选"), "award", "meetings.see", False, ("/awards/",)),
    ("points:schemes", _("积分兑换"), "gift", "points.see", False, ("/points/",)),
    ("lists:list", _("四张清单"), "list-details", "lists.see", False, ("/lists/", "/cases/need")),
    ("cases:list", _("诉求办理"), "message-report", "cases.see", True, ("/cases/",)),
    ("documents:list", _("文件管理"), "file", "documents.see", False, ("/documents/",)),
    ("directory:teams", _("团队"), "users-group", "people.see", False, ("/directory/teams",)),
    ("portal:entrances", _("公开二维码"), "qrcode", "cases.dispatch", False, ("/portal/",)),
    ("partylife:home", _("党内生活"), "users", "partylife.see", False, ("/members/",)),
    ("insight:figures", _("指标报告"), "chart-bar", "figures.read", False, ("/figures/",)),
    ("sheets:imports", _("表格导入"), "table-import", "sheets.import", False, ("/sheets/",)),
    ("duties:list", _("待办"), "checklist", "duties.own", True, ("/duties/",)),
    ("directory:tables", _("公共代码表"), "table", "system.manage", False, ("/directory/tables",)),
    ("grants:accounts", _("账号与授权"), "key", "grants.manage", False, ("/directory/accounts", "/directory/grants")),
    ("journal:entries", _("审计日志"), "history", "journal.read", False, ("/journal/",)),
    ("rulebook:rules", _("规则与日历"), "scale", "calendar.read", False, ("/rules/",)),
]


def wire() -> None:
    """Called once, when all apps are loaded."""
    quickwords.install()
    registry.clear()
    hooks.actor_of = _actor_of
    hooks.navigation = navigation
    for app in apps.get_app_configs():
        if app.name.startswith("lianjian."):
            _collect(app.name)
    _hooks()
    _rolls()
    _kinds()
    _subjects()
    _panels()


def _collect(app: str) -> None:
    """What an app declares in its `figures` and `sheets` rooms, and the lists it registers in `queries`."""
    figures = _room(app, "figures")
    for indicator in getattr(figures, "INDICATORS", ()):
        registry.indicators[indicator.code] = indicator
    sheets = _room(app, "sheets")
    for kind in getattr(sheets, "KINDS", ()):
        registry.sheet_kinds[kind.code] = kind
    registry.sheet_parts.extend(getattr(sheets, "PARTS", ()))
    registry.searches.extend(getattr(_room(app, "queries"), "SEARCHES", ()))
    registry.file_sources.extend(getattr(_room(app, "queries"), "FILE_SOURCES", ()))
    registry.pair_facts.extend(getattr(_room(app, "queries"), "PAIR_FACTS", ()))
    registry.goal_sources.extend(getattr(_room(app, "queries"), "GOAL_SOURCES", ()))
    registry.searches.sort(key=lambda source: source.order)


def _room(app: str, room: str) -> Any:
    name = f"{app}.{room}"
    return import_module(name) if find_spec(name) is not None else None


def _hooks() -> None:
    """Foundation hooks that higher apps answer."""
    # one line each
    from lianjian.alliances.actions import standing
    from lianjian.alliances.queries import members_to_invite
    from lianjian.cases import actions as cases
    from lianjian.cases.queries import category_names
    from lianjian.cases.queries.withheld import withheld_cases, withheld_handovers
    from lianjian.directory.actions import moving, profiles
    from lianjian.duties import actions as duties
    from lianjian.events.actions import attending, following
    from lianjian.events.queries.bookings import HOLDERS
    from lianjian.events.queries.invitees import members_of
    from lianjian.insight.queries import figure_url
    from lianjian.jurisdictions.queries import site_name
    from lianjian.lists import actions as lists
    from lianjian.lists import doors as list_doors
    from lianjian.lists.queries.bookings import BOOKED, CLAIM
    from lianjian.notices.actions import deliver_export
    from lianjian.notices.queries import unread_count
    from lianjian.partylife import actions as partylife
    from lianjian.rulebook import actions as rulebook
    from lianjian.rulebook.queries import subjects_of

    for listeners in (following.on_held, attending.on_listed):
        if partylife.follow_meeting not in listeners:
            listeners.append(partylife.follow_meeting)
    if partylife.follow_profile not in profiles.followers:
        profiles.followers.append(partylife.follow_profile)
    list_doors.NEED[:] = ["cases:publish_new"]
    HOLDERS[CLAIM] = BOOKED
    for followers in (moving.followers, standing.followers):
        if lists.follow not in followers:
            followers.append(lists.follow)
    if members_to_invite not in members_of:
        members_of.append(members_to_invite)
    withheld.sources[:] = [withheld_cases, withheld_handovers]
    hooks.figure_url = figure_url
    hooks.site_name = site_name
    hooks.inbox_count = unread_count
    hooks.keep_export = deliver_export
    # Deadlines that move when a year's calendar is loaded take their records along.
    for listener in (cases.follow_evaluations, duties.move_due):
        if listener not in rulebook.on_recompute:
            rulebook.on_recompute.append(listener)
    if category_names not in subjects_of:
        subjects_of.append(category_names)
    _body_hooks()
    _rule_places()
    _journal_hooks()


def _body_hooks() -> None:
    """What hinders two bodies from becoming one, what ends with a body, and what becomes one with two."""
    from lianjian.alliances import actions as alliances
    from lianjian.awards import actions as awards
    from lianjian.directory.actions import merging, moving
    from lianjian.events import actions as events
    from lianjian.lists import actions as lists
    from lianjian.partylife import actions as partylife
    from lianjian.points import actions as points

    for hinder in (alliances.stays, alliances.pairs_stay, alliances.parties_stay, lists.claims_stay):
        if hinder not in merging.hinders:
            merging.hinders.append(hinder)
    for ends in (alliances.body_ended, events.body_ended, awards.body_ended, points.body_ended, partylife.body_ended):
        if ends not in moving.ended:
            moving.ended.append(ends)
    for joins in (events.bodies_merge, awards.bodies_merge, points.bodies_merge, partylife.bodies_merge):
        if joins not in merging.joining:
            merging.joining.append(joins)


def _rule_places() -> None:
    """Where each rule of the rulebook bites, and why nothing asks some of them (`rule_places.py`)."""
    from lianjian.rulebook.queries import places, unasked

    from . import rule_places

    places.clear()
    for codes, found in rule_places.PLACES:
        for code in codes.split():
            places.setdefault(code, []).extend(found)
    unasked.clear()
    for kind, rows in rule_places.UNASKED.items():
        for codes, why in rows:
            unasked.update((code, (kind, why)) for code in codes.split())


def _journal_hooks() -> None:
    """Refused pages, exports, the first account, and what verbs are called in the journal."""
    from lianjian.accounts.views import doorkeeper
    from lianjian.directory.actions.accounts import open_first_account
    from lianjian.journal import words
    from lianjian.journal.actions import list_exported

    from . import journal_kinds, journal_parts, journal_words

    hooks.denied = doorkeeper.denied
    hooks.exported = list_exported
    hooks.first_account = open_first_account
    kinds, fields = journal_kinds.KINDS, journal_kinds.FIELDS
    words.register(verbs=journal_words.VERBS, kinds=kinds, fields=fields, parts=journal_parts.PARTS)


def _kinds() -> None:
    """Kinds of cases that the office added; names of the kinds of duties (with the right that makes one's own what a
    body was given) and of messages.
    """
    from lianjian.alliances.rules import campaigns, pairing
    from lianjian.awards import rules as awards
    from lianjian.cases import rules as cases
    from lianjian.coverage import rules as coverage
    from lianjian.directory.queries.lists import register_roles
    from lianjian.directory.rules.relocations import ROLE_WORDS
    from lianjian.duties import kinds as duties
    from lianjian.events.rules import meetings, signing, supervising
    from lianjian.lists import rules as lists
    from lianjian.notices import kinds as messages
    from lianjian.notices import rules as documents
    from lianjian.partylife.rules import FOUND_DUTIES, bodies, development, education, elections, leads, moves
    from lianjian.partylife.rules import practice as life
    from lianjian.points.rules import points

    register_roles(ROLE_WORDS)
    register_roles(coverage.LEADERS)
    register_roles(elections.ROLE_WORDS)
    cases.read_folder(settings.DATA_DIR / "kinds")
    known = (
        meetings.DUTIES, supervising.ITEM_DUTIES, cases.DUTIES, coverage.DUTIES, pairing.DUTIES, campaigns.DUTIES,
        life.DUTIES, leads.LEAD_DUTIES, FOUND_DUTIES, development.DUTIES, education.DUTIES, bodies.DUTIES, moves.DUTIES,
        elections.DUTIES, awards.DUTIES, points.DUTIES,
    )  # fmt: skip
    for code, (label, right) in (one for duty in known for one in duty.items()):
        duties.register(code, label, right)
    for code, label in cases.MESSAGES.items():
        messages.register(code, label)
    for code, label in signing.MESSAGES.items():
        messages.register(code, label)
    for what, label in lists.MESSAGES.items():
        messages.register(what, label)
    for code, label in documents.MESSAGES.items():
        messages.register(code, label)
    messages.register("duty.today", _("今天到期"))
    messages.register("duty.overdue", _("已超期"))
    messages.register("file.ready", _("文件"))
    messages.register("sheets.import", _("表格导入"))


def _rolls() -> None:
    """Who belongs to a party organization on a day: its members, where they are kept."""
    from lianjian.events import rolls
    from lianjian.partylife import queries as partylife

    if partylife.electorate not in rolls.ELECTORATES:
        rolls.ELECTORATES.append(partylife.electorate)
    for providers, own in ((rolls.PROVIDERS, partylife.branch_roll), (rolls.HOMES, partylife.home_branches)):
        if own not in providers:
            providers.append(own)  # type: ignore[arg-type]


def _subjects() -> None:
    """Kinds of records that documents may be about."""
    from lianjian.alliances.queries.documents import ALLIANCES
    from lianjian.alliances.queries.showcase import SUBJECTS as MODEL_CASES
    from lianjian.notices import subjects

    for kind in (subjects.ORGANIZATIONS, ALLIANCES, MODEL_CASES):
        subjects.register(kind)


def _panels() -> None:
    """Parts of lower pages that higher apps fill."""
    from lianjian.alliances import queries as alliances
    from lianjian.awards import queries as awards
    from lianjian.cases import queries as cases
    from lianjian.coverage import queries as coverage
    from lianjian.directory import queries as directory
    from lianjian.events import queries as events
    from lianjian.lists import queries as lists
    from lianjian.notices import queries as notices
    from lianjian.partylife import queries as partylife
    from lianjian.points import queries as points

    registry.add_panel(Panel("directory.organization", directory.tag_panel, 5))
    registry.add_panel(Panel("directory.organization", directory.relocation_panel, 6))
    registry.add_panel(Panel("directory.organization", directory.posting_panel, 7))
    registry.add_panel(Panel("directory.organization", coverage.organization_panel, 10))
    registry.add_panel(Panel("directory.organization", alliances.organization_panel, 15))
    registry.add_panel(Panel("directory.person", alliances.person_panel, 15))
    registry.add_panel(Panel("directory.organization", lists.organization_panel, 17))
    registry.add_panel(Panel("alliances.alliance", events.joint_meetings_panel, 10))
    registry.add_panel(Panel("alliances.alliance", partylife.plan_panel, 15))
    registry.add_panel(Panel("alliances.alliance", lists.alliance_panel, 20))
    registry.add_panel(Panel("alliances.alliance", cases.alliance_panel, 30))
    registry.add_panel(Panel("alliances.chain", lists.chain_panel, 20))
    registry.add_panel(Panel("events.visit", lists.visit_panel, 20))
    registry.add_panel(Panel("events.venue", lists.venue_panel, 20))
    registry.add_panel(Panel("workbench.home", lists.waiting_panel, 20))
    registry.add_panel(Panel("directory.organization", alliances.pairing_panel, 16))
    registry.add_panel(Panel("directory.organization", alliances.campaign_panel, 18))
    registry.add_panel(Panel("directory.organization", alliances.honour_panel, 19))
    registry.add_panel(Panel("directory.organization", events.organization_panel, 20))
    registry.add_panel(Panel("directory.organization", events.meeting_panel, 22))
    registry.add_panel(Panel("directory.organization", awards.organization_panel, 23))
    registry.add_panel(Panel("directory.organization", points.organization_panel, 24))
    registry.add_panel(Panel("events.meeting", events.results_panel, 5))
    registry.add_panel(Panel("events.meeting", points.meeting_panel, 8))
    registry.add_panel(Panel("directory.organization", cases.organization_panel, 30))
    registry.add_panel(Panel("directory.organization", partylife.organization_panel, 40))
    registry.add_panel(Panel("directory.organization", partylife.branch_panel, 41))
    for place in ("directory.organization", "alliances.alliance"):
        registry.add_panel(Panel(place, alliances.showcase_panel, 21))
    for place in ("directory.organization", "alliances.alliance", "alliances.model_case"):
        registry.add_panel(Panel(place, notices.record_panel, 50))
    registry.add_panel(Panel("events.meeting", partylife.quorum_panel, 3))
    registry.add_panel(Panel("events.meeting_paper", partylife.quorum_paper, 3))
    registry.add_panel(Panel("events.meeting", partylife.meeting_panel, 20))
    registry.add_panel(Panel("workbench.home", notices.waiting_panel, 10))
    registry.add_panel(Panel("workbench.home", coverage.guiding_panel, 5))
    registry.add_panel(Panel("workbench.home", coverage.days_panel, 6))
    registry.add_panel(Panel("events.visit", cases.visit_panel, 10))
    registry.add_panel(Panel("directory.team", directory.progress_panel, 5))
    registry.add_panel(Panel("directory.team", events.team_services_panel, 10))
    registry.add_panel(Panel("directory.team", cases.team_panel, 20))
    registry.add_panel(Panel("directory.team", partylife.team_panel, 25))
    registry.add_panel(Panel("lists.item", lists.item_matches_panel, 5))
    registry.add_panel(Panel("lists.item", cases.item_panel, 10))
    _case_panels()
    # one line each, e.g.: registry.add_panel(Panel("directory.organization", cases.queries.panel, 10))


def _case_panels() -> None:
    """Parts of the page of a case."""
    from lianjian.cases import queries as cases

    registry.add_panel(Panel("cases.case", cases.matches_panel, 1))
    registry.add_panel(Panel("cases.case", cases.publication_panel, 1))
    registry.add_panel(Panel("cases.case", cases.callback_panel, 2))
    registry.add_panel(Panel("cases.case", cases.lesson_panel, 2))
    registry.add_panel(Panel("cases.case", cases.mediation_panel, 3))
    registry.add_panel(Panel("cases.case", cases.hearing_panel, 4))
    registry.add_panel(Panel("cases.case", cases.measure_panel, 5))
    registry.add_panel(Panel("cases.case", cases.handover_panel, 10))
    registry.add_panel(Panel("cases.case", cases.escalation_panel, 20))
    registry.add_panel(Panel("cases.case", cases.follower_panel, 30))


def _actor_of(user_id: int) -> Any:
    from lianjian.directory.actors import actor_of_user

    return actor_of_user(user_id, day=clock.today())


_resolved: list[NavEntry] = []


def _entries() -> list[NavEntry]:
    """Navigation entries whose pages exist: no dead entries."""
    if not _resolved:
        for order, (url_name, label, icon, right, phone, prefixes) in enumerate(NAVIGATION):
            try:
                address = reverse(url_name)
            except NoReverseMatch:
                continue
            _resolved.append(NavEntry(label, address, icon, right, order, phone, prefixes))
    return _resolved


def navigation(actor: Any, path: str) -> list[dict[str, Any]]:
    """What this person's navigation shows; the entry with the longest matching prefix is the current place."""
    shown = [entry for entry in _entries() if entry.right is None or actor.may(entry.right)]
    matches = [(len(p), e.order) for e in shown for p in e.prefixes if path.startswith(p)]
    current = max(matches)[1] if matches else next((e.order for e in shown if e.url == path), -1)
    return [
        {"label": e.label, "url": e.url, "icon": e.icon, "active": e.order == current, "phone": e.phone} for e in shown
    ]
