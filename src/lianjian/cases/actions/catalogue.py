"""What the office keeps ready: questions about matters, words of answers, the service catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor, Whole
from lianjian.foundation.clock import local_day
from lianjian.foundation.errors import Refused, _
from lianjian.foundation.remembered import forget
from lianjian.foundation.rights import require
from lianjian.foundation.verbs import verb
from lianjian.journal.actions import diff, record

from .. import rules
from ..models import Category, Question, ReplyTemplate, Service
from ..queries.categories import questions_for
from .categories import ForeignUnit, category_for, fitting_category


class QuestionExists(Refused):
    """The category asks this already."""

    sentence = _("这个类别已有同样的问题。")
    field = "text"
    status = 409


class TemplateExists(Refused):
    """The place has words of this name."""

    sentence = _("已有同名的答复模板。")
    field = "name"
    status = 409


class ServiceExists(Refused):
    """The catalogue has it."""

    sentence = _("服务目录里已有这一项。")
    field = "name"
    status = 409


def _office(actor: Actor) -> int:
    """The actor's own place, whose office keeps these things. Raises `Denied`."""
    require(actor, "cases.dispatch", Whole(actor.jurisdiction_id))
    return actor.jurisdiction_id


@verb(constraints={"one_question_per_text": QuestionExists})
def add_question(
    *,
    actor: Actor,
    category: str,
    text: str,
    now: datetime,
    kind: str = "text",
    choices: Sequence[str] = (),
    required: bool = False,
) -> Question:
    """Ask something about each matter of a category. Raises `QuestionExists`, `ChoicesNeeded`, `UnknownCategory`."""
    owner = _office(actor)
    offered = list(dict.fromkeys(one.strip()[:40] for one in choices if one.strip()))
    if kind == "choice" and len(offered) < 2:
        raise rules.ChoicesNeeded
    code = category_for(actor, category, owner).code
    question = Question.objects.create(
        jurisdiction_id=owner,
        category_code=code,
        text=text.strip()[:100],
        kind=kind,
        choices=offered if kind == "choice" else [],
        required=required,
        position=Question.objects.filter(jurisdiction_id=owner, category_code=code).count(),
    )
    changes = {"text": ("", question.text)}
    forget("cases.questions")
    record(actor=actor, verb="cases.add_question", subject=question, now=now, changes=changes)
    return question


@verb(constraints={"one_question_per_text": QuestionExists})
def retire_question(*, actor: Actor, question: Question, now: datetime, again: bool = False) -> None:
    """Ask it no longer, or again; answers given stay with their cases."""
    require(actor, "cases.dispatch", Whole(question.jurisdiction_id))
    _retire(actor, question, now, again, "cases.retire_question")


def _save(row: Any, fields: Sequence[str]) -> None:
    if row.pk is None:
        row.save(force_insert=True)
    else:
        row.save(update_fields=list(fields))


def _retire(actor: Actor, row: Any, now: datetime, again: bool, name: str) -> None:
    before = row.retired_on
    after = None if again else before or local_day(now)
    if before == after:
        return
    row.retired_on = after
    row.save(update_fields=["retired_on"])
    forget("cases.questions")
    record(actor=actor, verb=name, subject=row, now=now, changes={"retired_on": (before or "", after or "")})


def read_answers(
    category: Category, jurisdiction_id: int, given: Mapping[str, str] | None
) -> list[list[str]]:
    """[question, answer] pairs as a case keeps them; `given` holds texts by the key of the question.

    None: nobody could be asked (an import, a visit in a hurry). Raises `Unanswered`, `AnswerUnfit` with the field.
    """
    if given is None:
        return []
    found = []
    for question in questions_for(category.code, jurisdiction_id):
        field = f"answer_{question.key}"
        try:
            words = rules.read_answer(
                question.kind, question.choices, given.get(str(question.key), ""), question.text
            )
        except rules.AnswerUnfit as refusal:
            refusal.field = field
            raise
        if words:
            found.append([question.text, words])
        elif question.required:
            raise rules.Unanswered(question=question.text, field=field)
    return found


@verb(constraints={"one_template_per_name": TemplateExists})
def save_template(
    *,
    actor: Actor,
    name: str,
    text: str,
    now: datetime,
    category: str = "",
    template: ReplyTemplate | None = None,
) -> ReplyTemplate:
    """Keep words to answer with, or change those of `template`. Raises `TemplateExists`, `UnknownCategory`."""
    owner = _office(actor)
    if template is not None:
        require(actor, "cases.dispatch", Whole(template.jurisdiction_id))
    row = template or ReplyTemplate(jurisdiction_id=owner)
    fields = ("name", "text", "category_code")
    before = {field: getattr(row, field) for field in fields}
    row.name, row.text = name.strip()[:40], text.strip()
    row.category_code = category_for(actor, category, owner).code if category else ""
    _save(row, fields)
    changes = diff(before, row)
    if changes:
        record(actor=actor, verb="cases.save_template", subject=row, now=now, changes=changes)
    return row


@verb(constraints={"one_template_per_name": TemplateExists})
def retire_template(*, actor: Actor, template: ReplyTemplate, now: datetime, again: bool = False) -> None:
    """Offer the words no longer, or again."""
    require(actor, "cases.dispatch", Whole(template.jurisdiction_id))
    _retire(actor, template, now, again, "cases.retire_template")


@verb(constraints={"one_service_per_name": ServiceExists})
def save_service(
    *,
    actor: Actor,
    name: str,
    about: str,
    category: str,
    now: datetime,
    kind: str = "proxy",
    papers: str = "",
    organization: Organization | None = None,
    post: str = "",
    days: int | None = None,
    service: Service | None = None,
) -> Service:
    """Put a service into the catalogue, or change one. Raises `ServiceExists`, `UnknownCategory`, `CategoryUnfit`,
    `UnknownKind`, `ForeignUnit`, `Denied`.
    """
    owner = _office(actor)
    if service is not None:
        require(actor, "cases.dispatch", Whole(service.jurisdiction_id))
    if kind not in rules.KINDS:
        raise rules.UnknownKind(kind=kind)
    if organization is not None and organization.jurisdiction_id != owner:
        raise ForeignUnit(name=organization.name)
    row = service or Service(
        jurisdiction_id=owner, position=Service.objects.filter(jurisdiction_id=owner).count()
    )
    fields = ("name", "about", "papers", "kind", "category_id", "organization_id", "post", "days")
    before = {field: getattr(row, field) for field in fields}
    row.name, row.about, row.papers = name.strip()[:40], about.strip()[:500], papers.strip()[:500]
    row.category = fitting_category(actor, category, rules.KINDS[kind], owner)
    row.kind, row.organization, row.post, row.days = kind, organization, post.strip()[:40], days
    _save(row, fields)
    changes = diff(before, row)
    if changes:
        record(actor=actor, verb="cases.save_service", subject=row, now=now, changes=changes)
    return row


@verb(constraints={"one_service_per_name": ServiceExists})
def retire_service(*, actor: Actor, service: Service, now: datetime, again: bool = False) -> None:
    """Offer the service no longer, or again; cases that ordered it keep it."""
    require(actor, "cases.dispatch", Whole(service.jurisdiction_id))
    _retire(actor, service, now, again, "cases.retire_service")
