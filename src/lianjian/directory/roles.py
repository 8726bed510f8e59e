"""Roles and their rights: the one table. A right is `app.verb`; a role holds it over the subtree of its grant."""

from __future__ import annotations

from collections.abc import Mapping

from lianjian.foundation.errors import _

# What every member of staff may do.
_STAFF = frozenset(
    {
        "workbench.open",
        "directory.read",
        "duties.own",
        "inbox.read",
        "search.use",
        "calendar.read",
        "account.own",
        "documents.see",
    }
)

_READ = frozenset(
    {
        "alliances.see",
        "lists.see",
        "people.see",
        "events.see",
        "meetings.see",
        "points.see",
        "cases.see",
        "coverage.see",
        "partylife.see",
        "figures.read",
        "reports.make",
        "files.read",
    }
)

_CLERK = (
    _STAFF
    | _READ
    | frozenset(
        {
            "directory.write",
            "directory.merge",
            "directory.business",
            "people.write",
            "people.unmask",
            "events.write",
            "events.purposes",
            "meetings.write",
            "meetings.answer",
            "points.write",
            "cases.register",
            "cases.dispatch",
            "cases.handle",
            "cases.close",
            "cases.confirm_for",
            "coverage.write",
            "coverage.answer",
            "alliances.write",
            "lists.write",
            "lists.public",
            "lists.issue",
            "alliances.pair",
            "partylife.write",
            "partylife.standards",
            "partylife.guide",
            "sheets.import",
            "files.write",
            "lists.export",
            "duties.all",
            "notices.send",
            "figures.freeze",
            "reports.templates",
            "documents.desk",
            "documents.write",
            "documents.first",
            "documents.take_down",
        }
    )
)

ROLES: Mapping[str, tuple[str, frozenset[str]]] = {
    "clerk": (_("党务干部"), _CLERK),
    "instructor": (
        _("党建指导员(红管家)"),
        _STAFF
        | frozenset(
            {
                "people.see",
                "alliances.see",
                "lists.see",
                "lists.write",
                "events.see",
                "events.write",
                "meetings.see",
                "meetings.write",
                "meetings.answer",
                "points.see",
                "cases.see",
                "cases.register",
                "coverage.see",
                "coverage.answer",
                "partylife.see",
                "partylife.guide",
                "files.read",
                "files.write",
            }
        ),
    ),
    "handler": (
        _("部门经办人"),
        _STAFF
        | frozenset(
            {
                # a department is responsible for items of campaigns
                "alliances.see",
                "alliances.pair",
                "lists.see",
                "lists.write",
                "cases.see",
                "cases.handle",
                "meetings.see",
                "meetings.answer",
                "documents.desk",
                "documents.write",
                "files.read",
                "files.write",
                "lists.export",
            }
        ),
    ),
    "contact": (
        _("企业联系人"),
        _STAFF
        | frozenset(
            {
                "alliances.see",
                "lists.see",
                "lists.write",
                "alliances.pair",
                "directory.business",
                "cases.see",
                "cases.register",
                "cases.confirm",
                "events.see",
                "meetings.see",
                "meetings.answer",
                "files.read",
                "files.write",
            }
        ),
    ),
    "village": (
        _("村支书"),
        _STAFF
        | frozenset(
            {
                "people.see",
                "alliances.see",
                "lists.see",
                "lists.write",
                "alliances.pair",
                "events.see",
                "meetings.see",
                "meetings.write",
                "meetings.answer",
                "points.see",
                "points.write",
                "partylife.see",
                "partylife.write",
                "cases.see",
                "cases.register",
                "documents.desk",
                "documents.write",
                "files.read",
                "files.write",
            }
        ),
    ),
    "leader": (
        _("分管领导"),
        _STAFF
        | _READ
        | frozenset(
            {
                "directory.business",
                "duties.all",
                "lists.export",
                "cases.rule",
                "documents.desk",
                "documents.second",
                "documents.final",
                "documents.take_down",
            }
        ),
    ),
    "reviewer": (
        _("文件审核人"),
        _STAFF
        | frozenset(
            {"documents.desk", "documents.first", "documents.second", "files.read", "lists.export"}
        ),
    ),
    "adjudicator": (
        _("退单裁定人"),
        _STAFF | frozenset({"cases.see", "cases.rule", "files.read", "lists.export"}),
    ),
    "system_admin": (
        _("系统管理员"),
        frozenset({"workbench.open", "inbox.read", "account.own", "system.manage", "calendar.read"}),
    ),
    "security_admin": (
        _("安全管理员"),
        frozenset({"workbench.open", "inbox.read", "account.own", "grants.manage", "directory.read"}),
    ),
    "auditor": (
        _("审计管理员"),
        frozenset({"workbench.open", "inbox.read", "account.own", "journal.read", "journal.erase"}),
    ),
}

OFFICERS = ("system_admin", "security_admin", "auditor")
ROLE_CHOICES = [(code, name) for code, (name, _rights) in ROLES.items()]
ALL_RIGHTS = frozenset().union(*(rights for _name, rights in ROLES.values()))


def rights_of(role: str) -> frozenset[str]:
    """Rights of a role; none for a role that no longer exists."""
    return ROLES[role][1] if role in ROLES else frozenset()
