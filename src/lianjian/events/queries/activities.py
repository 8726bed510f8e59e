"""Templates, what came of an activity, what a body discussed and when, and the addresses of one's calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.db.models import Count, F, Func, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lianjian.directory.models import Organization
from lianjian.foundation.actor import Actor
from lianjian.foundation.clock import local_day
from lianjian.foundation.declare import Asking
from lianjian.foundation.looks import show_date
from lianjian.rulebook.queries import line_of

from ..models import Feed, Meeting, Photo, Question, Template, Winner
from ..rules import meetings as rules
from ..rules.recurrence import RHYTHMS
from .meeting import writes
from .meetings import of_body
from .words import every_word, word_name


def template_url(key: object) -> str:
    """The address of a template."""
    return reverse("events:template", kwargs={"key": key})


def template_lines(actor: Actor) -> list[tuple[Template, str, str]]:
    """(template, words, address) of the place and those above it, those on offer first; one query."""
    rows = Template.objects.visible_to(actor).filter(jurisdiction_id__in=line_of(actor.jurisdiction_id))
    found = rows.select_related("organization").order_by(F("retired_on").asc(nulls_first=True), "name", "pk")
    return [(one, _template_words(one), template_url(one.key)) for one in found[:300]]


def _template_words(template: Template) -> str:
    rhythm = _(RHYTHMS[template.rhythm][2]) if template.rhythm else _("不定期")
    parts = _("%(n)s 个环节") % {"n": len(template.parts)}
    return " · ".join((template.organization.name, word_name(template.kind), rhythm, parts))


@dataclass(frozen=True)
class TemplatePage:
    """A template: facts, hosts as (name, address), and what may be done with it."""

    template: Template
    facts: list[tuple[str, str]]
    hosts: list[tuple[str, str]]
    may_write: bool
    used_url: str


def template_page(actor: Actor, template: Template) -> TemplatePage:
    """One query."""
    rows = template.hosts.select_related("organization").order_by("pk")
    where = " ".join(filter(None, (template.venue.name if template.venue is not None else "", template.place)))
    facts = [
        (_("使用单位"), template.organization.name),
        (_("种类"), word_name(template.kind)),
        (_("多久一次"), _(RHYTHMS[template.rhythm][2]) if template.rhythm else _("不定期")),
        (_("时长"), _("%(n)s 分钟") % {"n": template.minutes}),
        (_("地点"), where),
        (_("停用日期"), show_date(template.retired_on) if template.retired_on else ""),
    ]
    return TemplatePage(
        template=template,
        facts=[(label, words) for label, words in facts if words],
        hosts=[(row.organization.name, row.organization.get_absolute_url()) for row in rows],
        may_write=writes(actor, "meetings.write", template.organization),
        used_url=f"?template={template.key}",
    )


def results_panel(*, actor: Actor, record: Meeting, now: datetime) -> Asking:
    """Winners, questions and photos of what was held, for its page."""
    if record.state != rules.HELD:
        return None
    questions: Any = Question.objects.visible_to(actor).filter(meeting=record)
    winners, asked, photos = yield (
        Winner.objects.filter(meeting=record)
        .order_by("number")
        .values_list("key", "prize", "person_name", "organization__name"),
        questions.order_by("number").values_list("key", "number", "asked_by", "text", "answer", "answered_by"),
        Photo.objects.visible_to(actor)
        .filter(meeting=record, bundle__files__removed_at__isnull=True)
        .order_by("pk")
        .values_list("key", "caption", "credit", "consent", "bundle__files__key"),
    )
    may = writes(actor, "meetings.write", record.convener)
    if not (winners or asked or photos or may):
        return None
    parts = [(number, words, number in record.parts_held) for number, words in enumerate(record.parts, start=1)]
    return "events/_results.html", {
        "meeting": record,
        "parts": parts,
        "winners": [
            (prize, " ".join(filter(None, (person, body))), key if may else None)
            for key, prize, person, body in winners
        ],
        "questions": [(*row[1:], row[0] if may else None) for row in asked],
        "photos": [(*row[1:4], _photo_url(row[0], row[4]), row[0] if may else None) for row in photos if row[4]],
        "may": may,
    }


def _photo_url(key: object, file_key: object) -> str:
    return reverse("events:photo_file", kwargs={"key": key, "file_key": file_key})


TopicLine = tuple[tuple[str, str] | None, str, str, str]


def topics_of(actor: Actor, body: Organization, now: datetime) -> list[TopicLine]:
    """When each topic was last on the agenda of what the body called or took part in, how often, when it is next.

    (badge, topic, words, address of the meetings), those discussed longest ago first, those never discussed last; of
    all topics on offer and all this body had. One query beside words.
    """
    held, ahead = Q(state=rules.HELD), Q(state=rules.PLANNED, ends_at__gte=now)
    rows = Meeting.objects.visible_to(actor).filter(of_body(body.key))
    asked = (
        rows.annotate(topic=Func(F("topics"), function="unnest"))
        .values("topic")
        .annotate(
            last=Max("starts_at", filter=held),
            times=Count("pk", filter=held),
            next=Min("starts_at", filter=ahead),
        )
        .values_list("topic", "last", "times", "next")
    )
    found = {topic: (last, times, following) for topic, last, times, following in asked}
    offered = [word for word, _name in every_word(actor.jurisdiction_id)["topic"]]
    shown = [(found.get(name, (None, 0, None)), name) for name in dict.fromkeys([*offered, *found])]
    shown.sort(key=lambda one: (one[0][0] is None, one[0][0] or now))
    return [_topic(body, name, facts, local_day(now)) for facts, name in shown]


def _topic(body: Organization, name: str, facts: tuple[Any, int, Any], today: date) -> TopicLine:
    last, times, following = facts
    badge = None if last else (_("还没有研究过"), "neutral")
    words = []
    if last:
        words += [
            _("上次 %(day)s") % {"day": show_date(local_day(last))},
            _("%(n)s 天前") % {"n": (today - local_day(last)).days},
            _("开过次数:%(n)s") % {"n": times},
        ]
    if following:
        words.append(_("下次 %(day)s") % {"day": show_date(local_day(following))})
    url = f"{reverse('events:meetings')}?organization={body.key}&topic={quote(name)}"
    return badge, word_name(name), " · ".join(words), url


def feeds_of(actor: Actor) -> list[Feed]:
    """One's own addresses; one query."""
    return list(Feed.objects.filter(user_id=actor.user_id or 0).select_related("organization").order_by("made_at"))


def templates_of(actor: Actor, key: Any) -> Template | None:
    """A template on offer, by its key as an address gives it."""
    rows = Template.objects.visible_to(actor).offered(line_of(actor.jurisdiction_id))
    return rows.select_related("organization", "venue").filter(key=key).first()
