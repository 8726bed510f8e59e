"""The limit: hand-written SQL on a kept connection and HTML joined by hand, behind the same session check."""

from __future__ import annotations

import json
import uuid
from html import escape
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from lianjian.cases.models import Case, CaseEvent

_CASE = """
SELECT c.number, c.title, o.name, g.name, p.name, c.urgency, c.source, h.name, c.handler_person, c.reporter,
       c.due_at, c.text, c.state, e.result, c.id
  FROM cases_case c JOIN cases_category g ON g.id = c.category_id
  LEFT JOIN cases_category p ON p.id = g.parent_id
  LEFT JOIN directory_organization o ON o.id = c.organization_id
  LEFT JOIN directory_organization h ON h.id = c.handler_id
  LEFT JOIN rulebook_evaluation e ON e.id = c.evaluation_id
 WHERE c.key = %s
"""
_TOP = (
    "<!doctype html><html lang=zh-hans><meta charset=utf-8><title>{}</title><header>{}</header>"
    "<nav><a href=/cases/>诉求办理</a></nav><main>"
)


@login_required
def case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(_CASE, [key])
        row: Any = cursor.fetchone()
        cursor.execute(
            "SELECT at, move, actor_name, unit, text, reason FROM cases_caseevent WHERE case_id = %s ORDER BY id DESC",
            [row[14]],
        )
        events = cursor.fetchall()
        cursor.execute("SELECT title, kind, due_at FROM duties_duty WHERE subject_key = %s", [key])
        duties = cursor.fetchall()
    parts = [_TOP.format(escape(row[0]), escape(request.user.name)), f"<h1>{escape(row[1])}</h1><dl>"]  # type: ignore[union-attr]
    parts += [f"<dd>{escape(str(value))}</dd>" for value in row[:13]]
    for values in (*events, *duties):
        parts.append("<li>" + " ".join(escape(str(v)) for v in values if v) + "</li>")
    result = row[13] if isinstance(row[13], dict) else json.loads(row[13] or "{}")
    parts += [f"<dt>{escape(k)}<dd>{escape(str(v))}" for k, v in result.items()]
    return HttpResponse("".join(parts))




def _rest(model: Any, named: str) -> tuple[str, str]:
    """The columns of a table that `named` leaves out and that may not be empty, and their first values as SQL."""
    given = {name.strip() for name in named.split(",")}
    kept = [
        (field.column, "'[]'" if field.get_internal_type() == "JSONField" else f"'{field.get_default()}'")
        for field in model._meta.concrete_fields
        if field.column not in given and not field.null and not field.primary_key
    ]
    return "".join(f", {name}" for name, _value in kept), "".join(f", {value}" for _name, value in kept)


_COLUMNS = (
    "key, jurisdiction_id, number, external_number, kind, title, text, original_text, category_id, organization_id, "
    "organization_text, reporter, reporter_phone, source, urgency, registered_at, registered_on, registered_by, "
    "registered_by_name, state, hand, story_at, version, handler_text, handler_person, returns, answer, outcome, "
    "closing, rating"
)
_MORE, _FIRST = _rest(Case, _COLUMNS)
_LINE = (
    "key, jurisdiction_id, case_id, at, move, from_state, to_state, actor_name, unit, text, reason, hand, hand_name, "
    "seconds"
)
_LINE_MORE, _LINE_FIRST = _rest(CaseEvent, _LINE)
_FILE = f"""
WITH o AS (SELECT id, jurisdiction_id FROM directory_organization WHERE key = %(organization)s),
     g AS (SELECT c.id FROM cases_category c, o WHERE c.code = %(category)s AND c.jurisdiction_id = o.jurisdiction_id),
     made AS (
  INSERT INTO cases_case ({_COLUMNS}{_MORE})
  SELECT %(key)s, o.jurisdiction_id, %(number)s, '', 'need', left(%(text)s, 40), %(text)s, %(text)s, g.id, o.id, '',
    %(reporter)s, '', %(source)s, %(urgency)s, now(), %(registered_on)s, %(user)s, 'x', 'registered', 'desk', now(), 1,
    '', '', 0, '', '', '', ''{_FIRST} FROM o, g RETURNING id, jurisdiction_id, key, title),
     lines AS (
  INSERT INTO cases_caseevent ({_LINE}{_LINE_MORE})
  SELECT gen_random_uuid(), jurisdiction_id, id, now(), m, '', 'registered', 'x', '', '', '', '', '', 0{_LINE_FIRST}
    FROM made, unnest(ARRAY['register', 'log']) m)
INSERT INTO duties_duty (key, jurisdiction_id, subject_kind, subject_key, kind, title, url, note, opened_at, state,
    closed_by)
  SELECT gen_random_uuid(), jurisdiction_id, 'cases.case', key, 'cases.dispatch', title, '/cases/' || key, '', now(),
    'open', '' FROM made
"""


@login_required
@transaction.atomic
def register(request: HttpRequest) -> HttpResponse:
    """Case, two lines and the duty in one statement."""
    key = uuid.uuid4()
    fields = ("organization", "category", "text", "reporter", "source", "urgency", "registered_on")
    values = {name: request.POST[name] for name in fields}
    with connection.cursor() as cursor:
        cursor.execute(_FILE, {**values, "key": key, "number": f"RW-{key.hex[:12]}", "user": request.user.pk})
    return HttpResponseRedirect(f"/cases/{key}")
