"""The limit of a list: what our list page shows, by hand-written SQL on a kept connection and HTML joined by hand.

`cases` holds what a person meets on our page - menu, name, place, unread messages, number of cases by state, filters
with their choices, saved views, table, next page - without any template, object, form, right or policy.
`table` holds the table alone.
"""

from __future__ import annotations

from html import escape
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse

from lianjian.cases import rules

_ROWS = """
SELECT c.key, c.number, c.title, o.key, coalesce(o.name, c.organization_text), g.name,
       coalesce(h.name, c.handler_text), c.state, c.registered_on, (c.due_at AT TIME ZONE 'Asia/Shanghai')::date,
       c.due_at < now() AND c.state IN ('returned', 'dispatched', 'signed', 'handling', 'disputed'), c.id
  FROM cases_case c JOIN cases_category g ON g.id = c.category_id
  LEFT JOIN directory_organization o ON o.id = c.organization_id
  LEFT JOIN directory_organization h ON h.id = c.handler_id
 WHERE c.jurisdiction_id = %s ORDER BY c.registered_on DESC, c.id DESC LIMIT 51
"""
_STATES = """
SELECT s, (SELECT count(*) FROM (SELECT FROM cases_case WHERE jurisdiction_id = %s AND state = s LIMIT 1001) few)
  FROM unnest(%s::text[]) s
"""
_CATEGORIES = """
SELECT g.code, g.name, p.name FROM cases_category g LEFT JOIN cases_category p ON p.id = g.parent_id
 WHERE g.jurisdiction_id IN (%s, (SELECT parent_id FROM jurisdictions_jurisdiction WHERE id = %s))
 ORDER BY g.position, g.id
"""
_UNITS = """
SELECT key, name FROM directory_organization WHERE jurisdiction_id = %s AND merged_into_id IS NULL
   AND classification IN ('government', 'mass', 'station', 'centre') ORDER BY name LIMIT 200
"""
_MINE = """
SELECT (SELECT count(*) FROM (SELECT FROM notices_message WHERE user_id = %(user)s AND state = 'unread' LIMIT 100) m),
       (SELECT o.name || ' · ' || g.role FROM directory_grant g JOIN directory_organization o
            ON o.id = g.organization_id WHERE g.user_id = %(user)s ORDER BY g.since, g.id LIMIT 1),
       (SELECT array_agg(name || '=' || query) FROM foundation_savedview
         WHERE page = 'cases.cases' AND user_id = %(user)s)
"""
MENU = {
    "/": "工作台",
    "/directory/organizations": "组织机构",
    "/coverage/": "覆盖与走访",
    "/events/visits": "走访",
    "/cases/": "诉求办理",
    "/members/": "党员发展",
    "/figures/": "指标报告",
    "/sheets/": "表格导入",
    "/duties/": "待办",
    "/rules/": "规则与日历",
}
_MENU = (
    "<nav><ul>" + "".join(f"<li><a href={at}>{word}</a></li>" for at, word in MENU.items()) + "</ul></nav>"
)
_TOP = "<!doctype html><html lang=zh-hans><meta charset=utf-8><title>诉求办理</title>"
_HEAD = (
    "<table><tr><th>编号<th>诉求<th>企业<th>类别<th>承办单位<th>状态"
    "<th><a href=?sort=registered_on>登记日期</a><th><a href=?sort=due_at>应反馈</a></tr>"
)


def _ask(query: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _table(rows: list[tuple[Any, ...]]) -> list[str]:
    parts = [_HEAD]
    for key, number, title, firm, name, category, unit, state, day, due, late, _pk in rows[:50]:
        parts.append(
            f"<tr><td><a href=/cases/{key}>{escape(number)}</a><td>{escape(title)}"
            f"<td><a href=/directory/organizations/{firm}>{escape(name)}</a><td>{escape(category)}"
            f"<td>{escape(unit)}<td>{rules.STATES[state]}<td>{day}<td>{'超期 ' if late else ''}{due or '—'}</tr>"
        )
    parts.append("</table>")
    return parts


def _options(label: str, name: str, pairs: Any) -> str:
    choices = "".join(f"<option value={escape(str(value))}>{escape(str(word))}" for value, word in pairs)
    return f"<select name={name} aria-label={label}><option value=''>{label}{choices}</select>"


@login_required
def table(request: HttpRequest) -> HttpResponse:
    return HttpResponse("".join([_TOP, *_table(_ask(_ROWS, [int(request.COOKIES["town"])]))]))


@login_required
def cases(request: HttpRequest) -> HttpResponse:
    town, user = int(request.COOKIES["town"]), request.user
    rows = _ask(_ROWS, [town])
    states = _ask(_STATES, [town, list(rules.STATES)])
    categories = _ask(_CATEGORIES, [town, town])
    units = _ask(_UNITS, [town])
    unread, place, views = _ask(_MINE, {"user": user.pk})[0]
    parts = [
        _TOP,
        _MENU,
        f"<header><form action=/search><input name=q></form><span>{escape(place or '')}</span><a href=/inbox/>{unread}"
        f"</a><b>{escape(user.name)}</b><form method=post action=/sign-out><button>退出登录</button></form></header>",  # type: ignore[union-attr]
        "<main><h1>诉求办理</h1><a href=/cases/new>登记诉求</a><a href=/cases/routing>派单规则</a><ul>",
    ]
    for state, count in states:
        shown = "1,000+" if count > 1000 else count
        parts.append(f"<li><a href=/cases/?state={state}>{rules.STATES[state]} {shown}</a></li>")
    parts.append("</ul><form><input type=search name=q>")
    named = [(code, f"{over} / {name}" if over else name) for code, name, over in categories]
    parts.append(_options("类别", "category", named))
    parts.append(_options("承办单位", "handler", units))
    parts.append(_options("来源", "source", rules.SOURCES.items()))
    parts.append(
        "<label>不早于<input type=date name=since></label><label>不晚于<input type=date name=until></label>"
    )
    parts.append("<label><input type=checkbox name=overdue>只看超期</label><button>筛选</button></form>")
    parts += [f"<a href=?{escape(view)}>{escape(view)}</a>" for view in views or ()]
    parts += _table(rows)
    if len(rows) > 50:
        parts.append(f"<a href=?at={rows[49][8]},{rows[49][11]}>下一页</a>")
    return HttpResponse("".join([*parts, "</main>", _MENU]))
