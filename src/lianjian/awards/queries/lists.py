"""The lists of awards and of their rounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.queries.lists import in_town, own_towns
from lianjian.events.rules import topics
from lianjian.foundation.actor import Actor
from lianjian.foundation.dbday import Today
from lianjian.foundation.declare import SearchSource, Seeking
from lianjian.foundation.errors import translate
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.looks import show_date

from .. import rules
from ..models import RIGHT, Round, Scheme

TONES = {
    rules.OPEN: "info",
    rules.SHOWN: "due",
    rules.DECIDED: "done",
    rules.VACANT: "neutral",
    rules.CALLED_OFF: "paused",
}
TOPIC_TONES = {topics.ON_TIME: "done", topics.SOON: "due", topics.LATE: "late"}
DUE_WORDS = {topics.ON_TIME: _("按期"), topics.SOON: _("本期未评"), topics.LATE: _("过期未评")}


def scheme_url(key: object) -> str:
    """The address of an award."""
    return reverse("awards:scheme", kwargs={"key": key})


def round_url(key: object) -> str:
    """The address of a round."""
    return reverse("awards:round", kwargs={"key": key})


def period_name(per: str, starts: date) -> str:
    """A period in the reader's language."""
    words, numbers = rules.period_words(per, starts)
    return translate(words) % numbers


def due_badge(per: str, since: date, last: date | None, ended: date | None, day: date) -> Badge:
    """How an award stands on a day; `last`: first day of the period settled last."""
    if ended:
        return Badge(gettext("已停止"), "paused")
    due = topics.due_on(per, since, rules.settled_day(since, last))
    state = topics.state_on(day, per, due)
    return Badge(str(DUE_WORDS[state]), TOPIC_TONES[state])


def _subject(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(subject=value)


def _per(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(per=value)


def _standing(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(ended_on__isnull=value != "past")


def _words(of: Any) -> Any:
    return lambda actor: [(code, _(words)) for code, words in of.items()]


def _schemes(actor: Actor) -> Any:
    settled = Max("rounds__starts", filter=Q(rounds__state__in=rules.SETTLED))
    return Scheme.objects.visible_to(actor).annotate(last=settled, day=Today())


def _scheme_row(values: Sequence[Any]) -> Row:
    key, name, body, subject, per, since, last, ended, source, day = values[:10]
    told = period_name(per, last) if last else gettext("还没有评过")
    cells = (
        name, due_badge(per, since, last, ended, day), body, translate(rules.SUBJECTS[subject]),
        translate(rules.PERIODS[per]), told, source,
    )  # fmt: skip
    return Row(scheme_url(key), cells)


SCHEMES = register(
    ListSpec(
        name="awards.schemes",
        title=_("评选"),
        base=_schemes,
        columns=(
            Column("name", _("评选名称"), "first", "name"),
            Column("due", _("状态"), "state"),
            Column("organization", _("评选单位"), "text", "organization__name"),
            Column("subject", _("评选对象"), "text", "subject"),
            Column("per", _("多久评一次"), "text", None),
            Column("last", _("最近一期"), "text", "last", True),
            Column("source", _("依据"), "text", None, True),
        ),
        values=(
            "key", "name", "organization__name", "subject", "per", "since", "last", "ended_on", "source", "day",
        ),
        row=_scheme_row,
        right=RIGHT,
        default_sort="name",
        filters=(
            Filter("subject", _("评选对象"), _subject, options=_words(rules.SUBJECTS)),
            Filter("per", _("多久评一次"), _per, options=_words(rules.PERIODS)),
            Filter("town", _("地区"), in_town, options=own_towns),
            Filter("used", _("是否在评"), _standing, options=lambda actor: [("now", _("在评")), ("past", _("已停止"))]),
        ),
        search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(organization__name__icontains=text)),
        empty=(_("还没有评选"), _("村里每季度评的“七净一规范”、每半年评的“最美村民”,先在这里设立,再一期一期开展。")),
    )
)  # fmt: skip


def _rounds(actor: Actor) -> Any:
    chosen = Q(nominees__chosen=True, nominees__struck_on__isnull=True)
    return Round.objects.visible_to(actor).annotate(
        stood=Count("nominees"), awarded=Count("nominees", filter=chosen & Q(state=rules.DECIDED))
    )


def _in_year(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    year = int(value) if value.isascii() and value.isdigit() and len(value) == 4 else 0
    return rows.filter(starts__year=year) if year else rows.none()


def _years(actor: Actor) -> list[tuple[str, str]]:
    rows = Round.objects.visible_to(actor).order_by("-starts__year").values_list("starts__year", flat=True).distinct()
    return [(str(year), str(year)) for year in rows]


def _of_subject(rows: QuerySet[Any], value: str, actor: Actor) -> QuerySet[Any]:
    return rows.filter(scheme__subject=value)


def _round_row(values: Sequence[Any]) -> Row:
    key, name, per, starts, body, state, stood, awarded, closed = values[:9]
    badge = Badge(translate(rules.STATES[state]), TONES[state])
    title = f"{name} · {period_name(per, starts)}"
    told = str(awarded) if state == rules.DECIDED else ""
    return Row(round_url(key), (title, badge, body, str(stood), told, show_date(closed) if closed else ""))


ROUNDS = register(
    ListSpec(
        name="awards.rounds",
        title=_("各期评选"),
        base=_rounds,
        columns=(
            Column("round", _("评选和期次"), "first", "scheme__name"),
            Column("state", _("状态"), "state"),
            Column("organization", _("评选单位"), "text", "scheme__organization__name"),
            Column("stood", _("候选"), "number", "stood"),
            Column("awarded", _("获评"), "number", "awarded"),
            Column("closed", _("结果日期"), "text", "closed_on", True),
        ),
        values=(
            "key", "scheme__name", "scheme__per", "starts", "scheme__organization__name", "state", "stood", "awarded",
            "closed_on",
        ),
        row=_round_row,
        right=RIGHT,
        default_sort="-starts",
        filters=(
            Filter("year", _("年份"), _in_year, options=_years),
            Filter("subject", _("评选对象"), _of_subject, options=_words(rules.SUBJECTS)),
            Filter("town", _("地区"), in_town, options=own_towns),
        ),
        state_field="state",
        states=tuple((code, _(words)) for code, words in rules.STATES.items()),
        search=lambda rows, text: rows.filter(
            Q(scheme__name__icontains=text) | Q(scheme__organization__name__icontains=text)
        ),
        empty=(_("还没有开展评选"), _("打开一项评选,点“开展本期评选”。")),
    )
)  # fmt: skip


def search_schemes(actor: Actor, text: str, limit: int) -> Seeking:
    """Rows for the search box."""
    rows = Scheme.objects.visible_to(actor).standing().filter(name__icontains=text).order_by("name", "pk")
    (found,) = yield (rows.values_list("name", "organization__name", "key")[:limit],)
    return [(name, body, scheme_url(key)) for name, body, key in found]


SEARCHES = [SearchSource(str(_("评选")), RIGHT, search_schemes, 29)]
