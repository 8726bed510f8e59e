"""Lists of pairing: programmes, who takes part, facts, pairs that stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, Now, TruncDate
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianjian.directory.queries import organization_url
from lianjian.foundation.actor import Actor, whole_jurisdictions
from lianjian.foundation.declare import SearchSource, Seeking
from lianjian.foundation.listing import Badge, Column, Filter, ListSpec, Row, register
from lianjian.foundation.looks import show_number

from ..models import Contribution, PairAction, PairFact, Pairing, Programme, ProgrammeSide
from ..rules import pairing as rules
from .listing import _words
from .terms import term_name


def programme_url(key: object) -> str:
    """The address of a programme."""
    return reverse("alliances:programme", kwargs={"key": key})


def pairing_url(key: object) -> str:
    """The address of a pair."""
    return reverse("alliances:pairing", kwargs={"key": key})


def standing(way: str = "") -> Q:
    """Pairs that stand today."""
    today = TruncDate(Now())
    over = Q(**{f"{way}until__isnull": True}) | Q(**{f"{way}until__gt": today})
    return over & Q(**{f"{way}since__lte": today})


def _programmes(actor: Actor) -> QuerySet[Programme]:
    rows = Programme.objects.visible_to(actor)
    return rows.annotate(number=Count("pairings", filter=standing("pairings__")))


def _programme_row(values: Sequence[Any]) -> Row:
    key, name, kind, shape, leader, number, since, closed = values[:8]
    badge = Badge(gettext("已结束"), "paused") if closed else Badge(gettext(rules.SHAPES[shape]), "info")
    return Row(programme_url(key), (name, badge, term_name(kind), leader, number, since))


def _of_programme(field: str) -> Any:
    def apply(rows: Any, value: str, actor: Actor) -> Any:
        try:
            return rows.filter(**{f"{field}__key": UUID(value)})
        except ValueError:
            return rows.none()

    return apply


PROGRAMMES = register(
    ListSpec(
        name="alliances.programmes",
        title=_("结对计划"),
        base=_programmes,
        columns=(
            Column("name", _("名称"), "first", "name"),
            Column("shape", _("形式"), "state"),
            Column("kind", _("结对类型"), "text", "kind"),
            Column("leader", _("牵头单位"), "text", None, True),
            Column("number", _("在结对(对)"), "number"),
            Column("since", _("开始日期"), "date", "since"),
        ),
        values=("key", "name", "kind", "shape", "organization__name", "number", "since", "closed_on"),
        row=_programme_row,
        right="alliances.see",
        default_sort="-since",
        filters=(
            Filter(
                "kind", _("结对类型"), lambda rows, value, actor: rows.filter(kind=value), "select", _words("programme")
            ),
        ),
        search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(organization__name__icontains=text)),
        empty=(_("还没有结对计划"), _("开一个计划,把结对方和帮扶对象加进来,再生成推荐方案。")),
    )
)


def _sides(actor: Actor) -> QuerySet[ProgrammeSide]:
    # Only the office of the place has a page to change a side on; others go on to the body.
    mine = [place for place in whole_jurisdictions(actor, "alliances.write") if place in actor.writable]
    return ProgrammeSide.objects.visible_to(actor).annotate(
        mine=ExpressionWrapper(Q(jurisdiction_id__in=mine), output_field=BooleanField())
    )


def _side_row(values: Sequence[Any]) -> Row:
    key, name, side, consent, consent_on, kind, latitude, place, withdrawn, body, mine = values[:11]
    tones = {"yes": "done", "no": "late", "unknown": "neutral"}
    badge = (
        Badge(gettext("已退出"), "paused") if withdrawn else Badge(gettext(rules.CONSENT[consent]), tones[consent])
    )
    known = gettext("有") if latitude is not None else gettext("未知")
    url = reverse("alliances:side", kwargs={"key": key}) if mine and not withdrawn else organization_url(body)
    return Row(url, (name, badge, gettext(rules.SIDES[side]), consent_on, gettext(kind), known, place))


SIDES = register(
    ListSpec(
        name="alliances.sides",
        title=_("结对名单"),
        base=_sides,
        columns=(
            Column("name", _("名称"), "first", "organization__name"),
            Column("consent", _("是否同意"), "state"),
            Column("side", _("哪一方"), "text", "side"),
            Column("consent_on", _("表态日期"), "date", "consent_on", True),
            Column("kind", _("种类"), "text", None, True),
            Column("place", _("坐标"), "text", None, True),
            Column("town", _("地区"), "text", None, True),
        ),
        values=(
            "key", "organization__name", "side", "consent", "consent_on", "organization__classification",
            "organization__latitude", "jurisdiction__name", "withdrawn_on", "organization__key", "mine",
        ),
        row=lambda values: _side_row((*values[:5], _kind(values[5]), *values[6:])),
        right="alliances.see",
        default_sort="organization__name",
        filters=(
            Filter(
                "consent", _("是否同意"), lambda rows, value, actor: rows.filter(consent=value), "select",
                lambda actor: [(code, _(word)) for code, word in rules.CONSENT.items()],
            ),
            Filter(
                "standing", _("名单状态"), lambda rows, value, actor: rows.filter(withdrawn_on__isnull=value == "in"),
                "select",
                lambda actor: [("in", _("在名单里")), ("out", _("已退出"))],
            ),
            Filter("programme", _("结对计划"), _of_programme("programme"), "hidden"),
        ),
        state_field="side",
        states=tuple((code, _(word)) for code, word in rules.SIDES.items()),
        search=lambda rows, text: rows.filter(organization__name__icontains=text),
        empty=(_("名单还是空的"), _("把结对方和帮扶对象加进来,可以一次加多个。")),
    )
)  # fmt: skip


def _kind(code: str) -> str:
    from lianjian.directory.models import Organization

    return str(dict(Organization.Classification.choices)[code])


def _fact_row(values: Sequence[Any]) -> Row:
    key, kind, name, partner, text, value, day, source = values[:8]
    known = rules.FACTS[kind]
    shown = text if value is None else f"{show_number(value)} {gettext(known.unit) if known.unit else ''}".strip()
    url = reverse("alliances:fact", kwargs={"key": key})
    return Row(url, (name, gettext(known.name), " · ".join(filter(None, (partner, shown))), day, source))


FACTS = register(
    ListSpec(
        name="alliances.facts",
        title=_("结对前调研"),
        base=lambda actor: PairFact.objects.visible_to(actor),
        columns=(
            Column("name", _("单位"), "first", "organization__name"),
            Column("kind", _("事项"), "text", "kind"),
            Column("value", _("内容"), "text"),
            Column("day", _("日期"), "date", "day"),
            Column("source", _("来源"), "text", None, True),
        ),
        values=("key", "kind", "organization__name", "partner__name", "text", "value", "day", "source"),
        row=_fact_row,
        right="alliances.write",
        default_sort="-day",
        filters=(
            Filter(
                "kind", _("事项"), lambda rows, value, actor: rows.filter(kind=value), "select",
                lambda actor: [(code, _(one.name)) for code, one in rules.FACTS.items()],
            ),
        ),
        search=lambda rows, text: rows.filter(
            Q(organization__name__icontains=text) | Q(partner__name__icontains=text) | Q(text__icontains=text)
        ),
        empty=(_("还没有调研资料"), _("没有写的就是未知,不按0计算。")),
    )
)  # fmt: skip


def _pairings(actor: Actor) -> QuerySet[Pairing]:
    # Only what one is told of: the office's and the two sides' own.
    told = Q(actions__in=PairAction.objects.visible_to(actor).values("pk"))
    done = Count("actions", filter=told & Q(actions__done_on__isnull=False))
    number = Count("actions", filter=told)
    return Pairing.objects.visible_to(actor).annotate(
        done=Concat(Cast(done, TextField()), Value(" / "), Cast(number, TextField()), output_field=TextField()),
        name=Concat(F("giver__name"), Value(" – "), F("receiver__name"), output_field=TextField()),
    )


def _pairing_row(values: Sequence[Any]) -> Row:
    key, name, programme, kind, done, since, until = values[:7]
    badge = Badge(gettext("已结束"), "paused") if until else Badge(gettext("在结对"), "done")
    done = "—" if done.endswith("/ 0") else done  # another town's, which are not told
    return Row(pairing_url(key), (name, badge, programme, term_name(kind), done, since))


def _by_state(rows: Any, value: str, actor: Actor) -> Any:
    return rows.filter(standing()) if value == "standing" else rows.exclude(standing())


def _of_body(rows: Any, value: str, actor: Actor) -> Any:
    try:
        return rows.filter(Q(giver__key=UUID(value)) | Q(receiver__key=UUID(value)))
    except ValueError:
        return rows.none()


def _undone(rows: Any, value: str, actor: Actor) -> Any:
    """Pairs by whether an action prescribed to them is missing; only those whose actions one is told."""
    told = PairAction.objects.visible_to(actor)
    missing = told.filter(done_on__isnull=True).values("pairing_id")
    if value == "all":
        return rows.filter(pk__in=told.values("pairing_id")).exclude(pk__in=missing)
    return rows.filter(pk__in=missing)


PAIRINGS = register(
    ListSpec(
        name="alliances.pairings",
        title=_("结对名录"),
        base=_pairings,
        columns=(
            Column("name", _("结对双方"), "first", "giver__name"),
            Column("state", _("状态"), "state"),
            Column("programme", _("结对计划"), "text", "programme__name"),
            Column("kind", _("结对类型"), "text", None, True),
            Column("done", _("规定动作"), "text"),
            Column("since", _("结对日期"), "date", "since"),
        ),
        values=("key", "name", "programme__name", "programme__kind", "done", "since", "until"),
        row=_pairing_row,
        right="alliances.see",
        default_sort="giver__name",
        filters=(
            Filter(
                "standing", _("状态"), _by_state, "select",
                lambda actor: [("standing", _("在结对")), ("over", _("已结束"))],
            ),
            Filter(
                "kind", _("结对类型"), lambda rows, value, actor: rows.filter(programme__kind=value), "select",
                _words("programme"),
            ),
            Filter(
                "actions", _("规定动作"), _undone, "select",
                lambda actor: [("all", _("全部完成")), ("missing", _("还有未完成"))],
            ),
            Filter("programme", _("结对计划"), _of_programme("programme"), "hidden"),
            Filter("body", _("单位"), _of_body, "hidden"),
        ),
        search=lambda rows, text: rows.filter(Q(giver__name__icontains=text) | Q(receiver__name__icontains=text)),
        empty=(_("还没有结对"), _("在结对计划里生成推荐方案,看过、调整、确认以后,就在这里。")),
    )
)  # fmt: skip


def _given_row(values: Sequence[Any]) -> Row:
    key, giver, receiver, side, amount, what, quantity, unit, on, source, note, struck = values[:12]
    shown = f"{what} {show_number(quantity)} {unit}".strip() if amount is None else ""
    badge = Badge(gettext("作废,不计"), "paused") if struck else Badge(gettext(rules.SIDES[side]), "info")
    return Row(pairing_url(key), (f"{giver} – {receiver}", badge, term_name(source), amount, shown, on, note))


UNTOLD = "-"  # rows older than the list of sources


def _from_source(rows: Any, value: str, actor: Actor) -> Any:
    return rows.filter(source="" if value == UNTOLD else value)


def _sources(actor: Actor) -> list[tuple[str, Any]]:
    return [*_words("fund")(actor), (UNTOLD, _("未注明"))]


def _money_or_things(rows: Any, value: str, actor: Actor) -> Any:
    return rows.filter(amount__isnull=value == "things")


def _of_side(rows: Any, value: str, actor: Actor) -> Any:
    return rows.filter(side=value)


CONTRIBUTIONS = register(
    ListSpec(
        name="alliances.contributions",
        title=_("结对投入"),
        base=lambda actor: Contribution.objects.visible_to(actor),
        columns=(
            Column("name", _("结对双方"), "first", "pairing__giver__name"),
            Column("side", _("由谁投入"), "state"),
            Column("source", _("投入来源"), "text", "source"),
            Column("amount", _("资金(元)"), "number", "amount"),
            Column("what", _("物资或服务"), "text", None, True),
            Column("on", _("日期"), "date", "on"),
            Column("note", _("凭据"), "text", None, True),
        ),
        values=(
            "pairing__key", "pairing__giver__name", "pairing__receiver__name", "side", "amount", "what", "quantity",
            "unit", "on", "source", "note", "struck_at",
        ),
        row=_given_row,
        right="alliances.see",
        default_sort="-on",
        filters=(
            Filter("source", _("投入来源"), _from_source, "select", _sources),
            Filter(
                "given", _("资金或物资"), _money_or_things, "select",
                lambda actor: [("money", _("资金")), ("things", _("物资或服务"))],
            ),
            Filter("side", _("由谁投入"), _of_side, "hidden"),
            Filter("counted", _("只看计入的"), lambda rows, value, actor: rows.filter(struck_at=None), "check"),
            Filter("programme", _("结对计划"), _of_programme("pairing__programme"), "hidden"),
        ),
        search=lambda rows, text: rows.filter(
            Q(pairing__giver__name__icontains=text) | Q(pairing__receiver__name__icontains=text)
        ),
        empty=(_("还没有登记投入"), _("资金、物资、服务都可以登记,写明日期和来源。")),
    )
)  # fmt: skip


def _search_pairings(actor: Actor, text: str, limit: int) -> Seeking:
    rows = Pairing.objects.visible_to(actor)
    rows = rows.filter(Q(giver__name__icontains=text) | Q(receiver__name__icontains=text)).order_by("-pk")
    (found,) = yield (rows.values_list("key", "giver__name", "receiver__name", "programme__name")[:limit],)
    return [(f"{one} – {other}", programme, pairing_url(key)) for key, one, other, programme in found]


PAIR_SEARCHES = [SearchSource(str(_("结对名录")), "alliances.see", _search_pairings, 26)]
