"""The lists of documents: what is out, what lies at the desk, what waits for one's own review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.foundation import prepared
from lianjian.foundation.actor import Actor, subtree_paths, subtree_q, whole_jurisdictions
from lianjian.foundation.declare import SearchSource
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.remembered import remembered

from .. import rules
from ..models import Document, Publication, Review
from .people import accounts_of, document_url

OUT_STATES = (("out", _("有效")), ("over", _("已失效")), ("down", _("已下架")))
_TONES = {"out": "done", "over": "neutral", "down": "paused"}
GONE = _("(标题已隐去)")


def standing(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """With `standing`: out, over (no longer in force), down."""
    return rows.annotate(
        standing=Case(
            When(down_at__isnull=False, then=Value("down")),
            When(until__lte=TruncDate(Now()), then=Value("over")),
            default=Value("out"),
            output_field=CharField(),
        )
    )


def _published(actor: Actor) -> QuerySet[Publication]:
    return standing(Publication.objects.visible_to(actor).current())


def _published_row(values: Sequence[Any]) -> Row:
    key, title, number, kind, issuer, day, audience, state = values[:8]
    badge = Badge(dict(OUT_STATES)[state], _TONES[state])
    cells = (title or GONE, number, gettext(rules.KINDS[kind]), issuer, gettext(rules.AUDIENCES[audience]), day, badge)
    return Row(document_url(key), cells)


def _field(name: str) -> Callable[[Any, str, Actor], Any]:
    return lambda rows, value, actor: rows.filter(**{name: value})


def _words(known: dict[str, str]) -> Callable[[Actor], list[tuple[str, str]]]:
    return lambda actor: [(code, gettext(word)) for code, word in known.items()]


def _issued(rows: Any, value: str, actor: Actor) -> Any:
    try:
        return rows.filter(issuer__key=UUID(value))
    except ValueError:
        return rows.none()


def _about(rows: Any, value: str, actor: Actor) -> Any:
    return rows.filter(subjects__contains=[value])


YEARS = frozenset(str(year) for year in range(1900, 2101))


def _in_year(name: str) -> Callable[[Any, str, Actor], Any]:
    def apply(rows: Any, value: str, actor: Actor) -> Any:
        return rows.filter(**{f"{name}__year": int(value)}) if value in YEARS else rows.none()

    return apply


def _day(name: str) -> Callable[[Any, str, Actor], Any]:
    def apply(rows: Any, value: str, actor: Actor) -> Any:
        try:
            return rows.filter(**{name: date.fromisoformat(value)})
        except ValueError:
            return rows

    return apply


def _choices(which: str, rows: Callable[[Actor], QuerySet[Any]], day: str) -> Callable[[str], Any]:
    """Issuers and years that a list has, asked for once in a request."""

    def ask(actor: Actor) -> list[list[tuple[Any, ...]]]:
        base = rows(actor).order_by()
        issuers = base.values_list("issuer__key", "issuer__name").distinct().order_by("issuer__name")[:200]
        years = base.values_list(f"{day}__year").distinct().order_by(f"-{day}__year")[:30]
        return prepared.together(issuers, years)

    def options(part: str) -> Callable[[Actor], list[tuple[str, str]]]:
        def found(actor: Actor) -> list[tuple[str, str]]:
            issuers, years = remembered((f"documents.{which}", actor.user_id), lambda: ask(actor))
            if part == "issuer":
                return [(str(key), name) for key, name in issuers]
            return [(str(year), gettext("%(year)s 年") % {"year": year}) for (year,) in years]

        return found

    return options


def find_words(rows: Any, text: str) -> Any:
    """By title, number or text."""
    return rows.filter(Q(title__icontains=text) | Q(number__icontains=text) | Q(text__icontains=text))


_out = _choices("out", lambda actor: Publication.objects.visible_to(actor).current(), "published_on")
PUBLISHED = register(
    ListSpec(
        name="documents.published",
        title=_("文件管理"),
        base=_published,
        columns=(
            Column("title", _("标题"), "first", "title"),
            Column("number", _("文号"), "text", "number"),
            Column("kind", _("种类"), "text", None, True),
            Column("issuer", _("发文单位"), "text", "issuer__name"),
            Column("audience", _("公开范围"), "text", None, True),
            Column("published_on", _("公布日期"), "date", "published_on"),
            Column("state", _("状态"), "state"),
        ),
        values=(
            "document_key",
            "title",
            "number",
            "kind",
            "issuer__name",
            "published_on",
            "audience",
            "standing",
        ),
        row=_published_row,
        right="documents.see",
        default_sort="-published_on",
        filters=(
            Filter("kind", _("种类"), _field("kind"), options=_words(rules.KINDS)),
            Filter("issuer", _("发文单位"), _issued, options=_out("issuer")),
            Filter("year", _("年度"), _in_year("published_on"), options=_out("year")),
            Filter("audience", _("公开范围"), _field("audience"), options=_words(rules.AUDIENCES)),
            Filter("about", _("关联"), _about, "hidden"),
        ),
        state_field="standing",
        states=OUT_STATES,
        search=find_words,
        empty=(_("还没有公布的文件"), _("文件起草后经初审、复审、终审,公布了就列在这里。")),
    )
)


def _desk(actor: Actor) -> QuerySet[Document]:
    return Document.objects.at_desk(actor)


def _desk_row(values: Sequence[Any]) -> Row:
    key, title, number, kind, issuer, author, version, changed, state = values[:9]
    badge = Badge(gettext(rules.STATES[state]), rules.TONES[state])
    cells = (title, number, gettext(rules.KINDS[kind]), issuer, author, version, changed, badge)
    return Row(document_url(key), cells)


_COLUMNS = (
    Column("title", _("标题"), "first", "title"),
    Column("number", _("文号"), "text", "number"),
    Column("kind", _("种类"), "text", None, True),
    Column("issuer", _("发文单位"), "text", "issuer__name"),
    Column("author", _("起草人"), "text", None, True),
    Column("version", _("版次"), "number", None, True),
    Column("changed_at", _("最近变动"), "date", "changed_at"),
    Column("state", _("状态"), "state"),
)
_VALUES = (
    "key",
    "title",
    "number",
    "kind",
    "issuer__name",
    "author_name",
    "version",
    "changed_at",
    "state",
)
_held = _choices("desk", _desk, "made_on")
REGISTER = register(
    ListSpec(
        name="documents.register",
        title=_("文件登记簿"),
        base=_desk,
        columns=_COLUMNS,
        values=_VALUES,
        row=_desk_row,
        right="documents.desk",
        default_sort="-changed_at",
        filters=(
            Filter("kind", _("种类"), _field("kind"), options=_words(rules.KINDS)),
            Filter("issuer", _("发文单位"), _issued, options=_held("issuer")),
            Filter("year", _("成文年度"), _in_year("made_on"), options=_held("year")),
            Filter("about", _("关联"), _about, "hidden"),
        ),
        state_field="state",
        states=tuple((code, _(word)) for code, word in rules.STATES.items()),
        search=find_words,
        empty=(_("登记簿是空的"), _("起草第一份文件:写好后送审,三审通过即公布。")),
    )
)


def waiting(actor: Actor) -> QuerySet[Document]:
    """Documents whose due review the actor may make: not those the actor wrote or has reviewed in this round."""
    due = Q(pk__in=())
    for stage, right in rules.RIGHT_OF.items():
        held = Q(jurisdiction_id__in=whole_jurisdictions(actor, right))
        due |= Q(state=stage) & (held | subtree_q("issuer__path", subtree_paths(actor, right)))
    own = accounts_of([actor.user_id or 0]).values("pk")
    mine = Review.objects.filter(
        document=OuterRef("pk"),
        version=OuterRef("version"),
        round=OuterRef("round"),
        reviewer_id__in=own,
    )
    rows = Document.objects.visible_to(actor).filter(due, jurisdiction_id__in=actor.writable)
    return rows.exclude(writers__overlap=ArraySubquery(own)).filter(~Exists(mine))


WAITING = register(
    ListSpec(
        name="documents.waiting",
        title=_("待我审核"),
        base=waiting,
        columns=_COLUMNS,
        values=_VALUES,
        row=_desk_row,
        right="documents.desk",
        default_sort="changed_at",
        state_field="state",
        states=tuple((code, _(rules.STATES[code])) for code in rules.STAGES),
        search=find_words,
        empty=(_("没有等您审核的文件"), _("有文件轮到您审时,会列在这里,也会有消息。")),
    )
)


def search_documents(actor: Actor, text: str, limit: int) -> list[tuple[str, str, str]]:
    """Rows for the search box."""
    rows = find_words(Publication.objects.visible_to(actor).current(), text).order_by("-published_on", "-pk")
    found = rows.values_list("document_key", "title", "number", "issuer__name")[:limit]
    return [
        (title or str(GONE), " · ".join(filter(None, (number, issuer))), document_url(key))
        for key, title, number, issuer in found
    ]


SEARCHES = [SearchSource(_("文件管理"), "documents.see", search_documents, 60)]  # type: ignore[arg-type]
